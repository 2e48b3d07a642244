"""The duties of departments and the deadlines as tables that an office prints: 任务分解表.

Every duty and every deadline stands in one of the sheets; what has certainly ended stands apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kb.exports.content import GONE, Content, Told
from kb.exports.xlsx_file import Sheet
from kb.schema import DeadlineRule, DepartmentRule
from site_builder.facts import ROLES, clause_name, departments, full_name, title_of
from site_builder.wording.filters import day
from site_builder.wording.words import DEPARTMENT_ROLES, REVIEWS, rule_value

#: the last columns, which are not printed: whence every value comes, for programs
_WHENCE = (("文件编号", 24), ("规则编号", 30), ("原文位置", 12))
_DUTY_HEADS = (
    *(("序号", 6), ("责任部门", 22), ("分工", 6), ("任务", 34), ("完成时限", 24)),
    *(("依据", 30), ("原文", 20), ("效力", 10), ("核对", 8), *_WHENCE),
)
_DEADLINE_HEADS = (
    *(("序号", 6), ("期限", 22), ("由谁", 18), ("事项", 34), ("本条责任部门", 26)),
    *(("依据", 30), ("原文", 46), ("效力", 10), ("核对", 8), *_WHENCE),
)
#: a review in a narrow column
_REVIEWED = {"extracted": "未核对", "confirmed": "已核对", "corrected": "已更正"}
_NOBODY = "原文未写明"


def task_sheets(content: Content) -> tuple[Sheet, ...]:
    """What stands by department, all deadlines, and what has ended."""
    duties = list(_by_department(content))
    deadlines = [t for t in content.told if isinstance(t.rule, DeadlineRule)]
    standing = [t for t in duties if t.status.state not in GONE]
    open_ = sorted((t for t in deadlines if t.status.state not in GONE), key=_when)
    return (
        _sheet(content, "任务分解表", _DUTY_HEADS, standing),
        _sheet(content, "期限表", _DEADLINE_HEADS, open_),
        _sheet(
            content, "未生效和已终止的任务", _DUTY_HEADS, [t for t in duties if t not in standing]
        ),
        _sheet(
            content,
            "未生效和已终止的期限",
            _DEADLINE_HEADS,
            [t for t in deadlines if t not in open_],
        ),
    )


def _sheet(
    content: Content, name: str, heads: tuple[tuple[str, int], ...], told: list[Told]
) -> Sheet:
    clauses = _Clauses(content)
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (at, *clauses.row(one)) for at, one in enumerate(told, 1)
    )
    note = f"效力截至{day(content.on.isoformat())}；由程序从公文中提取，以发文机关公布的原文为准"
    return Sheet(name, name, note, heads, rows, unprinted=len(_WHENCE))


def _by_department(content: Content) -> Iterator[Told]:
    """Duties as the site lists departments, those in the lead first."""
    told = {t.rule.id: t for t in content.told}
    for organ in departments(content.graph.base):
        for role in ROLES:
            yield from (told[duty.rule.id] for duty in organ.in_role(role))


def _when(told: Told) -> tuple[str, str]:
    rule = told.rule
    dated = isinstance(rule, DeadlineRule) and (rule.date or rule.to or rule.from_)
    return dated or str(date.max), rule.id


class _Clauses:
    """What else stands in the clause of a rule."""

    def __init__(self, content: Content) -> None:
        self._deadlines: dict[tuple[str, str], list[DeadlineRule]] = defaultdict(list)
        self._organs: dict[tuple[str, str], list[DepartmentRule]] = defaultdict(list)
        for told in content.told:
            place = (told.record.document.id, told.rule.clause)
            if isinstance(told.rule, DeadlineRule):
                self._deadlines[place].append(told.rule)
            elif isinstance(told.rule, DepartmentRule):
                self._organs[place].append(told.rule)

    def row(self, told: Told) -> tuple[str, ...]:
        """The cells of a duty or a deadline, without its number."""
        rule, document = told.rule, told.record.document
        basis = (
            f"{document.number or title_of(told.record)} {clause_name(told.record, rule.clause)}"
        )
        review = _REVIEWED.get(rule.review.status, REVIEWS[rule.review.status])
        whence = (document.id, rule.id, f"{rule.span[0]}-{rule.span[1]}")
        return (*self._first(told), basis, rule.quote, told.status.label, review, *whence)

    def _first(self, told: Told) -> tuple[str, str, str, str]:
        rule, place = told.rule, (told.record.document.id, told.rule.clause)
        if isinstance(rule, DepartmentRule):
            task = rule.duty or clause_name(told.record, rule.clause)
            until = "\n".join(map(_deadline, self._deadlines[place]))
            return full_name(rule), DEPARTMENT_ROLES[rule.role], task, until
        organs = dict.fromkeys(full_name(r) for r in self._organs[place])
        actor = getattr(rule, "actor", None) or _NOBODY
        action = getattr(rule, "action", None) or rule.quote
        return rule_value(rule), actor, action, "、".join(organs) or _NOBODY


def _deadline(rule: DeadlineRule) -> str:
    return f"{rule_value(rule)}：{rule.action}" if rule.action else rule_value(rule)
