"""Joins what belongs to one amount: rate and ceiling, the steps of a rate, a floor said twice.

Takes and gives drafts of one sentence, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.models import Amount, Cap, Quantity, Tier
from extractor.numerals import to_decimal
from extractor.reading import Sentence

_STEP = re.compile(
    r"前\s*(?P<n>\d+|[一二三四五六七八九十]+)\s*(?:个)?(?P<u>天|日|月|年|小时|课时|学时|次|人)"
)


_REST = re.compile(
    r"(?:后\s*[\d一二两三四五六七八九十]+\s*(?:个)?(?:天|日|月|年|次)|之后|以后|此后|其后|"
    r"超过(?:的)?部分|超出(?:的)?部分|剩余(?:部分)?|其余)"
)


_STEP_UNITS = {
    "天": "day",
    "日": "day",
    "月": "month",
    "年": "year",
    "小时": "hour",
    "课时": "hour",
    "学时": "hour",
    "次": "time",
    "人": "person",
}


_SAME_FLOOR = re.compile(r"(?:低于|不足|不到)\s*$")


#: 按此计算不足2000元的，给予2000元奖励
_AS_FLOOR = re.compile(r"[，,](?:均|一律|仍)?(?:按照?|给予|奖励|补[贴助]|发放)\s*$")


_LIST_GAP = re.compile(r"^\s*+(?:[（(][^（）()]*[）)])?\s*+(?:的)?\s*+[、和及，,]\s*")


@dataclass(frozen=True, slots=True)
class Draft:
    """An amount on its way: the sentence, the stretch that states it, the fact so far."""

    quantity: Quantity
    start: int
    end: int
    fact: Amount


def without_echo(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """低于20万元的，按20万元确定 is one floor."""
    result: list[Draft] = []
    for draft in found:
        before = result[-1] if result else None
        start = sentence.local(draft.quantity.core)[0]
        if (
            before
            and before.quantity.max == draft.fact.min == draft.fact.max
            and draft.fact.min is not None
        ):
            left = sentence.plain[: sentence.local(before.quantity.core)[0]]
            if _SAME_FLOOR.search(left) and _AS_FLOOR.search(sentence.plain[:start]):
                result[-1] = replace(
                    draft, start=before.start, fact=replace(draft.fact, max=None, exclusive=False)
                )
                continue
        result.append(draft)
    return result


def stepped(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """前10天每人每天150元、之后每人每天100元 is one stepped rate."""
    result: list[Draft] = []
    for draft in found:
        before = result[-1] if result else None
        if before is not None and _rate(before.fact) is not None and _rate(draft.fact) is not None:
            first = sentence.plain[before.start : sentence.local(before.quantity.core)[0]]
            gap = sentence.plain[
                sentence.local(before.quantity.core)[1] : sentence.local(draft.quantity.core)[0]
            ]
            step = _STEP.search(first)
            if step and _REST.search(gap) and "。" not in gap:
                result[-1] = _tiers(before, draft, step)
                continue
        result.append(draft)
    return result


def _rate(fact: Amount) -> Decimal | None:
    """The one value of a rate or share; None for ranges and open ends."""
    low, high = (
        (fact.percent_min, fact.percent_max) if fact.role == "share" else (fact.min, fact.max)
    )
    return low if low == high else None


def _tiers(first: Draft, rest: Draft, step: re.Match[str]) -> Draft:
    tiers = (
        Tier(_rate(first.fact) or Decimal(0), to_decimal(step["n"]), _STEP_UNITS[step["u"]]),
        Tier(_rate(rest.fact) or Decimal(0)),
    )
    fact = replace(
        first.fact,
        min=None,
        max=None,
        percent_min=None,
        percent_max=None,
        tiers=tiers,
        per=first.fact.per or rest.fact.per,
        category=None,
    )
    return replace(first, end=rest.end, fact=fact)


def capped(sentence: Sentence, found: list[Draft]) -> Iterator[Draft]:
    """A ceiling behind its rate goes with it: 每人每天150元，每人最高不超过1000元."""
    result: list[Draft] = []
    for draft in _paired(sentence, found):
        rates = _rates_before(sentence, result, draft)
        if rates:
            cap = Cap(draft.fact.max or Decimal(0), draft.fact.per)
            for index in rates:
                rate = result[index]
                result[index] = replace(
                    rate,
                    end=max(rate.end, draft.end) if index == rates[-1] else rate.end,
                    fact=replace(rate.fact, cap=cap),
                )
        else:
            result.append(draft)
    yield from result


_CAPS_EACH = re.compile(
    r"(?:最高|不超过|限额|上限)[^，。；\d]{0,10}分别[^，。；\d]{0,6}$|"
    r"分别[^，。；\d]{0,6}(?:最高|不超过)\s*$"
)


def _paired(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """奖励10%、8%、5%，最高分别为400万元、300万元、200万元: each rate has its own ceiling."""
    for at, draft in enumerate(found):
        start = sentence.local(draft.quantity.core)[0]
        if draft.quantity.kind != "money" or not _CAPS_EACH.search(sentence.plain[:start]):
            continue
        run = 1
        while at + run < len(found) and _follows(sentence, found[at + run - 1], found[at + run]):
            run += 1
        rates = found[max(0, at - run) : at]
        if run >= 2 and len(rates) == run and all(_rate(r.fact) is not None for r in rates):
            ceilings = [d.fact.max or d.fact.min or Decimal(0) for d in found[at : at + run]]
            joined = [
                replace(rate, fact=replace(rate.fact, cap=Cap(ceiling, draft.fact.per)))
                for rate, ceiling in zip(rates, ceilings, strict=True)
            ]
            return [*found[: at - run], *joined, *found[at + run :]]
    return found


def _follows(sentence: Sentence, first: Draft, second: Draft) -> bool:
    gap = sentence.plain[
        sentence.local(first.quantity.core)[1] : sentence.local(second.quantity.core)[0]
    ]
    return second.quantity.kind == "money" and gap.strip() in ("、", "和", "及")


def _rates_before(sentence: Sentence, found: list[Draft], cap: Draft) -> list[int]:
    """The rates that a lone ceiling limits: those right before it, back to the last other amount
    or semicolon.
    """
    if not found or not _is_ceiling(cap) or not _may_be_capped(sentence, found[-1], cap):
        return []
    indexes = [len(found) - 1]
    while (
        indexes[0]
        and found[indexes[0] - 1].fact.cap is None
        and _same_list(sentence, found[indexes[0] - 1], found[indexes[0]])
    ):
        indexes.insert(0, indexes[0] - 1)
    return indexes


def _is_ceiling(draft: Draft) -> bool:
    fact, quantity = draft.fact, draft.quantity
    alone = fact.max is not None and fact.min is None and fact.role in ("cap", "standard")
    return alone and quantity.kind == "money" and quantity.bound == "upper"


#: words between a rate and a ceiling that tell of something else: 另可申请最高10万元贷款
_OF_ANOTHER = re.compile(r"(?:可申请|贷款|另|对(?!同|单|每)[^，。]{3,})")


def _may_be_capped(sentence: Sentence, last: Draft, cap: Draft) -> bool:
    """Whether ``last`` is a rate without a ceiling, and stands near the one that comes."""
    between = sentence.plain[last.end : cap.start] if last.end < cap.start else ""
    phrase = sentence.plain[max(last.end, cap.start) : sentence.local(cap.quantity.core)[0]]
    fact = last.fact
    share = fact.percent_min is not None or fact.percent_max is not None
    if fact.role not in ("standard", "share") or fact.cap:
        return False
    if not (share or fact.tiers or (fact.min is not None and last.quantity.bound != "upper")):
        return False
    far = len(between + phrase) > 40 or re.search(r"[；;。]", between + phrase)
    return not far and not _OF_ANOTHER.search(phrase)


def _same_list(sentence: Sentence, first: Draft, second: Draft) -> bool:
    gap = sentence.plain[
        sentence.local(first.quantity.core)[1] : sentence.local(second.quantity.core)[0]
    ]
    return (
        first.fact.role == second.fact.role
        and bool(_LIST_GAP.match(gap))
        and "；" not in gap
        and len(gap) < 14
    )
