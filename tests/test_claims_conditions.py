"""Conditions read from clauses: what becomes typed, what is quoted for a person, what is told."""

from decimal import Decimal

import pytest

from kb.claims.conditions import conditions
from kb.claims.models import coverage
from kb.claims.vocabulary import words
from tests.claims_samples import STEPS, amount, base, rows

ROWS = rows("conditions.yaml")


@pytest.mark.parametrize("row", ROWS, ids=[row["clause"][:24] for row in ROWS])
def test_a_clause_gives_the_conditions_that_it_states(row):
    record, rule = amount(row["clause"])
    found = conditions(record, rule)
    for wanted in row["conditions"]:
        assert any(meets(wanted, condition) for condition in found.of), (wanted, found.of)
    # the region of 清河县 is not told: there are two
    asked = {c.asks for c in found.of if "发文机关" not in c.says and "申领" not in c.says}
    assert not asked & set(row.get("never", ())), found.of
    assert not {c.says for c in found.of} & set(row.get("untold", ())), found.of
    assert row.get("stacking", "") in " ".join(e.quote for e in found.stacking)
    for condition in found.of:
        start, end = condition.evidence.span or (0, 0)
        assert record.text[start:end] == condition.evidence.quote


def meets(wanted, condition) -> bool:
    given = {"asks": condition.asks, "unit": condition.unit, "values": list(condition.values)}
    given |= {
        key: None if value is None else str(value)
        for key, value in (("low", condition.low), ("high", condition.high))
    }
    plain = {key: value for key, value in wanted.items() if key != "quote"}
    same = all(given[key] == value for key, value in plain.items())
    return same and wanted.get("quote", "") in condition.evidence.quote


@pytest.mark.parametrize(
    ("name", "kinds", "rest"),
    [
        ("企业或培训机构", ("企业", "培训机构"), ""),
        ("各培训机构、评价机构", ("培训机构", "评价机构"), ""),
        ("培训、评价机构", ("培训机构", "评价机构"), ""),
        ("各培训评价机构", ("评价机构", "培训机构"), ""),
        ("职业技能等级评价机构", ("评价机构",), ""),
        ("培训主体", ("培训机构", "企业", "学校"), ""),
        ("本科院校、职业院校（含技工院校）", ("学校",), "本科"),
        ("民营企业", ("企业",), "民营"),
        ("小微企业", ("企业",), "小微"),
        ("企业（限小微）", ("企业",), "限小微"),
        ("企业（含民营企业）", ("企业",), ""),
        ("高校", ("学校",), "高"),
        ("农民专业合作社", ("合作社",), ""),
        ("高校毕业生", ("个人",), ""),
        ("新录用农民工", ("个人",), "新录用"),
        ("多子女家庭", ("个人",), "多子女"),
        ("购房者", ("个人",), "购房"),
        ("产权人", (), "产权人"),
        ("生活费", (), "生活费"),
    ],
)
def test_names_stand_for_kinds_of_applicant_and_keep_what_is_not_understood(name, kinds, rest):
    said = words().applicant(name)
    assert set(said.kinds) == set(kinds)
    assert said.rest == rest


def test_the_order_based_course_is_modelled_whole():
    found = base().conditions(STEPS)
    asks = {condition.asks for condition in found}
    assert {"region", "applicant", "training", "employment", "filing", "qualification"} <= asks
    assert coverage(found) == 1
    assert coverage(()) is None


def test_what_is_modelled_is_a_share_of_the_conditions():
    record, rule = amount("对新引进的硕士研究生给予每人3万元安家补贴，户籍须在本市。")
    share = coverage(conditions(record, rule).of)
    assert share is not None
    assert Decimal(0) <= share < 1


def test_conditions_of_a_clause_headed_for_whom_hold_for_its_neighbours():
    record, rule = amount(
        "补贴对象。本县户籍的残疾人。", "补贴标准。对购置辅助器具给予每人2000元补贴。"
    )
    quotes = [c.evidence.quote for c in conditions(record, rule).of if c.asks == "person"]
    assert any("本县户籍的残疾人" in quote for quote in quotes)


def test_a_definition_of_whom_is_meant_holds_for_the_whole_notice():
    record, rule = amount(
        "本办法所称补助对象是指具有本县户籍的残疾人。", "对购置辅助器具给予每人2000元补贴。"
    )
    quotes = [c.evidence.quote for c in conditions(record, rule).of if c.asks == "person"]
    assert any("具有本县户籍的残疾人" in quote for quote in quotes)
