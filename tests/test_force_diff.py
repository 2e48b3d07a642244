"""What differs between two versions of a document, and between a province and a county."""

import re

import pytest

from kb.force.diff import between, difference
from kb.force.fields import fields
from kb.schema import AmountRule, DeadlineRule, DepartmentRule, GroupRule, TargetRule
from site_builder.terminal.force import around_difference, difference_lines
from tests.force_samples import OLD, VOCABULARY, bundled, record
from tests.test_force_inferred import county, province

COUNTY = "141121-wenrenshezi-2024-20"
AT = {"id": "x#s1.a", "clause": "一", "quote": "甲", "span": (0, 1)}


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
    # 第二条 that was 第一条 says the same as before
    assert kinds == [("added", "", "第一条")]
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
    assert "日期：2020-06-30前 → 2020-09-30前" in told


def test_a_county_meets_its_province_in_the_measure() -> None:
    found = difference(record(province(300, 2019)), record(county(280, 2021), "b.txt"), VOCABULARY)
    (rule,) = [r for r in found.rules if r.before and r.before.kind == "amount"]
    assert rule.kind == "changed"
    assert "金额：300元 → 280元" in [str(c) for c in rule.changes]


def test_notices_that_are_no_versions_of_one_another_say_so() -> None:
    records = bundled().base.by_id
    province_, county_ = (records[i] for i in ("140000-jinzhengbanfa-2019-68", COUNTY))
    found = difference(province_, county_, VOCABULARY)
    assert not found.versions
    lines = list(difference_lines(found, "甲", "乙"))
    assert lines[:2] == ["- 甲", "+ 乙"]
    assert "不是同一文件的前后两版" in lines[2]
    assert not [line for line in lines if "删去" in line or "新增  " in line]
    assert "  数量：不低于300万人次 → 2520人" in lines
    assert not [line for line in lines if re.search("lead|support|responsible", line)]


def test_an_organ_does_not_become_another() -> None:
    before = OLD.replace("第三条", "第三条 由省人社厅牵头负责。\n第四条")
    after = OLD.replace("第三条", "第三条 由省财政厅牵头负责。\n第四条")
    found = difference(record(before, "a.txt"), record(after, "b.txt"), VOCABULARY)
    kinds = {(r.kind, r.what) for r in found.rules if "department" in (r.before or r.after).kind}
    assert kinds == {("removed", "省人社厅"), ("added", "省财政厅")}


def test_long_texts_are_shown_where_they_differ() -> None:
    same = "甲" * 200
    old, new = around_difference(f"{same}乙一", f"{same}丙二")
    assert (old, new) == (f"…{'甲' * 20}乙一", f"…{'甲' * 20}丙二")


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (
            DeadlineRule(**AT, type="duration", bound="within", duration="P15D", workdays=True),
            ("时长", "15个工作日内"),
        ),
        (
            DeadlineRule(**AT, type="duration", bound="within", duration="P3M", duration_max="P6M"),
            ("时长", "3个月至6个月内"),
        ),
        (DeadlineRule(**AT, type="date", bound="by", date="2021-11-30"), ("日期", "2021-11-30前")),
        (TargetRule(**AT, min=25, unit="%"), ("数量", "不低于25%")),
        (TargetRule(**AT, min=450000, max=450000, unit="人"), ("数量", "45万人")),
        (TargetRule(**AT, max=3, unit="次"), ("数量", "不超过3次")),
        (DepartmentRule(**AT, name="省人社厅", role="lead"), ("角色", "牵头")),
        (GroupRule(**AT, name="企业职工"), ("对象", "企业职工")),
    ],
)
def test_fields_are_said_in_words(fact, said) -> None:
    assert said in list(fields(fact))


def test_two_rules_are_compared_directly() -> None:
    rules = {r.quote: r for _, r in bundled().base.rules("amount")}
    change = between(rules["高级工每人600元"], rules["高级工证书800元"])
    assert {c.field for c in change.changes} == {"金额", "计算单位", "领取方"}
