"""Finds what the page and not the notice says: running heads, page numbers, addresses and dates
of browser printouts.

They are known by their place and by coming again on other pages, whatever their words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.readers.pdf.lines import Line
from corpus.readers.pdf.page import Page

#: how many lines from the edge may be furniture, and how far, in points, they may shift
_DEEP = 3
_SHIFT = 4.0
#: left and right pages may have different heads, so each stands on half of the pages
_OFTEN = 0.4
#: browsers print their lines into the outermost part of the page, where no notice begins
_OUTERMOST = 0.05
_LONG = 6
_LABEL = re.compile(r"\W*第?\s*(?P<number>\d{1,4})\s*页?\W*(?:共?\s*(?P<count>\d{1,4})\s*页?)?\W*")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the edge of a page; ``outermost`` if none is nearer."""

    page: Page
    line: Line
    upper: bool
    outermost: bool

    @property
    def depth(self) -> float:
        """The distance from the edge in points."""
        return self.line.middle if self.upper else self.page.height - self.line.middle

    @property
    def in_margin(self) -> bool:
        """Whether it stands where only browsers print."""
        return self.depth < _OUTERMOST * self.page.height

    @property
    def shapes(self) -> set[str]:
        """What may come again: its text, also with any number in it counted from the page's own.

        Short texts only as they are, for 附件1 and 附件2 head pages of their own.
        """
        text, number = self.line.text, self.page.number
        label = _LABEL.fullmatch(text)
        if label:
            return {f"{int(label['number']) - number:+} of {label['count']}"}
        return {text, *(_counted(text, run, number) for run in re.finditer(r"\d{1,4}", text))}


def _counted(text: str, run: re.Match[str], number: int) -> str:
    before, after = text[: run.start()], text[run.end() :]
    long = len(before) + len(after) >= _LONG
    return f"{before}{int(run[0]) - number:+}{after}" if long else text


def take_furniture(pages: Sequence[Page]) -> list[Line]:
    """Takes the furniture out of ``pages``; gives what has been taken."""
    edges = [edge for page in pages for edge in _edges(page)]
    found = [*_repeated(edges, len(pages)), *_labels(edges, len(pages))]
    found += _around_a_single_page(edges)
    taken = {id(edge.line): edge.line for edge in found}
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in taken]
    return list(taken.values())


def _edges(page: Page) -> Iterator[_Edge]:
    lines = sorted(page.lines, key=lambda line: line.middle)
    for at, line in enumerate(lines[:_DEEP]):
        yield _Edge(page, line, upper=True, outermost=at == 0)
    for at, line in enumerate(reversed(lines[-_DEEP:])):
        yield _Edge(page, line, upper=False, outermost=at == 0)


def _repeated(edges: list[_Edge], pages: int) -> Iterator[_Edge]:
    alike: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        for shape in edge.shapes:
            alike[edge.upper, shape].append(edge)
    for group in alike.values():
        for edge in group:
            least = 2 if edge.in_margin or pages <= 3 else max(3, _OFTEN * pages)
            if _pages_with(edge, group) >= least:
                yield edge


def _pages_with(edge: _Edge, group: list[_Edge]) -> int:
    near = (other for other in group if abs(other.depth - edge.depth) <= _SHIFT)
    return len({other.page.number for other in near})


def _labels(edges: list[_Edge], pages: int) -> Iterator[_Edge]:
    """Lines at the edge that say nothing but the number of their page."""
    return (e for e in edges if e.outermost and _is_label(e.line.text, e.page.number, pages))


def _is_label(text: str, number: int, pages: int) -> bool:
    match = _LABEL.fullmatch(text)
    if match is None or int(match["number"]) != number:
        return False
    return match["count"] is None or int(match["count"]) == pages


def _around_a_single_page(edges: list[_Edge]) -> list[_Edge]:
    """What a browser prints above and below a page that is the only one (1/1)."""
    outer = [edge for edge in edges if edge.outermost and edge.in_margin]
    below = [e for e in outer if not e.upper and e.line.segments[-1].text == "1/1"]
    sizes = [edge.line.size for edge in below]
    return [e for e in outer if any(abs(e.line.size - size) < 0.5 for size in sizes)]
