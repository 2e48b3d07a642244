"""A department: its duties by role as a list of tasks, the deadlines with them, what it issued.

Roles are those that the text prints. Every task says in which clause it stands, and whether that
stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.force.models import End
from kb.schema import DeadlineRule, DepartmentRule, Record
from site_builder import urls
from site_builder.contexts import DocumentLine, Entry, Pager, Shell, StateMark
from site_builder.downloads.icalendar_files import dated
from site_builder.facts import (
    FRONT,
    ROLES,
    Department,
    clause_name,
    full_name,
    latest_first,
    standing_rules,
    title_of,
)
from site_builder.holdings import Holdings
from site_builder.lists.occasions import deadline_words
from site_builder.lists.paging import Leaf, leaves
from site_builder.page import Edition, Page, Templates
from site_builder.pages.documents import stated_line
from site_builder.shares import WHOLE, Share
from site_builder.wording.words import DEPARTMENT_ROLES, REVIEWS, rule_value

_ROLE_MEANINGS = {
    "lead": "原文写明牵头，或列在分工名单首位且注明首位为牵头单位。",
    "responsible": "原文把这项工作交给它，没有写明主次。",
    "support": "原文写明会同、协同或配合，或列在牵头单位之后。",
}
_DEADLINES, _ISSUED = "deadlines", "issued"
#: a role, or one of the two others, with what stands under it
_Row = tuple[str, "Record | tuple[Record, DeadlineRule | DepartmentRule]"]
_Others = Mapping[tuple[str, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Task:
    """A duty or a deadline: what is to be done, until when or in which role, and where it stands.

    ``others`` are the departments that share the clause, with their roles; ``heading`` is that of
    the clause where the words are others.
    """

    words: str
    value: str
    others: tuple[str, ...]
    place: str
    heading: str
    href: str
    review: str
    state: StateMark


@dataclass(frozen=True, slots=True)
class TaskSection:
    """The tasks of one role, or the deadlines, as far as they stand on this page."""

    code: str
    name: str
    meaning: str
    total: int
    tasks: tuple[Task, ...]
    issued: tuple[DocumentLine, ...] = ()


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """department.html"""

    shell: Shell
    name: str
    remark: str
    figures: tuple[Entry, ...]
    calendar: str
    sections: tuple[TaskSection, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class _Told:
    """A department with what all of its pages share; 各培训机构 of a province has hundreds."""

    organ: Department
    totals: Mapping[str, int]
    calendar: str
    others: _Others


def _department(
    holdings: Holdings, edition: Edition, told: _Told, leaf: Leaf[_Row]
) -> DepartmentPage:
    organ, totals = told.organ, told.totals
    by_code = groupby(leaf.items, key=lambda row: row[0])
    return DepartmentPage(
        shell=edition.shell(leaf.path, leaf.title(organ.name), "departments"),
        name=organ.name,
        remark=_remark(organ),
        figures=tuple(
            Entry(_name(code), code, str(total)) for code, total in totals.items() if total
        ),
        calendar=told.calendar,
        sections=tuple(
            _section(holdings, organ, code, tuple(rows), totals[code], told.others)
            for code, rows in by_code
        ),
        pager=leaf.pager,
    )


def _totals(organ: Department) -> dict[str, int]:
    roles = {role: len(organ.in_role(role)) for role in ROLES}
    return {**roles, _DEADLINES: len(organ.deadlines), _ISSUED: len(organ.issued)}


def _name(code: str) -> str:
    return {**DEPARTMENT_ROLES, _DEADLINES: "期限", _ISSUED: "发布的文件"}[code]


def _calendar(holdings: Holdings, organ: Department) -> str:
    found = dated(holdings, (rule for _, rule in organ.deadlines))
    return urls.href(urls.department_calendar(organ.name)) if found else ""


def _rows(organ: Department) -> list[_Row]:
    """Duties by role, then deadlines, then documents; of each the latest document first."""
    rows: list[_Row] = []
    for role in ROLES:
        duties = ((duty.record, duty.rule) for duty in organ.in_role(role))
        rows += [(role, pair) for pair in sorted(duties, key=_latest)]
    rows += [(_DEADLINES, pair) for pair in sorted(organ.deadlines, key=_latest)]
    return rows + [(_ISSUED, record) for record in sorted(organ.issued, key=latest_first)]


def _latest(
    pair: tuple[Record, DeadlineRule | DepartmentRule],
) -> tuple[tuple[int, str], tuple[int, int]]:
    return latest_first(pair[0]), pair[1].span


def _section(
    holdings: Holdings,
    organ: Department,
    code: str,
    rows: Sequence[_Row],
    total: int,
    others: _Others,
) -> TaskSection:
    held = [row for _, row in rows]
    tasks = (_task(holdings, organ, *row, others) for row in held if isinstance(row, tuple))
    meaning = "上述条款里写明的期限。" if code == _DEADLINES else _ROLE_MEANINGS.get(code, "")
    issued = (stated_line(holdings, row) for row in held if isinstance(row, Record))
    return TaskSection(code, _name(code), meaning, total, tuple(tasks), tuple(issued))


def _task(
    holdings: Holdings,
    organ: Department,
    record: Record,
    rule: DeadlineRule | DepartmentRule,
    others: _Others,
) -> Task:
    document, shared = record.document, others.get((record.document.id, rule.clause), {})
    duty = isinstance(rule, DepartmentRule)
    heading = clause_name(record, rule.clause).removeprefix(rule.clause).strip()
    words = _words(rule) or heading
    return Task(
        words=words,
        value="" if duty else rule_value(rule),
        others=tuple(f"{n}（{r}）" for n, r in shared.items() if duty and n != organ.name),
        place=f"{document.number or title_of(record)} {rule.clause or FRONT}",
        heading="" if words == heading else heading,
        href=urls.href(urls.document_page(document.id), urls.rule_anchor(rule.id)),
        review="" if rule.review.status == "extracted" else REVIEWS[rule.review.status],
        state=holdings.state_of_place(End(document.id, rule.clause)),
    )


def _words(rule: DeadlineRule | DepartmentRule) -> str:
    """What is to be done as the text has it; where it only lists departments, nothing."""
    return deadline_words(rule) if isinstance(rule, DeadlineRule) else rule.duty or ""


def _remark(organ: Department) -> str:
    if not organ.known:
        return "名称照原文；各文件中同样写法的部门列在一起，不一定是同一个机关。"
    others = [name for name in organ.printed if name != organ.name]
    return f"原文写作：{'、'.join(others)}。" if others else ""


def _sharing(holdings: Holdings) -> _Others:
    """Which departments share a clause, in the order of the text, with their roles."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for record in holdings.base.records:
        for rule in standing_rules(record):
            if isinstance(rule, DepartmentRule):
                place = (record.document.id, rule.clause)
                found[place].setdefault(full_name(rule), DEPARTMENT_ROLES[rule.role])
    return found


TEMPLATES: Templates = {"department.html": DepartmentPage}


def pages(holdings: Holdings, edition: Edition, share: Share = WHOLE) -> Iterator[Page]:
    """The page of every department, or its pages where it has many duties."""
    others = holdings.once(_sharing, lambda: _sharing(holdings))
    for organ in share.of(holdings.departments):
        told = _Told(organ, _totals(organ), _calendar(holdings, organ), others)
        for leaf in leaves(urls.department_page(organ.name), _rows(organ)):
            page = _department(holdings, edition, told, leaf)
            yield Page(leaf.path, "department.html", page)
