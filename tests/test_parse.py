"""From text to notice: every line has its place, annexes keep their own outline, foreign passages
stay out.
"""

import pytest
from extractor_samples import NOTICE, STYLES, paragraphs, printed, source, trees
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import TextSpan
from extractor import regions
from extractor.models import Notice
from extractor.normalize import normalize
from extractor.parse import parse
from extractor.unparse import unparse

REGIONS = regions.load()
HEAD = ("某市财政局关于加强资金管理的通知", "各有关单位：")
lines = st.text(
    st.sampled_from(
        "各地要加强监管补贴1000元，。；：（）()《》附件一二三、.第章条2021年月日号\t抄送此公开"
    ),
    min_size=1,
    max_size=30,
).filter(lambda line: line.strip())


def parsed(text: str) -> Notice:
    return parse(normalize(source(text)).text, REGIONS)


def paths(text: str) -> list[str]:
    return [clause.path for clause in parsed(text).clauses]


def assert_tiles(notice: Notice) -> None:
    """Pieces stand in order and leave out nothing but the breaks between lines."""
    end = 0
    for span, _ in notice.pieces:
        assert notice.text[end : span.start].strip("\n") == ""
        assert span.start >= end
        end = span.end
    assert notice.text[end:].strip("\n") == ""


def test_a_whole_notice():
    notice = parsed(NOTICE)
    assert [(c.path, c.anchor, c.level) for c in notice.clauses] == [
        ("一", "s1", 1),
        ("二", "s2", 1),
        ("二/(一)", "s2-1", 2),
        ("二/(二)", "s2-2", 2),
        ("二/(二)/1", "s2-2-1", 3),
        ("二/(二)/2", "s2-2-2", 3),
        ("三", "s3", 1),
        ("附件1", "annex1", 1),
    ]
    assert notice.clauses[2].heading == "开展普惠式培训"
    assert_tiles(notice)


@given(st.lists(lines, max_size=14))
def test_any_lines_are_tiled_by_their_pieces(words):
    notice = parsed("\n".join(words))
    assert_tiles(notice)


@given(st.lists(lines, max_size=14))
def test_any_lines_print_back(words):
    notice = parsed("\n".join(words))
    assert unparse(notice) == notice.text


@settings(max_examples=60)
@given(trees(3), st.sampled_from(sorted(STYLES)), st.lists(paragraphs, max_size=2))
def test_an_outline_under_a_head_is_read(tree, style, opening):
    page = printed(tree, style)
    notice = parsed("\n".join("　　" + line for line in (*HEAD, *opening, *page.lines)))
    assert [(c.path, c.heading) for c in notice.clauses] == page.clauses
    assert unparse(notice) == notice.text
    assert notice.elements.title == HEAD[0]


def test_markdown_marks_do_not_rank():
    text = "# 一、总体要求\n### （一）目标\n## （二）原则\n# 二、任务"
    noise = [(0, 2), (9, 13), (19, 22), (28, 30)]
    given_source = source(text, noise=tuple(TextSpan(a, b) for a, b in noise))
    notice = parse(normalize(given_source).text, REGIONS)
    assert [clause.path for clause in notice.clauses] == ["一", "一/(一)", "一/(二)", "二"]


def test_annexes_count_from_one_again():
    text = "\n".join(
        (
            *HEAD,
            "一、加强领导",
            "各地要加强领导。",
            "附件：1.申报指南",
            "2.工作流程",
            "某市财政局",
            "2021年6月8日",
            "附件1",
            "申报指南",
            "一、申报条件",
            "依法登记。",
            "二、申报材料",
            "附件2",
            "工作流程",
            "一、受理",
        )
    )
    assert paths(text) == ["一", "附件1", "附件1/一", "附件1/二", "附件2", "附件2/一"]


def test_a_carried_plan_is_the_documents_outline():
    assert [path for path in paths(NOTICE) if "/" not in path] == ["一", "二", "三", "附件1"]
    assert parsed(NOTICE).elements.enclosed is not None


def test_a_foreign_reply_is_reported_and_kept_out():
    text = "\n".join(
        (
            "某县人力资源和社会保障局关于印发《某县技能建设实施方案》的通知",
            "各有关单位：",
            "现将《某县技能建设实施方案》印发给你们，请遵照执行。",
            "《关于同意设立培训点的报告》收悉。经研究，现批复如下：",
            "一、同意设立培训点。",
            "二、请抓紧组织实施。",
            "某县技能建设实施方案",
            "一、指导思想",
            "坚持就业优先。",
            "二、预期目标",
            "全年培训400人。",
        )
    )
    notice = parsed(text)
    assert [clause.heading for clause in notice.clauses] == ["指导思想", "预期目标"]
    (passage,) = notice.foreign
    assert passage.of(notice.text).startswith("《关于同意设立培训点的报告》收悉")
    assert [finding.code for finding in notice.findings] == ["foreign-passage"]
    assert_tiles(notice)


def test_a_reply_is_not_foreign_to_itself():
    lines = (
        "国务院关于同意设立试验区的批复",
        "山西省人民政府：",
        "你省《关于设立试验区的请示》收悉。现批复如下：",
        "一、同意设立试验区。",
        "二、抓好落实。",
    )
    notice = parsed("\n".join(lines))
    assert not notice.foreign
    assert [clause.path for clause in notice.clauses] == ["一", "二"]


@pytest.mark.parametrize(
    "text", ["", "\n", "通知", "一、", "附件", "附件1\n附件2", "《", "\t\t\n\t"]
)
def test_scraps_are_notices_too(text):
    notice = parsed(text)
    assert_tiles(notice)
    assert unparse(notice) == notice.text
