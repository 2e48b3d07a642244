"""The page of a notice: identity, outline, marked text, and the rules beside their clauses.

Every rule that stands has its words marked in the text, under the anchor that search and lists
lead to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.models import TextSpan
from kb.models import KnowledgeBase
from kb.schema import CitationRecord, ClauseRecord, DepartmentRule, Record, Rule
from site_builder import urls
from site_builder.contexts import Kind, Shell
from site_builder.downloads.legislation import legislation
from site_builder.facts import full_name, standing_rules, title_of
from site_builder.holdings import Holdings
from site_builder.lists.entries import target_of
from site_builder.page import Edition, Page, Templates
from site_builder.reading.card import Card, card
from site_builder.reading.layout import CARRIED, Block, Part, blocks, segments
from site_builder.reading.marks import Mark, Run, visible
from site_builder.reading.notes import Beside, notes
from site_builder.shares import WHOLE, Share
from site_builder.wording.citing import (
    FRONT_MATTER,
    begins_with_clause,
    carried_at,
    carried_clauses,
    carried_title,
    citations,
    clause_words,
)
from site_builder.wording.filters import day
from site_builder.wording.shortened import shortened
from site_builder.wording.words import (
    DEPARTMENT_ROLES,
    MARK_LABELS,
    MARK_NAMES,
    RELATIONS,
    citation_name,
    rule_words,
)

_LONGEST_ENTRY = 24
#: whole citations are a fifth of a long page, and scripts put them together of work and clause
_MOST_CITATIONS = 100


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the text. ``anchor`` is empty where a clause goes on after its children.

    ``name`` are the words of its clause, ``carried`` says that it is one of the carried text.
    """

    anchor: str
    name: str
    page: int | None
    citation: str
    carried: bool
    level: int
    heading: tuple[Run, ...]
    run_in: bool
    parts: tuple[Part, ...]
    beside: Beside


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline; ``depth`` 1 is the top."""

    anchor: str
    numeral: str
    heading: str
    depth: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """document.html; ``address`` is where the page stands, for the foot of printed pages."""

    shell: Shell
    number: str
    title: str
    issued: str
    address: str
    card: Card
    outline: tuple[OutlineEntry, ...]
    legend: tuple[Kind, ...]
    sections: tuple[Section, ...]


#: h1 is the title, and there is nothing below h6
_DEEPEST_HEADING = 6
_LEGEND = tuple(Kind(code, MARK_NAMES[code], label) for code, label in MARK_LABELS.items())


def _document(holdings: Holdings, record: Record, shell: Shell, address: str) -> DocumentPage:
    document, rules = record.document, standing_rules(record)
    marks = _marks(holdings.base, record, rules)
    return DocumentPage(
        shell=shell,
        number=document.number or "",
        title=title_of(record),
        issued=day(document.issued) if document.issued else "",
        address=address,
        card=card(holdings, record, rules),
        outline=_outline(record),
        legend=_LEGEND,
        sections=_sections(record, marks, notes(holdings, record, rules)),
    )


def _outline(record: Record) -> tuple[OutlineEntry, ...]:
    """The clauses, and before its clauses the text that the notice carries."""
    start, enclosed = carried_at(record), record.document.enclosed
    opened = [s for s in segments(record) if s.opening]
    entries = [_outline_entry(s.clause, s.depth) for s in opened if s.clause]
    if start is None or enclosed is None:
        return tuple(entries)
    before = sum(clause.span[0] < start for clause in record.clauses)
    opening = begins_with_clause(record)
    anchor = opening.anchor if opening else CARRIED
    carried = OutlineEntry(urls.href("", anchor), "", carried_title(enclosed), 1)
    return (*entries[:before], carried, *entries[before:])


def _outline_entry(clause: ClauseRecord, depth: int) -> OutlineEntry:
    numeral = clause.path.rpartition("/")[2]
    # two lines of the outline; a heading may be a whole sentence
    named = shortened(clause.heading, _LONGEST_ENTRY)
    return OutlineEntry(urls.href("", clause.anchor), numeral, named, depth)


def _marks(base: KnowledgeBase, record: Record, rules: Sequence[Rule]) -> tuple[Mark, ...]:
    marks = [*map(_rule_mark, rules)]
    marks += [_citation_mark(base, citation) for citation in record.citations]
    return tuple(visible(mark, record.text) for mark in marks)


def _rule_mark(rule: Rule) -> Mark:
    """A department is labelled with its role, and leads to its page."""
    role, href = MARK_LABELS[rule.kind], ""
    if isinstance(rule, DepartmentRule):
        role, href = DEPARTMENT_ROLES[rule.role], urls.href(urls.department_page(full_name(rule)))
    place, name = TextSpan(*rule.span), urls.rule_anchor(rule.id)
    return Mark(place, rule.kind, role, rule_words(rule), name, href)


def _citation_mark(base: KnowledgeBase, citation: CitationRecord) -> Mark:
    relation = RELATIONS.get(citation.relation, citation.relation)
    words = f"{relation}{citation_name(citation)}"
    href = target_of(base, citation)
    return Mark(TextSpan(*citation.span), "citation", MARK_LABELS["citation"], words, href=href)


def _sections(
    record: Record, marks: Sequence[Mark], beside: Mapping[str, Beside]
) -> tuple[Section, ...]:
    carried, cited, level, found = carried_clauses(record), citations(record), 1, []
    for block in blocks(record, marks):
        if block.heading:
            # no level may be left out on the way down, even where a clause prints no heading
            level = min(block.segment.depth + 1, level + 1, _DEEPEST_HEADING)
        if block.heading or block.parts or block.segment.opening:
            section = _section(record, block, level, carried, cited)
            found.append(replace(section, beside=beside.get(section.anchor, Beside())))
    return tuple(found)


def _section(
    record: Record,
    block: Block,
    level: int,
    carried: frozenset[str],
    cited: Mapping[str, str],
) -> Section:
    clause, opening = block.segment.clause, block.segment.opening
    anchor = clause.anchor if clause else FRONT_MATTER
    words = clause_words(clause.path) if clause else ""
    told = clause is None or len(record.clauses) <= _MOST_CITATIONS
    return Section(
        anchor=anchor if opening else "",
        name=words or "全文",
        page=clause.page if clause else None,
        citation=cited[anchor] if told else "",
        carried=anchor in carried,
        level=level,
        heading=block.heading,
        run_in=block.run_in,
        parts=block.parts,
        beside=Beside(),
    )


TEMPLATES: Templates = {"document.html": DocumentPage}


def pages(holdings: Holdings, edition: Edition, share: Share = WHOLE) -> Iterator[Page]:
    """The page of every notice."""
    for record in share.of(holdings.base.records):
        path = urls.document_page(record.document.id)
        said = legislation(holdings, record, edition.url)
        shell = replace(edition.shell(path, title_of(record), "documents"), linked_data=said)
        context = _document(holdings, record, shell, _address(edition, path))
        yield Page(path, "document.html", context)


def _address(edition: Edition, path: str) -> str:
    """The public address of a page, where the site has one."""
    return urls.public(edition.url, path) if edition.url else urls.href(path)
