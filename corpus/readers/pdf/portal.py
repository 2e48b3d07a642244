"""Reads the box with which portals print what they know of a notice (索引号, 成文日期, 有效性).

The box is the portal's and not the notice's, so it is taken out of the text and kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.pdf.glyphs import Glyph
from corpus.readers.pdf.lines import Line, line_of, lines_of
from corpus.readers.pdf.page import Page
from corpus.readers.pdf.wraps import healed

#: what portals say of a notice and notices do not say of themselves
_NAMES = (
    "(?:信息)?索引号|索取号|(?:主题|组配|体裁)分类|公文种类|发文(?:字号|机[关构])|(?:发布|制发)机[关构]"
    "|(?:成文|生成|发布|公开)(?:日期|时间)|是否有效|(?:信息)?有效性|时效性|(?:效力|文件)状态|统一编号"
)
_TELLING = re.compile(rf"[【\[]?(?P<name>{_NAMES})[】\]]?[：:]")
_NAME = re.compile(rf"(?P<name>{_NAMES})[：:]?")
#: beside it whatever looks like a label is one
_LABEL = re.compile(r"[【\[]?(?P<name>[\u4e00-\u9fff]{2,6})[】\]]?[：:]")
_FEW_TELLING, _FEW = 2, 3

# in sizes of the font
_STANDS_APART = 0.3
_NEXT_TO = 2.2
_OTHER_SIZE = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class _Label:
    """A label as it is printed in a line."""

    name: str
    line: Line
    glyphs: tuple[Glyph, ...]

    @property
    def start(self) -> float:
        """Where it begins."""
        return self.glyphs[0].x0

    @property
    def end(self) -> float:
        """Where its value may begin."""
        return self.glyphs[-1].x1


def take_portal(page: Page) -> tuple[tuple[str, str], ...]:
    """Takes the box out of ``page``; its labels and values, nothing where there is no box."""
    return (*_from_tables(page), *_from_lines(page))


def _from_tables(page: Page) -> Iterator[tuple[str, str]]:
    """What a box with ruled lines says: labels and values take turns in its rows."""
    for table in list(page.tables):
        rows = [[cell.replace(" ", "") for cell in row.cells if cell] for row in table.rows]
        if sum(bool(_NAME.fullmatch(cell)) for row in rows for cell in row) >= _FEW_TELLING:
            page.tables.remove(table)
            for row in table.rows:
                words = [cell for cell in row.cells if cell]
                for label, value in zip(words[::2], [*words[1::2], ""], strict=False):
                    yield label.replace(" ", "").strip("：:【】[]"), value


def _from_lines(page: Page) -> tuple[tuple[str, str], ...]:
    telling = [label for line in page.lines for label in _labels(line, _TELLING)]
    if len({label.name for label in telling}) < _FEW_TELLING:
        return ()
    box = _box(page.lines, telling)
    labels = [label for line in box for label in _labels(line, _LABEL)]
    if len(labels) < _FEW:
        return ()
    values = dict(_values(labels, box))
    taken = {id(glyph) for label in labels for glyph in label.glyphs}
    taken |= {id(glyph) for lines in values.values() for line in lines for glyph in line.glyphs}
    page.lines = [rest for line in page.lines for rest in _rest(line, taken)]
    return tuple((label.name, _words(lines)) for label, lines in values.items())


def _rest(line: Line, taken: set[int]) -> Iterator[Line]:
    """What no label speaks for stays in the text."""
    left = [glyph for glyph in line.glyphs if id(glyph) not in taken]
    if len(left) == len(line.glyphs):
        yield line
    elif left:
        yield line_of(left)


def _words(lines: Sequence[Line]) -> str:
    return healed(lines, max((line.x1 for line in lines), default=0.0))


def _labels(line: Line, pattern: re.Pattern[str]) -> Iterator[_Label]:
    """The labels in a line: each at its head or after a blank."""
    words = "".join(glyph.text for glyph in line.glyphs)
    if len(words) != len(line.glyphs):
        return
    end = 0
    for at, glyph in enumerate(line.glyphs):
        before = line.glyphs[at - 1] if at else None
        match = pattern.match(words, at)
        apart = before is None or glyph.x0 - before.x1 > _STANDS_APART * line.size
        if match and apart and at >= end:
            end = match.end()
            yield _Label(match["name"], line, line.glyphs[at:end])


def _box(lines: Sequence[Line], labels: Sequence[_Label]) -> list[Line]:
    """The lines from the first label to the last, and those next to them with labels or values."""
    top = min(label.line.top for label in labels)
    bottom = max(label.line.bottom for label in labels)
    size, values = labels[0].line.size, min(label.end for label in labels)
    alike = [
        line
        for line in lines
        if abs(line.size - size) <= _OTHER_SIZE * size
        and (line.x0 >= values or any(_labels(line, _LABEL)))
    ]
    for _ in alike:
        near = [line for line in alike if top - _near(line) < line.middle < bottom + _near(line)]
        top = min(top, *(line.top for line in near))
        bottom = max(bottom, *(line.bottom for line in near))
    return [line for line in lines if top <= line.middle <= bottom]


def _near(line: Line) -> float:
    return (_NEXT_TO - 1) * line.size


def _values(labels: Sequence[_Label], box: Sequence[Line]) -> Iterator[tuple[_Label, list[Line]]]:
    """Each label with what stands right of it in its row, up to the next label."""
    bounds = _row_bounds(labels, box)
    glyphs = [glyph for line in box for glyph in line.glyphs]
    for label in labels:
        row = next(bound for bound in bounds if bound[0] < label.line.middle < bound[1])
        beside = [other.start for other in labels if row[0] < other.line.middle < row[1]]
        right = min((start for start in beside if start > label.end), default=float("inf"))
        yield (
            label,
            lines_of(
                glyph
                for glyph in glyphs
                if row[0] < glyph.middle < row[1] and label.end <= (glyph.x0 + glyph.x1) / 2 < right
            ),
        )


def _row_bounds(labels: Sequence[_Label], box: Sequence[Line]) -> list[tuple[float, float]]:
    """Upper and lower end of each row of labels: between two rows the blank is widest.

    Values of several lines are centred on their label or begin beside it.
    """
    heights: list[float] = []
    for height in sorted(label.line.middle for label in labels):
        if not heights or height - heights[-1] > labels[0].line.size / 2:
            heights.append(height)
    cuts = [_widest_blank(above, below, box) for above, below in pairwise(heights)]
    ends = [float("-inf"), *cuts, float("inf")]
    return list(pairwise(ends))


def _widest_blank(above: float, below: float, box: Sequence[Line]) -> float:
    """The middle of the widest band between two heights that no line reaches into."""
    between = sorted((line.top, line.bottom) for line in box if above <= line.middle <= below)
    blanks, end = [], between[0][1]
    for top, bottom in between[1:]:
        blanks.append((top - end, (top + end) / 2))
        end = max(end, bottom)
    # the lower of two equal ones: a second line belongs to what stands above it
    return max(blanks, key=lambda blank: (round(blank[0], 1), blank[1]))[1]
