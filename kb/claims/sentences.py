"""Cuts a record's text into sentences, each with its clause and its span.

``text[span]`` is the sentence; the numeral that opens a clause is no part of its first one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from kb.force.models import Evidence
from kb.schema import AmountRule, ClauseRecord, Record

Found = TypeVar("Found")

_END = re.compile(r"[。；;\n]")
_COMMA = re.compile(r"[，,：:](?!\d{3})")
_LABEL = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳]|"
    r"第[一二三四五六七八九十百]+条)\s*"
)
#: a heading longer than this is a sentence that only begins its clause
HEADING = 18


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place."""

    document: str
    clause: str
    text: str
    start: int

    @property
    def span(self) -> tuple[int, int]:
        """Its place in the text of the document."""
        return self.start, self.start + len(self.text)

    @property
    def evidence(self) -> Evidence:
        """The sentence as words that something rests on."""
        return Evidence(self.document, self.clause, self.text, self.span)

    def parts(self) -> Iterator[Sentence]:
        """What stands between its commas; a comma within brackets parts nothing."""
        at = 0
        for match in _COMMA.finditer(self.text):
            if self.text.count("（", at, match.start()) + self.text.count(
                "(", at, match.start()
            ) > (
                self.text.count("）", at, match.start()) + self.text.count(")", at, match.start())
            ):
                continue
            yield self.cut(at, match.start())
            at = match.end()
        yield self.cut(at, len(self.text))

    def without_label(self) -> Sentence:
        """The sentence without the numeral that opens its clause."""
        label = _LABEL.match(self.text)
        return self.cut(label.end(), len(self.text)) if label else self

    def cut(self, start: int, end: int) -> Sentence:
        """The stretch of it between two offsets."""
        return Sentence(self.document, self.clause, self.text[start:end], self.start + start)


def sentences(record: Record, path: str) -> tuple[Sentence, ...]:
    """The sentences of the clause itself, without those of clauses under it."""
    return _read(record).by_clause.get(path, ())


def sentences_within(record: Record, clause: ClauseRecord) -> Iterator[Sentence]:
    """The sentences of the clause and of clauses under it."""
    for other in record.clauses:
        if other.path == clause.path or other.path.startswith(f"{clause.path}/"):
            yield from sentences(record, other.path)


def is_heading(record: Record, sentence: Sentence) -> bool:
    """Whether the sentence is the heading of its clause and no more."""
    headings = (c.heading for c in record.clauses if c.path == sentence.clause)
    return any(sentence.text.endswith(heading) for heading in headings if heading) and (
        len(sentence.text) <= HEADING + 5
    )


def naming(record: Record, word: str) -> tuple[Sentence, ...]:
    """The sentences that hold ``word``."""
    return _read(record).naming(word)


def once(record: Record, find: Callable[[Record], Found]) -> Found:
    """What ``find`` finds in ``record``, looked for once however many amounts ask."""
    known = _read(record).known
    if find not in known:
        known[find] = find(record)
    found: Found = known[find]
    return found


def amounts_in(record: Record, span: tuple[int, int]) -> Iterator[AmountRule]:
    """The amounts whose words touch ``span``."""
    start, end = span
    return (r for r in _read(record).amounts if start < r.span[1] and r.span[0] < end)


def all_sentences(record: Record) -> tuple[Sentence, ...]:
    """Every sentence of the document's numbered clauses and of its opening."""
    return _read(record).sentences


@dataclass(frozen=True)
class _Read:
    """A record with its sentences, which every amount of it asks for several times."""

    record: Record
    known: dict[Callable[[Record], Any], Any] = field(default_factory=dict)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        name, text, clauses = self.record.document.id, self.record.text, self.record.clauses
        stretches = [("", 0, min((c.span[0] for c in clauses), default=len(text)))]
        for clause in clauses:
            stretches += [(clause.path, *own) for own in _own_stretches(clause, clauses)]
        return tuple(
            s for path, start, end in stretches for s in _cut(name, text, path, start, end)
        )

    @cached_property
    def by_clause(self) -> Mapping[str, tuple[Sentence, ...]]:
        found: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            found[sentence.clause].append(sentence)
        return {path: tuple(held) for path, held in found.items()}

    @cached_property
    def amounts(self) -> tuple[AmountRule, ...]:
        return tuple(rule for rule in self.record.rules if isinstance(rule, AmountRule))

    def naming(self, item: str) -> tuple[Sentence, ...]:
        """The sentences that name ``item``."""
        if item not in self._naming:
            self._naming[item] = tuple(s for s in self.sentences if item in s.text)
        return self._naming[item]

    @cached_property
    def _naming(self) -> dict[str, tuple[Sentence, ...]]:
        return {}


_MOST_READ = 64
#: the last records read, by identity: to compare records takes longer than to read one
_recent: dict[int, _Read] = {}


def _read(record: Record) -> _Read:
    known = _recent.get(id(record))
    if known is None or known.record is not record:
        if len(_recent) >= _MOST_READ:
            _recent.clear()
        known = _recent[id(record)] = _Read(record)
    return known


def _cut(document: str, text: str, path: str, start: int, end: int) -> Iterator[Sentence]:
    at = start
    stops = [m.end() for m in _END.finditer(text, start, end)]
    for stop in (*stops, end):
        words = text[at:stop].rstrip("。；;\n")
        if words.strip():
            lead = len(words) - len(words.lstrip())
            yield Sentence(document, path, words.strip(), at + lead).without_label()
        at = stop


def _own_stretches(
    clause: ClauseRecord, clauses: tuple[ClauseRecord, ...]
) -> Iterator[tuple[int, int]]:
    start, end = clause.span
    inside = (c.span for c in clauses if c is not clause and c.span != clause.span)
    return _without(clause.span, sorted(s for s in inside if start <= s[0] and s[1] <= end))


def _without(span: tuple[int, int], holes: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at, end = span
    for start, stop in holes:
        if at < start:
            yield at, start
        at = max(at, stop)
    if at < end:
        yield at, end
