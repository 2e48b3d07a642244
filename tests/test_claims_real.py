"""Notices of other places and years: none of their amounts is 符合 by mistake."""

from functools import cache
from typing import Any

import pytest

from kb.api import Base, base_of
from kb.models import KnowledgeBase
from tests.force_samples import needs_real, real_records

pytestmark = needs_real


@cache
def base(*numbers: str) -> Base:
    """The notices of these numbers."""
    found = [r for name, r in real_records().items() if name[:2] in numbers]
    assert len(found) == len(numbers)
    return base_of(KnowledgeBase.of(found))


#: what a clause must be told as: the answer, and words that must be quoted for a person
Wanted = dict[str, tuple[str, str]]


@pytest.mark.parametrize(
    ("numbers", "on", "profile", "wanted"),
    [
        # 咸宁 2026: 户籍, area, first home and the day of payment are for a person
        (
            ("36",),
            "2026-05-01",
            {"kind": "个人", "region": "咸宁市", "counts": {"houses": 1}},
            {"一/(二)/1": ("需人工判断", "城区户籍人口"), "二/(二)": ("需人工判断", "装修")},
        ),
        (
            ("36",),
            "2026-05-01",
            {"kind": "企业", "region": "咸宁市"},
            {"一/(二)/2": ("不符合", "")},
        ),
        # 五华 2023: half of the tax, whose place and conditions a person judges
        (
            ("38",),
            "2023-09-01",
            {"kind": "个人", "region": "五华区", "base": 40000},
            {"二/(二)": ("需人工判断", "一般条件")},
        ),
        # 双辽 2022: for farmers who buy in the town
        (
            ("46",),
            "2023-01-01",
            {"kind": "个人", "region": "双辽市", "groups": "农民"},
            {"四/(二)": ("需人工判断", "申请人户籍所在地为农村")},
        ),
        # 广州 2019: 适配对象 are people with 户籍 of the city
        (
            ("17",),
            "2022-01-01",
            {"kind": "个人", "region": "广州市", "groups": "残疾人", "counts": {"years": 1}},
            {"第二章/第十一条": ("需人工判断", "具有本市户籍")},
        ),
        (
            ("17",),
            "2022-01-01",
            {"kind": "个人", "region": "太原市", "groups": "残疾人"},
            {"第二章/第十一条": ("不符合", "")},
        ),
        # 天河 2023: 港澳青年企业 are no enterprises at large
        (
            ("18",),
            "2024-01-01",
            {"kind": "企业", "region": "天河区"},
            {"第五条/(一)": ("需人工判断", "港澳青年企业")},
        ),
        # 入户 grants no money
        (("13", "14"), "2022-09-01", {"kind": "个人", "region": "广州市"}, {}),
    ],
)
def test_notices_of_other_places(
    numbers: tuple[str, ...], on: str, profile: dict[str, Any], wanted: Wanted
) -> None:
    found = base(*numbers).apply(profile, on)
    assert "符合" not in {offer.answer for offer in found.offers}
    for clause, (answer, words) in wanted.items():
        offers = [offer for offer in found.offers if offer.rule.clause == clause]
        assert answer in {offer.answer for offer in offers}
        quotes = [j.condition.evidence.quote for o in offers for j in o.judgements if not j.holds]
        assert any(words in quote for quote in quotes)


def test_what_the_later_notice_repeals_is_left_out_and_names_it() -> None:
    # 杭房公委 2024 ends the notice of 2022: 100 to 120, then 130 myriads
    found = base("41", "42").apply({"kind": "个人", "region": "杭州市"}, "2024-12-01")
    gone = [left for left in found.left_out if left.document == "330100-42-hz-gjj-2022"]
    assert len(gone) == 3
    assert all(left.successors == ("330100-41-hz-gjj-2024#七",) for left in gone)
    assert {offer.record.document.id for offer in found.offers} == {"330100-41-hz-gjj-2024"}
    before = base("41", "42").apply({"kind": "个人", "region": "杭州市"}, "2024-10-08")
    assert {o.record.document.id for o in before.offers if o.answer != "不符合"} == {
        "330100-42-hz-gjj-2022"
    }


def test_what_has_run_out_is_left_out() -> None:
    # 五华: bought between 2023-07-18 and 2024-07-17
    profile = {"kind": "个人", "region": "昆明市", "base": 40000}
    during, after = (base("38").apply(profile, day) for day in ("2023-09-01", "2025-09-01"))
    dated = {o.rule.id for o in during.offers if o.rule.to}
    assert len(dated) == 3
    assert dated <= {left.rule.id for left in after.left_out}
