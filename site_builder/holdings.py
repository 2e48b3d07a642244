"""What the site is made of: a knowledge base with its relations, as of the day of building.

All is computed once and in a fixed order: the same rule base and day give the same site.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from itertools import chain
from typing import Any, TypeVar

from kb.claims.applicability import Amounts
from kb.claims.conditions import Conditions, conditions_in
from kb.claims.modelled import Modelled, modelled
from kb.force.events import Event, events
from kb.force.graph import Graph
from kb.force.models import End, Relation
from kb.force.periods import Period, on_day, periods, sharing
from kb.force.recurrences import Recurrence, recurrences
from kb.force.review import Item, review
from kb.force.timeline import Timeline, timeline
from kb.models import KnowledgeBase
from kb.schema import AmountRule, Record, Rule
from site_builder import urls
from site_builder.contexts import StateMark
from site_builder.facts import Department, departments, standing_rules
from site_builder.served import Group, groups
from site_builder.shares import Share, shares

Found = TypeVar("Found")
_CONDITIONS = "conditions"
#: what most pages ask for
_SHARED = ("timeline_of", "by_clause", "with_page", "departments", "groups", "dated", "modelled")
#: records whose conditions are found together
_TOGETHER = 100
#: what each of several jobs gives, in their order
Together = Callable[[Sequence[Callable[[], Any]]], Sequence[Any]]


@dataclass(frozen=True)
class Holdings:
    """A knowledge base for reading, on the day ``built``."""

    graph: Graph
    built: date
    _periods: dict[Hashable, tuple[Period, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _states: dict[End, StateMark] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def prepare(self, together: Together) -> None:
        """Finds out what most pages ask for, so that processes forked from this one know it.

        What takes longest of it is shared out among jobs, which are done ``together``.
        """
        parts = shares(len(self.base.records), _TOGETHER)
        told = together([partial(self._conditions_of, share) for share in parts])
        each = dict(chain.from_iterable(told))
        self._known[_CONDITIONS] = [each[n] for n in range(len(self.base.records))]
        for name in _SHARED:
            getattr(self, name)

    def once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """What ``find`` gives, which is called when ``key`` is first asked for."""
        if key not in self._known:
            self._known[key] = find()
        found: Found = self._known[key]
        return found

    @property
    def base(self) -> KnowledgeBase:
        """The records."""
        return self.graph.base

    @cached_property
    def departments(self) -> tuple[Department, ...]:
        """Every department with a duty; the busiest first."""
        return departments(self.base)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Whom the notices serve; those of most clauses first."""
        return groups(self.base)

    @cached_property
    def timelines(self) -> tuple[Timeline, ...]:
        """The timeline of every measure, by region, item and category."""
        return tuple(timeline(self.graph, measure) for measure in self.graph.measures.all)

    @cached_property
    def timeline_of(self) -> Mapping[str, Timeline]:
        """The timeline that a rule stands in, by the rule's id; of several that of its region."""
        found: dict[str, Timeline] = {}
        for held in self.timelines:
            for step in held.steps:
                if step.rule and (step.rule not in found or self._is_of(held, step.document)):
                    found[step.rule] = held
        return found

    def _is_of(self, held: Timeline, document: str) -> bool:
        region = self.base.by_id[document].document.region
        return region is not None and held.measure.region == region.name

    @property
    def relations_of(self) -> Mapping[str, tuple[Relation, ...]]:
        """The relations that a rule is an end of, by the rule's id."""
        return self.graph.of_rule

    @cached_property
    def by_clause(self) -> Mapping[tuple[str, str], tuple[Rule, ...]]:
        """The rules that stand in a clause, by document and path."""
        found: dict[tuple[str, str], list[Rule]] = defaultdict(list)
        for record in self.base.records:
            for rule in standing_rules(record):
                found[record.document.id, rule.clause].append(rule)
        return {place: tuple(held) for place, held in found.items()}

    @cached_property
    def with_page(self) -> frozenset[str]:
        """Ids of the rules that have a page of their own: amounts, and what is in a relation."""
        ends = (end for r in self.graph.relations for end in (r.source, r.target))
        related = {end.rule for end in ends if end.rule}
        return frozenset(
            rule.id
            for record in self.base.records
            for rule in standing_rules(record)
            if isinstance(rule, AmountRule) or rule.id in related
        )

    def address(self, record: Record, rule: Rule) -> str:
        """Where a rule is read: on its own page, else at its words in the document."""
        if rule.id in self.with_page:
            return urls.href(urls.rule_page(rule.id))
        return urls.href(urls.document_page(record.document.id), urls.rule_anchor(rule.id))

    @cached_property
    def amounts(self) -> Amounts:
        """Every amount with its conditions."""
        told = self.once(_CONDITIONS, lambda: [conditions_in(r) for r in self.base.records])
        return Amounts.of_records(self.graph, told)

    def _conditions_of(self, share: Share) -> list[tuple[int, tuple[Conditions, ...]]]:
        """The conditions of the amounts of each record of a share, by the record's number."""
        return [(n, conditions_in(r)) for n, r in share.of([*enumerate(self.base.records)])]

    @cached_property
    def modelled(self) -> Mapping[str, Modelled]:
        """How much of what a measure asks a machine can decide, by the measure's key."""
        return modelled(self.amounts)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Everything that has a date, in the order of time."""
        return events(self.graph)

    @cached_property
    def recurrences(self) -> tuple[Recurrence, ...]:
        """Deadlines that come again and again."""
        return recurrences(self.graph)

    @cached_property
    def awaiting(self) -> tuple[Item, ...]:
        """What a person should look at on the day of building, the most consequential first."""
        return review(self.graph, self.built)

    @cached_property
    def dated(self) -> Mapping[str, Event | Recurrence]:
        """Deadlines that have a date or come again, by the id of the rule."""
        days = {event.rule.id: event for event in self.events if event.rule}
        again = {found.rule.id: found for found in self.recurrences if found.opens and found.start}
        return {**days, **again}

    @cached_property
    def _told_by_clause(self) -> frozenset[str]:
        """Documents of which a clause may stand longer or shorter than the whole."""
        own = {document for document, terms in self.graph.clause_terms.items() if terms}
        return frozenset(own | {r.target.document for r in self.graph.relations if r.target.clause})

    def state_of_place(self, place: End) -> StateMark:
        """Whether a clause stands; as its document does, where nothing speaks of its clauses."""
        apart = place.document in self._told_by_clause
        asked = End(place.document, place.clause or None) if apart else End(place.document)
        if asked not in self._states:
            self._states[asked] = self.state(asked)
        return self._states[asked]

    def periods(self, subject: End) -> tuple[Period, ...]:
        """What stands of ``subject`` at which time."""
        shared = sharing(self.graph, subject)
        if shared not in self._periods:
            self._periods[shared] = periods(self.graph, subject)
        return self._periods[shared]

    def state(self, subject: End) -> StateMark:
        """Whether ``subject`` stands today and on other days."""
        found = self.periods(subject)
        now = on_day(found, self.built).status
        return StateMark(now.state, now.label, _changes(found))


def _changes(found: Iterable[Period]) -> str:
    """From which day on which state, as JSON; days on which only a reason changes are left out."""
    told: list[tuple[str, str, str]] = []
    for period in found:
        if not told or told[-1][1] != period.state:
            told.append((period.first.isoformat(), period.state, period.status.label))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def whole(record: Record) -> End:
    """The document as a subject of status."""
    return End(record.document.id)


def end_of_rule(record: Record, rule: Rule) -> End:
    """The rule as a subject of status."""
    return End(record.document.id, rule.clause or None, rule.id)
