"""Whom the notices serve: every group by its printed name, with its clauses and their amounts.

An amount belongs to a group where the amount itself names it; other amounts of the clause are
told apart, for they may be somebody else's.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from kb.models import KnowledgeBase
from kb.schema import AmountRule, GroupRule, Record
from site_builder.facts import latest_first, of_kind, standing_rules


@dataclass(frozen=True, slots=True)
class Place:
    """A clause that serves a group: its rule, the amounts for the group, and its other amounts."""

    record: Record
    rule: GroupRule
    amounts: tuple[AmountRule, ...]
    beside: tuple[AmountRule, ...]


@dataclass(frozen=True)
class Group:
    """A group with the clauses that serve it, the latest document first."""

    name: str
    places: tuple[Place, ...]

    @cached_property
    def documents(self) -> int:
        """How many documents serve it."""
        return len({place.record.document.id for place in self.places})

    @cached_property
    def amounts(self) -> int:
        """How many amounts name it."""
        return sum(len(place.amounts) for place in self.places)


def groups(base: KnowledgeBase) -> tuple[Group, ...]:
    """Every group that a clause serves; those of most clauses first."""
    found: dict[str, list[Place]] = defaultdict(list)
    for record in sorted(base.records, key=latest_first):
        for place in _places(record):
            found[place.rule.name].append(place)
    held = (Group(name, tuple(places)) for name, places in found.items())
    return tuple(sorted(held, key=lambda group: (-len(group.places), group.name)))


def _places(record: Record) -> list[Place]:
    """A clause that names a group twice serves it once."""
    rules = standing_rules(record)
    amounts: dict[str, list[AmountRule]] = defaultdict(list)
    for rule in of_kind(rules, AmountRule):
        amounts[rule.clause].append(rule)
    first = {(rule.clause, rule.name): rule for rule in reversed(of_kind(rules, GroupRule))}
    ordered = sorted(first.values(), key=lambda rule: (rule.span, rule.id))
    return [_place(record, rule, amounts.get(rule.clause, [])) for rule in ordered]


def _place(record: Record, rule: GroupRule, amounts: list[AmountRule]) -> Place:
    own = tuple(amount for amount in amounts if rule.name in (amount.group, amount.payee))
    return Place(record, rule, own, tuple(amount for amount in amounts if amount not in own))
