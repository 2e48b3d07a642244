"""Records as plain JSON values, and the JSON Schema that describes them.

Facts that the text does not state are left out; keys stand in the order of the schema.
"""

from __future__ import annotations

from typing import Any

from kb.schema import Record, Rule


def to_plain(record: Record, *, with_text: bool = True) -> dict[str, Any]:
    """The record as plain JSON types, keys in the order of the schema.

    Facts that the text does not state are left out; the document's identity keeps its keys, so
    that ``null`` says "not printed".
    """
    left_out = set() if with_text else {"text"}
    result = record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=left_out)
    result["document"] = record.document.model_dump(mode="json", by_alias=True)
    result["rules"] = [_rule_order(rule) for rule in result["rules"]]
    return result


def rule_to_plain(rule: Rule) -> dict[str, Any]:
    """A rule as it stands in its record."""
    return _rule_order(rule.model_dump(mode="json", by_alias=True, exclude_none=True))


_FIRST = ("id", "kind", "clause")


_LAST = ("quote", "span", "page", "review")


def _rule_order(rule: dict[str, Any]) -> dict[str, Any]:
    middle = [k for k in rule if k not in _FIRST + _LAST]
    return {k: rule[k] for k in (*_FIRST, *middle, *_LAST) if k in rule}


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a record."""
    schema = Record.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
