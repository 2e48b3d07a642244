"""Answers as a whole: three values, successors, stacking, what a person has said of a rule."""

from datetime import date

import pytest

from kb.api import base_of
from kb.claims.models import Condition, Judgement, answer_of, deciding
from kb.force.models import Evidence
from kb.models import KnowledgeBase
from tests.claims_samples import base_with
from tests.force_samples import NEW, NEW_ID, OLD, OLD_ID, record

SAID = Condition("person", "x", Evidence("d", "一", "x", (0, 1)))


@pytest.mark.parametrize(
    ("held", "answer", "decided"),
    [
        ((True, True), "符合", None),
        ((True, None), "需人工判断", 1),
        ((None, False), "不符合", 1),
        ((None, None), "需人工判断", 0),
        ((), "符合", None),
    ],
)
def test_one_that_fails_decides_then_one_that_is_open(held, answer, decided):
    judgements = [Judgement(SAID, holds, str(n)) for n, holds in enumerate(held)]
    assert answer_of(judgements) == answer
    found = deciding(judgements)
    assert (found and found.because) == (None if decided is None else str(decided))


def enterprise(**more):
    return {"kind": "企业", "region": "太原市", "groups": "企业职工", "people": 10, **more}


def both():
    return base_of(KnowledgeBase.of([record(OLD, "a.txt"), record(NEW, "b.txt")]))


def test_what_a_text_has_repealed_is_not_offered_and_its_successor_is():
    before = both().apply(enterprise(training="企业职工培训"), "2022-06-30")
    assert {o.record.document.id for o in before.offers if o.answer != "不符合"} == {OLD_ID}
    after = both().apply(enterprise(training="企业职工培训"), "2022-07-01")
    assert {offer.record.document.id for offer in after.offers} == {NEW_ID}
    gone = [left for left in after.left_out if left.document == OLD_ID]
    assert gone
    assert all(left.why.startswith("已废止") for left in gone)
    assert all(successor.startswith(NEW_ID) for left in gone for successor in left.successors)


_ANYWHERE = """关于支持企业职工培训的通知
各有关单位：
一、对企业职工培训给予每人500元培训补贴。
2024年3月1日
"""


def test_what_holds_at_the_place_comes_before_what_may_hold_anywhere():
    # more is open of the own region's amount than of the other
    strict = NEW.replace(
        "对企业职工培训给予",
        "对诚信企业职工培训，经验收合格、户籍须在本市的，无不良信用记录的，由所在街道推荐的，给予",
    )
    texts = (_ANYWHERE, NEW.replace("山西省", "陕西省").replace("晋", "陕"), strict)
    known = base_of(KnowledgeBase.of([record(text, f"{n}.txt") for n, text in enumerate(texts)]))
    found = known.apply({"kind": "个人", "region": "太原市"}, "2025-01-01")
    asked = [o.record.document.region for o in found.offers if o.answer == "需人工判断"]
    assert [region and region.name for region in asked] == ["山西省", None]


def test_a_day_before_the_first_notice_offers_nothing():
    found = both().apply(enterprise(training="企业职工培训"), date(2020, 3, 31))
    assert {offer.answer for offer in found.offers} == {"不符合"}
    assert {offer.deciding.condition.asks for offer in found.offers} == {"force"}


def test_of_amounts_that_may_not_be_had_together_the_highest_is_kept():
    base = base_with(
        "对企业开展岗前培训给予企业每人500元补贴；对企业开展安全技能培训给予企业每人800元补贴。"
        "两项补贴从高不重复享受。"
    )
    profile = {
        "kind": "企业",
        "region": "130534",
        "training": ["岗前培训", "安全技能培训"],
        "people": 2,
        "qualified": True,
    }
    low, high = sorted(base.apply(profile, "2024-06-01").offers, key=lambda o: o.sum.high)
    assert (low.answer, high.answer) == ("符合", "符合")
    assert (low.sum.total, high.sum.total) == (1000, 1600)
    assert low.instead == high.rule.id
    assert high.instead is None
    assert [e.quote for e in high.stacking] == ["两项补贴从高不重复享受"]


def test_what_a_person_has_rejected_is_no_amount():
    made = base_with("对企业开展岗前培训给予企业每人500元补贴。")
    [old] = made.records
    [rule] = [r for r in old.rules if r.kind == "amount"]
    review = rule.review.model_copy(update={"status": "rejected"})
    rejected = rule.model_copy(update={"review": review})
    rules = tuple(rejected if r is rule else r for r in old.rules)
    base = base_of(KnowledgeBase.of([old.model_copy(update={"rules": rules})]))
    profile = {"kind": "企业", "region": "130534", "training": "岗前培训"}
    assert len(made.apply(profile, "2024-06-01").offers) == 1
    assert base.apply(profile, "2024-06-01").offers == ()


def test_a_region_that_is_only_told_roughly_is_asked_for():
    base = base_with("对企业开展岗前培训给予企业每人500元补贴。")
    profile = {"kind": "企业", "training": "岗前培训", "people": 1}
    answers = {
        place: base.apply({**profile, "region": place}, "2024-06-01").offers[0]
        for place in ("130534", "邢台市", "河北省", "石家庄市", "境外")
    }
    told = {place: offer.answer for place, offer in answers.items()}
    assert told == {
        "130534": "符合",
        "邢台市": "需人工判断",
        "河北省": "需人工判断",
        "石家庄市": "不符合",
        "境外": "不符合",
    }
    assert answers["河北省"].deciding.missing == "region"
    assert base.apply(profile, "2024-06-01").offers[0].deciding.missing == "region"


def test_a_notice_without_a_term_is_offered_in_its_year_and_asked_about_later():
    base = base_with("对企业开展岗前培训给予企业每人500元补贴。")
    profile = {"kind": "企业", "region": "130534", "training": "岗前培训", "people": 1}
    days = ("2024-02-29", "2024-03-01", "2024-12-31", "2025-01-01")
    told = [base.apply(profile, day).offers[0] for day in days]
    assert [o.answer for o in told] == ["不符合", "符合", "符合", "需人工判断"]
    assert told[-1].deciding.condition.asks == "force"
