"""What facets and ranks ask of items, a block of items a file.

A query loads the blocks it has hits in, so counts are right whatever else the rule base holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.schema import Record
from site_builder.search.folding import fold
from site_builder.search.items import Item
from site_builder.search.packing import pack, pack_runs, pack_sparse

#: items a block
BLOCK = 4096
#: items begin at multiples of so many characters: what tells where takes half a byte, not one
STEP = 16


@dataclass(frozen=True, slots=True)
class _Names:
    """Words by number, in the order in which they were first asked for."""

    known: dict[object, int]

    def of(self, name: object) -> int:
        return self.known.setdefault(name, len(self.known))

    def all(self, names: Iterable[object]) -> tuple[int, ...]:
        return tuple(map(self.of, names))


def fact_blocks(
    found: Sequence[Item], sizes: Sequence[int], records: Sequence[Record]
) -> list[dict[str, object]]:
    """The blocks; ``sizes`` are the characters of each item's folded words, padded."""
    backing = _clauses(found)
    return [
        _block(found[at : at + BLOCK], sizes[at : at + BLOCK], records, backing)
        for at in range(0, len(found), BLOCK)
    ]


def _block(
    found: Sequence[Item],
    sizes: Sequence[int],
    records: Sequence[Record],
    backing: Callable[[Item], tuple[int, ...]],
) -> dict[str, object]:
    names, periods = _Names({}), _Names({})
    first = [item.documents[0] + 1 if item.documents else 0 for item in found]
    states = [periods.of(item.states) + 1 if item.states else 0 for item in found]
    return {
        "sizes": pack(size // STEP for size in sizes),
        "leads": pack(len(fold(item.lead)) for item in found),
        "documents": pack_runs(first),
        "others": pack_sparse(item.documents[1:] for item in found),
        "places": _places(found, records, names),
        "states": pack_runs(states),
        "departments": pack_sparse(names.all(item.departments) for item in found),
        "groups": pack_sparse(names.all(item.groups) for item in found),
        "sums": pack_sparse(item.sums for item in found),
        "backing": pack_sparse(map(backing, found)),
        "periods": list(periods.known),
        "names": list(names.known),
    }


def _places(found: Sequence[Item], records: Sequence[Record], names: _Names) -> str:
    """Document, region, year: of every document that the block's items stand in."""
    numbers = sorted({number for item in found for number in item.documents})
    return pack(n for number in numbers for n in (number, *_place(records[number], names)))


def _place(record: Record, names: _Names) -> tuple[int, int]:
    region = record.document.region.name if record.document.region else ""
    return names.of(region), record.document.issued_year or 0


def _clauses(found: Sequence[Item]) -> Callable[[Item], tuple[int, ...]]:
    """What tells the clause that a rule stands in, by its number."""
    numbers = {
        (item.documents[0], item.clause): n for n, item in enumerate(found) if item.kind == "clause"
    }

    def backing(item: Item) -> tuple[int, ...]:
        if item.kind == "clause" or not item.clause:
            return ()
        number = numbers.get((item.documents[0], item.clause))
        return () if number is None else (number,)

    return backing


def facet_lists(found: Sequence[Item], records: Sequence[Record]) -> dict[str, list[int]]:
    """The items of each value of a facet, for lists without a query."""
    lists: dict[str, list[int]] = {}
    for number, item in enumerate(found):
        for value in dict.fromkeys(_values(item, records)):
            lists.setdefault(value, []).append(number)
    return lists


def _values(item: Item, records: Sequence[Record]) -> Iterable[str]:
    yield from (f"department:{name}" for name in item.departments)
    yield from (f"group:{name}" for name in item.groups)
    yield from (f"amount:{n}" for n in item.sums)
    for number in item.documents:
        document = records[number].document
        yield f"year:{document.issued_year or ''}"
        yield f"region:{document.region.name if document.region else ''}"
