"""Says amounts in Chinese, and tells what differs between two of them.

Two amounts are the same when rate, ceiling and steps are; whom they go to and per what they are
counted is told apart, as what has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kb.schema import AmountRule

_BASES = {
    "person": "人",
    "day": "天",
    "month": "月",
    "year": "年",
    "hour": "课时",
    "certificate": "证",
    "enterprise": "户企业",
    "institution": "机构",
    "house": "套",
    "mu": "亩",
    "class": "班",
    "time": "次",
    "household": "户",
    "child": "子女",
    "project": "项目",
    "m2": "平方米",
    "head": "头",
    "ton": "吨",
    "unit": "个",
    "vehicle": "辆",
    "quarter": "季度",
    "week": "周",
}
_MYRIAD = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a rule that differs; empty where a side does not say it."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.field}：{self.before or '未写'} → {self.after or '未写'}"


def number(value: Decimal) -> str:
    """Digits without superfluous zeros."""
    return f"{value.normalize():f}"


def money(value: Decimal) -> str:
    """Yuan; from ten thousand on in 万元 where that is shorter."""
    if value >= _MYRIAD and value % 1000 == 0:
        return f"{number(value / _MYRIAD)}万元"
    return f"{number(value)}元"


def worth(rule: AmountRule) -> str:
    """The value of a rule: 600元/人, 150元/人/天，不超过1000元/人."""
    parts = [_steps(rule) or _shares(rule) or _sum(rule)]
    if rule.cap:
        parts.append(f"不超过{money(rule.cap.max)}{_per(rule.cap.per)}")
    return "，".join(part for part in parts if part) or rule.quote


def _steps(rule: AmountRule) -> str:
    steps = []
    for tier in rule.tiers or ():
        until = (
            f"前{number(tier.upto)}{_BASES.get(tier.unit or '', tier.unit or '')}"
            if tier.upto
            else "之后"
        )
        steps.append(f"{until}{money(tier.rate)}{_per(rule.per)}")
    return "，".join(steps)


def _shares(rule: AmountRule) -> str:
    if rule.percent_min is None and rule.percent_max is None:
        return ""
    return _range(rule.percent_min, rule.percent_max, lambda v: f"{number(v)}%")


def _sum(rule: AmountRule) -> str:
    words = _range(rule.min, rule.max, money)
    return f"{words}{_per(rule.per)}" if words else ""


def _range(low: Decimal | None, high: Decimal | None, say: Any) -> str:
    if low is None and high is None:
        return ""
    if low == high:
        return str(say(low))
    if low is None:
        return f"不超过{say(high)}"
    return f"不低于{say(low)}" if high is None else f"{say(low)}至{say(high)}"


def _per(bases: tuple[str, ...] | None) -> str:
    return "".join(f"/{_BASES.get(base, base)}" for base in bases or ())


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
    yield "计算单位", _per(rule.per).lstrip("/")
    yield "对象", rule.group or ""
    yield "领取方", rule.payee or ""
    yield "资金来源", rule.payer or ""
    yield (
        "次数",
        f"{rule.limit.times}次/{_BASES.get(rule.limit.per or '', rule.limit.per or '')}"
        if rule.limit
        else "",
    )
