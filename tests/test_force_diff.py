"""What differs between two versions of a document, and between a province and a county."""

from kb.force.diff import between, difference
from kb.schema import AmountRule
from tests.force_samples import OLD, VOCABULARY, bundled, record
from tests.test_force_inferred import county, province


def test_a_changed_value_is_told_by_clause_and_field() -> None:
    found = difference(record(OLD), record(OLD.replace("300元", "350元"), "b.txt"), VOCABULARY)
    (clause,) = found.clauses
    assert (clause.kind, clause.before, clause.after) == ("changed", "第一条", "第一条")
    assert "300元" in clause.old
    assert "350元" in clause.new
    changed = [r for r in found.rules if r.what.startswith("培训补贴")]
    assert [str(c) for c in changed[0].changes] == ["金额：300元 → 350元"]


def test_a_clause_that_is_put_in_moves_the_others_without_changing_them() -> None:
    more = OLD.replace("第一条 对", "第一条 各市要抓紧落实有关工作。\n第二条 对")
    more = more.replace("第二条 取得", "第三条 取得").replace("第三条 本办法", "第四条 本办法")
    found = difference(record(OLD), record(more, "b.txt"), VOCABULARY)
    kinds = [(c.kind, c.before, c.after) for c in found.clauses]
    assert ("added", "", "第一条") in kinds
    assert {k for k, _, _ in kinds} <= {"added", "changed"}
    assert not [r for r in found.rules if isinstance(r.before, AmountRule)]


def test_a_clause_that_is_taken_out_is_told() -> None:
    less = OLD.replace("第二条 取得高级工证书的，给予每人600元取证补贴。\n", "")
    found = difference(record(OLD), record(less, "b.txt"), VOCABULARY)
    assert ("removed", "第二条") in [(c.kind, c.before) for c in found.clauses]
    gone = [r for r in found.rules if r.kind == "removed" and isinstance(r.before, AmountRule)]
    assert [r.before.min for r in gone] == [600]


def test_the_same_text_has_no_difference() -> None:
    found = difference(record(OLD), record(OLD), VOCABULARY)
    assert (found.clauses, found.rules) == ((), ())


def test_a_deadline_is_compared_by_its_day() -> None:
    early = OLD.replace("第三条", "第三条 各市要在2020年6月30日前完成培训。\n第四条")
    late = early.replace("6月30日", "9月30日")
    found = difference(record(early, "a.txt"), record(late, "b.txt"), VOCABULARY)
    told = [str(c) for r in found.rules for c in r.changes]
    assert "日期：2020-06-30 → 2020-09-30" in told


def test_a_county_meets_its_province_in_the_measure() -> None:
    found = difference(record(province(300, 2019)), record(county(280, 2021), "b.txt"), VOCABULARY)
    (rule,) = [r for r in found.rules if r.before and r.before.kind == "amount"]
    assert rule.kind == "changed"
    assert "金额：300元 → 280元" in [str(c) for c in rule.changes]


def test_two_rules_are_compared_directly() -> None:
    rules = {r.quote: r for _, r in bundled().base.rules("amount")}
    change = between(rules["高级工每人600元"], rules["高级工证书800元"])
    assert {c.field for c in change.changes} == {"金额", "计算单位", "领取方"}
