"""How days and sizes read in Chinese; kb/quantity_words.py says numbers, money and durations.

Says only what the value says; what has no Chinese here is shown as it stands.
"""

from __future__ import annotations

from datetime import date

from kb.force.days import Interval, spoken

_QUARTERS = "一二三四"
_TEN_DAYS = {1: "上旬", 11: "中旬", 21: "下旬"}
_HALVES = {1: "上半年", 7: "下半年"}


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


def size(count: int) -> str:
    """Bytes for a reader: ``12 KB``."""
    return f"{count / 1024:.0f} KB" if count < 1024**2 else f"{count / 1024**2:.1f} MB"
