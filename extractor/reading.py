"""A notice laid out for the taggers: its sentences, each with its clause, its quantities and what
precedes it.

All offsets are those of ``Notice.text``; sentence texts are folded to half width one to one, so a
match in a sentence is a span of the notice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import Any, TypeVar

from corpus.models import TextSpan
from extractor.masks import blanked
from extractor.models import Fact, Notice, Quantity, Table, Tag
from extractor.quantities import quantities_in
from extractor.tables import cell_spans
from extractor.task_tables import task_columns
from extractor.widths import fold

_STOP = re.compile(r"[。！？]|(?<=[^\d])!|\n")
#: marks that part one phrase from the next and belong to neither
_EDGE = " \u3000\n、，,；;：:。"
_LONGEST = 1500
_MONTH = re.compile(r"月|季度|半年|年底|年末")
#: 到2025年 lies ahead: it says nothing of the year in which the notice speaks
_YEAR = re.compile(r"(?<![\d.到至])((?:19|20)\d{2})\s*年")
_CHUNK = re.compile(r"[，,；;。！？：:\n]")
_CLOSING = re.compile(r"[)）]")
#: 新增托位数400个以上，…: a cell that tells something, not a name or a figure
_TELLS = re.compile(r"[，。；]|[\u4e00-\u9fff]{4}[^\u4e00-\u9fff]{0,2}\d")
_Kind = TypeVar("_Kind", bound=Fact)


@dataclass(frozen=True)
class Sentence:
    """One sentence: ``text`` folded, ``plain`` with titles, numbers of documents and the like
    blanked.
    """

    start: int
    end: int
    text: str
    plain: str
    path: str
    clause: int | None
    heading: bool
    quantities: tuple[Quantity, ...] = ()
    opens: bool = False

    def at(self, start: int, end: int) -> TextSpan:
        """A stretch of the sentence as a span of the notice."""
        return TextSpan(self.start + start, self.start + end)

    def local(self, span: TextSpan) -> tuple[int, int]:
        """A span of the notice as offsets in the sentence."""
        return span.start - self.start, span.end - self.start

    def chunk(self, at: int) -> tuple[int, int]:
        """The stretch between commas and stops around offset ``at`` (of the sentence)."""
        left = max(
            (m.end() for m in _CHUNK.finditer(self.plain, 0, at) if not _in_number(self.plain, m)),
            default=0,
        )
        right = next(
            (m.start() for m in _CHUNK.finditer(self.plain, at) if not _in_number(self.plain, m)),
            len(self.plain),
        )
        return left, right


def _in_number(text: str, match: re.Match[str]) -> bool:
    """The comma of 1,300, and the colon of 合计：540万元."""
    digit = text[match.end() : match.end() + 1].isdigit()
    return digit and (
        match[0] in ":："
        or (match[0] in ",，" and text[match.start() - 1 : match.start()].isdigit())
    )


@dataclass
class Reading:
    """A notice with everything the taggers share; taggers add to ``tags``."""

    notice: Notice
    year: int | None
    on: date | None = None
    tags: list[Tag] = field(default_factory=list)
    _said: dict[tuple[re.Pattern[str], int | None], list[tuple[int, str]]] = field(
        default_factory=dict, repr=False
    )

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences outside tables, foreign passages and the head, in order."""
        return tuple(self._sentences())

    @cached_property
    def told(self) -> tuple[Sentence, ...]:
        """All sentences, with those that tell tasks in the cells of tables."""
        cells = [s for table in self.notice.tables for s in self._in_cells(table)]
        if not cells:
            return self.sentences
        return tuple(sorted((*self.sentences, *cells), key=attrgetter("start")))

    def _in_cells(self, table: Table) -> Iterator[Sentence]:
        columns = task_columns(table)
        for row, span in zip(table.rows, table.row_spans, strict=True) if columns else ():
            telling = [c for c in columns if c < len(row) and _TELLS.search(row[c])]
            cells = cell_spans(self.notice.text, span, len(row)) if telling else []
            for column in telling:
                yield from self._of_piece(self._folded, cells[column], self._owner(table))

    def cell(self, table: Table, span: TextSpan) -> Sentence:
        """A cell of a table as one sentence."""
        words = self._folded[span.start : span.end]
        return self._sentence(span.start, span.end, words, self._owner(table), False, False)

    def _owner(self, table: Table) -> int | None:
        paths = (i for i, clause in enumerate(self.notice.clauses) if clause.path == table.clause)
        return next(paths, None)

    @cached_property
    def _folded(self) -> str:
        return fold(self.notice.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every quantity of the notice."""
        return tuple(q for s in self.sentences for q in s.quantities)

    def facts(self, kind: type[_Kind]) -> dict[int, list[tuple[TextSpan, _Kind]]]:
        """The facts of a kind so far, by the start of the sentence that they begin in."""
        starts = [sentence.start for sentence in self.told]
        found: dict[int, list[tuple[TextSpan, _Kind]]] = {}
        for tag in self.tags:
            at = bisect_right(starts, tag.span.start) - 1
            if isinstance(tag.fact, kind) and at >= 0 and tag.span.start < self.told[at].end:
                found.setdefault(starts[at], []).append((tag.span, tag.fact))
        return found

    @cached_property
    def of_clause(self) -> dict[int | None, list[Sentence]]:
        """The sentences of each clause (None: of the document itself), in order."""
        found: dict[int | None, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.clause, []).append(sentence)
        return found

    def said(self, pattern: re.Pattern[str], clause: int | None) -> list[tuple[int, str]]:
        """What ``pattern`` first finds in each sentence of a clause, with the sentence's start."""
        key = (pattern, clause)
        if key not in self._said:
            found = ((s.start, pattern.search(s.text)) for s in self.of_clause[clause])
            self._said[key] = [(start, match[0]) for start, match in found if match]
        return self._said[key]

    def path(self, clause: int | None) -> str:
        """The path of a clause index; "" for the document."""
        return "" if clause is None else self.notice.clauses[clause].path

    def heading(self, clause: int | None) -> str:
        """The heading of a clause; "" for the document."""
        return "" if clause is None else self._headings[clause]

    @cached_property
    def _headings(self) -> tuple[str, ...]:
        return tuple(fold(clause.heading) for clause in self.notice.clauses)

    def headings(self, clause: int | None) -> list[str]:
        """Headings from the clause up to its root, nearest first."""
        result = []
        while clause is not None:
            result.append(self.heading(clause))
            clause = self.notice.clauses[clause].parent
        return result

    def tag(self, sentence: Sentence, start: int, end: int, fact: Fact) -> None:
        """Add a fact that the words at ``start..end`` of ``sentence`` state."""
        words = sentence.text[start:end]
        left = len(words) - len(words.lstrip(_EDGE))
        right = len(words.rstrip(_EDGE))
        span = sentence.at(start + left, start + max(left, right))
        self.tags.append(Tag(sentence.path, span, _unblanked(sentence, fact)))

    def _told_year(self, plain: str) -> int | None:
        """The year that a notice without a date gives its days: 于12月10日前将2017年总结报送."""
        if self.on is not None or not _MONTH.search(plain):
            return None
        printed = _YEAR.search(plain)
        return int(printed[1]) if printed else self._general_year

    @cached_property
    def _general_year(self) -> int | None:
        """The one year in the title, else the latest that the text names as reached."""
        titled = set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", self.notice.elements.title or ""))
        if len(titled) == 1:
            return int(titled.pop())
        pieces = [span.of(self.notice.text) for span, _ in self.notice.pieces]
        years = [int(m[1]) for piece in pieces for m in _YEAR.finditer(blanked(fold(piece)))]
        return max(years, default=None)

    def _sentences(self) -> Iterator[Sentence]:
        skipped = _Stretches([*(t.span for t in self.notice.tables), *self.notice.foreign])
        for span, clause in self.notice.pieces:
            if span.end <= self.notice.head.end or span.start in skipped:
                continue
            yield from self._of_piece(self._folded, span, clause)

    def _of_piece(self, text: str, span: TextSpan, clause: int | None) -> Iterator[Sentence]:
        begin, stop, first = span.start, span.end, True
        known = self.notice.clauses[clause] if clause is not None else None
        opens = known is not None and known.span.start == span.start
        if opens and known is not None:
            begin = max(begin, known.heading_span.start)
        while begin < stop:
            end = _with_closing(text, _sentence_end(text, begin, stop), stop)
            heads = bool(
                opens
                and first
                and known is not None
                and end >= known.heading_span.end
                and end < known.own.end
            )
            words = text[begin:end]
            if words.strip():
                yield self._sentence(begin, end, words, clause, heads, first)
            begin, first = end, False

    def _sentence(
        self, begin: int, end: int, words: str, clause: int | None, heading: bool, opens: bool
    ) -> Sentence:
        plain = blanked(words)
        year = self.year or self._told_year(plain)
        found = tuple(_moved(q, begin) for q in quantities_in(plain, year, self.on))
        return Sentence(begin, end, words, plain, self.path(clause), clause, heading, found, opens)


class _Stretches:
    """Spans that know whether an offset lies in one of them."""

    def __init__(self, spans: list[TextSpan]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._reach = [0, *accumulate((span.end for span in ordered), max)]

    def __contains__(self, at: int) -> bool:
        return at < self._reach[bisect_right(self._starts, at)]


def _unblanked(sentence: Sentence, fact: Fact) -> Fact:
    """``fact`` with the titles and numbers that were blanked for reading put back."""
    if "\x00" not in sentence.plain:
        return fact
    values = {f.name: getattr(fact, f.name) for f in fields(fact)}
    hidden = {k: v for k, v in values.items() if isinstance(v, str) and "\x00" in v}
    if not hidden:
        return fact
    restored: dict[str, Any] = {k: _words(sentence, v) for k, v in hidden.items()}
    return replace(fact, **restored)


def _words(sentence: Sentence, blanked_words: str) -> str:
    at = sentence.plain.find(blanked_words)
    if at < 0:
        return blanked_words.replace("\x00", "")
    return sentence.text[at : at + len(blanked_words)]


def _sentence_end(text: str, begin: int, stop: int) -> int:
    """Past the first stop that no bracket holds: （…负责。排第一位为牵头单位，下同） is not cut."""
    at = begin
    if stop - begin > _LONGEST:
        # a page without stops is read in parts, so that no reader looks back over all of it
        comma = _CHUNK.search(text, begin + _LONGEST, stop)
        stop = comma.end() if comma else min(stop, begin + 2 * _LONGEST)
    while match := _STOP.search(text, at, stop):
        before = text[begin : match.start()]
        if match[0] == "\n" or not _is_open(before):
            return match.end()
        close = _CLOSING.search(text, match.end(), min(stop, match.end() + 80))
        if close is None:
            return match.end()
        at = close.end()
    return stop


def _is_open(words: str) -> bool:
    """Whether a bracket of ``words`` is still open."""
    opened = words.count("(") + words.count("（")
    return opened > 0 and opened > words.count(")") + words.count("）")


def _with_closing(text: str, end: int, stop: int) -> int:
    """A stop inside brackets or quotes takes the closing marks with it."""
    while end < stop and text[end] in "”’）)」』":
        end += 1
    return end


#: what a quantity says beside its kind and its place
_SAID = attrgetter(*(said.name for said in fields(Quantity)[3:]))


def _moved(quantity: Quantity, by: int) -> Quantity:
    span, core = quantity.span, quantity.core
    return Quantity(
        quantity.kind,
        TextSpan(span.start + by, span.end + by),
        TextSpan(core.start + by, core.end + by),
        *_SAID(quantity),
    )
