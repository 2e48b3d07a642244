"""The picture of a timeline keeps its words and bars in their places at every width."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.timelines.picture import (
    BAR,
    HEAD,
    LETTER,
    NARROWEST,
    Axis,
    Lane,
    Picture,
    Place,
    Stay,
    Words,
    fitted,
    picture,
    width_of,
)

DAYS = st.dates(date(1949, 10, 1), date(2099, 12, 31))
LOOKS = st.sampled_from(["stands", "applies", "open", "over"])
WORDS = st.text(alphabet="元/人天证不超过1000晋政办发〔2019〕号 x，…", max_size=60)
#: a machine that builds something else beside is no mistake of a picture
some = settings(max_examples=60, deadline=None)
WIDTHS = (NARROWEST, 358, 700, 960)


@st.composite
def stays(draw: st.DrawFn) -> tuple[Stay, ...]:
    """Stretches one after the other, some with gaps, the last perhaps without an end."""
    edges = sorted(draw(st.sets(DAYS, min_size=2, max_size=6)))
    found = [
        Stay(first, last - timedelta(days=1), draw(LOOKS))
        for first, last in pairwise(edges)
        if draw(st.booleans())
    ]
    return tuple(found)


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    found: list[Place] = []
    for number in range(draw(st.integers(1, 8))):
        held = draw(stays())
        after = draw(st.none() | st.integers(0, number - 1)) if number else None
        at = None if held else draw(DAYS)
        found.append(Place(draw(WORDS), draw(WORDS), held, at, after, "inferred"))
    return found


def drawn(told: list[Place]) -> Picture:
    return picture("取证补贴的时间线", "说明", told)


def box(words: Words, width: int) -> tuple[float, float]:
    """From where to where the words go, in pixels."""
    at = words.x * width / 100 + words.dx
    size = width_of(words.text)
    return (at - size, at) if words.anchor == "end" else (at, at + size)


def words_of(lane: Lane) -> Iterator[Words]:
    yield from (lane.label, lane.value)


@some
@given(places())
def test_nothing_leaves_the_frame(told: list[Place]) -> None:
    made = drawn(told)
    everything = [*made.ticks, *(w for lane in made.lanes for w in words_of(lane))]
    for width in WIDTHS:
        for words in everything:
            left, right = box(words, width)
            assert left >= -0.1
            assert right <= width + 0.1
            assert LETTER <= words.y <= made.height
    for lane in made.lanes:
        assert lane.y + BAR <= made.height
        for bar in lane.bars:
            assert 0 <= bar.x <= bar.end <= 100


@some
@given(places())
def test_words_keep_clear_of_the_bars_of_other_lanes_and_of_each_other(told: list[Place]) -> None:
    made = drawn(told)
    rows = sorted((w.y - LETTER, w.y) for lane in made.lanes for w in words_of(lane))
    for lane in made.lanes:
        assert lane.label.y <= lane.y
        for top, bottom in rows:
            own = {words.y for words in words_of(lane)}
            assert bottom in own or bottom <= lane.y or top >= lane.y + BAR
    names = [lane.label for lane in made.lanes]
    assert all(b.y - a.y > LETTER for a, b in pairwise(names))
    assert all(name.y - LETTER >= HEAD for name in names)


@some
@given(places())
def test_a_value_stands_on_a_bar_of_its_own_or_clear_of_all(told: list[Place]) -> None:
    for lane in drawn(told).lanes:
        on_row = lane.y < lane.value.y < lane.y + BAR
        for width in WIDTHS if on_row else ():
            left, right = box(lane.value, width)
            spans = [(bar.x * width / 100, bar.end * width / 100) for bar in lane.bars]
            inside = any(a <= left and right <= b + 0.1 for a, b in spans)
            clear = all(right <= a or b <= left for a, b in spans)
            assert inside or clear


@some
@given(places())
def test_every_place_is_drawn_once_in_its_order(told: list[Place]) -> None:
    made = drawn(told)
    assert len(made.lanes) == len(told)
    tops = [lane.y for lane in made.lanes]
    assert tops == sorted(set(tops))
    for place, lane in zip(told, made.lanes, strict=True):
        assert lane.label.text == fitted(place.label, NARROWEST)
        assert [bar.look for bar in lane.bars] == [stay.look for stay in place.stays]
        assert (lane.point is None) is bool(place.stays)
    assert sum(place.after is not None for place in told) == len(made.ties)


@some
@given(places())
def test_the_axis_covers_all_days_and_keeps_their_order(told: list[Place]) -> None:
    made = drawn(told)
    days = [d for p in told for s in p.stays for d in (s.first, s.last)]
    days += [place.at for place in told if place.at]
    assert made.first <= min(days).isoformat()
    assert max(days).isoformat() <= made.last
    axis = Axis(date.fromisoformat(made.first), date.fromisoformat(made.last))
    at = [axis.at(day) for day in sorted(days)]
    assert at == sorted(at)
    assert all(axis.at(day) < axis.after(day) <= 100 for day in days)


@some
@given(places())
def test_years_are_named_in_order_and_do_not_run_into_each_other(told: list[Place]) -> None:
    made = drawn(told)
    assert made.ticks
    boxes = [box(tick, NARROWEST) for tick in made.ticks]
    assert all(a[1] <= b[0] for a, b in pairwise(boxes))


@some
@given(WORDS, st.integers(40, 400))
def test_words_are_cut_to_the_room_there_is(text: str, room: int) -> None:
    cut = fitted(text, room)
    assert width_of(cut) <= room
    assert cut == text or cut.endswith("…")
