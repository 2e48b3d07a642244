"""The page of a rule: its value, whether it stands on the day asked for and why, its words.

Amounts have one, and whatever stands in a relation. Each page says how to cite the rule, and
whether a person has looked at it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kb.force.models import Reason, Relation
from kb.force.periods import on_day
from kb.force.status import Status
from kb.models import KIND_NAMES, anchor_of, clause_of
from kb.schema import Record, Rule
from site_builder import urls
from site_builder.contexts import Entry, Field, Shell, StateMark
from site_builder.facts import clause_name, standing_rules, title_of
from site_builder.holdings import Holdings, end_of_rule
from site_builder.page import Edition, Page, Templates
from site_builder.pages.measures import address
from site_builder.reading import standing
from site_builder.shares import WHOLE, Share
from site_builder.timelines.chain import Link, brief, link, relations_of
from site_builder.timelines.lanes import Drawing, drawing
from site_builder.timelines.values_by_day import CLAIMS, MEANINGS, Course, course, mark
from site_builder.wording.citing import citations, quotation
from site_builder.wording.filters import day
from site_builder.wording.sentences import sentence
from site_builder.wording.words import AMOUNT_ROLES, REVIEWS, rule_details, rule_subject, rule_value

#: characters of a clause that are shown on either side of the quote
_AROUND = 180
#: of a page that stays below 16 kB: steps in the small picture, relations that are told, and how
#: many there may be for each to be told with its reasons; the measure's page has all of them
_MOST_LANES = 3
_MOST_LINKS = 3
_FEW = 2
_THIS = "本条规定"
#: what its reasons alone do not explain, said in the words of the measure's page
_MEANT = {"confirmed", "applies", "unknown", "presumed_expired", "presumed_superseded"}
#: what a reader wants to know first
_FIRST = ("conflicts_with", "supersedes", "repeals", "stops", "replaces", "specialises")


@dataclass(frozen=True, slots=True)
class Context:
    """The words of a clause around a quote; … where some are left out."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class StateBlock:
    """The state from ``first`` until the next block, with its reasons, and what speaks for and
    against where it is not known. ``related`` says that a relation tells more of them.
    """

    first: str
    shown: bool
    state: str
    label: str
    meaning: str
    reasons: tuple[standing.Told, ...]
    pro: tuple[standing.Told, ...]
    contra: tuple[standing.Told, ...]
    related: bool


@dataclass(frozen=True, slots=True)
class RulePage:
    """rule.html"""

    shell: Shell
    kind: str
    subject: str
    value: str
    mark: StateMark
    states: tuple[StateBlock, ...]
    context: Context
    fields: tuple[Field, ...]
    document: str
    document_href: str
    number: str
    clause: str
    clause_href: str
    page: int | None
    quotation: str
    measure: Entry | None
    drawn: Drawing | None
    links: tuple[Link, ...]
    more_links: int
    review: Field
    identifier: str
    record_href: str
    plain: str


