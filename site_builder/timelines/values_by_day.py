"""Which value of a measure stands on which day, of all that its documents have set.

Time is cut where that changes. A value that nothing but an inference puts in force is told as
presumed, and one that has certainly ended never stands.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from kb.force.models import End
from kb.force.periods import on_day
from kb.force.timeline import Step, Timeline
from site_builder.contexts import StateMark
from site_builder.holdings import Holdings

#: how a standing value is called. Of what states no term of its own, ``confirmed`` has ended its
#: predecessor by somebody's word, ``applies`` by an inference
CLAIMS = {
    "in_force": "有效",
    "partly_superseded": "部分失效",
    "confirmed": "确认适用",
    "applies": "推定适用",
    "unknown": "无法判断",
    "presumed_expired": "推定已到期",
    "presumed_superseded": "推定已被替代",
}
#: what each claim rests on, in a sentence
MEANINGS = {
    "in_force": "原文写明它在这一天适用，本库文件中没有废止或替代它的规定。",
    "partly_superseded": "其中一部分已经失效，其余仍然适用。",
    "confirmed": "已确认它取代此前的规定；原文没有写明它自己何时失效。",
    "applies": "推定它已取代此前的规定；没有文字写明，待人工确认。",
    "unknown": "已经发文，但没有文字写明它在这一天有效或失效。",
    "presumed_expired": "文件所规划的年份已过，推定不再执行；没有文字写明，待人工确认。",
    "presumed_superseded": "推定已被较晚的规定替代；没有文字写明，待人工确认。",
}
_LIVE = ("in_force", "partly_superseded", "confirmed", "applies", "unknown")
_TIERS = {claim: tier for tier, claim in enumerate(CLAIMS)}
_LEVELS = ("national", "province", "city", "county")


@dataclass(frozen=True, slots=True, order=True)
class Stand:
    """A step of a timeline on a day: its place among the steps, and what may be claimed of it."""

    number: int
    claim: str

    @property
    def is_live(self) -> bool:
        """Whether nothing speaks for its having ended."""
        return self.claim in _LIVE


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``first`` until the next stretch: what stands, that which counts first.

    ``over`` are the numbers of the steps that have certainly ended, ``disputed`` those of the
    standing ones that stand against each other.
    """

    first: date
    stands: tuple[Stand, ...]
    over: tuple[int, ...]
    disputed: tuple[int, ...]


@dataclass(frozen=True)
class Course:
    """A timeline with what stands when. ``claims`` are those of each step, from which day on; an
    empty one where the step does not stand.
    """

    held: Timeline
    stretches: tuple[Stretch, ...]
    claims: Mapping[int, tuple[tuple[date, str], ...]]

    def on(self, day: date) -> Stretch:
        """The stretch that ``day`` lies in."""
        return next(stretch for stretch in reversed(self.stretches) if stretch.first <= day)

    def claim(self, number: int, day: date) -> str:
        """What may be claimed of a step on a day; empty where it does not stand."""
        told = self.claims.get(number, ())
        return next((claim for first, claim in reversed(told) if first <= day), "")


def subject(step: Step) -> End:
    """A step as a subject of status."""
    return End(step.document, step.clause or None, step.rule)


def course(holdings: Holdings, held: Timeline) -> Course:
    """All of time, in stretches in which the same values stand."""
    return holdings.once(("course", str(held.measure.key)), lambda: _course(holdings, held))


def _course(holdings: Holdings, held: Timeline) -> Course:
    now, found = _Now(holdings, held), [Stretch(date.min, (), (), ())]
    changes = sorted(_changes(holdings, held))
    for day, together in groupby(changes, key=lambda change: change[0]):
        for _, number, state in together:
            now.enters(day, number, state)
        made = now.stretch(day)
        if replace(made, first=found[-1].first) != found[-1]:
            found.append(made)
    # what stands from the first day on takes the place of nothing
    stretches = found[1:] if len(found) > 1 and found[1].first == date.min else found
    claims = {number: tuple(of_step) for number, of_step in now.claims.items()}
    return Course(held, tuple(stretches), claims)


_Rank = tuple[bool, bool, int, bool, int, int, int]


