"""The values a measure (政策事项) is made of: what it is known by, and each place where it stands.

A measure is of amounts, of targets, of duties or of deadlines, and never of two of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kb.force.days import Interval
from kb.force.models import End, Evidence
from kb.force.region_chain import NATION
from kb.schema import Rule

Kind = Literal["amount", "target", "duty", "deadline"]
#: region, sector, period and unit
Scope = tuple[str, str | None, str | None, str | None]
#: in the order in which they are listed
KINDS: tuple[Kind, ...] = ("amount", "target", "duty", "deadline")
#: characters of a name; some duties are a paragraph
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Key:
    """What a measure is known by: the telling digits of its region, what it is and of whom."""

    root: str
    item: str
    category: str = ""
    kind: Kind = "amount"

    def __str__(self) -> str:
        kind = "" if self.kind == "amount" else self.kind
        return "/".join(part for part in (self.root, kind, self.item, self.category) if part)

    @property
    def order(self) -> tuple[int, str, str, str]:
        """Amounts first, then by region, item and category."""
        return KINDS.index(self.kind), self.root, self.item, self.category


@dataclass(frozen=True, slots=True)
class Entry:
    """One place where a measure stands: a rule, or a clause that prolongs or only mentions it.

    ``words`` are a target's, duty's or deadline's as printed, ``period`` and ``unit`` what a target
    is for and counted in, ``rate`` whether it is no sum (人均, 率). The ``unit`` of an amount that
    is no value of its own is what it does to another one. ``peers`` are all rules of the place: of
    a duty, its leading organs first. ``order`` is by time, then by document and place; ``scope`` is
    where and for what it holds: only values of one scope can take each other's place.
    """

    document: str
    clause: str
    region: str
    sector: str | None
    issued: Interval | None
    start: Interval | None
    end: Interval | None
    evidence: Evidence
    rule: Rule | None = field(default=None, repr=False)
    kind: str = "value"
    words: str = ""
    period: str | None = None
    unit: str | None = None
    rate: bool = False
    peers: tuple[Rule, ...] = field(default=(), repr=False)

    # asked for with every comparison, so not found anew each time
    order: tuple[str, str, int] = field(init=False, repr=False, compare=False)
    scope: Scope = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Fills in what follows from the rest."""
        begins = self.issued or self.start
        day = begins.last.isoformat() if begins else "9999"
        at = self.evidence.span[0] if self.evidence.span else 0
        object.__setattr__(self, "order", (day, self.document, at))
        object.__setattr__(self, "scope", (self.region, self.sector, self.period, self.unit))

    @property
    def end_of(self) -> End:
        """The rule as an end of relations."""
        return End(self.document, self.clause or None, self.rule.id if self.rule else None)


@dataclass(frozen=True)
class Measure:
    """A measure with every place it stands at, those of the nation among them, in time."""

    key: Key
    region: str
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """取证补贴 · 高级工（山西省）; of what is folded, the words that its first place prints."""
        printed = next((e.words for e in (*self.own, *self.entries) if e.words), self.key.item)
        words = printed if len(printed) <= _LONGEST else f"{printed[: _LONGEST - 1]}…"
        kind = f"{words} · {self.key.category}" if self.key.category else words
        return f"{kind}（{self.region}）"

    @cached_property
    def by_rule(self) -> Mapping[str, Entry]:
        """Its places by the id of the rule that stands there, the first of each."""
        return {e.rule.id: e for e in reversed(self.entries) if e.rule}

    @property
    def own(self) -> tuple[Entry, ...]:
        """The places in its region and below, without those of the nation above it."""
        if self.key.root == NATION:
            return self.entries
        return tuple(e for e in self.entries if e.region != NATION)
