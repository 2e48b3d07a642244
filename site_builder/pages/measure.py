"""The page of a measure: what stands on the day asked for, the timeline, and how it came about.

Every step leads to its clause, every relation says who claims it, and any two places can be laid
side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.claims.modelled import Modelled
from kb.force.models import Relation
from kb.force.timeline import Step
from kb.models import anchor_of
from kb.quantity_words import percent
from kb.schema import DeadlineRule, DepartmentRule
from site_builder import urls
from site_builder.contexts import Field, Pager, RuleLine, Shell, StateMark
from site_builder.facts import clause_name, of_kind
from site_builder.holdings import Holdings
from site_builder.lists.entries import rule_line
from site_builder.lists.paging import Leaf, leaves
from site_builder.page import Edition, Page, Templates
from site_builder.pages.measures import address
from site_builder.shares import WHOLE, Share
from site_builder.timelines.chain import Link, among, brief, link
from site_builder.timelines.comparison import NAMES, Row, compared, facts
from site_builder.timelines.day_blocks import DayBlock, day_blocks
from site_builder.timelines.lanes import Drawing, drawing
from site_builder.timelines.step_words import circled, effect, short_value, stretch
from site_builder.timelines.values_by_day import Course, course, mark

#: steps on a page: a subsidy that hundreds of notices set has several pages
ON_A_PAGE = 16
#: relations of one step that are told; a province's value may stand against those of all counties
_MOST_LINKS = 3
#: deadlines and departments that are listed; the clauses have all of them
_MOST_RELATED = 40
#: stretches of time that the page can tell of, the latest ones
_MOST_STRETCHES = 30


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step with its place, its state, its words and what ties it to others."""

    anchor: str
    number: str
    value: str
    effect: str
    mark: StateMark
    period: str
    region: str
    document: str
    document_href: str
    clause: str
    clause_href: str
    rule_href: str
    quote: str
    facts: tuple[Field, ...]
    links: tuple[Link, ...]
    more_links: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A step beside the one before it."""

    before: str
    after: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """measure.html"""

    shell: Shell
    name: str
    region: str
    days: tuple[DayBlock, ...]
    asked: str
    drawn: Drawing | None
    steps: tuple[StepCard, ...]
    pairs: tuple[Pair, ...]
    compared_fields: tuple[str, ...]
    deadlines: tuple[RuleLine, ...]
    departments: tuple[RuleLine, ...]
    pager: Pager | None


@dataclass(frozen=True)
class _Telling:
    """A timeline with what has been found out of it once."""

    holdings: Holdings
    told: Course
    numbers: tuple[int, ...]

    def steps(self) -> list[tuple[int, Step]]:
        return [(number, self.told.held.steps[number]) for number in self.numbers]

    def cards(self) -> tuple[StepCard, ...]:
        relations = among(self.holdings, self.told.held)
        return tuple(self._card(n, step, relations.get(n, ())) for n, step in self.steps())

    def _card(self, number: int, step: Step, relations: Sequence[Relation]) -> StepCard:
        holdings = self.holdings
        record = holdings.base.by_id[step.document]
        page = urls.document_page(step.document)
        region = record.document.region
        has_page = step.rule in holdings.with_page
        return StepCard(
            anchor=f"step-{number + 1}",
            number=circled(number),
            value=short_value(step),
            effect=effect(step),
            mark=mark(holdings, self.told, number),
            period=stretch(step),
            region=region.name if region else "地区不明",
            document=holdings.graph.name(step.document),
            document_href=urls.href(page),
            clause=clause_name(record, step.clause),
            clause_href=urls.href(page, anchor_of(record, step.clause)),
            rule_href=urls.href(urls.rule_page(step.rule)) if step.rule and has_page else "",
            quote=brief(step.quote),
            facts=facts(holdings, step),
            links=tuple(link(holdings, relation) for relation in relations[:_MOST_LINKS]),
            more_links=max(0, len(relations) - _MOST_LINKS),
        )

    def pairs(self, cards: Sequence[StepCard]) -> tuple[Pair, ...]:
        neighbours = pairwise(cards)
        return tuple(
            Pair(_called(before), _called(after), compared(before.facts, after.facts))
            for before, after in neighbours
        )

    def related(self, kind: type[DeadlineRule] | type[DepartmentRule]) -> tuple[RuleLine, ...]:
        """The rules of one kind in the clauses of the steps."""
        places = dict.fromkeys((step.document, step.clause) for _, step in self.steps())
        found = [
            rule_line(self.holdings.base.by_id[place[0]], rule)
            for place in places
            for rule in of_kind(self.holdings.by_clause.get(place, ()), kind)
        ]
        return tuple(found[:_MOST_RELATED])


def _called(card: StepCard) -> str:
    return f"{card.number} {card.value}"


def _measure(telling: _Telling, shell: Shell, leaf: Leaf[int]) -> MeasurePage:
    holdings, held = telling.holdings, telling.told.held
    cards = telling.cards()
    return MeasurePage(
        shell=shell,
        name=leaf.title(held.measure.name),
        region=held.measure.region,
        days=day_blocks(holdings, telling.told, _MOST_STRETCHES) if leaf.number == 1 else (),
        asked=_asked(holdings.modelled.get(str(held.measure.key))),
        drawn=drawing(holdings, telling.told, telling.numbers),
        steps=cards,
        pairs=telling.pairs(cards),
        compared_fields=NAMES,
        deadlines=telling.related(DeadlineRule),
        departments=telling.related(DepartmentRule),
        pager=leaf.pager,
    )


def _asked(found: Modelled | None) -> str:
    """How many conditions of the measure the browser can judge; empty where nobody claims it."""
    if found is None or found.share is None:
        return ""
    share = percent(found.share * 100)
    return f"申领条件共 {found.conditions} 项，{found.typed} 项（{share}）可由程序判断"


TEMPLATES: Templates = {"measure.html": MeasurePage}


def pages(holdings: Holdings, edition: Edition, share: Share = WHOLE) -> Iterator[Page]:
    """The page of every measure, and further ones where it has many steps."""
    for held in share.of(holdings.timelines):
        told, newest_first = course(holdings, held), range(len(held.steps))[::-1]
        for leaf in leaves(address(held), newest_first, ON_A_PAGE):
            shell = edition.shell(leaf.path, leaf.title(held.measure.name), "measures")
            telling = _Telling(holdings, told, leaf.items[::-1])
            yield Page(leaf.path, "measure.html", _measure(telling, shell, leaf))
