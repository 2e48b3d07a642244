"""Departments: a list of all, and a page for each with its duties by role.

Roles are those that the text prints; a name that is not established stays as printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder import urls
from site_builder.contexts import DocumentLine, RuleLine, Shell
from site_builder.entries import document_line, rule_line
from site_builder.facts import ROLES, Department
from site_builder.holdings import Holdings
from site_builder.page import Edition, Page, Templates
from site_builder.words import DEPARTMENT_ROLES

_ROLE_MEANINGS = {
    "lead": "原文写明牵头，或列在分工名单首位且注明首位为牵头单位。",
    "responsible": "原文把这项工作交给它，没有写明主次。",
    "support": "原文写明会同、协同或配合，或列在牵头单位之后。",
}


@dataclass(frozen=True, slots=True)
class RoleSection:
    """The duties of a department in one role."""

    role: str
    name: str
    meaning: str
    duties: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """department.html"""

    shell: Shell
    name: str
    remark: str
    roles: tuple[RoleSection, ...]
    deadlines: tuple[RuleLine, ...]
    issued: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department in a list, with its duties by role as counts."""

    name: str
    href: str
    counts: tuple[int, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class DepartmentsPage:
    """departments.html"""

    shell: Shell
    roles: tuple[str, ...]
    departments: tuple[DepartmentLine, ...]


def _departments(organs: Iterable[Department], edition: Edition) -> DepartmentsPage:
    return DepartmentsPage(
        shell=edition.shell(urls.DEPARTMENTS, "部门", "departments"),
        roles=tuple(DEPARTMENT_ROLES[role] for role in ROLES),
        departments=tuple(map(_department_line, organs)),
    )


def _department_line(organ: Department) -> DepartmentLine:
    return DepartmentLine(
        name=organ.name,
        href=urls.href(urls.department_page(organ.name)),
        counts=tuple(len(organ.in_role(role)) for role in ROLES),
        documents=len({duty.record.document.id for duty in organ.duties}),
    )


def _department(organ: Department, edition: Edition, path: str) -> DepartmentPage:
    roles = ((role, organ.in_role(role)) for role in ROLES)
    return DepartmentPage(
        shell=edition.shell(path, organ.name, "departments"),
        name=organ.name,
        remark=_department_remark(organ),
        roles=tuple(
            RoleSection(
                role=role,
                name=DEPARTMENT_ROLES[role],
                meaning=_ROLE_MEANINGS[role],
                duties=tuple(rule_line(duty.record, duty.rule) for duty in duties),
            )
            for role, duties in roles
            if duties
        ),
        deadlines=tuple(rule_line(record, rule) for record, rule in organ.deadlines),
        issued=tuple(map(document_line, organ.issued)),
    )


def _department_remark(organ: Department) -> str:
    if not organ.known:
        return "名称照原文；各文件中同样写法的部门列在一起，不一定是同一个机关。"
    others = [name for name in organ.printed if name != organ.name]
    return f"原文写作：{'、'.join(others)}。" if others else ""


TEMPLATES: Templates = {"departments.html": DepartmentsPage, "department.html": DepartmentPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The list of departments and the page of each."""
    organs = holdings.departments
    yield Page(urls.DEPARTMENTS, "departments.html", _departments(organs, edition))
    for organ in organs:
        path = urls.department_page(organ.name)
        yield Page(path, "department.html", _department(organ, edition, path))
