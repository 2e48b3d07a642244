"""The list of departments: organs by full name, organs as printed, and general names apart.

Each is listed with its duties by role; the busiest come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from site_builder import urls
from site_builder.contexts import Entry, Pager, Shell
from site_builder.facts import ROLES, Department
from site_builder.holdings import Holdings
from site_builder.lists.paging import Leaf, leaves, page_of
from site_builder.organ_kinds import KINDS, Kind, kind_of
from site_builder.page import Edition, Page, Templates
from site_builder.wording.words import DEPARTMENT_ROLES

_Sorted = tuple[Kind, Department]


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department in a list, with its duties by role as counts."""

    name: str
    href: str
    counts: tuple[int, ...]
    deadlines: int
    documents: int


@dataclass(frozen=True, slots=True)
class OrganSection:
    """The departments of one kind, as far as they stand on this page."""

    anchor: str
    name: str
    meaning: str
    total: int
    departments: tuple[DepartmentLine, ...]


@dataclass(frozen=True, slots=True)
class DepartmentsPage:
    """departments.html"""

    shell: Shell
    roles: tuple[str, ...]
    jumps: tuple[Entry, ...]
    sections: tuple[OrganSection, ...]
    pager: Pager | None


def _departments(
    edition: Edition, leaf: Leaf[_Sorted], places: Mapping[Kind, _Places], jumps: tuple[Entry, ...]
) -> DepartmentsPage:
    by_kind = groupby(leaf.items, key=lambda pair: pair[0])
    return DepartmentsPage(
        shell=edition.shell(leaf.path, leaf.title("部门"), "departments"),
        roles=tuple(DEPARTMENT_ROLES[role] for role in ROLES),
        jumps=jumps,
        sections=tuple(_section(kind, tuple(pairs), places[kind], leaf) for kind, pairs in by_kind),
        pager=leaf.pager,
    )


def _section(
    kind: Kind, pairs: Sequence[_Sorted], place: _Places, leaf: Leaf[_Sorted]
) -> OrganSection:
    name, meaning = KINDS[kind]
    return OrganSection(
        anchor=kind if leaf.first <= place.first else "",
        name=name,
        meaning=meaning,
        total=place.count,
        departments=tuple(_line(organ) for _, organ in pairs),
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the departments of a kind begin in the list, and how many they are."""

    first: int
    count: int


def _places(held: Sequence[_Sorted]) -> dict[Kind, _Places]:
    """The kinds in their order; departments of a kind are neighbours."""
    found: dict[Kind, _Places] = {}
    at = 0
    for kind, several in groupby(held, key=lambda pair: pair[0]):
        count = sum(1 for _ in several)
        found[kind] = _Places(at, count)
        at += count
    return found


def _line(organ: Department) -> DepartmentLine:
    return DepartmentLine(
        name=organ.name,
        href=urls.href(urls.department_page(organ.name)),
        counts=tuple(len(organ.in_role(role)) for role in ROLES),
        deadlines=len(organ.deadlines),
        documents=len({duty.record.document.id for duty in organ.duties}),
    )


def _jumps(places: Mapping[Kind, _Places]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            KINDS[kind][0],
            urls.href(page_of(urls.DEPARTMENTS, place.first), kind),
            str(place.count),
        )
        for kind, place in places.items()
    )


TEMPLATES: Templates = {"departments.html": DepartmentsPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The list of departments."""
    order = list(KINDS)
    held = sorted(
        ((kind_of(organ), organ) for organ in holdings.departments),
        key=lambda pair: order.index(pair[0]),
    )
    places = _places(held)
    jumps = _jumps(places)
    for leaf in leaves(urls.DEPARTMENTS, held):
        page = _departments(edition, leaf, places, jumps)
        yield Page(leaf.path, "departments.html", page)
