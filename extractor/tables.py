"""Puts consecutive rows of cells together to tables, each with its header, caption and the clause
it stands in.

Rows come as lines whose cells are parted by tabs, whatever the format of the source.
"""

from __future__ import annotations

import re
from itertools import groupby

from corpus.models import TextSpan
from extractor.models import Table
from extractor.outline import LineOf, Outline

_NUMBER = re.compile(r"^[\d.,，%％\-—]+$")


def tables_of(lines: list[LineOf], found: Outline) -> tuple[Table, ...]:
    """All tables of ``lines``, in order."""
    owners = {span.start: owner for span, owner in found.pieces}
    tables = []
    for is_row, group in groupby(enumerate(lines), key=lambda pair: pair[1].role == "table"):
        rows = list(group)
        if is_row:
            before = lines[rows[0][0] - 1] if rows[0][0] else None
            owner = owners.get(rows[0][1].span.start)
            path = found.clauses[owner].path if owner is not None else ""
            tables.append(_table([line for _, line in rows], before, path))
    return tuple(tables)


def _table(lines: list[LineOf], before: LineOf | None, clause: str) -> Table:
    rows = [tuple(cell.strip() for cell in line.text.split("\t")) for line in lines]
    headed = len(rows) > 1 and not any(_NUMBER.match(cell) for cell in rows[0])
    spans = tuple(line.span for line in lines)
    return Table(
        clause=clause,
        header=rows[0] if headed else (),
        rows=tuple(rows[1:] if headed else rows),
        span=TextSpan(spans[0].start, spans[-1].end),
        row_spans=spans[1:] if headed else spans,
        caption=_caption(before),
    )


def _caption(line: LineOf | None) -> str | None:
    """A short line without punctuation right above a table names it."""
    if (
        line is None
        or line.role != "body"
        or len(line.text) > 30
        or re.search(r"[，。；：、]", line.text)
    ):
        return None
    return line.text
