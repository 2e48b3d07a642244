"""The front door: search, what is here, what changed and falls due, and the ways in.

Every way in leads to a list that is complete. Where nothing lies ahead, what passed last is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from kb.force.days import Interval, spoken
from kb.force.events import Event, after, before
from kb.force.models import End
from kb.force.recurrences import occurrences
from kb.force.timeline import Timeline
from kb.models import KIND_NAMES
from kb.schema import Record
from site_builder import urls
from site_builder.contexts import DocumentLine, Entry, EventLine, Shell
from site_builder.facts import Department, standing_rules, title_of, years
from site_builder.holdings import Holdings
from site_builder.lists.almanac import occurrence
from site_builder.lists.entries import kinds_of
from site_builder.lists.occasions import event_lines
from site_builder.organ_kinds import kind_of
from site_builder.page import Edition, Page, Templates
from site_builder.pages.documents import stated_line, year_entries
from site_builder.pages.groups import group_places
from site_builder.served import Group
from site_builder.wording.filters import day

_ENTRIES, _DOCUMENTS, _EVENTS, _PASSED = 12, 5, 10, 3
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What falls due next; where nothing does, ``passed`` says that these are the last that did."""

    passed: bool
    events: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """home.html"""

    shell: Shell
    figures: tuple[Entry, ...]
    unread: int
    newest: Entry | None
    changes: tuple[EventLine, ...]
    ahead: Ahead
    documents: tuple[DocumentLine, ...]
    departments: tuple[Entry, ...]
    measures: tuple[Entry, ...]
    groups: tuple[Entry, ...]
    years: tuple[Entry, ...]
    kinds: tuple[Entry, ...]


def _home(holdings: Holdings, edition: Edition) -> HomePage:
    base = holdings.base
    rules = kinds_of(rule for record in base.records for rule in standing_rules(record))
    recent = [record for _, records in years(base) for record in records]
    return HomePage(
        shell=edition.shell(urls.HOME, edition.title),
        figures=_figures(holdings, rules.total()),
        unread=len(edition.unread),
        newest=_newest(holdings, recent),
        changes=_changes(holdings),
        ahead=_ahead(holdings),
        documents=tuple(stated_line(holdings, record) for record in recent[:_DOCUMENTS]),
        departments=department_entries(holdings.departments),
        measures=measure_entries(holdings.timelines),
        groups=group_entries(holdings.groups),
        years=year_entries(base)[:_ENTRIES],
        kinds=tuple(
            Entry(name, f"{urls.SEARCH}?kind={code}", str(rules[code]))
            for code, name in KIND_NAMES.items()
            if rules[code]
        ),
    )


def _figures(holdings: Holdings, rules: int) -> tuple[Entry, ...]:
    clauses = sum(len(record.clauses) for record in holdings.base.records)
    measures = len(holdings.timelines)
    return (
        Entry("份文件", urls.DOCUMENTS, str(len(holdings.base.records))),
        Entry("个条款", urls.DOCUMENTS, str(clauses)),
        Entry("条规则", urls.SEARCH, str(rules)),
        Entry("个事项", urls.MEASURES, str(measures)),
        Entry("个部门", urls.DEPARTMENTS, str(len(holdings.departments))),
    )


def _newest(holdings: Holdings, recent: Sequence[Record]) -> Entry | None:
    """The document issued last, with its day or what is known of it."""
    if not recent:
        return None
    document = recent[0].document
    issued = holdings.graph.terms[document.id].issued
    when = day(document.issued) if document.issued else spoken(issued)
    name = document.number or title_of(recent[0])
    return Entry(name, urls.href(urls.document_page(document.id)), when)


def _changes(holdings: Holdings) -> tuple[EventLine, ...]:
    """The last ten things that happened to documents; what fell due is no change.

    Nor is it one that a notice presumably ended in the time it was issued in: a plan for 2024, of
    2024, is one line, whose state says 推定已到期.
    """
    issued = {e.subject: e.when for e in holdings.events if e.kind == "issued"}
    past = (
        event
        for event in before(holdings.events, holdings.built)
        if event.rule is None and not _tells_its_issue(event, issued)
    )
    return _lines(holdings, past, _EVENTS)


def _tells_its_issue(event: Event, issued: Mapping[End, Interval]) -> bool:
    when = issued.get(event.subject)
    if when is None or event.kind != "ends" or not event.presumed:
        return False
    return event.when.first <= when.first and when.last <= event.when.last


def _ahead(holdings: Holdings) -> Ahead:
    awaited = [e for e in holdings.events if e.kind in ("due", "ends")]
    ahead = [*after(awaited, holdings.built), *_next_times(holdings)]
    if ahead:
        soonest = sorted(ahead, key=lambda e: (e.when.last, e.when.first, e.order))
        return Ahead(False, _lines(holdings, soonest, _EVENTS))
    return Ahead(True, _lines(holdings, before(awaited, holdings.built), _PASSED))


def _lines(holdings: Holdings, events: Iterable[Event], most: int) -> tuple[EventLine, ...]:
    """The first occasions; one may be dozens of events, as where many amounts are replaced."""
    return event_lines(holdings, islice(events, most**2))[:most]


def _next_times(holdings: Holdings) -> Iterator[Event]:
    """The next time of each deadline that recurs on days which the text names."""
    for recurrence in holdings.recurrences:
        if recurrence.names_days:
            days = occurrences(recurrence, holdings.built, holdings.built + _YEAR)
            for when in islice(days, 1):
                yield occurrence(recurrence, when)


def department_entries(organs: Iterable[Department]) -> tuple[Entry, ...]:
    """The busiest organs; 各地 and 有关部门 are no way in."""
    named = (organ for organ in organs if kind_of(organ) != "general")
    return tuple(
        Entry(
            organ.name, urls.href(urls.department_page(organ.name)), f"{len(organ.duties)} 项职责"
        )
        for organ in islice(named, _ENTRIES)
    )


def measure_entries(timelines: Iterable[Timeline]) -> tuple[Entry, ...]:
    """The measures that most documents speak of."""
    spread = {t.measure.key: len({step.document for step in t.steps}) for t in timelines}
    names = {t.measure.key: t.measure.name for t in timelines}
    # who looks for a measure looks for money first
    ranked = sorted(spread, key=lambda key: (-spread[key], key.kind != "amount", str(key)))
    return tuple(
        Entry(names[key], urls.href(urls.measure_page(str(key))), f"{spread[key]} 份文件")
        for key in ranked[:_ENTRIES]
    )


def group_entries(found: tuple[Group, ...]) -> tuple[Entry, ...]:
    """The groups that most clauses serve."""
    places = group_places(found)
    return tuple(
        Entry(group.name, places[group.name], f"{len(group.places)} 个条款")
        for group in found[:_ENTRIES]
    )


TEMPLATES: Templates = {"home.html": HomePage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The home page."""
    yield Page(urls.HOME, "home.html", _home(holdings, edition))
