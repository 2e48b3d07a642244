"""Reads until which year a notice plans: by its title, or by the targets of a text without a term.

It is no end that anybody has set; that such a year is over lets the end be presumed.
"""

from __future__ import annotations

import re

from extractor.numerals import to_int
from kb.force.days import Interval, read
from kb.force.models import Evidence, Reason
from kb.force.sentences import sentence
from kb.schema import ClauseRecord, Record, TargetRule

_YEARS = re.compile(r"(20\d\d)\s*年?(?:\s*[-—–―~～至]+\s*(20\d\d)\s*年?|年)")
#: 到2027年，…探索50个左右: what is planned without a number that is a target
_UNTIL = re.compile(r"(?:到|至)\s*(20\d\d)\s*年(?!\s*\d)")
#: 经过5—10年左右时间 (国发〔2019〕4号): so many years from the year of issue on
_SPAN = re.compile(
    r"(?:经过|再用|力争用|用)\s*(?:[\d一二三四五六七八九十]{1,2}\s*[-—–―~～至到]\s*)?"
    r"([\d一二三四五六七八九十]{1,2})\s*年(?:左右)?的?(?:时间|努力)"
)
#: 2026-, of 自2026年起: it has a beginning and no end
_OPEN = re.compile(r"-$")


def planned_until(record: Record, *, spoken_of: bool) -> tuple[Interval | None, Reason | None]:
    """The last year that the title plans for, or, where the text does not speak of its own term
    (``spoken_of``), its targets; with the words.
    """
    document = record.document
    enclosed = document.enclosed.title if document.enclosed else None
    for title in (title for title in (enclosed, document.title) if title):
        if years := _years(title):
            return read(str(max(years))), Reason(f"标题所列期间至{max(years)}年：{title}")
    targets = [] if spoken_of else [r for r in record.rules if isinstance(r, TargetRule)]
    dated = [(year, rule) for rule in targets if (year := _last_year(rule))]
    if not dated:
        return None, None
    year, rule = max(dated, key=lambda pair: (pair[0], -pair[1].span[0]))
    quoted = Evidence(document.id, rule.clause, rule.quote, rule.span)
    if (later := _later(record, year)) is not None:
        return later
    return read(str(year)), Reason(f"目标任务列到{year}年为止", quoted)


def titled_years(record: Record) -> tuple[int, ...]:
    """The years that the title plans for: 2026, 2030 of 全民健身计划（2026—2030年）."""
    enclosed = record.document.enclosed.title if record.document.enclosed else None
    titles = (title for title in (enclosed, record.document.title) if title)
    return next((years for title in titles if (years := _years(title))), ())


def _years(title: str) -> tuple[int, ...]:
    return tuple(int(y) for pair in _YEARS.findall(title) for y in pair if y)


def _last_year(rule: TargetRule) -> int | None:
    """The year in which its time ends; nothing for one that only begins."""
    period = "" if _OPEN.search(rule.period or "") else rule.period or ""
    years = re.findall(r"20\d\d", f"{period} {rule.by or ''}")
    return max(map(int, years)) if years else None


def _later(record: Record, year: int) -> tuple[Interval | None, Reason] | None:
    """A year after ``year`` until which the text plans, too."""
    planned = [(int(match[1]), match.span()) for match in _UNTIL.finditer(record.text)]
    if issued := record.document.issued_year:
        spans = ((to_int(match[1]), match.span()) for match in _SPAN.finditer(record.text))
        planned += [(issued + years, span) for years, span in spans if years]
    last, span = max(planned, default=(0, (0, 0)))
    if last <= year:
        return None
    start, end = sentence(record.text, span)
    clause = _clause_at(record, start)
    words = Evidence(record.document.id, clause, record.text[start:end], (start, end))
    return read(str(last)), Reason(f"文中的安排到{last}年", words)


def _clause_at(record: Record, at: int) -> str:
    holding = [c for c in record.clauses if c.span[0] <= at < c.span[1]]
    deepest: ClauseRecord | None = max(holding, key=lambda c: c.level, default=None)
    return deepest.path if deepest else ""
