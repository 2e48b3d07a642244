"""A saved page gives its notice once, what the portal says of it apart, and nothing of the page."""

import html as entities
import json
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
from html_samples import BODY, BUTTONS, LINES, MENU, page, paragraphs
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import EmptyDocument, NotText, PolicyError
from corpus.readers import read
from corpus.readers.body import Body
from corpus.readers.html.reader import parse
from extractor.normalize import normalize
from extractor.pipeline import extract
from kb.records import record_of

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "corpus" / "real"
FOLDED = paragraphs(9)


def body(markup: str) -> Body:
    return parse(markup.encode(), "a.html")


def lines(markup: str) -> list[str]:
    return body(markup).text.split("\n")


def codes(read: Body) -> list[str]:
    return [finding.code for finding in read.findings]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(BODY, id="a piece of a page"),
        pytest.param(f"<tbody><tr><td>{BODY}</td></tr><tr><td></td></tr></tbody>", id="a cell"),
        pytest.param(page(f"<div id='zoom'>{BODY}</div>{BUTTONS}"), id="an element known by name"),
        pytest.param(page(f"<div class='x1'>{BODY}</div>{BUTTONS}"), id="an element by its words"),
        pytest.param(page(BODY + BUTTONS), id="no element of its own"),
        pytest.param(page(f"<form class='print'>{BODY}</form>"), id="a page that is all 'print'"),
        pytest.param(
            f"<table><tr><td>{MENU}</td><td><table><tr><td>{BODY}</td></tr></table></td></tr></table>",
            id="tables for layout",
        ),
        pytest.param(
            page(f"<h1>关于印发技能培训补贴办法的通知</h1><div>{BODY}</div>"), id="a headline again"
        ),
        pytest.param(
            page(f"<div>{BODY}</div><div style='display: none'>{BODY}</div>"), id="a hidden copy"
        ),
        pytest.param(
            page(
                f"<div class='c'>{BODY}<nav><p>为您推荐：更多的文件，请看下列栏目。</p></nav></div>"
            ),
            id="a menu inside",
        ),
        pytest.param("<div>" * 50_000 + BODY + "</div>" * 50_000, id="deep nesting"),
        pytest.param("<font><b>" * 400 + BODY, id="elements that are never closed"),
        pytest.param(BODY.replace("<p", "<br><span").replace("</p>", "</span>"), id="line breaks"),
        pytest.param(BODY.replace("<p>", "</br>").replace("</p>", ""), id="breaks closed wrongly"),
        pytest.param(BODY.replace("企业", "<!-- x --><o:p></o:p>企<b>业</b>"), id="marks in words"),
    ],
)
def test_the_notice_is_found(markup):
    assert lines(markup) == LINES


def test_what_is_left_out_is_counted():
    # four lines of the menu, two of the footer, four of the buttons
    assert body(page(f"<div>{BODY}</div>{BUTTONS}")).furniture == 10
    assert body(BODY).furniture == 0


def test_a_notice_in_two_elements_stays_whole():
    first, second = BODY.split("<p>技能培训补贴办法</p>")
    parts = f"<div>{first}</div><div><p>技能培训补贴办法</p>{second}{FOLDED}</div>"
    said = "<div>来源：县政府办 发布时间：2021-03-02 浏览次数：<b>12</b></div>"
    whole = lines(page(f"<div>{said}{parts}{BUTTONS}</div>"))
    assert whole == LINES + lines(FOLDED)


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("<h1>文水县财政局关于做好决算的通知</h1>", ""),
        ("<div class='bt-title'>文水县财政局关于做好决算的通知</div>", ""),
        ("", "文水县财政局关于做好决算的通知_政府信息公开 - 文水县人民政府"),
        ("<meta name='ArticleTitle' content='文水县财政局关于做好决算的通知'>", "文水县"),
    ],
)
def test_a_text_without_a_title_has_that_of_its_page(above, title):
    text = f"<p>各乡镇人民政府：</p>{FOLDED}<p>文水县财政局</p><p>2021年3月1日</p>"
    found = lines(page(f"{above}<div>{text}</div>{BUTTONS}", title))
    assert found == ["文水县财政局关于做好决算的通知", *lines(text)]


