"""Lists what needs a person, the most consequential first, and turns what they say into words kept.

What has been decided is listed again only when the words it was decided on no longer stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from corpus.errors import UsageError
from kb.force.conflicts import conflicts
from kb.force.curated import Curated, Decided, Decision, Seen, Stale
from kb.force.days import read
from kb.force.endings import place
from kb.force.graph import Graph
from kb.force.models import ENDING, NAMES, Evidence, Relation, named
from kb.force.resolution import key_of
from kb.force.sentences import evidence_of
from kb.nameless import nameless
from kb.schema import AmountRule, CitationRecord, FindingRecord, Record

#: how much hangs on an item of each kind
WEIGHTS = {
    "stale": 100,
    "conflict": 90,
    "supersession": 80,
    "ending-citation": 75,
    "error": 70,
    "portal": 65,
    "indirect": 60,
    "warning": 50,
    "citation": 40,
    "relation": 30,
    "rule": 20,
}


@dataclass(frozen=True, slots=True)
class Item:
    """Something for a person: ``kind`` is one of ``WEIGHTS``; ``seen`` is what they decide on.

    A finding has its ``code``, by which its message can be told in another language.
    """

    id: str
    kind: str
    what: str
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    seen: Seen
    code: str = ""

    @property
    def weight(self) -> int:
        """How much hangs on it; the largest comes first."""
        return WEIGHTS[self.kind]


def review(graph: Graph, on: date | None = None) -> tuple[Item, ...]:
    """What needs a person, the most consequential first.

    With ``on``, conflicts of rules of which one has ended by that day are left out.
    """
    settled = {d.id for d in graph.curated.decisions}
    settled |= {r.id for r in conflicts(graph)} - {r.id for r in conflicts(graph, on)}
    items = [item for item in _items(graph) if item.id not in settled]
    items += [_stale(stale) for stale in graph.applied.stale]
    return tuple(sorted(items, key=lambda item: (-item.weight, item.id)))


def _items(graph: Graph) -> Iterator[Item]:
    for relation in graph.relations:
        if relation.is_presumed or _is_indirect(relation):
            yield _relation(graph, relation)
    for record in graph.base.records:
        yield from _portal(graph, record)
        yield from _citations(graph, record)
        # what is only told needs nobody: a sum that is right
        doubts = (finding for finding in record.findings if finding.severity != "info")
        yield from (_finding(record, finding) for finding in doubts)
        yield from (_rule(record, rule) for rule in record.rules if _is_thin(rule))


def _is_indirect(relation: Relation) -> bool:
    """Whether it ends a document that was not found by its number."""
    found = relation.ends is not None and len(relation.reasons) > 1
    return found and relation.verdict.status == "open"


def _portal(graph: Graph, record: Record) -> Iterator[Item]:
    """Where the text and the web page of a notice name different days for its start or end."""
    term = graph.terms[record.document.id]
    if term.differs:
        days = "；".join(reason.text for reason in term.differs)
        said = [r for r in (term.start_said, term.end_said) if r]
        yield Item(
            id=named("por", record.document.id, days),
            kind="portal",
            what=f"{graph.name(record.document.id)}：{days}",
            reasons=tuple(dict.fromkeys(r.text for r in said)),
            evidence=tuple(dict.fromkeys(r.evidence for r in said if r.evidence)),
            seen=_seen("finding", record, "", None),
        )


_KINDS = {"conflicts_with": "conflict", "supersedes": "supersession"}


def _relation(graph: Graph, relation: Relation) -> Item:
    source, target = place(graph, relation.source), place(graph, relation.target)
    kind = _KINDS.get(relation.type, "relation") if relation.is_presumed else "indirect"
    return Item(
        id=relation.id,
        kind=kind,
        what=f"{_subject(graph, relation)}{source} {NAMES[relation.type][0]} {target}",
        reasons=relation.reasons,
        evidence=tuple(e for e in (relation.evidence, relation.against) if e),
        seen=seen_of(relation),
    )


def _subject(graph: Graph, relation: Relation) -> str:
    """取证补贴 · 高级工：, so that three inferences between two clauses can be told apart."""
    found = graph.base.rule(relation.target.rule) if relation.target.rule else None
    rule = found[1] if found else None
    if not isinstance(rule, AmountRule) or not rule.item:
        return ""
    return f"{' · '.join(part for part in (rule.item, rule.category) if part)}："


def seen_of(relation: Relation) -> Seen:
    """What a person has before them who decides on ``relation``."""
    said, against = relation.evidence, relation.against
    return Seen(
        what="relation",
        type=relation.type,
        source=relation.source.document,
        source_clause=relation.source.clause,
        source_quote=said.quote if said and said.document == relation.source.document else None,
        target=relation.target.document,
        target_clause=relation.target.clause,
        target_quote=against.quote if against else None,
        effective=str(relation.when) if relation.when and relation.when.is_day else None,
    )


def _citations(graph: Graph, record: Record) -> Iterator[Item]:
    for citation in record.citations:
        found = graph.resolution.found.get(key_of(record, citation))
        if found is not None and found.candidates:
            names = tuple(map(graph.name, found.candidates))
            yield _citation(record, citation, names, found.how)


def _citation(
    record: Record, citation: CitationRecord, candidates: tuple[str, ...], how: str
) -> Item:
    ending = citation.relation in ENDING
    return Item(
        id=named("cit", record.document.id, citation.quote),
        kind="ending-citation" if ending else "citation",
        what=f"{citation.quote} 可能是 {'、'.join(candidates)}",
        reasons=(how,) if how else (),
        evidence=(evidence_of(record, citation),),
        seen=_seen("citation", record, citation.clause, citation.quote),
    )


def _finding(record: Record, finding: FindingRecord) -> Item:
    quote = finding.quote or ""
    place_ = Evidence(record.document.id, "", quote, finding.span) if quote else None
    return Item(
        id=named("fnd", record.document.id, finding.code, quote, finding.message),
        kind=finding.severity,
        what=f"{record.document.number or nameless(record)}：{finding.message}",
        reasons=(),
        evidence=(place_,) if place_ else (),
        seen=_seen("finding", record, "", quote or None),
        code=finding.code,
    )


def _is_thin(rule: object) -> bool:
    """Whether an amount says too little of itself to be compared with any other."""
    thin = isinstance(rule, AmountRule) and not rule.item and rule.role in ("standard", "cap")
    return thin and isinstance(rule, AmountRule) and rule.review.status == "extracted"


def _rule(record: Record, rule: object) -> Item:
    assert isinstance(rule, AmountRule)
    return Item(
        id=rule.id,
        kind="rule",
        what=f"{record.document.number or nameless(record)} {rule.clause}：金额的事项不明",
        reasons=(),
        evidence=(Evidence(record.document.id, rule.clause, rule.quote, rule.span),),
        seen=_seen("rule", record, rule.clause, rule.quote),
    )


def _seen(what: str, record: Record, clause: str, quote: str | None) -> Seen:
    return Seen(
        what=what, source=record.document.id, source_clause=clause or None, source_quote=quote
    )


def _stale(stale: Stale) -> Item:
    decision = stale.decision
    told = [
        f"{side.document} {side.clause} 原为“{side.old}”，现为“{side.new}”" for side in stale.sides
    ]
    return Item(
        id=decision.id,
        kind="stale",
        what=f"{decision.by}{decision.at}的核定（{decision.status}）所据原文已变",
        reasons=tuple(told),
        evidence=tuple(Evidence(s.document, s.clause, s.old) for s in stale.sides),
        seen=decision.seen,
    )


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of an item: who, on what day, and for a correction what is right."""

    status: Decided
    by: str
    at: str
    note: str | None = None
    type: str | None = None
    effective: str | None = None
    target: str | None = None


