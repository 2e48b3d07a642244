"""The list of all notices, by year of issue.

The latest year comes first; notices without a year come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.models import KnowledgeBase
from site_builder import urls
from site_builder.contexts import DocumentLine, Shell
from site_builder.entries import document_line
from site_builder.facts import years
from site_builder.holdings import Holdings
from site_builder.page import Edition, Page, Templates


@dataclass(frozen=True, slots=True)
class YearSection:
    """The notices of one year."""

    anchor: str
    name: str
    documents: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """documents.html"""

    shell: Shell
    years: tuple[YearSection, ...]


def _documents(base: KnowledgeBase, edition: Edition) -> DocumentsPage:
    return DocumentsPage(
        shell=edition.shell(urls.DOCUMENTS, "文件", "documents"),
        years=tuple(
            YearSection(year_anchor(year), year_name(year), tuple(map(document_line, records)))
            for year, records in years(base)
        ),
    )


def year_name(year: int | None) -> str:
    """What a year of notices is called."""
    return f"{year}年" if year else "年份未载"


def year_anchor(year: int | None) -> str:
    """Where a year stands in the list."""
    return f"y{year or 0}"


TEMPLATES: Templates = {"documents.html": DocumentsPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The list of notices."""
    yield Page(urls.DOCUMENTS, "documents.html", _documents(holdings.base, edition))
