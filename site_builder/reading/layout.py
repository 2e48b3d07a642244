"""Lays a record's text out for reading: clauses, paragraphs, tables, each cut into marked runs.

Nothing is lost and nothing added: the blocks in their order hold every character of the text but
the line and cell breaks between their parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.models import TextSpan
from extractor.tables import cell_spans
from kb.schema import ClauseRecord, Record, TableRecord
from site_builder.reading.head import Head
from site_builder.reading.marks import Mark, Marks, Run, runs
from site_builder.wording.citing import carried_at

#: the id of the place where the text begins that a notice carries
CARRIED = "carried"
#: a printed numeral at the head of a line: 第十条, 一、 （二） 3. ①
_NUMERAL = re.compile(r"[第（(]?[\w①-⑳]{1,6}[章节条、.．)）]?")
_FULL_STOPS = "。：:；;"
_LONGEST_NUMERAL = 12
_LONGEST_HEADING = 60
#: 加大贫困劳动力和贫困家庭子女技能扶贫工作力度 (22) is a heading; 各行业部门根据行业特色，按照资金
#: 补贴标准规定开展项目制职业技能培训 (33, 晋人社厅函〔2021〕600号 十/(二)) a sentence
_LONGEST_RUN_IN = 30


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with the innermost clause it lies in, None for front matter and close.

    ``opening`` is where the clause begins; a stretch after the clause's children is not.
    """

    clause: ClauseRecord | None
    depth: int
    span: TextSpan
    opening: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``width`` is the number of columns it takes."""

    runs: tuple[Run, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``head`` says that its cells are names of columns."""

    cells: tuple[Cell, ...]
    head: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or a table where there are ``rows``.

    ``look`` tells the lines of head and signature apart: issuer, number, title, signature, or
    empty. ``anchor`` is set where the text begins that the notice carries.
    """

    runs: tuple[Run, ...] = ()
    look: str = ""
    anchor: str = ""
    caption: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A segment ready to be shown; ``heading`` is empty where none is printed.

    ``run_in`` says that the first paragraph goes on in the line of the heading.
    """

    segment: Segment
    heading: tuple[Run, ...]
    run_in: bool
    parts: tuple[Part, ...]


def blocks(record: Record, marks: Sequence[Mark]) -> tuple[Block, ...]:
    """The whole text of ``record`` in order, front matter first."""
    layout = _Layout(record, Marks.of(marks), carried_at(record), Head.of(record))
    return tuple(map(layout.block, segments(record)))


def segments(record: Record) -> tuple[Segment, ...]:
    """The text parted by the innermost clause; every clause has one opening, maybe empty."""
    return tuple(_sweep(record))


def own_text(record: Record) -> dict[str, str]:
    """By anchor, what a clause says itself without its children; ``front`` for the rest."""
    found: dict[str, list[str]] = {}
    for segment in segments(record):
        anchor = segment.clause.anchor if segment.clause else "front"
        found.setdefault(anchor, []).append(segment.span.of(record.text).strip("\n"))
    return {anchor: "\n".join(filter(None, pieces)) for anchor, pieces in found.items()}


def _sweep(record: Record) -> Iterator[Segment]:
    ordered = sorted(record.clauses, key=lambda c: (c.span[0], -c.span[1]))
    open_: list[ClauseRecord | None] = [None]
    fresh, at = True, 0
    for clause in ordered:
        start = max(clause.span[0], at)
        while (inner := open_[-1]) is not None and inner.span[1] <= start:
            yield from _piece(open_, at, inner.span[1], fresh)
            fresh, at = False, max(at, inner.span[1])
            open_.pop()
        yield from _piece(open_, at, start, fresh)
        open_.append(clause)
        fresh, at = True, start
    while open_:
        last = open_[-1]
        end = min(last.span[1], len(record.text)) if last else len(record.text)
        yield from _piece(open_, at, end, fresh)
        fresh, at = False, max(at, end)
        open_.pop()


def _piece(
    open_: Sequence[ClauseRecord | None], start: int, end: int, opening: bool
) -> Iterator[Segment]:
    if opening or start < end:
        yield Segment(open_[-1], len(open_) - 1, TextSpan(start, max(start, end)), opening)


