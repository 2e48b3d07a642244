"""Reads and writes ``relations/curated.yaml``, where people's words on relations are kept.

What is written by hand is checked with its line; what is written here keeps all that was there.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from corpus.errors import RuleBaseError
from corpus.located_yaml import YamlFile
from kb import rule_file, transaction
from kb.force.curated import Curated, mistakes

_NAME = PurePosixPath("relations/curated.yaml")
_HELP = "See docs/relations.md."
_NOTE = "# What people say of documents and their relations; it wins over text and inference.\n"


def load(rule_base: Path) -> Curated:
    """What people have said; nothing where there is no file. Raises ``RuleBaseError``."""
    with transaction.reading(rule_base):
        path = rule_base / _NAME
        if not path.exists():
            return Curated()
        return parse(path.read_bytes(), shown=f"{rule_base.name}/{_NAME}")


def parse(data: bytes, *, shown: str) -> Curated:
    """The words in a file; raises ``RuleBaseError`` with the line of the first mistake."""
    file = YamlFile.decode(data, shown=shown)
    if file.value is None:
        return Curated()
    if not isinstance(file.value, dict):
        raise file.error((), "there must be identities, relations or decisions", remedy=_HELP)
    try:
        curated = Curated.model_validate(file.value)
    except ValidationError as error:
        raise _mistake(file, error) from None
    for place, what in mistakes(curated).items():
        raise file.error(place, what, remedy=_HELP)
    return curated


def _mistake(file: YamlFile, error: ValidationError) -> RuleBaseError:
    first = error.errors()[0]
    place = tuple(first["loc"])
    what = {"missing": "is missing", "extra_forbidden": "is unknown here"}.get(
        first["type"], f"is wrong: {first['msg'].lower()}"
    )
    return file.error(place, f'"{place[-1] if place else ""}" {what}', remedy=_HELP)


def save(rule_base: Path, curated: Curated) -> None:
    """Writes ``curated`` whole; the caller holds the workspace."""
    transaction.change(rule_base, {_NAME: dump(curated).encode()})


def dump(curated: Curated) -> str:
    """``curated`` as YAML."""
    plain = curated.model_dump(mode="json", by_alias=True, exclude_none=True)
    return _NOTE + rule_file.dump_plain({key: held for key, held in plain.items() if held})
