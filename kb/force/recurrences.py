"""Deadlines that come again and again: from when to when, and when within a window.

A text that says 每季度 names no day: what recurs then is the quarter, not a day in it. How years
are counted (每五年) no text says, so such years are not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from kb.force.days import Interval, add, read
from kb.force.graph import Graph
from kb.force.models import End, Evidence
from kb.force.periods import Period, periods
from kb.schema import DeadlineRule

#: what recurs without a day of its own: when such a stretch opens, and how long it is
_STRETCHES: dict[str, tuple[str, str]] = {
    "FREQ=YEARLY": ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", "P1Y"),
    "FREQ=MONTHLY;INTERVAL=6": ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1", "P6M"),
    "FREQ=MONTHLY;INTERVAL=3": ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1", "P3M"),
    "FREQ=MONTHLY;INTERVAL=2": ("FREQ=YEARLY;BYMONTH=1,3,5,7,9,11;BYMONTHDAY=1", "P2M"),
    "FREQ=MONTHLY": ("FREQ=MONTHLY;BYMONTHDAY=1", "P1M"),
    "FREQ=WEEKLY": ("FREQ=WEEKLY;BYDAY=MO", "P7D"),
}
_OVER = ("expired", "repealed", "superseded", "presumed_superseded", "presumed_expired")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A deadline that recurs from ``start``, a day, until ``end``, its last day if one is known.

    ``start`` is None where not even the year of the document is known. ``presumed`` says that its
    end is only presumed.
    """

    document: str
    rule: DeadlineRule
    start: date | None
    end: date | None
    presumed: bool = False

    @property
    def subject(self) -> End:
        """The rule as a subject of status."""
        return End(self.document, self.rule.clause or None, self.rule.id)

    @property
    def evidence(self) -> Evidence:
        """Its words."""
        return Evidence(self.document, self.rule.clause, self.rule.quote, self.rule.span)

    @property
    def names_days(self) -> bool:
        """Whether the text says on which days: 每月12日、26日. Every day or working day is none."""
        rule = self.rule.rrule or ""
        return "BY" in rule and not rule.startswith("FREQ=DAILY")

    @property
    def opens(self) -> str | None:
        """The RRULE of its days, else of the first days of its weeks, months or years."""
        if self.names_days:
            return self.rule.rrule
        return _STRETCHES.get(self.rule.rrule or "", (None,))[0]

    @property
    def length(self) -> str:
        """How long what recurs is: P1D for a day, P3M for a quarter."""
        return "P1D" if self.names_days else _STRETCHES.get(self.rule.rrule or "", ("", "P1D"))[1]


def recurrences(graph: Graph) -> tuple[Recurrence, ...]:
    """Every deadline that recurs and has not been rejected, by document and place."""
    return tuple(
        _recurrence(graph, record.document.id, rule)
        for record in graph.base.records
        for rule in sorted(record.rules, key=lambda r: (r.span, r.id))
        if isinstance(rule, DeadlineRule)
        and rule.type == "recurrence"
        and rule.review.status != "rejected"
    )


def occurrences(recurrence: Recurrence, first: date, last: date) -> Iterator[Interval]:
    """When it occurs between ``first`` and ``last``, in order; nothing where no text can tell."""
    rule, start = recurrence.opens, recurrence.start
    if rule is None or start is None:
        return
    until = min(last, recurrence.end or last)
    # a quarter that has begun counts: its own first day lies before the window
    opening = max(start, first) - timedelta(days=366)
    for moment in _between(rule, _first_of_year(start), opening, until):
        found = Interval(moment, add(moment, recurrence.length) - timedelta(days=1))
        if found.last >= max(start, first):
            yield found


def _between(rule: str, origin: date, first: date, last: date) -> Iterator[date]:
    if last < first:
        return
    counted = rrulestr(rule, dtstart=datetime.combine(origin, time()))
    opens, closes = datetime.combine(first, time()), datetime.combine(last, time())
    yield from (moment.date() for moment in counted.between(opens, closes, inc=True))


def _first_of_year(day: date) -> date:
    return day.replace(month=1, day=1)


def _recurrence(graph: Graph, document: str, rule: DeadlineRule) -> Recurrence:
    term = graph.terms[document]
    begins = read(rule.from_) or term.effective
    found = periods(graph, End(document, rule.clause or None, rule.id))
    over = _over(found, begins.first if begins else date.min)
    stated = read(rule.to)
    ends = [day for day in (over and _day_before(over.first), stated and stated.last) if day]
    presumed = over is not None and over.status.is_presumed
    start = begins.first if begins else None
    return Recurrence(document, rule, start, min(ends, default=None), presumed)


def _over(found: tuple[Period, ...], begins: date) -> Period | None:
    """The first period in which it does not stand any more."""
    return next((p for p in found if p.first > begins and p.state in _OVER), None)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)
