"""What the picture of a timeline is made of: a lane for each step, in words and stretches of time.

A bar is solid while words say that the value stands, hatched where only an inference says so, and
open where nothing ends it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kb.force.models import INFERRED
from kb.force.timeline import Step
from site_builder.holdings import Holdings
from site_builder.timelines.picture import Picture, Place, Stay, picture
from site_builder.timelines.step_words import circled, effect, short_value
from site_builder.timelines.values_by_day import Course

#: how each claim is drawn
LOOKS = {
    "in_force": "stands",
    "partly_superseded": "stands",
    "confirmed": "stands",
    "applies": "applies",
    "unknown": "open",
    "presumed_expired": "over",
    "presumed_superseded": "over",
}
#: what the picture's marks say, in the order of the legend
LEGEND = {
    "stands": "原文写明或经人确认适用",
    "applies": "推定适用，待人工确认",
    "open": "已发文，原文没有写明是否适用",
    "over": "推定已失效，待人工确认",
    "goes_on": "没有写明终止日期",
    "point": "只提及，没有数值",
    "inferred": "推定的承接关系",
    "stated": "原文写明或人工确认的承接关系",
    "conflict": "互相冲突，待核定",
}
#: years that no policy is of: 9999 stands for a day that nobody knows
_EARLIEST, _LATEST = 1900, 2100
#: years that are drawn behind the last change, in which what goes on is seen to
_AFTER = 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture with the marks that its legend explains: each look, and what it says."""

    picture: Picture
    legend: tuple[tuple[str, str], ...]


def drawing(holdings: Holdings, told: Course, numbers: Sequence[int]) -> Drawing | None:
    """The picture of the steps with these ``numbers``, in their order; none where no day is known.

    It is made of what documents say, so that it changes when they do and not every day.
    """
    steps, known = told.held.steps, _known(told, numbers)
    if not known:
        return None
    horizon = min(known), date(max(known).year + _AFTER, 12, 31)
    drawn = {steps[number].rule: number for number in numbers if steps[number].rule}
    places = [
        _place(holdings, n, steps[n], _stays(told.claims.get(n, ()), horizon), drawn)
        for n in numbers
    ]
    places = [replace(p, after=None if p.after is None else p.after - numbers[0]) for p in places]
    name = told.held.measure.name
    said = "；".join(_said(place) for place in places)
    made = picture(f"{name}的时间线", f"{said}。", places)
    return Drawing(made, tuple((look, LEGEND[look]) for look in LEGEND if look in made.looks))


def _known(told: Course, numbers: Sequence[int]) -> list[date]:
    """The days on which something begins or changes."""
    days = [day for n in numbers for day, _ in told.claims.get(n, ())]
    days += [start.last for n in numbers if (start := told.held.steps[n].start)]
    return list(filter(_is_drawn, days))


def _is_drawn(day: date) -> bool:
    return _EARLIEST < day.year < _LATEST


def _stays(claims: Sequence[tuple[date, str]], horizon: tuple[date, date]) -> tuple[Stay, ...]:
    """When a step is drawn as what."""
    found: list[Stay] = []
    ends = [first - timedelta(days=1) for first, _ in claims[1:]] + [date.max]
    for (begun, claim), last in zip(claims, ends, strict=False):
        first, until = max(begun, horizon[0]), min(last, horizon[1])
        if claim and first <= until:
            look = LOOKS[claim]
            _add(found, Stay(first, until, look, last == date.max and look != "over"))
    return tuple(found)


def _add(stays: list[Stay], stay: Stay) -> None:
    """Adds a stretch, or lengthens the last one if it looks the same."""
    before = stays[-1] if stays else None
    if before and before.look == stay.look and before.last + timedelta(days=1) == stay.first:
        stays[-1] = Stay(before.first, stay.last, stay.look, stay.goes_on)
    else:
        stays.append(stay)


def _place(
    holdings: Holdings,
    number: int,
    step: Step,
    stays: tuple[Stay, ...],
    drawn: Mapping[str | None, int],
) -> Place:
    earlier = drawn.get(step.target) if step.target else None
    other = "" if earlier is None else circled(earlier)
    done = f"{effect(step)}{other}　" if effect(step) else ""
    day = step.start.last if step.start and _is_drawn(step.start.last) else None
    return Place(
        label=f"{circled(number)} {done}{holdings.graph.name(step.document)}",
        value=short_value(step),
        stays=stays,
        at=None if stays else day,
        # a conflict is told from both of its sides and drawn once
        after=earlier if earlier is not None and earlier < number else None,
        link=_link(step),
    )


def _link(step: Step) -> str:
    if step.relation == "conflicts_with":
        return "conflict"
    return "inferred" if step.asserted_by == INFERRED else "stated"


def _said(place: Place) -> str:
    return f"{place.label}：{place.value}，{'，'.join(_stretches(place))}"


def _stretches(place: Place) -> Iterator[str]:
    if not place.stays:
        yield f"{place.at or '日期不明'}"
    for stay in place.stays:
        yield f"{stay.first}起{LEGEND[stay.look]}"