@pytest.mark.parametrize("headline", ["我县多措并举抓好培训", "文水县人民政府门户网站"])
def test_a_headline_is_no_title(headline):
    text = f"<p>各乡镇人民政府：</p>{FOLDED}"
    assert lines(page(f"<h1>{headline}</h1><div>{text}</div>", headline)) == lines(text)


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(f"<div>{BODY}{FOLDED}</div>", id="the same"),
        pytest.param(f"<h2>技能培训补贴办法</h2>{BODY}{FOLDED}", id="with a headline"),
        pytest.param(
            "<div>" + "".join(lines(BODY + FOLDED)) + "</div>", id="all of it in one line"
        ),
        pytest.param(f"<div>{BODY}{FOLDED}</div>" * 2, id="twice more"),
    ],
)
def test_a_text_printed_twice_is_read_once(copy):
    found = body(page(f"<div>{BODY}{FOLDED}</div>{copy}"))
    assert found.text.split("\n") == LINES + lines(FOLDED)
    assert codes(found) == ["repeated-text"]


def test_what_only_the_copy_has_is_told():
    copy = BODY.replace("300元", "500元")
    found = body(f"<div>{BODY}{FOLDED}</div><div>{copy}{FOLDED}</div>")
    assert found.text.split("\n") == LINES + lines(FOLDED)
    (finding,) = found.findings
    assert (finding.severity, finding.quote) == (
        "warning",
        "第二条　对企业职工给予每人500元培训补贴。",
    )


def test_forms_that_repeat_themselves_are_no_copies():
    form = "<p>附件{0}</p><p>申请人承诺以上内容属实，如有虚假愿承担责任。</p><p>年  月  日</p>"
    forms = "".join(form.format(number) for number in range(1, 9))
    found = body(BODY + FOLDED + forms)
    assert found.text.count("申请人承诺") == 8
    assert not found.findings


def test_a_text_that_only_a_script_shows_is_read_with_a_warning():
    found = body(page(f"<div hidden>{BODY}</div>"))
    assert found.text.split("\n") == LINES
    assert codes(found) == ["hidden-text"]


def test_annexes_that_are_links_are_listed_and_other_files_told():
    linked = (
        "<p>附件：<a href='1.doc'>1.补贴申请表.doc</a></p><p><a href='2.doc'>2.汇总表.doc</a></p>"
        "<p><a href='n.pdf'>文政办发〔2021〕12号.pdf</a></p><p><a href='q'>政策问答</a></p>"
    )
    found = body(page(f"<div>{BODY}{linked}</div>"))
    assert found.text.split("\n") == [*LINES, "附件：1.补贴申请表.doc", "2.汇总表.doc"]
    assert [(f.code, f.quote) for f in found.findings] == [
        ("linked-file", "文政办发〔2021〕12号.pdf")
    ]


def test_annexes_linked_below_the_text_belong_to_it():
    linked = "<ul><li><a href='1.doc'>附件1：补贴申请表.doc</a></li></ul>"
    found = lines(page(f"<div><div>{BODY}</div><div>{linked}</div><div>热点专题</div></div>"))
    assert found == [*LINES, "附件1：补贴申请表.doc"]


def test_a_break_after_a_comma_ends_no_paragraph():
    assert lines("<p>现将办法印发给你们，<br>请认真执行。<br>一、标准</p>") == [
        "现将办法印发给你们，请认真执行。",
        "一、标准",
    ]


WRAPPED = """各乡镇人民政府要高度重视技能培训工作，落实属地
责任，确保培训质量，按时完成任务，并于每季度末将
工作进展情况报县人力资源和社会保障局。县财政局要
加强资金监管，确保专款专用，对弄虚作假套取资金的，
依法追究责任。
　　县人力资源和社会保障局要会同有关部门开展监督检
查，每半年通报一次情况，督促各乡镇按时完成年度培训
任务，对进度滞后的乡镇进行约谈。"""


