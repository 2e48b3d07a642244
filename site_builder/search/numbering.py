"""The number of every item, known before it is made, so that no more are held than a block needs.

Items of one kind are neighbours, and among them those of one document; the items of documents
come first, so that a document's item has the number of its record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from site_builder.facts import standing_rules
from site_builder.holdings import Holdings
from site_builder.search.items import (
    KINDS,
    DocumentItems,
    Item,
    clause_texts,
    measure_items,
    organ_item,
)
from site_builder.search.standing import Standing

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Numbered:
    """An item with its number; ``backing`` is that of the clause which a rule stands in."""

    number: int
    item: Item
    backing: int | None


@dataclass(frozen=True, slots=True)
class Numbering:
    """How many items there are, and where those of each kind begin, in the order of ``KINDS``."""

    firsts: Mapping[str, int]
    total: int

    @classmethod
    def of(cls, holdings: Holdings) -> Numbering:
        """Counts without making an item."""
        counts = Counter(
            {
                "document": len(holdings.base.records),
                "measure": len(holdings.timelines),
                "organ": len(holdings.departments),
            }
        )
        for record in holdings.base.records:
            counts.update(rule.kind for rule in standing_rules(record))
            counts["clause"] += sum(1 for _ in clause_texts(record))
        *starts, total = accumulate((counts[kind] for kind in KINDS), initial=0)
        return cls(dict(zip(KINDS, starts, strict=True)), total)


def numbered(holdings: Holdings, numbering: Numbering) -> Iterator[Numbered]:
    """Every item, one document after the other; numbers of a kind rise."""
    free, standing = dict(numbering.firsts), Standing(holdings)
    for number, record in enumerate(holdings.base.records):
        yield from _next(DocumentItems(holdings, standing, number, record).all(), free)
    yield from _next(measure_items(holdings, standing), free)
    yield from _next(map(organ_item, holdings.departments), free)


def items(holdings: Holdings) -> tuple[Item, ...]:
    """All items at once, in the order of their numbers."""
    found = sorted(numbered(holdings, Numbering.of(holdings)), key=lambda one: one.number)
    return tuple(one.item for one in found)


def _next(several: Iterable[Item], free: dict[str, int]) -> Iterator[Numbered]:
    """Gives each the first ``free`` number of its kind; ``several`` are all of one document."""
    held = []
    for item in several:
        held.append((free[item.kind], item))
        free[item.kind] += 1
    clauses = {item.clause: number for number, item in held if item.kind == "clause"}
    for number, item in held:
        backed = item.clause and item.kind != "clause"
        yield Numbered(number, item, clauses.get(item.clause) if backed else None)


class Blocks(Generic[Thing]):
    """Puts ``total`` numbered things that come in any order into blocks of ``size`` neighbours."""

    def __init__(self, size: int, total: int) -> None:
        self._size, self._total = size, total
        self._open: dict[int, dict[int, Thing]] = {}

    def put(self, number: int, thing: Thing) -> Iterator[tuple[int, list[Thing]]]:
        """The block that ``thing`` makes whole, with its number, if it makes one whole."""
        block = number // self._size
        held = self._open.setdefault(block, {})
        held[number] = thing
        if len(held) == min(self._size, self._total - block * self._size):
            del self._open[block]
            yield block, [held[at] for at in sorted(held)]
