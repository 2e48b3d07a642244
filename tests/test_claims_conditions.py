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


def _asked(*clauses: str, at: int = 0) -> list[tuple[str, str]]:
    record, rule = amount(*clauses, at=at)
    return [(c.asks, c.evidence.quote) for c in conditions(record, rule).of]


LEAVE = "对赡养老人的职工，给予每人200元护理补贴"
PARENTS = "本办法所称老人是指年满60岁的父母。"


def test_a_definition_of_somebody_else_shuts_nobody_out():
    """赡养老人扣除: 被赡养人是指年满60岁的父母 says nothing of the age of who deducts."""
    asked = _asked(f"{LEAVE}。", PARENTS)
    assert ("person", PARENTS.rstrip("。")) in asked
    assert "age" not in {asks for asks, _ in asked}


def test_a_definition_bears_only_on_amounts_that_use_its_word():
    asked = _asked("对高校毕业生给予每人500元求职补贴。", PARENTS)
    assert not [quote for _, quote in asked if "老人" in quote]


def test_a_definition_of_those_in_the_title_holds_for_all_amounts():
    record, rule = amount("对硕士给予每人3万元补贴。", "本办法所称技能人才，是指45周岁以下的人员。")
    titled = record.document.model_copy(update={"title": "清河县技能人才补贴办法"})
    found = conditions(record.model_copy(update={"document": titled}), rule)
    assert [c.high for c in found.of if c.asks == "age"] == [Decimal(45)]


@pytest.mark.parametrize(
    ("heading", "bears"),
    [
        ("补贴对象", True),
        ("适用范围", True),
        ("申请条件和程序", True),
        ("培训补贴对象", True),
        ("扩大培训补贴范围", False),
        ("就业见习补贴对象", False),
        ("拓宽抵押物范围", False),
    ],
)
def test_a_clause_on_who_may_apply_bears_on_the_benefit_that_it_is_headed_for(heading, bears):
    asked = _asked("补贴标准。培训补贴标准为每人500元。", f"{heading}\n年满16周岁以上的人员。")
    assert ("age" in {asks for asks, _ in asked}) == bears


@pytest.mark.parametrize(
    "words",
    [
        "（人力资源社会保障部等有关部门和单位负责）",
        "各地可因地制宜适当放宽培训补贴申请条件",
        "县民政部门应当加强培训补贴衔接，不得推诿",
    ],
)
def test_what_offices_are_to_do_is_no_condition(words):
    assert not [q for _, q in _asked(f"对农民给予每人500元培训补贴。{words}。") if q in words]


def test_what_the_fields_of_an_amount_say_already_is_not_asked_again():
    record, rule = amount("信用额度可提高至300万元。")
    assert not [c for c in conditions(record, rule).of if "提高" in c.says]


def test_each_of_a_list_has_its_own_case():
    listed = "对新引进人才，分别给予专科生2万元、本科生4万元的安家补贴。"
    assert not [quote for _, quote in _asked(listed, at=1) if "2万元" in quote and "本科" in quote]