@dataclass(frozen=True, slots=True)
class _Layout:
    """A record with its marks, and where the text begins that it carries."""

    record: Record
    marks: Marks
    carried: int | None
    head: Head

    def block(self, segment: Segment) -> Block:
        text = self.record.text
        near = self.marks.within(segment.span)
        heading = _heading(text, segment)
        rest = TextSpan(heading.end, segment.span.end)
        run_in = heading.end > heading.start and not text.startswith("\n", heading.end)
        head = self.head if segment.clause is None else None
        parts = tuple(self._parts(rest, near, head))
        return Block(
            segment=segment,
            heading=runs(text, heading, near),
            run_in=run_in and rest.start < rest.end,
            parts=parts,
        )

    def _parts(self, span: TextSpan, marks: Sequence[Mark], head: Head | None) -> Iterator[Part]:
        at = span.start
        for table in sorted(self.record.tables, key=lambda t: t.span):
            start, end = max(at, table.span[0]), min(table.span[1], span.end)
            if start >= end:
                continue
            place = TextSpan(start, end)
            yield from self._paragraphs(TextSpan(at, place.start), marks, head)
            yield _table(self.record.text, place, table, marks)
            at = place.end
        yield from self._paragraphs(TextSpan(at, span.end), marks, head)

    def _paragraphs(
        self, span: TextSpan, marks: Sequence[Mark], head: Head | None
    ) -> Iterator[Part]:
        text = self.record.text
        for line in _split(text, span, "\n"):
            if line.of(text).strip():
                anchor = CARRIED if line.start == self.carried else ""
                yield Part(runs(text, line, marks), head.look(line) if head else "", anchor)


def _heading(text: str, segment: Segment) -> TextSpan:
    """The numeral and heading as printed, with the stop that ends them."""
    start = segment.span.start
    if segment.clause is None or not segment.opening:
        return TextSpan(start, start)
    line = segment.span.of(text).partition("\n")[0]
    length = _heading_length(line, segment.clause.heading)
    while length < len(line) and line[length] in _FULL_STOPS:
        length += 1
    return TextSpan(start, start + length)


def _heading_length(line: str, heading: str) -> int:
    at = line.find(heading) if heading else -1
    numeral = _NUMERAL.match(line)
    if 0 <= at <= _LONGEST_NUMERAL:
        end = at + len(heading)
        return at if numeral and _is_sentence(line, at, end) else end
    if len(line) <= _LONGEST_HEADING:
        return len(line)
    return numeral.end() if numeral else 0


def _is_sentence(line: str, at: int, end: int) -> bool:
    """Whether a clause opens with prose and no heading: 第五条 纳税人的子女…的标准定额扣除。"""
    stopped = line[end : end + 1] in tuple("。；;")
    return stopped and (line.startswith("第") or end - at > _LONGEST_RUN_IN)


def _table(text: str, span: TextSpan, table: TableRecord, marks: Sequence[Mark]) -> Part:
    lines = [line for line in _split(text, span, "\n") if line.of(text).strip()]
    columns = max((len(cell_spans(text, line)) for line in lines), default=1)
    heads = len(lines) - len(table.rows) if table.header else 0
    rows = tuple(_row(text, line, columns, n < heads, marks) for n, line in enumerate(lines))
    return Part(caption=table.caption or "", rows=rows)


def _row(text: str, line: TextSpan, columns: int, head: bool, marks: Sequence[Mark]) -> Row:
    places = cell_spans(text, line)
    spare = columns - len(places)
    widths = [1] * (len(places) - 1) + [1 + spare]
    cells = tuple(
        Cell(runs(text, place, marks), width) for place, width in zip(places, widths, strict=True)
    )
    return Row(cells, head=head)


def _split(text: str, span: TextSpan, separator: str) -> Iterator[TextSpan]:
    start = span.start
    for piece in span.of(text).split(separator):
        yield TextSpan(start, start + len(piece))
        start += len(piece) + len(separator)
