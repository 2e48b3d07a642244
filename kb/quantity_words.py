"""How quantities read in Chinese: numbers, money, shares, ranges, what is counted, durations.

Rule base, site and terminal say them by these words, so that a value reads alike wherever it
stands. What has no Chinese here is said as it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

#: what money is paid per: 每人, 元/人
_BASES = {
    "person": "人",
    "day": "天",
    "month": "月",
    "year": "年",
    "hour": "课时",
    "certificate": "证",
    "enterprise": "家企业",
    "institution": "个机构",
    "house": "套",
    "mu": "亩",
    "class": "班",
    "time": "次",
    "household": "户",
    "child": "个子女",
    "project": "个项目",
    "m2": "平方米",
    "head": "头",
    "ton": "吨",
    "unit": "个",
    "vehicle": "辆",
    "quarter": "季度",
    "week": "周",
}
#: what stands behind a number: 前3个月
_COUNTED = {**_BASES, "month": "个月"}
_DURATION = re.compile(
    r"P(?:(?P<Y>[\d.]+)Y)?(?:(?P<M>[\d.]+)M)?(?:(?P<W>[\d.]+)W)?(?:(?P<D>[\d.]+)D)?"
    r"(?:T(?:(?P<h>[\d.]+)H)?(?:(?P<m>[\d.]+)M)?(?:(?P<s>[\d.]+)S)?)?"
)
_SPANS = {"Y": "年", "M": "个月", "W": "周", "D": "天", "h": "小时", "m": "分钟", "s": "秒"}


def number(value: Decimal) -> str:
    """Digits without an exponent or trailing zeros: ``1000``, ``33.5``."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def yuan(value: Decimal) -> str:
    """Money as a notice would print it: ``800元``, ``130万元``, ``700亿元``."""
    for unit, name, step in ((10**8, "亿元", 10**6), (10**4, "万元", 100)):
        if value >= unit and value % step == 0:
            return number(value / unit) + name
    return number(value) + "元"


def count(value: Decimal) -> str:
    """A number of people or things as a notice would print it: ``5000``, ``10万``."""
    return f"{number(value / 10**4)}万" if value >= 10**4 and value % 1000 == 0 else number(value)


def percent(value: Decimal) -> str:
    """``80%``."""
    return f"{number(value)}%"


def points(value: Decimal) -> str:
    """``0.5个百分点``."""
    return f"{number(value)}个百分点"


def multiple(value: Decimal) -> str:
    """``1.5倍`` of 150 percent."""
    return f"{number(value / 100)}倍"


def bounds(
    low: Decimal | None,
    high: Decimal | None,
    show: Callable[[Decimal], str],
    exclusive: bool | None = False,
) -> str:
    """A value with its bounds: ``150元``, ``不超过1000元``, ``3元至6元``; empty where open.

    Notices write 至 between two sums; a dash between figures is read as a minus.
    """
    if low is not None and high is not None:
        return show(low) if low == high else f"{show(low)}至{show(high)}"
    if high is not None:
        return ("低于" if exclusive else "不超过") + show(high)
    if low is not None:
        return ("超过" if exclusive else "不低于") + show(low)
    return ""


def each(per: Iterable[str] | None) -> str:
    """``每人每天`` of ``("person", "day")``."""
    return "".join(f"每{_BASES.get(base, base)}" for base in per or ())


def by_each(per: Iterable[str] | None) -> str:
    """``/人/天`` of ``("person", "day")``; behind a stroke 个 is left out: ``/机构``."""
    names = (_BASES.get(base, base) for base in per or ())
    return "".join(f"/{name.removeprefix('个') or name}" for name in names)


def counted(value: Decimal, unit: str | None) -> str:
    """So many of what is counted: ``10天``, ``3个月``."""
    return f"{number(value)}{_COUNTED.get(unit or '', unit or '')}"


def times(number_: int, per: str | None) -> str:
    """How often something may be had: ``每年1次``, ``3次``."""
    return f"{each((per,)) if per else ''}{number_}次"


def duration(value: str, *, workdays: bool | None = False) -> str:
    """An ISO 8601 duration in Chinese: ``2个月``, ``5个工作日``; anything else as it stands."""
    match = _DURATION.fullmatch(value)
    if not match or not any(match.groups()):
        return value
    names = {**_SPANS, "D": "个工作日"} if workdays else _SPANS
    return "".join(amount + names[part] for part, amount in match.groupdict().items() if amount)


def lengths(shortest: str, longest: str | None, *, workdays: bool | None = False) -> str:
    """A duration, or from one to another: ``5个工作日至10个工作日``."""
    ends = [shortest, longest] if longest else [shortest]
    return "至".join(duration(end, workdays=workdays) for end in ends)
