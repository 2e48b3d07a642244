"""The list of measures (政策事项): by region, then by item, a hundred on a page.

Each line says what stands on the day asked for, what it took the place of, and where two documents
stand against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.force.timeline import Timeline
from site_builder import urls
from site_builder.contexts import Pager, Shell
from site_builder.holdings import Holdings
from site_builder.lists.paging import leaves
from site_builder.page import Edition, Page, Templates
from site_builder.timelines.day_blocks import DayBlock, brief_blocks
from site_builder.timelines.values_by_day import course

#: stretches of time that a line can tell of, the latest ones
_MOST_STRETCHES = 4
_LEVELS = ("national", "province", "city", "county")


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure in the list; ``places`` is in how many places it stands."""

    name: str
    href: str
    days: tuple[DayBlock, ...]
    places: int
    documents: int


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """The measures of one item."""

    item: str
    measures: tuple[MeasureLine, ...]


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """The measures of one region."""

    anchor: str
    region: str
    size: int
    items: tuple[ItemGroup, ...]


@dataclass(frozen=True, slots=True)
class MeasuresPage:
    """measures.html"""

    shell: Shell
    total: int
    conflicts: int
    regions: tuple[RegionGroup, ...]
    pager: Pager | None


def address(held: Timeline) -> str:
    """The page of a measure."""
    return urls.measure_page(str(held.measure.key))


def ordered(holdings: Holdings) -> tuple[Timeline, ...]:
    """All timelines: the widest regions first, then by item and category."""
    return tuple(sorted(holdings.timelines, key=lambda held: _order(holdings, held)))


def _order(holdings: Holdings, held: Timeline) -> tuple[int, str, str, str]:
    regions = [
        region
        for step in held.steps
        if (region := holdings.base.by_id[step.document].document.region)
        and region.name == held.measure.region
    ]
    level = _LEVELS.index(regions[0].level) if regions else len(_LEVELS)
    key = held.measure.key
    return level, regions[0].code if regions else "xx", key.item, str(key)


def _line(holdings: Holdings, held: Timeline) -> MeasureLine:
    return MeasureLine(
        name=held.measure.name.removesuffix(f"（{held.measure.region}）"),
        href=urls.href(address(held)),
        days=brief_blocks(holdings, course(holdings, held), _MOST_STRETCHES),
        places=len(held.steps),
        documents=len({step.document for step in held.steps}),
    )


def _regions(holdings: Holdings, told: Sequence[Timeline]) -> tuple[RegionGroup, ...]:
    groups = [
        (region, list(found)) for region, found in groupby(told, lambda held: held.measure.region)
    ]
    return tuple(
        RegionGroup(f"r{number}", region, len(found), _items(holdings, found))
        for number, (region, found) in enumerate(groups, 1)
    )


def _items(holdings: Holdings, told: Sequence[Timeline]) -> tuple[ItemGroup, ...]:
    return tuple(
        ItemGroup(item, tuple(_line(holdings, held) for held in found))
        for item, found in groupby(told, lambda held: held.measure.key.item)
    )


def _disputed(held: Timeline) -> bool:
    return any(step.relation == "conflicts_with" for step in held.steps)


TEMPLATES: Templates = {"measures.html": MeasuresPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The list, on as many pages as it takes."""
    held = ordered(holdings)
    conflicts = sum(map(_disputed, held))
    for leaf in leaves(urls.MEASURES, held):
        shell = edition.shell(leaf.path, leaf.title("事项"), "measures")
        regions = _regions(holdings, leaf.items)
        context = MeasuresPage(shell, len(held), conflicts, regions, leaf.pager)
        yield Page(leaf.path, "measures.html", context)
