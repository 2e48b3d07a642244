"""Deadlines and ends of validity as iCalendar files (RFC 5545): one for all, one a department.

The UID of an entry is the id of its rule, so that a newer file changes entries and doubles none.
What is known to the month or year spans it; what recurs without a day is told on the first day of
its week, month, quarter or year, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar
from icalendar import Event as Entry
from icalendar.prop import vRecur

from kb.exports.models import LeftOut
from kb.force.days import Interval, read
from kb.force.events import Event
from kb.force.periods import on_day
from kb.force.recurrences import Recurrence, occurrences
from kb.models import anchor_of
from kb.schema import DeadlineRule
from site_builder import urls
from site_builder.facts import clause_name, title_of
from site_builder.holdings import Holdings
from site_builder.lists.occasions import deadline_words
from site_builder.page import Edition
from site_builder.shares import WHOLE, Share
from site_builder.wording.filters import when_words
from site_builder.wording.words import REVIEWS, rule_value

_PRODUCT = "-//policykb//zh-CN//"
_END = b"END:VCALENDAR"
#: why a deadline has no place in a calendar, by its type
_NO_PLACE = {
    "duration": "a term that runs from an event, whose day no text tells",
    "recurrence": "recurs, and no text tells from when it is counted",
}
_ONE_DAY = timedelta(days=1)
#: how far the first occurrence may lie from the start: a year and the days of one that is leap
_FAR = timedelta(days=2 * 366)


def calendar_files(holdings: Holdings, edition: Edition, share: Share = WHOLE) -> dict[str, bytes]:
    """The files by their paths; a department without dated deadlines has none."""
    files = {} if share.number else {urls.CALENDAR_FILE: whole_calendar(holdings, edition)}
    for organ in share.of(holdings.departments):
        found = dated(holdings, (rule for _, rule in organ.deadlines))
        if found:
            path, name = urls.department_calendar(organ.name), f"{organ.name} · {edition.title}"
            files[path] = _file(holdings, edition, name, found)
    return files


def whole_calendar(holdings: Holdings, edition: Edition) -> bytes:
    """One file with all that has a place in a calendar."""
    return _file(holdings, edition, edition.title, _all(holdings))


def without_a_place(holdings: Holdings) -> Iterator[LeftOut]:
    """The deadlines that no calendar can hold, and why."""
    held = {entry.rule.id for entry in _all(holdings) if entry.rule}
    for record, rule in holdings.base.rules("deadline"):
        open_ = rule.id not in held and rule.review.status != "rejected"
        if open_ and isinstance(rule, DeadlineRule):
            yield LeftOut.of(record, rule, _NO_PLACE.get(rule.type, "names no day"))


def dated(holdings: Holdings, rules: Iterable[DeadlineRule]) -> tuple[Event | Recurrence, ...]:
    """Those of ``rules`` that have a place in a calendar, each once."""
    ids = dict.fromkeys(rule.id for rule in rules)
    return tuple(holdings.dated[rule_id] for rule_id in ids if rule_id in holdings.dated)


def _all(holdings: Holdings) -> Iterator[Event | Recurrence]:
    yield from (e for e in holdings.events if e.rule or (e.kind == "ends" and not e.presumed))
    yield from (r for r in holdings.recurrences if r.opens and r.start)


def _file(
    holdings: Holdings, edition: Edition, name: str, entries: Iterable[Event | Recurrence]
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    head, end, rest = bytes(calendar.to_ical()).rpartition(_END)
    return head + b"".join(_told(holdings, edition, entry) for entry in entries) + end + rest


def _told(holdings: Holdings, edition: Edition, entry: Event | Recurrence) -> bytes:
    """An entry as it stands in a calendar: in that of all, and of each department that owes it."""
    rule = entry.rule.id if entry.rule else None
    when = entry.when if isinstance(entry, Event) else None
    key = (_told, edition, entry.subject, rule, when)
    return holdings.once(key, lambda: _entry(holdings, edition, entry))


def _entry(holdings: Holdings, edition: Edition, entry: Event | Recurrence) -> bytes:
    made = _again(entry) if isinstance(entry, Recurrence) else _once(holdings, entry)
    if made is None:
        return b""
    _describe(holdings, edition, made, entry)
    return bytes(made.to_ical())


def _once(holdings: Holdings, event: Event) -> Entry:
    when, rule = event.when, event.rule
    begins = read(rule.from_) if rule and rule.type == "period" else None
    made = _spanning(Interval(begins.first, when.last) if begins else when)
    name = title_of(holdings.base.by_id[event.subject.document])
    words = deadline_words(rule) if rule else f"{name} {event.subject.clause or ''}".strip()
    vague = "" if when.is_day else f"（{when_words(when)}内）"
    made.add("uid", rule.id if rule else f"{event.subject}#{event.kind}-{when.last}")
    made.add("summary", f"{event.name}：{words}{vague}")
    return made


def _again(recurrence: Recurrence) -> Entry | None:
    first = _first(recurrence)
    if first is None or recurrence.opens is None:
        return None
    made = _spanning(Interval(first, first))
    rule = vRecur.from_ical(recurrence.opens)
    if recurrence.end:
        rule["UNTIL"] = [recurrence.end]
    made.add("rrule", rule)
    told = recurrence.rule.freq or ""
    vague = "" if recurrence.names_days else f"（{told}，原文没有写明哪一天）"
    made.add("uid", recurrence.rule.id)
    made.add("summary", f"期限：{deadline_words(recurrence.rule)}{vague}")
    return made


def _first(recurrence: Recurrence) -> date | None:
    """The first day on which it recurs; a quarter that had begun before does not count here."""
    start = recurrence.start
    if start is None or start > date.max - _FAR:
        return None
    days = (found.first for found in occurrences(recurrence, start, start + _FAR))
    return next((day for day in days if day >= start), None)


def _spanning(when: Interval) -> Entry:
    made = Entry()
    made.add("dtstart", when.first)
    made.add("dtend", when.last + _ONE_DAY if when.last < date.max else when.last)
    # it is something to know of, not an appointment
    made.add("transp", "TRANSPARENT")
    return made


def _describe(holdings: Holdings, edition: Edition, made: Entry, entry: Event | Recurrence) -> None:
    """The words it was read from, where they stand, and the day of building."""
    document, said = entry.subject.document, entry.evidence
    record = holdings.base.by_id[document]
    path = said.clause if said else ""
    value = rule_value(entry.rule) if entry.rule else ""
    place = f"{title_of(record)} {clause_name(record, path)}"
    state = on_day(holdings.periods(entry.subject), edition.built).status
    review = REVIEWS[entry.rule.review.status] if entry.rule else ""
    standing = "；".join(part for part in (state.label, review) if part)
    lines = (
        f"「{said.quote}」" if said else "",
        place,
        record.document.number or "",
        value,
        standing,
    )
    made.add("dtstamp", datetime.combine(edition.built, time(), tzinfo=UTC))
    made.add("description", "\n".join(line for line in lines if line))
    made.add("x-policykb-document", document)
    made.add("x-policykb-clause", path)
    made.add("x-policykb-state", state.state)
    if said and said.span:
        made.add("x-policykb-span", f"{said.span[0]}-{said.span[1]}")
    if entry.rule:
        made.add("x-policykb-review", entry.rule.review.status)
    if edition.url:
        page = urls.href(urls.document_page(document), anchor_of(record, path))
        made.add("url", f"{edition.url.rstrip('/')}/{page}")
