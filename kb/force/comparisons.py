"""Compares two places of a measure: what they say, whether it is the same, what differs.

What one presumably does to the other is told here for each kind; targets, duties and deadlines
far more warily than amounts, since two of them seldom are one thing.
"""

from __future__ import annotations

from kb.force import duties
from kb.force.entries import Entry
from kb.force.region_chain import chain
from kb.force.values import Change, ceiling, changes, essence, worth
from kb.schema import AmountRule, DeadlineRule, DepartmentRule, TargetRule

_NAMED = {"target": "目标", "deadline": "期限", "department": "责任单位"}


def shown(entry: Entry) -> str | None:
    """What the place says, in words; None where it has no value."""
    rule = entry.rule
    if isinstance(rule, AmountRule):
        return worth(rule)
    if isinstance(rule, TargetRule):
        return duties.goal(rule)
    if isinstance(rule, DeadlineRule):
        return duties.due(rule)
    return duties.organs(_organs(entry)) if _organs(entry) else None


def figures(entry: Entry) -> tuple[object, ...]:
    """What makes two places say the same."""
    rule = entry.rule
    if isinstance(rule, AmountRule):
        return essence(rule)
    if isinstance(rule, TargetRule):
        return rule.min, rule.max, rule.exclusive, rule.per
    if isinstance(rule, DeadlineRule):
        term = rule.duration, rule.duration_max, rule.workdays, rule.after, rule.exclusive
        return rule.type, rule.bound, rule.date, rule.from_, rule.to, rule.rrule, term
    organs = _organs(entry)
    return (frozenset((rule.role, rule.canonical or rule.name) for rule in organs),)


def differences(before: Entry, after: Entry) -> tuple[Change, ...]:
    """What differs, field by field for amounts."""
    if isinstance(before.rule, AmountRule) and isinstance(after.rule, AmountRule):
        return changes(before.rule, after.rule)
    old, new = shown(before) or "", shown(after) or ""
    name = _NAMED.get(after.rule.kind, "") if after.rule else ""
    return (Change(name, old, new),) if old != new else ()


def effect(earlier: Entry, later: Entry, *, ordered: bool) -> str | None:
    """The relation of ``later`` to ``earlier``; None where nothing may be said."""
    if earlier.rule is None or later.rule is None or disjoint(earlier, later):
        return None
    if isinstance(earlier.rule, AmountRule):
        return _of_amounts(earlier, later, ordered=ordered)
    # nothing is said of what is not certainly of one period, or not certainly later
    of_one = earlier.unit == later.unit and _of_one_period(earlier, later)
    if not ordered or not of_one or narrower(earlier, later):
        return None
    if figures(earlier) == figures(later):
        return "restates"
    if narrower(later, earlier):
        return "specialises" if _is_share(earlier, later) else None
    return "supersedes" if _takes_place(earlier, later) else None


def _of_amounts(earlier: Entry, later: Entry, *, ordered: bool) -> str | None:
    if figures(earlier) == figures(later):
        return "restates" if ordered or narrower(later, earlier) else None
    if narrower(later, earlier):
        return "conflicts_with" if _exceeds(earlier, later) else "specialises"
    if not ordered or narrower(earlier, later):
        return "conflicts_with"
    return "supersedes"


def _of_one_period(earlier: Entry, later: Entry) -> bool:
    before, after = earlier.rule, later.rule
    if isinstance(before, TargetRule):
        return earlier.period is not None and earlier.period == later.period
    if isinstance(before, DeadlineRule) and isinstance(after, DeadlineRule):
        # the same work of another year has another date
        return before.type == after.type and _years(before) == _years(after)
    return True


def _years(rule: DeadlineRule) -> tuple[str, ...]:
    return tuple((day or "")[:4] for day in (rule.date, rule.from_, rule.to))


def _is_share(earlier: Entry, later: Entry) -> bool:
    """Whether the narrower number may be a part of the broader one; what is no sum has no parts."""
    if not isinstance(earlier.rule, TargetRule) or not isinstance(later.rule, TargetRule):
        return True
    whole, part = earlier.rule.min or earlier.rule.max, later.rule.max or later.rule.min
    return later.rate or (whole is not None and part is not None and part <= whole)


def _takes_place(earlier: Entry, later: Entry) -> bool:
    """Whether another value takes the place of the earlier one: of a duty, another sole lead."""
    if not isinstance(earlier.rule, DepartmentRule):
        return True
    before, after = (duties.leads(_organs(entry)) for entry in (earlier, later))
    return len(before) == len(after) == 1 and before != after


def _organs(entry: Entry) -> tuple[DepartmentRule, ...]:
    return tuple(rule for rule in entry.peers if isinstance(rule, DepartmentRule))


def disjoint(a: Entry, b: Entry) -> bool:
    """Whether one certainly ends before the other begins."""
    return bool(
        (a.end and b.start and a.end.last < b.start.first)
        or (b.end and a.start and b.end.last < a.start.first)
    )


def narrower(a: Entry, b: Entry) -> bool:
    """Whether ``a`` holds for fewer: a lower region, or one sector."""
    lower = a.region != b.region and b.region in chain(a.region)
    return lower or (a.region == b.region and a.sector is not None and b.sector is None)


def _exceeds(earlier: Entry, later: Entry) -> bool:
    """Whether the narrower rule gives more than the ceiling of the broader one."""
    before, after = earlier.rule, later.rule
    if not isinstance(before, AmountRule) or not isinstance(after, AmountRule):
        return False
    most, least = ceiling(after), ceiling(before)
    capped = before.role == "cap" or before.cap is not None
    same = before.per == after.per
    return same and capped and most is not None and least is not None and most > least
