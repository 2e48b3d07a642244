"""Tells whether what presumably took a rule's place still stands, and when nothing of it does.

A temporary raise ends by its own words and leaves a question: whether the rule it stood before
holds again, nobody has said. What a text or a person has ended never comes back by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kb.force.endings import Ending, Subject
from kb.force.entries import Entry
from kb.force.graph import Graph
from kb.force.models import End, Reason, Relation


def is_standing(graph: Graph, relation: Relation, on: date) -> bool:
    """Whether a rule that took the place of the relation's target holds on ``on`` for certain.

    That is the relation's source, or a later rule of its measure and scope.
    """
    return any(_stands(graph, entry, on) for entry in _takers(graph, relation))


def _stands(graph: Graph, entry: Entry, on: date) -> bool:
    begun = entry.start is None or entry.start.last <= on
    return begun and not any(e.may_be_over(on) for e in _facts(graph, entry.end_of, on))


def _takers(graph: Graph, relation: Relation) -> tuple[Entry, ...]:
    """The rule that took the place, and those of its measure and scope that came after."""
    after = graph.measures.from_on(relation.source.rule or "")
    return tuple(e for e in after if e.rule and e.rule.id != relation.target.rule)


def ends_of(graph: Graph, relation: Relation, on: date) -> tuple[Ending, ...]:
    """What ended the rules that had taken the place, by ``on``; the last of them first."""
    found = [
        min(ends, key=lambda e: e.order)
        for entry in _takers(graph, relation)
        if (ends := [e for e in _facts(graph, entry.end_of, on) if e.may_be_over(on)])
    ]
    return tuple(sorted(found, key=lambda e: e.order, reverse=True))


def end_of_ender(graph: Graph, relation: Relation, on: date) -> Reason | None:
    """What has ended the document that ended the relation's target, if something has by ``on``."""
    ends = [e for e in _facts(graph, relation.source, on) if e.is_over(on)]
    return min(ends, key=lambda e: e.order).reason if ends else None


def _facts(graph: Graph, end: End, on: date) -> list[Ending]:
    subject = Subject(graph, end, on)
    endings = subject.endings(subject.term(), subject.bounds())
    return [e for e in endings if not e.partial and not e.state.startswith("presumed_")]


def open_days(graph: Graph, relations: Iterable[Relation]) -> Iterator[tuple[date, date | None]]:
    """From when to when (None: for good) nothing stands of all that took a rule's place."""
    taken = sorted((r.when.last, r.id, r) for r in relations if r.when)
    # where the first to take the place never ends no day is open, and few rules end
    if not taken or not _facts(graph, taken[0][2].source, date.max):
        return
    began = taken[0][0]
    days = sorted({day for _, _, r in taken for day in turns(graph, r)})
    opened: date | None = None
    for day in (d for d in days if d >= began):
        stands = any(since <= day and is_standing(graph, r, day) for since, _, r in taken)
        if stands and opened is not None:
            yield opened, day - timedelta(days=1)
        opened = None if stands else opened or day
    if opened is not None:
        yield opened, None


def turns(graph: Graph, relation: Relation) -> Iterator[date]:
    """The days on which a rule that took the place, or what ended it, may begin or end."""
    if relation.when:
        yield relation.when.last
    whens = (e.when for e in _facts(graph, relation.source, date.max))
    yield from (day for when in whens if when for day in (when.first, when.last))
    for entry in _takers(graph, relation):
        if entry.start:
            yield entry.start.last
        if _stands_for_good(graph, entry, relation):
            return
        # its end is another once something has prolonged it
        prolonged = [day for day in _prolonged(graph, entry) if day > date.min]
        yield from prolonged
        for on in (date.max, *(day - timedelta(days=1) for day in prolonged)):
            ends = (e.when for e in _facts(graph, entry.end_of, on) if e.when)
            yield from (day for when in ends for day in (when.first, when.last))


def _stands_for_good(graph: Graph, entry: Entry, relation: Relation) -> bool:
    """Whether the entry has stood from the first day, so that no later rule changes an answer."""
    begun = entry.start is None or (
        relation.when is not None and entry.start.last <= relation.when.last
    )
    return begun and not _facts(graph, entry.end_of, date.max)


def _prolonged(graph: Graph, entry: Entry) -> Iterator[date]:
    """From when something prolongs what the entry stands in."""
    for relation in graph.into.get(entry.document, ()):
        if relation.type in ("extends", "renews") and relation.when:
            yield relation.when.last
