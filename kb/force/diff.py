"""Compares two documents or two rules: by clause, and by field of each rule.

Clauses are paired by place and wording, amounts by their measure, so that a province's rule meets
the county's wherever it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from kb.force.fields import fields
from kb.force.values import Change, changes
from kb.force.vocabulary import Vocabulary
from kb.schema import AmountRule, DepartmentRule, GroupRule, Record, Rule

Kind = Literal["same", "changed", "added", "removed"]
#: how alike two clauses must be to be called one
_ALIKE = 0.5
#: of two versions of one text at least so many clauses have a partner
_VERSIONS = 0.4
#: two goals or deadlines are one where they are named so much alike
_NAMED_ALIKE = 0.7
_LABEL = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[条章节]|[一二三四五六七八九十]+、|\d+[.．、]|"
    r"[（(][一二三四五六七八九十\d]+[）)])?\s*"
)


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause in both documents; empty on the side that has none."""

    kind: Kind
    before: str
    after: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule in both documents; None on the side that has none."""

    kind: Kind
    what: str
    before: Rule | None
    after: Rule | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two documents, in the order of the text.

    ``versions`` says whether they are two versions of one text: of a province's and a county's
    notice each holds what the other never had, and nothing was taken out.
    """

    clauses: tuple[ClauseChange, ...]
    rules: tuple[RuleChange, ...]
    versions: bool = True


def difference(before: Record, after: Record, vocabulary: Vocabulary) -> Difference:
    """What differs between two documents."""
    old, new = _own_texts(before), _own_texts(after)
    partner = _paired(old, new)
    versions = len(partner) >= _VERSIONS * min(len(old), len(new))
    return Difference(
        tuple(_clauses(old, new, partner)), tuple(_rules(before, after, vocabulary)), versions
    )


def between(before: Rule, after: Rule) -> RuleChange:
    """What differs between two rules."""
    told = _changes(before, after)
    return RuleChange("changed" if told else "same", _called(after), before, after, told)


def _clauses(
    old: dict[str, str], new: dict[str, str], partner: dict[str, str]
) -> Iterator[ClauseChange]:
    taken = set(partner.values())
    for path, text in old.items():
        other = partner.get(path)
        if other is None:
            yield ClauseChange("removed", path, "", text, "")
        elif _bare(text) != _bare(new[other]):
            yield ClauseChange("changed", path, other, text, new[other])
    for path in new:
        if path not in taken:
            yield ClauseChange("added", "", path, "", new[path])


def _bare(text: str) -> str:
    """The words of a clause without its numeral: it changes when a clause is put in before it."""
    return _LABEL.sub("", text)


def _own_texts(record: Record) -> dict[str, str]:
    """The words of each clause without those of the clauses below it, by path."""
    starts = [clause.span[0] for clause in record.clauses] + [len(record.text)]
    texts = {}
    for number, clause in enumerate(record.clauses):
        texts[clause.path] = record.text[
            clause.span[0] : min(clause.span[1], starts[number + 1])
        ].strip()
    return texts


def _paired(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """Which clause has become which: first the unchanged, then those at one place, then alike."""
    partner: dict[str, str] = {}
    by_text: dict[str, list[str]] = defaultdict(list)
    for path, text in new.items():
        by_text[_bare(text)].append(path)
    for path, text in old.items():
        if held := by_text.get(_bare(text)):
            partner[path] = held.pop(0)
    left = [p for p in new if p not in set(partner.values())]
    for path in (p for p in old if p not in partner):
        scored = [(_likeness(_bare(old[path]), _bare(new[p])) + 0.2 * (p == path), p) for p in left]
        best = max(scored, default=(0.0, ""))
        if best[0] >= _ALIKE:
            partner[path] = best[1]
            left.remove(best[1])
    return partner


def _likeness(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    # cheap bounds first: most pairs have nothing in common
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE - 0.2 else 0.0


def _rules(before: Record, after: Record, vocabulary: Vocabulary) -> Iterator[RuleChange]:
    left = list(after.rules)
    for rule in before.rules:
        other = _partner(rule, left, vocabulary)
        if other is None:
            yield RuleChange("removed", _called(rule), rule, None)
            continue
        left.remove(other)
        change = between(rule, other)
        if change.kind != "same":
            yield change
    yield from (RuleChange("added", _called(rule), None, rule) for rule in left)


def _partner(rule: Rule, left: list[Rule], vocabulary: Vocabulary) -> Rule | None:
    same_kind = [r for r in left if r.kind == rule.kind]
    exact = next((r for r in same_kind if r.quote == rule.quote and r.id == rule.id), None)
    exact = exact or next((r for r in same_kind if r.quote == rule.quote), None)
    if exact is not None:
        return exact
    if isinstance(rule, AmountRule):
        key = _measure(rule, vocabulary)
        fits = [
            r for r in same_kind if isinstance(r, AmountRule) and _measure(r, vocabulary) == key
        ]
        return (
            max(fits, key=lambda r: _likeness(r.quote, rule.quote), default=None) if key else None
        )
    named = [r for r in same_kind if _is_named_alike(r, rule)]
    scored = [(_likeness(r.quote, rule.quote), r.id, r) for r in named]
    best = max(scored, default=None)
    return best[2] if best and best[0] >= _ALIKE else None


def _is_named_alike(one: Rule, other: Rule) -> bool:
    """Whether two may be one: 省人社厅 does not become 县级人社, nor 创业培训 企业培训."""
    if isinstance(one, GroupRule | DepartmentRule):
        return _called(one) == _called(other)
    return _likeness(_called(one), _called(other)) >= _NAMED_ALIKE


def _measure(rule: AmountRule, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    item = vocabulary.item(rule)
    if item is None:
        return None
    return "budget" if rule.role == "budget" else "", item, vocabulary.category(item, rule)


def _called(rule: Rule) -> str:
    if isinstance(rule, AmountRule):
        return " · ".join(part for part in (rule.item, rule.category) if part) or rule.quote
    name = getattr(rule, "name", None) or getattr(rule, "metric", None)
    return name or getattr(rule, "action", None) or rule.quote


def _changes(before: Rule, after: Rule) -> tuple[Change, ...]:
    if isinstance(before, AmountRule) and isinstance(after, AmountRule):
        return changes(before, after)
    pairs = zip(fields(before), fields(after), strict=True)
    return tuple(Change(name, old, new) for (name, old), (_, new) in pairs if old != new)
