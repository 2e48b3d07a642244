"""Says targets, deadlines and who leads a duty in Chinese, and tells what makes two the same.

不低于25%, 2021年8月31日前, 20个工作日内, 牵头：山西省人力资源和社会保障厅.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.force.days import read, spoken
from kb.quantity_words import bounds, count, each, lengths
from kb.schema import DeadlineRule, DepartmentRule, TargetRule

_ROLES = {"lead": "牵头", "responsible": "", "support": "配合"}
_BEFORE_OR_AFTER = {"by": "前", "from": "起", "within": "内", "at_least": "以上"}
_YEARS = re.compile(r"(\d{4})-(\d{4})?")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def goal(rule: TargetRule) -> str:
    """不低于25%, 每年不低于100万人次, 160人（2024年）."""
    words = bounds(rule.min, rule.max, count, rule.exclusive)
    until = f"{_when(rule.by)}前" if rule.by else ""
    when = "，".join(part for part in (_when(rule.period or ""), until) if part)
    return f"{each(rule.per)}{words}{rule.unit or ''}" + (f"（{when}）" if when else "")


def _when(printed: str) -> str:
    """2021年12月31日, 2019—2021年, 2019年起."""
    years = _YEARS.fullmatch(printed)
    if years:
        return f"{years[1]}—{years[2]}年" if years[2] else f"{years[1]}年起"
    if not _DAY.fullmatch(printed):
        return printed
    parts = zip(printed.split("-"), "年月日", strict=False)
    return "".join(f"{int(part)}{unit}" for part, unit in parts)


def due(rule: DeadlineRule) -> str:
    """2021年8月31日前, 每月12日、26日, 自受理之日起20个工作日内."""
    side = _BEFORE_OR_AFTER.get(rule.bound or "", "")
    if rule.type == "date" and (day := read(rule.date)):
        return f"{spoken(day)}{side}"
    if rule.type == "recurrence" and rule.freq:
        return rule.freq
    if rule.type == "duration" and rule.duration:
        length = lengths(rule.duration, rule.duration_max, workdays=rule.workdays)
        after = f"{rule.after}起" if rule.after else ""
        return f"{after}{length}{side}"
    if rule.from_ or rule.to:
        return f"{rule.from_ or ''}至{rule.to or ''}"
    return rule.quote


def organs(peers: Iterable[DepartmentRule]) -> str:
    """牵头：山西省人力资源和社会保障厅；配合：山西省教育厅、山西省财政厅."""
    by_role: dict[str, list[str]] = {}
    for rule in peers:
        by_role.setdefault(_ROLES[rule.role], []).append(rule.canonical or rule.name)
    told = [
        f"{role}：{'、'.join(names)}" if role else "、".join(names)
        for role, names in by_role.items()
    ]
    return "；".join(told)


def leads(peers: Iterable[DepartmentRule]) -> frozenset[str]:
    """The full names of the leading organs; none where one of them is no single organ (各市)."""
    leading = [rule for rule in peers if rule.role == "lead"]
    if not all(rule.canonical for rule in leading):
        return frozenset()
    return frozenset(rule.canonical for rule in leading if rule.canonical)
