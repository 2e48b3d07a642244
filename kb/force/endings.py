"""Finds what may have ended a document, clause or rule: its own words, other documents, time.

Every ending knows from when it holds, as exactly as that is printed, and the words it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kb.force.days import Interval, read, spoken
from kb.force.graph import Graph
from kb.force.models import NAMES, STATED, End, Evidence, Reason, Relation
from kb.force.prolonged import prolonged
from kb.force.terms import Term, governing_term, governs
from kb.schema import AmountRule, Rule, ValidityStatement

State = Literal[
    "in_force",
    "not_yet",
    "expired",
    "superseded",
    "partly_superseded",
    "repealed",
    "suspended",
    "unknown",
    "presumed_superseded",
    "presumed_expired",
]
_WORDS: dict[str, State] = {"repealed": "repealed", "superseded": "superseded"}
#: of two ends on one day the first listed counts
_RANK: tuple[State, ...] = ("repealed", "superseded", "expired", "presumed_superseded")


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends the subject, from ``when`` on."""

    state: State
    when: Interval | None
    reason: Reason
    relation: Relation | None = None
    partial: bool = False
    more: tuple[Reason, ...] = ()

    @property
    def order(self) -> tuple[date, int]:
        """By time; of two on one day the formal one comes first."""
        rank = _RANK.index(self.state) if self.state in _RANK else len(_RANK)
        return (self.when.last if self.when else date.max, rank)

    def is_over(self, on: date) -> bool:
        """Whether it certainly has come."""
        return self.when is not None and self.when.last <= on

    def may_be_over(self, on: date) -> bool:
        """Whether it has, or may have come."""
        return self.when is None or self.when.first <= on


