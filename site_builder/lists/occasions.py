"""Events as lines of a list: when, what, to which document, in which words.

A time is told as exactly as it is known. What one document does to many rules of another on one
day is one line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kb.force.endings import place
from kb.force.events import Event
from kb.force.models import End
from kb.models import anchor_of
from kb.schema import DeadlineRule
from site_builder import urls
from site_builder.contexts import Entry, EventLine, StateMark
from site_builder.facts import clause_name, title_of
from site_builder.holdings import Holdings
from site_builder.wording.filters import when_words

_BEGINNING = ("issued", "starts", "begins", "due")


def gathered(events: Iterable[Event]) -> tuple[tuple[Event, int], ...]:
    """The first event of each occasion, with how many there are, in the order given.

    That a document applies from the day of its issue is no occasion of its own.
    """
    held = tuple(events)
    issued = {(e.subject, e.when) for e in held if e.kind == "issued"}
    first: dict[tuple[object, ...], Event] = {}
    counts: dict[tuple[object, ...], int] = {}
    for event in held:
        if event.kind == "starts" and (event.subject, event.when) in issued:
            continue
        key = _occasion(event)
        first.setdefault(key, event)
        counts[key] = counts.get(key, 0) + 1
    return tuple((event, counts[key]) for key, event in first.items())


def _occasion(event: Event) -> tuple[object, ...]:
    same = (event.kind, event.when, event.presumed, event.subject.document, event.document)
    return (*same, event.rule.id) if event.rule else (*same, event.relation is not None)


def event_lines(holdings: Holdings, events: Iterable[Event]) -> tuple[EventLine, ...]:
    """The lines of ``events``, those of one occasion together."""
    return tuple(
        replace(event_line(holdings, event), times=times) for event, times in gathered(events)
    )


def event_line(holdings: Holdings, event: Event) -> EventLine:
    """One event with its words, leading to them."""
    return EventLine(
        when=when_words(event.when),
        iso=event.when.first.isoformat() if event.when.is_day else "",
        kind=event.kind,
        name=event.name,
        subject=_subject(holdings, event),
        href=_href(holdings, event),
        place=_place(holdings, event),
        quote=event.evidence.quote if event.evidence else "",
        by=_by(holdings, event),
        state=_state(holdings, event),
    )


def deadline_words(rule: DeadlineRule) -> str:
    """What is to be done, and by whom: ``各培训机构：完成培训``."""
    action = rule.action or rule.quote
    return f"{rule.actor}：{action}" if rule.actor else action


def _subject(holdings: Holdings, event: Event) -> str:
    if event.rule:
        return deadline_words(event.rule)
    record = holdings.base.by_id.get(event.subject.document)
    if record is None:
        return event.subject.document
    clause = event.subject.clause
    return f"{title_of(record)} {clause}" if clause else title_of(record)


def _href(holdings: Holdings, event: Event) -> str:
    """Where its words stand; for an act of another document, what it acts on."""
    target = event.subject
    record = holdings.base.by_id.get(target.document)
    if record is None:
        return ""
    page = urls.document_page(target.document)
    if target.rule:
        return urls.href(page, urls.rule_anchor(target.rule))
    if target.clause is not None or (event.evidence and not event.relation):
        told = event.clause if target.clause is None else target.clause
        return urls.href(page, anchor_of(record, told))
    return urls.href(page)


def _place(holdings: Holdings, event: Event) -> str:
    """The document and clause that tell it: ``晋政办发〔2019〕68号 二/(六) 落实取证补贴``."""
    name = holdings.graph.name(event.document)
    record = holdings.base.by_id.get(event.document)
    if event.evidence is None or record is None:
        return name
    return f"{name} {clause_name(record, event.clause)}"


def _by(holdings: Holdings, event: Event) -> Entry | None:
    if event.relation is None:
        return None
    source = event.relation.source
    record = holdings.base.by_id.get(source.document)
    name = place(holdings.graph, source)
    if record is None:
        return Entry(name, "")
    page = urls.document_page(source.document)
    anchor = (
        urls.rule_anchor(source.rule) if source.rule else anchor_of(record, source.clause or "")
    )
    return Entry(name, urls.href(page, anchor))


def _state(holdings: Holdings, event: Event) -> StateMark | None:
    """Whether what began or falls due stands; what ends a thing says so itself."""
    if event.kind not in _BEGINNING:
        return None
    if event.subject.document not in holdings.base.by_id:
        return None
    return holdings.state_of_place(End(event.subject.document, event.subject.clause))
