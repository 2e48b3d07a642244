"""How a record stands in YAML: ``dump`` writes it, ``parse`` reads it and tells every mistake.

``dump(parse(dump(record)))`` is ``dump(record)`` to the byte; the notice's text stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError

from corpus.errors import RuleBaseError
from corpus.located_yaml import YamlFile
from kb.mistakes import mistake
from kb.plain import to_plain
from kb.schema import SCHEMA_VERSION, CitationRecord, Record
from kb.yaml_text import Flow, written

HELP = "See docs/rule-format.md."
#: small values that are read at a glance stand on one line; so do the items of these lists
_INLINE = {"span", "per", "cap", "tiers", "limit", "former", "region", "enclosed", "review"}
_INLINE_ITEMS = {"clauses", "rows", "attachments", "contacts"}
_COLUMNS = 88
_PARTED = (dict, list)


def dump(record: Record) -> str:
    """The YAML of ``record`` without its text."""
    return dump_plain(to_plain(record, with_text=False))


def dump_around_citations(record: Record) -> tuple[str, str]:
    """What ``dump`` writes before and after the citations, which change with other documents."""
    plain = to_plain(record, with_text=False)
    keys = list(plain)
    at = keys.index("citations")
    head, tail = keys[:at], keys[at + 1 :]
    return dump_plain({k: plain[k] for k in head}), dump_plain({k: plain[k] for k in tail})


def dump_citations(citations: Iterable[CitationRecord]) -> str:
    """What ``dump`` writes between them."""
    plain = [c.model_dump(mode="json", by_alias=True, exclude_none=True) for c in citations]
    return dump_plain({"citations": plain})


def dump_plain(value: Any) -> str:
    """Plain values in the style of the rule base: keys as they come, no wrapped lines."""
    return written(_arranged(value))


def _arranged(value: Any, key: str = "") -> Any:
    if key in _INLINE:
        return Flow(value) if isinstance(value, dict | list) else value
    if isinstance(value, dict):
        return {k: _arranged(v, k) if type(v) in _PARTED else v for k, v in value.items()}
    if isinstance(value, list):
        if key in _INLINE_ITEMS:
            return [Flow(item) if type(item) in _PARTED else item for item in value]
        return Flow(value) if _is_short(value) else [_arranged(item) for item in value]
    return value


def _is_short(values: Sequence[Any]) -> bool:
    if any(type(value) in _PARTED for value in values):
        return False
    words = [str(value) for value in values]
    least = sum(map(len, words)) + 2 * len(words)
    return least <= _COLUMNS and sum(_columns(word) + 2 for word in words) <= _COLUMNS


def _columns(text: str) -> int:
    return len(text) if text.isascii() else sum(1 if c < "\u1100" else 2 for c in text)


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
