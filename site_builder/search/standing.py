"""What stands when, for everything that can be found: from which day on which state.

Asking for each clause of a large rule base takes longer than all else; where nothing speaks of a
part of a document, each part stands as the whole does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.force.models import End
from kb.force.periods import Period
from kb.force.status import STATES
from kb.force.timeline import Timeline
from kb.schema import AmountRule, Record, Rule
from site_builder.holdings import Holdings, whole
from site_builder.timelines.values_by_day import CLAIMS, claimed, course, subject

#: from which day on which state, in the order of time
Changes = tuple[tuple[str, str], ...]
#: how a state is called, as on the page of the rule and of its measure
LABELS: dict[str, str] = {**dict(STATES.items()), **CLAIMS}
#: what a reader looks for first
BEST: tuple[str, ...] = (
    "in_force",
    "partly_superseded",
    "confirmed",
    "applies",
    "unknown",
    "presumed_expired",
    "presumed_superseded",
    "suspended",
    "not_yet",
    "expired",
    "superseded",
    "repealed",
)
_TOUCHING = ("amends", "extends", "renews", "repeals_part", "suspends", "resumes")


@dataclass(frozen=True)
class Standing:
    """The changes of state of documents, clauses and rules."""

    holdings: Holdings
    _whole: dict[str, Changes | None] = field(default_factory=dict)

    def of(self, subject: End) -> Changes:
        """Those of ``subject``."""
        return changes(self.holdings.periods(subject))

    def of_clause(self, record: Record, path: str) -> Changes:
        """Those of the clause at ``path``."""
        return self._of_all(record) or self.of(End(record.document.id, path or None))

    def of_rule(self, record: Record, rule: Rule, subject: End) -> Changes:
        """Those of ``rule``, which is ``subject``; of a value of a measure what its page claims."""
        held = self.holdings.timeline_of.get(rule.id)
        if held is not None:
            number = next(n for n, step in enumerate(held.steps) if step.rule == rule.id)
            return self.of_step(held, number)
        dated = isinstance(rule, AmountRule) and (rule.from_ or rule.to)
        return (None if dated else self._of_all(record)) or self.of(subject)

    def of_step(self, held: Timeline, number: int) -> Changes:
        """Those of the step of a measure with that number."""
        if not held.steps[number].value:
            return self.of(subject(held.steps[number]))
        claims = claimed(self.holdings, course(self.holdings, held), number)
        return merged((day.isoformat(), state) for day, state, _ in claims)

    def _of_all(self, record: Record) -> Changes | None:
        """Those of every part of a document; None where parts may differ."""
        name = record.document.id
        if name not in self._whole:
            self._whole[name] = self.of(whole(record)) if self._is_even(name) else None
        return self._whole[name]

    def _is_even(self, document: str) -> bool:
        graph = self.holdings.graph
        touching = (r for r in graph.into.get(document, ()) if r.ends or r.type in _TOUCHING)
        return not graph.clause_terms.get(document) and not any(
            r.target.clause or r.target.rule or r.type in ("amends", "repeals_part")
            for r in touching
        )


def changes(found: Iterable[Period]) -> Changes:
    """The days on which the state becomes another one; a change of reasons alone is none."""
    return merged((period.first.isoformat(), period.state) for period in found)


def merged(found: Iterable[tuple[str, str]]) -> Changes:
    """Days on which the state stays what it is are left out."""
    told: list[tuple[str, str]] = []
    for day, state in found:
        if not told or told[-1][1] != state:
            told.append((day, state))
    return tuple(told)


def best(several: Iterable[Changes]) -> Changes:
    """On each day the best state of several subjects."""
    known = [one for one in several if one]
    days = sorted({first for one in known for first, _ in one})
    return merged((day, min((on_day(one, day) for one in known), key=BEST.index)) for day in days)


def on_day(told: Changes, day: str) -> str:
    """The state on ``day``, an ISO 8601 day."""
    return next((state for first, state in reversed(told) if first <= day), told[0][1])
