"""Every promise of the rule base, broken once."""

import pytest
from store_samples import TEXT, small_record

from kb.checks import check
from kb.models import KnowledgeBase
from kb.schema import CitationRecord, FindingRecord, TableRecord, ValidityStatement

RECORD = small_record()
AMOUNT, DEADLINE = RECORD.rules
CITATION = RECORD.citations[0]
CLAUSE = RECORD.clauses[1]


def changed(**changes):
    return RECORD.model_copy(update=changes)


def rule(**changes):
    return changed(rules=(AMOUNT.model_copy(update=changes), DEADLINE))


def clause(**changes):
    first, _, last = RECORD.clauses
    return changed(clauses=(first, CLAUSE.model_copy(update=changes), last))


def validity(**changes):
    given = {"clause": "", "quote": "通知", "span": (36, 38), **changes}
    return changed(
        validity=RECORD.validity.model_copy(update={"statements": (ValidityStatement(**given),)})
    )


def test_a_sound_rule_base_has_no_problem():
    other = small_record(document="141121-wencaizi-2021-8")
    linked = changed(citations=(CITATION.model_copy(update={"target": other.document.id}),))
    assert check(KnowledgeBase.of([linked, other])) == ()


END = len(TEXT)


@pytest.mark.parametrize(
    ("records", "code", "words"),
    [
        ([rule(quote="每人400元补贴")], "quote-moved", "“每人400元补贴” does not stand at 65..73"),
        ([rule(span=(64, 72))], "quote-moved", "does not stand at 64..72"),
        ([rule(span=(65, END + 1))], "span-outside", f"is not in the text ({END} characters)"),
        ([rule(span=(73, 65))], "span-outside", "73..65"),
        ([rule(span=(-5, 3))], "span-outside", "-5..3"),
        ([rule(clause="九")], "clause-unknown", 'no clause "九"'),
        ([rule(id="141121-wencaizi-2021-7#s2.amount.a1b2")], "id-misplaced", "#s1-1.amount."),
        ([rule(id=DEADLINE.id)], "id-repeated", "2 times"),
        ([RECORD, RECORD], "id-repeated", "2 times"),
        ([clause(anchor="s1")], "anchor-repeated", '2 clauses have the anchor "s1"'),
        ([clause(anchor="一-1")], "anchor-invalid", "cannot be the anchor"),
        ([clause(anchor="front")], "anchor-invalid", "cannot be the anchor"),
        ([clause(span=(0, END + 9))], "span-outside", "is not in the text"),
        ([changed(text=TEXT + "。")], "text-changed", "is not the one that was read"),
        ([validity(quote="通告")], "quote-moved", "“通告”"),
        ([validity(clause="九")], "clause-unknown", "九"),
    ],
)
def test_a_broken_promise_is_found(records, code, words):
    problems = check(KnowledgeBase.of(records))
    found = [problem for problem in problems if problem.code == code]
    assert found, [str(problem) for problem in problems]
    assert words in str(found[0])
    assert found[0].where.startswith(RECORD.document.id)


@pytest.mark.parametrize("key", ["target", "candidates"])
def test_a_citation_must_lead_somewhere(key):
    lost = CITATION.model_copy(update={key: "00-x" if key == "target" else ("00-x",)})
    problems = check(KnowledgeBase.of([changed(citations=(lost,))]))
    assert [problem.code for problem in problems] == ["target-unknown"]
    assert "citation 1" in problems[0].where


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("citations", CitationRecord(clause="", quote="甲", span=(0, 1), relation="refers")),
        (
            "findings",
            FindingRecord(severity="info", code="c", message="m", quote="甲", span=(0, 1)),
        ),
        ("tables", TableRecord(clause="", header=(), rows=(), span=(0, END + 1))),
    ],
)
def test_everything_that_points_into_the_text_is_looked_at(field, value):
    problems = check(KnowledgeBase.of([changed(**{field: (value,)})]))
    assert [problem.code for problem in problems] in (["quote-moved"], ["span-outside"])


def test_a_finding_may_quote_what_is_not_in_the_text():
    finding = FindingRecord(severity="info", code="c", message="m", quote="甲")
    assert check(KnowledgeBase.of([changed(findings=(finding,))])) == ()
