"""Reads the tables of a page cell by cell, and puts together what a page break has parted.

A row is a line of cells parted by tabs; a merged cell stands where it begins and is empty
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.readers.pdf.glyphs import Box, Glyph
from corpus.readers.pdf.lines import Line, lines_of
from corpus.readers.pdf.ruled import Cell, Grid
from corpus.readers.pdf.wraps import ends_sentence, healed, seam

#: how far apart, in points, the borders of one table may stand on two pages
_SAME_BORDER = 4.0
_MOST_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """The words of the cells, and which of them begin a cell that goes on below."""

    cells: tuple[str, ...]
    tall: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """The row as a line."""
        return "\t".join(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows between borders; ``xs`` are the borders of its columns."""

    xs: tuple[float, ...]
    top: float
    bottom: float
    rows: tuple[Row, ...]

    @property
    def x0(self) -> float:
        """Its left border."""
        return self.xs[0]

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.top + self.bottom) / 2


def take_tables(grids: Iterable[Grid], glyphs: list[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """The tables with words in at least two cells, and the glyphs that stand in none."""
    tables = []
    for grid in grids:
        inside = [glyph for glyph in glyphs if _holds(grid.box, glyph)]
        table = _table(grid, inside)
        if table is not None:
            tables.append(table)
            taken = set(map(id, inside))
            glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
    return tables, glyphs


def _holds(box: Box, glyph: Glyph) -> bool:
    x0, top, x1, bottom = box
    return x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= glyph.middle <= bottom


def _table(grid: Grid, glyphs: list[Glyph]) -> Table | None:
    width, height = len(grid.xs) - 1, len(grid.ys) - 1
    words = [["" for _ in range(width)] for _ in range(height)]
    tall: list[set[int]] = [set() for _ in range(height)]
    for cell, text in _texts(grid, glyphs):
        words[cell.row][cell.column] = text
        if cell.rows > 1:
            tall[cell.row].add(cell.column)
    rows = (Row(tuple(row), frozenset(t)) for row, t in zip(words, tall, strict=True))
    kept = tuple(row for row in rows if any(row.cells))
    # one box around words is no table
    if width < 2 or sum(bool(cell) for row in kept for cell in row.cells) < 2:
        return None
    return Table(grid.xs, grid.ys[0], grid.ys[-1], kept)


def _texts(grid: Grid, glyphs: list[Glyph]) -> Iterable[tuple[Cell, str]]:
    for cell in grid.cells:
        lines = lines_of(glyph for glyph in glyphs if _holds(cell.box, glyph))
        yield cell, cell_text(lines)


def cell_text(lines: Sequence[Line]) -> str:
    """What the lines of a cell say; the longest shows how much goes into one."""
    return healed(lines, max((line.x1 for line in lines), default=0.0))


def is_continued(table: Table, following: Table) -> bool:
    """Whether ``following``, on top of the next page, has the columns of ``table``."""
    return len(table.xs) == len(following.xs) and all(
        abs(one - other) <= _SAME_BORDER for one, other in zip(table.xs, following.xs, strict=True)
    )


def stitched(header: Table, table: Table, following: Table) -> tuple[Table, Table, int]:
    """``table`` with the rest of its last row, ``following`` without it and without the
    ``header`` that comes again, and how many rows of header those were.
    """
    again = _repeated(header, following)
    rows, rest = table.rows, following.rows[again:]
    if rest and _is_rest(rows[-1], rest[0]):
        rows, rest = (*rows[:-1], _row_of(rows[-1], rest[0])), rest[1:]
    return replace(table, rows=rows), replace(following, rows=rest), again


def _repeated(table: Table, following: Table) -> int:
    again = 0
    for row, other in zip(table.rows[:_MOST_HEADER_ROWS], following.rows, strict=False):
        if row.cells != other.cells:
            break
        again += 1
    return again


def _is_rest(row: Row, below: Row) -> bool:
    """Whether ``below`` is the rest of ``row``: it has no first cell, and only cells go on in it
    whose sentence was not at its end.
    """
    if below.cells[0] or 0 in row.tall:
        return False
    pairs = [(one, other) for one, other in zip(row.cells, below.cells, strict=True) if other]
    return all(one and not ends_sentence(one) for one, _ in pairs)


def _row_of(row: Row, rest: Row) -> Row:
    cells = zip(row.cells, rest.cells, strict=True)
    return Row(tuple(one + (seam(one, other) if other else "") + other for one, other in cells))
