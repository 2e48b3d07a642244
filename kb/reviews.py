"""Carries what people have said about rules from one build to the next.

A review stays with its rule as long as the rule is found; when it is not, rule and review are set
aside as an orphan and come back with the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from kb.schema import Record, Review, Rule


class Orphan(BaseModel):
    """A reviewed rule that is no longer found in its document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Merged:
    """A new record with the reviews it has inherited, and those that found no rule in it."""

    record: Record
    orphans: tuple[Orphan, ...] = ()


def is_reviewed(rule: Rule) -> bool:
    """Whether a person has said anything about the rule."""
    return rule.review != Review()


def inherit(new: Record, earlier: Iterable[Rule]) -> Merged:
    """``new`` with the reviews of the ``earlier`` rules of the same document."""
    reviewed = {rule.id: rule for rule in earlier if is_reviewed(rule)}
    rules = tuple(_reviewed(rule, reviewed, new.text) for rule in new.rules)
    # a correction that no longer stands in the text is an orphan as well
    kept = {rule.id for rule in rules if is_reviewed(rule)}
    lost = [rule for rule_id, rule in reviewed.items() if rule_id not in kept]
    record = new.model_copy(update={"rules": rules})
    return Merged(record, tuple(Orphan(document=new.document.id, rule=rule) for rule in lost))


def orphans_of(record: Record) -> tuple[Orphan, ...]:
    """The reviewed rules of a record that is given up."""
    lost = (rule for rule in record.rules if is_reviewed(rule))
    return tuple(Orphan(document=record.document.id, rule=rule) for rule in lost)


def _reviewed(rule: Rule, reviewed: Mapping[str, Rule], text: str) -> Rule:
    earlier = reviewed.get(rule.id)
    if earlier is None:
        return rule
    if earlier.review.status != "corrected":
        return rule.model_copy(update={"review": earlier.review})
    return _corrected(rule, earlier, text)


def _corrected(rule: Rule, earlier: Rule, text: str) -> Rule:
    """The ``earlier`` rule, whose values a person has put right, at its place in the new text."""
    start, end = earlier.span
    if earlier.quote == rule.quote:
        place = {"clause": rule.clause, "span": rule.span, "page": rule.page}
        return earlier.model_copy(update=place)
    return earlier if text[start:end] == earlier.quote else rule