def decide(graph: Graph, item_id: str, word: Word) -> Curated:
    """What people have said, with ``word`` on the item; raises ``UsageError`` if there is none."""
    seen = _seen_by_id(graph).get(item_id)
    if seen is None:
        raise _unknown(graph, item_id)
    word = _pointed(graph, item_id, seen, word)
    _refuse_nonsense(graph, seen, word)
    if word.status == "rejected" and item_id in {s.decision.id for s in graph.applied.stale}:
        # what is given up must not be told again for words that have gone
        seen = seen.model_copy(update={"source_quote": None, "target_quote": None})
    decision = Decision(
        id=item_id,
        status=word.status,
        by=word.by,
        at=word.at,
        note=word.note,
        type=word.type,
        effective=word.effective,
        target=word.target,
        seen=seen,
    )
    return graph.curated.with_decision(decision)


def _pointed(graph: Graph, item_id: str, seen: Seen, word: Word) -> Word:
    """``word`` with the id of the document it names, by its number or title too; to confirm a
    citation is to confirm the one document that it may mean.
    """
    if word.target is not None:
        called = graph.resolution.documents_called(word.target)
        return replace(word, target=called[0]) if len(called) == 1 else word
    if seen.what != "citation" or word.status != "confirmed":
        return word
    candidates = _candidates(graph, item_id)
    if len(candidates) == 1:
        return replace(word, target=candidates[0])
    remedy = f"Say which with policykb correct {item_id} --target ID: {', '.join(candidates)}."
    raise UsageError("this citation may mean several documents", remedy=remedy)


