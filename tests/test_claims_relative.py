"""What an amount does to another, which is named and pointed to only where the text is plain."""

import pytest

from kb.api import base_of
from kb.claims import plain
from kb.claims.relative import relative
from kb.models import KnowledgeBase
from kb.schema import AmountRule
from site_builder.terminal.claims import answer_lines, calculation_lines
from tests.claims_samples import amount, base_with, notice

TRAINING = "培训补贴。对企业给予每人每天150元培训补贴"


def told(*clauses):
    """What the last amount of a notice does to another, and the quote of that other."""
    record = notice(*clauses)
    amounts = [rule for rule in record.rules if isinstance(rule, AmountRule)]
    found = relative(record, amounts[-1])
    assert found is not None
    assert record.text[slice(*found.evidence.span)] == found.evidence.quote
    return found.says, next((a.quote for a in amounts if a.id == found.rule), None)


@pytest.mark.parametrize(
    ("clause", "says", "other"),
    [
        (
            f"{TRAINING}，对脱贫劳动力在原标准基础上再增加200元。",
            "在“培训补贴 150元/人/天”之上另加，不是单独的标准",
            "对企业给予每人每天150元",
        ),
        (
            "购房补贴。每套给予2万元购房补贴；属于家庭首套住房的，额外再给予2万元购房补贴。",
            "在“购房补贴 2万元/套”之上另加，不是单独的标准",
            "每套给予2万元",
        ),
        (
            "对企业给予职业培训补贴每人1000元。对残疾人在职业培训补贴标准基础上每人再增加200元。",
            "在“职业培训补贴标准”之上另加，不是单独的标准",
            "对企业给予职业培训补贴每人1000元",
        ),
        ("检验收费标准每次下调10元。", "从原来的金额中减去，不是另外发给的钱", None),
        ("减征50%的车辆购置税。", "从原来的金额中减去，不是另外发给的钱", None),
        (
            "定额标准为每人每年6000元，最高可上浮30%。",
            "在“培训补贴 6000元/人/年”的基础上上浮，不是单独的标准",
            "定额标准为每人每年6000元",
        ),
        ("补助标准按基准额的1.5倍执行。", "按“基准额”折算，不是单独的标准", None),
    ],
)
def test_the_other_amount_is_named_as_the_text_names_it(clause, says, other):
    assert told(clause) == (says, other)


def test_of_several_amounts_that_it_may_act_on_none_is_picked():
    says = "在其他标准之上另加，不是单独的标准"
    several = "对企业给予每人500元培训补贴；对学校给予每人800元培训补贴；对脱贫劳动力再增加200元。"
    assert told(several) == (says, None)
    elsewhere = (f"{TRAINING}。", "住房补贴。对脱贫劳动力再增加200元住房补贴。")
    assert told(*elsewhere) == (says, None)
    before_only = "对脱贫劳动力再增加200元培训补贴；对企业给予每人500元培训补贴。"
    record, rule = amount(before_only)
    assert (rule.effect, relative(record, rule).rule) == ("raise_by", None)


def test_what_a_person_has_rejected_is_not_pointed_to():
    record = notice(f"{TRAINING}，对脱贫劳动力在原标准基础上再增加200元。")
    first, second = [rule for rule in record.rules if isinstance(rule, AmountRule)]
    no = first.model_copy(update={"review": first.review.model_copy(update={"status": "rejected"})})
    rules = tuple(no if rule is first else rule for rule in record.rules)
    assert relative(record.model_copy(update={"rules": rules}), second).rule is None


def test_a_sum_of_its_own_is_relative_to_nothing():
    record, rule = amount(f"{TRAINING}。")
    assert relative(record, rule) is None
    base = base_of(KnowledgeBase.of([record]))
    [offer] = base.apply({"kind": "企业", "region": "130534"}, "2024-06-01").offers
    assert plain.offer(offer)["relative"] is None


def test_an_answer_says_that_the_sum_comes_on_top():
    base = base_with(f"{TRAINING}，培训合格的在原标准基础上每人再增加200元。")
    profile = {"kind": "企业", "region": "130534", "people": 2, "days": 3}
    answers = base.apply(profile, "2024-06-01")
    first, second = sorted(answers.offers, key=lambda offer: offer.rule.span)
    lines = [line.strip() for line in answer_lines(answers)]
    assert {"金额  900 元", "另加的金额  400 元"} <= set(lines)
    [said] = [line for line in lines if line.startswith("关系")]
    assert "在“培训补贴 150元/人/天”之上另加，不是单独的标准" in said
    assert first.rule.id in said
    assert plain.offer(second)["relative"]["rule"] == first.rule.id
    assert next(calculation_lines(second.sum)) == "另加的金额  400 元"
