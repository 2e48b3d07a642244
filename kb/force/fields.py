"""Says deadlines, targets, organs and groups field by field, in Chinese, so that two compare.

A value is said as a reader would say it (不低于25%, 2个月内), never as the record keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kb.force.values import number
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
_UNITS = {"Y": "年", "M": "个月", "W": "周", "D": "天", "H": "小时"}
_TERM = re.compile(r"PT?(\d+)([YMWDH])")
_MYRIAD = Decimal(10_000)


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
    yield "时长", f"{_duration(rule)}{bound}" if rule.duration else ""
    yield "起算", rule.after or ""
    yield "事项", rule.action or ""
    yield "责任方", rule.actor or ""


def _duration(rule: DeadlineRule) -> str:
    longest = f"至{_term(rule.duration_max)}" if rule.duration_max else ""
    said = f"{_term(rule.duration or '')}{longest}"
    return said.replace("天", "个工作日") if rule.workdays else said


def _term(duration: str) -> str:
    match = _TERM.fullmatch(duration)
    if not match:
        return duration
    unit = "分钟" if duration.startswith("PT") and match[2] == "M" else _UNITS[match[2]]
    return f"{match[1]}{unit}"


def _target(rule: TargetRule) -> Iterator[tuple[str, str]]:
    yield "指标", rule.metric or ""
    yield "数量", _amount(rule)
    yield "期间", rule.period or ""
    yield "期限", rule.by or ""
    yield "主体", rule.subject or ""


def _amount(rule: TargetRule) -> str:
    low, high = rule.min, rule.max
    if low is not None and low == high:
        return _count(low, rule.unit)
    if low is not None and high is not None:
        return f"{_count(low, None)}至{_count(high, rule.unit)}"
    if low is not None:
        return f"不低于{_count(low, rule.unit)}"
    return f"不超过{_count(high, rule.unit)}" if high is not None else ""


def _count(value: Decimal, unit: str | None) -> str:
    said = (
        f"{number(value / _MYRIAD)}万" if value >= _MYRIAD and value % 1000 == 0 else number(value)
    )
    return f"{said}{unit or ''}"
