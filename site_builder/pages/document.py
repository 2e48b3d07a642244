"""The page of a notice: identity, outline, marked text, and the rules beside their clauses.

Every rule that stands has its words marked in the text, under the anchor that search and lists
lead to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.models import TextSpan
from kb.models import KIND_NAMES, KnowledgeBase, anchor_of
from kb.schema import (
    CitationRecord,
    ContactRecord,
    DepartmentRule,
    DocumentRecord,
    Record,
    RegionRecord,
    Rule,
    SourceRecord,
)
from site_builder import urls
from site_builder.contexts import CitationLine, Field, FindingLine, Kind, Shell
from site_builder.downloads.legislation import legislation
from site_builder.entries import citation_line, finding_line, target_of
from site_builder.facts import clause_name, full_name, standing_rules, title_of
from site_builder.filters import day
from site_builder.holdings import Holdings
from site_builder.layout import Block, Part, blocks, segments
from site_builder.marks import Mark, Run, visible
from site_builder.page import Edition, Page, Templates
from site_builder.words import (
    LEVELS,
    MARK_LABELS,
    MARK_NAMES,
    RELATIONS,
    REVIEWS,
    citation_name,
    rule_details,
    rule_subject,
    rule_value,
    rule_words,
    validity_words,
)


@dataclass(frozen=True, slots=True)
class Note:
    """A rule beside its clause. ``mark`` is the id of its words in the text."""

    mark: str
    subject: str
    value: str
    details: tuple[Field, ...]
    review: str
    href: str


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """The rules of one kind in one clause; those in its tables are counted, not repeated."""

    kind: Kind
    notes: tuple[Note, ...]
    in_tables: int

    @property
    def size(self) -> int:
        """How many rules."""
        return len(self.notes) + self.in_tables


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the text. ``anchor`` is empty where a clause goes on after its children."""

    anchor: str
    path: str
    page: int | None
    depth: int
    level: int
    heading: tuple[Run, ...]
    run_in: bool
    parts: tuple[Part, ...]
    notes: tuple[NoteGroup, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline; ``depth`` 1 is the top."""

    anchor: str
    numeral: str
    heading: str
    depth: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What the notice says of its own force, with its words."""

    words: str
    quote: str
    anchor: str
    clause: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """document.html"""

    shell: Shell
    number: str
    title: str
    identity: tuple[Field, ...]
    statements: tuple[Statement, ...]
    citations: tuple[CitationLine, ...]
    findings: tuple[FindingLine, ...]
    contacts: tuple[Field, ...]
    portal: tuple[Field, ...]
    source: tuple[Field, ...]
    download: str
    outline: tuple[OutlineEntry, ...]
    legend: tuple[Kind, ...]
    sections: tuple[Section, ...]
    reviewed: str


#: h1 is the title, and there is nothing below h6
_DEEPEST_HEADING = 6


def _document(base: KnowledgeBase, record: Record, shell: Shell) -> DocumentPage:
    document, rules = record.document, standing_rules(record)
    return DocumentPage(
        shell=shell,
        number=document.number or "",
        title=title_of(record),
        identity=_identity(document),
        statements=_statements(record),
        citations=tuple(citation_line(base, record, c) for c in record.citations),
        findings=tuple(finding_line(finding) for finding in record.findings),
        contacts=tuple(map(_contact, document.contacts)),
        portal=tuple(Field(key, (value,)) for key, value in document.portal.items()),
        source=_source(document.source),
        download=urls.href(urls.record_file(document.id)),
        outline=_outline(record),
        legend=tuple(Kind(code, MARK_NAMES[code], label) for code, label in MARK_LABELS.items()),
        sections=_sections(record, rules, _marks(base, record, rules)),
        reviewed=_reviewed(rules),
    )


def _identity(document: DocumentRecord) -> tuple[Field, ...]:
    """What is always shown comes first; the rest is shown where it is printed."""
    enclosed = document.enclosed.title if document.enclosed else None
    always = (
        Field("发文字号", _one(document.number)),
        Field("发文机关", document.issuers),
        Field("主送机关", document.addressees),
        Field("成文日期", _one(document.issued and day(document.issued))),
    )
    printed = (
        Field("文种", _one(document.kind)),
        Field("所附文件", _one(enclosed)),
        Field("地区", (_region(document.region),) if document.region else ()),
        Field("印发日期", _one(document.printed and day(document.printed))),
        Field("抄送机关", document.copied_to),
        Field("公开方式", _one(document.publicity)),
        Field("附件", tuple(f"{a.label} {a.title}" for a in document.attachments)),
    )
    return always + tuple(field for field in printed if field.values)


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _region(region: RegionRecord) -> str:
    return f"{region.name}（{LEVELS.get(region.level, region.level)}，{region.code}）"


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


def _statements(record: Record) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            words=validity_words(statement),
            quote=statement.quote,
            anchor=urls.href("", anchor_of(record, statement.clause)),
            clause=clause_name(record, statement.clause),
        )
        for statement in record.validity.statements
    )