def _candidates(graph: Graph, item_id: str) -> tuple[str, ...]:
    found = {
        candidate
        for record in graph.base.records
        for citation in record.citations
        if named("cit", record.document.id, citation.quote) == item_id
        and (leads := graph.resolution.found.get(key_of(record, citation)))
        for candidate in (leads.candidates or ((leads.target,) if leads.target else ()))
    }
    return tuple(sorted(found))


def called(graph: Graph, item_id: str) -> str:
    """What an item is about, for who has just decided on it; empty where nobody knows."""
    for item in _items(graph):
        if item.id == item_id:
            return item.what
    seen = _seen_by_id(graph).get(item_id)
    if seen is None or not seen.type or not seen.source or not seen.target:
        return (seen.source_quote if seen else None) or ""
    return f"{graph.name(seen.source)} {NAMES[seen.type][0]} {graph.name(seen.target)}"


def _seen_by_id(graph: Graph) -> dict[str, Seen]:
    seen = {relation.id: seen_of(relation) for relation in graph.stated}
    relations = (*graph.applied.rejected, *graph.relations)
    seen |= {relation.id: seen_of(relation) for relation in relations}
    # what was seen when it was first decided outlives what is seen now
    seen |= {decision.id: decision.seen for decision in graph.curated.decisions}
    fresh = {item.id: item.seen for item in _items(graph) if item.kind != "stale"}
    return seen | fresh


def _refuse_nonsense(graph: Graph, seen: Seen, word: Word) -> None:
    if not word.by.strip():
        raise UsageError("a decision needs the name of a person", remedy="Give it with --by NAME.")
    if word.type is not None and word.type not in NAMES:
        remedy = f"It is one of {', '.join(NAMES)}."
        raise UsageError(f'there is no relation "{word.type}"', remedy=remedy)
    if word.effective is not None and read(word.effective) is None:
        raise UsageError(f'"{word.effective}" is no date', remedy="Write it as 2024-10-09.")
    if word.target is not None and word.target not in graph.base.by_id:
        remedy = "Give its id or its number as policykb show prints them."
        raise UsageError(f'there is no document "{word.target}"', remedy=remedy)
    says = (word.type, word.effective, word.target)
    if seen.what == "finding" and word.status == "corrected":
        remedy = "Say whether it is right with policykb confirm or policykb reject."
        raise UsageError("a finding cannot be corrected", remedy=remedy)
    if seen.what == "citation" and (word.type or word.effective):
        remedy = "Say which document it means with --target."
        raise UsageError("a citation has no --type or --effective", remedy=remedy)
    if word.status == "corrected" and seen.what in ("relation", "citation") and not any(says):
        remedy = "Say it with --type, --effective or --target."
        raise UsageError("a correction must say what is right", remedy=remedy)


def _unknown(graph: Graph, item_id: str) -> UsageError:
    near = get_close_matches(item_id, list(_seen_by_id(graph)), n=1, cutoff=0.7)
    guess = f'; did you mean "{near[0]}"?' if near else ""
    remedy = None if near else "policykb review lists what there is to decide."
    return UsageError(f'there is nothing called "{item_id}" to decide{guess}', remedy=remedy)
