"""The tables of a DOCX file: which cells stand where, and whether a table is one at all.

Deleted and hidden rows are left out; tables that only put words side by side are told from those
that list something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.readers.grid import WIDEST
from corpus.readers.word.names import child, local, number, on, value
from corpus.readers.word.package import Element
from corpus.readers.word.styles import Styles, inner_lines, side_lines
from corpus.readers.word.words import chosen

#: they only wrap what stands inside them
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table: its element, from which column on, how wide, and whether it goes on with
    the cell above.
    """

    element: Element
    column: int
    width: int
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of cells, and ``loose`` where it is only a way to lay out words."""

    rows: tuple[tuple[Place, ...], ...]
    width: int
    loose: bool

    def whole(self, row: Sequence[Place]) -> bool:
        """Whether the row is one cell from side to side."""
        return len(row) == 1 and row[0].width >= self.width


def grid(table: Element, styles: Styles) -> Grid:
    """The cells of ``w:tbl``."""
    rows = tuple(row for row in map(_places, unwrapped(table, "tr")) if row)
    width = max((row[-1].column + row[-1].width for row in rows), default=0)
    small = width <= 2 or len(rows) <= 2
    return Grid(rows, width, loose=small and not _has_lines(table, rows, styles))


def unwrapped(parent: Element, *names: str) -> Iterator[Element]:
    """The children of these names, also those that a content control or a change wraps."""
    for element in parent:
        name = local(element)
        if name in names:
            yield element
        elif name in _WRAPPERS:
            yield from unwrapped(element, *names)
        elif name == "AlternateContent":
            yield from unwrapped(chosen(element), *names)


def _places(row: Element) -> tuple[Place, ...]:
    properties = child(row, "w:trPr")
    if child(properties, "w:del") is not None or on(properties, "w:hidden"):
        return ()
    places: list[Place] = []
    column = number(properties, "w:gridBefore", most=WIDEST) or 0
    for cell in unwrapped(row, "tc"):
        if child(cell, "w:tcPr", "w:cellDel") is not None or column >= WIDEST:
            continue
        width = min(max(number(cell, "w:tcPr", "w:gridSpan") or 1, 1), WIDEST - column)
        # the cells right of a merged one are still there in files of Word 97's ways
        if places and value(cell, "w:tcPr", "w:hMerge") == "continue":
            places[-1] = _wider(places[-1], width)
        else:
            places.append(Place(cell, column, width, _goes_on(cell)))
        column += width
    return tuple(places)


def _wider(place: Place, more: int) -> Place:
    return Place(place.element, place.column, place.width + more, place.goes_on)


def _goes_on(cell: Element) -> bool:
    merged = child(cell, "w:tcPr", "w:vMerge")
    return merged is not None and value(cell, "w:tcPr", "w:vMerge") != "restart"


def _has_lines(table: Element, rows: tuple[tuple[Place, ...], ...], styles: Styles) -> bool:
    properties = child(table, "w:tblPr")
    drawn = inner_lines(properties)
    if drawn is None:
        drawn = styles.draws_lines(styles.of(properties, "table"))
    return drawn or any(side_lines(place.element) for row in rows for place in row)
