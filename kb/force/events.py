"""Everything that has a date in a knowledge base, as one list in the order of time.

What is known to the month or the year stays the interval that it is; no day is made up. What comes
again and again is kept in ``recurrences.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kb.force.days import Interval, read
from kb.force.endings import Subject
from kb.force.graph import Graph
from kb.force.models import End, Evidence, Reason, Relation
from kb.force.terms import Term
from kb.schema import AmountRule, DeadlineRule, Record

Kind = Literal[
    "issued",
    "starts",
    "begins",
    "amended",
    "extended",
    "renewed",
    "repealed_part",
    "suspended",
    "resumed",
    "due",
    "ends",
    "repealed",
    "stopped",
    "superseded",
]
#: how an event is called
KINDS: dict[Kind, str] = {
    "issued": "发文",
    "starts": "施行",
    "begins": "起始",
    "amended": "修改",
    "extended": "延长",
    "renewed": "续期",
    "repealed_part": "部分废止",
    "suspended": "暂停执行",
    "resumed": "恢复执行",
    "due": "期限",
    "ends": "到期",
    "repealed": "废止",
    "stopped": "停止执行",
    "superseded": "替代",
}
#: what a relation does to its target on the day it takes effect
_DOES: dict[str, Kind] = {
    "repeals": "repealed",
    "stops": "stopped",
    "replaces": "superseded",
    "supersedes": "superseded",
    "repeals_part": "repealed_part",
    "amends": "amended",
    "extends": "extended",
    "renews": "renewed",
    "suspends": "suspended",
    "resumes": "resumed",
}
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to ``subject`` in ``when``, with the words that say so.

    ``relation`` is what does it, if another document does; ``rule`` the deadline that falls due.
    ``presumed`` says that nothing but an inference tells it. Without ``evidence`` the date stands
    in the identity of the document.
    """

    kind: Kind
    when: Interval
    subject: End
    evidence: Evidence | None = None
    relation: Relation | None = None
    rule: DeadlineRule | None = None
    presumed: bool = False

    @property
    def name(self) -> str:
        """What it is in Chinese, and whether it is only presumed: 推定替代."""
        return f"推定{KINDS[self.kind]}" if self.presumed else KINDS[self.kind]

    @property
    def document(self) -> str:
        """The document whose words tell it."""
        return self.relation.source.document if self.relation else self.subject.document

    @property
    def clause(self) -> str:
        """The clause whose words tell it; empty for the front matter."""
        return self.evidence.clause if self.evidence else ""

    @property
    def order(self) -> tuple[Interval, int, str, str, str, str]:
        """By time; on one day what begins comes before what ends."""
        told = self.rule.id if self.rule else self.relation.id if self.relation else ""
        place = (self.document, self.clause, str(self.subject), told)
        return (self.when, _ORDER[self.kind], *place)


def events(graph: Graph) -> tuple[Event, ...]:
    """Every event of every document, and what documents do to each other."""
    found = [event for record in graph.base.records for event in _of(graph, record)]
    found += filter(None, map(_done, graph.relations))
    return tuple(sorted(found, key=lambda event: event.order))


def before(found: Iterable[Event], day: date) -> tuple[Event, ...]:
    """What certainly lies before ``day``, the latest first."""
    past = [event for event in found if event.when.last < day]
    return tuple(sorted(past, key=lambda e: (e.when.last, e.when.first, e.order), reverse=True))


def after(found: Iterable[Event], day: date) -> tuple[Event, ...]:
    """What is over on ``day`` or later, the soonest first."""
    ahead = [event for event in found if event.when.last >= day]
    return tuple(sorted(ahead, key=lambda e: (e.when.last, e.when.first, e.order)))


def due(rule: DeadlineRule) -> Interval | None:
    """When a deadline that names a date is due; a period is due at its end.

    到2030年 is kept as 31 December with the precision of a year: it is the year again here.
    """
    if rule.type == "period":
        return read(rule.to)
    if rule.type != "date":
        return None
    day = read(rule.date or rule.to or rule.from_)
    return _widened(day, rule.precision) if day and day.is_day else day


