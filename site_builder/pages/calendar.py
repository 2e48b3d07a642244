"""The calendar: a page for every month and year with events, each as a grid and as a list.

A month has a page of its own and not a place on that of its year: a year of ten thousand notices
would be too long to read on a phone. All of it works without scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from urllib.parse import urlsplit

from site_builder import urls
from site_builder.contexts import Entry, EventLine, Pager, Shell
from site_builder.holdings import Holdings
from site_builder.lists.almanac import Almanac, almanac, month_of, weeks
from site_builder.lists.occasions import event_lines, gathered
from site_builder.lists.paging import Leaf, leaves, page_of
from site_builder.page import Edition, Page, Templates
from site_builder.wording.filters import day

_WEEKDAYS = "一二三四五六日"
#: how many events of a day are named in the grid
_NAMED = 2


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day in the grid; ``href`` leads to its events, empty where it has none.

    Scripts mark today: a page of a month stays as it is while its days pass.
    """

    number: int
    iso: str
    href: str
    total: int
    marks: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday to Sunday; days of other months are None."""

    name: str
    weeks: tuple[tuple[DayCell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class DaySection:
    """The events of one day, or those of the month whose day is not known."""

    anchor: str
    name: str
    known: bool
    events: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """month.html; ``month`` is None on the later pages of a long list."""

    shell: Shell
    name: str
    year: Entry
    previous: Entry | None
    following: Entry | None
    month: Month | None
    days: tuple[DaySection, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class YearPage:
    """year.html: its months, and what is known to the year or to several months only."""

    shell: Shell
    name: str
    previous: Entry | None
    following: Entry | None
    months: tuple[Entry, ...]
    events: tuple[EventLine, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year in the calendar with its twelve months; a month without events has no address."""

    name: str
    href: str
    months: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """calendar.html; ``subscription`` is empty where the site has no public address.

    ``remark`` says which month is shown where it is not the one of the day of building. It does
    not name that day: a page would change every month though no event did.
    """

    shell: Shell
    file: str
    subscription: str
    recurring: Entry | None
    remark: str
    month: Month | None
    years: tuple[YearLine, ...]


_Lines = tuple[EventLine, ...]


def _calendar(holdings: Holdings, edition: Edition, held: Almanac) -> CalendarPage:
    near = held.month_near(edition.built)
    again = len(holdings.recurrences)
    return CalendarPage(
        shell=edition.shell(urls.CALENDAR, "日历", "calendar"),
        file=urls.href(urls.CALENDAR_FILE),
        subscription=_subscription(edition),
        recurring=Entry("按期重复的期限", urls.RECURRING, f"{again} 条") if again else None,
        remark=_remark(near, edition.built),
        month=_month(near, _lines(holdings, held, near)) if near else None,
        years=tuple(_year_line(held, year) for year in held.all_years),
    )


def _remark(month: str | None, built: date) -> str:
    now = month_of(built)
    if month is None or month == now:
        return ""
    return f"下面是{'下一个' if month > now else '最后一个'}有事项的月份。"


def _subscription(edition: Edition) -> str:
    if not edition.url:
        return ""
    address = urlsplit(edition.url)
    return f"webcal://{address.netloc}{address.path.rstrip('/')}/{urls.CALENDAR_FILE}"


def _year_line(held: Almanac, year: int) -> YearLine:
    months = tuple(_month_entry(held, f"{year:04}-{number:02}") for number in range(1, 13))
    return YearLine(f"{year}年", _year_entry(year).href, months)


def _month_entry(held: Almanac, month: str) -> Entry:
    name = f"{int(month[-2:])}月"
    occasions = gathered(held.months.get(month, ()))
    page = urls.href(urls.calendar_page(month)) if occasions else ""
    return Entry(name, page, str(len(occasions)) if occasions else "")


def _month(month: str, lines: _Lines) -> Month:
    first: dict[str, int] = {}
    for place, line in enumerate(lines):
        first.setdefault(line.iso, place)
    by_day = {iso: tuple(held) for iso, held in groupby(lines, key=lambda line: line.iso)}
    page = urls.calendar_page(month)

    def cell(day_: date | None) -> DayCell | None:
        if day_ is None:
            return None
        iso = day_.isoformat()
        held = by_day.get(iso, ())
        href = urls.href(page_of(page, first[iso]), _anchor(iso)) if held else ""
        return DayCell(day_.day, iso, href, len(held), held[:_NAMED])

    return Month(_name(month), tuple(tuple(map(cell, week)) for week in weeks(month)))


