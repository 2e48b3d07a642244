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
from site_builder.picture import Picture, Place, Stay, picture
from site_builder.step_words import circled, effect, short_value
from site_builder.values_by_day import Course

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
_FARTHEST = 50
_EARLIEST = 1900


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture with the marks that its legend explains: each look, and what it says."""

    picture: Picture
    legend: tuple[tuple[str, str], ...]


def drawing(holdings: Holdings, told: Course, numbers: Sequence[int]) -> Drawing:
    """The picture of the steps with these ``numbers``, in their order."""
    steps = told.held.steps
    horizon = _horizon(holdings, told, numbers)
    drawn = {steps[number].rule: number for number in numbers if steps[number].rule}
    places = [
        _place(holdings, n, steps[n], _stays(told.claims.get(n, ()), horizon), drawn)
        for n in numbers
    ]
    places = [replace(p, after=None if p.after is None else p.after - numbers[0]) for p in places]
    name = told.held.measure.name
    said = "；".join(_said(place) for place in places)
    made = picture(f"{name}的时间线", f"{said}。", places, holdings.built)
    return Drawing(made, tuple((look, LEGEND[look]) for look in LEGEND if look in made.looks))


def _horizon(holdings: Holdings, told: Course, numbers: Sequence[int]) -> tuple[date, date]:
    """The first and the last day that are drawn."""
    days = [holdings.built, *(day for n in numbers for day, _ in told.claims.get(n, ()))]
    days += [start.last for n in numbers if (start := told.held.steps[n].start)]
    known = [day for day in days if _is_drawn(holdings, day)]
    return min(known), date(max(known).year, 12, 31)


def _is_drawn(holdings: Holdings, day: date) -> bool:
    return _EARLIEST < day.year < holdings.built.year + _FARTHEST


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
    known = step.start.last if step.start else holdings.built
    day = known if _is_drawn(holdings, known) else holdings.built
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
        yield f"{place.at}"
    for stay in place.stays:
        yield f"{stay.first}起{LEGEND[stay.look]}"
