"""The search engine on Whoosh: an index in a folder, kept in step with the rule base.

An index that was damaged, cut short or written by another version is built again and the report
says so; no search is answered from a broken one.
"""

from __future__ import annotations

import re
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from heapq import nsmallest
from pathlib import Path

from kb.models import KnowledgeBase
from kb.schema import Record
from kb.search.analyzer import WordCutter, fold, words_typed
from kb.search.engine import Hit, Query, Results, UpdateReport
from kb.search.excerpts import excerpt
from kb.search.items import Item, items_of
from kb.search.whoosh_folder import IndexFolder
from kb.search.whoosh_schema import END_OF_OWN, as_bytes, document_entry, item_entry, stamp
from kb.search.whoosh_snapshot import Snapshot

#: characters a commit; Whoosh sorts them in memory: 2.7 million took 750 MB, or half the speed
_BATCH = 700_000
#: what may not stand before and after a word that begins or ends so, if it is to be whole
_EDGES = {
    "digit": (rb"(?<![0-9])(?<![0-9]\.)", rb"(?![0-9]|\.[0-9])"),
    "latin": (rb"(?<![a-z])", rb"(?![a-z])"),
    "other": (b"", b""),
}
#: nothing to say against the item, but for what nobody has
_FIRST = (True, True, False, False)
_Batch = list[tuple[Record, list[Item]]]


class WhooshEngine:
    """Keeps its index in ``folder``, which is its own: other files there may be deleted."""

    def __init__(self, folder: Path) -> None:
        self._folder = IndexFolder(folder)
        self._cut = WordCutter(folder)
        self._snapshot: Snapshot | None = None
        self._release: Callable[[], object] = lambda: None

    def update(self, base: KnowledgeBase) -> UpdateReport:
        """See ``SearchEngine.update``."""
        self.close()
        with self._folder.alone():
            rebuilt_because = self._folder.recover(self._attach)
            stamps = {document: stamp(record) for document, record in base.by_id.items()}
            known = {source.id: source.stamp for source in self._open().sources.values()}
            self._write(
                outdated={i for i, was in known.items() if stamps.get(i) != was},
                fresh=[r for i, r in base.by_id.items() if known.get(i) != stamps[i]],
            )
        return UpdateReport.between(known, stamps, rebuilt_because)

    def search(self, query: Query) -> Results:
        """See ``SearchEngine.search``."""
        snapshot = self._open()
        words = words_typed(query.text)
        found = snapshot.passing(snapshot.holding(words), query)
        kinds = snapshot.kinds
        kept = [item for item in found if kinds[item] in query.kinds] if query.kinds else found
        named = _named(snapshot, query, words)
        weights = snapshot.weights(kept, words)
        best = _best(snapshot, kept, words, named, weights, query.offset + query.limit)
        return Results(
            total=len(kept),
            hits=tuple(_hit(snapshot, i, words, weights.get(i, 0)) for i in best[query.offset :]),
            counts=dict(Counter(kinds[item] for item in found)),
            documents=tuple(sorted(named)),
        )

    def close(self) -> None:
        """See ``SearchEngine.close``."""
        self._release()
        self._snapshot = None

    def _open(self) -> Snapshot:
        if self._snapshot is None:
            self._folder.open(self._attach)
        assert self._snapshot is not None
        return self._snapshot

    def _attach(self, index: object) -> None:
        self._snapshot = Snapshot(index)
        self._release = weakref.finalize(self, self._snapshot.close)

    def _write(self, outdated: set[str], fresh: list[Record]) -> None:
        if not outdated and not fresh:
            return
        self.close()
        gone = outdated - {record.document.id for record in fresh}
        for batch in _batches(fresh):
            with self._folder.commit() as writer:
                replaced = {record.document.id for record, _ in batch} & outdated
                for document in sorted(gone | replaced):
                    writer.delete_by_term("document", document)
                for entry in self._entries(batch):
                    writer.add_document(**entry)

    def _entries(self, batch: _Batch) -> Iterator[dict[str, object]]:
        for record, items in batch:
            yield document_entry(record)
            for item in items:
                yield item_entry(record, item, self._cut)


def _batches(records: list[Record]) -> Iterator[_Batch]:
    """The records with their items, as many as one commit takes; one empty batch for none."""
    batch: _Batch = []
    size = 0
    for record in records:
        items = list(items_of(record))
        batch.append((record, items))
        size += sum(len(item.text) for item in items)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch or not records:
        yield batch


def _named(snapshot: Snapshot, query: Query, words: tuple[str, ...]) -> set[str]:
    """The documents that a word names, or all words together: a title may hold spaces."""
    return {name for asked in {*words, fold(query.text).strip()} for name in snapshot.named(asked)}


def _best(
    snapshot: Snapshot,
    items: list[int],
    words: tuple[str, ...],
    named: set[str],
    weights: dict[int, float],
    count: int,
) -> list[int]:
    """The first ``count`` of ``items`` in the order that ``SearchEngine`` promises."""
    class_of = _classes(snapshot, words, named)
    kinds, ids = snapshot.kinds, snapshot.ids
    rows = (
        (class_of(i), -round(weights.get(i, 0.0), 6), kinds[i] == "clause", ids[i], i)
        for i in items
    )
    return [row[-1] for row in nsmallest(count, rows)]


def _classes(
    snapshot: Snapshot, words: tuple[str, ...], named: set[str]
) -> Callable[[int], tuple[bool, ...]]:
    """What goes before all weight, False first: whether the item is no front matter asked for, has
    no phrase, has words in its values alone, has a number only in part.
    """
    if not words:
        return lambda _: ()
    fronts = {as_bytes(f"{document}#front") for document in named}
    phrases = [as_bytes(" ".join(words)), as_bytes("".join(words))] if len(words) > 1 else []
    whole = [pattern for word in words if (pattern := _whole(word))]
    typed = [as_bytes(word) for word in words]
    ids, kinds, texts = snapshot.ids, snapshot.kinds, snapshot.texts

    def class_of(item: int) -> tuple[bool, ...]:
        if kinds[item] == "clause" and not (fronts or phrases or whole):
            return _FIRST  # most items: no need to look at the text
        own, _, more = texts[item].partition(END_OF_OWN)
        return (
            ids[item] not in fronts,
            not any(phrase in own or phrase in more for phrase in phrases),
            not any(word in own for word in typed),
            not all(pattern.search(own) or pattern.search(more) for pattern in whole),
        )

    return class_of


def _whole(word: str) -> re.Pattern[bytes] | None:
    """What finds ``word`` where it cuts no number or latin word in two; None if it never could."""
    before, after = _EDGES[_script(word[0])][0], _EDGES[_script(word[-1])][1]
    return re.compile(before + re.escape(as_bytes(word)) + after) if before or after else None


def _script(character: str) -> str:
    if "0" <= character <= "9":
        return "digit"
    return "latin" if "a" <= character <= "z" else "other"


def _hit(snapshot: Snapshot, item: int, words: tuple[str, ...], score: float) -> Hit:
    clause, anchor, heading, own = snapshot.shown(item)
    document = str(snapshot.owners[item], "utf-8")
    shown, marks = excerpt(own, words)
    return Hit(
        kind=snapshot.kinds[item],
        id=str(snapshot.ids[item], "utf-8"),
        document=document,
        clause=clause,
        anchor=anchor,
        title=snapshot.sources[document].title,
        heading=heading,
        excerpt=shown,
        marks=marks,
        score=score,
    )
