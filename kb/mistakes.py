"""Says in plain words what is wrong with a record that somebody has edited.

Takes the errors of the schema and gives the place and one sentence, with the nearest right word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from kb.plain import json_schema
from kb.schema import RULE_KINDS


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where in the file, as keys and indexes, and what."""

    place: tuple[str | int, ...]
    what: str


@dataclass(frozen=True, slots=True)
class _Fault:
    """An error of the schema: ``owner`` is what it stands in, ``key`` its name there."""

    details: Mapping[str, Any]
    location: tuple[str | int, ...]
    owner: str

    @property
    def key(self) -> str:
        names = [step for step in self.location if isinstance(step, str)]
        return names[-1] if names else ""

    @property
    def value(self) -> str:
        return str(self.details["input"])[:40]


def mistake(details: Mapping[str, Any], value: Any) -> Mistake:
    """The mistake behind one of ``ValidationError.errors()`` in the plain ``value`` of the file."""
    location = tuple(details["loc"])
    place = _in_file(location)
    fault = _Fault(details, location, _owner(place, value))
    return Mistake(place, _say(fault))


def _say(fault: _Fault) -> str:
    kind = fault.details["type"]
    if kind in _SENTENCES:
        return _SENTENCES[kind](fault)
    needs = next((need for start, need in _NEEDS if kind.startswith(start)), None)
    own = fault.details["msg"].removeprefix("Value error, ")
    rest = (
        f"must be {needs}"
        if needs
        else own
        if kind == "value_error"
        else f"is wrong: {own.lower()}"
    )
    return f'"{fault.key}" in {fault.owner} {rest}'


def _unknown(fault: _Fault) -> str:
    return f'unknown key "{fault.key}" in {fault.owner}' + _near(fault.key, _keys(fault.location))


def _missing(fault: _Fault) -> str:
    # a list of too few
    if isinstance(fault.location[-1], int):
        return f'"{fault.key}" in {fault.owner} must be {_PAIR}'
    return f'"{fault.key}" is missing in {fault.owner}'


def _not_allowed(fault: _Fault) -> str:
    allowed = fault.details["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
    words = allowed.split(", ")
    known = f'"{fault.key}" in {fault.owner} is "{fault.value}", which is none of {allowed}'
    return known + _near(fault.value, words)


def _bad_kind(fault: _Fault) -> str:
    kind = str(fault.details["ctx"]["tag"])
    return f'"{kind}" in {fault.owner} is no kind of rule' + _near(kind, RULE_KINDS)


_PAIR = "[start, end], two whole numbers"
_SENTENCES: dict[str, Callable[[_Fault], str]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "literal_error": _not_allowed,
    "union_tag_invalid": _bad_kind,
    "union_tag_not_found": lambda fault: f'"kind" is missing in {fault.owner}',
}
#: by how the schema's name of the error begins: what the value must be
_NEEDS = (
    ("string", "text; put it in quotes"),
    ("int", "a whole number"),
    ("decimal", "a number"),
    ("finite", "a number"),
    ("is_instance", "a number"),
    ("bool", "true or false"),
    ("too_", _PAIR),
    ("tuple", "a list"),
    ("list", "a list"),
    ("dict", "a mapping with keys"),
    ("model", "a mapping with keys"),
)


def _near(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def _in_file(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    # the schema puts the kind of a rule into the location, the file does not
    has_kind = location[:1] == ("rules",) and location[2:3] and location[2] in RULE_KINDS
    return location[:2] + location[3:] if has_kind else location


_SINGULAR = {"rules": "rule", "clauses": "clause", "tables": "table", "findings": "finding"}


def _owner(place: tuple[str | int, ...], value: Any) -> str:
    if len(place) < 2:
        return "the record"
    name, index = str(place[0]), place[1]
    if not isinstance(index, int):
        return name
    item = value[name][index]
    title = item.get("id") if isinstance(item, dict) else None
    return f"{_SINGULAR.get(name, name.rstrip('s'))} {title or index + 1}"


def _keys(location: tuple[str | int, ...]) -> list[str]:
    """The keys that the schema knows where ``location`` ends."""
    node = _resolved(json_schema_once())
    for step in location[:-1]:
        node = _resolved(_below(node, step))
    return list(node.get("properties", ()))


@cache
def json_schema_once() -> dict[str, Any]:
    """The JSON Schema of a record, made once."""
    return json_schema()


def _below(node: Mapping[str, Any], step: str | int) -> Mapping[str, Any]:
    if isinstance(step, int):
        below: Mapping[str, Any] = node.get("items", {})
    elif "discriminator" in node:
        below = {"$ref": node["discriminator"]["mapping"].get(step, "")}
    else:
        below = node.get("properties", {}).get(step, {})
    return below


def _resolved(node: Mapping[str, Any]) -> Mapping[str, Any]:
    options = [option for option in node.get("anyOf", ()) if option.get("type") != "null"]
    node = options[0] if options else node
    name = str(node.get("$ref", "")).rpartition("/")[2]
    resolved: Mapping[str, Any] = json_schema_once()["$defs"].get(name, {}) if name else node
    return resolved
