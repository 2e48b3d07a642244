"""Lays two places of a measure side by side, field by field.

Fields come in a fixed order, a field that neither side fills is left out, and whether the sides
differ is a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.force.timeline import Step
from kb.quantity_words import each
from kb.schema import AmountRule, DeadlineRule, Record, Rule
from site_builder.contexts import Field
from site_builder.facts import clause_name, of_kind
from site_builder.holdings import Holdings
from site_builder.timelines.step_words import full_value, short_value, stretch
from site_builder.wording.words import deadline_value, rule_details, rule_words

SAME, DIFFERENT = "相同", "不同"
#: fields that say where something stands: of two documents they always differ
PLACES = frozenset(("文件", "条款", "原文"))


@dataclass(frozen=True, slots=True)
class Row:
    """A field of two places; ``verdict`` is empty where a difference says nothing."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    verdict: str


def facts(holdings: Holdings, step: Step) -> tuple[Field, ...]:
    """All fields of a place, filled or not: the same names for every place."""
    record = holdings.base.by_id[step.document]
    found = holdings.base.rule(step.rule) if step.rule else None
    told = dict(_told(holdings, record, step, found[1] if found else None))
    return tuple(Field(name, tuple(told.get(name, ()))) for name in NAMES)


NAMES = (
    "规定",
    "计算单位",
    "适用对象",
    "领取方",
    "资金来源",
    "次数",
    "叠加",
    "条件",
    "由谁",
    "职责",
    "年份",
    "同条期限",
    "起止",
    "地区",
    "文件",
    "条款",
    "原文",
)
_DETAILS = {"补给": "领取方"}


def compared(before: Sequence[Field], after: Sequence[Field]) -> tuple[Row, ...]:
    """Two places of which ``facts`` has told, without what neither of them says."""
    pairs = zip(before, after, strict=True)
    return tuple(
        Row(old.name, old.values, new.values, _verdict(old, new))
        for old, new in pairs
        if old.values or new.values
    )


def _verdict(before: Field, after: Field) -> str:
    if before.name in PLACES:
        return ""
    return SAME if before.values == after.values else DIFFERENT


def _told(
    holdings: Holdings, record: Record, step: Step, rule: Rule | None
) -> Iterator[tuple[str, Iterable[str]]]:
    yield "规定", (full_value(step, rule) if rule else short_value(step),)
    if isinstance(rule, AmountRule) and rule.per:
        yield "计算单位", (each(rule.per),)
    for name, words in rule_details(rule) if rule else ():
        yield _DETAILS.get(name, name), (words,)
    yield "同条期限", _deadlines(holdings, step)
    yield "起止", (stretch(step),)
    region = record.document.region
    yield "地区", (region.name,) if region else ()
    yield "文件", (holdings.graph.name(step.document),)
    yield "条款", (clause_name(record, step.clause),)
    yield "原文", (step.quote,)


def _deadlines(holdings: Holdings, step: Step) -> tuple[str, ...]:
    rules = holdings.by_clause.get((step.document, step.clause), ())
    others = [rule for rule in of_kind(rules, DeadlineRule) if rule.id != step.rule]
    return tuple(dict.fromkeys(rule_words(rule) for rule in others if deadline_value(rule)))
