"""Tells what an amount does to another: it comes on top, is taken off, or is a multiple of it.

Such a sum is never told like one of its own. The other amount is named as the text names it, and
pointed to only where the same sentence or clause leaves no choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.components.increments import BASED_ON
from kb.claims.sentences import Sentence
from kb.claims.surroundings import surroundings
from kb.force.models import Evidence
from kb.force.values import worth
from kb.schema import AmountRule, Record

#: by its effect what it does, and what the other is called where the text has no name for it
_SAYS = {
    "raise_by": ("在{}之上另加，不是单独的标准", "其他标准"),
    "reduce_by": ("从{}中减去，不是另外发给的钱", "原来的金额"),
    "multiply": ("按{}折算，不是单独的标准", "其他金额"),
}
#: of 可贷额度上浮20% the whole is reckoned, and not what is added
_RAISED = "在{}的基础上上浮，不是单独的标准"
GRANTED = "应得金额"
#: what a plain sum is called; one that comes on top of another is not all that is granted
_SUMS = {"raise_by": "另加的金额", "reduce_by": "减少的金额"}
#: words that only point back: 在此基础上, 在原标准基础上
_POINTS_BACK = re.compile(r"(?:此|该|上述|前述|以上|这一|现行|现有|原有?|原来|其)(?:的)?(?:标准)?")


@dataclass(frozen=True, slots=True)
class Relative:
    """What an amount does to another; ``rule`` is that other, ``of`` how it is called."""

    says: str
    evidence: Evidence
    of: str | None = None
    rule: str | None = None


def sum_means(rule: AmountRule) -> str:
    """What a sum that is no share of another means."""
    return _SUMS.get(rule.effect or "", GRANTED)


def relative(record: Record, rule: AmountRule) -> Relative | None:
    """What ``rule`` does to another amount; None where it is a sum of its own."""
    if rule.effect not in _SAYS:
        return None
    own = surroundings(record, rule).own
    other = _other(record, rule, own)
    of = _named(rule, own) or (_called(other) if other else None)
    form, unnamed = _SAYS[rule.effect]
    if rule.effect == "raise_by" and rule.role == "share":
        form = _RAISED
    says = form.format(f"“{of}”" if of else unnamed)
    return Relative(says, own.evidence, of, other.id if other else None)


def _named(rule: AmountRule, own: Sentence) -> str | None:
    """What the text calls the other amount, where that names one."""
    if rule.of:
        return rule.of
    end = rule.span[1] - own.start
    said = [match["of"] for match in BASED_ON.finditer(own.text, 0, max(end, 0))]
    return said[-1] if said and not _POINTS_BACK.fullmatch(said[-1]) else None


def _called(other: AmountRule) -> str:
    return " ".join(part for part in (other.item, worth(other)) if part)


def _other(record: Record, rule: AmountRule, own: Sentence) -> AmountRule | None:
    """The one amount before ``rule`` that it can act on: of its sentence, else of its clause."""
    before = [other for other in _candidates(record, rule) if other.span[0] < rule.span[0]]
    near = [other for other in before if own.start <= other.span[0]]
    # of several that the sentence lists nothing tells which is meant
    found = near or before
    return found[0] if len(found) == 1 else None


def _candidates(record: Record, rule: AmountRule) -> Iterator[AmountRule]:
    """Sums of their own in the clause of ``rule`` that are for the same."""
    for other in record.rules:
        if not isinstance(other, AmountRule) or other.clause != rule.clause:
            continue
        paid = other.role in ("standard", "cap") and other.effect in (None, "pay")
        if paid and other.review.status != "rejected" and _same(other.item, rule.item):
            yield other


def _same(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one matter: 培训补贴 and 职业培训补贴."""
    return not one or not other or one.endswith(other) or other.endswith(one)
