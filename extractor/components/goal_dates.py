"""When a goal is to be reached: 到2021年底, 2020年、2021年各, 全年, 从2019年开始.

A goal takes its own date, else the last before it in the sentence; a list of years gives a goal
each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.models import Quantity
from extractor.reading import Reading, Sentence


@dataclass(frozen=True, slots=True)
class When:
    """The period of a goal (2021, 2019-2021, 2019-) and the day it is due by."""

    period: str | None = None
    by: str | None = None


#: 较2020年下降13.5%: what a goal is measured against dates it not
_COMPARED = ("较", "比", "相比", "对照")


def _is_compared(sentence: Sentence, at: int) -> bool:
    return sentence.plain[:at].endswith(_COMPARED)


def whens(reading: Reading, sentence: Sentence, quantity: Quantity, at: int) -> list[When]:
    """The years or days that date the goal: its own, else the last before it in the sentence."""
    dates = [
        q
        for q in sentence.quantities
        if q.kind in ("date", "period")
        and sentence.local(q.core)[1] <= at
        and not _is_compared(sentence, sentence.local(q.core)[0])
    ]
    if not dates:
        year = reading.year
        return (
            [When(period=str(year))]
            if year and re.search(r"全年|今年|本年度", sentence.plain[:at])
            else [When()]
        )
    last = dates[-1]
    listed = [last]
    for earlier in reversed(dates[:-1]):
        gap = sentence.plain[sentence.local(earlier.core)[1] : sentence.local(listed[0].core)[0]]
        if gap.strip() not in ("、", "和"):
            break
        listed.insert(0, earlier)
    if len(listed) > 1 and not re.search(
        r"各|均|分别", sentence.plain[sentence.local(last.core)[1] : at]
    ):
        listed = [last]
    first_year = reading.notice.elements.issued_year
    return [_when(q, sentence, first_year) for q in listed]


def _when(quantity: Quantity, sentence: Sentence, year: int | None) -> When:
    if quantity.bound == "by" or (quantity.kind == "date" and quantity.precision is None):
        day = quantity.date or quantity.to
        own = day[:4] if day and quantity.inferred_year else None
        return When(period=own, by=day)
    if quantity.bound == "from" and quantity.from_:
        return When(period=f"{quantity.from_[:4]}-")
    if quantity.precision == "year" and quantity.from_ and quantity.to:
        first, last = quantity.from_[:4], quantity.to[:4]
        before = sentence.plain[
            max(0, sentence.local(quantity.span)[0] - 1) : sentence.local(quantity.core)[0]
        ]
        if first == last and before.endswith(("到", "至")):
            return When(by=quantity.to)
        return When(period=first if first == last else f"{first}-{last}")
    return When(period=quantity.date[:4] if quantity.date else None, by=quantity.to)
