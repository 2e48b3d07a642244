"""Puts consecutive rows of cells together to tables, each with its header, caption, unit and the
clause it stands in.

Rows come as lines whose cells are parted by tabs, whatever the format of the source; a header of
two rows becomes one, each of its names with all that stands above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.models import TextSpan
from extractor.lines import MARKER
from extractor.models import Table
from extractor.outline import LineOf, Outline

Row = tuple[str, ...]
_BREAK = re.compile(r"\t[|｜│┃]?")
_NUMBER = re.compile(r"^[\d.,，%％\-—]+$")
#: 填报单位：某县 names who fills in, 单位：万元 what is counted
_UNIT = re.compile(
    r"[（(]?\s*(?:金额|计量|数量|货币)?(?<!填报)(?<!编制)(?<!责任)单\s*位\s*[：:]\s*"
    r"(?P<unit>(?:[百千万亿]*(?:元|亩|[人户个套家张头公吨平辆台]|%|％))"
    r"[^，。；）)\s]{0,12})\s*[）)]?"
)
#: a cell of a second header row that says only how the column above is counted
_UNIT_CELL = re.compile(
    r"[（(]?(?:单位[：:])?[百千万亿]*(?:元|亩|人次|人|户|个|套|家|%|％)(?:[/／·每]\S{1,6})*[）)]?"
)


def tables_of(lines: list[LineOf], found: Outline) -> tuple[Table, ...]:
    """All tables of ``lines``, in order."""
    owners = {span.start: owner for span, owner in found.pieces}
    tables = []
    for is_row, group in groupby(enumerate(lines), key=lambda pair: pair[1].role == "table"):
        rows = list(group)
        if is_row:
            first = rows[0][0]
            owner = owners.get(rows[0][1].span.start)
            path = found.clauses[owner].path if owner is not None else ""
            above = [line.text for line in lines[max(0, first - 2) : first] if line.role == "body"]
            tables.append(_table([line for _, line in rows], above, path))
    return tuple(tables)


def cell_spans(text: str, row: TextSpan, columns: int = 0) -> list[TextSpan]:
    """Where the cells of a row stand; empty ones in front where the row has lost its first of
    ``columns``.
    """
    spans, at = [], row.start
    for cell, end in _pieces(row.of(text)):
        lead = len(cell) - len(cell.lstrip())
        spans.append(TextSpan(at + lead, at + max(lead, len(cell.rstrip()))))
        at = row.start + end
    return [TextSpan(row.start, row.start)] * (columns - len(spans)) + spans


def _pieces(line: str) -> list[tuple[str, int]]:
    """The cells of a line, each with the offset at which the next one begins."""
    breaks = [m.span() for m in _BREAK.finditer(line)] + [(len(line), len(line))]
    starts = [0, *(end for _, end in breaks)]
    return [(line[start:stop], end) for start, (stop, end) in zip(starts, breaks, strict=False)]


def _table(lines: list[LineOf], above: list[str], clause: str) -> Table:
    printed = [tuple(cell.strip() for cell, _ in _pieces(line.text)) for line in lines]
    titles = _titles(printed)
    width = max(len(row) for row in printed)
    figures = _figures([row for row in printed[titles:] if len(row) == width], width)
    rows = [_padded(row, figures) for row in printed[titles:]]
    size, header = _header(rows, width)
    spans = tuple(line.span for line in lines)
    words = [*above, *(next(filter(None, row)) for row in printed[:titles])]
    return Table(
        clause=clause,
        header=header,
        rows=tuple(rows[size:]),
        span=TextSpan(spans[0].start, spans[-1].end),
        row_spans=spans[titles + size :],
        caption=_caption(words),
        unit=_unit(words),
    )


def _titles(rows: Sequence[Row]) -> int:
    """How many rows at the top hold a single cell, merged over all columns: a title, 单位：元."""
    count = 0
    while count < len(rows) - 2 and len(rows[count]) > 1 and sum(map(bool, rows[count])) == 1:
        count += 1
    return count


def _padded(row: Row, figures: list[bool]) -> Row:
    """A row that lost its first cells to the one above them, so that its figures stand below
    figures.
    """
    short = len(figures) - len(row)
    if short <= 0 or not any(figures):
        return row
    numbers = [bool(re.match(r"\d", cell)) for cell in row]
    right = sum(a == b for a, b in zip(numbers, figures[short:], strict=True))
    left = sum(a == b for a, b in zip(numbers, figures[: len(row)], strict=True))
    return ("",) * short + row if any(numbers) and right > left else row


def _header(rows: list[Row], width: int) -> tuple[int, Row]:
    """How many rows make up the header, and its names."""
    if len(rows) < 2 or any(_NUMBER.match(cell) for cell in rows[0]):
        return 0, ()
    if len(rows) > 2 and _is_second(rows[0], rows[1], rows[2:], width):
        merged = _merged(rows[0], rows[1], _figures(rows[2:], width), width)
        if merged:
            return 2, merged
    return 1, rows[0]


def _is_second(top: Row, sub: Row, body: list[Row], width: int) -> bool:
    """Whether ``sub`` goes on with the header: no figures, under a cell that spans columns."""
    if any(_NUMBER.match(cell) for cell in sub) or not any(_figures(body, width)):
        return False
    named = [cell for cell in sub if cell]
    units = bool(named) and all(_UNIT_CELL.fullmatch(cell) for cell in named)
    return units or len(top) < width or (not sub[0] and "" in top)


def _figures(body: list[Row], width: int) -> list[bool]:
    """Which columns hold mostly figures."""
    columns = [[row[i] for row in body if i < len(row) and row[i]] for i in range(width)]
    return [
        bool(cells) and sum(bool(re.match(r"\d", c)) for c in cells) >= 0.6 * len(cells)
        for cells in columns
    ]


def _merged(top: Row, sub: Row, figures: list[bool], width: int) -> Row | None:
    """One name a column: 标准 over 元/月 and 元/小时 gives 标准（元/月）, 标准（元/小时）."""
    below = [i for i, cell in enumerate(sub) if cell]
    if len(top) == width and below and all(figures[i] for i in below):
        return _in_place(top, sub)
    tops, subs = [cell for cell in top if cell], [cell for cell in sub if cell]
    split = len(tops) + len(subs) - width
    if not 1 <= split <= len(tops) or len(subs) % split:
        return None
    each = len(subs) // split
    # 其中 stands over the cells that are filled below it
    led = below[0] if below and below[0] and len(sub) == width else 0
    for at in range(min(led, len(tops) - split), len(tops) - split + 1):
        if all(figures[at : at + len(subs)]):
            under = [_joined(tops[at + i // each], name) for i, name in enumerate(subs)]
            return (*tops[:at], *under, *tops[at + split :])
    return None


def _in_place(top: Row, sub: Row) -> Row:
    names, last = [], ""
    for above, below in zip(top, (*sub, *[""] * (len(top) - len(sub))), strict=False):
        last = above or (last if below else "")
        names.append(_joined(last, below))
    return tuple(names)


def _joined(above: str, below: str) -> str:
    if above == below or not below:
        return above
    bare = below.strip("（）()")
    return f"{above}（{bare}）" if _UNIT_CELL.fullmatch(below) else above + below


def _unit(words: list[str]) -> str | None:
    """What all figures count, as printed above the table: 单位：元/月."""
    found = [match["unit"] for line in words if (match := _UNIT.search(line))]
    return found[-1] if found else None


def _caption(words: list[str]) -> str | None:
    """A short line without punctuation right above a table names it."""
    for line in reversed(words):
        bare = _UNIT.sub("", line).strip()
        if bare:
            prose = len(bare) > 40 or re.search(r"[，。；：]", bare) or MARKER.match(bare)
            return None if prose else bare
    return None
