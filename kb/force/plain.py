"""Status, timelines, relations, review items and differences as plain values for programs.

Days are ISO 8601 of the precision that is known; 2021-01-01/2021-07-08 is a day between the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from kb.force.days import Interval
from kb.force.diff import Difference, RuleChange
from kb.force.graph import Graph
from kb.force.models import INFERRED, NAMES, End, Evidence, Reason, Relation, Stub
from kb.force.review import Item
from kb.force.status import Status
from kb.force.timeline import Step, Timeline
from kb.force.values import Change


def status(found: Status, graph: Graph) -> dict[str, Any]:
    """A status with its chain of reasons."""
    return {
        "id": str(found.subject),
        "document": found.subject.document,
        "clause": found.subject.clause,
        "on": found.on.isoformat(),
        "state": found.state,
        "label": found.label,
        "presumed": found.is_presumed,
        "since": day(found.since),
        "reasons": [_reason(reason) for reason in found.reasons],
        "for": [_reason(reason) for reason in found.pro],
        "against": [_reason(reason) for reason in found.contra],
        "relations": [relation(r, graph) for r in found.relations],
    }


def relation(found: Relation, graph: Graph) -> dict[str, Any]:
    """A relation as it reads from its source; ``reverse`` is how it reads from its target."""
    forward, backward = NAMES[found.type]
    return {
        "id": found.id,
        "type": found.type,
        "name": forward,
        "reverse": backward,
        "from": _end(found.source, graph),
        "to": _end(found.target, graph),
        "scope": found.scope,
        "effective": day(found.when),
        "asserted_by": found.asserted_by,
        "presumed": found.asserted_by == INFERRED,
        "reasons": list(found.reasons),
        **_words(found.evidence),
        "target_quote": found.against.quote if found.against else None,
        "review": {
            "status": found.verdict.status,
            "by": found.verdict.by,
            "at": found.verdict.at,
            "note": found.verdict.note,
        },
    }


def timeline(found: Timeline, graph: Graph) -> dict[str, Any]:
    """A measure with its entries in the order of time."""
    return {
        "measure": str(found.measure.key),
        "kind": found.measure.key.kind,
        "name": found.measure.name,
        "region": found.measure.region,
        "item": found.measure.key.item,
        "category": found.measure.key.category or None,
        "entries": [_step(step, graph) for step in found.steps],
    }


def _step(step: Step, graph: Graph) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "document": step.document,
        "number": graph.base.by_id[step.document].document.number,
        "clause": step.clause,
        "level": step.level,
        "value": step.value,
        "from": day(step.start),
        "to": day(step.end),
        "presumed_to": day(step.end_presumed),
        "open": [{"from": _iso(first), "to": _iso(last)} for first, last in step.open],
        "relation": step.relation,
        "target": step.target,
        "asserted_by": step.asserted_by,
        "changes": [_change(change) for change in step.changes],
        "reasons": list(step.reasons),
        "quote": step.quote,
        "span": list(step.span) if step.span else None,
    }


def stub(found: Stub) -> dict[str, Any]:
    """A document that is not here, with who cites it."""
    cited = [{"document": e.document, **_words(e)} for e in found.cited_by]
    return {"name": found.name, "number": found.number, "title": found.title, "cited_by": cited}


def item(found: Item) -> dict[str, Any]:
    """An item of the review list."""
    return {
        "id": found.id,
        "kind": found.kind,
        "weight": found.weight,
        "what": found.what,
        "reasons": list(found.reasons),
        "evidence": [{"document": e.document, **_words(e)} for e in found.evidence],
    }


def difference(found: Difference) -> dict[str, Any]:
    """What differs between two documents."""
    clauses = [
        {"kind": c.kind, "from": c.before, "to": c.after, "before": c.old, "after": c.new}
        for c in found.clauses
    ]
    rules = rule_changes(found.rules)
    return {"versions": found.versions, "clauses": clauses, "rules": rules}


def rule_changes(found: Iterable[RuleChange]) -> list[dict[str, Any]]:
    """What differs between rules, field by field."""
    return [
        {
            "kind": r.kind,
            "what": r.what,
            "from": r.before.id if r.before else None,
            "to": r.after.id if r.after else None,
            "before": r.before.quote if r.before else None,
            "after": r.after.quote if r.after else None,
            "changes": [_change(change) for change in r.changes],
        }
        for r in found
    ]


def day(interval: Interval | None) -> str | None:
    """An interval as text; None where nothing is known."""
    return str(interval) if interval else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _change(change: Change) -> dict[str, str | None]:
    return {
        "field": change.field,
        "before": change.before or None,
        "after": change.after or None,
    }


def _end(end: End, graph: Graph) -> dict[str, str | None]:
    return {
        "document": end.document,
        "name": graph.name(end.document),
        "clause": end.clause,
        "rule": end.rule,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    said = reason.evidence
    place = {"document": said.document, **_words(said)} if said else {}
    return {"text": reason.text, **place}


def _words(said: Evidence | None) -> dict[str, Any]:
    if said is None:
        return {"quote": None, "span": None}
    return {
        "clause": said.clause,
        "quote": said.quote,
        "span": list(said.span) if said.span else None,
    }
