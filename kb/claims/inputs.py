"""Knows the numbers that a calculation asks for, and refuses those that cannot be.

A row tells per basis what its number is called, in which unit, and whether it may be a fraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from corpus.errors import MissingInput, UsageError


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may be given, by ``name`` in profiles and in Python."""

    name: str
    called: str
    unit: str
    whole: bool = True
    most: Decimal = Decimal(1_000_000_000)

    @property
    def option(self) -> str:
        """How the command line is told it."""
        flag = self.name.replace("_", "-")
        return f"--{flag}" if self.name in OPTIONS else f"--count {self.name}=N"


#: those with an option of their own; the others are given by --count
OPTIONS = (
    "people",
    "days",
    "months",
    "hours",
    "certificates",
    "employed",
    "employment_rate",
    "base",
)
#: the number of each basis of ``per``
BASES: dict[str, Number] = {
    "person": Number("people", "人数", "人"),
    "day": Number("days", "天数", "天", most=Decimal(36_600)),
    "month": Number("months", "月数", "个月", most=Decimal(1_200)),
    "quarter": Number("quarters", "季度数", "个季度", most=Decimal(400)),
    "year": Number("years", "年数", "年", most=Decimal(100)),
    "hour": Number("hours", "学时（小时）数", "学时", whole=False, most=Decimal(878_400)),
    "certificate": Number("certificates", "证书数", "个"),
    "child": Number("children", "子女数", "个"),
    "household": Number("households", "户数", "户"),
    "enterprise": Number("enterprises", "企业数", "家"),
    "institution": Number("institutions", "机构数", "个"),
    "class": Number("classes", "班（期）数", "期"),
    "project": Number("projects", "项目数", "个"),
    "house": Number("houses", "住房套数", "套"),
    "m2": Number("area", "面积", "平方米", whole=False),
    "mu": Number("mu", "亩数", "亩", whole=False),
    "vehicle": Number("vehicles", "车辆数", "辆"),
    "head": Number("head", "头（只）数", "头"),
    "ton": Number("tons", "吨数", "吨", whole=False),
    "time": Number("times", "次数", "次"),
    "unit": Number("units", "件数", "件"),
}
EMPLOYED = Number("employed", "就业人数", "人")
EMPLOYMENT_RATE = Number("employment_rate", "就业率", "", whole=False, most=Decimal(1))
BASE = Number("base", "计算基数", "元", whole=False, most=Decimal(10) ** 15)
NUMBERS: dict[str, Number] = {
    number.name: number for number in (*BASES.values(), EMPLOYED, EMPLOYMENT_RATE, BASE)
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """The numbers that are given, by their names."""

    given: Mapping[str, Decimal] = field(default_factory=dict)

    def get(self, number: Number) -> Decimal | None:
        """The number if it is given."""
        return self.given.get(number.name)


def checked(given: Mapping[str, object]) -> Inputs:
    """The numbers in ``given``, None left out; raises ``UsageError`` for what cannot be."""
    read = {name: _number(name, value) for name, value in given.items() if value is not None}
    _together(read)
    return Inputs(read)


def _number(name: str, value: object) -> Decimal:
    number = NUMBERS.get(name)
    if number is None:
        near = get_close_matches(name, NUMBERS, n=1, cutoff=0.5)
        guess = f'; did you mean "{near[0]}"?' if near else ""
        remedy = None if near else f"Known are {', '.join(NUMBERS)}."
        raise UsageError(f'there is no number "{name}"{guess}', remedy=remedy)
    try:
        read = Decimal(repr(value) if isinstance(value, float) else str(value))
    except InvalidOperation:
        raise _refused(number, value, "is no number") from None
    if isinstance(value, bool) or not read.is_finite():
        raise _refused(number, value, "is no number")
    return _possible(number, read)


def _possible(number: Number, value: Decimal) -> Decimal:
    if value < 0:
        raise _refused(number, value, "is below 0")
    if number.whole and value != value.to_integral_value():
        raise _refused(number, value, "must be whole")
    if value > number.most:
        raise _refused(number, value, f"is over {number.most}")
    if -value.as_tuple().exponent > 20:  # type: ignore[operator]  # it is finite
        raise _refused(number, value, "has more than 20 digits behind the point")
    return value


def _refused(number: Number, value: object, what: str) -> UsageError:
    remedy = f"Give {number.called} as {number.option} in {number.unit}."
    if number is EMPLOYMENT_RATE:
        remedy = f"Write 75% as 0.75: {number.option} 0.75."
    return UsageError(f"{number.name} is {value}, which {what}", remedy=remedy)


def _together(read: Mapping[str, Decimal]) -> None:
    people, employed = read.get("people"), read.get("employed")
    rate = read.get("employment_rate")
    if people is not None and employed is not None and employed > people:
        what = f"employed is {employed}, more than the {people} people"
        raise UsageError(what, remedy="Give of the people those who are employed.")
    if None in (people, employed, rate) or not people:
        return
    if employed is not None and rate is not None and employed != employed_of(people, rate):
        what = (
            f"employed is {employed}, but {people} people at {rate} are {employed_of(people, rate)}"
        )
        raise UsageError(what, remedy="Give --employed or --employment-rate, not both.")


def employed_of(people: Decimal, rate: Decimal) -> Decimal:
    """How many people a rate stands for; part of a person is none."""
    return (people * rate) // 1


def missing(rule: str, numbers: Iterable[Number]) -> MissingInput:
    """The error that asks for ``numbers``."""
    asked = list(dict.fromkeys(numbers))
    told = ", ".join(f"{n.name} ({n.called}, {n.unit or '0 to 1'})" for n in asked)
    what = f"{rule} cannot be calculated without {told}"
    options = (n.option if n.option.endswith("=N") else f"{n.option} N" for n in asked)
    remedy = f"Give {', '.join(options)}."
    names = tuple(number.name for number in asked)
    return MissingInput(what, names=names, remedy=remedy)
