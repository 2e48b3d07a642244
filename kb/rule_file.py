"""How a record stands in YAML: ``dump`` writes it, ``parse`` reads it and tells every mistake.

``dump(parse(dump(record)))`` is ``dump(record)`` to the byte; the notice's text stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml
from pydantic import ValidationError

from corpus.errors import RuleBaseError
from corpus.located_yaml import YamlFile
from kb.mistakes import mistake
from kb.plain import to_plain
from kb.schema import SCHEMA_VERSION, Record

HELP = "See docs/rule-format.md."
#: small values that are read at a glance stand on one line; so do the items of these lists
_INLINE = {"span", "per", "cap", "tiers", "limit", "former", "region", "enclosed", "review"}
_INLINE_ITEMS = {"clauses", "rows", "attachments", "contacts"}
_COLUMNS = 88
# YAML 1.2 and some 1.1 readers take these for numbers and booleans, PyYAML does not
_AMBIGUOUS = re.compile(r"[-+]?(\.\d+|\d[\d_]*(\.\d*)?)([eE][-+]?\d+)?|0o[0-7]+|[yYnN]")


class _Inline(list[Any]):
    """A list on one line."""


class _InlineMap(dict[str, Any]):
    """A mapping on one line."""


class _Dumper(yaml.CSafeDumper):
    """CSafeDumper without aliases, with the styles of this format."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text_node(dumper: _Dumper, value: str) -> yaml.Node:
    style = "'" if _AMBIGUOUS.fullmatch(value) else None
    # a single-quoted newline is written as an empty line, which nobody reads as a newline
    style = '"' if "\n" in value or "\t" in value else style
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text_node)
_Dumper.add_representer(
    _Inline, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, flow_style=True)
)
_Dumper.add_representer(
    _InlineMap, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v, flow_style=True)
)


def dump(record: Record) -> str:
    """The YAML of ``record`` without its text."""
    return dump_plain(to_plain(record, with_text=False))


def dump_plain(value: Any) -> str:
    """Plain values in the style of the rule base: keys as they come, no wrapped lines."""
    arranged = _arranged(value)
    return yaml.dump(
        arranged,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=-1,
    )


def _arranged(value: Any, key: str = "") -> Any:
    if key in _INLINE:
        return _inline(value)
    if isinstance(value, dict):
        return {k: _arranged(v, k) for k, v in value.items()}
    if isinstance(value, list) and key in _INLINE_ITEMS:
        return [_inline(item) for item in value]
    if isinstance(value, list):
        return _inline(value) if _is_short(value) else [_arranged(item) for item in value]
    return value


def _inline(value: Any) -> Any:
    if isinstance(value, dict):
        return _InlineMap({k: _inline(v) for k, v in value.items()})
    return _Inline(_inline(item) for item in value) if isinstance(value, list) else value


def _is_short(values: Sequence[Any]) -> bool:
    if any(isinstance(value, dict | list) for value in values):
        return False
    return sum(_columns(str(value)) + 2 for value in values) <= _COLUMNS


def _columns(text: str) -> int:
    return sum(1 if character < "\u1100" else 2 for character in text)


def parse(source: str, *, shown: str) -> Record:
    """The record in ``source``, its text empty; ``shown`` names the file in errors.

    Raises ``RuleBaseError`` with the line of the first mistake and the number of others.
    """
    return record_of(YamlFile.parse(source, shown=shown))


def record_of(file: YamlFile) -> Record:
    """The record that ``file`` holds; raises as ``parse`` does."""
    if not isinstance(file.value, dict):
        raise file.error((), "a record must have keys", remedy=HELP)
    if "text" in file.value:
        raise file.error(("text",), 'the text belongs into texts/, not under "text"', remedy=HELP)
    _refuse_newer(file)
    try:
        return Record.model_validate(file.value)
    except ValidationError as error:
        raise _first_mistake(file, error) from None


def _refuse_newer(file: YamlFile) -> None:
    version = file.value.get("schema_version", SCHEMA_VERSION)
    if isinstance(version, int) and version > SCHEMA_VERSION:
        what = f"schema_version {version} is newer than this policykb reads ({SCHEMA_VERSION})"
        raise file.error(("schema_version",), what, remedy="Install a newer policykb.")


def _first_mistake(file: YamlFile, error: ValidationError) -> RuleBaseError:
    found = [mistake(details, file.value) for details in error.errors(include_url=False)]
    line, first = min(((file.line(m.place), m) for m in found), key=lambda pair: pair[0])
    others = len(found) - 1
    more = f" (and {others} more in this file)" if others else ""
    return RuleBaseError(first.what + more, where=f"{file.shown}:{line}", remedy=HELP)
