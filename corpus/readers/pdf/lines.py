"""Puts the glyphs of a page together to lines, in the order in which they are read.

A line knows its words, its box and the stretches (segments) that wide blanks part it into.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from corpus.readers.pdf.glyphs import Glyph

# shares of the font size
_SAME_LINE = 0.4
_WORD_GAP_LATIN = 0.2
_WORD_GAP = 0.8
_SEEN_BLANK = 0.12
_SEGMENT_GAP = 1.5
_BESIDE = 0.3
#: a numeral before a text, in characters
_LABEL = 6
#: a blank that parts segments
_PARTS = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line without a wide blank."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True)
class Line:
    """Glyphs side by side, without the blanks among them; lengths are in points."""

    glyphs: tuple[Glyph, ...]
    text: str
    segments: tuple[Segment, ...]

    @cached_property
    def x0(self) -> float:
        """Its left end."""
        return self.glyphs[0].x0

    @cached_property
    def x1(self) -> float:
        """Its right end."""
        return max(glyph.x1 for glyph in self.glyphs)

    @cached_property
    def top(self) -> float:
        """Its upper edge."""
        return min(glyph.top for glyph in self.glyphs)

    @cached_property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(glyph.bottom for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        """The font size of most of it."""
        return float(median(glyph.size for glyph in self.glyphs))

    @cached_property
    def middle(self) -> float:
        """The height at which most of it stands."""
        return float(median(glyph.middle for glyph in self.glyphs))

    @cached_property
    def parted(self) -> bool:
        """Whether wide blanks part it, as they do in columns; not the one after 第一条."""
        return len(self.segments) > 1 + (len(self.segments[0].text) <= _LABEL)

    @cached_property
    def red(self) -> bool:
        """Whether most of it is red."""
        return 2 * sum(glyph.red for glyph in self.glyphs) > len(self.glyphs)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that ``glyphs`` form."""
    rows = _rows(sorted(glyphs, key=lambda glyph: glyph.middle))
    lines = [line_of(row) for row in rows if any(glyph.text != " " for glyph in row)]
    return _in_reading_order(lines)


def line_of(glyphs: Iterable[Glyph]) -> Line:
    """The line that ``glyphs``, at least one of them no blank, form."""
    printed = _printed(sorted(glyphs, key=lambda glyph: (glyph.x0, glyph.x1)))
    blanks = _blanks(printed)
    segments, start = [], 0
    for at in [i + 1 for i, blank in enumerate(blanks) if blank == _PARTS] + [len(printed)]:
        segments.append(_segment(printed[start:at], blanks[start:]))
        start = at
    return Line(printed, " ".join(segment.text for segment in segments), tuple(segments))


def _printed(row: Iterable[Glyph]) -> tuple[Glyph, ...]:
    """The glyphs without the blanks, which each marks that follows one."""
    printed: list[Glyph] = []
    blank = False
    for glyph in row:
        if glyph.text == " ":
            blank = True
            continue
        glyph.spaced |= blank
        printed.append(glyph)
        blank = False
    return tuple(printed)


def _segment(glyphs: tuple[Glyph, ...], blanks: list[int]) -> Segment:
    parts = [glyphs[0].text]
    for glyph, blank in zip(glyphs[1:], blanks, strict=False):
        parts.append(f" {glyph.text}" if blank else glyph.text)
    return Segment("".join(parts), glyphs[0].x0, glyphs[-1].x1)


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs (from top to bottom) that stand at the same height."""
    rows: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in glyphs:
        high = max(size, glyph.size)
        if rows and glyph.middle - middle <= _SAME_LINE * high:
            row = rows[-1]
            row.append(glyph)
            middle += (glyph.middle - middle) / len(row)
            size = high
        else:
            rows.append([glyph])
            middle, size = glyph.middle, glyph.size
    return rows


def _blanks(printed: tuple[Glyph, ...]) -> list[int]:
    """For each gap between two glyphs: none, a blank, or one so wide that it parts."""
    pairs = list(pairwise(printed))
    gaps = [(after.x0 - before.x1) / max(before.size, after.size) for before, after in pairs]
    # letters set apart on purpose (通 知) are as far apart as all others in their line
    usual = max(0.0, median(gaps)) if gaps else 0.0
    return [_blank(*pair, gap, usual) for pair, gap in zip(pairs, gaps, strict=True)]


def _blank(before: Glyph, after: Glyph, gap: float, usual: float) -> int:
    if gap > _SEGMENT_GAP + 2 * usual:
        return _PARTS
    latin = _is_latin(before.text[-1]) and _is_latin(after.text[0])
    least = _WORD_GAP_LATIN if latin else _WORD_GAP
    return int(gap > least + 1.2 * usual or (after.spaced and gap > _SEEN_BLANK))


def _is_latin(character: str) -> bool:
    return character < "\u0250"


def _in_reading_order(lines: list[Line]) -> list[Line]:
    """Lines from top to bottom; those that stand beside each other, from left to right.

    In a joint red head 文件 stands beside two organs, at half their height.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if groups and any(_beside(line, other) for other in groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [line for group in groups for line in _by_column(group)]


def _beside(one: Line, other: Line) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    high = min(one.bottom - one.top, other.bottom - other.top)
    apart = one.x0 >= other.x1 or other.x0 >= one.x1
    return apart and overlap > _BESIDE * high


def _by_column(group: list[Line]) -> list[Line]:
    columns: list[list[Line]] = []
    for line in sorted(group, key=lambda line: line.x0):
        if columns and line.x0 < max(other.x1 for other in columns[-1]):
            columns[-1].append(line)
        else:
            columns.append([line])
    return [line for column in columns for line in sorted(column, key=lambda line: line.middle)]
