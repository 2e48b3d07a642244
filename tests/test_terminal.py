"""Records and results as lines for a terminal."""

import pytest
from store_samples import small_record

from corpus.errors import UsageError
from kb.models import KnowledgeBase
from kb.search.engine import Hit, Results
from site_builder.terminal.records import findings_told, result_lines, rule_counts, shown

RECORD = small_record()
BASE = KnowledgeBase.of([RECORD])
AMOUNT, DEADLINE = RECORD.rules


def test_a_document_is_shown_with_its_outline_and_all_its_rules():
    lines = shown(BASE, RECORD.document.id).lines
    assert lines[0] == RECORD.document.title
    assert "  文号　　  文财字〔2021〕7号" in lines
    assert "  规则　　  金额 1 · 期限 1 · 责任部门 0 · 目标任务 0 · 适用对象 0" in lines
    outline = [line.strip() for line in lines if line.endswith(("#s1", "#s1-1", "#s1-2"))]
    assert outline == [
        "一  补贴标准  #s1",
        "一/(一)  对企业职工  #s1-1",
        "一/(二)  县财政局  #s1-2",
    ]
    below = lines.index(next(line for line in lines if line.endswith("#s1-1"))) + 1
    assert lines[below].strip().startswith("[金额] 补贴")


NUMBERED = "财政部税务总局公告2023年第12号"
ANNOUNCEMENT = RECORD.model_copy(
    update={"document": RECORD.document.model_copy(update={"number": NUMBERED})}
)


@pytest.mark.parametrize(
    "typed", ["财政部 税务总局公告2023年第12号", "财政部税务总局公告〔2023〕12号"]
)
def test_a_document_is_found_by_its_number_however_it_is_typed(typed):
    assert f"  文号　　  {NUMBERED}" in shown(KnowledgeBase.of([ANNOUNCEMENT]), typed).lines


def test_a_rule_is_shown_with_its_words_and_their_place():
    found = shown(BASE, AMOUNT.id)
    assert "  原文　　  每人300元补贴" in found.lines
    assert "  位置　　  65–73" in found.lines
    assert "  核对　　  程序提取，未经人工核对" in found.lines
    assert found.plain["quote"] == AMOUNT.quote
    assert found.plain["document"] == RECORD.document.id


@pytest.mark.parametrize("name", ["s1-1", "一/(一)"])
def test_a_clause_is_shown_in_its_own_words(name):
    found = shown(BASE, f"{RECORD.document.id}#{name}")
    assert "（一）对企业职工给予每人300元补贴。" in found.lines
    assert [rule["id"] for rule in found.plain["rules"]] == [AMOUNT.id]


@pytest.mark.parametrize("name", ["", "#", "x#s1", f"{RECORD.document.id}#", "文财字〔2021〕8号"])
def test_what_is_not_there_is_told(name):
    if name == f"{RECORD.document.id}#":
        assert shown(BASE, name) == shown(BASE, RECORD.document.id)
    else:
        with pytest.raises(UsageError, match="in the rule base"):
            shown(BASE, name)


def test_what_to_look_at_is_listed_up_to_a_limit():
    findings = [("d", severity, f"m{n}") for n, severity in enumerate(("warning", "error") * 2)]
    lines = list(findings_told(findings, most=2))
    assert [line.split(": ")[-1] for line in lines[:2]] == ["m0", "m1"]
    assert lines[2].startswith("and 2 more")
    assert len(list(findings_told(findings, most=4))) == 4


def test_kinds_are_counted_in_one_order():
    assert rule_counts([DEADLINE, AMOUNT, DEADLINE]).startswith("金额 1 · 期限 2 · ")


def test_hits_set_off_what_was_looked_for():
    hit = Hit(
        kind="amount",
        id=AMOUNT.id,
        document=RECORD.document.id,
        clause="一/(一)",
        anchor="s1-1",
        title="题",
        heading="长" * 40,
        excerpt="每人300元补贴",
        marks=((0, 2), (6, 8)),
        score=1.0,
    )
    lines = list(result_lines(Results(3, (hit,), {"amount": 3}), lambda words: f"<{words}>"))
    assert lines == [
        f"1. [金额] 题  一/(一)  {'长' * 29}…",
        "   <每人>300元<补贴>",
        f"   {AMOUNT.id}",
        "1 / 3  金额 3",
    ]
