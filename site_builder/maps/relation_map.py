"""Lays documents and their links out as a map: years from left to right, levels from top to bottom.

Pure geometry, the same for the same documents. Boxes never overlap, and every line that leaves a
box has a row of its own for its words.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_BOX, _MARGIN, _HEAD = 180, 16, 40
#: room beside a year: for the words of lines to earlier years, to later ones, within it, and for
#: lines that only arrive
_EARLIER, _LATER, _WITHIN, _ARRIVING, _LEAST = 86, 94, 116, 44, 20
_LEAST_HEIGHT, _ROW, _PAD, _BETWEEN = 50, 18, 10, 14
#: how far the words of a line reach from their box, and how far a line within a year swings out
_WORDS, _SWING = 78, 30
_SIZE = 12
#: so much of a map is seen at a time on a small screen
_INSET, _SIGHT = 10, 640


@dataclass(frozen=True, slots=True)
class Dot:
    """A document to be laid out, in a lane and a year; None where the year is not known."""

    name: str
    lane: int
    year: int | None
    lines: tuple[str, str]
    title: str
    href: str
    stub: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A link to be drawn, with what it is called on the map and in full."""

    source: str
    target: str
    code: str
    presumed: bool
    words: str
    title: str


@dataclass(frozen=True, slots=True)
class Node:
    """A document as a box."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, str]
    title: str
    href: str
    stub: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link as a path, and where its words stand."""

    path: str
    code: str
    presumed: bool
    words: str
    title: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A level as a band across the map, named again wherever one may look."""

    name: str
    y: int
    height: int

    def names_at(self, width: int) -> range:
        """Where its name stands on a map of that width."""
        return range(_INSET, max(width - _INSET, _INSET + 1), _SIGHT)


@dataclass(frozen=True, slots=True)
class Column:
    """A year above its boxes."""

    name: str
    x: int


@dataclass(frozen=True, slots=True)
class RelationMap:
    """The map, ready to be drawn."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]
    arrows: tuple[Arrow, ...]
    nodes: tuple[Node, ...]


def relation_map(dots: Sequence[Dot], lines: Sequence[Line], lanes: Sequence[str]) -> RelationMap:
    """The map of ``dots``; a line must lead from one of them to another."""
    at = {dot.name: dot.year or 0 for dot in dots}
    left, width = _columns(at, lines)
    heights = _heights(dots, lines, at)
    bands = _bands(dots, heights, lanes)
    nodes = dict(_placed(dots, heights, bands, left))
    return RelationMap(
        width=width,
        height=max((band.y + band.height for band in bands.values()), default=_HEAD) + _MARGIN,
        lanes=tuple(bands.values()),
        columns=tuple(Column(f"{year}年" if year else "年份不明", x) for year, x in left.items()),
        arrows=_arrows(nodes, lines, at),
        nodes=tuple(nodes.values()),
    )


def fit(text: str, width: int = _BOX - 2 * _PAD, size: int = _SIZE) -> str:
    """As much of ``text`` as fits; a Chinese character is as wide as it is high."""
    room: float = width
    for place, character in enumerate(text):
        room -= size if unicodedata.east_asian_width(character) in "WFA" else size * 0.6
        if room < 0 and place + 1 < len(text):
            return f"{text[:place]}…"
    return text


def _columns(at: Mapping[str, int], lines: Iterable[Line]) -> tuple[dict[int, int], int]:
    """Where the boxes of each year begin, with room for the lines beside them; and the width."""
    before: dict[int, int] = defaultdict(lambda: _LEAST)
    behind: dict[int, int] = defaultdict(lambda: _LEAST)
    for line in lines:
        source, target = at[line.source], at[line.target]
        if source > target:
            before[source] = max(before[source], _EARLIER)
            behind[target] = max(behind[target], _ARRIVING)
        elif source < target:
            behind[source] = max(behind[source], _LATER)
            before[target] = max(before[target], _ARRIVING)
        else:
            behind[source] = _WITHIN
    left, edge = {}, _MARGIN
    for year in sorted(set(at.values())):
        left[year] = edge + before[year]
        edge = left[year] + _BOX + behind[year]
    return left, edge + _MARGIN


