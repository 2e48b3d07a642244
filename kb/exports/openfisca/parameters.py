"""Parameters by date, a file a rule: each value with its reference, and null from the day after.

What OpenFisca has no key for (clause, quote, span, state, review) stands in ``metadata``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import yaml

from kb.exports.content import Content, Stretch
from kb.exports.openfisca.plans import Parameter, Plan
from kb.force.models import Evidence
from kb.models import anchor_of
from kb.schema import Record

_BEGINNING = "0001-01-01"


def parameter_file(plan: Plan, content: Content) -> bytes:
    """The parameters of one amount."""
    node: dict[str, Any] = {
        "description": label(plan),
        "metadata": _metadata(plan, content),
        **{p.name: _parameter(plan, p, content) for p in plan.parameters},
    }
    return yaml.safe_dump(node, allow_unicode=True, sort_keys=False, width=1000).encode()


def label(plan: Plan) -> str:
    """What the amount is for: 培训补贴（订单式培训）."""
    item = plan.rule.item or "金额"
    return f"{item}（{plan.rule.category}）" if plan.rule.category else item


def reference(record: Record, said: Evidence) -> str:
    """Document, clause and words."""
    return f"{record.document.number or record.document.id} {said.clause}「{said.quote}」"


def _metadata(plan: Plan, content: Content) -> dict[str, Any]:
    told, rule, review = plan.told, plan.rule, plan.rule.review
    record = told.record
    return {
        "rule": rule.id,
        "document": record.document.id,
        "number": record.document.number,
        "clause": rule.clause,
        "clause_id": f"{record.document.id}#{anchor_of(record, rule.clause)}",
        "quote": rule.quote,
        "span": list(rule.span),
        "on": content.on.isoformat(),
        "state": told.status.state,
        "state_label": told.status.label,
        "states": [_state(held) for held in told.states],
        "review": review.model_dump(mode="json", exclude_none=True),
    }


def _state(held: Stretch) -> dict[str, str | None]:
    first = held.first.isoformat() if held.first else None
    last = held.last.isoformat() if held.last else None
    return {"first": first, "last": last, "state": held.state}


def _parameter(plan: Plan, found: Parameter, content: Content) -> dict[str, Any]:
    record = content.graph.base.by_id[found.quote.document]
    said = {
        "reference": reference(record, found.quote),
        "clause_id": f"{record.document.id}#{anchor_of(record, found.quote.clause)}",
        "span": list(found.quote.span) if found.quote.span else None,
    }
    values: dict[str, Any] = {}
    for stretch in plan.life:
        values[first_day(stretch)] = {"value": plain(found), "metadata": said}
        if after := day_after(stretch):
            values[after] = {"value": None}
    name = f"{label(plan)} {found.name}"
    return {"description": name, "metadata": {"unit": found.unit}, "values": values}


def plain(found: Parameter) -> int | float:
    """The number as the shortest digits that it was read from."""
    whole = found.value == found.value.to_integral_value()
    return int(found.value) if whole else float(found.value)


def first_day(stretch: Stretch) -> str:
    """The day from which a value holds; the first of all where none is known."""
    return stretch.first.isoformat() if stretch.first else _BEGINNING


def day_after(stretch: Stretch) -> str | None:
    """The first day on which it holds no more."""
    if stretch.last is None or stretch.last == date.max:
        return None
    return (stretch.last + timedelta(days=1)).isoformat()