@dataclass(frozen=True, slots=True)
class Bounds:
    """From when and until when the subject applies by stated words."""

    start: Interval | None
    start_said: Reason | None
    end: Interval | None
    end_said: Reason | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about, on the day ``on``."""

    graph: Graph
    end: End
    on: date

    @property
    def name(self) -> str:
        """How reasons call its document."""
        return self.graph.name(self.end.document)

    @property
    def silent(self) -> str:
        """Why nothing can be said from its own words."""
        if self.end.document not in self.graph.base.by_id:
            return "该文件不在库中，只知道它被提及"
        if statement := self._without_day:
            return f"原文写明“{statement.quote}”，没有载明{statement.event}是哪一天"
        return "原文没有写明施行日期和有效期"

    @property
    def _without_day(self) -> ValidityStatement | None:
        """What says from which event on it applies, the day of which nobody knows."""
        record = self.graph.base.by_id[self.end.document]
        told = (s for s in record.validity.statements if s.event and governs(record, s))
        return next(told, None) if self.term().start is None else None

    def partly_over(self) -> tuple[Reason, ...]:
        """What limits a part of the clause that is asked about, and is over."""
        terms = self.graph.clause_terms.get(self.end.document, ())
        return tuple(
            term.said
            for term in terms
            if self.end.clause == term.clause and not self.end.rule and not term.opens
            if term.end and term.end.last < self.on
        )

    @property
    def _rule(self) -> Rule | None:
        found = self.graph.base.rule(self.end.rule) if self.end.rule else None
        return found[1] if found else None

    def is_rejected(self) -> bool:
        """Whether a person has said that there is no such rule."""
        rule = self._rule
        return rule is not None and rule.review.status == "rejected"

    def term(self) -> Term:
        """What its document says of its own term."""
        return self.graph.terms.get(self.end.document) or Term(None)

    def bounds(self) -> Bounds:
        """Rule before clause before document: the nearest words count."""
        term, rule = self.term(), self._rule
        start, start_said, end, end_said = term.start, term.start_said, term.end, term.end_said
        terms = self.graph.clause_terms.get(self.end.document, ())
        if rule is not None:
            near = governing_term(terms, rule.clause, rule.span)
        else:
            near = next((t for t in terms if t.clause == self.end.clause and t.opens), None)
        if near is not None:
            start, start_said = (near.start, near.said) if near.start else (start, start_said)
            end, end_said = (near.end, near.said) if near.end else (end, end_said)
        if isinstance(rule, AmountRule):
            own = Evidence(self.end.document, rule.clause, rule.quote, rule.span)
            if day := read(rule.from_):
                start, start_said = (
                    day,
                    Reason(f"{self.name} {rule.clause} 写明自{spoken(day)}起执行", own),
                )
            if day := read(rule.to):
                end, end_said = (
                    day,
                    Reason(f"{self.name} {rule.clause} 写明执行至{spoken(day)}", own),
                )
        return Bounds(start, start_said, end, end_said)

    def endings(self, term: Term, bounds: Bounds) -> Iterator[Ending]:
        """Everything that ends it or a part of it, whenever."""
        yield from self._expiry(bounds)
        for relation in self.graph.moving(self.end):
            ending = self._by(relation)
            if ending is not None:
                yield ending
        if term.planned and term.planned_said and not term.end and not bounds.end:
            yield Ending("presumed_expired", _next_day(term.planned), term.planned_said)

    def _expiry(self, bounds: Bounds) -> Iterator[Ending]:
        if bounds.end is None or bounds.end_said is None:
            return
        by_then, later = self._prolongings()
        by_then.sort(key=lambda r: (r.when, r.id))
        last = by_then[-1] if by_then else None
        until: Interval | None = bounds.end
        for relation in by_then:
            until = self._prolonged_to(relation, until)
        over = _next_day(until or bounds.end)
        if over is not None and (until is None or later):
            # 有效期延续三年: it lasts longer than it did, nobody knows how long; and where it is
            # prolonged only after its end, nobody says of the days between
            over = Interval(over.first, date.max)
        told_by = [r for r in (last, *later[:1]) if r]
        more = tuple(told(self.graph, relation) for relation in told_by)
        yield Ending("expired", over, bounds.end_said, last, more=more)

    def _prolongings(self) -> tuple[list[Relation], list[Relation]]:
        """What has prolonged it by the day, and what does so only later."""
        by_then: list[Relation] = []
        later: list[Relation] = []
        for relation in self.graph.moving(self.end):
            prolongs = relation.type in ("extends", "renews") and self.covers(relation.target)
            if prolongs and relation.when:
                (by_then if relation.when.last <= self.on else later).append(relation)
        return by_then, later

    def _prolonged_to(self, relation: Relation, until: Interval | None) -> Interval | None:
        """The last day by the statement in its clause, else by the words of the relation."""
        terms = self.graph.clause_terms.get(relation.source.document, ())
        ends = [t.end for t in terms if t.clause == (relation.source.clause or "") and t.end]
        return max(ends, default=None) or prolonged(relation, until)

    def _by(self, relation: Relation) -> Ending | None:
        """What the relation ends of the subject: all of it, a part, or nothing."""
        state = relation.ends
        if relation.type == "amends" and not _tells_itself(relation):
            return self._part(relation)
        if state is None:
            return None
        if self.covers(relation.target) and relation.type != "repeals_part":
            said: State = "presumed_superseded" if relation.is_presumed else _WORDS[state]
            more = tuple(Reason(text) for text in relation.reasons if text != STATED)
            return Ending(said, relation.when, told(self.graph, relation), relation, more=more)
        if self.covers(relation.target) and self.end.clause and relation.target.clause:
            return Ending("repealed", relation.when, told(self.graph, relation), relation)
        return self._part(relation)

    def _part(self, relation: Relation) -> Ending | None:
        target = relation.target
        if not self._holds(target):
            return None
        return Ending(
            "presumed_superseded" if relation.is_presumed else "superseded",
            relation.when,
            told(self.graph, relation),
            relation,
            partial=True,
        )

    def covers(self, target: End) -> bool:
        """Whether ``target`` is the subject or what it is part of."""
        if target.rule:
            return target.rule == self.end.rule
        if target.clause:
            mine = self.end.clause or ""
            return mine == target.clause or mine.startswith(f"{target.clause}/")
        return True

    def _holds(self, target: End) -> bool:
        """Whether ``target`` is a part of the subject, or the whole of it partly."""
        if self.end.rule:
            return False
        mine, other = self.end.clause, target.clause or ""
        return mine is None or other == mine or other.startswith(f"{mine}/")


def _tells_itself(relation: Relation) -> bool:
    """Whether the target itself tells it: such a text is the amended one already."""
    return relation.evidence is not None and relation.evidence.document == relation.target.document


def _next_day(last: Interval) -> Interval | None:
    """From the day after the last one; what is known to the year ends with the year."""
    day = last.last.toordinal() + 1
    if day > date.max.toordinal():
        return None
    following = date.fromordinal(day)
    return Interval(following, following)


def told(graph: Graph, relation: Relation) -> Reason:
    """One sentence on a relation, seen from its target."""
    who, what = place(graph, relation.source), place(graph, relation.target)
    day = "" if relation.when is None or relation.when.is_day else "的某一天"
    since = f"自{spoken(relation.when)}{day}起" if relation.when else "自不明日期起"
    presumed = "，据推定" if relation.is_presumed else ""
    verb = NAMES[relation.type][0]
    return Reason(f"{since}{presumed}，{who} {verb} {what}", relation.evidence)


def place(graph: Graph, end: End) -> str:
    """What reasons call an end: the document, and its clause if it is one."""
    name = graph.name(end.document)
    return f"{name} {end.clause}" if end.clause else name
