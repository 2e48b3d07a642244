"""An outline that is printed is read again: the same paths and headings, an owner a line."""

from itertools import pairwise

import pytest
from extractor_samples import (
    STYLES,
    Printed,
    chinese,
    headings,
    printed,
    sentences,
    spans_of,
    trees,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.outline import LineOf, Outline, outline


def outlined(lines: list[str]) -> tuple[str, Outline]:
    text = "\n".join(lines)
    spans = spans_of(text) if lines else []
    return text, outline(text, [LineOf(s, line) for s, line in zip(spans, lines, strict=True)])


def paths(lines: list[str]) -> list[str]:
    return [clause.path for clause in outlined(lines)[1].clauses]


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=60)
@given(tree=trees(3))
def test_a_printed_outline_is_read_again(style, tree):
    page: Printed = printed(tree, style)
    _, found = outlined(page.lines)
    assert [(c.path, c.heading) for c in found.clauses] == page.clauses


@settings(max_examples=60)
@given(
    st.lists(st.tuples(headings, st.lists(headings, max_size=3)), min_size=2, max_size=4), sentences
)
def test_a_decimal_outline_is_read_again(sections, words):
    lines, wanted = [], []
    for n, (heading, subheadings) in enumerate(sections, 1):
        lines.append(f"{n} {heading}")
        wanted.append((str(n), heading))
        for m, subheading in enumerate(subheadings, 1):
            lines += [f"{n}.{m} {subheading}", words]
            wanted.append((f"{n}/{n}.{m}", subheading))
    if sum(len(subheadings) for _, subheadings in sections) < 3:
        return
    _, found = outlined(lines)
    assert [(c.path, c.heading) for c in found.clauses] == wanted


@settings(max_examples=60)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_articles_count_on_through_the_chapters(chapters):
    lines, wanted, article = [], [], 0
    for chapter, size in enumerate(chapters, 1):
        lines.append(f"第{chinese(chapter)}章　总则")
        wanted.append(f"第{chinese(chapter)}章")
        for _ in range(size):
            article += 1
            lines.append(f"第{chinese(article)}条　本办法适用于全省。")
            wanted.append(f"第{chinese(chapter)}章/第{chinese(article)}条")
    assert paths(lines) == wanted


@settings(max_examples=60)
@given(trees(3), st.sampled_from(sorted(STYLES)))
def test_spans_nest_and_hold_their_heading(tree, style):
    text, found = outlined(printed(tree, style).lines)
    for clause in found.clauses:
        assert clause.span.holds(clause.own)
        assert clause.own.holds(clause.heading_span)
        assert text[clause.heading_span.start : clause.heading_span.end].strip() == clause.heading
        assert text.startswith(clause.label, clause.span.start)
        if clause.parent is not None:
            assert found.clauses[clause.parent].span.holds(clause.span)
            assert found.clauses[clause.parent].level == clause.level - 1
    for one, other in pairwise(found.clauses):
        assert one.span.start < other.span.start


@settings(max_examples=60)
@given(trees(3), st.sampled_from(sorted(STYLES)))
def test_pieces_tile_the_text(tree, style):
    text, found = outlined(printed(tree, style).lines)
    assert "\n".join(span.of(text) for span, _ in found.pieces) == text


@settings(max_examples=60)
@given(trees(3), st.sampled_from(sorted(STYLES)))
def test_anchors_are_ascii_and_differ(tree, style):
    _, found = outlined(printed(tree, style).lines)
    anchors = [clause.anchor for clause in found.clauses]
    assert len(set(anchors)) == len(anchors)
    assert all(anchor.isascii() and " " not in anchor for anchor in anchors)


@pytest.mark.parametrize(
    ("lines", "anchors"),
    [
        (
            ["一、总体要求", "二、主要任务", "（一）培训", "（二）评价", "（三）管理"],
            ["s1", "s2", "s2-1", "s2-2", "s2-3"],
        ),
        (["第一章　总则", "第三条　本办法", "（一）培训"], ["ch1", "ch1-art3", "ch1-art3-i1"]),
    ],
)
def test_anchors_are_those_of_the_rule_format(lines, anchors):
    assert [clause.anchor for clause in outlined(lines)[1].clauses] == anchors


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            ["一、甲", "(一)乙", "（二）丙", "1、丁", "（1）戊", "①己"],
            ["一", "一/(一)", "一/(二)", "一/(二)/1", "一/(二)/1/(1)", "一/(二)/1/(1)/①"],
        ),
        (["（一）甲", "（二）乙"], ["(一)", "(二)"]),
        (["一、甲", "1.乙", "2.丙", "二、丁", "1.戊"], ["一", "一/1", "一/2", "二", "二/1"]),
        (["第一条　甲", "第二条　乙", "（一）丙"], ["第一条", "第二条", "第二条/(一)"]),
        (["一、甲：1.乙；2.丙；3.丁。"], ["一", "一/1", "一/2", "一/3"]),
        (["一、甲", "按第三条规定的程序办理。", "（一）项所列情形除外。"], ["一"]),
        (["一、甲", "3.5万元以内。", "2024年完成。"], ["一"]),
        ([], []),
        (["没有编号的正文。"], []),
    ],
)
def test_paths(lines, wanted):
    assert paths(lines) == wanted


def test_articles_that_count_through_headings_stand_below_them():
    lines = [
        "一、政策支持",
        "第1条 设立资金。",
        "二、支持范围",
        "（一）投资奖励",
        "第2条 对项目给予奖励。",
        "（一）新建项目；",
        "（二）技改项目。",
        "（二）绩效奖励",
        "第3条 给予补助。",
    ]
    assert paths(lines) == [
        "一",
        "一/第1条",
        "二",
        "二/(一)",
        "二/(一)/第2条",
        "二/(一)/第2条/(一)",
        "二/(一)/第2条/(二)",
        "二/(二)",
        "二/(二)/第3条",
    ]


def test_a_closing_paragraph_of_the_document_belongs_to_it():
    lines = [
        "一、补贴标准",
        "每人300元。",
        "二、工作要求",
        "加强监管。",
        "本通知自印发之日起施行。",
    ]
    _, found = outlined(lines)
    assert [owner for _, owner in found.pieces] == [0, 0, 1, 1, None]


@pytest.mark.parametrize("heading", ["二、附则", "二、其他规定", "二、施行时间", "二、工作要求"])
def test_a_closing_paragraph_stays_below_a_heading_of_its_own(heading):
    lines = ["一、补贴标准", "每人300元。", heading, "本通知自印发之日起施行。"]
    _, found = outlined(lines)
    assert [owner for _, owner in found.pieces] == [0, 0, 1, 1]


def test_a_note_below_a_list_belongs_to_its_parent():
    lines = ["1.补贴对象。种地农民。", "2.咨询电话。010-12345", "注：附件参照原通知"]
    _, found = outlined(lines)
    assert [owner for _, owner in found.pieces] == [0, 1, None]


def test_a_closing_paragraph_of_a_list_belongs_to_its_parent():
    lines = [
        "一、申报条件",
        "（一）依法登记；",
        "（二）信用良好；",
        "（三）按时纳税。",
        "上述条件须同时具备。",
        "二、附则",
    ]
    text, found = outlined(lines)
    (owner,) = [owner for span, owner in found.pieces if span.of(text).startswith("上述")]
    assert owner is not None
    assert found.clauses[owner].path == "一"
