"""Cuts a text into runs where marked stretches begin and end, and says which mark each run shows.

The runs put together are the text again, whatever overlaps; where marks overlap the shortest
is shown, for it is the one that a longer mark would hide.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from corpus.models import TextSpan
from site_builder.wording.words import DEPARTMENT_ROLES, MARK_LABELS


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text: ``kind`` gives its look, ``words`` say what was read there.

    ``name`` is its id on the page and ``href`` where it leads; both may be empty.
    """

    span: TextSpan
    kind: str
    label: str
    words: str
    name: str = ""
    href: str = ""


#: what the style sheet writes at a mark of a kind; of organs what most of them are named as
_USUAL = {**MARK_LABELS, "department": DEPARTMENT_ROLES["responsible"]}


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a text in the order of their beginnings; a text has hundreds of them."""

    held: tuple[Mark, ...]
    starts: tuple[int, ...]
    #: how far the marks up to each reach
    reach: tuple[int, ...]

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Marks:
        """Those marks in order."""
        held = tuple(sorted(marks, key=lambda mark: mark.span.start))
        reach = accumulate((mark.span.end for mark in held), max)
        return cls(held, tuple(mark.span.start for mark in held), tuple(reach))

    def within(self, place: TextSpan) -> list[Mark]:
        """Those that touch ``place``."""
        first = bisect_right(self.reach, place.start)
        last = bisect_left(self.starts, place.end)
        return [mark for mark in self.held[first:last] if place.start < mark.span.end]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that no mark's edge cuts. ``kind`` is empty where nothing is marked.

    ``starts`` names the marks that begin here, ``label`` their kinds, ``names`` all that cover it.
    """

    text: str
    kind: str = ""
    label: str = ""
    words: str = ""
    href: str = ""
    names: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()

    @property
    def special(self) -> str:
        """Its label where that is not the one of its kind, which the style sheet knows."""
        return "" if self.label == _USUAL.get(self.kind) else self.label


def runs(text: str, piece: TextSpan, marks: Sequence[Mark]) -> tuple[Run, ...]:
    """``text[piece]`` as runs; marks that reach beyond the piece are cut at its edges."""
    touching = [m for m in marks if m.span.start < piece.end and piece.start < m.span.end]
    edges = {edge for m in touching for edge in (m.span.start, m.span.end)}
    cuts = sorted({piece.start, piece.end} | {e for e in edges if piece.start < e < piece.end})
    return tuple(_run(text, TextSpan(a, b), touching) for a, b in pairwise(cuts))


def visible(mark: Mark, text: str) -> Mark:
    """``mark`` without the line and cell breaks it begins with, which no run shows."""
    words = mark.span.of(text)
    hidden = len(words) - len(words.lstrip("\n\t"))
    span = TextSpan(mark.span.start + hidden, mark.span.end) if hidden < len(words) else mark.span
    return Mark(span, mark.kind, mark.label, mark.words, mark.name, mark.href)


def _run(text: str, place: TextSpan, marks: Sequence[Mark]) -> Run:
    covering = sorted((m for m in marks if m.span.holds(place)), key=_inside_out)
    if not covering:
        return Run(place.of(text))
    begun = [m for m in covering if m.span.start == place.start]
    return Run(
        text=place.of(text),
        kind=covering[0].kind,
        label="·".join(dict.fromkeys(m.label for m in begun)),
        words="；".join(dict.fromkeys(f"{m.label}：{m.words}" for m in covering)),
        href=next((m.href for m in covering if m.href), ""),
        names=tuple(m.name for m in covering if m.name),
        starts=tuple(m.name for m in begun if m.name),
    )


def _inside_out(mark: Mark) -> tuple[int, str, str, int]:
    return mark.span.end - mark.span.start, mark.kind, mark.name, mark.span.start
