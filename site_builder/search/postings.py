"""Where every two neighbouring characters stand: the shards of the index.

Whoever knows the places of all pairs of a word knows exactly where the word stands, without
reading a text. Shards hold neighbouring keys, so that one character is a range of them.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import add

from site_builder.search.folding import fold
from site_builder.search.items import CLAUSE_LEAD, Item
from site_builder.search.packing import pack, pack_rising
from site_builder.search.terms import terms

#: a shard is full at so many characters; a pair that fills one has it to itself
SHARD_SIZE = 4_000
#: so many shards have their first keys in one file
KEYS_A_PAGE = 256
#: what a key begins with that is no pair: a term of ``terms``, a value of a facet, a pair that
#: stands at so many places that its items are told apart from them (培训: 5 kB, not 58)
TERM, FACET, FREQUENT = "=", "@", "#"
_FREQUENT_SIZE = 8_000

Shards = list[dict[str, str]]


@dataclass(frozen=True)
class Owners:
    """Which item each character of the folded text belongs to, and whether it names the item."""

    items: array[int]
    leads: bytearray

    @classmethod
    def of(cls, found: Sequence[Item], sizes: Sequence[int]) -> Owners:
        """Those of items whose folded words take ``sizes`` characters."""
        owners, leads = array("I"), bytearray()
        for number, (item, size) in enumerate(zip(found, sizes, strict=True)):
            owners.extend(repeat(number, size))
            lead = min(len(fold(item.lead)) if item.lead else CLAUSE_LEAD, size)
            leads += b"\1" * lead + bytes(size - lead)
        return cls(owners, leads)

    def packed(self, places: array[int]) -> str:
        """The items that stand at ``places``, and those that are named there."""
        owners = map(self.items.__getitem__, places)
        named = compress(map(self.items.__getitem__, places), map(self.leads.__getitem__, places))
        return f"{pack_rising(dict.fromkeys(owners))} {pack_rising(dict.fromkeys(named))}"


def pairs(text: str) -> dict[str, array[int]]:
    """The places of every pair in a folded text, and of every last character of a line."""
    found: dict[str, array[int]] = defaultdict(_places)
    for place, pair in enumerate(map(add, text, text[1:])):
        found[pair].append(place)
    kept = {pair: places for pair, places in found.items() if "\n" not in pair}
    kept |= {pair[0]: found[pair] for pair in found if pair[1] == "\n" != pair[0]}
    return kept


def _places() -> array[int]:
    return array("I")


def term_places(text: str) -> dict[str, tuple[list[int], list[int]]]:
    """Where each term stands in a folded text, and how long it is printed there."""
    found: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for term in terms(text):
        places, lengths = found[term.text]
        places.append(term.start)
        lengths.append(term.length)
    return found


def shards(text: str, owners: Owners, facets: Mapping[str, Iterable[int]]) -> Shards:
    """All keys in order, cut into shards; ``facets`` are items by facet and value."""
    filled: Shards = []
    size = SHARD_SIZE
    for key, packed in sorted(_packed(text, owners, facets)):
        if size + len(packed) > SHARD_SIZE:
            filled.append({})
            size = 0
        filled[-1][key] = packed
        size += len(packed) + len(key) + 6
    return filled


def _triples(text: str, frequent: Mapping[str, array[int]]) -> dict[str, array[int]]:
    """The places of three characters of which two stand nearly everywhere: 培训主 of 培训主体."""
    found: dict[str, array[int]] = defaultdict(_places)
    for pair, places in frequent.items():
        for place in places:
            found[pair + text[place + 2]].append(place)
            # 业技 of 职业技 is told with 职业
            if (before := text[place - 1]) + pair[0] not in frequent and place:
                found[before + pair].append(place - 1)
    apart = TERM + FACET + FREQUENT
    return {t: places for t, places in found.items() if "\n" not in t and t[0] not in apart}


def _packed(
    text: str, owners: Owners, facets: Mapping[str, Iterable[int]]
) -> Iterator[tuple[str, str]]:
    frequent: dict[str, array[int]] = {}
    for pair, places in pairs(text).items():
        packed = pack_rising(places)
        yield pair, packed
        if len(pair) == 2 and len(packed) >= _FREQUENT_SIZE:
            yield FREQUENT + pair, owners.packed(places)
            frequent[pair] = places
    for triple, places in _triples(text, frequent).items():
        yield triple, pack_rising(places)
    for term, (starts, lengths) in term_places(text).items():
        yield TERM + term, f"{pack_rising(starts)} {pack(lengths)}"
    for value, numbers in facets.items():
        yield FACET + value, pack_rising(numbers)
