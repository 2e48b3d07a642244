"""Records as plain JSON values, and the JSON Schema that describes them.

Facts that the text does not state are left out; keys stand in the order of the schema.
"""

from __future__ import annotations

from typing import Any

from kb.schema import Record

_KEPT_EMPTY = {"document"}


def to_plain(record: Record, *, with_text: bool = True) -> dict[str, Any]:
    """The record as plain JSON types, keys in the order of the schema.

    Facts that the text does not state are left out; the document's identity keeps its keys, so
    that ``null`` says "not printed".
    """
    plain = record.model_dump(mode="json", by_alias=True, exclude_defaults=False)
    result = {key: value if key in _KEPT_EMPTY else _prune(value) for key, value in plain.items()}
    if not with_text:
        del result["text"]
    result["rules"] = [_rule_order(rule) for rule in result["rules"]]
    return result


def _prune(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _prune(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_prune(v) for v in value]
    return value


_FIRST = ("id", "kind", "clause")


_LAST = ("quote", "span", "page", "review")


def _rule_order(rule: dict[str, Any]) -> dict[str, Any]:
    middle = [k for k in rule if k not in _FIRST + _LAST]
    return {k: rule[k] for k in (*_FIRST, *middle, *_LAST) if k in rule}


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a record."""
    schema = Record.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
