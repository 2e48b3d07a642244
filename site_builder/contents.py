"""Which pages the site has: every module of ``pages`` in the order of the site's columns.

A template belongs to one module, which says what it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.holdings import Holdings
from site_builder.page import Edition, Page, Templates
from site_builder.pages import (
    apply,
    awaiting,
    calendar,
    data,
    department,
    departments,
    document,
    documents,
    groups,
    home,
    measure,
    measures,
    quality,
    recurring,
    relations,
    rule,
    search,
)

#: the context of each template
TEMPLATES: Templates = {
    **home.TEMPLATES,
    **search.TEMPLATES,
    **apply.TEMPLATES,
    **documents.TEMPLATES,
    **document.TEMPLATES,
    **measures.TEMPLATES,
    **measure.TEMPLATES,
    **rule.TEMPLATES,
    **departments.TEMPLATES,
    **department.TEMPLATES,
    **groups.TEMPLATES,
    **calendar.TEMPLATES,
    **recurring.TEMPLATES,
    **relations.TEMPLATES,
    **quality.TEMPLATES,
    **awaiting.TEMPLATES,
    **data.TEMPLATES,
}


def pages(holdings: Holdings, edition: Edition, sizes: Mapping[str, int]) -> Iterator[Page]:
    """Every page of the site; ``sizes`` are those of the files that the data page offers."""
    yield from home.pages(holdings, edition)
    yield from search.pages(edition)
    yield from apply.pages(holdings, edition)
    yield from documents.pages(holdings, edition)
    yield from document.pages(holdings, edition)
    yield from measures.pages(holdings, edition)
    yield from measure.pages(holdings, edition)
    yield from rule.pages(holdings, edition)
    yield from departments.pages(holdings, edition)
    yield from department.pages(holdings, edition)
    yield from groups.pages(holdings, edition)
    yield from calendar.pages(holdings, edition)
    yield from recurring.pages(holdings, edition)
    yield from relations.pages(holdings, edition)
    yield from quality.pages(holdings, edition)
    yield from awaiting.pages(holdings, edition)
    yield from data.pages(holdings, edition, sizes)
