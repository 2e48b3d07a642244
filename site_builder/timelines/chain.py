"""What rules and documents do to each other, as a reader is told: who says so, why, in which words.

Every relation comes with both quotes as far as they are known, and each quote leads to its clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.force.diff import between
from kb.force.models import STATED, End, Evidence, Relation
from kb.force.timeline import Timeline
from kb.force.values import Change, worth
from kb.models import anchor_of
from kb.schema import AmountRule
from site_builder import urls
from site_builder.holdings import Holdings
from site_builder.timelines.step_words import MEANINGS, author, begun, verb
from site_builder.timelines.values_by_day import subject
from site_builder.wording.shortened import on_one_line
from site_builder.wording.words import rule_words

_DECIDES = "如何裁断："
#: characters of a quote, which is whole in its document
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Saying:
    """A quote with the document and clause it stands in; ``href`` is empty where it is not here."""

    document: str
    clause: str
    href: str
    quote: str


@dataclass(frozen=True, slots=True)
class Link:
    """A relation. ``what`` and ``whom`` are its source and its target, ``decides`` tells what would
    settle a conflict.
    """

    type: str
    verb: str
    presumed: bool
    what: str
    what_href: str
    whom: str
    whom_href: str
    since: str
    meaning: str
    author: str
    reasons: tuple[str, ...]
    decides: str
    changes: tuple[Change, ...]
    sayings: tuple[Saying, ...]


def link(holdings: Holdings, relation: Relation) -> Link:
    """The relation as a reader is told."""
    reasons = [r.rstrip("。") + "。" for r in relation.reasons if r != STATED]
    return Link(
        type=relation.type,
        verb=verb(relation),
        presumed=relation.is_presumed,
        what=_called(holdings, relation.source),
        what_href=_address(holdings, relation.source),
        whom=_called(holdings, relation.target),
        whom_href=_address(holdings, relation.target),
        since=begun(relation.when) if relation.when else "",
        meaning=MEANINGS.get(relation.type, ""),
        author=author(relation),
        reasons=tuple(r for r in reasons if not r.startswith(_DECIDES)),
        decides="".join(r.removeprefix(_DECIDES) for r in reasons if r.startswith(_DECIDES)),
        changes=_changes(holdings, relation),
        sayings=tuple(_sayings(holdings, relation)),
    )


def among(holdings: Holdings, held: Timeline) -> dict[int, tuple[Relation, ...]]:
    """What ties each step to earlier ones, or ends it, by the number of the later step."""
    numbers = {step.rule: n for n, step in enumerate(held.steps) if step.rule}
    found: dict[int, dict[str, Relation]] = {}
    for number, step in enumerate(held.steps):
        for relation in relations_of(holdings, subject(step)):
            rules = (relation.source.rule or "", relation.target.rule or "")
            ends = [numbers.get(rule, number) for rule in rules]
            found.setdefault(max(ends), {})[relation.id] = relation
    return {number: tuple(held.values()) for number, held in found.items()}


def relations_of(holdings: Holdings, whole: End) -> Iterator[Relation]:
    """The relations of a rule, and those of its clause and document that end it."""
    yield from holdings.relations_of.get(whole.rule or "", ())
    for period in holdings.periods(whole):
        yield from period.status.relations


def saying(holdings: Holdings, said: Evidence) -> Saying:
    """A quote with its place."""
    record = holdings.base.by_id.get(said.document)
    page = urls.document_page(said.document)
    return Saying(
        document=holdings.graph.name(said.document),
        clause=said.clause,
        href=urls.href(page, anchor_of(record, said.clause)) if record else "",
        quote=brief(said.quote),
    )


def brief(quote: str) -> str:
    """A quote on one line, cut where it is long."""
    return on_one_line(quote, _LONGEST)


def _sayings(holdings: Holdings, relation: Relation) -> Iterator[Saying]:
    told: Iterable[Evidence | None] = (relation.evidence, relation.against)
    yield from (saying(holdings, said) for said in told if said)


def _called(holdings: Holdings, end: End) -> str:
    name = holdings.graph.name(end.document)
    place = f"{name} {end.clause}" if end.clause else name
    found = holdings.base.rule(end.rule) if end.rule else None
    if found is None:
        return place
    rule = found[1]
    value = worth(rule) if isinstance(rule, AmountRule) else rule_words(rule)
    return f"{value}（{place}）"


def _address(holdings: Holdings, end: End) -> str:
    record = holdings.base.by_id.get(end.document)
    if record is None:
        return ""
    if end.rule in holdings.with_page and end.rule:
        return urls.href(urls.rule_page(end.rule))
    anchor = anchor_of(record, end.clause) if end.clause else ""
    return urls.href(urls.document_page(end.document), anchor)


def _changes(holdings: Holdings, relation: Relation) -> tuple[Change, ...]:
    """What differs from the target to the source, field by field."""
    ends = (relation.target.rule, relation.source.rule)
    found = [holdings.base.rule(end) for end in ends if end]
    rules = [pair[1] for pair in found if pair]
    if len(rules) != len(ends):
        return ()
    return between(*rules).changes
