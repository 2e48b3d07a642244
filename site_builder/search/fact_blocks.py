"""What facets and ranks ask of items, a block of items a file.

A query loads the blocks it has hits in, so counts are right whatever else the rule base holds.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.schema import Record
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


@dataclass(frozen=True, slots=True)
class Fact:
    """An item, the characters of its folded words (``size``, padded) and of those that name it
    (``lead``), and the number of the clause that a rule stands in.
    """

    item: Item
    size: int
    lead: int
    backing: int | None


def fact_block(facts: Sequence[Fact], records: Sequence[Record]) -> dict[str, object]:
    """What is told of neighbouring items."""
    names, periods = _Names({}), _Names({})
    found = [fact.item for fact in facts]
    first = [item.documents[0] + 1 if item.documents else 0 for item in found]
    states = [periods.of(item.states) + 1 if item.states else 0 for item in found]
    return {
        "sizes": pack(fact.size // STEP for fact in facts),
        "leads": pack(fact.lead for fact in facts),
        "documents": pack_runs(first),
        "others": pack_sparse(item.documents[1:] for item in found),
        "places": _places(found, records, names),
        "states": pack_runs(states),
        "departments": pack_sparse(names.all(item.departments) for item in found),
        "groups": pack_sparse(names.all(item.groups) for item in found),
        "sums": pack_sparse(item.sums for item in found),
        "backing": pack_sparse(() if f.backing is None else (f.backing,) for f in facts),
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


@dataclass(frozen=True, slots=True)
class FacetLists:
    """The items of each value of a facet, for lists without a query."""

    _numbers: dict[str, array[int]] = field(default_factory=lambda: defaultdict(_numbers))

    def put(self, number: int, item: Item, records: Sequence[Record]) -> None:
        """Takes the item of that ``number`` in."""
        for value in dict.fromkeys(_values(item, records)):
            self._numbers[value].append(number)

    def all(self) -> Mapping[str, list[int]]:
        """The numbers of each value rise."""
        return {value: sorted(numbers) for value, numbers in self._numbers.items()}


def _numbers() -> array[int]:
    return array("i")


def _values(item: Item, records: Sequence[Record]) -> Iterator[str]:
    yield from (f"department:{name}" for name in item.departments)
    yield from (f"group:{name}" for name in item.groups)
    yield from (f"amount:{n}" for n in item.sums)
    for number in item.documents:
        document = records[number].document
        yield f"year:{document.issued_year or ''}"
        yield f"region:{document.region.name if document.region else ''}"