def _of(graph: Graph, record: Record) -> Iterator[Event]:
    document = record.document.id
    term = graph.terms[document]
    if term.issued:
        yield Event("issued", term.issued, End(document))
    yield from _term(End(document), "starts", term.start, term.start_said)
    yield from _over(graph, End(document), term)
    for part in graph.clause_terms[document]:
        place = End(document, part.clause or None)
        yield from _term(place, "starts", part.start, part.said)
        yield from _term(place, "ends", part.end, part.said)
    yield from _granted(record)
    for rule in record.rules:
        if isinstance(rule, DeadlineRule) and rule.review.status != "rejected":
            yield from _deadline(document, rule)


def _term(subject: End, kind: Kind, when: Interval | None, said: Reason | None) -> Iterator[Event]:
    if when is not None:
        yield Event(kind, when, subject, said.evidence if said else None)


def _over(graph: Graph, subject: End, term: Term) -> Iterator[Event]:
    """The last day by its own words, as others have prolonged it; else what its title plans."""
    asked = Subject(graph, subject, date.max)
    for ending in asked.endings(term, asked.bounds()):
        if ending.state == "presumed_expired" and term.planned:
            yield Event("ends", term.planned, subject, ending.reason.evidence, presumed=True)
        # how long a renewed term lasts nobody may know
        if ending.state == "expired" and ending.when and ending.when.last < date.max:
            last = _day_before(ending.when)
            yield Event("ends", last, subject, ending.reason.evidence, ending.relation)


def _day_before(over: Interval) -> Interval:
    one = timedelta(days=1)
    return Interval(over.first - one, over.last - one)


def _granted(record: Record) -> Iterator[Event]:
    """Days from and to which amounts are granted, once for the amounts of one sentence."""
    told = set()
    for rule in record.rules:
        if not isinstance(rule, AmountRule) or rule.review.status == "rejected":
            continue
        said = Evidence(record.document.id, rule.clause, rule.quote, rule.span)
        dated: tuple[tuple[Kind, str | None], ...] = (("starts", rule.from_), ("ends", rule.to))
        for kind, text in dated:
            when = read(text)
            if when and (kind, when, rule.clause) not in told:
                told.add((kind, when, rule.clause))
                subject = End(record.document.id, rule.clause or None, rule.id)
                yield Event(kind, when, subject, said)


def _deadline(document: str, rule: DeadlineRule) -> Iterator[Event]:
    when = due(rule)
    if when is not None:
        kind: Kind = "begins" if rule.bound == "from" and rule.type == "date" else "due"
        said = Evidence(document, rule.clause, rule.quote, rule.span)
        yield Event(kind, when, End(document, rule.clause or None, rule.id), said, rule=rule)


def _done(relation: Relation) -> Event | None:
    kind = _DOES.get(relation.type)
    if kind is None or relation.when is None:
        return None
    said, presumed = relation.evidence, relation.is_presumed
    return Event(kind, relation.when, relation.target, said, relation, presumed=presumed)


def _widened(day: Interval, precision: str | None) -> Interval:
    """The year, quarter, month or ten days that ``day`` stands for."""
    first = day.first
    if precision == "ten-days":
        return _ten_days(first)
    months = {"year": 12, "quarter": 3, "month": 1}.get(precision or "")
    if months is None:
        return day
    month = (first.month - 1) // months * months + 1
    opening = read(f"{first.year}-{month:02}")
    closing = read(f"{first.year}-{month + months - 1:02}")
    return Interval(opening.first, closing.last) if opening and closing else day


def _ten_days(day: date) -> Interval:
    first = min((day.day - 1) // 10, 2) * 10 + 1
    month = read(f"{day.year}-{day.month:02}")
    last = day.replace(day=first + 9) if first < 21 or month is None else month.last
    return Interval(day.replace(day=first), last)
