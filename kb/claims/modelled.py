"""Says how much of what a measure asks a machine can decide; the rest is quoted for a person.

Every condition of every amount of the measure counts once, whoever asks and on whatever day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kb.claims.applicability import Amounts
from kb.claims.recipients import no_claim


@dataclass(frozen=True, slots=True)
class Modelled:
    """The conditions of a measure: how many there are, and how many of them are typed."""

    amounts: int
    conditions: int
    typed: int

    @property
    def share(self) -> Decimal | None:
        """The typed ones of all, from 0 to 1; None where nothing is asked."""
        if not self.conditions:
            return None
        return (Decimal(self.typed) / self.conditions).quantize(Decimal("0.01"))


def modelled(amounts: Amounts) -> Mapping[str, Modelled]:
    """By the key of a measure; what pays nobody asks nothing."""
    found: dict[str, Modelled] = {}
    for _, rule, held in amounts.of:
        key = amounts.graph.measures.key_of.get(rule.id)
        if key is None or no_claim(rule):
            continue
        one = found.get(str(key), Modelled(0, 0, 0))
        typed = sum(condition.is_modelled for condition in held.of)
        found[str(key)] = Modelled(
            one.amounts + 1, one.conditions + len(held.of), one.typed + typed
        )
    return found
