"""What a portal prints beside a notice is read in any form, and nothing of the notice with it."""

import pytest
from html_samples import BODY, BUTTONS, LINES, page

from corpus.readers.html.reader import parse

BOX = (("索引号", "A-1/2021"), ("发文字号", "文政办发〔2021〕12号"), ("成文日期", "2021-03-01"))


def read(markup: str):
    return parse(markup.encode(), "a.html")


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(
            "<ul><li><span>索 引 号：</span> A-1/2021</li><li><span>发文字号：</span>\n"
            " 文政办发〔2021〕12号</li><li>成文日期：2021-03-01</li></ul>",
            id="entries of a list",
        ),
        pytest.param(
            "<dl><dt>索引号</dt><dd>A-1/2021</dd><dt>发文字号</dt><dd>文政办发〔2021〕12号</dd>"
            "<dt>成文日期</dt><dd>2021-03-01</dd></dl>",
            id="names and values without colons",
        ),
        pytest.param(
            "<ul><li><b>索引号</b>A-1/2021</li><li><b>发文字号</b>文政办发〔2021〕12号</li>"
            "<li><b>成文日期</b>2021-03-01</li></ul>",
            id="bold names",
        ),
        pytest.param(
            "<table><tr><td>索 引 号：</td><td>A-1/2021</td><td>发文字号：</td>"
            "<td>文政办发〔2021〕12号</td></tr><tr><td>成文日期：</td><td colspan='3'>2021-03-01"
            "</td></tr></table>",
            id="a table",
        ),
        pytest.param(
            "<table><tr><td><table><tr><td>索引号：</td><td>A-1/2021</td></tr></table></td>"
            "<td><table><tr><td>发文字号：</td><td>文政办发〔2021〕12号</td></tr></table></td>"
            "</tr></table><p>成文日期：2021-03-01</p>",
            id="tables in a table",
        ),
        pytest.param(
            "<div><div><div>索引号：</div><div>A-1/2021</div></div><div><div>发文字号：</div>"
            "<div>文政办发〔2021〕12号</div></div><div>成文日期：2021-03-01</div></div>",
            id="boxes",
        ),
        pytest.param(
            "<p>索引号：A-1/2021　发文字号：文政办发〔2021〕12号 | 成文日期：2021-03-01"
            " 【字体：<a href='#'>大</a> 中 小】【打印】</p>",
            id="one line",
        ),
        pytest.param(
            "<p>【索引号】A-1/2021<br>【发文字号】文政办发〔2021〕12号<br>【成文日期】2021-03-01</p>",
            id="brackets",
        ),
        pytest.param(
            "<div style='display: none'><p>索引号：A-1/2021</p>"
            "<p>发文字号：文政办发〔2021〕12号</p>"
            "<p>成文日期：2021-03-01</p></div>",
            id="unfolded by a button",
        ),
    ],
)
def test_a_box_is_read_in_any_form(box):
    for markup in (
        page(f"<div class='main'>{box}<h1>技能培训补贴办法</h1><div>{BODY}</div>{BUTTONS}</div>"),
        page(f"<div id='zoom'>{box}{BODY}</div>{BUTTONS}"),
        f"{box}{BODY}",
    ):
        found = read(markup)
        assert (found.portal, found.text.split("\n")) == (BOX, LINES)


def test_a_line_of_names_that_notices_print_too_is_a_box_above_the_text():
    line = (
        "<div><span>发布日期：<b> 2021-07-30 </b></span> <span>来源：<b> 县政府办 </b></span>"
        " <span><b>字体大小：</b> <a>大</a> <a>中</a> <a>小</a></span></div>"
    )
    for inside in (f"<h1>技能培训补贴办法</h1>{line}<div id='zoom'>{BODY}</div>", f"{line}{BODY}"):
        found = read(page(f"<div>{inside}</div>{BUTTONS}"))
        assert found.portal == (("发布日期", "2021-07-30"), ("来源", "县政府办"))
        assert found.text.split("\n") == LINES


def test_a_name_without_a_value_is_left_out():
    box = "<ul><li>索引号：A-1</li><li>发布机构：</li><li>文件状态：<script>x</script></li></ul>"
    found = read(page(f"{box}<h1>技能培训补贴办法</h1><div>{BODY}</div>"))
    assert found.portal == (("索引号", "A-1"),)


def test_the_first_to_name_a_thing_is_believed():
    wide, narrow = (f"<p>索引号：A-{n}</p><p>主题分类：就业</p>" for n in "12")
    found = read(page(f"<div>{wide}</div><div>{BODY}</div><div>{narrow}</div>"))
    assert found.portal == (("索引号", "A-1"), ("主题分类", "就业"))


def test_what_a_notice_prints_of_itself_stays_in_it():
    own = "<p>公开方式：主动公开</p><p>文水县人民政府办公室</p><p>2021年3月1日印发</p>"
    number = BODY.replace("<p>文政办发", "<p>发文字号：文政办发")
    found = read(page(f"<div>{number}{own}</div>{BUTTONS}"))
    assert not found.portal
    assert "发文字号：文政办发〔2021〕12号\n" in found.text
    assert found.text.endswith("公开方式：主动公开\n文水县人民政府办公室\n2021年3月1日印发")


def test_a_form_in_the_text_is_no_box():
    form = "<p>文件名称：培训办法</p><p>发文字号：文政办发〔2020〕9号</p><p>发文机关：县政府</p>"
    found = read(
        page(f"<div>{BODY}{form}<p>以上文件同时废止，由县司法局负责清理和公布。</p></div>")
    )
    assert not found.portal
    assert "文件名称：培训办法\n发文字号：文政办发〔2020〕9号" in found.text


def test_a_list_of_other_notices_is_no_box():
    rows = "".join(
        f"<li>文号：文政办发〔2020〕{n}号</li><li>发布日期：2020-01-0{n}</li>" for n in "123456"
    )
    assert not read(page(f"<ul>{rows}</ul><div>{BODY}</div>")).portal
