"""Judges whether an amount is in force for a claim, and what later documents add to it.

What only an inference ends is for a person, and so is a notice without a term whose years have
passed; what its own region says later of the same item counts as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kb.claims import phrases
from kb.claims.models import Condition, Judgement
from kb.claims.surroundings import all_sentences
from kb.force.days import spoken
from kb.force.endings import State
from kb.force.graph import Graph
from kb.force.models import End, Evidence
from kb.force.region_chain import chain, region_of
from kb.force.status import Status, status
from kb.schema import AmountRule, Record

#: states in which a rule is offered no more
OVER: tuple[State, ...] = ("expired", "superseded", "repealed")


def standing(graph: Graph, record: Record, rule: AmountRule, on: date) -> tuple[Status, Judgement]:
    """The status of ``rule`` on the day, and the judgement that a claim rests on."""
    found = status(graph, End(record.document.id, rule.clause, rule.id), on)
    holds, because = _held(graph, record, found, on)
    said = next((r.evidence for r in found.reasons if r.evidence), None)
    evidence = said or Evidence(record.document.id, rule.clause, rule.quote, rule.span)
    return found, Judgement(Condition("force", found.label, evidence), holds, because)


def _held(graph: Graph, record: Record, found: Status, on: date) -> tuple[bool | None, str]:
    first = found.reasons[0].text if found.reasons else ""
    if found.state == "in_force":
        return True, first
    if found.state == "not_yet" or found.state in OVER:
        return False, f"{found.label}：{first}"
    if found.state == "unknown":
        return _silent(graph, record, on)
    return None, f"{found.label}：{first}"


def _silent(graph: Graph, record: Record, on: date) -> tuple[bool | None, str]:
    """Nothing says that it has ended: within its year, or the years it plans for, it is offered."""
    term = graph.terms[record.document.id]
    if term.issued is None:
        return None, "没有写明成文日期和有效期，是否有效须核实"
    last = max(d for d in (term.issued.last, term.planned and term.planned.last) if d)
    if on.year <= last.year:
        return True, f"{spoken(term.issued)}发文，没有写明有效期，未见废止或替代"
    return None, f"{spoken(term.issued)}发文，没有写明有效期，到这一天是否仍有效须核实"


def later_restrictions(
    graph: Graph, record: Record, rule: AmountRule, place: str | None, on: date
) -> Iterator[Condition]:
    """What later documents for the place say that shuts somebody out from the same item."""
    item = graph.measures.vocabulary.item(rule)
    if not item or len(item) < 3:
        return
    for other in graph.base.records:
        if item in other.text and other is not record and _bears(graph, record, other, place, on):
            for sentence in all_sentences(other):
                if item in sentence.text and phrases.RESTRICTS.search(sentence.text):
                    for part in sentence.parts():
                        if phrases.RESTRICTS.search(part.text):
                            yield Condition("person", sentence.text, sentence.evidence)
                            break


def _bears(graph: Graph, record: Record, other: Record, place: str | None, on: date) -> bool:
    """Whether ``other`` is for the place, later than ``record``, and not over on the day."""
    if place is None or region_of(other) not in chain(place):
        return False
    if region_of(record) not in chain(region_of(other)):
        return False
    mine, theirs = graph.terms[record.document.id].issued, graph.terms[other.document.id].issued
    if mine is None or theirs is None or not mine.before(theirs):
        return False
    state = status(graph, End(other.document.id), on).state
    return state not in OVER and state != "not_yet"
