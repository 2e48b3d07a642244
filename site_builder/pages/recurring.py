"""Deadlines that come again: how often, what is to be done, from when to when.

Most name no day, 每季度 or 每年, and so have no place in the months of the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.force.recurrences import Recurrence
from site_builder import urls
from site_builder.contexts import Pager, Shell, StateMark
from site_builder.facts import clause_name, title_of
from site_builder.holdings import Holdings
from site_builder.lists.occasions import deadline_words
from site_builder.lists.paging import leaves
from site_builder.page import Edition, Page, Templates
from site_builder.wording.filters import day


@dataclass(frozen=True, slots=True)
class RecurringLine:
    """A deadline that comes again: how often, what is to be done, from when to when."""

    often: str
    words: str
    term: str
    quote: str
    document: str
    clause: str
    href: str
    state: StateMark


@dataclass(frozen=True, slots=True)
class RecurringPage:
    """recurring.html"""

    shell: Shell
    total: int
    lines: tuple[RecurringLine, ...]
    pager: Pager | None


def _recurring(holdings: Holdings, recurrence: Recurrence) -> RecurringLine:
    record = holdings.base.by_id[recurrence.document]
    rule = recurrence.rule
    return RecurringLine(
        often=rule.freq or rule.rrule or "",
        words=deadline_words(rule),
        term=_term(recurrence),
        quote=rule.quote,
        document=record.document.number or title_of(record),
        clause=clause_name(record, rule.clause),
        href=urls.href(urls.document_page(recurrence.document), urls.rule_anchor(rule.id)),
        state=holdings.state_of_place(recurrence.subject),
    )


def _term(recurrence: Recurrence) -> str:
    """``2021年9月24日起，推定至2021年12月31日``."""
    start = f"{day(recurrence.start.isoformat())}起" if recurrence.start else ""
    if recurrence.end is None:
        return start
    presumed = "推定" if recurrence.presumed else ""
    end = f"{presumed}至{day(recurrence.end.isoformat())}"
    return f"{start}，{end}" if start else end


TEMPLATES: Templates = {"recurring.html": RecurringPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The pages of the list; none where nothing recurs."""
    found: Sequence[Recurrence] = holdings.recurrences
    for leaf in leaves(urls.RECURRING, found) if found else ():
        page = RecurringPage(
            shell=edition.shell(leaf.path, leaf.title("按期重复的期限"), "calendar"),
            total=len(found),
            lines=tuple(_recurring(holdings, recurrence) for recurrence in leaf.items),
            pager=leaf.pager,
        )
        yield Page(leaf.path, "recurring.html", page)
