"""Counts the people that are paid for where the text makes that depend on an employment rate.

From the floor on it is all who were trained; below it those employed, or a share of the sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kb.claims.inputs import BASES, EMPLOYED, EMPLOYMENT_RATE, Inputs, employed_of
from kb.claims.models import Condition
from kb.claims.trace import Trace
from kb.quantity_words import number

#: the bases that are counted by heads
COUNTED = ("person", "certificate")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Headcount:
    """The people of one calculation, by the condition ``rate`` if there is one."""

    trace: Trace
    inputs: Inputs
    rate: Condition | None
    notes: list[str]

    @property
    def applies(self) -> bool:
        """Whether the sum depends on an employment rate."""
        return self.rate is not None and self.rate.employment is not None

    def counted(self, people: int) -> int | None:
        """The entry of those who are paid for, of the entry of all; None where that is all."""
        by = self.rate.employment if self.rate else None
        if by is None or self.rate is None or by.below is not None or self._reached(by.floor):
            return None
        floor = self._floor(by.floor)
        says = f"就业率低于{number(by.floor)}%，只计就业的"
        if (given := self.inputs.get(EMPLOYED)) is not None:
            employed = self.trace.given(EMPLOYED, given)
            of = (employed, people, floor)
            return self.trace.made(says, given, "人", *of, quote=by.below_evidence)
        share = self.inputs.given[EMPLOYMENT_RATE.name]
        rate = self.trace.given(EMPLOYMENT_RATE, share)
        exact = self.trace.value(people) * share
        value = employed_of(self.trace.value(people), share)
        says += f"：{number(self.trace.value(people))} × {number(share)}"
        if value != exact:
            says += f" = {number(exact)}，不足一人的不计"
            self.notes.append("就业人数由就业率推算，以实际就业人数（--employed）为准")
        return self.trace.made(says, value, "人", people, rate, floor, quote=by.below_evidence)

    def reduced(self, at: int, unit: str) -> int:
        """Below the floor a share of the sum, where the text says so."""
        by = self.rate.employment if self.rate else None
        if by is None or by.below is None or self._reached(by.floor):
            return at
        floor = self._floor(by.floor)
        evidence = by.below_evidence or (self.rate.evidence if self.rate else None)
        if evidence is None:
            return at
        share = self.trace.quoted("就业率未达到时的比例", by.below, "%", evidence)
        value = self.trace.value(at) * by.below / _HUNDRED
        says = f"就业率低于{number(by.floor)}%：× {number(by.below)}%"
        return self.trace.made(says, value, unit, at, share, floor)

    def _floor(self, floor: Decimal) -> int:
        if self.rate is None:
            raise ValueError("no condition on employment")
        return self.trace.quoted("须达到的就业率", floor, "%", self.rate.evidence)

    def _reached(self, floor: Decimal) -> bool:
        rate = self.inputs.get(EMPLOYMENT_RATE)
        if rate is not None:
            return rate * _HUNDRED >= floor
        people = next((n for b in COUNTED if (n := self.inputs.get(BASES[b]))), Decimal(0))
        employed = self.inputs.get(EMPLOYED) or Decimal(0)
        return people > 0 and employed * _HUNDRED >= floor * people
