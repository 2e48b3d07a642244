"""Tells where the text of a page begins and ends between its margins, and how large it is set.

A page with few lines is set as the others of its width are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.readers.pdf.lines import Line
from corpus.readers.pdf.page import Page

#: ends of lines within this many points are one edge
_EDGE = 3.0
_HANGING = frozenset("，。、；：？！”’）》")
#: as many lines end at the margin as no chance would bring there
_FEW, _SOME = 2, 3
#: lines that show how a page is set by itself
_MANY = 8


@dataclass(frozen=True, slots=True)
class Margins:
    """Where lines begin (``left``) and end (``right``), in points; ``size`` of most text, and
    from one line to the next (``pitch``).
    """

    left: float
    right: float
    size: float
    pitch: float

    @property
    def centre(self) -> float:
        """Half way between the margins."""
        return (self.left + self.right) / 2


def margins_of(pages: Sequence[Page]) -> list[Margins]:
    """The margins of each page."""
    size = body_size(line for page in pages for line in page.lines)
    alike: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for page in pages:
        alike[_set_as(page)] += page.lines
    general = {way: _margins(lines, way[0], size) for way, lines in alike.items()}
    return [_of_page(page, general[_set_as(page)]) for page in pages]


def _set_as(page: Page) -> tuple[int, int]:
    return round(page.width), page.column


def body_size(lines: Iterable[Line]) -> float:
    """The font size that most characters have, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.glyphs)
    return sizes.most_common(1)[0][0] if sizes else 10.5


def _margins(lines: Sequence[Line], width: float, size: float) -> Margins:
    left = _edge([-line.x0 for line in lines], _FEW)
    begin = -left if left is not None else min((line.x0 for line in lines), default=0.0)
    right = _edge(_ends(lines), _FEW)
    # where no two lines end alike, none was broken by the margin
    end = right if right is not None else max(_ends(lines), default=0.0)
    end = end if right is not None else max(end, width - begin)
    return Margins(begin, end, size, _pitch(lines, size))


def _of_page(page: Page, general: Margins) -> Margins:
    size = body_size(page.lines) if len(page.lines) >= _MANY else general.size
    left = _edge([-line.x0 for line in page.lines], _SOME)
    begin = -left if left is not None else general.left
    # a page of nothing but first lines is indented as a whole
    if 0 < begin - general.left < 3 * size:
        begin = general.left
    # a page of headings has no two lines of one paragraph
    pitch = min(_pitch(page.lines, size), general.pitch)
    return Margins(begin, _right(page.lines, general, size), size, pitch)


def _right(lines: Sequence[Line], general: Margins, size: float) -> float:
    """Where the lines of a page end; short ones do not show it by chance."""
    ends = _ends(lines)
    right = _edge(ends, _SOME)
    if right is None:
        return general.right
    alike = sum(right - end <= size for end in ends)
    return right if right > general.right - 2 * size or 2 * alike > len(ends) else general.right


def _ends(lines: Iterable[Line]) -> list[float]:
    # marks may hang over the margin, and what stands in columns does not go up to it
    return [line.x1 for line in lines if line.text[-1] not in _HANGING and not line.parted]


def _edge(values: list[float], least: int) -> float | None:
    """The outermost place at which at least ``least`` of ``values`` come together."""
    ordered = sorted(values, reverse=True)
    for at in range(len(ordered) - least + 1):
        if ordered[at] - ordered[at + least - 1] <= _EDGE:
            return ordered[at]
    return None


def _pitch(lines: Sequence[Line], size: float) -> float:
    steps = [
        below.middle - above.middle
        for above, below in pairwise(lines)
        if 0.8 * size < below.middle - above.middle < 4 * size
    ]
    return float(median(steps)) if steps else 4 * size
