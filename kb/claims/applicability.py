"""Answers for a profile, amount by amount, whether it may be claimed on a day, and how much.

What has ended is not offered and its successor is; where that is only presumed the later comes
first and the earlier stands beneath it. Each answer names the clause that decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, localcontext

from corpus.errors import MissingInput, UsageError
from kb.claims.calculation import Calculation, reckon
from kb.claims.conditions import Conditions, claimable, conditions_in
from kb.claims.guidance import Guidance, guidance
from kb.claims.inputs import NUMBERS, Inputs, Number
from kb.claims.judging import Case, judge
from kb.claims.models import Answer, Condition, Judgement, answer_of, coverage, deciding
from kb.claims.profile import Profile
from kb.claims.recipients import no_claim
from kb.claims.relative import Relative, relative
from kb.claims.standing import OVER, Restrictions, standing
from kb.claims.vocabulary import words
from kb.force.graph import Graph
from kb.force.models import Evidence
from kb.force.region_chain import UNKNOWN, chain, region_of
from kb.force.status import Status
from kb.force.values import worth
from kb.schema import AmountRule, Record

_ORDER: dict[Answer, int] = {"符合": 0, "需人工判断": 1, "不符合": 2}
_DIGITS = 120


@dataclass(frozen=True)
class Offer:
    """One amount for one profile on one day."""

    record: Record = field(repr=False)
    rule: AmountRule
    status: Status
    judgements: tuple[Judgement, ...]
    sum: Calculation | None
    #: numbers that the calculation still needs
    missing: tuple[Number, ...]
    guidance: Guidance
    stacking: tuple[Evidence, ...]
    measure: str | None
    #: amounts that this one presumably takes the place of
    beneath: tuple[Offer, ...] = ()
    #: amounts of the measure that stand against this one
    conflicts: tuple[str, ...] = ()
    #: the better one of those that may not be had together
    instead: str | None = None

    @property
    def answer(self) -> Answer:
        """符合, 不符合 or 需人工判断."""
        return answer_of(self.judgements)

    @property
    def deciding(self) -> Judgement | None:
        """What decided; None where everything holds."""
        return deciding(self.judgements)

    @property
    def decided_by(self) -> Evidence:
        """The words that decided: of what does not hold or is not known, else of the amount."""
        decided = self.deciding
        if decided:
            return decided.condition.evidence
        rule = self.rule
        return Evidence(self.record.document.id, rule.clause, rule.quote, rule.span)

    @property
    def coverage(self) -> Decimal | None:
        """The share of its conditions that a machine can decide."""
        return coverage(j.condition for j in self.judgements)

    @property
    def formula(self) -> str:
        """The value in words: 150元/人/天，不超过1000元/人."""
        return worth(self.rule)

    @property
    def relative(self) -> Relative | None:
        """What it does to another amount, where it is no sum of its own: comes on top of it."""
        return relative(self.record, self.rule)

    @property
    def is_presumed(self) -> bool:
        """Whether it stands first by a presumption only."""
        return bool(self.beneath)


@dataclass(frozen=True)
class LeftOut:
    """An amount that is not offered: it has ended, or pays nobody."""

    rule: AmountRule
    document: str
    why: str
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """All offers for a profile on a day, the best first, and what is left out."""

    profile: Profile
    on: date
    offers: tuple[Offer, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def unknown_decisions(self) -> tuple[str, ...]:
        """Ids that the profile confirms or denies and that no condition here has."""
        asked: set[str] = set()
        for offer in self.offers:
            for one in (offer, *offer.beneath):
                asked |= {judgement.condition.id for judgement in one.judgements}
        decided = (*self.profile.confirmed, *self.profile.denied)
        return tuple(name for name in decided if name not in asked)


@dataclass(frozen=True)
class _Standing:
    """An amount on a day at a place: what does not depend on who asks."""

    record: Record
    rule: AmountRule
    status: Status
    force: Judgement
    conditions: tuple[Condition, ...]
    stacking: tuple[Evidence, ...]
    guidance: Guidance
    measure: str | None


@dataclass(frozen=True)
class Amounts:
    """Every amount of a graph with its conditions, derived once for many profiles."""

    graph: Graph
    of: tuple[tuple[Record, AmountRule, Conditions], ...]
    _known: dict[tuple[date, str | None], tuple[list[_Standing], list[LeftOut]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def in_graph(cls, graph: Graph) -> Amounts:
        """The amounts of every record."""
        return cls.of_records(graph, map(conditions_in, graph.base.records))

    @classmethod
    def of_records(cls, graph: Graph, told: Iterable[tuple[Conditions, ...]]) -> Amounts:
        """The same of what ``conditions_in`` has ``told`` of each record, in their order."""
        records = zip(graph.base.records, told, strict=True)
        return cls(
            graph,
            tuple(
                (record, rule, held)
                for record, of_record in records
                for rule, held in zip(claimable(record), of_record, strict=True)
            ),
        )

    def answers(self, profile: Profile, on: date, inputs: Inputs | None = None) -> Answers:
        """What ``profile`` may claim on the day ``on``, with its own numbers or those given."""
        standing_, left = self._on(on, profile.place)
        numbers = inputs or profile.inputs
        offers = [_offer(one, profile, numbers) for one in standing_]
        arranged = _without_stacking(_arranged(self.graph, offers))
        ranked = sorted(arranged, key=lambda offer: _rank(offer, profile.place))
        return Answers(profile, on, tuple(ranked), tuple(left))

    def _on(self, on: date, place: str | None) -> tuple[list[_Standing], list[LeftOut]]:
        """What is offered on the day at the place, and what is not; looked up once."""
        if (on, place) not in self._known:
            self._known[on, place] = self._looked_up(on, place)
        return self._known[on, place]

    def _looked_up(self, on: date, place: str | None) -> tuple[list[_Standing], list[LeftOut]]:
        offered: list[_Standing] = []
        left: list[LeftOut] = []
        restrictions = Restrictions(self.graph)
        for record, rule, held in self.of:
            if pays_nobody := no_claim(rule):
                left.append(LeftOut(rule, record.document.id, pays_nobody))
                continue
            status, force = standing(self.graph, record, rule, on)
            if status.state in OVER:
                left.append(_ended(rule, record, status))
                continue
            key = self.graph.measures.key_of.get(rule.id)
            later = restrictions.later(record, rule, place, on)
            told = (status, force, (*held.of, *later), held.stacking)
            besides = (guidance(record, rule, held), str(key) if key else None)
            offered.append(_Standing(record, rule, *told, *besides))
        return offered, left


def _offer(one: _Standing, profile: Profile, numbers: Inputs) -> Offer:
    case = Case(profile, one.status.on, words(), one.conditions)
    force = one.force if one.force.holds is not None else _in_a_word(one.force, profile)
    total, missing = _sum(one.record, one.rule, one.conditions, numbers)
    return Offer(
        record=one.record,
        rule=one.rule,
        status=one.status,
        judgements=(force, *(judge(condition, case) for condition in one.conditions)),
        sum=total,
        missing=missing,
        guidance=one.guidance,
        stacking=one.stacking,
        measure=one.measure,
    )


def apply(graph: Graph, profile: Profile, on: date) -> Answers:
    """What ``profile`` may claim on the day ``on``."""
    return Amounts.in_graph(graph).answers(profile, on)


def _ended(rule: AmountRule, record: Record, status: Status) -> LeftOut:
    successors = [str(r.source) for r in status.relations]
    reason = status.reasons[0].text if status.reasons else ""
    why = f"{status.label}：{reason}"
    return LeftOut(rule, record.document.id, why, tuple(dict.fromkeys(successors)))


def _in_a_word(force: Judgement, profile: Profile) -> Judgement:
    """What a person has said of its force in the profile."""
    if force.condition.id in profile.confirmed:
        return replace(force, holds=True, because=f"人工判断：有效（{force.because}）")
    if force.condition.id in profile.denied:
        return replace(force, holds=False, because=f"人工判断：无效（{force.because}）")
    return force


def _sum(
    record: Record, rule: AmountRule, asked: Iterable[Condition], numbers: Inputs
) -> tuple[Calculation | None, tuple[Number, ...]]:
    rate = next((c for c in asked if c.asks == "employment"), None)
    try:
        with localcontext() as context:
            context.prec = _DIGITS
            return reckon(record, rule, numbers, rate), ()
    except MissingInput as error:
        return None, tuple(NUMBERS[name] for name in error.names)
    except UsageError:
        return None, ()


def _arranged(graph: Graph, offers: list[Offer]) -> list[Offer]:
    """Each presumed predecessor beneath the one that presumably takes its place."""
    by_rule = {offer.rule.id: offer for offer in offers}
    later_of: dict[str, str] = {}
    conflicts: dict[str, list[str]] = {}
    for relation in graph.relations:
        source, target = relation.source.rule, relation.target.rule
        if source not in by_rule or target not in by_rule:
            continue
        if relation.type == "supersedes" and by_rule[target].status.is_presumed:
            later_of[target] = source
        elif relation.type == "conflicts_with":
            conflicts.setdefault(source, []).append(target)
            conflicts.setdefault(target, []).append(source)
    tops = [offer for offer in offers if offer.rule.id not in later_of]
    return [
        replace(
            offer,
            beneath=_beneath(offer.rule.id, later_of, by_rule),
            conflicts=tuple(conflicts.get(offer.rule.id, ())),
        )
        for offer in tops
    ]


def _beneath(rule: str, later_of: dict[str, str], by_rule: dict[str, Offer]) -> tuple[Offer, ...]:
    earlier = [by_rule[old] for old, new in later_of.items() if new == rule]
    return tuple(
        replace(offer, beneath=_beneath(offer.rule.id, later_of, by_rule)) for offer in earlier
    )


#: two amounts of which one excludes the other; 不可重复参加 bars only the same once more
_ONE_ONLY = re.compile(
    r"(?:不可|不得|不能)[^，。；]{0,6}(?:叠加|累加|同时享受|兼得|兼享)|从高|就高|"
    r"不重复(?:享受|补贴|奖励)|只能享受(?:一项|其中)"
)
_EXCEPT = re.compile(r"除[^，。；]{1,30}外")


def _without_stacking(offers: list[Offer]) -> list[Offer]:
    """Of amounts that one sentence says may not be had together, the highest; all else is said."""
    best: dict[tuple[str, str], Offer] = {}
    for offer in offers:
        for key in _exclusive(offer):
            if key not in best or _high(offer) > _high(best[key]):
                best[key] = offer
    return [_beside_better(offer, best) for offer in offers]


def _exclusive(offer: Offer) -> list[tuple[str, str]]:
    if offer.answer != "符合" or offer.sum is None or offer.sum.total is None:
        return []
    told = (e.quote for e in offer.stacking if one_only(e.quote))
    return [(offer.record.document.id, quote) for quote in told]


def one_only(quote: str) -> bool:
    """Whether a sentence on stacking lets one of several amounts be had, without exception."""
    return bool(_ONE_ONLY.search(quote)) and not _EXCEPT.search(quote)


def _high(offer: Offer) -> Decimal:
    return (offer.sum.high if offer.sum else None) or Decimal(0)


def _beside_better(offer: Offer, best: dict[tuple[str, str], Offer]) -> Offer:
    better = (best[key] for key in _exclusive(offer) if best[key] is not offer)
    first = next(better, None)
    return replace(offer, instead=first.rule.id) if first else offer


def _rank(offer: Offer, place: str | None) -> tuple[int, int, int, int, int, str, str, int]:
    """符合 first, then what holds at the place, of the nearer region first; what is in force before
    what presumably is no more, then what lacks least; the later notice, then as printed.
    """
    issued = offer.record.document.issued or str(offer.record.document.issued_year or "")
    later = "".join(chr(0x10FFFF - ord(c)) for c in issued)
    depth = len(chain(region_of(offer.record)))
    at = offer.rule.span[0]
    open_ = sum(j.holds is None for j in offer.judgements)
    around = _around(region_of(offer.record), place)
    ranks = (_ORDER[offer.answer], around, -depth, int(offer.status.is_presumed), open_)
    return (*ranks, later, offer.record.document.id, at)


def _around(region: str, place: str | None) -> int:
    """0 where what is said in a region holds at the place, 1 elsewhere, 2 where nobody knows."""
    if region == UNKNOWN:
        return 2
    return int(place is not None and region not in chain(place))
