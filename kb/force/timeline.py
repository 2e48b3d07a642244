"""Lays a measure out in time: where each value stands, from when, what it does to others.

A question is words: 取证补贴, 高级工 取证补贴, 文水县 培训补贴, or the id of a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from kb.force.comparisons import differences, shown
from kb.force.days import Interval
from kb.force.endings import Ending, Subject
from kb.force.entries import Entry, Measure
from kb.force.graph import Graph
from kb.force.lapses import open_days
from kb.force.measures import seen_from
from kb.force.models import TEXT, Relation
from kb.force.region_chain import chain, level_of, meet
from kb.force.values import Change
from kb.force.vocabulary import Vocabulary
from kb.schema import RegionRecord

_BETWEEN = ("supersedes", "conflicts_with", "specialises", "restates")
_VAIN = re.compile(r"[\s·（）()、，,的]+")


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a measure, set by an organ of ``level`` (国家级, 省级 …).

    ``relation`` is what it does to an earlier place: supersedes, restates, specialises,
    conflicts_with; extends and refers speak for themselves; new is the first of a level whose
    siblings are older. ``target`` is the rule concerned, ``end_presumed`` from when its own value
    presumably holds no more, ``open`` the days on which what took its place is over as well.
    """

    rule: str | None
    document: str
    clause: str
    level: str | None
    value: str | None
    start: Interval | None
    end: Interval | None
    end_presumed: Interval | None
    open: tuple[tuple[date, date | None], ...]
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
    """The timelines of the measures that ``question`` asks for, amounts first.

    A target that stands in one document only is told where nothing else answers.
    """
    asked = partial(_asked, graph, question=question)
    found = [m for m in map(asked, graph.measures.all) if m]
    found = found or [m for m in map(asked, graph.measures.single) if m]
    return tuple(timeline(graph, measure) for measure in found)


def timeline(graph: Graph, measure: Measure) -> Timeline:
    """The timeline of one measure."""
    return Timeline(measure, tuple(map(partial(_step, graph, measure), measure.entries)))


def _asked(graph: Graph, measure: Measure, question: str) -> Measure | None:
    """The measure as the question asks for it, seen from the region that it names."""
    if any(rule.id == question for e in measure.entries for rule in e.peers):
        return measure
    regions = _regions(graph, measure)
    words = [*names(graph.measures.vocabulary, measure), measure.region, *regions]
    if not _fits(words, question):
        return None
    named = [region for name, region in regions.items() if name in question]
    lowest = max(named, key=lambda region: len(chain(region.code)), default=None)
    if lowest is None or not all(meet(lowest.code, region.code) for region in named):
        return measure
    return seen_from(measure, lowest.code, lowest.name)


def _regions(graph: Graph, measure: Measure) -> dict[str, RegionRecord]:
    documents = (graph.base.by_id[entry.document].document for entry in measure.own)
    return {d.region.name: d.region for d in documents if d.region}


def _fits(words: list[str], question: str) -> bool:
    wanted = _VAIN.sub("", question)
    if not wanted:
        return False
    if all(any(w in word for word in words) for w in question.split()):
        return True
    # 企业职工培训补贴 is 企业职工 and 培训补贴
    known = "|".join(re.escape(_VAIN.sub("", word)) for word in words)
    return bool(re.fullmatch(f"(?:{known})+", wanted))


def names(vocabulary: Vocabulary, measure: Measure) -> tuple[str, ...]:
    """What a measure may be asked for by: item and category in all their wordings."""
    item, category = measure.key.item, measure.key.category
    wordings = (*vocabulary.items.get(item, ()), *vocabulary.levels.get(category, ()))
    of_category = vocabulary.categories.get(item, {}).get(category, ())
    printed = (entry.words for entry in measure.entries)
    found = (item, category, *wordings, *of_category, *printed)
    return tuple(dict.fromkeys(w for w in found if w))


def _step(graph: Graph, measure: Measure, entry: Entry) -> Step:
    relation = _relation(graph, measure, entry)
    kind = relation.type if relation else _own_kind(graph, measure, entry)
    target = _other(relation, entry) if relation else None
    before = measure.by_rule.get(target) if target else None
    endings = _endings(graph, entry)
    facts = [e for e in endings if not _presumed(e)]
    presumed = [e for e in endings if _presumed(e) and e.when]
    taken = [e.relation for e in presumed if e.relation]
    return Step(
        rule=entry.rule.id if entry.rule else None,
        document=entry.document,
        clause=entry.clause,
        level=level_of(entry.region),
        value=shown(entry) or _until(entry),
        start=entry.start,
        end=_last(facts) if entry.rule else entry.end,
        end_presumed=presumed[0].when if presumed else None,
        open=tuple(open_days(graph, taken)),
        relation=kind,
        asserted_by=relation.asserted_by if relation else TEXT,
        target=target,
        changes=differences(before, entry) if before else (),
        reasons=relation.reasons if relation else (),
        quote=entry.evidence.quote,
        span=entry.evidence.span,
    )


def _until(entry: Entry) -> str | None:
    return f"执行至{entry.end}" if entry.kind != "refers" and entry.end else None


def _relation(graph: Graph, measure: Measure, entry: Entry) -> Relation | None:
    """What the entry does to another one of the measure, the most consequential first."""
    if entry.rule is None:
        return None
    mine, held, known = entry.rule.id, measure.by_rule, graph.of_rule.get(entry.rule.id, ())
    inward = [r for r in known if r.type == "conflicts_with"]
    own = [r for r in known if r.source.rule == mine and r.target.rule in held]
    own += [r for r in inward if r.target.rule == mine and r.source.rule in held]
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
    if key.kind != "amount" or key.category not in levels or entry is not measure.entries[0]:
        return False
    first_in = graph.measures.first_in
    return any(
        first < entry.order[0] and other.category in levels and other != key
        for region in chain(entry.region)
        for other, first in first_in.get((key.item, region), {}).items()
    )


def _endings(graph: Graph, entry: Entry) -> list[Ending]:
    """What ends the entry, in fact or presumably, as its status has it when all is over."""
    if entry.rule is None:
        return []
    subject = Subject(graph, entry.end_of, date.max)
    endings = subject.endings(subject.term(), subject.bounds())
    return sorted((e for e in endings if not e.partial), key=lambda e: e.order)


def _presumed(ending: Ending) -> bool:
    return ending.state.startswith("presumed_")


def _last(endings: list[Ending]) -> Interval | None:
    """The last day before the first of ``endings``; None where nobody knows it."""
    when = next((e.when for e in endings if e.when), None)
    if when is None or when.last == date.max:
        return None
    return Interval(when.first - timedelta(days=1), when.last - timedelta(days=1))