@pytest.mark.parametrize(
    "markup",
    [f"<pre>\n　　{WRAPPED}</pre>", "<div>　　" + WRAPPED.replace("\n", "<br>\n") + "</div>"],
)
def test_lines_broken_at_a_margin_are_left_to_be_joined(tmp_path, markup):
    path = tmp_path / "a.html"
    path.write_text(markup, "utf-8")
    source = read(path, root=tmp_path)
    assert not source.reflowed
    assert normalize(source).text == WRAPPED.replace("\n　　", "|").replace("\n", "").replace(
        "|", "\n"
    )


def test_pictures_without_words_are_named():
    with pytest.raises(
        EmptyDocument, match=r"^a\.html: the page shows no text, only pictures \(2\)"
    ):
        body(page("<div id='zoom'><img src='1.jpg'><img src='2.jpg'></div>"))
    assert codes(body("<p>技能培训补贴办法</p><img src='1.jpg'>")) == ["text-in-pictures"]


@pytest.mark.parametrize(
    "markup", ["", " \n", "<html></html>", "<script>var a = '通知。'</script>"]
)
def test_a_page_without_words_gives_none(markup):
    assert body(markup).text == ""


def test_no_entity_leads_out_of_the_page(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容", "utf-8")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert "机密内容" not in body(f"{entity}<p>甲&x;乙</p>{BODY}").text


def test_a_word_too_long_for_the_parser_is_refused():
    # the parser would lose the rest of the page without a word
    with pytest.raises(NotText, match=r"a single word of it is over 10 MB\. Save it again"):
        body("<p>" + "各" * 4_000_000 + "</p>" + BODY)


#: what a page may be made of
_PARTS = st.sampled_from(
    [
        *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=3 colspan=2>"),
        *("<p>", "</p>", "<br>", "<div>", "</div>", "<ol>", "</ol>", "<li>", "</li>", "<pre>"),
        *("<title>", "</title>", "<sup>2</sup>", "<a href='x'>", "</a>", "<tbody>", "<b>", "</b>"),
        *(
            "索引号：",
            "1",
            "文号",
            "　",
            "\n",
            "\t",
            "&nbsp;",
            "附件1",
            "大",
            "。",
            "关于",
            "通知",
            "-",
        ),
        *("<p style='display:none'>", "<nav>", "</nav>", "<h1>", "</h1>", "<!--", "-->", "<s>"),
    ]
)


@given(st.lists(_PARTS, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_page_is_too_odd(markup):
    try:
        found = body(markup)
    except PolicyError:
        return
    assert not any(line.strip() != line for line in found.text.split("\n") if "\t" not in line)
    assert all(name and value for name, value in found.portal)


@pytest.mark.parametrize(
    "piece",
    [
        *("<div>", "<td>", "<table>", "<table><tr><td>", "<ol><li>一", "<p>各乡镇", "甲<br>"),
        *(
            "<a href=x>",
            "索引号：",
            "<p>索引号：</p>",
            "扫一扫",
            "<p>关于",
            "<h1>-|-",
            "附件1：",
            "\n",
        ),
        *("<tr><td rowspan=999>一<td>二", "<tr><td colspan=99>一", "<b>索引号</b>", "&", "<"),
    ],
)
def test_pages_of_one_piece_alone_do_not_take_the_square_of_their_length(piece):
    # a quadratic reader would need minutes for these
    body(piece * 20_000)


@pytest.mark.parametrize("path", sorted((ROOT / "corpus/notices").iterdir()), ids=lambda p: p.stem)
def test_a_notice_says_the_same_in_a_page(path):
    source = read(path, root=ROOT)
    original = extract(source)
    found = body(page(f"<div>{_markup(original.normal.text)}</div>{BUTTONS}"))
    saved = replace(source, text=found.text, noise=(), reflowed=found.reflowed)
    assert _facts(record_of(extract(saved), saved)) == _facts(record_of(original, source))


def _markup(text: str) -> str:
    blocks = []
    for row, found in groupby(text.split("\n"), key=lambda line: "\t" in line):
        inside = [entities.escape(line) for line in found]
        cells = [f"<tr><td>{line.replace(chr(9), '</td><td>')}</td></tr>" for line in inside]
        blocks.append(
            f"<table>{''.join(cells)}</table>" if row else f"<p>{'</p><p>'.join(inside)}</p>"
        )
    return "".join(blocks)


def _facts(record) -> dict[str, object]:
    return record.model_dump(exclude={"document": {"source"}})


#: of each page: number, day, clauses, tables, names in the portal's box
FACTS = {
    "13_gz_rencai_ruhu_banfa": ("穗府办规〔2020〕10号", "2020-06-29", 37, 0, 5),
    "14_gz_rencai_ruhu_xize": ("穗人社规字〔2022〕2号", "2022-07-07", 33, 0, 2),
    "16_gz_linshi_jiuzhu": ("穗府办规〔2021〕19号", "2021-12-01", 22, 0, 5),
    "17_gz_canji_fuju_butie": ("穗残联规字〔2019〕2号", "2019-01-17", 49, 0, 5),
    "18_tianhe_gangao_qingnian": ("穗天科工信规字〔2023〕1号", "2023-08-09", 16, 0, 2),
    "19_gwy_cujin_jiuye_2018": ("国发〔2018〕39号", "2018-11-16", 20, 0, 0),
    "20_gwy_geshui_fujia_kouchu": ("国发〔2018〕41号", "2018-12-13", 55, 0, 0),
    "21_gwy_zhiye_jiaoyu_20tiao": ("国发〔2019〕4号", "2019-01-24", 27, 0, 0),
    "22_gwyb_xizangban_1996": ("国办发〔1996〕32号", "1996-07-17", 12, 1, 0),
    "23_gwy_miantang_jiangshou_1981": ("国发〔1981〕88号", "1981-05-23", 2, 0, 0),
    "24_gwyb_liangshi_yuan_2005": ("国办函〔2005〕57号", "2005-06-11", 116, 0, 0),
    "31_chongqing_yuanqu": ("渝府发〔2021〕29号", "2021-09-30", 26, 0, 0),
    # these two print their number and title nowhere, or in the name of a file only
    "32_yiwu_minban_jiaoyu": (None, "2013-12-23", 36, 0, 0),
    "33_linhai_wenhua_litang": (None, "2013-10-12", 24, 0, 0),
}
#: titles that the list of these notices shortens or takes from another page
OTHER_TITLES = {"17_gz_canji_fuju_butie", "18_tianhe_gangao_qingnian"}


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/corpus/real is not here")
@pytest.mark.parametrize("name", FACTS)
def test_real_pages(name):
    listed = map(json.loads, (REAL / "manifest.jsonl").read_text("utf-8").splitlines())
    title = next(row["title"] for row in listed if row["file"] == f"{name}.html")
    source = read(REAL / f"{name}.html", root=REAL)
    record = record_of(extract(source), source)
    number, issued, clauses, tables, said = FACTS[name]
    assert (record.document.number, record.document.issued) == (number, issued)
    assert (len(record.clauses), len(record.tables), len(source.portal)) == (clauses, tables, said)
    if number and name not in OTHER_TITLES:
        assert (record.document.title or "").replace(" ", "") == title.replace(" ", "")
    long = [line for line in source.text.split("\n") if len(line) > 25]
    assert len(long) == len(set(long))
    for of_the_page in (
        "返回顶部",
        "扫一扫",
        "ICP备",
        "当前位置",
        "浏览",
        "版权所有",
        "市委网信办",
    ):
        assert of_the_page not in source.text
