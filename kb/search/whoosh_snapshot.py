"""One committed state of the Whoosh index, open for questions.

Rare grams narrow the items down and the folded text decides, so a word is found exactly. Items go
by their number in the index, which holds for this snapshot only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import Any

from whoosh.scoring import bm25

from kb.search.analyzer import fold, is_whole_gram, needed_grams
from kb.search.engine import KINDS, Query
from kb.search.items import NO_LIMIT, as_fen
from kb.search.weighing import HEADING_SHARE, K1, USUAL_LENGTH, B, rarity, words_of
from kb.search.whoosh_schema import DOCUMENT, Source, as_bytes, as_term


class Snapshot:
    """The items of an index and what the engine asks of them."""

    def __init__(self, index: Any) -> None:
        self._reader = index.reader()
        self._documents = self._having("state", DOCUMENT)
        sources = (Source(*self.shown(entry)) for entry in self._documents)
        #: the documents in the index, by id
        self.sources: dict[str, Source] = {source.id: source for source in sources}

    def close(self) -> None:
        """Lets go of the files."""
        self._reader.close()

    # ── what is there ──

    @cached_property
    def ids(self) -> list[bytes]:
        """The id of each item."""
        return list(self._column("id"))

    @cached_property
    def owners(self) -> list[bytes]:
        """The id of each item's document."""
        return list(self._column("owner"))

    @cached_property
    def kinds(self) -> list[str]:
        """The kind of each item."""
        return [KINDS[code] for code in self._column("kind")]

    @cached_property
    def texts(self) -> Any:
        """The folded text of each item, read as asked for."""
        return self._column("text")

    @cached_property
    def words(self) -> Any:
        """The words of each item, and of its heading behind a line end, read as asked for."""
        return self._column("words")

    def shown(self, item: int) -> tuple[Any, ...]:
        """What the index keeps to show of the item."""
        return tuple(self._reader.stored_fields(item)["shown"])

    def _column(self, name: str) -> Any:
        if not self._reader.doc_count_all():
            return ()  # an empty index has no columns
        return self._reader.column_reader(name, translate=False)

    def _having(self, field: str, term: str | bytes) -> set[int]:
        if (field, term) not in self._reader:
            return set()
        return set(self._reader.postings(field, term).all_ids())

    # ── finding ──

    def named(self, word: str) -> frozenset[str]:
        """The ids of the documents whose whole number or title ``word`` is."""
        return self._by_name.get(word.removeprefix("《").removesuffix("》"), frozenset())

    @cached_property
    def _by_name(self) -> dict[str, frozenset[str]]:
        by_name: dict[str, set[str]] = {}
        for source in self.sources.values():
            for name in source.names:
                by_name.setdefault(name, set()).add(source.id)
        return {name: frozenset(ids) for name, ids in by_name.items()}

    def holding(self, words: tuple[str, ...]) -> list[int]:
        """The items that hold all ``words``, in the order of the index; without words, all."""
        if not words:
            return sorted(set(self._reader.all_doc_ids()) - self._documents)
        # alone, a number asks who holds it; beside other words it says where to look
        places = [self._items_of(self.named(word)) if len(words) > 1 else set() for word in words]
        pairs = list(zip(words, places, strict=True))
        found = sorted(set.intersection(*(self._may_hold(word) | place for word, place in pairs)))
        for word, place in pairs:
            found = found if _is_decided(word) else self._confirmed(found, word, place)
        return found

    def _items_of(self, documents: Iterable[str]) -> set[int]:
        found = (self._having("document", document) for document in documents)
        return set().union(*found) - self._documents

    def _may_hold(self, word: str) -> set[int]:
        needed = needed_grams(word)
        if needed:
            # the others are more frequent: to read them takes longer than to look at the texts
            return self._having("grams", as_bytes(min(sorted(needed), key=self._frequency)))
        beginning = list(self._reader.expand_prefix("grams", as_bytes(word)))
        return set().union(*(self._having("grams", gram) for gram in beginning))

    def _confirmed(self, found: list[int], word: str, place: set[int]) -> list[int]:
        sought, texts = as_bytes(word), self.texts
        return [item for item in found if item in place or sought in texts[item]]

    # ── narrowing ──

    def passing(self, items: list[int], query: Query) -> list[int]:
        """Those of ``items`` that the filters of ``query`` let through, ``kinds`` aside."""
        for passes in self._filters(query):
            items = [item for item in items if passes(item)]
        return items

    def _filters(self, query: Query) -> Iterator[Callable[[int], bool]]:
        if (query.document, query.region, query.year) != (None, None, None):
            owners, allowed = self.owners, {as_bytes(s.id) for s in self._allowed(query)}
            yield lambda item: owners[item] in allowed
        if query.department is not None:
            departments = self._column("departments")
            name = as_bytes(f"\n{fold(query.department)}\n")
            yield lambda item: name in departments[item]
        if query.amount_min is not None or query.amount_max is not None:
            yield self._amount_filter(query)

    def _allowed(self, query: Query) -> Iterator[Source]:
        place = None if query.region is None else re.sub(r"(?:00)+$", "", query.region)
        return (
            source
            for source in self.sources.values()
            if query.document in (None, source.id)
            and query.year in (None, source.year)
            and (place is None or (source.region is not None and source.region.startswith(place)))
        )

    def _amount_filter(self, query: Query) -> Callable[[int], bool]:
        least = 0 if query.amount_min is None else as_fen(query.amount_min)
        most = NO_LIMIT if query.amount_max is None else as_fen(query.amount_max)
        low, high = self._column("fen_from"), self._column("fen_to")
        # what is no amount has -1 in both columns, which is less than any
        return lambda item: low[item] <= most and least <= high[item]

    # ── weighing ──

    def weights(self, items: list[int], words: tuple[str, ...]) -> dict[int, float]:
        """BM25 of the words that ``words`` are made of; items that have none of them are left out.

        A word of the heading counts with a share of its weight, whatever the heading's length.
        """
        weights: dict[int, float] = {}
        terms = self._rarities(words) if items else []
        cut = self.words
        for item in items if terms else ():
            own, _, heading = cut[item].partition(b"\n")
            length = own.count(b"<")
            weight = 0.0
            for term, rare in terms:
                if times := own.count(term):
                    weight += bm25(rare, times, length, USUAL_LENGTH, B, K1)
                if times := heading.count(term):
                    weight += HEADING_SHARE * bm25(rare, times, 1, 1, B, K1)
            if weight:
                weights[item] = weight
        return weights

    def _rarities(self, words: tuple[str, ...]) -> list[tuple[bytes, float]]:
        """Each word with its inverse document frequency, taken from its rarest gram."""
        frequency = cache(self._frequency)
        everything = self._reader.doc_count_all()
        rarities = []
        for word in words_of(words):
            holders = min(map(frequency, needed_grams(word)), default=0)
            rarities.append((as_term(word), rarity(holders, everything)))
        return rarities

    def _frequency(self, gram: str) -> int:
        return int(self._reader.doc_frequency("grams", as_bytes(gram)))


def _is_decided(word: str) -> bool:
    """Whether the grams looked up for ``word`` are the word itself."""
    return is_whole_gram(word) or not needed_grams(word)
