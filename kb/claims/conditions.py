"""Derives the conditions of an amount from its fields and from the sentences around it.

What the lexicon and the grammar understand becomes a typed condition, all else that binds is
quoted for a person; nothing that binds is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kb.claims import phrases
from kb.claims.models import Condition
from kb.claims.recipients import Recipients
from kb.claims.sentences import Sentence, all_sentences, amounts_in
from kb.claims.surroundings import Surroundings, on_item, surroundings
from kb.claims.vocabulary import Words, words
from kb.force.models import Evidence
from kb.quantity_words import times
from kb.schema import AmountRule, GroupRule, Record

#: words of a quote before its first figure
_OPENING = re.compile(r"[^\d每]*")
#: one character that is not understood states no condition
_TELLING = 2


@dataclass(frozen=True, slots=True)
class Conditions:
    """All that must hold for an amount, and what is said of having it with others."""

    of: tuple[Condition, ...]
    stacking: tuple[Evidence, ...]
    #: sentences that say where to apply
    applying: tuple[Evidence, ...]


def conditions(record: Record, rule: AmountRule) -> Conditions:
    """The conditions of ``rule``; whether it is in force depends on the day and is not here."""
    return _Derivation(record, rule, surroundings(record, rule), words()).all()


def claimable(record: Record) -> tuple[AmountRule, ...]:
    """The amounts of ``record``; those that a person has rejected are none."""
    amounts = (rule for rule in record.rules if isinstance(rule, AmountRule))
    return tuple(rule for rule in amounts if rule.review.status != "rejected")


def conditions_in(record: Record) -> tuple[Conditions, ...]:
    """The conditions of each of the ``claimable`` amounts, in their order."""
    return tuple(conditions(record, rule) for rule in claimable(record))


@dataclass(frozen=True, slots=True)
class _Derivation:
    record: Record
    rule: AmountRule
    around: Surroundings
    words: Words

    def all(self) -> Conditions:
        who = Recipients(self.record, self.rule, self.around, self.words)
        found = [*self._region(), *self._sector(), *who.conditions(), *self._case()]
        found += [*self._groups(), *self._date(), *self._limit(), *self._sentences()]
        return Conditions(
            _distinct(found, self.rule), tuple(self._stacking()), tuple(self._applying())
        )

    @property
    def _here(self) -> Evidence:
        return self.around.amount

    @property
    def _on_item(self) -> Iterator[Sentence]:
        return on_item(self.record, self.rule, self.around.own)

    def _region(self) -> Iterator[Condition]:
        region = self.record.document.region
        if region is None:
            yield Condition("person", "发文机关所在地区不明，是否适用于当地", self._here)
        else:
            says = f"适用地区：{region.name}"
            yield Condition("region", says, self._issuer(), (region.code,))

    def _issuer(self) -> Evidence:
        """Where the text names who issued it: the region is theirs."""
        document, text = self.record.document, self.record.text
        named = (i for i in document.issuers if i in text)
        issuer = next(named, None)
        if issuer is None:
            return self._here
        at = text.index(issuer)
        return Evidence(document.id, "", issuer, (at, at + len(issuer)))

    def _sector(self) -> Iterator[Condition]:
        sector = self.words.measures.sector(self.record)
        # 残疾人联合会 or 住房公积金管理委员会 speak for people, not for a branch of trade
        if sector and re.search(r"(?:厅|局)(?:办公室)?$", self.record.document.issuers[0]):
            yield Condition("sector", f"{sector}系统发出的文件", self._here, (sector,))

    def _case(self) -> Iterator[Condition]:
        """What the category says: a level, kinds of training, groups; the rest is for a person."""
        rule, category = self.rule, self.rule.category or ""
        evidence = self.around.quoting(rule.category)
        named = "".join(n for n in (category, rule.group, rule.payee, rule.item) if n)
        level = self.words.level(category)
        if level:
            yield Condition("certificate", f"证书等级：{level}", evidence, (level,))
        trainings = self.words.trainings_in(named)
        if trainings:
            says = f"培训类型：{'、'.join(trainings)}"
            yield Condition("training", says, evidence, trainings, open="等" in category)
        elif "培训" in named:
            yield self._any_training()
        rest = self.words.unknown(category) if category else ""
        if rest:
            yield Condition("person", f"适用情形：{category}", evidence)

    def _any_training(self) -> Condition:
        """A training subsidy whose case names no kind: that of its sentence, else any."""
        own = self.around.own
        trainings = self.words.trainings_in(own.text)
        says = f"培训类型：{'、'.join(trainings) or '补贴性培训'}"
        return Condition("training", says, own.evidence, trainings)

    def _groups(self) -> Iterator[Condition]:
        """Whom the money is for: those whom the amount names, else those of its clause."""
        rule, own = self.rule, self.around.own
        said = [n for n in (rule.group, rule.payee, rule.category) if n]
        # the payee and the case are looked at with whom and what they name
        apart = rule.group and rule.group not in (rule.payee, rule.category)
        if rule.group and apart and (rest := self.words.unknown(rule.group)):
            says = f"对象限于“{rule.group}”（{rest}）"
            yield Condition("person", says, self.around.quoting(rule.group))
        named = {g: None for name in said for g in self.words.groups_in(name)}
        in_sentence = [
            r
            for r in self.record.rules
            if isinstance(r, GroupRule) and own.start <= r.span[0] < own.span[1]
        ]
        for group in in_sentence:
            named |= dict.fromkeys(self.words.groups_in(group.name))
        if any(
            self.words.is_everybody(r.name) and not self.words.groups_in(r.name)
            for r in in_sentence
        ):
            return
        if named:
            says = f"对象：{'、'.join(named)}"
            # whom only the sentence names may not be whom the money is for
            by_fields = any(self.words.groups_in(name) for name in said)
            loose = "等" in own.text or not by_fields
            yield Condition("group", says, own.evidence, tuple(named), open=loose)
        elif not in_sentence and (around := self._groups_of_clause()):
            says = f"本条所列对象：{'、'.join(around)}"
            yield Condition("group", says, own.evidence, around, open=True)

    def _groups_of_clause(self) -> tuple[str, ...]:
        named = [
            r.name
            for r in self.record.rules
            if isinstance(r, GroupRule) and r.clause == self.rule.clause
        ]
        return tuple(dict.fromkeys(g for name in named for g in self.words.groups_in(name)))

    def _date(self) -> Iterator[Condition]:
        first, last = self.rule.from_, self.rule.to
        if first or last:
            says = f"{first or ''}起至{last or ''}" if last else f"{first}起"
            yield Condition("date", says, self._quoted_date(), (first or "", last or ""))

    def _quoted_date(self) -> Evidence:
        dated = (p for p in self.around.own.parts() if re.search(r"\d{4}年", p.text))
        return next((p.evidence for p in dated), self._here)

    def _limit(self) -> Iterator[Condition]:
        limit = self.rule.limit
        if limit:
            says = times(limit.times, limit.per)
            high = Decimal(limit.times)
            yield Condition("times", says, self.around.own.evidence, high=high, unit=limit.per)

    def _sentences(self) -> Iterator[Condition]:
        rate = phrases.employment((self.around.own, *self.around.clause))
        if rate:
            yield rate
        for part in self.around.own.parts():
            if not (rate and _told(rate, part)):
                yield from self._part(part, own=True)
        for sentence in self.around.clause:
            if not self._states_other(sentence) and not phrases.states_nothing(sentence):
                money = phrases.speaks_of_money(sentence)
                yield from self._elsewhere(sentence, rate, money=money)
        for sentence in self.around.governing:
            if phrases.states_nothing(sentence):
                continue
            read = [phrases.read(part) for part in sentence.parts() if part.text.strip()]
            yield from (found for found in read if found)
            if None in read:
                yield phrases.for_a_person(sentence)
        yield from map(phrases.for_a_person, self.around.defining)
        for sentence in self._on_item:
            if sentence.clause != self.rule.clause and not self._states_other(sentence):
                for part in sentence.parts():
                    if phrases.RESTRICTS.search(part.text):
                        yield phrases.read(part) or phrases.for_a_person(part)
        yield from self._limits_on_item()

    def _elsewhere(
        self, sentence: Sentence, rate: Condition | None, *, money: bool
    ) -> Iterator[Condition]:
        """Conditions in another sentence of the clause, but for what the rate has told already."""
        for part in sentence.parts():
            if not (rate and _told(rate, part)):
                yield from self._part(part, own=False, money=money)

    def _states_other(self, sentence: Sentence) -> bool:
        """Whether the sentence states another amount: its conditions are that one's."""
        start, _ = sentence.span
        stated = amounts_in(self.record, sentence.span)
        return any(start <= r.span[0] and r.id != self.rule.id for r in stated)

    def _limits_on_item(self) -> Iterator[Condition]:
        """In a clause that opens with the item: 每个证书只能领取一次补贴."""
        item = self.rule.item or ""
        about = {c.path for c in self.record.clauses if len(item) > 2 and item in c.heading[:20]}
        for sentence in all_sentences(self.record):
            if sentence.clause in about - {self.rule.clause}:
                found = (phrases.read(part) for part in sentence.parts())
                yield from (c for c in found if c and c.asks == "times")

    def _part(self, part: Sentence, *, own: bool, money: bool = True) -> Iterator[Condition]:
        if found := phrases.read(part):
            if own and found.asks == "certificate" and self._states_amount(part):
                return
            if own or found.asks in ("times", "filing", "age", "duration", "certificate"):
                yield found
                if phrases.says_more(part):
                    yield phrases.for_a_person(part)
        elif phrases.states_nothing(part):
            return
        elif money and phrases.binds(part, own=own) and not self._is_amount(part):
            yield phrases.for_a_person(part)
        elif own:
            yield from self._leading_up(part)

    def _leading_up(self, part: Sentence) -> Iterator[Condition]:
        """What stands before the amount and is not understood: 企业招用失业人员，签订一年期合同."""
        until = self.rule.span[0] - part.start
        if part.start < self.rule.span[1] and part.span[1] > self.rule.span[0]:
            # the words of the amount may begin with its case
            opening = _OPENING.match(self.rule.quote)
            until += opening.end() if opening else 0
        lead = part.cut(0, max(0, min(until, len(part.text))))
        before = part.cut(0, max(0, min(self.rule.span[0] - part.start, len(part.text))))
        # 分别给予专科生2万元、本科生4万元: what leads up to the first of a list is its own
        if self._states_amount(before) or phrases.states_nothing(lead):
            return
        if len(self.words.not_understood(self._without_fields(lead.text))) >= _TELLING:
            yield phrases.for_a_person(lead)

    def _without_fields(self, text: str) -> str:
        """``text`` without what the amount's own fields say of it already."""
        rule = self.rule
        said = (rule.item, rule.category, rule.group, rule.payee, rule.of)
        for name in sorted(filter(None, said), key=len, reverse=True):
            text = text.replace(name, "·")
        return text

    def _is_amount(self, part: Sentence) -> bool:
        """Whether the stretch only states the amount, a neighbour of it, or its case."""
        if part.text.endswith("的"):
            return not self.words.unknown(part.text.removesuffix("的"))
        return self._states_amount(part)

    def _states_amount(self, part: Sentence) -> bool:
        return any(amounts_in(self.record, part.span))

    def _stacking(self) -> Iterator[Evidence]:
        """The sentences on having it with others, exceptions included."""
        for sentence in dict.fromkeys((self.around.own, *self.around.clause, *self._on_item)):
            wording = self.rule.stacking
            if phrases.STACKING.search(sentence.text) or (wording and wording in sentence.text):
                yield sentence.evidence

    def _applying(self) -> Iterator[Evidence]:
        seen = set()
        for sentence in (self.around.own, *self.around.clause, *self.around.applying):
            where = re.search(r"向[^，。；]{2,24}?(?:申[领请报])", sentence.text)
            # 各县（市、区）…可向市级申请: that is an office asking for funds
            if re.match(r"各?(?:县|市|区|地|乡镇)(?!内)|各级|[^，]{2,8}部门", sentence.text):
                continue
            if where and sentence.span not in seen:
                seen.add(sentence.span)
                yield sentence.evidence


