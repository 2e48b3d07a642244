"""A measure as one result: each value it has or had, with document, clause, words and state.

Which value stands is told by the day that a reader asks for, so the card holds all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.force.models import INFERRED, NAMES
from kb.force.timeline import Step, Timeline, names
from kb.force.values import worth
from kb.models import clause_of
from kb.schema import AmountRule
from site_builder import urls
from site_builder.facts import clause_name, title_of
from site_builder.holdings import Holdings
from site_builder.search.standing import Changes, Standing, best
from site_builder.wording.citing import citation, cited_work
from site_builder.wording.sentences import sentence as sentence_of


@dataclass(frozen=True, slots=True)
class CardValue:
    """A value of a measure where a document sets it.

    ``quote`` is the sentence that sets it, ``sentence`` the address of its words, ``page`` that of
    the rule's own page, if it has one. ``restated`` says that another document has set it before,
    ``note`` what it does to that.
    """

    words: str
    title: str
    number: str
    clause: str
    citation: str
    quote: str
    sentence: str
    page: str
    since: str
    restated: bool
    note: str
    states: Changes

    @property
    def row(self) -> list[object]:
        """As the scripts read it."""
        told = (self.words, self.title, self.number, self.clause, self.citation, self.quote)
        rank = self.since, int(self.restated), self.note
        return [*told, self.sentence, self.page, *rank, self.states]


@dataclass(frozen=True, slots=True)
class Card:
    """A measure with what it is called by, its values in time, and when any of them stands."""

    names: tuple[str, ...]
    values: tuple[CardValue, ...]

    @property
    def states(self) -> Changes:
        """On each day the best state of its values."""
        return best(value.states for value in self.values)


def card(holdings: Holdings, standing: Standing, timeline: Timeline) -> Card:
    """The card of a measure."""
    called = names(holdings.graph.vocabulary, timeline.measure)
    return Card(called, tuple(_values(holdings, standing, timeline)))


def _values(holdings: Holdings, standing: Standing, timeline: Timeline) -> Iterator[CardValue]:
    """What only mentions the measure sets no value."""
    for number, step in enumerate(timeline.steps):
        if step.value:
            yield _value(holdings, step, standing.of_step(timeline, number))


def _value(holdings: Holdings, step: Step, states: Changes) -> CardValue:
    record = holdings.base.by_id[step.document]
    found = holdings.base.rule(step.rule) if step.rule else None
    page = urls.document_page(step.document)
    clause = next((c.anchor for c in record.clauses if c.path == step.clause), "front")
    sentence = urls.href(page, urls.rule_anchor(step.rule) if step.rule else clause)
    own = holdings.address(*found) if found else sentence
    return CardValue(
        words=step.value or "",
        title=title_of(record),
        number=record.document.number or "",
        clause=clause_name(record, step.clause),
        citation=citation(record, clause_of(record, step.clause)),
        quote=sentence_of(record.text, *found[1].span) if found else step.quote,
        sentence=sentence,
        page="" if own == sentence else own,
        since=step.start.first.isoformat() if step.start else record.document.issued or "",
        restated=step.relation in ("restates", "specialises"),
        note=_note(holdings, step),
        states=states,
    )


def _note(holdings: Holdings, step: Step) -> str:
    """推定替代晋政办发〔2019〕68号的600元/人, 推定与…冲突; empty where it stands for itself."""
    target = holdings.base.rule(step.target) if step.target else None
    if step.relation not in NAMES or target is None or not isinstance(target[1], AmountRule):
        return ""
    presumed = "推定" if step.asserted_by == INFERRED else ""
    where = target[0].document.number or cited_work(target[0])
    whom, verb = f"{where}的{worth(target[1])}", NAMES[step.relation][0]
    if step.relation == "conflicts_with":
        return f"{presumed}与{whom}{verb}"
    return f"{presumed}{verb}{whom}"
