"""Calculations, conditions and answers as plain values for programs.

Numbers are exact: whole ones are integers, others decimals as text where a float would not do.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from kb.claims.applicability import Answers, LeftOut, Offer
from kb.claims.calculation import Calculation
from kb.claims.guidance import Guidance
from kb.claims.models import Condition, Judgement
from kb.claims.relative import Relative
from kb.claims.roster import Line, sums
from kb.claims.trace import Entry
from kb.force.models import Evidence


def calculation(found: Calculation) -> dict[str, Any]:
    """A calculation with its trace; ``of`` counts the entries of the trace from 0."""
    return {
        "rule": found.rule,
        "document": found.document,
        "total": exact(found.total),
        "currency": found.currency,
        "bound": found.bound,
        "low": exact(found.low),
        "high": exact(found.high),
        "means": found.means,
        "notes": list(found.notes),
        "trace": [_entry(entry) for entry in found.trace],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {"says": entry.says, "value": exact(entry.value), "unit": entry.unit}
    if entry.given:
        told["input"] = {"name": entry.given.name, "option": entry.given.option}
    if entry.of:
        told["of"] = list(entry.of)
    if entry.quote:
        told["source"] = evidence(entry.quote)
    return told


def exact(value: Decimal | None) -> int | float | str | None:
    """A number of JSON where it is exact, else the decimal as text."""
    if value is None:
        return None
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else f"{value.normalize():f}"


def evidence(found: Evidence) -> dict[str, Any]:
    """Words and their place."""
    return {
        "document": found.document,
        "clause": found.clause,
        "quote": found.quote,
        "span": list(found.span) if found.span else None,
    }


def condition(found: Condition) -> dict[str, Any]:
    """A condition with what it asks, what fits, and its words."""
    told = {
        "id": found.id,
        "asks": found.asks,
        "says": found.says,
        "modelled": found.is_modelled,
        "values": list(found.values) or None,
        "low": exact(found.low),
        "high": exact(found.high),
        "unit": found.unit,
        "open": found.open or None,
        "also": list(found.also) or None,
        "source": evidence(found.evidence),
    }
    return {key: value for key, value in told.items() if value is not None}


def _judgement(found: Judgement) -> dict[str, Any]:
    told = {"holds": found.holds, "because": found.because, "missing": found.missing}
    return {**condition(found.condition), **told}


def answers(found: Answers) -> dict[str, Any]:
    """All answers for a profile on a day."""
    return {
        "profile": found.profile.model_dump(mode="json", exclude_defaults=True),
        "on": found.on.isoformat(),
        "answers": [offer(one) for one in found.offers],
        "left_out": [_left_out(one) for one in found.left_out],
        "unknown_decisions": list(found.unknown_decisions),
    }


def offer(found: Offer) -> dict[str, Any]:
    """One answer: what decided, what it comes to, whom to ask."""
    decided = found.deciding
    return {
        "answer": found.answer,
        "rule": found.rule.id,
        "measure": found.measure,
        "item": found.rule.item,
        "category": found.rule.category,
        "number": found.record.document.number,
        "status": {"state": found.status.state, "label": found.status.label},
        "presumed": found.is_presumed,
        "decided_by": {
            "because": decided.because if decided else None,
            **evidence(found.decided_by),
        },
        "formula": found.formula,
        "amount": calculation(found.sum) if found.sum else None,
        "missing_numbers": [n.name for n in found.missing],
        "coverage": exact(found.coverage),
        "conditions": [_judgement(j) for j in found.judgements],
        "relative": _relative(found.relative) if found.relative else None,
        **_guidance(found.guidance),
        "stacking": [evidence(e) for e in found.stacking],
        "instead": found.instead,
        "conflicts": list(found.conflicts),
        "beneath": [offer(one) for one in found.beneath],
    }


def _relative(found: Relative) -> dict[str, Any]:
    return {
        "says": found.says,
        "of": found.of,
        "rule": found.rule,
        "source": evidence(found.evidence),
    }


def _guidance(found: Guidance) -> dict[str, Any]:
    payer = found.payer
    return {
        "deadlines": [
            r.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"review"})
            for r in found.deadlines
        ],
        "payer": {"name": payer.name, **evidence(payer.evidence)} if payer else None,
        "apply_to": [evidence(e) for e in found.apply_to],
        "departments": [
            {"name": d.canonical or d.name, "role": d.role, "rule": d.id} for d in found.departments
        ],
        "contacts": [c.model_dump(mode="json", exclude_none=True) for c in found.contacts],
    }


def _left_out(found: LeftOut) -> dict[str, Any]:
    return {
        "rule": found.rule.id,
        "document": found.document,
        "why": found.why,
        "successors": list(found.successors),
    }


def roster(answered: Iterable[tuple[Line, Answers]], ignored: Iterable[str]) -> dict[str, Any]:
    """The answers of a roster line by line, those that hold or may; and sums by rule."""
    lines = list(answered)
    totals = {rule: (many, total) for rule, (many, total) in sums(lines).items()}
    return {
        "lines": [
            {
                "line": line.number,
                "name": line.name,
                "answers": [_short(o) for o in told.offers if o.answer != "不符合"],
            }
            for line, told in lines
        ],
        "totals": {r: {"lines": many, "total": exact(t)} for r, (many, t) in totals.items()},
        "ignored_columns": list(ignored),
    }


def _short(found: Offer) -> dict[str, Any]:
    decided = found.deciding
    return {
        "answer": found.answer,
        "rule": found.rule.id,
        "total": exact(found.sum.total) if found.sum else None,
        "bound": found.sum.bound if found.sum else None,
        "high": exact(found.sum.high) if found.sum else None,
        "missing_numbers": [n.name for n in found.missing],
        "because": decided.because if decided else None,
        "source": evidence(found.decided_by),
    }
