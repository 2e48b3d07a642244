"""What can be found in a record, and what an amount may be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_samples import COUNTY, PLAN, SHANXI, amount, notice

from kb.schema import AmountRule, ClauseRecord, DeadlineRule, DepartmentRule, GroupRule, TargetRule
from kb.search.items import NO_LIMIT, VALUE_WORDS, fen_of, items_of, own_texts, value_words

MODELS = {
    "amount": AmountRule,
    "deadline": DeadlineRule,
    "department": DepartmentRule,
    "target": TargetRule,
    "group": GroupRule,
}


def test_a_clause_has_its_own_words_up_to_the_first_clause_inside():
    texts = {item.clause: item.text for item in items_of(COUNTY) if item.kind == "clause"}
    assert texts["五"] == "五、持续加强过程监管"
    assert texts["五/(三)"] == "（三）及时安全拨付资金。\n公示时间不少于5个工作日。"


def test_the_front_is_found_by_number_and_titles_too():
    front = next(items_of(PLAN))
    assert (front.clause, front.anchor, front.id) == ("", "front", f"{PLAN.document.id}#front")
    own, more = front.text[: front.quoted], front.text[front.quoted :]
    assert own == PLAN.text[: PLAN.clauses[0].span[0]].strip()
    assert "晋政办发〔2019〕68号" not in more  # printed already
    assert f"《{PLAN.document.title}》" in more
    assert "《山西省推进职业技能提升培训实施方案》" in more


def test_a_rule_is_found_by_its_quote_and_what_the_quote_does_not_say():
    rule = PLAN.rules[0]
    item = next(item for item in items_of(PLAN) if item.id == rule.id)
    assert item.text == f"{rule.quote}\n就业重点群体"
    assert item.quoted == len(rule.quote)
    assert (item.heading, item.anchor) == ("(四)", "s2-4")


def test_every_value_word_is_a_field():
    missing = [
        f"{kind}.{name}"
        for kind, names in VALUE_WORDS.items()
        for name in names
        if name not in MODELS[kind].model_fields
    ]
    assert not missing
    assert VALUE_WORDS.keys() == MODELS.keys()


def test_lists_of_words_are_taken_apart():
    rule = AmountRule(
        id="x",
        clause="",
        quote="略",
        span=(0, 1),
        conditions=("就业率达到80%", "按期"),
        item="补贴",
    )
    assert value_words(rule) == ["补贴", "就业率达到80%", "按期"]


def test_a_closing_paragraph_belongs_to_the_outer_clause():
    text = "前言\n一、总\n（一）甲\n（二）乙\n以上自印发之日起施行。\n落款"
    spans = {"一": (3, 28), "一/(一)": (7, 12), "一/(二)": (12, 17)}
    record = notice("x", None, None, None, None, text, [])
    record = record.model_copy(
        update={
            "clauses": tuple(
                ClauseRecord(path=path, anchor=path, level=1, heading="", span=span)
                for path, span in spans.items()
            )
        }
    )
    assert own_texts(record) == [
        "前言\n落款",
        "一、总\n以上自印发之日起施行。",
        "（一）甲",
        "（二）乙",
    ]


@st.composite
def nested(draw, start=0, end=60, depth=3):
    """Spans of clauses inside one another, in no order."""
    spans = []
    while start < end and depth and draw(st.booleans()):
        first = draw(st.integers(start, end - 1))
        last = draw(st.integers(first + 1, end))
        spans += [(first, last), *draw(nested(first, last, depth - 1))]
        start = last
    return draw(st.permutations(spans))


@given(nested())
def test_every_character_stands_in_one_item_alone(spans):
    text = "".join(chr(0x4E00 + n) for n in range(60))
    clauses = [
        ClauseRecord(path=str(n), anchor=str(n), level=1, heading="", span=span)
        for n, span in enumerate(spans)
    ]
    record = notice("x", None, None, None, None, text, [])
    owns = own_texts(record.model_copy(update={"clauses": tuple(clauses)}))
    assert len(owns) == len(clauses) + 1
    assert sorted("".join(owns).replace("\n", "")) == list(text)
    assert all(
        set(own) <= {*text[slice(*clause.span)], "\n"}
        for own, clause in zip(owns[1:], clauses, strict=True)
    )


@pytest.mark.parametrize(
    ("values", "fen"),
    [
        ({"min": 300, "max": 300}, (30_000, 30_000)),
        ({"max": 1000}, (0, 100_000)),
        ({"min": 500}, (50_000, NO_LIMIT)),
        ({"min": 1000, "exclusive": True}, (100_001, NO_LIMIT)),
        ({"max": 1000, "exclusive": True}, (0, 99_999)),
        ({"min": Decimal("0.004"), "max": Decimal("0.004")}, (0, 1)),
        ({"min": 70_000_000_000, "max": 70_000_000_000}, (7_000_000_000_000,) * 2),
        ({"min": 10**30, "max": 10**30}, (NO_LIMIT, NO_LIMIT)),
        ({"tiers": [{"upto": 10, "unit": "day", "rate": 150}, {"rate": 100}]}, (10_000, 15_000)),
        ({"cap": {"max": 5000}}, (0, 500_000)),
        ({"max": 150, "cap": {"max": 5000}}, (0, 15_000)),
        ({"percent_max": 80}, None),
        ({"min": 5, "max": 5, "currency": "USD"}, None),
        ({"min": 5, "max": 5, "currency": "CNY"}, (500, 500)),
    ],
)
def test_what_an_amount_may_be(values, fen):
    rule = amount("", "略", id="x", span=(0, 1), **values)
    assert fen_of(AmountRule.model_validate(rule)) == fen


def test_a_clause_answers_to_its_departments():
    record = notice(
        "140000-x-2020-1",
        None,
        None,
        SHANXI,
        2020,
        "略",
        [("一", "s1", 1, "一、由省财政厅负责。", ""), ("二", "s2", 1, "二、其他。", "")],
        [
            {
                "kind": "department",
                "clause": "一",
                "quote": "省财政厅",
                "name": "省财政厅",
                "canonical": "山西省财政厅",
            }
        ],
    )
    departments = {
        item.anchor: item.departments for item in items_of(record) if item.kind == "clause"
    }
    assert departments == {"front": (), "s1": ("省财政厅", "山西省财政厅"), "s2": ()}
