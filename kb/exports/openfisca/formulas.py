"""Variables of an amount as Python text: a formula from its first day, an inclusive ``end``.

The order of steps, ceilings and heads is that of ``kb/claims/calculation.py``; a test holds both
equal on random numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.claims.headcount import COUNTED
from kb.claims.inputs import BASES, NUMBERS
from kb.exports.openfisca.parameters import day_after, first_day, label, reference
from kb.exports.openfisca.plans import Plan

_TIMES = ("day", "hour", "month", "quarter", "year")
_OPENING = '''"""{doc}"""

import numpy
from openfisca_core.periods import DateUnit

from openfisca_policykb.entities import Application
from openfisca_policykb.exact import Exact, counted, reached, steps
'''
_INPUTS = '''"""Numbers that an application states."""

from openfisca_core.periods import DateUnit

from openfisca_policykb.entities import Application
from openfisca_policykb.exact import Exact
'''
#: given as a number of people or as a rate; below 0 is: not given
_NOT_GIVEN = ("employed", "employment_rate")


def inputs_file() -> bytes:
    """All numbers that may be given, each for the day of the claim."""
    lines = [_INPUTS]
    for number in NUMBERS.values():
        lines += ["", f"class {number.name}(Exact):", "    value_type = float"]
        if number.name in _NOT_GIVEN:
            lines.append("    default_value = -1.0")
        lines += ["    entity = Application", "    definition_period = DateUnit.DAY"]
        lines += [f"    label = {number.called!r}", f"    unit = {number.unit!r}", ""]
    return "\n".join(lines).encode()


def variable_file(plan: Plan) -> bytes:
    """The variables of one amount."""
    lines = [_OPENING.format(doc=plan.rule.id)]
    for suffix, side in plan.sides:
        lines += ["", *_class(plan, suffix, side), ""]
    return "\n".join(lines).encode()


def _class(plan: Plan, suffix: str, side: str) -> Iterator[str]:
    here = reference(plan.told.record, plan.parameters[0].quote)
    yield f"class {plan.name}{suffix}(Exact):"
    yield "    value_type = float"
    yield "    entity = Application"
    yield "    definition_period = DateUnit.DAY"
    yield f"    label = {label(plan) + _SAYS[suffix]!r}"
    yield f"    unit = {plan.rule.currency or 'CNY'!r}"
    yield f"    reference = {[here]!r}"
    yield f"    documentation = {_documentation(plan)!r}"
    if plan.life[-1].last:
        yield f"    end = {plan.life[-1].last.isoformat()!r}"
    for stretch in plan.life:
        yield ""
        first = first_day(stretch).replace("-", "_")
        yield f"    def formula_{first}(application, period, parameters):"
        yield from (f"        {line}" for line in _formula(plan, side))
        if stretch is not plan.life[-1]:
            yield ""
            after = (day_after(stretch) or "").replace("-", "_")
            yield f"    def formula_{after}(application, period):"
            yield "        return numpy.zeros(application.count)"


_SAYS = {"": "", "_at_most": "，上限", "_at_least": "，下限"}


def _documentation(plan: Plan) -> str:
    lines = [f"rule: {plan.rule.id}", "How much, not whether: what must hold is not judged here."]
    lines += [f"- {c.says}：「{c.evidence.quote}」" for c in plan.conditions]
    if plan.rule.exclusive:
        lines.append("The bound excludes its number.")
    return "\n".join(lines)


def _formula(plan: Plan, side: str) -> Iterator[str]:
    yield f"p = parameters(period).rules.{plan.name}"
    yield "def n(name):"
    yield "    return application(name, period)"
    yield from _share(plan, side) if plan.is_share else _sum(plan, side)
    by = plan.employment
    if by and by.employment and by.employment.below is not None and not plan.is_share:
        yield "held = reached(n, p.employment_floor)"
        yield "amount = numpy.where(held, amount, amount * p.employment_below / 100)"
    yield "return amount"


def _sum(plan: Plan, side: str) -> Iterator[str]:
    rule, left = plan.rule, list(plan.rule.per or ())
    if rule.tiers:
        unit = next((t.unit for t in rule.tiers if t.unit), None)
        unit = unit or next(b for b in left if b in _TIMES)
        edges = ", ".join(
            f"({f'p.step_{at}_upto' if tier.upto is not None else 'None'}, p.step_{at}_rate)"
            for at, tier in enumerate(rule.tiers, 1)
        )
        yield f"amount = steps(n({BASES[unit].name!r}), [{edges}])"
        left = [b for b in left if b != unit]
    else:
        yield f"amount = numpy.full(application.count, float(p.{side}))"
    outer = tuple(rule.cap.per) if rule.cap else ()
    yield from _times(plan, [b for b in left if b not in outer])
    if rule.cap:
        yield "amount = numpy.minimum(amount, p.cap)"
        yield from _times(plan, list(outer))


def _share(plan: Plan, side: str) -> Iterator[str]:
    rule = plan.rule
    yield f"amount = n('base') * p.percent_{side} / 100"
    if rule.effect == "raise_by":
        yield "amount = n('base') + amount"
    if rule.cap:
        yield "amount = numpy.minimum(amount, p.cap)"
    stepped = [t.unit for t in rule.tiers or () if t.unit]
    bases = dict.fromkeys((*(rule.per or ()), *stepped, *(rule.cap.per if rule.cap else ())))
    yield from _times(plan, [b for b in bases if b != "time"])


def _times(plan: Plan, bases: list[str]) -> Iterator[str]:
    by = plan.employment
    heads = by is not None and by.employment is not None and by.employment.below is None
    for basis in bases:
        name = BASES[basis].name
        if heads and basis in COUNTED:
            yield f"amount = amount * counted(n, {name!r}, p.employment_floor)"
        else:
            yield f"amount = amount * n({name!r})"