def _outline(record: Record) -> tuple[OutlineEntry, ...]:
    return tuple(
        OutlineEntry(
            anchor=urls.href("", segment.clause.anchor),
            numeral=segment.clause.path.rpartition("/")[2],
            heading=segment.clause.heading,
            depth=segment.depth,
        )
        for segment in segments(record)
        if segment.clause and segment.opening
    )


def _marks(base: KnowledgeBase, record: Record, rules: Sequence[Rule]) -> tuple[Mark, ...]:
    marks = [
        Mark(
            TextSpan(*rule.span),
            rule.kind,
            MARK_LABELS[rule.kind],
            rule_words(rule),
            urls.rule_anchor(rule.id),
        )
        for rule in rules
    ]
    marks += [_citation_mark(base, citation) for citation in record.citations]
    return tuple(visible(mark, record.text) for mark in marks)


def _citation_mark(base: KnowledgeBase, citation: CitationRecord) -> Mark:
    relation = RELATIONS.get(citation.relation, citation.relation)
    words = f"{relation}{citation_name(citation)}"
    href = target_of(base, citation)
    return Mark(TextSpan(*citation.span), "citation", MARK_LABELS["citation"], words, href=href)


def _sections(record: Record, rules: Sequence[Rule], marks: Sequence[Mark]) -> tuple[Section, ...]:
    by_anchor: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_anchor[anchor_of(record, rule.clause)].append(rule)
    tables = [TextSpan(*table.span) for table in record.tables]
    notes = {anchor: _notes(found, tables) for anchor, found in by_anchor.items()}
    return tuple(_section(block, notes) for block in blocks(record, marks))


def _section(block: Block, notes: dict[str, tuple[NoteGroup, ...]]) -> Section:
    clause, depth = block.segment.clause, block.segment.depth
    anchor = clause.anchor if clause else "front"
    return Section(
        anchor=anchor if block.segment.opening else "",
        path=clause.path if clause else "",
        page=clause.page if clause else None,
        depth=depth,
        level=min(depth + 1, _DEEPEST_HEADING),
        heading=block.heading,
        run_in=block.run_in,
        parts=block.parts,
        notes=notes.get(anchor, ()) if block.segment.opening else (),
    )


def _notes(rules: Sequence[Rule], tables: Sequence[TextSpan]) -> tuple[NoteGroup, ...]:
    groups = (
        _group(Kind(code, name), [rule for rule in rules if rule.kind == code], tables)
        for code, name in KIND_NAMES.items()
    )
    return tuple(group for group in groups if group.size)


def _group(kind: Kind, rules: Sequence[Rule], tables: Sequence[TextSpan]) -> NoteGroup:
    told = [rule for rule in rules if not any(t.holds(TextSpan(*rule.span)) for t in tables)]
    return NoteGroup(kind, tuple(map(_note, told)), in_tables=len(rules) - len(told))


def _note(rule: Rule) -> Note:
    organ = full_name(rule) if isinstance(rule, DepartmentRule) else ""
    return Note(
        mark=urls.rule_anchor(rule.id),
        subject=rule_subject(rule),
        value=rule_value(rule),
        # the duty is the sentence that the note stands beside
        details=() if organ else tuple(Field(n, (words,)) for n, words in rule_details(rule)),
        review="" if rule.review.status == "extracted" else REVIEWS[rule.review.status],
        href=urls.href(urls.department_page(organ)) if organ else "",
    )


def _reviewed(rules: Sequence[Rule]) -> str:
    by_hand = sum(rule.review.status != "extracted" for rule in rules)
    if not by_hand:
        return f"{len(rules)} 条规则由程序从原文提取，尚未经人工核对；以原文为准。"
    rest = len(rules) - by_hand
    return f"{len(rules)} 条规则中，{by_hand} 条经人工核对，{rest} 条由程序提取；以原文为准。"


TEMPLATES: Templates = {"document.html": DocumentPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The page of every notice."""
    for record in holdings.base.records:
        path = urls.document_page(record.document.id)
        said = legislation(holdings, record, edition.url)
        shell = replace(edition.shell(path, title_of(record), "documents"), linked_data=said)
        yield Page(path, "document.html", _document(holdings.base, record, shell))
