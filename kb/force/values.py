"""Says amounts in Chinese, and tells what differs between two of them.

Two amounts are the same when rate, ceiling and steps are; whom they go to and per what they are
counted is told apart, as what has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kb.quantity_words import bounds, by_each, counted, multiple, percent, points, times, yuan
from kb.schema import AmountRule

#: what an amount may do to another one, and how a sum and a share say so: 另加200元, 上浮20%
_DOES = {"raise_by": ("另加", "上浮"), "reduce_by": ("减少", "减少"), "multiply": ("", "")}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a rule that differs; empty where a side does not say it."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.field}：{self.before or '未写'} → {self.after or '未写'}"


def does(rule: AmountRule) -> str | None:
    """What ``rule`` does to another amount, for which it never stands; None for one of its own."""
    return rule.effect if rule.effect in _DOES else None


def direction(rule: AmountRule, *, share: bool) -> str:
    """The word for what ``rule`` does to another amount; empty for one of its own."""
    return _DOES[rule.effect][share] if rule.effect in _DOES else ""


def worth(rule: AmountRule) -> str:
    """The value of a rule: 600元/人, 150元/人/天，不超过1000元/人, 另加200元/人."""
    parts = [_steps(rule) or _shares(rule) or _sum(rule)]
    if rule.cap:
        parts.append(f"不超过{yuan(rule.cap.max)}{by_each(rule.cap.per)}")
    return "，".join(part for part in parts if part) or rule.quote


def _steps(rule: AmountRule) -> str:
    steps = []
    for tier in rule.tiers or ():
        until = f"前{counted(tier.upto, tier.unit)}" if tier.upto else "之后"
        steps.append(f"{until}{yuan(tier.rate)}{by_each(rule.per)}")
    return "，".join(steps)


def _shares(rule: AmountRule) -> str:
    show = points if rule.unit == "pp" else percent
    if rule.effect == "multiply":
        show = multiple
    words = bounds(rule.percent_min, rule.percent_max, show, rule.exclusive)
    return direction(rule, share=True) + words if words else ""


def _sum(rule: AmountRule) -> str:
    words = bounds(rule.min, rule.max, yuan, rule.exclusive)
    return f"{direction(rule, share=False)}{words}{by_each(rule.per)}" if words else ""


def essence(rule: AmountRule) -> tuple[object, ...]:
    """What makes two amounts the same: the figures, not per what they are counted."""
    cap = rule.cap.max if rule.cap else None
    tiers = tuple((tier.upto, tier.rate) for tier in rule.tiers or ())
    return rule.min, rule.max, rule.percent_min, rule.percent_max, cap, tiers


def ceiling(rule: AmountRule) -> Decimal | None:
    """The most that one may get."""
    return rule.cap.max if rule.cap else rule.max


def changes(before: AmountRule, after: AmountRule) -> tuple[Change, ...]:
    """What differs between two rules, field by field."""
    pairs = zip(_fields(before), _fields(after), strict=True)
    return tuple(Change(name, old, new) for (name, old), (_, new) in pairs if old != new)


def _fields(rule: AmountRule) -> Iterator[tuple[str, str]]:
    yield "金额", worth(rule).split("/")[0] if not rule.cap and not rule.tiers else worth(rule)
    yield "计算单位", by_each(rule.per).lstrip("/")
    yield "对象", rule.group or ""
    yield "领取方", rule.payee or ""
    yield "资金来源", rule.payer or ""
    yield "次数", times(rule.limit.times, rule.limit.per) if rule.limit else ""
