"""What stands when, for everything that can be found: from which day on which state.

Asking for each clause of a large rule base takes longer than all else; where nothing speaks of a
part of a document, each part stands as the whole does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.force.endings import State
from kb.force.models import End
from kb.force.periods import Period
from kb.schema import AmountRule, Record, Rule
from site_builder.holdings import Holdings, whole

#: from which day on which state, in the order of time
Changes = tuple[tuple[str, State], ...]
#: what a reader looks for first
BEST: tuple[State, ...] = (
    "in_force",
    "partly_superseded",
    "unknown",
    "presumed_expired",
    "presumed_superseded",
    "not_yet",
    "expired",
    "superseded",
    "repealed",
)
_TOUCHING = ("amends", "extends", "renews", "repeals_part")


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
        """Those of ``rule``, which is ``subject``."""
        dated = isinstance(rule, AmountRule) and (rule.from_ or rule.to)
        return (None if dated else self._of_all(record)) or self.of(subject)

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
    told: list[tuple[str, State]] = []
    for period in found:
        if not told or told[-1][1] != period.state:
            told.append((period.first.isoformat(), period.state))
    return tuple(told)


def best(several: Iterable[Changes]) -> Changes:
    """On each day the best state of several subjects."""
    known = [one for one in several if one]
    told: list[tuple[str, State]] = []
    for day in sorted({first for one in known for first, _ in one}):
        state = min((on_day(one, day) for one in known), key=BEST.index)
        if not told or told[-1][1] != state:
            told.append((day, state))
    return tuple(told)


def on_day(told: Changes, day: str) -> State:
    """The state on ``day``, an ISO 8601 day."""
    return next((state for first, state in reversed(told) if first <= day), told[0][1])