class _Now:
    """What stands while time goes on: changed by each day's changes, in their order."""

    def __init__(self, holdings: Holdings, held: Timeline) -> None:
        self.holdings, self.held = holdings, held
        self.rivals = tuple(_rivals(holdings, held))
        self.levels = tuple(_levels(holdings, held))
        self.own = min((level for level, own in self.levels if own), default=0)
        self.standing: dict[int, tuple[_Rank, Stand]] = {}
        self.over: set[int] = set()
        self.claims: dict[int, list[tuple[date, str]]] = defaultdict(list)

    def enters(self, day: date, number: int, state: str) -> None:
        """The step comes into ``state`` on ``day``."""
        step, told = self.held.steps[number], self.claims[number]
        claim = _claim(self.holdings, step, state, day) if state in CLAIMS else ""
        self.standing.pop(number, None)
        self.over.discard(number)
        if claim:
            stand = Stand(number, claim)
            self.standing[number] = self._rank(stand), stand
        elif state != "not_yet":
            self.over.add(number)
        if not told or told[-1][1] != claim:
            told.append((day, claim))

    def _rank(self, stand: Stand) -> _Rank:
        """What has not ended first; of that what holds for most, then what is surest, the latest.

        取证补贴 of the province comes before that of its 文化和旅游 sector, which is younger, and
        before that of the nation, which the province has filled in.
        """
        step, entry = self.held.steps[stand.number], self.held.measure.entries[stand.number]
        level, begun = self.levels[stand.number][0], step.start.last if step.start else date.min
        sure, narrow = _TIERS[stand.claim], entry.sector is not None
        above, late = level < self.own, -begun.toordinal()
        return not stand.is_live, above, level, narrow, sure, late, stand.number

    def stretch(self, first: date) -> Stretch:
        """What stands now, from ``first`` on."""
        disputed = {n for pair in self.rivals if self.standing.keys() >= pair for n in pair}
        stands = tuple(stand for _, stand in sorted(self.standing.values()))
        return Stretch(first, stands, tuple(sorted(self.over)), tuple(sorted(disputed)))


def _levels(holdings: Holdings, held: Timeline) -> Iterator[tuple[int, bool]]:
    """How far down each step's region is, and whether it is the measure's own."""
    for step in held.steps:
        region = holdings.base.by_id[step.document].document.region
        known = region is not None and region.level in _LEVELS
        level = _LEVELS.index(region.level) if region and known else len(_LEVELS)
        yield level, region is not None and region.name == held.measure.region


def mark(holdings: Holdings, told: Course, number: int) -> StateMark:
    """What may be claimed of a step today and on every other day."""
    step = told.held.steps[number]
    if not step.value:
        return holdings.state(subject(step))
    claims = claimed(holdings, told, number)
    _, now, label = max(c for c in claims if c[0] <= holdings.built)
    changes = [(day.isoformat(), *named) for day, *named in claims]
    return StateMark(now, label, json.dumps(changes, ensure_ascii=False, separators=(",", ":")))


def claimed(holdings: Holdings, told: Course, number: int) -> list[tuple[date, str, str]]:
    """From which day on what may be claimed of a step with a value, and how it is called."""
    step = told.held.steps[number]
    return [(day, *_named(holdings, step, day, claim)) for day, claim in told.claims[number]]


def _named(holdings: Holdings, step: Step, day: date, claim: str) -> tuple[str, str]:
    """A claim, or the state of what does not stand, with its name."""
    if claim:
        return claim, CLAIMS[claim]
    status = on_day(holdings.periods(subject(step)), day).status
    return status.state, status.label


def _changes(holdings: Holdings, held: Timeline) -> Iterator[tuple[date, int, str]]:
    """On which day a step with a value comes into which state."""
    for number, step in enumerate(held.steps):
        if not step.value:
            continue
        periods = holdings.periods(subject(step))
        days = {period.first: period.state for period in periods}
        # an inference may take effect on a day on which the state stays unknown
        days |= {day: on_day(periods, day).state for day, _ in _taking(holdings, step)}
        yield from ((day, number, state) for day, state in days.items())


def _taking(holdings: Holdings, step: Step) -> Iterator[tuple[date, str]]:
    """The days by which the step has taken the place of another one, and what that makes it."""
    for relation in holdings.relations_of.get(step.rule or "", ()):
        if relation.type == "supersedes" and relation.source.rule == step.rule and relation.when:
            yield relation.when.last, "applies" if relation.is_presumed else "confirmed"


def _claim(holdings: Holdings, step: Step, state: str, day: date) -> str:
    if state != "unknown":
        return state
    taken = {claim for since, claim in _taking(holdings, step) if since <= day}
    return min(taken, key=lambda claim: _TIERS[claim], default=state)


def _rivals(holdings: Holdings, held: Timeline) -> Iterator[frozenset[int]]:
    """The pairs of steps that stand against each other; a presumption ends no dispute."""
    numbers = {step.rule or "": number for number, step in enumerate(held.steps) if step.rule}
    for rule, number in numbers.items():
        for relation in holdings.relations_of.get(rule, ()):
            other = numbers.get(relation.target.rule or "")
            if relation.type == "conflicts_with" and other is not None and other != number:
                yield frozenset((number, other))
