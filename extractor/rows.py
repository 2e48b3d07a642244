"""Finds the rows of tables among the lines of a text: cells between pipes, or in columns that two
or more spaces keep apart.

Says what to cut and what to put there; cells end up parted by a tab, and a printed pipe stays
behind it, so that a row still reads as it was printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

_PIPE = r"[|｜│┃]"
_BETWEEN = re.compile(rf"[ \t\u3000\xa0]*{_PIPE}[ \t\u3000\xa0]*")
_OPENING = re.compile(rf"{_PIPE}[ \u3000\xa0]*")
_CLOSING = re.compile(rf"(?<!\t)[ \u3000\xa0]*{_PIPE}$")
_GAP = re.compile(r"[ \u3000\xa0\u2002-\u200a]{2,}")
#: |---|:-:|, ├──┼──┤, ----  ----: lines that only part rows
_RULE = re.compile(r"(?=.*[|│┃+┼┬┴═─ ])[|│┃+┼┬┴├┤┌┐└┘═─=:\-\s]{3,}")
_FIGURE = re.compile(r"(?:[\d,.]+(?:[-—~～至][\d,.]+)?(?:[%％]|[万亿]?元?|[人户个亩家])?|[—\-/])$")
#: what no cell of an aligned table holds: the mark that ends a sentence
_PROSE = re.compile(r"[。；！？]")
_LONGEST_CELL = 30
#: more than these are not tried out for rows with blank cells
_MOST_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Cut:
    """Take out what stands at ``start..end`` and put ``put`` there."""

    start: int
    end: int
    put: str


def is_rule(line: str) -> bool:
    """Whether a line only parts the rows of a table."""
    return bool(_RULE.fullmatch(line)) and bool(re.search(r"-{2}|[─═=]{2}", line))


def cuts(lines: Sequence[str]) -> list[tuple[Cut, ...]]:
    """For every line the cuts that make it a row; none for a line that is no row."""
    found: list[tuple[Cut, ...]] = [() for _ in lines]
    for run in _runs(lines, _may_have_pipes):
        if len(run) > 1 or _boxed(lines[run[0]]):
            for index in run:
                found[index] = _at_pipes(lines[index])
    for run in _runs(lines, _may_be_aligned):
        if _aligned([_GAP.split(lines[index]) for index in run]):
            for index, cut in zip(run, _at_columns([lines[i] for i in run]), strict=True):
                found[index] = cut
    return found


def _runs(lines: Sequence[str], fits: Callable[[str], bool]) -> Iterator[list[int]]:
    for good, group in groupby(range(len(lines)), key=lambda index: fits(lines[index])):
        if good:
            yield list(group)


def _may_have_pipes(line: str) -> bool:
    if "\t" in line and not _boxed(line):
        return False  # its cells are parted already
    return bool(re.search(_PIPE, line)) and (_boxed(line) or not _PROSE.search(line))


def _boxed(line: str) -> bool:
    """A pipe at either end, and one between: 首页 | 新闻 is a menu."""
    return bool(re.match(_PIPE, line) and re.search(rf"{_PIPE}$", line)) and len(line) > 2


def _at_pipes(line: str) -> tuple[Cut, ...]:
    first, last = _OPENING.match(line), _CLOSING.search(line)
    begin = first.end() if first else 0
    stop = last.start() if last and last.start() >= begin else len(line)
    outer = [Cut(0, begin, "")] if begin else []
    after = [Cut(stop, len(line), "")] if stop < len(line) else []
    # the cell after the opening pipe may be blank, and then the next pipe follows at once
    inner = [Cut(*m.span(), "\t|") for m in _BETWEEN.finditer(line, begin, stop)]
    return (*outer, *inner, *after)


def _may_be_aligned(line: str) -> bool:
    cells = _GAP.split(line)
    return (
        len(cells) >= 2
        and "\t" not in line
        and not _PROSE.search(line)
        and all(len(cell) <= _LONGEST_CELL for cell in cells)
    )


def _aligned(rows: list[list[str]]) -> bool:
    """Three lines or more of about as many cells, most with a figure behind the first cell: names
    in two columns and the signatures of two organs are no table.
    """
    sizes = [len(row) for row in rows]
    common = max(set(sizes), key=sizes.count)
    even = sum(size == common for size in sizes) >= 0.6 * len(rows) or max(sizes) - min(sizes) < 2
    figures = sum(any(_FIGURE.match(cell) for cell in row[1:]) for row in rows)
    return len(rows) >= 3 and even and figures >= 0.5 * len(rows)


def _at_columns(lines: list[str]) -> Iterator[tuple[Cut, ...]]:
    """The cuts of aligned rows; a row of fewer cells has them below those that stand as far apart,
    for the blank cell in front of a row is lost with the margin.
    """
    full = max((_starts(line) for line in lines), key=len)
    for line in lines:
        starts, gaps = _starts(line), [m.span() for m in _GAP.finditer(line)]
        places = _places(starts, full)
        lead = [Cut(0, 0, "\t" * places[0])] if places[0] else []
        steps = [b - a for a, b in pairwise(places)]
        inner = [Cut(*gap, "\t" * step) for gap, step in zip(gaps, steps, strict=True)]
        yield (*lead, *inner)


def _starts(line: str) -> list[int]:
    """The columns at which cells begin; a Chinese character is two wide."""
    ends = [0, *(m.end() for m in _GAP.finditer(line))]
    return [sum(1 if c < "\u0100" else 2 for c in line[:end]) for end in ends]


def _places(starts: list[int], full: list[int]) -> tuple[int, ...]:
    """Which columns of ``full`` cells at ``starts`` stand in, the margin unknown."""
    size = len(starts)
    if size == len(full) or len(full) > _MOST_COLUMNS:
        return tuple(range(size))

    def off(places: tuple[int, ...]) -> int:
        shift = full[places[0]] - starts[0]
        return sum(abs(full[at] - start - shift) for at, start in zip(places, starts, strict=True))

    return min(combinations(range(len(full)), size), key=off)
