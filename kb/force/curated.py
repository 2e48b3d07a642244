"""What people have said of relations, documents and citations, and what that makes of the graph.

A person's word wins over text and inference. It stays as long as the words it was said of stand;
where they no longer do it is stale: kept, shown with old and new text, and not applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from corpus import numbering
from kb.force.days import read
from kb.force.models import NAMES, End, Evidence, Relation, Verdict, named
from kb.models import KnowledgeBase
from kb.schema import Record

Decided = Literal["confirmed", "corrected", "rejected"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class IdentityEntry(_Model):
    """A document that prints no number or title, and the one a person knows it by."""

    document: str
    number: str | None = None
    title: str | None = None
    by: str
    at: str | None = None
    note: str | None = None


class RelationEntry(_Model):
    """A relation that a person asserts. ``from`` and ``to`` are ids of documents or rules, or
    DOCUMENT#CLAUSE.
    """

    type: str
    from_: str = Field(alias="from")
    to: str
    effective: str | None = None
    quote: str | None = None
    by: str
    at: str | None = None
    note: str | None = None


class Seen(_Model):
    """What a person had before them when they decided."""

    what: str
    type: str | None = None
    source: str | None = None
    source_clause: str | None = None
    source_quote: str | None = None
    target: str | None = None
    target_clause: str | None = None
    target_quote: str | None = None
    effective: str | None = None


class Decision(_Model):
    """What a person has decided of an item of the review list."""

    id: str
    status: Decided
    by: str
    at: str
    note: str | None = None
    type: str | None = None
    effective: str | None = None
    target: str | None = None
    seen: Seen


class Curated(_Model):
    """All of ``curated.yaml``."""

    identities: tuple[IdentityEntry, ...] = ()
    relations: tuple[RelationEntry, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def with_decision(self, decision: Decision) -> Curated:
        """The same with ``decision``, which takes the place of an earlier one on the same item."""
        others = [d for d in self.decisions if d.id != decision.id]
        ordered = sorted((*others, decision), key=lambda d: d.id)
        return self.model_copy(update={"decisions": tuple(ordered)})


@dataclass(frozen=True, slots=True)
class Side:
    """One document of a stale decision: the words that were read, and what stands there now."""

    document: str
    clause: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A decision whose words no longer stand."""

    decision: Decision
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """The relations with what people have said: those that hold, those rejected, what is stale."""

    relations: tuple[Relation, ...]
    rejected: tuple[Relation, ...]
    stale: tuple[Stale, ...]


def apply(relations: Iterable[Relation], curated: Curated, base: KnowledgeBase) -> Applied:
    """``relations`` as people have confirmed, corrected and rejected them, and their own."""
    known = {relation.id: relation for relation in relations}
    rejected: list[Relation] = []
    stale: list[Stale] = []
    for decision in curated.decisions:
        relation = known.pop(decision.id, None) or _remembered(decision, base)
        if relation is not None and decision.status == "rejected":
            rejected.append(_decided(relation, decision))
        elif relation is not None:
            known[decision.id] = _decided(relation, decision)
        if gone := moved(decision, base):
            stale.append(Stale(decision, gone))
    for entry in curated.relations:
        relation = asserted(entry, base)
        known[relation.id] = relation
    return Applied(tuple(known[key] for key in sorted(known)), tuple(rejected), tuple(stale))


def _decided(relation: Relation, decision: Decision) -> Relation:
    verdict = Verdict(decision.status, decision.by, decision.at, decision.note)
    said = f"{decision.by}于{decision.at}{_DECIDED[decision.status]}"
    return replace(
        relation,
        type=decision.type or relation.type,
        target=End(decision.target) if decision.target else relation.target,
        when=read(decision.effective) or relation.when,
        asserted_by=decision.by,
        verdict=verdict,
        reasons=(*relation.reasons, f"{said}：{decision.note}" if decision.note else said),
    )


_DECIDED = {"confirmed": "确认", "corrected": "更正", "rejected": "否定"}


def _remembered(decision: Decision, base: KnowledgeBase) -> Relation | None:
    """The relation a decision was made on, if it is found no more but its words still stand."""
    seen = decision.seen
    if (
        seen.what != "relation"
        or moved(decision, base)
        or not (seen.type and seen.source and seen.target)
    ):
        return None
    source = _place(base, seen.source, seen.source_clause, seen.source_quote)
    target = _place(base, seen.target, seen.target_clause, seen.target_quote)
    return Relation(
        id=decision.id,
        type=seen.type,
        source=source,
        target=target,
        scope="value" if target.rule else "clause" if target.clause else "whole",
        when=read(seen.effective),
        asserted_by=decision.by,
        reasons=("提取结果中已无此项，但所据原文仍在",),
        evidence=_words(base, source, seen.source_quote),
        against=_words(base, target, seen.target_quote),
    )


