"""What one page of a PDF holds: lines of text, ruled tables, and what lies across them.

The page knows nothing of the others; what repeats or goes on is found later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from corpus.readers.pdf.glyphs import Glyph, glyphs_of
from corpus.readers.pdf.lines import Line, lines_of
from corpus.readers.pdf.ruled import Rule, grids_of, rules_of
from corpus.readers.pdf.tables import Table, take_tables

#: a drawing of more strokes holds no table worth its time
_MOST_SHAPES = 20_000


@dataclass(slots=True)
class Page:
    """A page as it is read; ``number`` counts from one, lengths are in points.

    ``lines`` and ``tables`` are what has not been put elsewhere yet, ``across`` are the lines drawn
    from left to right. A page set in columns comes as several, ``column`` counting from one; zero
    is text over the whole width.
    """

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[Table] = field(default_factory=list)
    across: tuple[Rule, ...] = ()
    watermark: list[Glyph] = field(default_factory=list)
    column: int = 0

    @property
    def items(self) -> list[Line | Table]:
        """Lines and tables from top to bottom; lines beside each other stay in their order."""
        items: list[Line | Table] = [*self.lines]
        for table in self.tables:
            at = next((i for i, item in enumerate(items) if item.middle > table.middle), len(items))
            items.insert(at, table)
        return items


def read_page(page: Any, number: int) -> Page:
    """The ``pdfplumber`` page ``number``."""
    glyphs = glyphs_of(page)
    shapes = len(page.lines) + len(page.rects) + len(page.curves)
    rules = rules_of(page, glyphs.turn) if 0 < shapes <= _MOST_SHAPES else None
    tables, rest = take_tables(grids_of(rules), glyphs.seen) if rules else ([], glyphs.seen)
    return Page(
        number=number,
        width=glyphs.width,
        height=glyphs.height,
        lines=lines_of(rest),
        tables=tables,
        across=rules.across if rules else (),
        watermark=glyphs.across,
    )
