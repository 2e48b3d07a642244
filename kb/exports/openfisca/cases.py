"""Tests that come with the package: each rule around its first and its last day.

What they expect is what ``kb/claims`` calculates; outside the life of a rule nothing is paid.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import yaml

from kb.claims.calculation import calculate
from kb.claims.inputs import NUMBERS
from kb.exports.openfisca.plans import Plan

_ONE = timedelta(days=1)
#: numbers of an application, small enough to be checked by hand
GIVEN: dict[str, Decimal] = {
    **dict.fromkeys(NUMBERS, Decimal(3)),
    "people": Decimal(40),
    "days": Decimal(12),
    "employed": Decimal(30),
    "base": Decimal(10000),
}


def case_file(plan: Plan) -> bytes:
    """The tests of one amount in OpenFisca's YAML."""
    return yaml.safe_dump(list(_cases(plan)), allow_unicode=True, sort_keys=False).encode()


def _cases(plan: Plan) -> Iterator[dict[str, Any]]:
    given = {name: value for name, value in GIVEN.items() if name != "employment_rate"}
    sums = expected(plan, given)
    for word, day, holds in days(plan):
        yield {
            "name": f"{plan.rule.id}, {word}",
            "period": day.isoformat(),
            "absolute_error_margin": 0.005,
            "input": {name: float(value) for name, value in given.items()},
            "output": {name: float(value) if holds else 0.0 for name, value in sums.items()},
        }


def expected(plan: Plan, given: dict[str, Decimal]) -> dict[str, Decimal]:
    """What ``kb.claims`` calculates, by the variables of the amount."""
    found = calculate(plan.told.record, plan.rule, given)
    sides = {"low": found.low, "high": found.high}
    return {f"{plan.name}{suffix}": sides[side] or Decimal(0) for suffix, side in plan.sides}


def days(plan: Plan) -> Iterator[tuple[str, date, bool]]:
    """The days around the edges of a life, and whether the rule holds on them."""
    for stretch in plan.life:
        if stretch.first:
            yield "the day before", stretch.first - _ONE, False
            yield "the first day", stretch.first, True
        if stretch.last:
            yield "the last day", stretch.last, True
            yield "the day after", stretch.last + _ONE, False
        if stretch.first is None and stretch.last is None:
            yield "any day", date(2020, 1, 1), True
