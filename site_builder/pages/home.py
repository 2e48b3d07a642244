"""The front door: search, what is here, and the ways in.

Every way in leads to a list that is complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.models import KIND_NAMES
from site_builder import urls
from site_builder.contexts import DocumentLine, Entry, Shell
from site_builder.entries import document_line, kinds_of
from site_builder.facts import Department, standing_rules, years
from site_builder.holdings import Holdings
from site_builder.page import Edition, Page, Templates
from site_builder.pages.documents import year_anchor, year_name

_DEPARTMENTS, _DOCUMENTS = 12, 8


@dataclass(frozen=True, slots=True)
class HomePage:
    """home.html"""

    shell: Shell
    figures: tuple[Entry, ...]
    kinds: tuple[Entry, ...]
    years: tuple[Entry, ...]
    documents: tuple[DocumentLine, ...]
    departments: tuple[Entry, ...]
    more_departments: int


def _home(holdings: Holdings, edition: Edition) -> HomePage:
    base, organs = holdings.base, holdings.departments
    rules = kinds_of(rule for record in base.records for rule in standing_rules(record))
    clauses = sum(len(record.clauses) for record in base.records)
    recent = [record for _, records in years(base) for record in records]
    return HomePage(
        shell=edition.shell(urls.HOME, edition.title),
        figures=(
            Entry("份文件", urls.DOCUMENTS, str(len(base.records))),
            Entry("个条款", urls.DOCUMENTS, str(clauses)),
            Entry("条规则", urls.SEARCH, str(rules.total())),
            Entry("个部门", urls.DEPARTMENTS, str(len(organs))),
        ),
        kinds=tuple(
            Entry(name, f"{urls.SEARCH}?kind={code}", str(rules[code]))
            for code, name in KIND_NAMES.items()
        ),
        years=tuple(
            Entry(year_name(year), urls.href(urls.DOCUMENTS, year_anchor(year)), str(len(records)))
            for year, records in years(base)
        ),
        documents=tuple(map(document_line, recent[:_DOCUMENTS])),
        departments=tuple(map(_department_entry, organs[:_DEPARTMENTS])),
        more_departments=max(0, len(organs) - _DEPARTMENTS),
    )


def _department_entry(organ: Department) -> Entry:
    page = urls.href(urls.department_page(organ.name))
    return Entry(organ.name, page, str(len(organ.duties)))


TEMPLATES: Templates = {"home.html": HomePage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The home page."""
    yield Page(urls.HOME, "home.html", _home(holdings, edition))
