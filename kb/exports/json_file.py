"""The rule base as one JSON document: notices, rules, relations, and what was left out.

A rule is as docs/rule-format.md has it, with its document, its state on the day and its life; an
amount has its conditions and the numbers that it needs besides.
"""

from __future__ import annotations

import json
from typing import Any

from corpus.errors import MissingInput, UsageError
from kb.claims import plain as claims
from kb.claims.calculation import calculate
from kb.claims.inputs import BASES, NUMBERS
from kb.claims.models import Condition
from kb.exports.content import Content, Stretch, Told
from kb.exports.models import Export, LeftOut
from kb.force import plain as force
from kb.force.models import End
from kb.plain import rule_to_plain
from kb.schema import AmountRule, Record

FILE = "policykb.json"
VERSION = 1
_PER = {number.name: basis for basis, number in BASES.items()}


def json_file(content: Content) -> Export:
    """One document."""
    whole = {
        "export_version": VERSION,
        "on": content.on.isoformat(),
        "documents": [_document(content, record) for record in content.records],
        "rules": [_rule(content, told) for told in content.told],
        "relations": [force.relation(r, content.graph) for r in content.graph.relations],
        "left_out": [left_out(found) for found in content.rejected],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    return Export({FILE: text.encode()}, content.rejected, FILE)


def left_out(found: LeftOut) -> dict[str, Any]:
    """A rule that is not exported, and why."""
    told = {"rule": found.rule, "document": found.document, "number": found.number}
    return {**told, "clause": found.clause, "quote": found.quote, "why": found.why}


def _document(content: Content, record: Record) -> dict[str, Any]:
    status = content.status(End(record.document.id))
    told = record.document.model_dump(mode="json", by_alias=True)
    return {**told, "state": status.state, "state_label": status.label}


def _rule(content: Content, told: Told) -> dict[str, Any]:
    document, rule = told.record.document, told.rule
    place = {"document": document.id, "number": document.number}
    state = {"state": told.status.state, "state_label": told.status.label}
    state["life"] = [_stretch(held) for held in told.life]  # type: ignore[assignment]
    plain = {**rule_to_plain(rule), **place, **state}
    if isinstance(rule, AmountRule):
        plain["needs"] = needs(told.record, rule)
        plain["requirements"] = [_condition(c) for c in content.conditions[rule.id]]
    return plain


def _stretch(held: Stretch) -> dict[str, str | None]:
    first, last = held.first, held.last
    return {
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
    }


def needs(record: Record, rule: AmountRule) -> list[dict[str, str | None]]:
    """The numbers that a calculation of ``rule`` asks for; ``per`` is the basis of each."""
    try:
        calculate(record, rule, {})
    except MissingInput as missing:
        asked = [NUMBERS[name] for name in missing.names]
        return [
            {"name": n.name, "called": n.called, "unit": n.unit, "per": _PER.get(n.name)}
            for n in asked
        ]
    except UsageError:
        # percentage points of a rate come to no sum
        return []
    return []


def _condition(found: Condition) -> dict[str, Any]:
    told = claims.condition(found)
    if by := found.employment:
        below = claims.evidence(by.below_evidence) if by.below_evidence else None
        told["employment"] = {
            "floor": claims.exact(by.floor),
            "below": claims.exact(by.below),
            "below_source": below,
        }
    return told
