"""Cuts time where the status of a document, clause or rule changes.

Between two neighbouring cuts every day has the same state; ``status`` of any day in a period gives
the state of the period.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.force.days import Interval
from kb.force.endings import State, Subject
from kb.force.graph import Graph
from kb.force.lapses import turns
from kb.force.models import End
from kb.force.status import Status, status
from kb.force.suspensions import turn
from kb.force.terms import governing_term
from kb.schema import AmountRule


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first``, a day, until the next period begins, the state is that of ``status``."""

    first: date
    status: Status

    @property
    def state(self) -> State:
        """The state of every day of the period."""
        return self.status.state


def periods(graph: Graph, subject: End) -> tuple[Period, ...]:
    """All of time, from the first day there is, in stretches of one state and the same reasons."""
    found: list[Period] = []
    for day in sorted(set(_cuts(graph, subject))):
        told = status(graph, subject, day)
        if not found or not _same(found[-1].status, told):
            found.append(Period(day, told))
    return tuple(found)


def sharing(graph: Graph, subject: End) -> Hashable:
    """A value that subjects have in common which the same words and relations govern.

    All of them have the same periods: in a notice of fifty rules most clauses have one answer.
    """
    told = graph.base.rule(subject.rule) if subject.rule else None
    if told is None or subject.rule in graph.acted_on or told[1].review.status == "rejected":
        return subject
    rule = told[1]
    if isinstance(rule, AmountRule) and (rule.from_ or rule.to):
        return subject
    terms = graph.clause_terms.get(subject.document, ())
    governing = governing_term(terms, rule.clause, rule.span)
    if not terms and subject.document not in graph.acted_on_in_part:
        return subject.document, governing
    return subject.document, subject.clause, governing


def on_day(found: tuple[Period, ...], day: date) -> Period:
    """The period that ``day`` lies in."""
    return next(period for period in reversed(found) if period.first <= day)


def _same(one: Status, other: Status) -> bool:
    return (one.state, one.reasons, one.pro, one.contra) == (
        other.state,
        other.reasons,
        other.pro,
        other.contra,
    )


def _cuts(graph: Graph, subject: End) -> Iterator[date]:
    """Every day on which an answer may become another one."""
    yield date.min
    asked = Subject(graph, subject, date.max)
    term, bounds = asked.term(), asked.bounds()
    for interval in (term.issued, bounds.start, bounds.end, term.planned):
        yield from _edges(interval)
    # what prolongs an end moves it, so both the first end and the last are looked at
    for ending in asked.endings(term, bounds):
        yield from _edges(ending.when)
    for relation in graph.moving(subject):
        yield from _edges(relation.when)
        if relation.type == "suspends" and (day := turn(relation)):
            yield day
        if relation.ends:
            # a presumption lapses with what took the place
            for day in turns(graph, relation):
                yield from _edges(Interval(day, day))


def _edges(interval: Interval | None) -> Iterator[date]:
    """Its first and its last day, and the days after them."""
    for day in (interval.first, interval.last) if interval else ():
        yield day
        if day < date.max:
            yield date.fromordinal(day.toordinal() + 1)
