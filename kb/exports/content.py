"""What is exported: every rule that nobody has rejected, with its state on the day and its life.

The life of a rule are the days on which it has neither certainly ended nor not yet begun; what is
only presumed to have ended lives on, and its state says so.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from kb.claims.conditions import conditions
from kb.claims.models import Condition
from kb.exports.models import LeftOut, rejected
from kb.force.graph import Graph
from kb.force.models import End
from kb.force.periods import Period, on_day, periods, sharing
from kb.force.status import Status
from kb.schema import AmountRule, Record, Rule

#: states in which a rule is certainly not to be applied
GONE = ("not_yet", "expired", "superseded", "repealed", "suspended")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from ``first`` to ``last``, both included; None where no day is known."""

    first: date | None
    last: date | None
    state: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A rule with its record, its state on the day, and all its states in the order of time."""

    record: Record
    rule: Rule
    status: Status
    states: tuple[Stretch, ...]

    @property
    def life(self) -> tuple[Stretch, ...]:
        """The stretches in which it has begun and not certainly ended; neighbours are joined."""
        found: list[Stretch] = []
        for stretch in self.states:
            if stretch.state in GONE:
                continue
            if found and found[-1].last == _before(stretch.first):
                found[-1] = Stretch(found[-1].first, stretch.last)
            else:
                found.append(Stretch(stretch.first, stretch.last))
        return tuple(found)


@dataclass(frozen=True)
class Content:
    """All that is exported of ``graph`` as of the day ``on``."""

    graph: Graph
    on: date
    _shared: dict[Hashable, tuple[Period, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def records(self) -> tuple[Record, ...]:
        """Every notice, by id."""
        return self.graph.base.records

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """Every rule that nobody has rejected, in the order of documents and text."""
        return tuple(
            self._told(record, rule)
            for record in self.records
            for rule in sorted(record.rules, key=lambda r: (r.span, r.id))
            if rule.review.status != "rejected"
        )

    @cached_property
    def conditions(self) -> dict[str, tuple[Condition, ...]]:
        """What must hold for each amount, by the rule's id."""
        return {
            told.rule.id: conditions(told.record, told.rule).of
            for told in self.told
            if isinstance(told.rule, AmountRule)
        }

    @property
    def rejected(self) -> tuple[LeftOut, ...]:
        """Rules that a person has said are none."""
        return rejected(self.graph.base.rules())

    def status(self, subject: End) -> Status:
        """The state of ``subject`` on the day."""
        return on_day(self._periods(subject), self.on).status

    def _told(self, record: Record, rule: Rule) -> Told:
        subject = End(record.document.id, rule.clause or None, rule.id)
        found = self._periods(subject)
        return Told(record, rule, on_day(found, self.on).status, tuple(_states(found)))

    def _periods(self, subject: End) -> tuple[Period, ...]:
        shared = sharing(self.graph, subject)
        if shared not in self._shared:
            self._shared[shared] = periods(self.graph, subject)
        return self._shared[shared]


def _states(found: tuple[Period, ...]) -> Iterator[Stretch]:
    """The periods as stretches of one state each; those that differ in reasons only are one."""
    told = [p for at, p in enumerate(found) if not at or found[at - 1].state != p.state]
    for at, period in enumerate(told):
        first = period.first if period.first > date.min else None
        last = _before(told[at + 1].first) if at + 1 < len(told) else None
        yield Stretch(first, last, period.state, period.status.label)


def _before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None
