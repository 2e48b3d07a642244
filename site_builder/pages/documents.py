"""The list of all notices, by year of issue, 100 a page, with whether each of them stands.

The latest year comes first; notices without a year come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from kb.models import KnowledgeBase
from kb.schema import Record
from site_builder import urls
from site_builder.contexts import DocumentLine, Entry, Pager, Shell
from site_builder.facts import years
from site_builder.holdings import Holdings, whole
from site_builder.lists.entries import document_line
from site_builder.lists.paging import Leaf, leaves, page_of
from site_builder.page import Edition, Page, Templates

#: a notice with the year it stands under, and its place among the notices of that year
_Placed = tuple[int | None, int, Record]


@dataclass(frozen=True, slots=True)
class YearSection:
    """The notices of one year, as far as they stand on this page.

    ``continued`` says that the year began on an earlier page, where its anchor is, too.
    """

    anchor: str
    name: str
    continued: bool
    total: int
    documents: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """documents.html"""

    shell: Shell
    total: int
    jumps: tuple[Entry, ...]
    years: tuple[YearSection, ...]
    pager: Pager | None


def _documents(
    holdings: Holdings, edition: Edition, leaf: Leaf[_Placed], jumps: tuple[Entry, ...]
) -> DocumentsPage:
    totals = {year: len(records) for year, records in years(holdings.base)}
    by_year = groupby(leaf.items, key=lambda placed: placed[0])
    return DocumentsPage(
        shell=edition.shell(leaf.path, leaf.title("文件"), "documents"),
        total=len(holdings.base.records),
        jumps=jumps,
        years=tuple(
            _section(holdings, year, tuple(placed), totals[year]) for year, placed in by_year
        ),
        pager=leaf.pager,
    )


def _section(
    holdings: Holdings, year: int | None, placed: tuple[_Placed, ...], total: int
) -> YearSection:
    continued = placed[0][1] > 0
    return YearSection(
        anchor="" if continued else year_anchor(year),
        name=year_name(year),
        continued=continued,
        total=total,
        documents=tuple(stated_line(holdings, record) for _, _, record in placed),
    )


def stated_line(holdings: Holdings, record: Record) -> DocumentLine:
    """A notice in a list, with whether it stands."""
    return document_line(record, holdings.state_of_place(whole(record)))


def year_name(year: int | None) -> str:
    """What a year of notices is called."""
    return f"{year}年" if year else "年份未载"


def year_anchor(year: int | None) -> str:
    """Where a year stands in the list."""
    return f"y{year or 0}"


def year_entries(base: KnowledgeBase) -> tuple[Entry, ...]:
    """Every year with the place where its notices begin, and how many they are."""
    counts = {year: len(records) for year, records in years(base)}
    places = _places(counts)
    return tuple(
        Entry(year_name(year), urls.href(places[year], year_anchor(year)), str(count))
        for year, count in counts.items()
    )


def _places(counts: Mapping[int | None, int]) -> dict[int | None, str]:
    """The page of the list on which each year begins."""
    found, place = {}, 0
    for year, count in counts.items():
        found[year] = page_of(urls.DOCUMENTS, place)
        place += count
    return found


TEMPLATES: Templates = {"documents.html": DocumentsPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The list of notices."""
    jumps = year_entries(holdings.base)
    placed = [
        (year, place, record)
        for year, records in years(holdings.base)
        for place, record in enumerate(records)
    ]
    for leaf in leaves(urls.DOCUMENTS, placed):
        yield Page(leaf.path, "documents.html", _documents(holdings, edition, leaf, jumps))
