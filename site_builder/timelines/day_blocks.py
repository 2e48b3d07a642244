"""What stands of a measure on a day, ready to be shown: the values, what is claimed, what is over.

Of every stretch of time there is a block, so that a page can show any day that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.force.periods import on_day
from kb.force.timeline import Step
from kb.models import anchor_of
from site_builder import urls
from site_builder.contexts import Field
from site_builder.facts import clause_name
from site_builder.holdings import Holdings
from site_builder.timelines.step_words import circled, full_value, short_value
from site_builder.timelines.told_apart import told_apart
from site_builder.timelines.values_by_day import CLAIMS, MEANINGS, Course, Stand, Stretch, subject
from site_builder.wording.words import rule_details

#: values of one day that a page shows; all of them are in the table below it
_MOST = 4
NOTHING_YET = "这一天还没有规定。"
NOTHING_NOW = "这一天没有仍在执行的规定。"
TOO_EARLY = "更早的情况见时间线表格。"
PRESUMED_OVER = "这一天没有明文有效的规定；下面的规定推定已经失效。"


@dataclass(frozen=True, slots=True)
class Value:
    """A value on a day. ``claim`` is what may be claimed of it, ``label`` the claim's name."""

    number: str
    full: str
    short: str
    claim: str
    label: str
    meaning: str
    document: str
    clause: str
    href: str
    rule_href: str
    details: tuple[Field, ...]
    #: what tells it from the others that count on the same day
    apart: str = ""


@dataclass(frozen=True, slots=True)
class DayBlock:
    """A stretch of time. ``main`` is what counts (several where they are disputed), ``more`` how
    many more of it there are, ``beside`` what holds for fewer at the same time, ``past`` what has
    ended or presumably has.
    """

    first: str
    shown: bool
    said: str
    disputed: bool
    main: tuple[Value, ...]
    beside: tuple[Value, ...]
    past: tuple[Value, ...]
    more: int = 0


def day_blocks(holdings: Holdings, told: Course, most: int) -> tuple[DayBlock, ...]:
    """A block for each stretch, the last ``most``; without scripts that of the day of building."""
    blocks = (_block(holdings, told, stretch) for stretch in told.stretches)
    return _differing(blocks, holdings.built, most)


def brief_blocks(holdings: Holdings, told: Course, most: int) -> tuple[DayBlock, ...]:
    """The same for a line of a list: what counts, and the last value before it."""
    blocks = (_block(holdings, told, stretch) for stretch in told.stretches)
    short = (replace(b, beside=(), past=b.past[:1]) for b in blocks)
    return _differing(short, holdings.built, most)


def _differing(blocks: Iterable[DayBlock], built: date, most: int) -> tuple[DayBlock, ...]:
    found: list[DayBlock] = []
    for block in blocks:
        # what has changed may be so far down that it is not shown
        if not found or replace(block, first=found[-1].first) != found[-1]:
            found.append(block)
    if len(found) > most:
        early = DayBlock(date.min.isoformat(), False, TOO_EARLY, False, (), (), ())
        found = [early, *found[1 - most :]]
    now = max(n for n, block in enumerate(found) if block.first <= built.isoformat())
    found[now] = replace(found[now], shown=True)
    return tuple(found)


def _block(holdings: Holdings, told: Course, stretch: Stretch) -> DayBlock:
    main = _main(told, stretch)
    rest = [stand for stand in stretch.stands if stand not in main]
    past = [stand for stand in rest if not stand.is_live]
    over = [Stand(number, "") for number in reversed(stretch.over)]

    def values(stands: Sequence[Stand]) -> tuple[Value, ...]:
        return tuple(
            value(holdings, told.held.steps[s.number], s, stretch.first) for s in stands[:_MOST]
        )

    return DayBlock(
        first=stretch.first.isoformat(),
        shown=False,
        said=_said(stretch, main),
        disputed=any(stand.number in stretch.disputed for stand in main),
        main=_apart(holdings, told, main, values(main)),
        more=max(len(main) - _MOST, 0),
        beside=values([stand for stand in rest if stand.is_live]),
        past=values([*past, *over]),
    )


def _apart(
    holdings: Holdings, told: Course, stands: Sequence[Stand], values: tuple[Value, ...]
) -> tuple[Value, ...]:
    rules = (told.held.steps[stand.number].rule for stand in stands)
    words = told_apart([holdings.base.rule(rule) if rule else None for rule in rules])
    return tuple(replace(v, apart=w) for v, w in zip(values, words, strict=False))


def _main(told: Course, stretch: Stretch) -> list[Stand]:
    """The first of what stands, with what disputes it, or with what else its document sets."""
    if not stretch.stands:
        return []
    first = stretch.stands[0]
    if first.number in stretch.disputed:
        return [stand for stand in stretch.stands if stand.number in stretch.disputed]
    document = told.held.steps[first.number].document
    return [
        stand
        for stand in stretch.stands
        if told.held.steps[stand.number].document == document and stand.claim == first.claim
    ]


def _said(stretch: Stretch, main: Sequence[Stand]) -> str:
    if main:
        return "" if main[0].is_live else PRESUMED_OVER
    return NOTHING_NOW if stretch.over else NOTHING_YET


def value(holdings: Holdings, step: Step, stand: Stand, day: date) -> Value:
    """A step's value with what may be claimed of it; what has no claim has ended by that day."""
    ended = on_day(holdings.periods(subject(step)), day).status
    record = holdings.base.by_id[step.document]
    found = holdings.base.rule(step.rule) if step.rule else None
    rule = found[1] if found else None
    details = rule_details(rule) if rule else ()
    page = urls.document_page(step.document)
    return Value(
        number=circled(stand.number),
        full=full_value(step, rule),
        short=short_value(step),
        claim=stand.claim or ended.state,
        label=CLAIMS.get(stand.claim, ended.label),
        meaning=MEANINGS.get(stand.claim, ""),
        document=holdings.graph.name(step.document),
        clause=clause_name(record, step.clause),
        href=urls.href(page, anchor_of(record, step.clause)),
        rule_href=urls.href(urls.rule_page(step.rule)) if step.rule in holdings.with_page else "",
        details=tuple(Field(name, (words,)) for name, words in details),
    )
