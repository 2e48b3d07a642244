"""The values that claims are told in: conditions, judgements, and what they come to.

All are frozen; a condition carries the words it was read from, a judgement says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kb.force.models import Evidence, named

#: what a condition asks; ``person`` is one that only a person can judge
Asks = Literal[
    "region",
    "force",
    "date",
    "applicant",
    "group",
    "training",
    "certificate",
    "duration",
    "employment",
    "age",
    "times",
    "free",
    "filing",
    "qualification",
    "sector",
    "person",
]
Answer = Literal["符合", "不符合", "需人工判断"]


@dataclass(frozen=True, slots=True)
class Employment:
    """Whom an employment rate has paid: from ``floor`` percent on all who were trained, below it
    only those employed, or ``below`` percent of the sum (0 for nothing).
    """

    floor: Decimal
    below: Decimal | None
    below_evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold. ``values`` are the names that fit, ``low`` and ``high`` bounds.

    ``open`` where the text ends a list with 等, so that others may fit; ``also`` are kinds that the
    text lets in besides, on terms that only a person can judge.
    """

    asks: Asks
    says: str
    evidence: Evidence
    values: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    open: bool = False
    employment: Employment | None = None
    also: tuple[str, ...] = ()
    also_evidence: Evidence | None = None

    @property
    def id(self) -> str:
        """An id of what is asked and of the words, for a person's answer in a profile."""
        return named("cond", self.asks, self.evidence.document, self.evidence.quote, self.says)

    @property
    def is_modelled(self) -> bool:
        """Whether a machine can decide it."""
        return self.asks != "person"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a condition comes to for a profile: it holds, it does not, or nobody knows yet.

    ``missing`` is the key of the profile that would tell.
    """

    condition: Condition
    holds: bool | None
    because: str
    missing: str | None = None


def answer_of(judgements: Iterable[Judgement]) -> Answer:
    """不符合 if one does not hold; else 需人工判断 if one is not known; else 符合."""
    held = [judgement.holds for judgement in judgements]
    if False in held:
        return "不符合"
    return "需人工判断" if None in held else "符合"


def deciding(judgements: Iterable[Judgement]) -> Judgement | None:
    """The first that does not hold, else the first that is not known."""
    listed = list(judgements)
    for wanted in (False, None):
        for judgement in listed:
            if judgement.holds is wanted:
                return judgement
    return None


def coverage(conditions: Iterable[Condition]) -> Decimal | None:
    """The share of conditions that are modelled, from 0 to 1; None where there are none."""
    listed = list(conditions)
    if not listed:
        return None
    modelled = sum(condition.is_modelled for condition in listed)
    return (Decimal(modelled) / len(listed)).quantize(Decimal("0.01"))
