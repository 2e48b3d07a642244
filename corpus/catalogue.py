"""The list of documents that a workspace is meant to hold: path, title, source and SHA-256.

``check`` compares the list with the files that are there; it never changes either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from corpus.located_yaml import YamlFile
from corpus.models import Finding
from corpus.readers import shown_path


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: its ``path`` in the workspace, and the ``source`` that published it."""

    path: str
    title: str
    source: str
    sha256: str


def load(path: Path) -> tuple[Entry, ...]:
    """The entries of the catalogue at ``path``, none where there is no such file.

    Raises ``RuleBaseError`` with the line of a mistake.
    """
    if not path.exists():
        return ()
    file = YamlFile.decode(path.read_bytes(), shown=path.name)
    listed = file.value.get("documents") if isinstance(file.value, dict) else None
    if not isinstance(listed, list):
        raise file.error((), 'there must be a list under "documents"', remedy=_HELP)
    return tuple(_entry(file, index, value) for index, value in enumerate(listed))


_KEYS = tuple(field.name for field in fields(Entry))
_HELP = f"Each document has {', '.join(_KEYS)}."


def _entry(file: YamlFile, index: int, value: Any) -> Entry:
    place = ("documents", index)
    if not isinstance(value, dict):
        raise file.error(place, "a document must have keys", remedy=_HELP)
    for key in value:
        if key not in _KEYS:
            raise file.error((*place, key), f'unknown key "{key}"', remedy=_HELP)
    for key in _KEYS:
        if not isinstance(value.get(key), str):
            raise file.error(place, f'"{key}" must be given as text', remedy=_HELP)
    return Entry(**value)


def check_file(path: Path, files: Iterable[Path], *, root: Path) -> tuple[Finding, ...]:
    """As ``check``, with the catalogue at ``path``; a workspace without one has nothing to say."""
    return check(load(path), files, root=root) if path.exists() else ()


def check(entries: Iterable[Entry], files: Iterable[Path], *, root: Path) -> tuple[Finding, ...]:
    """What differs between the catalogue and the ``files``: missing, changed, not listed."""
    listed = {entry.path: entry for entry in entries}
    present = {shown_path(path, root): path for path in files}
    findings = [_compare(entry, present.get(path)) for path, entry in listed.items()]
    unlisted = [_not_listed(path) for path in present if path not in listed]
    return tuple(finding for finding in (*findings, *unlisted) if finding is not None)


def _compare(entry: Entry, path: Path | None) -> Finding | None:
    if path is None:
        message = f"{entry.path} is in the catalogue but not in the documents folder"
        return Finding("error", "document-missing", message)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return Finding("error", "document-unreadable", f"{entry.path} cannot be read")
    if digest != entry.sha256:
        message = f"{entry.path} is not the file that was catalogued (SHA-256 {digest})"
        return Finding("error", "document-changed", message)
    return None


def _not_listed(path: str) -> Finding:
    return Finding("info", "document-not-catalogued", f"{path} is not in the catalogue")
