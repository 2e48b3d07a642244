"""Where every two neighbouring characters stand: the shards of the index.

Whoever knows the places of all pairs of a word knows exactly where the word stands, without
reading a text. Shards hold neighbouring keys, so that one character is a range of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from site_builder.search.folding import fold
from site_builder.search.items import CLAUSE_LEAD, Item
from site_builder.search.packing import Numbers, pack, pack_groups, pack_rising
from site_builder.search.terms import terms

#: a shard is full at so many characters; a pair that fills one has it to itself
SHARD_SIZE = 4_000
#: so many shards have their first keys in one file
KEYS_A_PAGE = 256
#: what a key begins with that is no pair: a term of ``terms``, a value of a facet, a pair that
#: stands at so many places that its items are told apart from them (培训: 5 kB, not 58)
TERM, FACET, FREQUENT = "=", "@", "#"
_FREQUENT_SIZE = 8_000
_CODE_POINTS = 0x110000
#: places that are sorted at once, in some 200 MB
_AT_ONCE = 4_000_000

Shards = list[dict[str, str]]
_Ranks = NDArray[Any]


@dataclass(frozen=True)
class Owners:
    """Where the words of each item begin in the folded text, and how many of them name it."""

    begins: NDArray[np.int32]
    named: NDArray[np.int32]

    @classmethod
    def of(cls, found: Sequence[Item], sizes: Sequence[int]) -> Owners:
        """Those of items whose folded words take ``sizes`` characters."""
        lengths = np.array(sizes, np.int32)
        named = (len(fold(item.lead)) if item.lead else CLAUSE_LEAD for item in found)
        begins = (np.cumsum(lengths) - lengths).astype(np.int32)
        return cls(begins, np.fromiter(named, np.int32, len(found)))

    def packed(self, places: Numbers) -> str:
        """The items that stand at ``places``, and those that are named there."""
        owners = np.searchsorted(self.begins, places, "right") - 1
        named = owners[places - self.begins[owners] < self.named[owners]]
        return f"{pack_rising(_each_once(owners))} {pack_rising(_each_once(named))}"


def _each_once(rising: NDArray[Any]) -> list[int]:
    return list(map(int, rising[np.diff(rising, prepend=-1) > 0]))


@dataclass(frozen=True)
class Text:
    """A folded text: the characters it is made of, in the order of their code points, and which
    of them stands at each place.
    """

    characters: list[str]
    ranks: _Ranks

    @classmethod
    def of(cls, text: str) -> Text:
        """``text`` ends with the end of a line."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        stands = np.zeros(_CODE_POINTS, bool)
        stands[codes] = True
        # numbers of 16 bits are sorted in a quarter of the time, and few texts need more
        width = np.uint16 if stands.sum() < 1 << 16 else np.uint32
        ranks = (np.cumsum(stands) - 1).astype(width)[codes]
        return cls([chr(code) for code in np.flatnonzero(stands)], ranks)

    def rank(self, character: str) -> int:
        """Which of the characters it is; -1 where it stands nowhere."""
        return self.characters.index(character) if character in self.characters else -1

    def groups(self, wanted: NDArray[np.bool_], length: int) -> Iterator[Places]:
        """The places that are ``wanted``, by the ``length`` characters that stand there.

        They come in the order of their first characters, some of those at a time, so that a long
        text does not need as many times the memory.
        """
        first = self.ranks[: len(wanted)]
        for lowest, beyond in self._ranges():
            yield self._grouped(
                np.flatnonzero(wanted & (first >= lowest) & (first < beyond)), length
            )

    def _ranges(self) -> Iterator[tuple[int, int]]:
        """Characters that together stand at about ``_AT_ONCE`` places."""
        lowest = places = 0
        for rank, count in enumerate(np.bincount(self.ranks).tolist()):
            if places and places + count > _AT_ONCE:
                yield lowest, rank
                lowest, places = rank, 0
            places += count
        yield lowest, len(self.characters)

    def _grouped(self, places: Numbers, length: int) -> Places:
        ranks = [self.ranks[places + n] for n in range(length)]
        order = np.lexsort(ranks[::-1])
        ranks, places = [column[order] for column in ranks], places[order]
        differs = np.ones(len(places), bool)
        if len(places):
            differs[1:] = np.any([column[1:] != column[:-1] for column in ranks], axis=0)
        starts = np.flatnonzero(differs)
        names = zip(*(column[starts].tolist() for column in ranks), strict=True)
        keys = ["".join(map(self.characters.__getitem__, name)) for name in names]
        return Places(keys, places, starts)


@dataclass(frozen=True)
class Places:
    """Places by what stands there: those of a key are neighbours and rise."""

    keys: list[str]
    places: Numbers
    starts: Numbers

    def packed(self) -> Iterator[tuple[str, str, Numbers]]:
        """Each key with its places, packed and plain."""
        packed = pack_groups(self.places, self.starts)
        return zip(self.keys, packed, np.split(self.places, self.starts[1:]), strict=False)


def pairs(text: Text) -> Iterator[Places]:
    """The places of every pair of a folded text, and of every last character of a line."""
    for found in text.groups(text.ranks[:-1] != text.rank("\n"), 2):
        yield replace(found, keys=[key.rstrip("\n") for key in found.keys])


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


def triples(text: Text, frequent: NDArray[np.bool_]) -> Iterator[Places]:
    """The places of three characters of which two stand nearly everywhere: 培训主 of 培训主体.

    ``frequent`` says of each place whether a pair that does begins there.
    """
    first, second, third = text.ranks[:-2], text.ranks[1:-1], text.ranks[2:]
    wanted = frequent[:-2] | frequent[1:-1]
    for column in (first, second, third):
        wanted &= column != text.rank("\n")
    for apart in TERM + FACET + FREQUENT:
        wanted &= first != text.rank(apart)
    return text.groups(wanted, 3)


def _packed(
    words: str, owners: Owners, facets: Mapping[str, Iterable[int]]
) -> Iterator[tuple[str, str]]:
    text = Text.of(words)
    frequent = np.zeros(len(words), bool)
    for pair, packed, places in chain.from_iterable(map(Places.packed, pairs(text))):
        yield pair, packed
        if len(pair) == 2 and len(packed) >= _FREQUENT_SIZE:
            yield FREQUENT + pair, owners.packed(places)
            frequent[places] = True
    for triple, packed, _ in chain.from_iterable(map(Places.packed, triples(text, frequent))):
        yield triple, packed
    for term, (starts, lengths) in term_places(words).items():
        yield TERM + term, f"{pack_rising(starts)} {pack(lengths)}"
    for value, numbers in facets.items():
        yield FACET + value, pack_rising(numbers)
