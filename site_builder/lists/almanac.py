"""Events by year, month and day, and months as weeks: what a calendar is made of.

Each event stands once: on its day, in its month where no day is known, or else in its year. What
recurs on named days stands on each of them, to the end of the year after that of building.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kb.force.days import Interval
from kb.force.events import Event
from kb.force.models import End
from kb.force.recurrences import Recurrence, occurrences
from site_builder.holdings import Holdings

Week = tuple[date | None, ...]
#: whole years, so that the calendar grows once a year and not every day
_AHEAD = 1


@dataclass(frozen=True)
class Almanac:
    """Events by the month they lie in, ``2021-11``, and those that lie in none by their year."""

    months: Mapping[str, tuple[Event, ...]]
    years: Mapping[int, tuple[Event, ...]]

    @property
    def all_years(self) -> tuple[int, ...]:
        """Every year with events, the latest first."""
        of_months = {int(month[:4]) for month in self.months}
        return tuple(sorted(of_months | set(self.years), reverse=True))

    def month_near(self, day: date) -> str | None:
        """The month of ``day`` where it has events, else the next one that has, else the last."""
        wanted = month_of(day)
        ahead = [month for month in self.months if month >= wanted]
        return min(ahead) if ahead else max(self.months, default=None)


def almanac(holdings: Holdings) -> Almanac:
    """All events of the holdings."""
    months: dict[str, list[Event]] = defaultdict(list)
    years: dict[int, list[Event]] = defaultdict(list)
    for event in (*holdings.events, *_again(holdings)):
        month = month_of(event.when.first)
        if month == month_of(event.when.last):
            months[month].append(event)
        else:
            years[event.when.last.year].append(event)
    return Almanac(
        {month: _ordered(months[month]) for month in sorted(months)},
        {year: _ordered(years[year]) for year in sorted(years)},
    )


def weeks(month: str) -> tuple[Week, ...]:
    """The weeks of ``2021-11`` from Monday to Sunday; days of other months are None."""
    year, number = map(int, month.split("-"))
    found = calendar.Calendar().itermonthdays(year, number)
    days = [date(year, number, day) if day else None for day in found]
    return tuple(tuple(days[start : start + 7]) for start in range(0, len(days), 7))


def month_of(day: date) -> str:
    """``2021-11``."""
    return f"{day.year:04}-{day.month:02}"


def occurrence(recurrence: Recurrence, when: Interval) -> Event:
    """One time at which a deadline recurs, as an event."""
    subject = End(recurrence.document, recurrence.rule.clause or None, recurrence.rule.id)
    return Event("due", when, subject, recurrence.evidence, rule=recurrence.rule)


def _again(holdings: Holdings) -> Iterator[Event]:
    for recurrence in holdings.recurrences:
        if recurrence.names_days and recurrence.start:
            last = date(holdings.built.year + _AHEAD, 12, 31)
            for when in occurrences(recurrence, recurrence.start, last):
                yield occurrence(recurrence, when)


def _ordered(events: list[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.order))
