"""Reads until when the words of a relation prolong a document: 再延长一年，至2025年4月14日止.

A day that is printed counts; else the time is added to the last day that was known before.
"""

from __future__ import annotations

import re

from extractor.numerals import to_int
from kb.force.days import Interval, add, read
from kb.force.models import Relation

_LONGER = r"(?:延长|延续|延至|顺延|续展|继续(?:有效|执行|施行|实施)|重新计算|有效期)"
_DAY = re.compile(
    _LONGER + r"[^。；]{0,40}?(?:至|到)(?:\d{4}年\d{1,2}月\d{1,2}日[^。；]{0,4}?至)?"
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)
_TIME = re.compile(
    r"(?:延长|延续|顺延|续展)(?:执行|实施|施行|有效)?(?:期限?)?(?P<count>[一二两三四五六七八九十]|\d{1,2})"
    r"(?P<unit>年|个月)"
)
_UNITS = {"年": "Y", "个月": "M"}


def prolonged(relation: Relation, until: Interval | None) -> Interval | None:
    """The new last day, ``until`` being the old one; None where the words do not tell."""
    words = relation.evidence.quote if relation.evidence else ""
    if (day := _DAY.search(words)) is not None:
        return read(f"{day['year']}-{int(day['month']):02}-{int(day['day']):02}")
    time = _TIME.search(words)
    count = to_int(time["count"].replace("两", "二")) if time else None
    if time is None or count is None or until is None or not until.is_day:
        return None
    last = add(until.last, f"P{count}{_UNITS[time['unit']]}")
    return Interval(last, last)