def _sides(line: Line, at: Mapping[str, int]) -> tuple[tuple[str, bool], tuple[str, bool]]:
    """The box and side, True for the right one, where the line leaves, and where it arrives."""
    earlier = at[line.target] < at[line.source]
    later = at[line.target] > at[line.source]
    return (line.source, not earlier), (line.target, not later)


def _heights(dots: Iterable[Dot], lines: Iterable[Line], at: Mapping[str, int]) -> dict[str, int]:
    """High enough for the rows of the lines that meet it on either side."""
    rows = Counter(side for line in lines for side in _sides(line, at))
    most = {dot.name: max(rows[dot.name, False], rows[dot.name, True]) for dot in dots}
    return {name: max(_LEAST_HEIGHT, count * _ROW + _PAD) for name, count in most.items()}


def _bands(
    dots: Iterable[Dot], heights: Mapping[str, int], lanes: Sequence[str]
) -> dict[int, Lane]:
    """The lanes that hold something, each as high as its fullest year."""
    filled: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for dot in dots:
        filled[dot.lane][dot.year or 0] += heights[dot.name] + _BETWEEN
    bands, top = {}, _HEAD
    for lane in sorted(filled):
        height = max(filled[lane].values()) + _BETWEEN + _ROW
        bands[lane] = Lane(lanes[lane], top, height)
        top += height
    return bands


def _placed(
    dots: Iterable[Dot],
    heights: Mapping[str, int],
    bands: Mapping[int, Lane],
    left: Mapping[int, int],
) -> Iterator[tuple[str, Node]]:
    used: dict[tuple[int, int], int] = defaultdict(int)
    for dot in dots:
        cell = (dot.lane, dot.year or 0)
        top = bands[dot.lane].y + _BETWEEN + _ROW + used[cell]
        used[cell] += heights[dot.name] + _BETWEEN
        yield (
            dot.name,
            Node(
                x=left[dot.year or 0],
                y=top,
                width=_BOX,
                height=heights[dot.name],
                lines=dot.lines,
                title=dot.title,
                href=dot.href,
                stub=dot.stub,
            ),
        )


def _arrows(
    at: Mapping[str, Node], lines: Iterable[Line], years: Mapping[str, int]
) -> tuple[Arrow, ...]:
    met: dict[tuple[str, bool], list[tuple[int, int, bool, Line]]] = defaultdict(list)
    for line in lines:
        leaves, arrives = _sides(line, years)
        source, target = at[line.source], at[line.target]
        met[leaves].append((target.y, target.x, True, line))
        met[arrives].append((source.y, source.x, False, line))
    rows = {
        (line, out): _row(at[name], place, len(held))
        for (name, _), held in met.items()
        for place, (_, _, out, line) in enumerate(sorted(held, key=lambda one: one[:3]))
    }
    return tuple(
        _arrow(line, at[line.source], at[line.target], rows[line, True], rows[line, False])
        for line in lines
    )


def _row(node: Node, place: int, count: int) -> int:
    """The height at which the line of that place meets the box."""
    return node.y + round(node.height * (place + 1) / (count + 1))


def _arrow(line: Line, source: Node, target: Node, start: int, end: int) -> Arrow:
    """From the left of a later box to the right of an earlier one; within a year, around both."""
    if target.x < source.x:
        begin, stop, out, back = source.x, target.x + _BOX, -1, 1
    elif target.x > source.x:
        begin, stop, out, back = source.x + _BOX, target.x, 1, -1
    else:
        begin, stop, out, back = source.x + _BOX, target.x + _BOX, 1, 1
    turn = begin + out * _WORDS
    if target.x == source.x:
        bend = begin + _WORDS + _SWING
        path = f"M{begin} {start}H{turn}C{bend} {start} {bend} {end} {turn} {end}H{stop}"
    else:
        half = (turn + stop) // 2
        near = stop + back * _SWING
        path = f"M{begin} {start}H{turn}C{half} {start} {near} {end} {stop} {end}"
    return Arrow(
        path=path,
        code=line.code,
        presumed=line.presumed,
        words=line.words,
        title=line.title,
        x=begin + out * 6,
        y=start - 3,
        anchor="end" if out < 0 else "start",
    )
