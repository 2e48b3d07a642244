"""How values read in Chinese: numbers, money, shares, bounds, days, durations, sizes.

Says only what the value says; what has no Chinese here is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from kb.force.days import Interval, spoken

_BASES = {
    "person": "每人",
    "day": "每天",
    "month": "每月",
    "year": "每年",
    "hour": "每课时",
    "certificate": "每证",
    "enterprise": "每家企业",
    "institution": "每个机构",
    "house": "每套",
    "mu": "每亩",
    "class": "每班",
    "time": "每次",
    "household": "每户",
    "child": "每个子女",
    "project": "每个项目",
    "m2": "每平方米",
    "head": "每头",
    "ton": "每吨",
    "unit": "每个",
    "vehicle": "每辆",
    "quarter": "每季度",
    "week": "每周",
}
UNITS = {"day": "天", "month": "个月", "year": "年", "hour": "课时", "person": "人", "time": "次"}
_DURATION = re.compile(
    r"P(?:(?P<Y>[\d.]+)Y)?(?:(?P<M>[\d.]+)M)?(?:(?P<W>[\d.]+)W)?(?:(?P<D>[\d.]+)D)?"
    r"(?:T(?:(?P<h>[\d.]+)H)?(?:(?P<m>[\d.]+)M)?(?:(?P<s>[\d.]+)S)?)?"
)
_QUARTERS = "一二三四"
_TEN_DAYS = {1: "上旬", 11: "中旬", 21: "下旬"}
_HALVES = {1: "上半年", 7: "下半年"}
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


def bounds(
    low: Decimal | None,
    high: Decimal | None,
    show: Callable[[Decimal], str],
    exclusive: bool | None = False,
) -> str:
    """A value with its bounds: ``150元``, ``不超过1000元``, ``3—6``; empty where open."""
    if low is not None and high is not None:
        return show(low) if low == high else f"{show(low)}—{show(high)}"
    if high is not None:
        return ("低于" if exclusive else "不超过") + show(high)
    if low is not None:
        return ("超过" if exclusive else "不低于") + show(low)
    return ""


def bases(per: Iterable[str] | None) -> str:
    """``每人每天`` of ``("person", "day")``."""
    return "".join(_BASES.get(base, f"每{base}") for base in per or ())


def day(value: str) -> str:
    """An ISO 8601 day, month or year in Chinese: ``2021年12月31日``; anything else as it stands."""
    parts = value.split("-")
    if not (1 <= len(parts) <= 3 and all(part.isdigit() for part in parts)):
        return value
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def when_words(when: Interval) -> str:
    """``2021年11月30日``, ``2021年``, ``2020年1月``, ``2025年第一季度``, ``2024年2月上旬``."""
    first, last = when.first, when.last
    following = date.fromordinal(last.toordinal() + 1) if last < date.max else last
    within = (following.year - first.year) * 12 + following.month - first.month
    opens, closes = first.day == 1, following.day == 1
    if opens and closes and within == 1:
        return f"{first.year}年{first.month}月"
    if opens and closes and within == 3 and first.month % 3 == 1:
        return f"{first.year}年第{_QUARTERS[first.month // 3]}季度"
    if opens and closes and within == 6 and first.month in _HALVES:
        return f"{first.year}年{_HALVES[first.month]}"
    if not when.is_day and first.day in _TEN_DAYS and _is_ten_days(first, following):
        return f"{first.year}年{first.month}月{_TEN_DAYS[first.day]}"
    return spoken(when)


def _is_ten_days(first: date, following: date) -> bool:
    if first.day < 21:
        return (following - first).days == 10
    return following.day == 1 and (following - first).days <= 11


def duration(value: str, *, workdays: bool | None = False) -> str:
    """An ISO 8601 duration in Chinese: ``2个月``, ``5个工作日``; anything else as it stands."""
    match = _DURATION.fullmatch(value)
    if not match or not any(match.groups()):
        return value
    names = {**_SPANS, "D": "个工作日"} if workdays else _SPANS
    return "".join(amount + names[part] for part, amount in match.groupdict().items() if amount)


def size(count: int) -> str:
    """Bytes for a reader: ``12 KB``."""
    return f"{count / 1024:.0f} KB" if count < 1024**2 else f"{count / 1024**2:.1f} MB"
