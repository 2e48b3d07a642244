"""Takes pages apart that are set in two columns, and puts tables together that have no lines.

Both are recognised by blank strips that run down between their parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from corpus.readers.pdf.glyphs import Glyph
from corpus.readers.pdf.lines import Line, line_of
from corpus.readers.pdf.page import Page
from corpus.readers.pdf.tables import Row, Table

#: lines with text on both sides of a strip that make columns, and rows that make a table
_FEW_LINES = 6
_FEW_ROWS = 3
#: a column of text is wide and mostly full, in sizes of its font and as a share of its lines
_WIDE = 10
_FULL = 0.6
_NEARLY = 1.5
#: blanks in a row of a table, and between its columns, in sizes of the font
_ROW_GAP = 1.0
_COLUMN_GAP = 0.7
_WORD_GAP = 0.25
#: points that words below each other may be out of line, and on how many lines they stand so
_ALIGNED = 2.0
_MOST = 0.7
_NUMBER = re.compile(r"[-+±约]?\d[\d,.，]*[%％‰]?(?:万|亿)?[元人个名项天户所家次]?")
_MOSTLY = 0.5


def in_columns(page: Page) -> list[Page]:
    """``page`` as it is, or what stands over its whole width and its columns one by one."""
    at = _strip(page.lines)
    if at is None:
        return [page]
    parts: list[Page] = []
    for crossed, group in groupby(page.lines, key=lambda line: _crosses(line, at)):
        lines = list(group)
        if crossed:
            parts.append(replace(page, lines=lines, tables=[]))
        else:
            left, right = _sides(lines, at)
            parts.append(replace(page, lines=left, tables=[], column=1))
            parts.append(replace(page, lines=right, tables=[], column=2))
    parts[-1].tables = page.tables
    return parts


def _strip(lines: Sequence[Line]) -> float | None:
    """Where the strip between two columns of text is; None where there is none."""
    gaps = [gap for line in lines for gap in _gaps(line)]
    if len(gaps) < _FEW_LINES:
        return None
    middles = [(start + end) / 2 for start, end in gaps]
    at = max(middles, key=lambda x: sum(start < x < end for start, end in gaps))
    beside = [line for line in lines if any(start < at < end for start, end in _gaps(line))]
    if len(beside) < _FEW_LINES:
        return None
    left, right = _sides(beside, at)
    return at if _is_text(left) and _is_text(right) else None


def _gaps(line: Line) -> list[tuple[float, float]]:
    return [(before.x1, after.x0) for before, after in pairwise(line.segments)]


def _is_text(lines: Sequence[Line]) -> bool:
    end = max(line.x1 for line in lines)
    full = sum(end - line.x1 < _NEARLY * line.size for line in lines)
    wide = sum(line.x1 - line.x0 > _WIDE * line.size for line in lines)
    return min(full, wide) >= _FULL * len(lines)


def _crosses(line: Line, at: float) -> bool:
    return any(segment.x0 < at < segment.x1 for segment in line.segments)


def _sides(lines: Sequence[Line], at: float) -> tuple[list[Line], list[Line]]:
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        for side, glyphs in zip(
            sides,
            ([g for g in line.glyphs if g.x0 < at], [g for g in line.glyphs if g.x0 >= at]),
            strict=True,
        ):
            if glyphs:
                side.append(line_of(glyphs))
    return sides


def take_unruled_tables(page: Page) -> None:
    """Makes tables of the lines of ``page`` that stand in columns, one of them of numbers."""
    kept: list[Line] = []
    for parted, group in groupby(page.lines, key=_is_parted):
        lines = list(group)
        table = _table(lines) if parted and len(lines) >= _FEW_ROWS else None
        if table is None:
            kept += lines
        else:
            page.tables.append(table)
    page.lines = kept
    page.tables.sort(key=lambda table: table.middle)


def _is_parted(line: Line) -> bool:
    return any(_blank(pair) >= _ROW_GAP * line.size for pair in pairwise(line.glyphs))


def _blank(pair: tuple[Glyph, Glyph]) -> float:
    return pair[1].x0 - pair[0].x1


def _table(lines: Sequence[Line]) -> Table | None:
    starts = _column_starts(lines)
    rows = [_cells(line, starts) for line in lines]
    if len(starts) < 2 or any(sum(map(bool, row)) < 2 for row in rows):
        return None
    if not any(_is_numeric(column) for column in zip(*rows, strict=True)):
        return None
    xs = (*starts, max(line.x1 for line in lines))
    return Table(xs, lines[0].top, lines[-1].bottom, tuple(Row(row) for row in rows))


def _column_starts(lines: Sequence[Line]) -> list[float]:
    """Where columns begin: right of a strip that all lines leave blank, or where words begin
    below each other on most lines.
    """
    size = min(line.size for line in lines)
    starts = [*_after_strips(lines, _COLUMN_GAP * size), *_aligned(lines, size)]
    columns: list[float] = []
    for start in sorted(starts):
        if not columns or start - columns[-1] > size:
            columns.append(start)
    return columns


def _after_strips(lines: Sequence[Line], wide: float) -> Iterator[float]:
    end = float("-inf")
    glyphs = (glyph for line in lines for glyph in line.glyphs)
    for glyph in sorted(glyphs, key=lambda glyph: glyph.x0):
        if glyph.x0 - end >= wide:
            yield glyph.x0
        end = max(end, glyph.x1)


def _aligned(lines: Sequence[Line], size: float) -> Iterator[float]:
    pairs = (pair for line in lines for pair in pairwise(line.glyphs))
    begun = sorted(pair[1].x0 for pair in pairs if _blank(pair) >= _WORD_GAP * size)
    for place, group in groupby(begun, key=lambda x: round(x / _ALIGNED)):
        if len(list(group)) >= max(_FEW_ROWS, _MOST * len(lines)):
            yield place * _ALIGNED


def _cells(line: Line, starts: Sequence[float]) -> tuple[str, ...]:
    parts: list[list[Glyph]] = [[] for _ in starts]
    for glyph in line.glyphs:
        column = sum(start <= glyph.x0 + _ALIGNED for start in starts)
        parts[max(column, 1) - 1].append(glyph)
    return tuple(line_of(part).text if part else "" for part in parts)


def _is_numeric(cells: Sequence[str]) -> bool:
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
    return numbers >= _FEW_ROWS - 1 and numbers > _MOSTLY * len(cells)