def _place(base: KnowledgeBase, document: str, clause: str | None, quote: str | None) -> End:
    record = base.by_id.get(document)
    rules = [r for r in record.rules if r.quote == quote] if record and quote else []
    if len(rules) == 1:
        return End(document, rules[0].clause or None, rules[0].id)
    return End(document, clause)


def _words(base: KnowledgeBase, end: End, quote: str | None) -> Evidence | None:
    record = base.by_id.get(end.document)
    at = record.text.find(quote) if record and quote else -1
    if not quote or at < 0:
        return None
    return Evidence(end.document, end.clause or "", quote, (at, at + len(quote)))


def moved(decision: Decision, base: KnowledgeBase) -> tuple[Side, ...]:
    """The words of a decision that no longer stand in their documents; empty if all do."""
    seen = decision.seen
    sides = (
        (seen.source, seen.source_clause, seen.source_quote),
        (seen.target, seen.target_clause, seen.target_quote),
    )
    return tuple(
        Side(document, clause or "", quote, _now(base.by_id.get(document), clause))
        for document, clause, quote in sides
        if document and quote and not _stands(base.by_id.get(document), quote)
    )


def _stands(record: Record | None, quote: str) -> bool:
    return record is not None and quote in record.text


def _now(record: Record | None, path: str | None) -> str:
    if record is None:
        return "（文件已不在库中）"
    found = next((c for c in record.clauses if c.path == path), None)
    return record.text[found.span[0] : found.span[1]].strip()[:400] if found else "（条款已不在）"


def asserted(entry: RelationEntry, base: KnowledgeBase) -> Relation:
    """The relation that a person has written down."""
    source, target = end_of(entry.from_, base), end_of(entry.to, base)
    said = f"{entry.by}认定" + (f"：{entry.note}" if entry.note else "")
    return Relation(
        id=named("rel", "curated", entry.type, entry.from_, entry.to, entry.effective or ""),
        type=entry.type,
        source=source,
        target=target,
        scope="value" if target.rule else "clause" if target.clause else "whole",
        when=read(entry.effective),
        asserted_by=entry.by,
        reasons=(said,),
        evidence=_words(base, source, entry.quote),
        verdict=Verdict("confirmed", entry.by, entry.at, entry.note),
    )


def end_of(name: str, base: KnowledgeBase) -> End:
    """The document, clause or rule called ``name``; what is not here stays a name."""
    if found := base.rule(name):
        return End(found[0].document.id, found[1].clause or None, name)
    document, _, place = name.partition("#")
    record = base.by_id.get(document) or _numbered(document, base)
    if record is None:
        return End(document)
    document = record.document.id
    if not place:
        return End(document)
    paths = {c.anchor: c.path for c in record.clauses} | {c.path: c.path for c in record.clauses}
    return End(document, paths.get(place, place))


def _numbered(name: str, base: KnowledgeBase) -> Record | None:
    """The one document with that number: people know a notice by it, not by our id."""
    number = numbering.parse(name)
    fits = [
        r for r in base.records if number and numbering.parse(r.document.number or "") == number
    ]
    return fits[0] if len(fits) == 1 else None


def strangers(curated: Curated, base: KnowledgeBase) -> tuple[str, ...]:
    """What people have written down of documents that are not here; it does nothing."""
    known = [("identities", i.document, base.by_id.get(i.document)) for i in curated.identities]
    known += [
        ("relations", r.to, base.by_id.get(end_of(r.to, base).document)) for r in curated.relations
    ]
    return tuple(
        f'{where}: there is no document "{name}" here, so what is said of it does nothing'
        for where, name, record in known
        if record is None
    )


def mistakes(curated: Curated) -> Mapping[tuple[str | int, ...], str]:
    """What a hand-written file says that means nothing, by place."""
    found: dict[tuple[str | int, ...], str] = {}
    for index, entry in enumerate(curated.relations):
        if entry.type not in NAMES:
            known = ", ".join(NAMES)
            found["relations", index, "type"] = f'unknown type "{entry.type}"; known: {known}'
        if entry.effective and read(entry.effective) is None:
            found["relations", index, "effective"] = f'"{entry.effective}" is no date'
    for index, decision in enumerate(curated.decisions):
        if decision.type and decision.type not in NAMES:
            found["decisions", index, "type"] = f'unknown type "{decision.type}"'
    return found
