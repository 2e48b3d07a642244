"""The list of departments: organs by full name, organs as printed, and general names apart.

Each is listed with its duties by role; the busiest come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    edition: Edition, leaf: Leaf[_Sorted], held: Sequence[_Sorted], jumps: tuple[Entry, ...]
) -> DepartmentsPage:
    by_kind = groupby(leaf.items, key=lambda pair: pair[0])
    return DepartmentsPage(
        shell=edition.shell(leaf.path, leaf.title("部门"), "departments"),
        roles=tuple(DEPARTMENT_ROLES[role] for role in ROLES),
        jumps=jumps,
        sections=tuple(_section(kind, tuple(pairs), held, leaf) for kind, pairs in by_kind),
        pager=leaf.pager,
    )


def _section(
    kind: Kind, pairs: Sequence[_Sorted], held: Sequence[_Sorted], leaf: Leaf[_Sorted]
) -> OrganSection:
    begins = _begins(held)[kind]
    name, meaning = KINDS[kind]
    return OrganSection(
        anchor=kind if leaf.first <= begins else "",
        name=name,
        meaning=meaning,
        total=sum(other == kind for other, _ in held),
        departments=tuple(_line(organ) for _, organ in pairs),
    )


def _begins(held: Sequence[_Sorted]) -> dict[Kind, int]:
    """The place of the first department of each kind."""
    first: dict[Kind, int] = {}
    for place, (kind, _) in enumerate(held):
        first.setdefault(kind, place)
    return first


def _line(organ: Department) -> DepartmentLine:
    return DepartmentLine(
        name=organ.name,
        href=urls.href(urls.department_page(organ.name)),
        counts=tuple(len(organ.in_role(role)) for role in ROLES),
        deadlines=len(organ.deadlines),
        documents=len({duty.record.document.id for duty in organ.duties}),
    )


def _jumps(held: Sequence[_Sorted]) -> tuple[Entry, ...]:
    counts = {kind: sum(other == kind for other, _ in held) for kind in KINDS}
    return tuple(
        Entry(
            KINDS[kind][0],
            urls.href(page_of(urls.DEPARTMENTS, place), kind),
            str(counts[kind]),
        )
        for kind, place in _begins(held).items()
    )


TEMPLATES: Templates = {"departments.html": DepartmentsPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The list of departments."""
    order = list(KINDS)
    held = sorted(
        ((kind_of(organ), organ) for organ in holdings.departments),
        key=lambda pair: order.index(pair[0]),
    )
    jumps = _jumps(held)
    for leaf in leaves(urls.DEPARTMENTS, held):
        page = _departments(edition, leaf, held, jumps)
        yield Page(leaf.path, "departments.html", page)
