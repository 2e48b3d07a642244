"""Lays a measure out in time: where each value stands, from when, what it does to others.

A question is words: 取证补贴, 高级工 取证补贴, 文水县 培训补贴, or the id of a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from kb.force.days import Interval
from kb.force.graph import Graph
from kb.force.measures import Entry, Measure, Vocabulary, chain
from kb.force.models import TEXT, Relation
from kb.force.values import Change, changes, worth
from kb.schema import Record

_BETWEEN = ("supersedes", "conflicts_with", "specialises", "restates")
_ENDS = ("repeals", "stops", "replaces", "supersedes")
_VAIN = re.compile(r"[\s·（）()、，,的]+")


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a measure.

    ``relation`` is what it does to an earlier place: supersedes, restates, specialises,
    conflicts_with; extends and refers speak for themselves; new is the first of a level whose
    siblings are older. ``target`` is the rule concerned, ``end_presumed`` from when its own value
    presumably is another.
    """

    rule: str | None
    document: str
    clause: str
    value: str | None
    start: Interval | None
    end: Interval | None
    end_presumed: Interval | None
    relation: str | None
    asserted_by: str
    target: str | None
    changes: tuple[Change, ...]
    reasons: tuple[str, ...]
    quote: str
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A measure with its steps in the order of time."""

    measure: Measure
    steps: tuple[Step, ...]


def timelines(graph: Graph, question: str) -> tuple[Timeline, ...]:
    """The timelines of the measures that ``question`` asks for."""
    found = [m for m in graph.measures.all if _asks(graph, m, question)]
    return tuple(timeline(graph, measure) for measure in found)


def timeline(graph: Graph, measure: Measure) -> Timeline:
    """The timeline of one measure."""
    return Timeline(measure, tuple(map(partial(_step, graph, measure), measure.entries)))


def _asks(graph: Graph, measure: Measure, question: str) -> bool:
    if any(entry.rule and entry.rule.id == question for entry in measure.entries):
        return True
    regions = {r.document.region.name for r in _records(graph, measure) if r.document.region}
    words = [*names(graph.measures.vocabulary, measure), measure.region, *regions]
    wanted = _VAIN.sub("", question)
    if not wanted:
        return False
    if all(any(w in word for word in words) for w in question.split()):
        return True
    # 企业职工培训补贴 is 企业职工 and 培训补贴
    known = "|".join(re.escape(_VAIN.sub("", word)) for word in words)
    return bool(re.fullmatch(f"(?:{known})+", wanted))


def _records(graph: Graph, measure: Measure) -> list[Record]:
    return [graph.base.by_id[entry.document] for entry in measure.entries]


def names(vocabulary: Vocabulary, measure: Measure) -> tuple[str, ...]:
    """What a measure may be asked for by: item and category in all their wordings."""
    item, category = measure.key.item, measure.key.category
    wordings = (*vocabulary.items.get(item, ()), *vocabulary.levels.get(category, ()))
    of_category = vocabulary.categories.get(item, {}).get(category, ())
    return tuple(dict.fromkeys(w for w in (item, category, *wordings, *of_category) if w))


def _step(graph: Graph, measure: Measure, entry: Entry) -> Step:
    relation = _relation(graph, entry)
    kind = relation.type if relation else _own_kind(graph, measure, entry)
    target = _other(relation, entry) if relation else None
    told = graph.base.rule(target) if target else None
    before = told[1] if told else None
    differ = (
        changes(before, entry.rule) if entry.rule and before and before.kind == "amount" else ()
    )
    ends = [e for e in (entry.end, _last(_ended(graph, entry, presumed=False))) if e]
    return Step(
        rule=entry.rule.id if entry.rule else None,
        document=entry.document,
        clause=entry.clause,
        value=worth(entry.rule) if entry.rule else _until(entry),
        start=entry.start,
        end=min(ends, default=None),
        end_presumed=_ended(graph, entry, presumed=True),
        relation=kind,
        asserted_by=relation.asserted_by if relation else TEXT,
        target=target,
        changes=differ,
        reasons=relation.reasons if relation else (),
        quote=entry.evidence.quote,
        span=entry.evidence.span,
    )


def _until(entry: Entry) -> str | None:
    return f"执行至{entry.end}" if entry.kind != "refers" and entry.end else None


def _relation(graph: Graph, entry: Entry) -> Relation | None:
    """What the entry does to another one, the most consequential first."""
    if entry.rule is None:
        return None
    outward = graph.out_of.get(entry.document, ())
    inward = [r for r in graph.into.get(entry.document, ()) if r.type == "conflicts_with"]
    own = [r for r in outward if r.source.rule == entry.rule.id and r.target.rule]
    own += [r for r in inward if r.target.rule == entry.rule.id]
    ranked = [r for type_ in _BETWEEN for r in own if r.type == type_]
    return ranked[0] if ranked else None


def _other(relation: Relation, entry: Entry) -> str | None:
    mine = entry.rule.id if entry.rule else None
    return relation.target.rule if relation.source.rule == mine else relation.source.rule


def _own_kind(graph: Graph, measure: Measure, entry: Entry) -> str | None:
    if entry.kind != "value":
        return None if entry.kind == "period" else entry.kind
    return "new" if _is_new(graph, measure, entry) else None


def _is_new(graph: Graph, measure: Measure, entry: Entry) -> bool:
    """Whether other levels of the item are older: 中级工 comes in with 晋人社厅函〔2021〕600号."""
    levels, key = graph.measures.vocabulary.levels, measure.key
    if key.category not in levels or entry is not measure.entries[0]:
        return False
    return any(
        earlier.order[0] < entry.order[0] and earlier.region in chain(entry.region)
        for other in graph.measures.all
        if other.key.item == key.item and other.key.category in levels and other.key != key
        for earlier in other.entries
    )


def _ended(graph: Graph, entry: Entry, *, presumed: bool) -> Interval | None:
    """From when something ends the entry, in fact or presumably."""
    if entry.rule is None:
        return None
    days = (
        relation.when
        for relation in graph.into.get(entry.document, ())
        if relation.type in _ENDS
        and relation.is_presumed == presumed
        and relation.when
        and _covers(relation, entry)
    )
    return min(days, default=None)


def _last(end: Interval | None) -> Interval | None:
    """The last day before an end."""
    return Interval(end.first - timedelta(days=1), end.last - timedelta(days=1)) if end else None


def _covers(relation: Relation, entry: Entry) -> bool:
    target = relation.target
    if target.rule:
        return entry.rule is not None and target.rule == entry.rule.id
    inside = entry.clause == target.clause or entry.clause.startswith(f"{target.clause}/")
    return target.clause is None or inside
