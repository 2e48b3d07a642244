"""Calculates what an amount comes to, in exact decimals: rates, ceilings, steps, shares, bases.

What the text gives only as a ceiling stays one, a budget is compared and never paid, and every
number of the trace rests on a quote or on what was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Literal

from corpus.errors import UsageError
from kb.claims.conditions import conditions
from kb.claims.headcount import COUNTED, Headcount
from kb.claims.inputs import (
    BASE,
    BASES,
    EMPLOYED,
    EMPLOYMENT_RATE,
    Inputs,
    Number,
    checked,
    missing,
)
from kb.claims.models import Condition
from kb.claims.relative import GRANTED, sum_means
from kb.claims.trace import Entry, Trace
from kb.force.models import Evidence
from kb.quantity_words import number
from kb.schema import AmountRule, Record, TierRecord

#: exact: a sum · ceiling, floor: no more, no less than · range: between · the others pay nothing
Bound = Literal["exact", "ceiling", "floor", "range", "budget", "threshold"]
MEANINGS: dict[str, str] = {
    "pay": GRANTED,
    "reduce_by": "减少的金额",
    "raise_by": "提高后的额度",
    "multiply": "折算后的金额",
    "rate": "按比例计算的金额",
}
_TIMES = ("day", "hour", "month", "quarter", "year")
_HUNDRED = Decimal(100)
# a sum of a billion people and twenty digits behind the point is still exact
_DIGITS = 120


@dataclass(frozen=True, slots=True)
class Calculation:
    """What a rule comes to. ``low`` and ``high`` are the bounds, equal where ``bound`` is exact."""

    rule: str
    document: str
    currency: str
    bound: Bound
    low: Decimal | None
    high: Decimal | None
    means: str
    trace: tuple[Entry, ...]
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """The sum; None where the text gives only a ceiling, a floor, a range or a budget."""
        return self.high if self.bound == "exact" else None


def calculate(record: Record, rule: AmountRule, given: Mapping[str, object]) -> Calculation:
    """What ``rule`` comes to with the numbers ``given``.

    Raises ``MissingInput`` for numbers that are needed, ``UsageError`` for ones that cannot be.
    """
    inputs = checked(given)
    rate = next((c for c in conditions(record, rule).of if c.asks == "employment"), None)
    with localcontext() as context:
        context.prec = _DIGITS
        return reckon(record, rule, inputs, rate)


def reckon(record: Record, rule: AmountRule, inputs: Inputs, rate: Condition | None) -> Calculation:
    """``calculate`` with checked numbers and the condition on employment that is known already."""
    sheet = _Sheet(record, rule, inputs, rate)
    if rule.role in ("budget", "threshold"):
        return sheet.compared()
    if rule.unit == "pp":
        what = f"{rule.id} is in percentage points of a rate, not in money"
        raise UsageError(what, remedy="policykb show tells its sentence.")
    if strange := [basis for basis in sheet.bases if basis not in BASES]:
        what = f"{rule.id} is counted per {strange[0]}, which nothing here can count"
        raise UsageError(what, remedy=f"A rule is counted per {', '.join(BASES)}.")
    sheet.ask()
    return sheet.share() if rule.role == "share" or _is_share(rule) else sheet.sum()


def _is_share(rule: AmountRule) -> bool:
    return rule.percent_min is not None or rule.percent_max is not None


@dataclass(slots=True)
class _Sheet:
    """The sheet on which one amount is worked out."""

    record: Record
    rule: AmountRule
    inputs: Inputs
    rate: Condition | None
    trace: Trace = field(default_factory=Trace)
    notes: list[str] = field(default_factory=list)

    @property
    def _quote(self) -> Evidence:
        rule = self.rule
        return Evidence(self.record.document.id, rule.clause, rule.quote, rule.span)

    @property
    def _unit(self) -> str:
        return "元" if self.rule.currency in (None, "CNY") else str(self.rule.currency)

    @property
    def bases(self) -> tuple[str, ...]:
        """Per what is counted: of the rate first, then what only the ceiling names."""
        rule = self.rule
        stepped = tuple(t.unit for t in rule.tiers or () if t.unit)
        cap = rule.cap.per if rule.cap else ()
        return tuple(dict.fromkeys((*(rule.per or ()), *stepped, *cap)))

    # what is needed

    def ask(self) -> None:
        """Raises ``MissingInput`` for all numbers that are needed and not given."""
        needed = [BASES[basis] for basis in self.bases]
        if _is_share(self.rule) or self.rule.role == "share":
            needed.insert(0, BASE)
        absent = [n for n in needed if self.inputs.get(n) is None]
        if self._heads.applies and not any(map(self._has, (EMPLOYED, EMPLOYMENT_RATE))):
            absent.append(EMPLOYMENT_RATE)
        if absent:
            raise missing(self.rule.id, absent)

    def _has(self, number: Number) -> bool:
        return self.inputs.get(number) is not None

    @property
    def _heads(self) -> Headcount:
        rate = self.rate if set(COUNTED) & set(self.bases) else None
        return Headcount(self.trace, self.inputs, rate, self.notes)

    # sums

    def sum(self) -> Calculation:
        """Rates, steps and ceilings."""
        bound = _bound(self.rule, self.rule.min, self.rule.max)
        if self.rule.tiers:
            bound = "exact"
        low = high = None
        if bound in ("exact", "ceiling", "range"):
            high = self._worth(self.rule.max, "最高" if bound != "exact" else "")
        if bound in ("floor", "range"):
            low = self._worth(self.rule.min, "最低")
        if bound == "exact":
            low = high
        self._say_limits(bound, high)
        if not self.bases:
            self.notes.append("原文没有写明按什么计算，按一次计")
        return self._result(bound, low, high, sum_means(self.rule))

    def _worth(self, value: Decimal | None, word: str) -> Decimal:
        cap = self.rule.cap
        outer = tuple(cap.per) if cap else ()
        at, left = self._rate(value, word)
        inner = [b for b in left if cap is None or b not in outer]
        at = self._times(at, inner) if cap else at
        if cap:
            at = self._capped(at, cap.max)
        at = self._times(at, list(outer) if cap else inner)
        return self.trace.value(self._heads.reduced(at, self._unit))

    def _rate(self, value: Decimal | None, word: str) -> tuple[int, list[str]]:
        """The rate, or the sum of the steps, and the bases it is still to be multiplied by."""
        bases = list(self.rule.per or ())
        if self.rule.tiers:
            return self._steps(bases)
        at = self.trace.quoted(f"{word}标准", value or Decimal(0), self._unit, self._quote)
        return at, bases

    def _steps(self, bases: list[str]) -> tuple[int, list[str]]:
        tiers = self.rule.tiers or ()
        unit = next((t.unit for t in tiers if t.unit), None)
        unit = unit or next((b for b in bases if b in _TIMES), None)
        if unit is None:
            what = f"{self.rule.id} has steps of which the text does not say what they count"
            raise UsageError(what, remedy="policykb show tells its sentence.")
        if self.inputs.get(BASES[unit]) is None:
            raise missing(self.rule.id, [BASES[unit]])
        count = self._given(BASES[unit])
        parts: list[int] = []
        done, edges = Decimal(0), [count]
        for tier in tiers:
            upto = tier.upto if tier.upto is not None else self.trace.value(count)
            fits = max(Decimal(0), min(upto, self.trace.value(count)) - done)
            parts.append(self._step(unit, done, tier, fits, edges))
            done = max(done, upto)
        total = sum((self.trace.value(at) for at in parts), Decimal(0))
        words = " + ".join(number(self.trace.value(at)) for at in parts)
        at = self.trace.made(f"分段合计：{words}", total, self._unit, *parts)
        return at, [b for b in bases if b != unit]

    def _step(
        self, unit: str, done: Decimal, tier: TierRecord, fits: Decimal, edges: list[int]
    ) -> int:
        """One step; ``edges`` are the entries of all that is counted and of the steps' ends."""
        counted, name = BASES[unit].unit, "之后"
        if tier.upto is not None:
            first = f"第{number(done + 1)}至" if done else "前"
            name = f"{first}{number(tier.upto)}{counted}"
        price = self.trace.quoted(f"{name}的标准", tier.rate, self._unit, self._quote)
        if tier.upto is not None:
            edges.append(self.trace.quoted(f"{name}止", tier.upto, counted, self._quote))
        within = self.trace.made(f"{name}的{BASES[unit].called}", fits, counted, *edges)
        says = f"{name}：{number(tier.rate)} × {number(fits)}"
        return self.trace.made(says, tier.rate * fits, self._unit, price, within)

    def _capped(self, at: int, most: Decimal) -> int:
        top = self.trace.quoted("上限", most, self._unit, self._quote)
        value = self.trace.value(at)
        if value <= most:
            return at
        says = f"{number(value)}超过上限{number(most)}，按上限"
        return self.trace.made(says, most, self._unit, at, top)

    def _times(self, at: int, bases: list[str]) -> int:
        for basis in bases:
            count = self._count(basis)
            price, many = self.trace.value(at), self.trace.value(count)
            says = f"{number(price)} × {number(many)}{BASES[basis].unit}"
            at = self.trace.made(says, price * many, self._unit, at, count)
        return at

    def _given(self, asked: Number) -> int:
        return self.trace.given(asked, self.inputs.given[asked.name])

    def _count(self, basis: str) -> int:
        at = self._given(BASES[basis])
        counted = self._heads.counted(at) if basis in COUNTED else None
        return at if counted is None else counted

    # shares

    def share(self) -> Calculation:
        """A percentage of a base."""
        rule = self.rule
        bound = _bound(rule, rule.percent_min, rule.percent_max)
        low = high = None
        if bound in ("exact", "ceiling", "range"):
            high = self._portion(rule.percent_max)
        if bound in ("floor", "range"):
            low = self._portion(rule.percent_min)
        if bound == "exact":
            low = high
        self._say_limits(bound, high)
        return self._result(bound, low, high, MEANINGS.get(rule.effect or "", "按比例计算的金额"))

    def _portion(self, percent: Decimal | None) -> Decimal:
        rule = self.rule
        base = self.trace.given(BASE, self.inputs.given[BASE.name], rule.of or BASE.called)
        rate = self.trace.quoted("比例", percent or Decimal(0), "%", self._quote)
        value, share = self.trace.value(base), self.trace.value(rate)
        says = f"{number(value)} × {number(share)}%"
        at = self.trace.made(says, value * share / _HUNDRED, self._unit, base, rate)
        if rule.effect == "raise_by":
            says = f"{number(value)} + {number(self.trace.value(at))}"
            at = self.trace.made(says, value + self.trace.value(at), self._unit, base, at)
        if rule.cap:
            at = self._capped(at, rule.cap.max)
        bases = [b for b in self.bases if b not in ("time",)]
        return self.trace.value(self._times(at, bases))

    # what pays nothing

    def compared(self) -> Calculation:
        """A budget or a threshold, beside a sum if one is given; nothing is paid by it."""
        rule = self.rule
        value = rule.max if rule.max is not None else rule.min
        kind: Bound = "budget" if rule.role == "budget" else "threshold"
        name = "预算" if kind == "budget" else "门槛"
        at = self.trace.quoted(name, value or Decimal(0), self._unit, self._quote)
        self.notes.append(f"这是{name}，不是支付标准，不按它计算应得金额")
        if self._has(BASE):
            sum_at = self._given(BASE)
            rest = self.trace.value(at) - self.trace.value(sum_at)
            self.trace.made(f"{name}减去所给金额", rest, self._unit, at, sum_at)
            self.notes.append(f"所给金额{'超过' if rest < 0 else '未超过'}这一{name}")
        return self._result(kind, value, value, name)

    def _say_limits(self, bound: Bound, high: Decimal | None) -> None:
        rule = self.rule
        if bound == "ceiling":
            self.notes.append("原文只写了上限，实际金额由主管部门在上限以内确定")
        if bound == "floor":
            self.notes.append("原文只写了下限")
        if rule.exclusive:
            self.notes.append("原文的界限不含本数")
        if rule.limit:
            per = BASES[rule.limit.per].unit if rule.limit.per in BASES else ""
            self.notes.append(f"限{rule.limit.times}次{f'（每{per}）' if per else ''}")
        if rule.cap and not rule.cap.per and self.bases:
            self.notes.append("原文没有写明上限按什么计，按合计金额封顶")
        if high is not None:
            self._beside_budget(high)

    def _beside_budget(self, total: Decimal) -> None:
        """A budget that the same sentence states."""
        for most, name in budgets_beside(self.record, self.rule):
            word = "超过" if total > most else "未超过"
            self.notes.append(f"{word}同一句所列预算{number(most)}元（{name}）")

    def _result(
        self, bound: Bound, low: Decimal | None, high: Decimal | None, means: str
    ) -> Calculation:
        rule = self.rule
        return Calculation(
            rule=rule.id,
            document=self.record.document.id,
            currency=rule.currency or "CNY",
            bound=bound,
            low=low,
            high=high,
            means=means,
            trace=tuple(self.trace.entries),
            notes=tuple(self.notes),
        )


def budgets_beside(record: Record, rule: AmountRule) -> Iterator[tuple[Decimal, str]]:
    """The budgets that the sentence of ``rule`` states, with the ids of their rules."""
    for other in record.rules:
        if isinstance(other, AmountRule) and other.role == "budget" and other.max is not None:
            first, last = sorted((rule.span, other.span))
            near = record.text[first[1] : last[0]]
            if other.clause == rule.clause and not set("。；\n") & set(near):
                yield other.max, other.id


def _bound(rule: AmountRule, low: Decimal | None, high: Decimal | None) -> Bound:
    if rule.role == "cap" or (low is None and high is not None):
        return "ceiling"
    if high is None:
        return "floor"
    return "exact" if low == high else "range"
