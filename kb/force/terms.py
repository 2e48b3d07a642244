"""Reads from when to when a document applies by its own words, and what its portal says apart.

A date that is not printed stays an interval; a term that ends on an event without a date stays
open. What governs one clause (以工代训政策期限延至…) is kept apart from what governs the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kb.force.days import Interval, add, last_day, read, spoken
from kb.force.models import Evidence, Reason
from kb.force.planned import planned_until
from kb.force.sentences import sentence
from kb.models import clause_of
from kb.schema import Record, ValidityStatement

_SELF = re.compile(
    r"(?:本|该|此)(?!次|年|月|县|市|省|区)[^，。；,]{0,8}?(?:自|从|有效|试行|施行|执行|暂定|期)"
)
_FROM_DAY = re.compile(r"^(?:自|从).{4,20}(?:施行|实施|生效|试行|执行)")
_PUBLISHED = ("发布日期", "公布日期", "公开日期", "发布时间")
_PORTAL_START = ("实施日期", "施行日期", "生效日期", "执行日期", "实施时间", "施行时间", "生效时间")
_PORTAL_END = ("失效日期", "废止日期", "失效时间", "废止时间")
_PORTAL_STATE = (
    "有效性",
    "效力状态",
    "文件状态",
    "时效性",
    "时效状态",
    "文件时效",
    "文件效力",
    "状态",
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
#: characters of a numeral: （二十七）, 第二十七条
_LABEL = 5
#: days within which a notice is printed after it is signed; a later reprint is another organ's
_PRINTING = 60


@dataclass(frozen=True, slots=True)
class Term:
    """When a document applies.

    ``issued`` is when it was issued, as far as known. ``start`` and ``end`` (its last day) are
    what the text states, each with its words; ``planned`` is the last year it plans for.
    ``portal`` is what its web page tells besides, ``differs`` where that is not what the text says.
    """

    issued: Interval | None
    start: Interval | None = None
    start_said: Reason | None = None
    end: Interval | None = None
    end_said: Reason | None = None
    planned: Interval | None = None
    planned_said: Reason | None = None
    portal: tuple[Reason, ...] = ()
    differs: tuple[Reason, ...] = ()

    @property
    def effective(self) -> Interval | None:
        """From when its acts on other documents hold: its own start, else its issue."""
        return self.start or self.issued


@dataclass(frozen=True, slots=True)
class ClauseTerm:
    """A stated start or end (last day) that governs what follows in one clause.

    ``opens`` says that nothing of the clause stands before it, so that it governs all of it.
    """

    clause: str
    span: tuple[int, int]
    start: Interval | None
    end: Interval | None
    said: Reason
    opens: bool


def term_of(record: Record) -> Term:
    """What ``record`` says of its own term."""
    issued = issue_of(record)
    statements = [s for s in record.validity.statements if governs(record, s)]
    statements = statements or _only_statement(record)
    start, start_said = _start(record, statements, issued)
    end, end_said = _end(record, statements, start)
    planned, planned_said = planned_until(record, spoken_of=bool(statements))
    differs = tuple(_differing(record, start, end))
    if start is None and (told := _in_portal(record, _PORTAL_START)):
        start, start_said = told
    if end is None and (told := _in_portal(record, _PORTAL_END)):
        # a portal names the day from which it holds no more
        day_before = told[0].last - timedelta(days=1)
        end, end_said = Interval(day_before, day_before), told[1]
    portal = tuple(_portal(record))
    return Term(issued, start, start_said, end, end_said, planned, planned_said, portal, differs)


def _in_portal(record: Record, keys: tuple[str, ...]) -> tuple[Interval, Reason] | None:
    """A day that only the portal tells; the text says nothing of it."""
    portal = record.document.portal
    for key in keys:
        if (day := _portal_day(portal.get(key))) is not None:
            return day, Reason(f"正文没有写明，网页信息栏载“{key}：{portal[key]}”")
    return None


def _portal_day(text: str | None) -> Interval | None:
    """2026年07月14日 or 2026-07-14 as a day."""
    match = re.match(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})", text or "")
    return read("{}-{:0>2}-{:0>2}".format(*match.groups())) if match else None


def issue_of(record: Record) -> Interval | None:
    """The day of issue; where it is not printed, the year, up to the day of printing."""
    document = record.document
    exact = read(document.issued)
    if exact is not None or document.issued_year is None:
        return exact
    year, printed = read(str(document.issued_year)), read(document.printed)
    # a reprint by a lower organ is later than the issue (晋人社厅函〔2021〕600号 in 忻州)
    if year and printed and year.first <= printed.last < year.last:
        return Interval(year.first, printed.last)
    return year


def governs_document(statement: ValidityStatement) -> bool:
    """Whether the statement speaks of the document, not of one policy in it."""
    if statement.event or _SELF.search(statement.quote):
        return True
    return bool(_FROM_DAY.search(statement.quote)) and statement.effective_to is None


def governs(record: Record, statement: ValidityStatement) -> bool:
    """Whether the statement speaks of ``record`` itself, not of a policy in it or of another."""
    return governs_document(statement) and not prolongs_another(record, statement)


def prolongs_another(record: Record, statement: ValidityStatement) -> bool:
    """Whether its sentence names the document whose term it makes longer."""
    start, end = sentence(record.text, statement.span)
    return any(
        c.relation in ("extends", "renews") and start <= c.span[0] < end for c in record.citations
    )


def _only_statement(record: Record) -> list[ValidityStatement]:
    """自2021年1月1日至2023年12月31日，…减半征收: all that a text without clauses has to say."""
    said = record.validity.statements
    if record.clauses or len(said) != 1 or not said[0].effective_from:
        return []
    return [] if prolongs_another(record, said[0]) else list(said)


def clause_terms(record: Record) -> tuple[ClauseTerm, ...]:
    """The statements that govern one clause only."""
    found = []
    for statement in record.validity.statements:
        if not governs(record, statement):
            start, end = read(statement.effective_from), read(statement.effective_to)
            said, opens = _said(record, statement), _opens(record, statement)
            found.append(ClauseTerm(statement.clause, statement.span, start, end, said, opens))
    return tuple(found)


def _opens(record: Record, statement: ValidityStatement) -> bool:
    """Whether it stands in the first sentence of its clause.

    ；2019年1月1日至2020年12月31日，对其中… (国发〔2018〕39号 三/(七)) limits what follows, not
    what the clause grants before.
    """
    clause = clause_of(record, statement.clause)
    if clause is None:
        return True
    first, _ = sentence(record.text, statement.span)
    before = record.text[clause.span[0] : first].replace(clause.heading, "", 1)
    return len(_HAN.findall(before)) <= _LABEL


def governing_term(
    terms: Iterable[ClauseTerm], clause: str, span: tuple[int, int]
) -> ClauseTerm | None:
    """The stated term of the clause that stands before ``span`` in it, the nearest one."""
    before = [t for t in terms if t.clause == clause and t.span[0] <= span[1]]
    return max(before, key=lambda t: t.span[0], default=None)


def _start(
    record: Record, statements: list[ValidityStatement], issued: Interval | None
) -> tuple[Interval | None, Reason | None]:
    for statement in statements:
        said = _said(record, statement)
        if exact := read(statement.effective_from):
            return exact, said
        end = read(statement.effective_to)
        if statement.event and statement.term and end and end.is_day:
            first = _first_day(end.last, statement.term)
            return Interval(first, first), said
        if statement.event and (day := _event(record, statement.event, issued)):
            return day.later(statement.delay), _counted(said, day, statement)
    return None, None


def _first_day(last: date, term: str) -> date:
    """The first day of the term that ends on ``last``: one year to 31 August begins 1 September."""
    years = re.fullmatch(r"P(\d+)Y", term)
    if not years:
        return last
    after = last + timedelta(days=1)
    return add(date(max(after.year - int(years[1]), 1), after.month, 1), f"P{after.day - 1}D")


def _event(record: Record, event: str, issued: Interval | None) -> Interval | None:
    """The day of the event: of publication as the portal has it, of printing as the foot of the
    last page has it, else of issue.
    """
    if any(word in event for word in ("公布", "发布", "公告")):
        portal = record.document.portal
        days = (day for key in _PUBLISHED if (day := _portal_day(portal.get(key))))
        return next(days, issued)
    printed = read(record.document.printed)
    if "印发" in event and printed and issued and issued.is_day:
        days_later = (printed.last - issued.last).days
        return printed if 0 <= days_later <= _PRINTING else issued
    return issued


def _counted(said: Reason, day: Interval, statement: ValidityStatement) -> Reason:
    start = day.later(statement.delay)
    return Reason(
        f"{said.text}（{statement.event}为{spoken(day)}，即{spoken(start)}起）", said.evidence
    )


def _end(
    record: Record, statements: list[ValidityStatement], start: Interval | None
) -> tuple[Interval | None, Reason | None]:
    for statement in statements:
        said = _said(record, statement)
        if exact := read(statement.effective_to):
            return exact, said
        if statement.term and start:
            last = Interval(
                last_day(start.first, statement.term), last_day(start.last, statement.term)
            )
            return last, Reason(f"{said.text}（至{spoken(last)}）", said.evidence)
    return None, None


def _portal(record: Record) -> Iterator[Reason]:
    """What the portal says of days and state, for a text that says too little of them."""
    portal = record.document.portal
    for keys, what in ((_PORTAL_START, "施行"), (_PORTAL_END, "失效")):
        yield from (_registered(what, portal[key]) for key in keys if key in portal)
    yield from (Reason(f"网页信息栏载“{k}：{portal[k]}”") for k in _PORTAL_STATE if k in portal)


def _differing(record: Record, start: Interval | None, end: Interval | None) -> Iterator[Reason]:
    """Days of the portal that are not the text's (穗府办规〔2021〕19号: eight years, and five)."""
    portal = record.document.portal
    # some portals name the last day, some the first on which it holds no more
    ends = {end, end.later("P1D")} if end else set()
    for keys, stated, what in ((_PORTAL_START, {start}, "施行"), (_PORTAL_END, ends, "失效")):
        for key in keys:
            day = _portal_day(portal.get(key))
            if day is not None and None not in stated and stated and day not in stated:
                said = _registered(what, portal[key])
                yield Reason(f"{said.text}，与正文不同")


def _registered(what: str, day: str) -> Reason:
    return Reason(f"网页信息栏载{what}日期“{day}”")


def _said(record: Record, statement: ValidityStatement) -> Reason:
    title = f"《{record.document.title}》" if record.document.title else "该文件"
    name = record.document.number or title
    place = statement.clause or "正文"
    quoted = Evidence(record.document.id, statement.clause, statement.quote, statement.span)
    return Reason(f"{name} {place} 写明“{statement.quote}”", quoted)
