"""How one document stands to another, as lines for a reader: who does what to whom, who says so.

A line is told from the side of the document it is shown with: 替代 there is 被…替代 here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.force.days import spoken
from kb.force.graph import Graph
from kb.force.models import INFERRED, NAMES, STATED, TEXT, End, Relation
from kb.models import KnowledgeBase, anchor_of
from kb.schema import Record
from site_builder import urls
from site_builder.facts import title_of
from site_builder.reading.standing import Quote, quoted
from site_builder.wording.citing import clause_words

#: what names another document and leaves it as it is
NAMING = ("based_on", "implements", "issues", "forwards", "replies_to", "refers")
#: what is done to another document: ends first
ACTING = tuple(type_ for type_ in NAMES if type_ not in NAMING)


@dataclass(frozen=True, slots=True)
class Tie:
    """What one side does to the other: ``before`` NAME ``after``, as in 被 NAME 替代.

    ``href`` is the clause or page of the other side, empty where it is not here; ``place`` the
    clause in words; ``said`` tells who says so.
    """

    before: str
    name: str
    after: str
    place: str
    href: str
    said: str


@dataclass(frozen=True, slots=True)
class RelationLine:
    """A tie with since when it holds, why, and the words of both sides."""

    tie: Tie
    when: str
    note: str
    reasons: tuple[str, ...]
    quotes: tuple[Quote, ...]


def done_by(graph: Graph, record: Record) -> tuple[RelationLine, ...]:
    """What the document does to others."""
    return tuple(_lines(graph, record, _acting(graph.out_of, record), incoming=False))


def done_to(graph: Graph, record: Record) -> tuple[RelationLine, ...]:
    """What others do to the document."""
    return tuple(_lines(graph, record, _acting(graph.into, record), incoming=True))


def named_by(graph: Graph, record: Record) -> tuple[RelationLine, ...]:
    """Who names the document: as a ground, to carry it out, to forward it."""
    inward = graph.into.get(record.document.id, ())
    naming = [r for r in inward if r.type in NAMING and r.source.document != r.target.document]
    return tuple(_lines(graph, record, naming, incoming=True))


def ties_by_clause(graph: Graph, record: Record) -> dict[str, tuple[Tie, ...]]:
    """By anchor of a clause, what it does to others and they to it; each tie once."""
    found: dict[str, dict[Tie, None]] = {}
    for relations, incoming in ((graph.into, True), (graph.out_of, False)):
        for relation in _acting(relations, record):
            mine = relation.target if incoming else relation.source
            if mine.clause or mine.rule:
                anchor = anchor_of(record, clause_at(graph.base, mine))
                found.setdefault(anchor, {})[tie(graph, relation, incoming=incoming)] = None
    return {anchor: tuple(ties) for anchor, ties in found.items()}


def tie(graph: Graph, relation: Relation, *, incoming: bool) -> Tie:
    """``relation`` as told by its target if ``incoming``, else by its source."""
    other = relation.source if incoming else relation.target
    before, after = _verb(relation.type, incoming=incoming)
    clause = clause_at(graph.base, other)
    return Tie(
        before=before,
        name=document_name(graph, other.document),
        after=after,
        place=clause_words(clause),
        href=_address(graph.base, other.document, clause),
        said=said_by(relation),
    )


def said_by(relation: Relation) -> str:
    """Who says so: 原文写明, 推定, a person; and who has looked at it."""
    by = {TEXT: STATED, INFERRED: "推定"}.get(relation.asserted_by)
    said = by or f"{relation.asserted_by}认定"
    checked = relation.verdict.status != "open" and relation.verdict.by
    return f"{said}，{relation.verdict.by}核对" if checked and by else said


def document_name(graph: Graph, document: str) -> str:
    """A document as a reader knows it: its number, else its title, else its printed name."""
    record = graph.base.by_id.get(document)
    if record is None:
        return document
    titled = f"《{record.document.title}》" if record.document.title else title_of(record)
    return record.document.number or graph.resolution.known_as.get(document) or titled


def clause_at(base: KnowledgeBase, end: End) -> str:
    """The clause of an end, also where only its rule is named."""
    known = base.rule(end.rule) if end.rule else None
    return end.clause or (known[1].clause if known else "")


def _verb(type_: str, *, incoming: bool) -> tuple[str, str]:
    """被替代 goes around the name: 被 NAME 替代; 冲突 behind it: 与 NAME 冲突."""
    verb, back = NAMES[type_]
    if verb == back:
        return "与", verb
    if not incoming:
        return verb, ""
    opening, gap, ending = back.partition("…")
    if gap:
        return opening, ending
    return ("被", back[1:]) if back.startswith("被") else (back, "")


def _acting(side: Mapping[str, tuple[Relation, ...]], record: Record) -> Iterable[Relation]:
    held = side.get(record.document.id, ())
    return (r for r in held if r.type in ACTING and r.source.document != r.target.document)


def _lines(
    graph: Graph, record: Record, relations: Iterable[Relation], *, incoming: bool
) -> Iterator[RelationLine]:
    for relation in sorted(relations, key=lambda r: (_rank(r), r.id)):
        yield RelationLine(
            tie=tie(graph, relation, incoming=incoming),
            when=f"自{spoken(relation.when)}起" if relation.when else "",
            note=relation.verdict.note or "",
            reasons=tuple(text for text in relation.reasons if text != STATED),
            quotes=tuple(_quotes(graph.base, relation)),
        )


def _rank(relation: Relation) -> int:
    return list(NAMES).index(relation.type)


def _quotes(base: KnowledgeBase, relation: Relation) -> Iterator[Quote]:
    for words in (relation.evidence, relation.against):
        if words is not None:
            yield quoted(base, words)


def _address(base: KnowledgeBase, document: str, clause: str) -> str:
    record = base.by_id.get(document)
    if record is None:
        return ""
    page = urls.document_page(document)
    return urls.href(page, anchor_of(record, clause)) if clause else urls.href(page)
