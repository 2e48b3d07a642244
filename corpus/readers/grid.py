"""Lays out the cells of a table as rows of text, cells parted by tabs, merged cells filled in.

A merged cell that names something is named in every place it covers; one that states a quantity
states it once, or a reader would count it twice, but a rate holds for each row it covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Word makes no wider table
WIDEST = 63
_TALLEST_HEAD = 4
_LONGEST_NAME = 40
_QUANTITY = re.compile(
    r"[\d.,，%％\-—－~～\s]+|.*\d\s*(?:元|万|亿|[%％‰]|人次?|名|个|户|家|所|期|次|亩|项|台|套).*"
)
_RATE = re.compile(r"标准|单价|比例|额度")


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a table: from which column on, how many columns wide, and whether they go on with
    the cell above.
    """

    text: str
    column: int
    width: int = 1
    goes_on: bool = False


Row = Sequence[Cell]


def rows(table: Sequence[Row], width: int) -> Iterator[tuple[str, int]]:
    """The rows of a table of ``width`` columns, each as one line, with how many rows it is of.

    A heading in several rows is put together: 培训任务 over 2021年 is 培训任务 2021年.
    """
    above: dict[int, str] = {}
    tall = _height_of_head(table)
    head = [_filled(row, width, above, None) for row in table[:tall]]
    names = [" ".join(filter(None, dict.fromkeys(column))) for column in zip(*head, strict=True)]
    yield "\t".join(names), tall
    for row in table[tall:]:
        yield "\t".join(_filled(row, width, above, names)), 1


def _height_of_head(table: Sequence[Row]) -> int:
    """How many rows the heading takes: as many as its tallest cell, where another is divided."""
    tall = 1
    for row in table[1:]:
        if not any(cell.goes_on and _begins(table[0], cell) for cell in row):
            break
        tall += 1
    divided = any(cell.width > 1 and not _reaches(table, cell) for cell in table[0])
    return tall if divided and tall < len(table) and tall <= _TALLEST_HEAD else 1


def _begins(row: Row, below: Cell) -> bool:
    return any(cell.column == below.column for cell in row)


def _reaches(table: Sequence[Row], cell: Cell) -> bool:
    return len(table) > 1 and any(c.goes_on and c.column == cell.column for c in table[1])


def _filled(row: Row, width: int, above: dict[int, str], names: Sequence[str] | None) -> list[str]:
    """The words of every place; ``names`` heads the columns, None in the heading itself."""
    line = [""] * width
    for cell in row:
        text = above.get(cell.column, "") if cell.goes_on else cell.text
        above[cell.column] = text
        if len(text) <= _LONGEST_NAME and (names is None or not _QUANTITY.fullmatch(text)):
            line[cell.column : cell.column + cell.width] = [text] * cell.width
        elif not cell.goes_on or (names and _RATE.search(names[cell.column])):
            line[cell.column] = text
    return line[:width]
