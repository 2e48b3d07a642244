"""Finds what somebody must do by, within, from or every: dates, periods, durations and
recurrences with a duty.

Eligibility (ages, months insured, look-back), limits (每年一次) and the document's own force are
none; 及时 and 定期 are too vague to be.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from operator import attrgetter

from corpus.models import TextSpan
from extractor.components.due_days import due_day
from extractor.components.duties import (
    Place,
    opening_actor,
    place_of,
    quote_of,
)
from extractor.components.lone_times import lone_time
from extractor.components.table_tasks import table_deadlines
from extractor.components.time_limits import TIME_TO_ACT, duration, recurrence
from extractor.models import Deadline, Tag, Target, Validity
from extractor.reading import Reading, Sentence


def deadlines(reading: Reading) -> None:
    """Tag every deadline of the notice."""
    forces, goals = reading.facts(Validity), reading.facts(Target)
    for sentence in reading.told:
        if sentence.quantities:
            own = [span for span, _ in forces.get(sentence.start, ())]
            dated = [(span, goal.by) for span, goal in goals.get(sentence.start, ())]
            _in_sentence(reading, sentence, own, dated)
    reading.tags += table_deadlines(reading)
    reading.tags[:] = _with_actors(reading)


#: 应当在3个工作日内出具…, 完成培训任务40%: words that leave their subject to the sentence before
_SUBJECTLESS = re.compile(
    r"\s*(?:[（(]?\d[^，。；]{0,8}底?前?|并|应当?|须|需|要|力争|确保|在|于|到|每|建立|实行|"
    r"完成|报送|提交)"
)


def _with_actors(reading: Reading) -> list[Tag]:
    """Deadlines that name nobody are for whom their clause named last."""
    said: dict[str, list[Sentence]] = {}
    for sentence in reading.sentences:
        if not sentence.heading:
            said.setdefault(sentence.path, []).append(sentence)
    return [
        replace(tag, fact=replace(tag.fact, actor=_last_actor(reading, tag, said)))
        if isinstance(tag.fact, Deadline) and tag.fact.actor is None
        else tag
        for tag in reading.tags
    ]


def _last_actor(reading: Reading, tag: Tag, said: dict[str, list[Sentence]]) -> str | None:
    if not _SUBJECTLESS.match(tag.span.of(reading.notice.text)):
        return None
    of_clause = said.get(tag.clause, [])
    at = bisect_right(of_clause, tag.span.start, key=attrgetter("start"))
    for sentence in reversed(of_clause[max(0, at - 4) : at]):
        end = min(len(sentence.plain), tag.span.start - sentence.start)
        if (who := opening_actor(sentence.plain[:end])) is not None:
            return who
    return None


def _in_sentence(
    reading: Reading,
    sentence: Sentence,
    forces: list[TextSpan],
    goals: list[tuple[TextSpan, str | None]],
) -> None:
    skip: set[int] = set()
    for index, quantity in enumerate(sentence.quantities):
        if index in skip or quantity.kind in ("money", "percent", "count"):
            continue
        place = place_of(sentence, quantity)
        if _in_motto(sentence.plain, place):
            continue
        if any(s.holds(quantity.core) for s in forces) and not _window(sentence, place):
            continue
        if quantity.kind == "recurrence":
            following = (
                sentence.quantities[index + 1] if index + 1 < len(sentence.quantities) else None
            )
            fact = recurrence(sentence, quantity, following, place)
            if fact and _counts(sentence, place, goals):
                continue
            if fact and following and fact.duration:
                skip.add(index + 1)
        elif quantity.kind == "duration":
            fact = duration(sentence, quantity, place)
        else:
            fact = due_day(sentence, quantity, place, goals)
        if fact is not None:
            start, end = quote_of(sentence, place)
            reading.tag(sentence, start, end, fact)
        elif not forces and (fact := _under_heading(reading, sentence)):
            reading.tag(sentence, place.start, place.end, fact)


def _under_heading(reading: Reading, sentence: Sentence) -> Deadline | None:
    """二、申报时间 / 2021年9月20日至10月31日。: the heading says what is to be done."""
    named = lone_time(reading, sentence)
    if named is None or not TIME_TO_ACT.search(named[0]):
        return None
    name, quantity = named
    period = quantity.kind == "period"
    return Deadline(
        type="period" if period else "date",
        bound="during" if period else "by",
        date=None if period else quantity.date,
        from_=quantity.from_ if period else None,
        to=quantity.to if period else None,
        action=name,
        inferred_year=quantity.inferred_year,
        precision=quantity.precision,
    )


def _window(sentence: Sentence, place: Place) -> bool:
    """A stretch in which somebody must act, though it also dates the policy."""
    around = place.left + sentence.plain[place.end : place.end + 40]
    return bool(re.search(r"购买|申报|申请|受理|报名|申领|启动|递交|要(?!求)|不再|不得", around))


def _counts(sentence: Sentence, place: Place, goals: list[tuple[TextSpan, str | None]]) -> bool:
    """每年培训2000人次以上 is the goal of every year; 完成 and 报送 make a deadline of it too."""
    told = sentence.plain[place.end : place.chunk[1]]
    starts = (sentence.local(span)[0] for span, _ in goals)
    inside = any(place.start <= start < place.chunk[1] for start in starts)
    return inside and not re.search(r"完成|报送|提交|上报", told)


#: “年初公布、年中检查、年底兑现、接受监督”: a motto sets no day
_MOTTO = re.compile(r"“[^”\d]{0,24}$")
_MOTTO_ENDS = re.compile(r"[^“”\d]{0,24}[、，][^“”\d]{0,24}”|[^“”\d、，]{0,12}”的")


def _in_motto(text: str, place: Place) -> bool:
    words = text[max(0, place.start - 25) : place.start]
    return bool(_MOTTO.search(words) and _MOTTO_ENDS.match(text, place.end))
