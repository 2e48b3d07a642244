"""Reads days of any precision, and counts terms from them.

2021 is every day of that year: what is known of a date is the interval it lies in.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_TERM = re.compile(r"P(\d+)([YMD])")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A day that lies between ``first`` and ``last``, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        if self == read(str(self.first.year)):
            return str(self.first.year)
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def is_day(self) -> bool:
        """Whether the day is known exactly."""
        return self.first == self.last

    def later(self, term: str | None) -> Interval:
        """The interval moved by an ISO 8601 duration such as P30D; unknown ones move nothing."""
        return Interval(add(self.first, term), add(self.last, term))

    def before(self, other: Interval) -> bool:
        """Whether it certainly is the earlier one."""
        return self.last < other.first


def read(text: str | None) -> Interval | None:
    """2021, 2024-04 or 2019-08-22 as an interval; None for anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text or "")
    if not match:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        if day:
            return Interval(date(year, month, day), date(year, month, day))
        last = calendar.monthrange(year, month or 12)[1]
        return Interval(date(year, month or 1, 1), date(year, month or 12, last))
    except ValueError:
        return None


def add(day: date, term: str | None) -> date:
    """``day`` moved by P5Y, P6M or P30D; a day the month does not have is its last."""
    match = _TERM.fullmatch(term or "")
    if not match:
        return day
    count, unit = int(match[1]), match[2]
    try:
        return day + timedelta(days=count) if unit == "D" else _months(day, count, unit)
    except (OverflowError, ValueError):
        return date.max


def _months(day: date, count: int, unit: str) -> date:
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day(start: date, term: str) -> date:
    """The last day of a term that begins on ``start``: five years from 29 June end on 28 June."""
    return add(start, term) - timedelta(days=1)


def spoken(interval: Interval | None) -> str:
    """How a reason says it: 2021年7月8日, 2021年, 2021年1月1日至7月8日之间."""
    if interval is None:
        return "日期不明"
    first, last = interval.first, interval.last
    if first == last:
        return _day(first)
    if interval == read(str(first.year)):
        return f"{first.year}年"
    return f"{_day(first)}至{_day(last)}之间"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
