"""Says deadlines, targets, organs and groups field by field, in Chinese, so that two compare.

A value is said as a reader would say it (不低于25%, 2个月内), never as the record keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.quantity_words import bounds, count, lengths
from kb.schema import DeadlineRule, DepartmentRule, GroupRule, Rule, TargetRule

_ROLES = {"lead": "牵头", "support": "配合", "responsible": "负责"}
_BOUNDS = {
    "by": "前",
    "from": "起",
    "on": "当日",
    "within": "内",
    "at_least": "以上",
    "every": "",
    "during": "期间",
}


def fields(rule: Rule) -> Iterator[tuple[str, str]]:
    """The fields of ``rule`` that are compared, with their values in words."""
    match rule:
        case DeadlineRule():
            yield from _deadline(rule)
        case TargetRule():
            yield from _target(rule)
        case DepartmentRule():
            yield "部门", rule.name
            yield "角色", _ROLES.get(rule.role, rule.role)
            yield "职责", rule.duty or ""
        case GroupRule():
            yield "对象", rule.name


def _deadline(rule: DeadlineRule) -> Iterator[tuple[str, str]]:
    bound = _BOUNDS.get(rule.bound or "", "")
    yield "日期", f"{rule.date}{bound}" if rule.date else ""
    yield "期间", "至".join(day for day in (rule.from_, rule.to) if day)
    yield "周期", rule.freq or rule.rrule or ""
    yield "时长", f"{_length(rule)}{bound}" if rule.duration else ""
    yield "起算", rule.after or ""
    yield "事项", rule.action or ""
    yield "责任方", rule.actor or ""


def _length(rule: DeadlineRule) -> str:
    return lengths(rule.duration or "", rule.duration_max, workdays=rule.workdays)


def _target(rule: TargetRule) -> Iterator[tuple[str, str]]:
    yield "指标", rule.metric or ""
    yield "数量", _number(rule)
    yield "期间", rule.period or ""
    yield "期限", rule.by or ""
    yield "主体", rule.subject or ""


def _number(rule: TargetRule) -> str:
    said = bounds(rule.min, rule.max, count, rule.exclusive)
    return f"{said}{rule.unit or ''}" if said else ""
