"""Tells tables of facts from tables that only lay a page out, and reads the first as rows.

What a merged cell covers is worked out as browsers do; ``grid.py`` says what is printed there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers import grid

#: what a cell may cover; more is a slip of whoever made the page, or an attack
_WIDEST, _TALLEST = 100, 5_000
#: what a table may have in a row and in all; one that has more is read cell by cell
_CELLS_OF_ROW, _CELLS = 500, 500_000
#: a cell as long as this, and most of its table, holds the page and not a fact
_PROSE, _MOST = 300, 0.6


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed: its words in one line, and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of facts: what is printed over its rows, the rows with tabs between cells, and what
    is printed below.
    """

    above: tuple[str, ...]
    rows: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell at its column; ``again`` where it reaches into this row from above."""

    cell: Cell
    column: int
    again: bool = False

    @property
    def end(self) -> int:
        return self.column + max(1, min(self.cell.columns, _WIDEST))


_Row = list[_Placed]


def table(rows: Sequence[Sequence[Cell]]) -> Table | None:
    """The table that ``rows`` print; None where they only lay out a page."""
    if any(len(row) > _CELLS_OF_ROW for row in rows) or _holds_a_page(rows):
        return None
    placed = [row for row in _placed(rows) if any(p.cell.text for p in row)]
    first, last = _between_captions(placed)
    inner = placed[first:last]
    columns = sorted({p.column for row in inner for p in row})
    if len(inner) < 2 or not _side_by_side(inner) or len(inner) * len(columns) > _CELLS:
        return None
    filled = grid.rows([[_in_grid(p, columns) for p in row] for row in inner], len(columns))
    return Table(
        tuple(row[0].cell.text for row in placed[:first]),
        tuple(line for line, _ in filled),
        tuple(row[0].cell.text for row in placed[last:]),
    )


def _in_grid(placed: _Placed, columns: list[int]) -> grid.Cell:
    """A cell among those columns in which cells begin; others are only a wider neighbour."""
    first, last = bisect_left(columns, placed.column), bisect_left(columns, placed.end)
    return grid.Cell(placed.cell.text, first, last - first, goes_on=placed.again)


def _holds_a_page(rows: Sequence[Sequence[Cell]]) -> bool:
    sizes = [len(cell.text) for row in rows for cell in row]
    return max(sizes, default=0) > max(_PROSE, _MOST * sum(sizes))


def _side_by_side(table: list[_Row]) -> bool:
    """Whether rows say more than one thing, as a rule."""
    several = sum(sum(bool(p.cell.text) for p in row) > 1 for row in table)
    return several * 3 >= len(table)


def _placed(rows: Sequence[Sequence[Cell]]) -> list[_Row]:
    """Every row with the cells that reach into it from above, left to right; none if too many."""
    result: list[_Row] = []
    reaching: list[tuple[_Placed, int]] = []
    budget = _CELLS
    for cells in rows:
        above = [_Placed(p.cell, p.column, again=True) for p, _ in reaching]
        own = _fitted(cells, above)
        down = [(p, min(p.cell.rows, _TALLEST)) for p in own]
        left = [(p, n - 1) for p, n in (*reaching, *down) if n > 1]
        reaching = sorted(left, key=lambda pair: pair[0].column)[:_CELLS_OF_ROW]
        result.append(sorted((*above, *own), key=lambda p: p.column))
        budget -= len(result[-1])
        if budget < 0:
            return []
    return result


def _fitted(cells: Sequence[Cell], above: _Row) -> _Row:
    row: _Row = []
    at = passed = 0
    for cell in cells:
        while passed < len(above) and above[passed].column <= at:
            at = max(at, above[passed].end)
            passed += 1
        row.append(_Placed(cell, at))
        at = row[-1].end
    return row


def _between_captions(rows: list[_Row]) -> tuple[int, int]:
    """The rows without those of one cell at both ends: a caption above, a note below."""
    parted = [index for index, row in enumerate(rows) if len(row) > 1]
    return (parted[0], parted[-1] + 1) if parted else (0, 0)
