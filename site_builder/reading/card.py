"""The identity card of a notice: what it is, whether it stands and why, whom it names, its source.

Says what is printed and what is not; what a program read is told apart from what is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.force.days import Interval, spoken
from kb.force.models import Reason
from kb.force.terms import governs
from kb.models import KnowledgeBase, anchor_of
from kb.schema import (
    ContactRecord,
    DocumentRecord,
    FindingRecord,
    Record,
    RegionRecord,
    Rule,
    SourceRecord,
    ValidityStatement,
)
from site_builder import urls
from site_builder.contexts import CitationLine, Entry, Field, FindingLine, Kind, StateMark
from site_builder.facts import clause_name
from site_builder.holdings import Holdings, whole
from site_builder.lists.entries import citation_line, finding_line
from site_builder.reading.layout import CARRIED
from site_builder.reading.relating import RelationLine, done_by, done_to, named_by
from site_builder.reading.standing import Stretch, Turn, history, stretches
from site_builder.wording.citing import (
    begins_with_clause,
    carried_at,
    carried_clauses,
    carried_title,
    cited_work,
)
from site_builder.wording.filters import day
from site_builder.wording.words import LEVELS, policy_words, validity_words

_CHECKS = ("sum-proven", "sum-mismatch")


@dataclass(frozen=True, slots=True)
class Statement:
    """What the notice says of its own force, with its words."""

    words: str
    quote: str
    anchor: str
    clause: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the clause it is about, where that is known."""

    line: FindingLine
    anchor: str
    clause: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that is told of a notice before its text."""

    state: StateMark
    stretches: tuple[Stretch, ...]
    history: tuple[Turn, ...]
    identity: tuple[Field, ...]
    printed: tuple[Field, ...]
    carried: Entry | None
    works: tuple[Kind, ...]
    statements: tuple[Statement, ...]
    done_to: tuple[RelationLine, ...]
    done_by: tuple[RelationLine, ...]
    citations: tuple[CitationLine, ...]
    named_by: tuple[RelationLine, ...]
    checks: tuple[Found, ...]
    findings: tuple[Found, ...]
    contacts: tuple[Field, ...]
    portal: tuple[Field, ...]
    source: tuple[Field, ...]
    download: str
    reviewed: str


def card(holdings: Holdings, record: Record, rules: Iterable[Rule]) -> Card:
    """The card of ``record``, of which ``rules`` stand."""
    document, graph = record.document, holdings.graph
    return Card(
        state=holdings.state(whole(record)),
        stretches=stretches(holdings, whole(record)),
        history=history(holdings, whole(record)),
        identity=_identity(holdings, record),
        printed=_printed(document),
        carried=_carried(record),
        works=_works(record),
        statements=_statements(record),
        done_to=done_to(graph, record),
        done_by=done_by(graph, record),
        citations=_citations(holdings.base, record),
        named_by=named_by(graph, record),
        checks=_found(record, (f for f in record.findings if f.code in _CHECKS)),
        findings=_found(record, (f for f in record.findings if f.code not in _CHECKS)),
        contacts=tuple(map(_contact, document.contacts)),
        portal=tuple(Field(key, (value,)) for key, value in document.portal.items()),
        source=_source(document.source),
        download=urls.href(urls.record_file(document.id)),
        reviewed=_reviewed(tuple(rules)),
    )


def _identity(holdings: Holdings, record: Record) -> tuple[Field, ...]:
    """What is always shown, also where the notice does not print it."""
    document, term = record.document, holdings.graph.terms[record.document.id]
    return (
        Field("发文字号", _one(document.number)),
        Field("发文机关", document.issuers),
        Field("成文日期", _one(document.issued and day(document.issued))),
        Field("施行日期", _day_told(term.start, term.start_said)),
        Field("失效日期", _ended(term.end, term.end_said)),
        Field("地区", (_region(document.region),) if document.region else ()),
    )


def _printed(document: DocumentRecord) -> tuple[Field, ...]:
    """The rest, where it is printed."""
    fields = (
        Field("文种", _one(document.kind)),
        Field("主送机关", document.addressees),
        Field("抄送机关", document.copied_to),
        Field("印发日期", _one(document.printed and day(document.printed))),
        Field("公开方式", _one(document.publicity)),
        Field("附件", tuple(f"{a.label} {a.title}" for a in document.attachments)),
    )
    return tuple(field for field in fields if field.values)


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _day_told(when: Interval | None, said: Reason | None) -> tuple[str, ...]:
    """A day that the text or its portal states; nothing is said where neither does."""
    from_portal = "（网页登记）" if said and said.evidence is None else ""
    return (f"{spoken(when)}{from_portal}",) if when else ()


def _ended(last: Interval | None, said: Reason | None) -> tuple[str, ...]:
    return tuple(f"有效期至{told}" for told in _day_told(last, said))


def _region(region: RegionRecord) -> str:
    return f"{region.name}（{LEVELS.get(region.level, region.level)}，{region.code}）"


def _carried(record: Record) -> Entry | None:
    """The text that the notice carries, a work of its own: where it begins and how it is cited."""
    enclosed, start = record.document.enclosed, carried_at(record)
    if enclosed is None:
        return None
    opening = begins_with_clause(record)
    anchor = opening.anchor if opening else CARRIED
    number = record.document.number
    remark = f"随{number}印发" if number else ""
    return Entry(
        f"《{carried_title(enclosed)}》", "" if start is None else urls.href("", anchor), remark
    )


def _works(record: Record) -> tuple[Kind, ...]:
    """How the notice is cited, and the text it carries where that has clauses."""
    notice = Kind("notice", cited_work(record))
    carried = Kind("carried", cited_work(record, carried=True))
    return (notice, carried) if carried_clauses(record) else (notice,)


def _statements(record: Record) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            words=_said(record, statement),
            quote=statement.quote,
            anchor=urls.href("", anchor_of(record, statement.clause)),
            clause=clause_name(record, statement.clause),
        )
        for statement in record.validity.statements
    )


def _said(record: Record, statement: ValidityStatement) -> str:
    """The time in which homes are to be bought does not put the notice in force."""
    of_notice = governs(record, statement) or not record.clauses
    return validity_words(statement) if of_notice else policy_words(statement)


def _citations(base: KnowledgeBase, record: Record) -> tuple[CitationLine, ...]:
    """The documents that are named, each relation once: a plan may name its ground ten times."""
    found: dict[tuple[str, str], CitationLine] = {}
    for told in record.citations:
        if told.target != record.document.id:
            line = citation_line(base, record, told)
            found.setdefault((line.name, line.relation), line)
    return tuple(found.values())


def _found(record: Record, findings: Iterable[FindingRecord]) -> tuple[Found, ...]:
    return tuple(_placed(record, finding) for finding in findings)


def _placed(record: Record, finding: FindingRecord) -> Found:
    start = finding.span[0] if finding.span else -1
    around = [c for c in record.clauses if c.span[0] <= start < c.span[1]]
    if not around:
        return Found(finding_line(finding), "", "")
    clause = max(around, key=lambda c: c.span[0])
    return Found(finding_line(finding), urls.href("", clause.anchor), clause.path)


def _contact(contact: ContactRecord) -> Field:
    values = (contact.name, contact.phone, contact.email)
    return Field(contact.department or "联系人", tuple(v for v in values if v))


def _source(source: SourceRecord) -> tuple[Field, ...]:
    pages = f"，{source.pages} 页" if source.pages else ""
    furniture = f"，另去掉页码等 {source.page_furniture} 行" if source.page_furniture else ""
    return (
        Field("文件", (source.path,)),
        Field("SHA-256", (source.sha256,)),
        Field("格式", (f"{source.media_type}，由 {source.reader} 读取{pages}",)),
        Field("文本", (f"{source.characters} 字{furniture}",)),
        Field("文本 SHA-256", (source.text_sha256,)),
    )


def _reviewed(rules: tuple[Rule, ...]) -> str:
    by_hand = sum(rule.review.status != "extracted" for rule in rules)
    if not by_hand:
        return f"{len(rules)} 条规则由程序从原文提取，尚未经人工核对；以原文为准。"
    rest = len(rules) - by_hand
    return f"{len(rules)} 条规则中，{by_hand} 条经人工核对，{rest} 条由程序提取；以原文为准。"
