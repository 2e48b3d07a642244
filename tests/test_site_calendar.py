"""The calendar: months as weeks, events on their days, and the files for other programs."""

from __future__ import annotations

import re
from datetime import date

import force_samples
import pytest
import site_samples as samples
from icalendar import Calendar

from kb.force.days import Interval, read
from kb.models import KnowledgeBase
from site_builder.downloads.icalendar_files import calendar_files
from site_builder.holdings import Holdings
from site_builder.lists.almanac import almanac, weeks
from site_builder.page import Edition
from site_builder.pages.calendar import CalendarPage, DayCell, MonthPage, YearPage
from site_builder.wording.filters import when_words

BASE = KnowledgeBase.of((samples.training(), samples.carrier(), samples.served()))


def pages(base: KnowledgeBase = BASE) -> dict[str, object]:
    return {page.path: page.context for page in samples.made_pages(base)}


@pytest.mark.parametrize(
    ("month", "rows", "first", "last"),
    [
        ("2021-02", 4, 1, 28),  # a Monday, and 28 days: four full weeks
        ("2024-02", 5, 1, 29),
        ("1900-02", 5, 1, 28),
        ("2000-02", 5, 1, 29),
        ("2021-11", 5, 1, 30),
        ("2021-08", 6, 1, 31),  # a Sunday
        ("2021-12", 5, 1, 31),
    ],
)
def test_a_month_is_whole_weeks(month: str, rows: int, first: int, last: int) -> None:
    found = weeks(month)
    days = [day for week in found for day in week if day]
    assert len(found) == rows
    assert {len(week) for week in found} == {7}
    assert (days[0].day, days[-1].day, len(days)) == (first, last, last)
    assert days == sorted(days)
    for week in found:
        assert all(day.weekday() == place for place, day in enumerate(week) if day)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-11-30", "2021年11月30日"),
        ("2021-11", "2021年11月"),
        ("2021", "2021年"),
        ("2025-01-01/2025-03-31", "2025年第一季度"),
        ("2025-10-01/2025-12-31", "2025年第四季度"),
        ("2025-07-01/2025-12-31", "2025年下半年"),
        ("2024-02-21/2024-02-29", "2024年2月下旬"),
        ("2024-02-01/2024-02-10", "2024年2月上旬"),
        ("2021-01-01/2021-07-08", "2021年1月1日至2021年7月8日之间"),
        ("2025-02-01/2025-04-30", "2025年2月1日至2025年4月30日之间"),
    ],
)
def test_a_time_is_told_as_exactly_as_it_is_known(text: str, words: str) -> None:
    first, _, last = text.partition("/")
    whole = Interval(read(first).first, read(last or first).last)  # type: ignore[union-attr]  # days
    assert (
        when_words(whole).replace("至7月", "至2021年7月").replace("至4月", "至2025年4月") == words
    )


def test_every_event_stands_once() -> None:
    holdings = Holdings(samples.graph(BASE), samples.DAY)
    held = almanac(holdings)
    placed = [event for found in (*held.months.values(), *held.years.values()) for event in found]
    once = [event for event in placed if event.rule is None or event.rule.type != "recurrence"]
    assert sorted(map(repr, once)) == sorted(map(repr, holdings.events))


def test_what_recurs_stands_on_its_days_to_the_end_of_the_next_year() -> None:
    held = almanac(Holdings(samples.graph(BASE), date(2023, 7, 1)))
    days = [
        event.when.first
        for month in held.months.values()
        for event in month
        if event.rule and event.rule.type == "recurrence"
    ]
    assert days[:3] == [date(2023, 5, 12), date(2023, 5, 26), date(2023, 6, 12)]
    assert max(days) == date(2024, 12, 26)
    assert {day.day for day in days} == {12, 26}


def test_a_month_page_has_its_events_by_day_and_the_grid_leads_to_them() -> None:
    page = pages()["calendar/2023-09.html"]
    assert isinstance(page, MonthPage)
    assert page.month is not None
    cells = [cell for week in page.month.weeks for cell in week if isinstance(cell, DayCell)]
    assert [(cell.number, cell.href) for cell in cells if cell.href] == [
        (day, f"calendar/2023-09.html#d{day}") for day in (12, 26, 30)
    ]
    assert [(day.anchor, day.name) for day in page.days] == [
        ("d12", "9月12日 星期二"),
        ("d26", "9月26日 星期二"),
        ("d30", "9月30日 星期六"),
    ]


def test_what_is_known_to_the_year_stands_in_its_year_and_on_no_day() -> None:
    found = pages()
    page = found["calendar/2025.html"]
    assert isinstance(page, YearPage)
    assert [(line.when, line.iso, line.subject) for line in page.events] == [
        ("2025年", "", "到2025年")
    ]
    months = [context for path, context in found.items() if path.startswith("calendar/2025-")]
    assert months
    assert "到2025年" not in repr(months)


def test_the_calendar_opens_at_the_day_of_building_or_near_it() -> None:
    page = pages()["calendar.html"]
    assert isinstance(page, CalendarPage)
    assert page.month is not None
    assert page.month.name == "2025年3月"
    old = pages(samples.base())["calendar.html"]
    assert isinstance(old, CalendarPage)
    assert old.month is not None
    assert old.month.name == "2021年11月"
    assert "最后一个" in old.remark


