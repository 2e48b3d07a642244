"""Finds the grids that ruled lines draw on a page: their columns, rows and merged cells.

Lines may be strokes, thin boxes or dashes; a grid may be open at its sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from corpus.readers.pdf.glyphs import Box, Turn

#: how far apart, in points, what meets or continues may be
_NEAR = 3.0
_THIN = 3.0
_SHORT = 8.0
_COVERED = 0.6
#: a drawing, not a table
_TOO_MANY = 600


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at ``at`` on one axis, from ``start`` to ``end`` on the other."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of ``rows`` x ``columns`` squares from square ``row``, ``column`` on."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the borders of a table stand, and its cells in the order of reading."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        """What the outer borders enclose."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


@dataclass(frozen=True, slots=True)
class Rules:
    """All straight lines of a page, pieces put together."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


def rules_of(page: Any, turn: Turn) -> Rules:
    """The lines drawn on a ``pdfplumber`` page, turned as its glyphs are."""
    boxes = [box for shape in _shapes(page) for box in _strokes(shape, turn)]
    across = [Rule((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in boxes if y1 - y0 <= _THIN]
    down = [Rule((x0 + x1) / 2, y0, y1) for x0, y0, x1, y1 in boxes if x1 - x0 <= _THIN]
    return Rules(_joined(across), _joined(down))


def _shapes(page: Any) -> Iterator[dict[str, Any]]:
    yield from page.lines
    yield from page.rects
    yield from page.curves


def _strokes(shape: dict[str, Any], turn: Turn) -> Iterator[Box]:
    x0, top, x1, bottom = box = turn(shape["x0"], shape["top"], shape["x1"], shape["bottom"])
    if min(bottom - top, x1 - x0) <= _THIN:
        yield box
    elif shape["object_type"] == "rect" and shape.get("stroke"):
        yield x0, top, x1, top
        yield x0, bottom, x1, bottom
        yield x0, top, x0, bottom
        yield x1, top, x1, bottom


def _joined(rules: list[Rule]) -> tuple[Rule, ...]:
    """Rules in one line that touch each other, as one; without what stays short."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if levels and rule.at - levels[-1][0].at <= _THIN:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    found = [rule for level in levels for rule in _chained(level)]
    return tuple(rule for rule in found if rule.end - rule.start >= _SHORT)


def _chained(level: list[Rule]) -> list[Rule]:
    at = sum(rule.at for rule in level) / len(level)
    chained: list[Rule] = []
    for rule in sorted(level, key=lambda rule: rule.start):
        if chained and rule.start <= chained[-1].end + _NEAR:
            last = chained.pop()
            chained.append(Rule(at, last.start, max(last.end, rule.end)))
        else:
            chained.append(Rule(at, rule.start, rule.end))
    return chained


def grids_of(rules: Rules) -> list[Grid]:
    """The grids of at least two cells that ``rules`` draw, from top to bottom."""
    if max(len(rules.across), len(rules.down)) > _TOO_MANY:
        return []
    grids = [_grid(across, down) for across, down in _connected(rules)]
    return sorted((grid for grid in grids if len(grid.cells) > 1), key=lambda grid: grid.box[1])


def _connected(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The lines that cross or touch each other, group by group."""
    find, join = _groups()
    for a in rules.across:
        for d in rules.down:
            meet_x = a.start - _NEAR <= d.at <= a.end + _NEAR
            if meet_x and d.start - _NEAR <= a.at <= d.end + _NEAR:
                join(("across", a), ("down", d))
    groups: dict[Any, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for a in rules.across:
        groups[find(("across", a))][0].append(a)
    for d in rules.down:
        groups[find(("down", d))][1].append(d)
    yield from (group for group in groups.values() if len(group[0]) > 1 and group[1])


def _groups() -> tuple[Callable[[Any], Any], Callable[[Any, Any], None]]:
    """Union and find: who leads the group of a thing, and make one group of two."""
    leader: dict[Any, Any] = {}

    def find(thing: Any) -> Any:
        while (above := leader.get(thing, thing)) != thing:
            thing = above
        return thing

    def join(one: Any, other: Any) -> None:
        leader[find(other)] = find(one)

    return find, join


def _grid(across: list[Rule], down: list[Rule]) -> Grid:
    xs = _levels([rule.at for rule in down])
    ys = _levels([rule.at for rule in across])
    # a table without lines at its sides still ends where its horizontal lines do
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    xs = [left] * (left < xs[0] - _SHORT) + xs + [right] * (right > xs[-1] + _SHORT)
    return Grid(tuple(xs), tuple(ys), tuple(_cells(xs, ys, across, down)))


def _levels(values: Iterable[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _NEAR:
            levels.append(value)
    return levels


def _cells(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> Iterator[Cell]:
    """Squares without a line between them make one cell."""
    find, join = _groups()
    squares = [(j, i) for j in range(len(ys) - 1) for i in range(len(xs) - 1)]
    for j, i in squares:
        if i + 2 < len(xs) and not _drawn(down, xs[i + 1], ys[j], ys[j + 1]):
            join((j, i), (j, i + 1))
        if j + 2 < len(ys) and not _drawn(across, ys[j + 1], xs[i], xs[i + 1]):
            join((j, i), (j + 1, i))
    members: dict[Any, list[tuple[int, int]]] = defaultdict(list)
    for square in squares:
        members[find(square)].append(square)
    for group in members.values():
        (j, i), last_j, last_i = min(group), max(s[0] for s in group), max(s[1] for s in group)
        i = min(s[1] for s in group)
        box = (xs[i], ys[j], xs[last_i + 1], ys[last_j + 1])
        yield Cell(j, i, last_j - j + 1, last_i - i + 1, box)


def _drawn(rules: list[Rule], at: float, start: float, end: float) -> bool:
    """Whether a line runs along most of the way at ``at`` from ``start`` to ``end``."""
    near = (rule for rule in rules if abs(rule.at - at) <= _NEAR)
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in near)
    return covered >= _COVERED * (end - start)