@dataclass(frozen=True)
class _Telling:
    """A rule, and the timeline it stands in with what stands when."""

    holdings: Holdings
    record: Record
    rule: Rule
    told: Course | None

    @property
    def number(self) -> int:
        """The rule's number among the steps; -1 where it is none."""
        steps = self.told.held.steps if self.told else ()
        return next((n for n, step in enumerate(steps) if step.rule == self.rule.id), -1)

    def mark(self) -> StateMark:
        if self.told is None:
            return self.holdings.state(end_of_rule(self.record, self.rule))
        return mark(self.holdings, self.told, self.number)

    def states(self) -> tuple[StateBlock, ...]:
        """A block for each stretch of time in which state, claim and reasons are the same."""
        periods = self.holdings.periods(end_of_rule(self.record, self.rule))
        claims = self.told.claims.get(self.number, ()) if self.told else ()
        firsts = sorted({*(period.first for period in periods), *(day for day, _ in claims)})
        found: list[StateBlock] = []
        seen: tuple[object, ...] | None = None
        for first in firsts:
            status = on_day(periods, first).status
            what = (status.on, self._claim(first, status))
            if what != seen:
                found.append(self._block(first, status))
                seen = what
        return _shown(found, self.holdings.built)

    def _claim(self, first: date, status: Status) -> str:
        return (self.told.claim(self.number, first) if self.told else "") or status.state

    def _block(self, first: date, status: Status) -> StateBlock:
        claim, base = self._claim(first, status), self.holdings.base
        return StateBlock(
            first=first.isoformat(),
            shown=False,
            state=claim,
            label=CLAIMS.get(claim, status.label),
            meaning=MEANINGS[claim] if claim in _MEANT else "",
            reasons=standing.told(base, _own(status)),
            pro=standing.told(base, status.pro),
            contra=standing.told(base, status.contra),
            related=_own(status) != status.reasons,
        )

    def drawn(self) -> Drawing | None:
        """The steps around the rule's own."""
        if self.told is None:
            return None
        last = len(self.told.held.steps)
        first = max(0, min(self.number - _MOST_LANES // 2, last - _MOST_LANES))
        numbers = range(first, min(last, first + _MOST_LANES))
        return drawing(self.holdings, self.told, numbers)

    def links(self) -> tuple[Link, ...]:
        """The relations; the quote of the rule itself is on the page already."""
        told = [self._link(relation) for relation in self.relations[:_MOST_LINKS]]
        if len(told) <= _FEW:
            return tuple(told)
        short = [replace(one, reasons=(), sayings=(), changes=(), decides="") for one in told[1:]]
        return (told[0], *short)

    def _link(self, relation: Relation) -> Link:
        """A relation as it is told on the page of the rule itself."""
        told, own = link(self.holdings, relation), brief(self.rule.quote)
        told = replace(told, sayings=tuple(s for s in told.sayings if s.quote != own))
        if relation.source.rule == self.rule.id:
            return replace(told, what=_THIS, what_href="")
        is_target = relation.target.rule == self.rule.id
        return replace(told, whom=_THIS, whom_href="") if is_target else told

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The relations, the most telling first."""
        found = relations_of(self.holdings, end_of_rule(self.record, self.rule))
        known = {relation.id: relation for relation in found}.values()
        return tuple(sorted(known, key=lambda r: (_rank(r.type), r.id)))


def _rank(type_: str) -> int:
    return _FIRST.index(type_) if type_ in _FIRST else len(_FIRST)


def _own(status: Status) -> tuple[Reason, ...]:
    """The reasons that are not those of a relation, which the page tells with the relation."""
    told = {text for relation in status.relations for text in relation.reasons}
    return tuple(reason for reason in status.reasons if reason.text not in told)


def _shown(blocks: Sequence[StateBlock], built: date) -> tuple[StateBlock, ...]:
    begun = [n for n, block in enumerate(blocks) if block.first <= built.isoformat()]
    return tuple(replace(block, shown=n == begun[-1]) for n, block in enumerate(blocks))


def around(record: Record, rule: Rule) -> Context:
    """The quote among the words of its own clause, cut at sentences where the clause is long."""
    start, end = rule.span
    first, last = _own_words(record, rule)
    low, high = max(first, start - _AROUND), min(last, end + _AROUND)
    before, after = record.text[low:start], record.text[end:high]
    if low > first:
        before = "…" + _from_sentence(before)
    if high < last:
        after = _to_sentence(after) + "…"
    return Context(before.lstrip(), record.text[start:end], after.rstrip())


def _own_words(record: Record, rule: Rule) -> tuple[int, int]:
    """From where to where the clause speaks itself, without the clauses below it."""
    clause = clause_of(record, rule.clause)
    edges = [c.span[0] for c in record.clauses] + [len(record.text)]
    first, last = clause.span if clause else (0, len(record.text))
    return (
        max([first, *(e for e in edges if e <= rule.span[0])]),
        min([last, *(e for e in edges if e >= rule.span[1])]),
    )


def _from_sentence(words: str) -> str:
    at = min((i for stop in "。；\n" if (i := words.find(stop)) >= 0), default=-1)
    return words[at + 1 :]


def _to_sentence(words: str) -> str:
    return words[: max(words.rfind(stop) for stop in "。；\n") + 1] or words


def _fields(rule: Rule) -> tuple[Field, ...]:
    role = AMOUNT_ROLES[rule.role] if rule.kind == "amount" else ""
    first = [Field("性质", (role,))] if role else []
    return (*first, *(Field(name, (words,)) for name, words in rule_details(rule)))


def _review(rule: Rule) -> Field:
    review = rule.review
    who = "，".join(part for part in (review.by, day(review.at) if review.at else "") if part)
    return Field(REVIEWS[review.status], tuple(part for part in (who, review.note) if part))


def _plain(rule: Rule) -> str:
    values = rule.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(values, ensure_ascii=False, indent=0)


def _rule(telling: _Telling, shell: Shell, cited: str) -> RulePage:
    record, rule = telling.record, telling.rule
    held = telling.told.held if telling.told else None
    page = urls.document_page(record.document.id)
    return RulePage(
        shell=shell,
        kind=KIND_NAMES[rule.kind],
        subject=rule_subject(rule),
        value=rule_value(rule),
        mark=telling.mark(),
        states=telling.states(),
        context=around(record, rule),
        fields=_fields(rule),
        document=title_of(record),
        document_href=urls.href(page),
        number=record.document.number or "",
        clause=clause_name(record, rule.clause),
        clause_href=urls.href(page, anchor_of(record, rule.clause)),
        page=rule.page,
        quotation=quotation(cited, sentence(record.text, *rule.span)),
        measure=Entry(held.measure.name, urls.href(address(held))) if held else None,
        drawn=telling.drawn(),
        links=telling.links(),
        more_links=max(0, len(telling.relations) - _MOST_LINKS),
        review=_review(rule),
        identifier=rule.id,
        record_href=urls.href(urls.record_file(record.document.id)),
        plain=_plain(rule),
    )


TEMPLATES: Templates = {"rule.html": RulePage}


def pages(holdings: Holdings, edition: Edition, share: Share = WHOLE) -> Iterator[Page]:
    """The page of every rule that has one, document by document."""
    for record in share.of(holdings.base.records):
        cited = citations(record)
        for rule in standing_rules(record):
            if rule.id in holdings.with_page:
                path = urls.rule_page(rule.id)
                name = rule_subject(rule) or KIND_NAMES[rule.kind]
                shell = edition.shell(path, name, "measures")
                telling = _Telling(holdings, record, rule, _course(holdings, rule))
                words = cited[anchor_of(record, rule.clause)]
                yield Page(path, "rule.html", _rule(telling, shell, words))


def _course(holdings: Holdings, rule: Rule) -> Course | None:
    """The timeline that the rule stands in with what stands when."""
    held = holdings.timeline_of.get(rule.id)
    return course(holdings, held) if held else None
