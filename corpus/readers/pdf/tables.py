"""Reads the tables of a page cell by cell, and puts together what a page break has parted.

A row is a line of cells parted by tabs; what merged cells say where is ``grid.py``'s to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.readers import grid
from corpus.readers.pdf.glyphs import Box, Glyph
from corpus.readers.pdf.lines import Line, lines_of
from corpus.readers.pdf.ruled import Cell, Grid
from corpus.readers.pdf.wraps import ends_sentence, healed, seam

#: how far apart, in points, the borders of one table may stand on two pages
_SAME_BORDER = 4.0
_MOST_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """The words at the places of a row. Of those places, ``tall`` begin a cell that goes on below,
    ``goes_on`` belong to a cell that has begun above; ``wide`` are the widths of merged cells.
    """

    cells: tuple[str, ...]
    tall: frozenset[int] = frozenset()
    goes_on: frozenset[int] = frozenset()
    wide: tuple[tuple[int, int], ...] = ()

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
    for ruled in grids:
        inside = [glyph for glyph in glyphs if _holds(ruled.box, glyph)]
        table = _table(ruled, inside)
        if table is not None:
            tables.append(table)
            taken = set(map(id, inside))
            glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
    return tables, glyphs


def _holds(box: Box, glyph: Glyph) -> bool:
    x0, top, x1, bottom = box
    return x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= glyph.middle <= bottom


def _table(ruled: Grid, glyphs: list[Glyph]) -> Table | None:
    width, height = len(ruled.xs) - 1, len(ruled.ys) - 1
    texts = list(_texts(ruled, glyphs))
    rows = (
        _row([pair for pair in texts if _covers(pair[0], at)], at, width) for at in range(height)
    )
    kept = tuple(row for row in rows if any(row.cells))
    # one box around words is no table
    if width < 2 or sum(bool(cell) for row in kept for cell in row.cells) < 2:
        return None
    return Table(ruled.xs, ruled.ys[0], ruled.ys[-1], kept)


def _covers(cell: Cell, row: int) -> bool:
    return cell.row <= row < cell.row + cell.rows


def _row(texts: Sequence[tuple[Cell, str]], at: int, width: int) -> Row:
    words = [""] * width
    for cell, text in texts:
        words[cell.column] = text if cell.row == at else ""
    return Row(
        tuple(words),
        tall=frozenset(c.column for c, _ in texts if c.row == at and c.rows > 1),
        goes_on=frozenset(c.column for c, _ in texts if c.row < at),
        # a cell over the whole width says something of the table, not of its columns
        wide=tuple((c.column, c.columns) for c, _ in texts if 1 < c.columns < width),
    )


def _texts(ruled: Grid, glyphs: list[Glyph]) -> Iterable[tuple[Cell, str]]:
    for cell in ruled.cells:
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
    if rest:
        rest = (_gone_on(rows[-1], rest[0]), *rest[1:])
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
    words = (one + (seam(one, other) if other else "") + other for one, other in cells)
    return replace(row, cells=tuple(words))


def _gone_on(row: Row, below: Row) -> Row:
    """``below`` with the cells that a page break has parted from those of ``row``: no line is drawn
    below them there, and above them here only that of the page.
    """
    empty = {at for at, words in enumerate(below.cells) if not words}
    return replace(below, goes_on=below.goes_on | (empty & (row.tall | row.goes_on)))


def filled(parts: Sequence[Table]) -> list[Table]:
    """The parts of one table with what its merged cells say in every place."""
    width = len(parts[0].xs) - 1
    lines = grid.rows([_in_grid(row) for part in parts for row in part.rows], width)
    laid = []
    for part in parts:
        left, rows = len(part.rows), []
        while left > 0 and (line := next(lines, None)):
            rows.append(Row(tuple(line[0].split("\t"))))
            left -= line[1]
        laid.append(replace(part, rows=tuple(rows)))
    return laid


def _in_grid(row: Row) -> list[grid.Cell]:
    wide = dict(row.wide)
    covered = {at for start, width in row.wide for at in range(start + 1, start + width)}
    return [
        grid.Cell(words, at, wide.get(at, 1), goes_on=at in row.goes_on)
        for at, words in enumerate(row.cells)
        if at not in covered
    ]
