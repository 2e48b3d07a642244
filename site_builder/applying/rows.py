"""One amount as plain data: what decides whether it may be claimed, and what it comes to.

It holds no words, so that all amounts of a place can be judged before a sentence is loaded;
``words.py`` has those, in the same order. Numbers are text, which a browser reads exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kb.claims.applicability import one_only
from kb.claims.calculation import budgets_beside
from kb.claims.conditions import Conditions
from kb.claims.models import Condition, Judgement
from kb.claims.recipients import no_claim
from kb.claims.standing import OVER, standings
from kb.force.models import Evidence
from kb.force.status import Status
from kb.quantity_words import number
from kb.schema import AmountRule, Record
from site_builder.holdings import Holdings, end_of_rule


@dataclass(frozen=True, slots=True)
class Claim:
    """An amount with its conditions, and from which day on it may be claimed by force."""

    record: Record
    rule: AmountRule
    held: Conditions
    force: tuple[tuple[date, Status, Judgement], ...]


def claims(holdings: Holdings) -> dict[str, list[Claim]]:
    """Every amount that is not rejected, by the id of its document."""
    found: dict[str, list[Claim]] = {}
    for record, rule, held in holdings.amounts.of:
        stretches = holdings.periods(end_of_rule(record, rule))
        force = tuple(standings(holdings.graph, record, rule, stretches))
        found.setdefault(record.document.id, []).append(Claim(record, rule, held, _merged(force)))
    return found


def _merged(
    force: tuple[tuple[date, Status, Judgement], ...],
) -> tuple[tuple[date, Status, Judgement], ...]:
    """Days on which nothing that is told changes are left out."""
    kept: list[tuple[date, Status, Judgement]] = []
    for day, status, judgement in force:
        if not kept or (kept[-1][1].state, kept[-1][2]) != (status.state, judgement):
            kept.append((day, status, judgement))
    return tuple(kept)


def row(
    claim: Claim, document: int, relations: Relations, restricted: str | None
) -> dict[str, Any]:
    """What decides on ``claim``; ``document`` is its place among those of the file.

    ``restricted`` is what it is paid for, where a notice restricts that.
    """
    rule = claim.rule
    told = {
        "id": rule.id,
        "document": document,
        "at": rule.span[0],
        "none": no_claim(rule),
        "force": [
            # a person is asked, by its id, only where nobody knows
            [day.isoformat(), held.holds, _standing(status)]
            + ([held.condition.id] if held.holds is None else [])
            for day, status, held in claim.force
        ],
        "conditions": [condition(one) for one in claim.held.of],
        "sum": _sum(claim.record, rule),
        "item": restricted,
        "later": relations.later.get(rule.id),
        "conflicts": relations.conflicts.get(rule.id),
        "exclusive": [e.quote for e in _exclusive(claim.held.stacking)],
    }
    return {key: value for key, value in told.items() if value not in (None, [], {})}


def _standing(status: Status) -> str:
    """over: offered no more · presumed: its successor comes first · empty: as it is judged."""
    if status.state in OVER:
        return "over"
    return "presumed" if status.is_presumed else ""


def _exclusive(stacking: Iterable[Evidence]) -> Iterable[Evidence]:
    return (evidence for evidence in stacking if one_only(evidence.quote))


def condition(found: Condition) -> dict[str, Any]:
    """A condition without its words; ``dated`` is one on the day of a certificate."""
    by = found.employment
    told = {
        "asks": found.asks,
        "id": found.id,
        "values": list(found.values),
        "low": text(found.low),
        "high": text(found.high),
        "unit": found.unit,
        "open": found.open or None,
        "also": list(found.also),
        "employment": [text(by.floor), text(by.below)] if by else None,
        "dated": ("证" in found.evidence.quote or None) if found.asks == "date" else None,
    }
    return {key: value for key, value in told.items() if value not in (None, [])}


def text(value: Decimal | None) -> str | None:
    """A number as text, without an exponent."""
    return None if value is None else number(value)


def _sum(record: Record, rule: AmountRule) -> dict[str, Any]:
    """The fields of an amount that a calculation needs."""
    told = {
        "role": rule.role,
        "unit": rule.unit,
        "currency": rule.currency if rule.currency != "CNY" else None,
        "min": text(rule.min),
        "max": text(rule.max),
        "percents": _share(rule),
        "effect": rule.effect,
        "of": rule.of,
        "per": list(rule.per or ()),
        "tiers": [[text(t.upto), text(t.rate), t.unit] for t in rule.tiers or ()],
        "cap": [text(rule.cap.max), list(rule.cap.per or ())] if rule.cap else None,
        "limit": [rule.limit.times, rule.limit.per] if rule.limit else None,
        "exclusive": rule.exclusive or None,
        "budgets": [[text(most), name] for most, name in budgets_beside(record, rule)],
    }
    return {key: value for key, value in told.items() if value not in (None, [])}


def _share(rule: AmountRule) -> list[str | None] | None:
    if rule.percent_min is None and rule.percent_max is None:
        return None
    return [text(rule.percent_min), text(rule.percent_max)]


@dataclass(frozen=True, slots=True)
class Relations:
    """Between amounts: which later ones may take the place of which, and which conflict."""

    later: Mapping[str, list[str]]
    conflicts: Mapping[str, list[str]]

    @classmethod
    def of(cls, holdings: Holdings) -> Relations:
        """The relations in their order, between rules."""
        later: dict[str, list[str]] = {}
        conflicts: dict[str, list[str]] = {}
        for relation in holdings.graph.relations:
            source, target = relation.source.rule, relation.target.rule
            if source and target and relation.type == "supersedes":
                later.setdefault(target, []).append(source)
            elif source and target and relation.type == "conflicts_with":
                conflicts.setdefault(source, []).append(target)
                conflicts.setdefault(target, []).append(source)
        return cls(later, conflicts)
