"""Judges whether an amount is in force for a claim, and what later documents add to it.

What only an inference ends is for a person, and so is a notice without a term whose years have
passed; what its own region says later of the same item counts as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kb.claims import phrases
from kb.claims.models import Condition, Judgement
from kb.claims.sentences import Sentence, all_sentences
from kb.force.days import spoken
from kb.force.endings import State
from kb.force.graph import Graph
from kb.force.models import End, Evidence
from kb.force.periods import Period, on_day
from kb.force.region_chain import chain, region_of
from kb.force.status import Status, status
from kb.schema import AmountRule, Record

#: states in which a rule is offered no more
OVER: tuple[State, ...] = ("expired", "superseded", "repealed", "suspended")


def standing(graph: Graph, record: Record, rule: AmountRule, on: date) -> tuple[Status, Judgement]:
    """The status of ``rule`` on the day, and the judgement that a claim rests on."""
    found = status(graph, End(record.document.id, rule.clause, rule.id), on)
    return found, judged(graph, record, rule, found, on)


def judged(graph: Graph, record: Record, rule: AmountRule, found: Status, on: date) -> Judgement:
    """What the status ``found`` of ``rule`` means for a claim on the day."""
    holds, because = _held(graph, record, found, on)
    said = next((r.evidence for r in found.reasons if r.evidence), None)
    evidence = said or Evidence(record.document.id, rule.clause, rule.quote, rule.span)
    return Judgement(Condition("force", found.label, evidence), holds, because)


def standings(
    graph: Graph, record: Record, rule: AmountRule, held: tuple[Period, ...]
) -> Iterator[tuple[date, Status, Judgement]]:
    """From which day on which status and judgement, of the ``held`` periods of ``rule``.

    A notice without a term is for a person from the year after its last: a day that no period has.
    """
    last = _last_year(graph, record)
    days = {period.first for period in held}
    for day in sorted(days | ({date(last + 1, 1, 1)} if last and last < date.max.year else set())):
        found = on_day(held, day).status
        yield day, found, judged(graph, record, rule, found, day)


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
    issued, last = graph.terms[record.document.id].issued, _last_year(graph, record)
    if issued is None or last is None:
        return None, "没有写明成文日期和有效期，是否有效须核实"
    if on.year <= last:
        return True, f"{spoken(issued)}发文，没有写明有效期，未见废止或替代"
    return None, f"{spoken(issued)}发文，没有写明有效期，到这一天是否仍有效须核实"


def _last_year(graph: Graph, record: Record) -> int | None:
    """The year of issue, or the last that the notice plans for; None where neither is known."""
    term = graph.terms[record.document.id]
    if term.issued is None:
        return None
    return max(d for d in (term.issued.last, term.planned and term.planned.last) if d).year


@dataclass(frozen=True)
class Restrictions:
    """What later documents say that shuts somebody out from an item; looked up once an item."""

    graph: Graph
    _of_item: dict[str, tuple[tuple[Record, Condition], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def later(
        self, record: Record, rule: AmountRule, place: str | None, on: date
    ) -> Iterator[Condition]:
        """Those that bear on ``rule`` at the place on the day."""
        for other, condition in self.on_item(self.item(rule)):
            here = place is not None and region_of(other) in chain(place)
            if here and self._is_later_here(record, other) and self._stands(other, on):
                yield condition

    def item(self, rule: AmountRule) -> str | None:
        """What ``rule`` is paid for, where its name says enough to be found in other notices."""
        item = self.graph.measures.vocabulary.item(rule)
        return item if item and len(item) > 2 else None

    def on_item(self, item: str | None) -> tuple[tuple[Record, Condition], ...]:
        """What notices say that shuts somebody out from ``item``, in the order of the base."""
        if item is None:
            return ()
        if item not in self._of_item:
            self._of_item[item] = tuple(
                (record, Condition("person", sentence.text, sentence.evidence))
                for record, sentence in self._shutting_out
                if item in sentence.text
            )
        return self._of_item[item]

    @cached_property
    def _shutting_out(self) -> tuple[tuple[Record, Sentence], ...]:
        """Every sentence that shuts somebody out from something. They are few, and to look for them
        anew for each item took as many times as long as there are items.
        """
        records = (r for r in self.graph.base.records if phrases.RESTRICTS.search(r.text))
        return tuple((r, s) for r in records for s in all_sentences(r) if _shuts_out(s))

    def _is_later_here(self, record: Record, other: Record) -> bool:
        """Whether ``other`` is for a place within that of ``record``, and issued later."""
        if region_of(record) not in chain(region_of(other)):
            return False
        terms = self.graph.terms
        mine, theirs = terms[record.document.id].issued, terms[other.document.id].issued
        return mine is not None and theirs is not None and mine.before(theirs)

    def _stands(self, other: Record, on: date) -> bool:
        return bears(status(self.graph, End(other.document.id), on))


def bears(found: Status) -> bool:
    """Whether a document of that status has begun and is not certainly over."""
    return found.state not in OVER and found.state != "not_yet"


def bearing(held: Iterable[Period]) -> tuple[tuple[date, bool], ...]:
    """From which day on a document of those periods bears on others, and from which no more."""
    told: list[tuple[date, bool]] = []
    for period in held:
        if not told or told[-1][1] != bears(period.status):
            told.append((period.first, bears(period.status)))
    return tuple(told)


def _shuts_out(sentence: Sentence) -> bool:
    restricts = phrases.RESTRICTS.search
    return bool(restricts(sentence.text)) and any(restricts(p.text) for p in sentence.parts())
