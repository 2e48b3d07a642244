"""Which pages the site has: every module of ``pages`` in the order of the site's columns.

A template belongs to one module, which says what it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

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
from site_builder.shares import WHOLE, Share

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


Sizes = Mapping[str, int]
Few = Callable[[Holdings, Edition], Iterator[Page]]


@dataclass(frozen=True)
class Many:
    """A kind of page of which there are so many that they are made a share at a time."""

    of: Callable[[Holdings, Edition, Share], Iterator[Page]]
    count: Callable[[Holdings], int]
    #: things a share
    most: int


#: kinds of pages of which there is one a document, a measure or a department
MANY = (
    Many(measure.pages, lambda holdings: len(holdings.timelines), 25),
    Many(rule.pages, lambda holdings: len(holdings.base.records), 20),
    Many(document.pages, lambda holdings: len(holdings.base.records), 40),
    Many(department.pages, lambda holdings: len(holdings.departments), 50),
)
#: lists and other pages of which each module makes all
FEW: tuple[Few, ...] = (
    documents.pages,
    measures.pages,
    departments.pages,
    groups.pages,
    calendar.pages,
    recurring.pages,
    relations.pages,
    quality.pages,
    awaiting.pages,
)


def last_pages(holdings: Holdings, edition: Edition, sizes: Sizes) -> Iterator[Page]:
    """Those that tell of other files: the versions of scripts with data, or sizes of files."""
    yield from home.pages(holdings, edition)
    yield from search.pages(edition)
    yield from apply.pages(holdings, edition)
    yield from data.pages(holdings, edition, sizes)


def pages(holdings: Holdings, edition: Edition, sizes: Sizes) -> Iterator[Page]:
    """Every page of the site; ``sizes`` are those of the files that the data page offers."""
    for many in MANY:
        yield from many.of(holdings, edition, WHOLE)
    for few in FEW:
        yield from few(holdings, edition)
    yield from last_pages(holdings, edition, sizes)