def _told(rate: Condition, part: Sentence) -> bool:
    """Whether ``part`` lies in what has been read as the matter of an employment rate."""
    told = [rate.evidence.span]
    if rate.employment and rate.employment.below_evidence:
        told.append(rate.employment.below_evidence.span)
    return any(span and span[0] <= part.span[1] and part.start < span[1] for span in told)


def _distinct(found: Iterable[Condition], rule: AmountRule) -> tuple[Condition, ...]:
    """Each condition once: a limit that a field and a sentence state, words quoted twice."""
    kept: dict[tuple[object, ...], Condition] = {}
    for condition in found:
        key: tuple[object, ...] = (condition.asks, condition.values, condition.low, condition.high)
        if condition.asks == "person":
            key = ("person", condition.evidence.span, condition.says)
        elif condition.asks == "times":
            key = ("times", condition.unit, condition.high)
        kept.setdefault(key, condition)
    # 取得相应证书 asks no more than the level does
    if any(c.asks == "certificate" and c.values for c in kept.values()):
        kept = {k: c for k, c in kept.items() if c.asks != "certificate" or c.values}
    asked = [c.evidence.span for c in kept.values() if c.asks == "person" and c.evidence.span]
    return tuple(c for c in kept.values() if not _within_another(c, asked, rule))


def _within_another(condition: Condition, asked: list[tuple[int, int]], rule: AmountRule) -> bool:
    """Whether a longer quote asks a person the same; what quotes the amount asks of its own."""
    span = condition.evidence.span
    if condition.asks != "person" or span is None or span == rule.span:
        return False
    return any(s != span and s[0] <= span[0] and span[1] <= s[1] for s in asked)
