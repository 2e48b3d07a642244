"""What somebody who applies has to know besides: until when, who pays, whom to ask, where.

All of it is of the amount's clause or of clauses beside it on applying, with the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.claims.conditions import Conditions
from kb.claims.sentences import Sentence
from kb.claims.surroundings import surroundings
from kb.force.models import Evidence
from kb.schema import AmountRule, ContactRecord, DeadlineRule, DepartmentRule, Record

_APPLYING = re.compile(r"申[领请报]|拨付|发放|兑现|受理")
_PAYS = re.compile(
    r"(?:由(?P<a>[^，。；由]{2,16}?)(?:按照?[^，。；]{2,40}?)?(?:统一)?"
    r"(?:支付|拨付|负担|列支|承担|发放|安排)|"
    r"从(?P<b>[^，。；从]{2,22}?(?:资金|基金|经费))中?(?:给予|列支|支出|安排)?|"
    r"(?P<c>(?:各级|省级|市级|县级|区级|中央)?财政)按)"
)


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, or from what money, with the words that say so."""

    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Guidance:
    """Deadlines, payer, where to apply, departments and contacts of one amount."""

    deadlines: tuple[DeadlineRule, ...]
    payer: Payer | None
    apply_to: tuple[Evidence, ...]
    departments: tuple[DepartmentRule, ...]
    contacts: tuple[ContactRecord, ...]


def guidance(record: Record, rule: AmountRule, conditions: Conditions) -> Guidance:
    """What there is to know besides of ``rule``."""
    return Guidance(
        deadlines=tuple(_deadlines(record, rule)),
        payer=_payer(record, rule),
        apply_to=conditions.applying,
        departments=tuple(
            r for r in record.rules if isinstance(r, DepartmentRule) and r.clause == rule.clause
        ),
        contacts=record.document.contacts,
    )


def _deadlines(record: Record, rule: AmountRule) -> Iterator[DeadlineRule]:
    parent = rule.clause.rpartition("/")[0]
    for other in record.rules:
        if not isinstance(other, DeadlineRule) or other.bound == "during":
            continue
        beside = bool(parent) and other.clause.rpartition("/")[0] == parent
        told = f"{other.quote}{other.action}{other.after}"
        if other.clause == rule.clause or (beside and _APPLYING.search(told)):
            yield other


def _payer(record: Record, rule: AmountRule) -> Payer | None:
    around = surroundings(record, rule)
    if rule.payer:
        return Payer(rule.payer, around.quoting(rule.payer))
    paying = (s for s in around.applying if _APPLYING.search(s.text) or "资金" in s.text)
    for sentence in (around.own, *around.clause, *paying):
        if found := _paying(sentence):
            return found
    return None


def _paying(sentence: Sentence) -> Payer | None:
    match = _PAYS.search(sentence.text)
    name = match and (match["a"] or match["b"] or match["c"])
    return Payer(name, sentence.evidence) if name else None
