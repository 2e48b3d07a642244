"""Tells whether a document or clause rests on a day: 自5月15日起暂停执行, until it is resumed.

What is suspended has not ended. It holds again from the day that a text resumes it, or after the
last day that is printed for the suspension; where neither is told, it rests.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from kb.force.days import Interval, read
from kb.force.endings import Subject
from kb.force.models import Relation

_UNTIL = re.compile(
    r"(?:暂停|暂缓|中止)[^。；]{0,24}?(?:至|到)(?P<day>\d{4}年\d{1,2}月\d{1,2}日)"
    r"|(?:至|到)(?P<before>\d{4}年\d{1,2}月\d{1,2}日)[^。；\d]{0,12}?(?:暂停|暂缓|中止)"
)


def resting(subject: Subject) -> Relation | None:
    """What has suspended the subject and holds on its day, the latest."""
    done = [r for r in subject.graph.moving(subject.end) if subject.covers(r.target) and r.when]
    begun = [r for r in done if r.when and r.when.last <= subject.on]
    stopped = [r for r in begun if r.type == "suspends" and not _is_over(r, subject.on)]
    last = max(stopped, key=lambda r: (r.when, r.id), default=None)
    if last is None or any(r.type == "resumes" and _not_before(r, last) for r in begun):
        return None
    return last


def last_day(relation: Relation) -> Interval | None:
    """The last day of a suspension, where one is printed."""
    found = _UNTIL.search(relation.evidence.quote) if relation.evidence else None
    if found is None:
        return None
    year, month, day = re.findall(r"\d+", found["day"] or found["before"])
    return read(f"{year}-{int(month):02}-{int(day):02}")


def turn(relation: Relation) -> date | None:
    """The first day on which a suspension is over by its own words."""
    last = last_day(relation)
    return last.last + timedelta(days=1) if last and last.last < date.max else None


def _is_over(relation: Relation, on: date) -> bool:
    last = last_day(relation)
    return last is not None and last.last < on


def _not_before(one: Relation, other: Relation) -> bool:
    return bool(one.when and other.when and one.when.last >= other.when.last)
