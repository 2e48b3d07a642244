"""The way to a sum, number by number: each has its quote, its input, or the numbers it is made of.

A number that has none of the three cannot be entered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kb.claims.inputs import Number
from kb.force.models import Evidence


@dataclass(frozen=True, slots=True)
class Entry:
    """One number: ``quote`` if the text says it, ``given`` if somebody gave it, else ``of``, the
    places in the trace of the numbers it is made of; then ``quote`` is the text that has it so.
    """

    says: str
    value: Decimal
    unit: str
    quote: Evidence | None = None
    given: Number | None = None
    of: tuple[int, ...] = ()


@dataclass(slots=True)
class Trace:
    """A trace that is being written; ``entries`` are its numbers in order."""

    entries: list[Entry] = field(default_factory=list)

    def quoted(self, says: str, value: Decimal, unit: str, quote: Evidence) -> int:
        """Enters a number of the text."""
        return self._enter(Entry(says, value, unit, quote=quote))

    def given(self, number: Number, value: Decimal, called: str | None = None) -> int:
        """Enters a number that somebody gave, once."""
        entry = Entry(called or number.called, value, number.unit, given=number)
        return self.entries.index(entry) if entry in self.entries else self._enter(entry)

    def made(
        self, says: str, value: Decimal, unit: str, *of: int, quote: Evidence | None = None
    ) -> int:
        """Enters a number that is made of others."""
        if not of:
            raise ValueError(f"{says} rests on nothing")
        return self._enter(Entry(says, value, unit, quote=quote, of=of))

    def _enter(self, entry: Entry) -> int:
        self.entries.append(entry)
        return len(self.entries) - 1

    def value(self, at: int) -> Decimal:
        """The number at a place."""
        return self.entries[at].value
