"""A timeline as a picture: an axis of years, a lane for each place, a bar for the time it holds.

Positions are shares of the width and sizes are pixels, so that the picture fits a phone and a desk
with letters of one size. Nothing leaves the frame, and words keep clear of bars that are not
theirs, at every width from ``NARROWEST`` on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

#: pixels: the least width, the size of letters, and what stands below one another
NARROWEST = 320
LETTER = 13
HEAD, LABEL_ROW, BAR, GAP = 48, 22, 24, 14
_PAD = 8
#: years on the axis that leave room for their names
_MOST_TICKS = 7
_NARROW = re.compile("[^\u2000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch of time that a place is drawn for: ``look`` is stands, applies, open or over.

    ``goes_on`` says that nothing is known to end it.
    """

    first: date
    last: date
    look: str
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What a lane is drawn from: its words, its stretches, or the day of a mere mention.

    ``after`` is the number of the earlier place that ``link`` ties it to, from ``tied`` on.
    """

    label: str
    value: str
    stays: tuple[Stay, ...]
    at: date | None = None
    after: int | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Letters at ``x`` percent and ``dx`` pixels; ``anchor`` as SVG has it."""

    text: str
    x: float
    dx: int
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of ``width`` percent; ``goes_on`` leaves its end open."""

    x: float
    width: float
    look: str
    goes_on: bool

    @property
    def end(self) -> float:
        """Where it ends, in percent."""
        return round(self.x + self.width, 3)


@dataclass(frozen=True, slots=True)
class Lane:
    """A place as it is drawn; ``point`` is set where it has no bar."""

    y: int
    bars: tuple[Bar, ...]
    point: float | None
    label: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Tie:
    """A line from one bar down to the words of a later one."""

    x: float
    top: int
    bottom: int
    look: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All there is to draw. ``first`` and ``last`` are the days at the edges.

    ``title`` and ``said`` are what is read out in place of the picture. The line of a day is no
    part of it: ``static/measure.js`` draws it, and a page stays as it is when a day has passed.
    """

    title: str
    said: str
    first: str
    last: str
    height: int
    ticks: tuple[Words, ...]
    lanes: tuple[Lane, ...]
    ties: tuple[Tie, ...]

    @property
    def looks(self) -> frozenset[str]:
        """What the legend has to explain."""
        bars = {bar.look for lane in self.lanes for bar in lane.bars}
        open_ends = {"goes_on" for lane in self.lanes for bar in lane.bars if bar.goes_on}
        points = {"point" for lane in self.lanes if lane.point is not None}
        return frozenset(bars | open_ends | points | {tie.look for tie in self.ties})


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole years, of which every day has its place."""

    first: date
    last: date

    @classmethod
    def of(cls, days: Iterable[date]) -> Axis:
        """The years of ``days``, which are not none."""
        years = [day.year for day in days]
        return cls(date(min(years), 1, 1), date(max(years), 12, 31))

    def at(self, day: date) -> float:
        """Where the day begins, in percent; what lies outside is at the edge."""
        days = (min(max(day, self.first), self.last) - self.first).days
        return round(100 * days / self.length, 3)

    def after(self, day: date) -> float:
        """Where the day is over, in percent."""
        return 100.0 if day >= self.last else self.at(date.fromordinal(day.toordinal() + 1))

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def picture(title: str, said: str, places: Sequence[Place]) -> Picture:
    """The picture of ``places``, of which one has a day, in their order."""
    axis = Axis.of(day for place in places for day in _days(place))
    lanes: list[Lane] = []
    top = HEAD
    for place in places:
        lanes.append(_lane(place, axis, top))
        top = lanes[-1].y + BAR + GAP
    ties = (_tie(lanes, number, place) for number, place in enumerate(places))
    return Picture(
        title=title,
        said=said,
        first=axis.first.isoformat(),
        last=axis.last.isoformat(),
        height=top,
        ticks=_ticks(axis),
        lanes=tuple(lanes),
        ties=tuple(tie for tie in ties if tie),
    )


def width_of(text: str) -> int:
    """Pixels that ``text`` takes at most: Chinese characters are square, others are narrower."""
    narrow = len(_NARROW.findall(text))
    return LETTER * (len(text) - narrow) + 9 * narrow


def fitted(text: str, room: int) -> str:
    """``text``, cut with … where it is wider than ``room`` pixels."""
    if width_of(text) <= room:
        return text
    while text and width_of(text) + LETTER > room:
        text = text[:-1]
    return f"{text}…"


def _days(place: Place) -> list[date]:
    days = [day for stay in place.stays for day in (stay.first, stay.last)]
    return [*days, place.at] if place.at else days


def _lane(place: Place, axis: Axis, top: int) -> Lane:
    bars = tuple(_bar(stay, axis) for stay in place.stays)
    point = None if bars else axis.at(place.at or axis.first)
    start, end = (bars[0].x, bars[-1].end) if bars else (point or 0.0, point or 0.0)
    label = _beside(fitted(place.label, NARROWEST), start, top + LETTER)
    text = fitted(place.value, NARROWEST)
    value = _on_bar(text, bars, top + LABEL_ROW) or _outside(text, start, end, top + LABEL_ROW)
    if value:
        return Lane(top + LABEL_ROW, bars, point, label, value)
    # no room on the bar or at its ends: a row of its own
    value = _beside(text, start, top + LABEL_ROW + LETTER)
    return Lane(top + 2 * LABEL_ROW, bars, point, label, value)


def _bar(stay: Stay, axis: Axis) -> Bar:
    start, end = axis.at(stay.first), axis.after(stay.last)
    return Bar(start, round(end - start, 3), stay.look, stay.goes_on)


def _pixels(share: float) -> float:
    return share * NARROWEST / 100


def _on_bar(text: str, bars: Sequence[Bar], top: int) -> Words | None:
    """On the widest of the bars that hold, else of those that presumably do no more."""
    holding = [bar for bar in bars if bar.look != "over"] or bars
    widest = max(holding, key=lambda bar: bar.width, default=None)
    if widest is None or width_of(text) + 2 * _PAD > _pixels(widest.width):
        return None
    return Words(text, widest.x, _PAD, _middle(top), "start")


def _outside(text: str, start: float, end: float, top: int) -> Words | None:
    need = width_of(text) + 2 * _PAD
    if need <= _pixels(100 - end):
        return Words(text, end, _PAD, _middle(top), "start")
    return Words(text, start, -_PAD, _middle(top), "end") if need <= _pixels(start) else None


def _middle(top: int) -> int:
    return top + (BAR + LETTER) // 2 - 2


def _beside(text: str, start: float, y: int) -> Words:
    """Above the bar, from its start on, or as far to the left of it as the words need."""
    fits = 100 - 100 * width_of(text) / NARROWEST
    return Words(text, round(max(0.0, min(start, fits)), 3), 0, y, "start")


def _tie(lanes: Sequence[Lane], number: int, place: Place) -> Tie | None:
    if place.after is None:
        return None
    earlier, later = lanes[place.after], lanes[number]
    x = later.bars[0].x if later.bars else later.point or 0.0
    return Tie(x, earlier.y + BAR, later.label.y - LETTER, place.link)


def _ticks(axis: Axis) -> tuple[Words, ...]:
    years = axis.last.year - axis.first.year + 1
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000, 10000) if years <= s * _MOST_TICKS)
    told = range(axis.first.year, axis.last.year + 1, step)
    ticks = [Words(f"{year}", axis.at(date(year, 1, 1)), 3, HEAD - 8, "start") for year in told]
    # the last year may be too short for its name
    return tuple(t for t in ticks if _pixels(t.x) + t.dx + width_of(t.text) <= NARROWEST)