def test_a_day_of_many_events_keeps_them_all_within_pages() -> None:
    record = samples.served()
    dated = next(rule for rule in record.rules if getattr(rule, "date", "") == "2023-09-30")
    many = tuple(
        dated.model_copy(update={"id": f"{record.document.id}#s7.deadline.{number:04x}"})
        for number in range(230)
    )
    base = KnowledgeBase.of([record.model_copy(update={"rules": many})])
    found = pages(base)
    months = [found[f"calendar/2023-09{end}.html"] for end in ("", "-2", "-3")]
    assert all(isinstance(page, MonthPage) for page in months)
    held = [[(day.anchor, len(day.events)) for day in page.days] for page in months]  # type: ignore[attr-defined]  # checked
    assert held == [[("d30", 100)], [("", 100)], [("", 30)]]
    assert [page.month is None for page in months] == [False, True, True]  # type: ignore[attr-defined]  # checked


def files(base: KnowledgeBase = BASE, url: str = "") -> dict[str, Calendar]:
    holdings = Holdings(samples.graph(base), samples.DAY)
    made = calendar_files(holdings, Edition("知识库", samples.DAY, "abcd1234", url))
    return {path: Calendar.from_ical(content) for path, content in made.items()}  # type: ignore[misc]  # one calendar


def entries(calendar: Calendar) -> dict[str, dict[str, object]]:
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_the_files_are_read_back_with_the_rules_ids_days_and_words() -> None:
    found = entries(files()["calendar/all.ics"])
    rule = next(r for r in samples.training().rules if r.kind == "deadline" and r.date)
    event = found[rule.id]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2021, 11, 30), date(2021, 12, 1))  # type: ignore[attr-defined]  # a date
    assert str(event["summary"]) == "期限：完成培训"
    assert rule.quote in str(event["description"])
    assert event["dtstamp"].dt.date() == samples.DAY  # type: ignore[attr-defined]  # a moment
    assert "url" not in event


def test_what_is_known_to_the_year_spans_it_and_says_so() -> None:
    held = entries(files()["calendar/all.ics"]).values()
    (year,) = [event for event in held if "2025年内" in str(event["summary"])]
    assert (year["dtstart"].dt, year["dtend"].dt) == (date(2025, 1, 1), date(2026, 1, 1))  # type: ignore[attr-defined]  # a date


def test_what_recurs_is_one_entry_with_its_rule() -> None:
    held = entries(files()["calendar/all.ics"]).values()
    again = {str(e["summary"]): e for e in held if "rrule" in e}
    assert len(again) == 2
    (days,) = [e for name, e in again.items() if "没有写明" not in name]
    assert days["rrule"].to_ical() == b"FREQ=MONTHLY;BYMONTHDAY=12,26"  # type: ignore[attr-defined]  # a rule
    assert days["dtstart"].dt == date(2023, 5, 12)  # type: ignore[attr-defined]  # a date
    (quarters,) = [e for name, e in again.items() if "没有写明" in name]
    # the quarter of May had begun: the first reminder is that of July
    assert quarters["dtstart"].dt == date(2023, 7, 1)  # type: ignore[attr-defined]  # a date


def test_what_recurs_ends_with_its_term() -> None:
    text = force_samples.OLD.replace(
        "第二条 取得", "第二条 各培训机构每月12日、26日向省财政厅报送进展情况。取得"
    )
    graph = force_samples.graph(text)
    made = calendar_files(Holdings(graph, samples.DAY), samples.EDITION)
    (event,) = [
        e for e in Calendar.from_ical(made["calendar/all.ics"]).walk("VEVENT") if "rrule" in e
    ]
    assert event["rrule"]["UNTIL"] == [date(2025, 3, 31)]


def test_no_words_of_a_document_begin_an_entry_of_their_own() -> None:
    record = samples.training()
    attack = "完成\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x;,\\"
    rules = tuple(
        rule.model_copy(update={"action": attack}) if rule.kind == "deadline" else rule
        for rule in record.rules
    )
    held = files(samples.base(record.model_copy(update={"rules": rules})))["calendar/all.ics"]
    (event,) = held.walk("VEVENT")
    assert str(event["summary"]).replace("\r", "") == f"期限：{attack}".replace("\r", "")


def test_a_department_has_the_deadlines_of_its_clauses() -> None:
    held = files()
    (own,) = [path for path in held if "cai-zheng-ting" in path]
    assert [str(e["summary"]) for e in entries(held[own]).values()] == ["期限：完成培训"]


def test_the_same_base_gives_the_same_file_and_lines_of_75_octets() -> None:
    holdings = Holdings(samples.graph(BASE), samples.DAY)
    one = calendar_files(holdings, samples.EDITION)
    assert one == calendar_files(Holdings(samples.graph(BASE), samples.DAY), samples.EDITION)
    for content in one.values():
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert not re.search(rb"(?<!\r)\n", content)


def test_a_subscription_needs_a_public_address() -> None:
    local = pages()["calendar.html"]
    assert isinstance(local, CalendarPage)
    assert (local.file, local.subscription) == ("calendar/all.ics", "")
    graph = samples.graph(BASE)
    edition = Edition("知识库", samples.DAY, "abcd1234", "https://kb.example/a")
    made = samples.pages_of(Holdings(graph, samples.DAY), edition)
    page = next(p.context for p in made if p.path == "calendar.html")
    assert page.subscription == "webcal://kb.example/a/calendar/all.ics"
    event = entries(files(url="https://kb.example/a")["calendar/all.ics"]).popitem()[1]
    assert str(event["url"]).startswith("https://kb.example/a/documents/")
