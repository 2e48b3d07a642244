"""Mark-up becomes the lines that a browser shows, with what it adds and without what it hides."""

import pytest

from corpus.readers.html.lines import read


def texts(markup: str) -> list[str]:
    return [line.text for line in read(markup, "a.html").lines if not line.hidden]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>一</p>二<div>三<p>四</div>五", ["一", "二", "三", "四", "五"]),
        ("<p>  一\n  <b>2</b>  三　四 </p>", ["一 2 三　四"]),
        ("<p>　　第一条&nbsp;&nbsp;为</p>", ["第一条\xa0\xa0为"]),
        ("一<br/>二<br><br>三", ["一", "二", "三"]),
        ("<pre>一\n  二</pre>三\n四", ["一", "二", "三 四"]),
        ("<span style='display: block'>一</span>二", ["一", "二"]),
        ("年龄<45周岁、&lt;通知&gt;", ["年龄<45周岁、<通知>"]),
        ("10<sup>4</sup>m<sup>2</sup>、注<sup>甲</sup>", ["10⁴m²、注甲"]),
        ("<del>200元</del><ins>300元</ins><s>旧</s>", ["300元"]),
        ("一<ruby>二<rp>(</rp><rt>er</rt></ruby>", ["一二"]),
        ("一<script>'二'</script><style>三</style><!-- 四 --><textarea>五</textarea>", ["一"]),
        ("<p>一<span style='DISPLAY:none'>二</span>三</p><p hidden>四</p>", ["一三"]),
        ("<title>题</title><p>一</p>", ["一"]),
        # lists
        ("<ol><li>一<li><p>二</p><p>三</p></ol><ul><li>四</ul>", ["1.一", "2.二", "三", "四"]),
        ("<ol start=3 type=A><li>一<li value=9>二</ol>", ["C.一", "I.二"]),
        ("<ol type=i><li>一<li>二<ol><li>三</ol><li>四</ol>", ["i.一", "ii.二", "1.三", "iii.四"]),
        ("<ol class='custom_cn2'><li>一<li>二</ol>", ["（一）一", "（二）二"]),
        (
            "<ol style='list-style-type: cjk-ideographic' start=20><li>甲<li>乙</ol>",
            ["二十、甲", "二十一、乙"],
        ),
        ("<ol style='list-style-type: none'><li>一</ol>", ["一"]),
        ("<ol><li>（一）一<li>第二条 二</ol>", ["（一）一", "第二条 二"]),
        # tables
        ("<table><tr><th>一<th>二<tr><td>3<br>4<td>5</table>", ["一\t二", "3 4\t5"]),
        (
            "<table><caption>题</caption><tr><td>一<td>二<tr><td>三<td>四</table>",
            ["题", "一\t二", "三\t四"],
        ),
        (
            "<table role='presentation'><tr><td>一<td>二<tr><td>三<td>四</table>",
            ["一", "二", "三", "四"],
        ),
        ("<table><tr><td>一<p>二</p></td></tr></table>", ["一", "二"]),
        ("<tr><td>一<td>二<tr><td>三<td>四</tr><p>五</p>", ["一\t二", "三\t四", "五"]),
        ("<td>一</td><td>二</td>", ["一", "二"]),
        (
            "<table><tr><td>一<td><table><tr><td>二<td>三<tr><td>四<td>五</table></table>",
            ["一", "二\t三", "四\t五"],
        ),
    ],
)
def test_lines(markup, shown):
    assert texts(markup) == shown


def test_a_line_knows_what_it_stands_in():
    (first, second, third) = read(
        "<div id='a' class='b'><h1>一 <b>二</b></h1><p>　　三<a href='x'>四五</a><br>"
        "<b>六</b><a href='#top'>七</a></p></div>",
        "a.html",
    ).lines
    assert (first.heading, first.within.parent.names) == (True, "a b")
    assert (second.linked, second.broken, second.indented) == (2 / 3, True, True)
    assert (third.linked, third.broken, third.label) == (0, False, "六")


def test_a_page_says_what_it_is_called():
    found = read(
        "<head><title>一 \n- 网</title><meta name='ArticleTitle' content='二'></head>"
        "<img src='a'><img src='b' style='display:none'>三",
        "a.html",
    )
    assert (found.titles, found.pictures) == (("二", "一 - 网"), 1)


def test_elements_far_down_count_as_the_one_above():
    (line,) = read("<div>" * 500 + "一", "a.html").lines
    assert line.within.depth == 100
