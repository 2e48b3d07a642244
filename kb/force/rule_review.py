"""Writes what a person says of a rule into its record: confirmed, rejected, or put right.

A corrected rule keeps its id, quote and place; only its values change, and they are checked as
those of a file are.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from corpus.errors import UsageError
from kb.force.review import Word
from kb.schema import AmountRule, Record, Review, Rule

_FIXED = {"id", "kind", "clause", "quote", "span", "page", "review"}
_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


def reviewed(record: Record, rule_id: str, word: Word, fields: Iterable[str] = ()) -> Record:
    """``record`` with ``word`` on the rule ``rule_id``; ``fields`` are FIELD=VALUE.

    Raises ``UsageError`` where nobody is named, nothing is put right, or a value does not fit.
    """
    if not word.by.strip():
        raise UsageError("a decision needs the name of a person", remedy="Give it with --by NAME.")
    if any((word.type, word.effective, word.target)):
        remedy = "Say what is right with --set FIELD=VALUE."
        raise UsageError("a rule has no --type, --effective or --target", remedy=remedy)
    given = dict(_pair(field) for field in fields)
    if word.status == "corrected" and not given:
        remedy = "Say it with --set FIELD=VALUE."
        raise UsageError("a correction must say what is right", remedy=remedy)
    review = Review(status=word.status, by=word.by, at=word.at, note=word.note)
    rules = tuple(
        _corrected(rule, given, review) if rule.id == rule_id else rule for rule in record.rules
    )
    return record.model_copy(update={"rules": rules})


def _pair(field: str) -> tuple[str, Any]:
    name, equals, value = field.partition("=")
    if not equals:
        raise UsageError(f'"{field}" is no FIELD=VALUE', remedy="Write payee=培训机构.")
    try:
        return name.strip(), yaml.safe_load(value)
    except yaml.YAMLError:
        return name.strip(), value


def _corrected(rule: Rule, given: dict[str, Any], review: Review) -> Rule:
    known = {f.alias or name for name, f in type(rule).model_fields.items()} - _FIXED
    for name in given:
        if name not in known:
            raise _unknown(name, known)
    plain = rule.model_dump(mode="json", by_alias=True, exclude_none=True)
    plain |= {name: value for name, value in given.items() if value is not None}
    removed = {name for name, value in given.items() if value is None}
    kept = {key: value for key, value in plain.items() if key not in removed}
    try:
        corrected = _RULE.validate_python(kept | {"review": review.model_dump()})
        _refuse_impossible(corrected)
        return corrected
    except ValidationError as error:
        first = error.errors()[0]
        name = next((str(step) for step in first["loc"] if step in given), "")
        raise UsageError(f'"{name}" does not fit: {first["msg"].lower()}') from None


def _refuse_impossible(rule: Rule) -> None:
    """No amount is below nothing, and no least is more than the most."""
    if not isinstance(rule, AmountRule):
        return
    for low, high in ((rule.min, rule.max), (rule.percent_min, rule.percent_max)):
        if any(value is not None and value < 0 for value in (low, high)):
            raise UsageError("an amount cannot be less than 0", remedy="Write max=700.")
        if low is not None and high is not None and low > high:
            remedy = f"Say both, such as --set min={high} --set max={high}."
            raise UsageError(f"the least, {low}, is more than the most, {high}", remedy=remedy)


def _unknown(name: str, known: Iterable[str]) -> UsageError:
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    guess = f'; did you mean "{near[0]}"?' if near else ""
    remedy = None if near else f"It has {', '.join(sorted(known))}."
    return UsageError(f'this rule has no field "{name}" to correct{guess}', remedy=remedy)
