"""Which amounts OpenFisca can express, and how: a name, the days of life, bounds and parameters.

What cannot be expressed, or only as a parameter without a formula, is told with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.errors import UsageError
from kb.claims.calculation import Bound, calculate
from kb.claims.headcount import COUNTED
from kb.claims.inputs import NUMBERS
from kb.claims.models import Condition
from kb.exports.content import Content, Stretch, Told
from kb.exports.models import LeftOut
from kb.force.models import Evidence
from kb.schema import AmountRule

#: what a variable of each bound is called behind the name of its rule, and which side it is
SIDES: dict[Bound, tuple[tuple[str, str], ...]] = {
    "exact": (("", "high"),),
    "ceiling": (("_at_most", "high"),),
    "floor": (("_at_least", "low"),),
    "range": (("_at_least", "low"), ("_at_most", "high")),
}
_KINDS = {
    "deadline": "a deadline: OpenFisca computes sums",
    "department": "a duty of a department: OpenFisca computes sums",
    "target": "a target: OpenFisca computes sums",
    "group": "whom a clause serves: OpenFisca computes sums",
}
_NOT_PAID = "a {}: parameters without a formula, for nothing is paid by it"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the text; ``quote`` are the words that say it."""

    name: str
    value: Decimal
    unit: str
    quote: Evidence


@dataclass(frozen=True, slots=True)
class Plan:
    """One amount as it is written: ``sides`` are its variables, none where nothing is paid."""

    name: str
    told: Told
    rule: AmountRule
    life: tuple[Stretch, ...]
    sides: tuple[tuple[str, str], ...]
    parameters: tuple[Parameter, ...]
    conditions: tuple[Condition, ...]

    @property
    def is_share(self) -> bool:
        """Whether it is a share of a base."""
        rule = self.rule
        return rule.role == "share" or rule.percent_min is not None or rule.percent_max is not None

    @property
    def employment(self) -> Condition | None:
        """The condition on employment, where the sum depends on one."""
        bases = {*(self.rule.per or ()), *(self.rule.cap.per if self.rule.cap else ())}
        found = (c for c in self.conditions if c.asks == "employment" and c.employment)
        return next(found, None) if bases & set(COUNTED) else None


def plans(content: Content) -> tuple[tuple[Plan, ...], tuple[LeftOut, ...]]:
    """The amounts that are written, and the rules that are not, or only in part."""
    found: list[Plan] = []
    left_out: list[LeftOut] = []
    for told in content.told:
        planned, why = _plan(content, told)
        if planned:
            found.append(planned)
        if why:
            left_out.append(LeftOut.of(told.record, told.rule, why))
    return tuple(found), (*left_out, *content.rejected)


def _plan(content: Content, told: Told) -> tuple[Plan | None, str]:
    rule = told.rule
    if not isinstance(rule, AmountRule):
        return None, _KINDS[rule.kind]
    if not told.life:
        return None, "there is no day on which it certainly has begun and not ended"
    try:
        bound = calculate(told.record, rule, _any_numbers()).bound
    except UsageError as error:
        return None, error.what.removeprefix(f"{rule.id} ")
    sides, held = SIDES.get(bound, ()), content.conditions[rule.id]
    numbers = tuple(_parameters(told, rule, held))
    plan = Plan(name_of(rule.id), told, rule, told.life, sides, numbers, held)
    return plan, "" if sides else _NOT_PAID.format(bound)


def name_of(rule: str) -> str:
    """The id as a name in Python: ``r_141121_wenrenshezi_2024_20_s7_2_amount_a7aa``."""
    return "r_" + re.sub(r"\W", "_", rule, flags=re.ASCII).lower()


def _any_numbers() -> dict[str, object]:
    return dict.fromkeys((n for n in NUMBERS if n != "employment_rate"), 1)


def _parameters(told: Told, rule: AmountRule, held: tuple[Condition, ...]) -> Iterator[Parameter]:
    said = Evidence(told.record.document.id, rule.clause, rule.quote, rule.span)
    money = rule.currency or "CNY"
    plain = (("low", rule.min, money), ("high", rule.max, money))
    shares = (("percent_low", rule.percent_min, "%"), ("percent_high", rule.percent_max, "%"))
    for name, value, unit in (*plain, *shares):
        if value is not None:
            yield Parameter(name, value, unit, said)
    for at, tier in enumerate(rule.tiers or (), 1):
        yield Parameter(f"step_{at}_rate", tier.rate, money, said)
        if tier.upto is not None:
            yield Parameter(f"step_{at}_upto", tier.upto, tier.unit or "", said)
    if rule.cap:
        yield Parameter("cap", rule.cap.max, money, said)
    for by in (c for c in held if c.asks == "employment" and c.employment):
        yield from _employment(by)
        return


def _employment(by: Condition) -> Iterator[Parameter]:
    if by.employment is None:
        return
    yield Parameter("employment_floor", by.employment.floor, "%", by.evidence)
    if by.employment.below is not None:
        said = by.employment.below_evidence or by.evidence
        yield Parameter("employment_below", by.employment.below, "%", said)