def _name(month: str) -> str:
    return day(month)


def _anchor(iso: str) -> str:
    """``d12``; what has no day stands under ``vague``."""
    return f"d{int(iso[-2:])}" if iso else "vague"


def _month_pages(holdings: Holdings, edition: Edition, held: Almanac) -> Iterator[Page]:
    months = tuple(held.months)
    around = zip((None, *months), months, (*months[1:], None), strict=False)
    for previous, month, following in around:
        lines = _lines(holdings, held, month)
        grid = _month(month, lines)
        links = (_link(previous), _link(following))
        begins = {line.iso: place for place, line in reversed(tuple(enumerate(lines)))}
        for leaf in leaves(urls.calendar_page(month), lines):
            yield Page(
                leaf.path, "month.html", _month_page(edition, month, leaf, grid, links, begins)
            )


def _lines(holdings: Holdings, held: Almanac, month: str) -> _Lines:
    """What has a day before what has none."""
    found = event_lines(holdings, held.months[month])
    return tuple(sorted(found, key=lambda line: line.iso or "9999"))


def _link(month: str | None) -> Entry | None:
    return Entry(_name(month), urls.href(urls.calendar_page(month))) if month else None


def _month_page(
    edition: Edition,
    month: str,
    leaf: Leaf[EventLine],
    grid: Month,
    links: tuple[Entry | None, Entry | None],
    begins: dict[str, int],
) -> MonthPage:
    sections = groupby(leaf.items, key=lambda line: line.iso)
    return MonthPage(
        shell=edition.shell(leaf.path, leaf.title(_name(month)), "calendar"),
        name=_name(month),
        year=_year_entry(int(month[:4])),
        previous=links[0],
        following=links[1],
        month=grid if leaf.number == 1 else None,
        days=tuple(
            DaySection(
                anchor=_anchor(iso) if begins[iso] >= leaf.first else "",
                name=_day_name(iso),
                known=bool(iso),
                events=tuple(lines),
            )
            for iso, lines in sections
        ),
        pager=leaf.pager,
    )


def _day_name(iso: str) -> str:
    if not iso:
        return "没有写明哪一天"
    found = date.fromisoformat(iso)
    return f"{found.month}月{found.day}日 星期{_WEEKDAYS[found.weekday()]}"


def _year_pages(holdings: Holdings, edition: Edition, held: Almanac) -> Iterator[Page]:
    years = tuple(reversed(held.all_years))
    links = {
        year: Entry(f"{year}年", urls.href(urls.calendar_page(f"{year:04}"))) for year in years
    }
    before = {later: links[earlier] for earlier, later in pairwise(years)}
    after = {earlier: links[later] for earlier, later in pairwise(years)}
    for year in years:
        lines = event_lines(holdings, held.years.get(year, ()))
        # a year of ten thousand notices has hundreds of pages
        months = _year_line(held, year).months
        for leaf in leaves(urls.calendar_page(f"{year:04}"), lines):
            yield Page(
                leaf.path,
                "year.html",
                YearPage(
                    shell=edition.shell(leaf.path, leaf.title(f"{year}年"), "calendar"),
                    name=f"{year}年",
                    previous=before.get(year),
                    following=after.get(year),
                    months=months,
                    events=leaf.items,
                    pager=leaf.pager,
                ),
            )


def _year_entry(year: int) -> Entry:
    return Entry(f"{year}年", urls.href(urls.calendar_page(f"{year:04}")))


TEMPLATES: Templates = {
    "calendar.html": CalendarPage,
    "month.html": MonthPage,
    "year.html": YearPage,
}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The calendar, its years and its months."""
    held = almanac(holdings)
    yield Page(urls.CALENDAR, "calendar.html", _calendar(holdings, edition, held))
    yield from _year_pages(holdings, edition, held)
    yield from _month_pages(holdings, edition, held)
