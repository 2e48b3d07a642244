"""Where every two neighbouring characters stand: the shards of the index.

Whoever knows the places of all pairs of a word knows exactly where the word stands, without
reading a text. Shards hold neighbouring keys, so that one character is a range of them.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from site_builder.search.packing import Numbers, pack, pack_groups, pack_rising
from site_builder.search.terms import terms

#: a shard is full at so many characters; a pair that fills one has it to itself
SHARD_SIZE = 4_000
#: so many shards have their first keys in one file
KEYS_A_PAGE = 256
#: what a key begins with that is no pair: a term of ``terms``, a value of a facet, a pair that
#: stands at so many places that its items are told apart from them (培训: 5 kB, not 58)
TERM, FACET, FREQUENT = "=", "@", "#"
_FREQUENT_PLACES = 5_000
_CODE_POINTS = 0x110000
#: places that are sorted at once, in some 200 MB
_AT_ONCE = 4_000_000
#: pieces of a text, or places in it, that are looked at together
_TOGETHER = 10_000
_STRETCH = 1_000_000

Shard = dict[str, str]
_Ranks = NDArray[Any]


@dataclass(frozen=True)
class Owners:
    """Where the words of each item begin in the folded text, and how many of them name it."""

    begins: NDArray[np.int32]
    named: NDArray[np.int32]

    @classmethod
    def of(cls, sizes: Sequence[int], named: Sequence[int]) -> Owners:
        """Those of items whose folded words take ``sizes`` characters."""
        lengths = np.array(sizes, np.int32)
        begins = (np.cumsum(lengths) - lengths).astype(np.int32)
        return cls(begins, np.array(named, np.int32))

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
    of them stands at each place. It ends with the end of a line.
    """

    characters: list[str]
    ranks: _Ranks

    @classmethod
    def of(cls, pieces: Sequence[str]) -> Text:
        """The text of these ``pieces``, of which no more than some are encoded at a time."""
        # a rule base without a notice has one empty line
        pieces = pieces or ("\n",)
        stands = np.zeros(_CODE_POINTS, bool)
        for codes in _codes(pieces):
            stands[codes] = True
        # numbers of 16 bits are sorted in a quarter of the time, and few texts need more
        width = np.uint16 if stands.sum() < 1 << 16 else np.uint32
        rank_of = (np.cumsum(stands) - 1).astype(width)
        ranks, at = np.empty(sum(map(len, pieces)), width), 0
        for codes in _codes(pieces):
            ranks[at : at + len(codes)] = rank_of[codes]
            at += len(codes)
        return cls([chr(code) for code in np.flatnonzero(stands)], ranks)

    def rank(self, character: str) -> int:
        """Which of the characters it is; -1 where it stands nowhere."""
        return self.characters.index(character) if character in self.characters else -1

    def places(self) -> Iterator[Numbers]:
        """All places, by what stands there: some characters at a time, in their order.

        So a long text does not need as many times the memory.
        """
        for lowest, beyond in self._ranges():
            # what is below the lowest becomes larger than all others
            yield np.concatenate(
                [
                    np.flatnonzero(stretch - self.ranks.dtype.type(lowest) < beyond - lowest) + at
                    for at, stretch in self.stretches()
                ]
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

    def stretches(self) -> Iterator[tuple[int, _Ranks]]:
        """Pieces of the text that can be looked at in little memory, with where each begins."""
        for at in range(0, len(self.ranks), _STRETCH):
            yield at, self.ranks[at : at + _STRETCH]

    def grouped(self, places: Numbers, length: int) -> Places:
        """``places`` by the ``length`` characters that stand there."""
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


def _codes(pieces: Sequence[str]) -> Iterator[NDArray[np.uint32]]:
    left = iter(pieces)
    while some := "".join(islice(left, _TOGETHER)):
        yield np.frombuffer(some.encode("utf-32-le", "surrogatepass"), np.uint32)


@dataclass(frozen=True)
class Places:
    """Places by what stands there: those of a key are neighbours and rise."""

    keys: list[str]
    places: Numbers
    starts: Numbers

    def packed(self) -> Iterator[tuple[str, str]]:
        """Each key with its places."""
        return zip(self.keys, pack_groups(self.places, self.starts), strict=True)

    def each(self) -> Iterator[tuple[str, Numbers]]:
        """The same, not packed."""
        return zip(self.keys, np.split(self.places, self.starts[1:]), strict=False)


@dataclass(frozen=True)
class Frequent:
    """The pairs that stand nearly everywhere, by the ranks of their characters among those that do.

    ``number_of`` is the number of each character of the text; what is not frequent has the last.
    """

    text: Text
    number_of: NDArray[np.int32]
    pairs: NDArray[np.bool_]

    @classmethod
    def of(cls, text: Text) -> Frequent:
        """Those of ``text``, counted without being sorted."""
        often = np.bincount(text.ranks, minlength=len(text.characters)) >= _FREQUENT_PLACES
        often[text.rank("\n")] = False
        count = int(often.sum())
        number_of = np.where(often, np.cumsum(often) - 1, count).astype(np.int32)
        counts = np.zeros((count + 1) ** 2, np.int64)
        for at, stretch in text.stretches():
            first = number_of[stretch]
            second = number_of[text.ranks[at + 1 : at + 1 + len(stretch)]]
            coded = first[: len(second)] * (count + 1) + second
            counts += np.bincount(coded, minlength=len(counts))
        pairs = counts.reshape(count + 1, count + 1) >= _FREQUENT_PLACES
        pairs[count, :] = pairs[:, count] = False
        return cls(text, number_of, pairs)

    def begins(self, places: Numbers) -> NDArray[np.bool_]:
        """Whether such a pair begins at each of ``places``; behind the end nothing does."""
        ranks, last = self.text.ranks, len(self.text.ranks) - 1
        first, second = ranks[np.minimum(places, last)], ranks[np.minimum(places + 1, last)]
        return self.pairs[self.number_of[first], self.number_of[second]] & (places < last)

    def holders(self, owners: Owners) -> Iterator[tuple[str, str]]:
        """The items in which each such pair stands, and those that it names."""
        for places in self.text.places():
            found = self.text.grouped(places[self.begins(places)], 2)
            yield from ((FREQUENT + pair, owners.packed(held)) for pair, held in found.each())

    def triples(self, among: Numbers) -> Places:
        """Three characters ``among`` places, two of which are such a pair: 培训主 of 培训主体."""
        text, end = self.text, self.text.rank("\n")
        apart = [rank for rank in map(text.rank, TERM + FACET + FREQUENT) if rank >= 0]
        places = among[among < len(text.ranks) - 2]
        places = places[self.begins(places) | self.begins(places + 1)]
        first, second, third = (text.ranks[places + n] for n in range(3))
        wanted = (first != end) & (second != end) & (third != end) & ~np.isin(first, apart)
        return text.grouped(places[wanted], 3)


def sequences(text: Text, frequent: Frequent) -> Iterator[tuple[str, str]]:
    """The places of every pair, of every last character of a line, and of triples that need it."""
    for places in text.places():
        found = text.grouped(places[text.ranks[places] != text.rank("\n")], 2)
        pairs = ((key.rstrip("\n"), packed) for key, packed in found.packed())
        yield from merge(pairs, frequent.triples(places).packed())


@dataclass(frozen=True)
class Terms:
    """Where each term stands, and how long it is printed there."""

    _found: dict[str, array[int]] = field(default_factory=lambda: defaultdict(_numbers))

    def put(self, number: int, folded: str) -> None:
        """Takes the terms of an item's folded words."""
        for term in terms(folded):
            self._found[term.text].extend((number, term.start, term.length))

    def packed(self, begins: NDArray[np.int32]) -> Iterator[tuple[str, str]]:
        """All terms in order; ``begins`` says where the words of each item begin."""
        for term in sorted(self._found):
            numbers, starts, lengths = np.array(self._found[term], np.int32).reshape(-1, 3).T
            places = begins[numbers] + starts
            order = np.argsort(places, kind="stable")
            rising = pack_rising(places[order].tolist())
            yield TERM + term, f"{rising} {pack(lengths[order].tolist())}"


def _numbers() -> array[int]:
    return array("i")


def shards(
    text: Text, owners: Owners, terms: Terms, facets: Mapping[str, Iterable[int]]
) -> Iterator[Shard]:
    """All keys in order, cut into shards; ``facets`` are items by facet and value."""
    shard: Shard = {}
    size = 0
    for key, packed in _packed(text, owners, terms, facets):
        if shard and size + len(packed) > SHARD_SIZE:
            yield shard
            shard, size = {}, 0
        shard[key] = packed
        size += len(packed) + len(key) + 6
    if shard:
        yield shard


def _packed(
    text: Text, owners: Owners, terms: Terms, facets: Mapping[str, Iterable[int]]
) -> Iterator[tuple[str, str]]:
    frequent = Frequent.of(text)
    return merge(
        sequences(text, frequent),
        frequent.holders(owners),
        terms.packed(owners.begins),
        ((FACET + value, pack_rising(facets[value])) for value in sorted(facets)),
    )
