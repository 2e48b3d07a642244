"""Makes lines of paragraphs as word processors keep them: with breaks and tabs inside.

A line ends where a reader sees one end; tabs stay only where paragraphs under each other use them
as columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.readers.word.marked import bare

#: stands for a line break inside a paragraph
BREAK = "\v"
_SENTENCE_END = tuple("。！？；：…!?;:）)”》")
#: after more words than this, a break in the middle of a sentence was made for looks
_WHOLE = 40
_TABS = re.compile(r" *\t[ \t]*")
_NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十百\d]{1,4}[）)、.．]|第.{1,4}[章节条]|[①-⑳]")
_FEWEST_ROWS = 3
_LONGEST_CELL = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a row of cells; ``aside`` if it floats beside the text or is a note."""

    text: str
    row: bool = False
    aside: bool = False


def broken(paragraph: str) -> Iterator[Line]:
    """The lines of a paragraph; none for an empty one."""
    begun = ""
    for piece in paragraph.split(BREAK):
        words = piece.strip("\t")
        if begun and not (len(begun) > _WHOLE and not begun.rstrip().endswith(_SENTENCE_END)):
            yield Line(begun)
            begun = ""
        begun = begun.rstrip() + words.lstrip() if begun else words
    if bare(begun).strip():
        yield Line(begun)


def in_columns(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines; tabs become rows of cells or blanks."""
    for tabs, group in groupby(lines, key=_inner_tabs):
        found = list(group)
        if not tabs:
            yield from found
        elif _is_table(found):
            yield from (Line(_TABS.sub("\t", line.text), row=True) for line in found)
        else:
            yield from (Line(_TABS.sub(" ", line.text), aside=line.aside) for line in found)


def _inner_tabs(line: Line) -> int:
    return 0 if line.row else len(_TABS.findall(line.text))


def _is_table(lines: list[Line]) -> bool:
    cells = [cell.strip() for line in lines for cell in _TABS.split(line.text)]
    # 一、 with a tab behind it is a typed number, and what follows no column
    numbered = any(_NUMERAL.match(line.text.strip()) for line in lines)
    return (
        len(lines) >= _FEWEST_ROWS
        and not numbered
        and all(
            0 < len(cell) <= _LONGEST_CELL and not cell.endswith(("。", "：")) for cell in cells
        )
    )
