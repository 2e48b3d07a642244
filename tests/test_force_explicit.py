"""What texts say one document does to another: direction, scope, day and words."""

import pytest

from kb.force.explicit import UNNAMED
from kb.force.models import NAMES
from tests.force_samples import OLD, OLD_ID, bundled, graph, graph_of, needs_real, on, real_records
from tests.test_force_status import CITED, LATER

LATER_ID = "140000-jinzhengbanfa-2024-7"


def stated(known, document):
    return [r for r in known.stated if r.source.document == document]


@pytest.mark.parametrize(
    ("words", "type_", "clause", "scope"),
    [
        ("{}同时废止。", "repeals", None, "whole"),
        ("{}停止执行。", "stops", None, "whole"),
        ("本通知代替{}。", "replaces", None, "whole"),
        ("{}第二条废止。", "repeals_part", "第二条", "clause"),
        ("将{}第一条修改为“每人500元”。", "amends", "第一条", "clause"),
        ("{}有效期延长至2027年12月31日。", "extends", None, "whole"),
        ("{}继续有效。", "renews", None, "whole"),
        ("根据{}规定，开展培训。", "based_on", None, "whole"),
        ("为贯彻落实{}，开展培训。", "implements", None, "whole"),
    ],
)
def test_a_citation_is_a_relation(words, type_, clause, scope) -> None:
    known = graph(OLD, LATER.format(words=words.format(CITED)))
    (relation,) = [r for r in stated(known, LATER_ID) if r.target.document == OLD_ID]
    assert (relation.type, relation.target.clause, relation.scope) == (type_, clause, scope)
    assert relation.source.clause == "一"
    assert str(relation.when) == "2024-06-01"
    assert relation.asserted_by == "text"
    assert relation.evidence and "晋政办发〔2020〕5号" in relation.evidence.quote
    assert relation in known.into[OLD_ID]


@pytest.mark.parametrize(
    ("printed", "clauses"),
    [
        ("第一条、第二条", ["第一条", "第二条"]),
        ("第一条至第三条", ["第一条", "第三条", "第二条"]),
        # a paragraph of a clause is not all of it
        ("第二条第一款", ["第二条/第一款"]),
        ("附件1", ["附件1"]),
    ],
)
def test_each_clause_that_is_named_is_a_relation(printed, clauses) -> None:
    known = graph(OLD, LATER.format(words=f"{CITED}{printed}同时废止。"))
    found = [r.target.clause for r in stated(known, LATER_ID) if r.type == "repeals_part"]
    assert sorted(found) == clauses
    assert on(known, f"{OLD_ID}#第二条", "2024-06-01").state == {
        "附件1": "in_force",
        "第二条第一款": "partly_superseded",
    }.get(printed, "repealed")


def test_a_notice_issues_or_forwards_what_it_carries() -> None:
    (relation,) = [r for r in stated(graph(OLD), OLD_ID) if r.type == "issues"]
    assert relation.target.document == OLD_ID
    forwarding = OLD.replace("关于印发", "关于转发").replace("印发给你们", "转发给你们")
    assert [r.type for r in graph(forwarding).stated if r.target.document == OLD_ID] == ["forwards"]


def test_rules_that_are_not_named_yield() -> None:
    known = graph(LATER.format(words="此前规定与本通知不一致的，以本通知为准。"))
    (relation,) = [r for r in known.stated if r.type == "overrides"]
    assert relation.target.document == UNNAMED


def test_a_value_that_is_raised_is_an_amendment_of_that_value() -> None:
    known = graph(LATER.format(words="培训补贴标准由每人300元提高到每人400元。"))
    (relation,) = [r for r in known.stated if r.type == "amends"]
    assert relation.scope == "value"
    assert relation.target.document == "（原标准300元）"
    assert relation.source.rule


def test_a_policy_that_is_prolonged_without_its_document() -> None:
    (relation,) = [r for r in bundled().stated if r.type == "extends"]
    assert (relation.source.clause, relation.target.document) == ("二", UNNAMED)
    assert relation.evidence and relation.evidence.quote == "以工代训政策实施期限延至2021年12月底"


def test_what_a_document_tells_of_its_own_history_comes_from_the_others() -> None:
    known = graph(
        "广州市地下空间管理办法\n（2011年12月15日广州市人民政府令第61号公布，根据2019年11月14日"
        "广州市人民政府令第168号《广州市人民政府关于修改和废止部分政府规章的决定》第一次修订）\n"
        "第一条 为加强管理，制定本办法。\n第二条 本办法自2012年2月1日起施行。\n"
    )
    told = {(r.type, r.source.document, str(r.when)) for r in known.stated}
    assert ("amends", "广州市人民政府令第168号", "2019-11-14") in told
    assert not [r for r in known.stated if r.ends]


def test_every_type_reads_both_ways() -> None:
    assert all(forward and backward for forward, backward in NAMES.values())
    assert {r.type for r in bundled().relations} <= set(NAMES)


def test_ids_outlive_renumbering() -> None:
    words = LATER.format(words=f"{CITED}停止执行。")
    moved = words.replace("一、《", "一、抓紧落实。\n二、《").replace("二、本通知", "三、本通知")
    before, after = ({r.id for r in graph(OLD, w).stated if r.ends} for w in (words, moved))
    assert before == after
    assert before


@needs_real
def test_the_housing_fund_raises_its_ceiling() -> None:
    known = graph_of(real_records().values())
    (relation,) = [r for r in stated(known, "330100-41-hz-gjj-2024") if r.scope == "value"]
    assert relation.target.document == "（原标准100万元）"
    assert relation.evidence and "由100万元提高到130万元" in relation.evidence.quote
    assert str(relation.when) == "2024-10-09"


def test_a_document_does_nothing_to_itself_but_carry() -> None:
    for relation in (*bundled().stated, *graph(OLD).stated):
        if relation.source.document == relation.target.document:
            assert relation.type in ("issues", "forwards")
