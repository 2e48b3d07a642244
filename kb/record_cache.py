"""Remembers the records of files that have been read: JSON is read twenty times as fast as YAML.

Entries are found by the bytes of the file, so an edited file is never mistaken for the old one; a
damaged or missing entry only costs time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from kb.building.entries import Damaged, EntryStore
from kb.schema import CitationRecord, Record

_SUM = 64
_POINTER = b'{"entry"'
#: where each citation of a record leads: to a target, or to several candidates
Link = tuple[str | None, tuple[str, ...]]
Links = tuple[Link, ...]


class RecordCache:
    """Keeps its entries in ``folder``, which is its own; None remembers nothing.

    What a build has read lies in ``entries``; such a record is remembered by the key of its entry
    and by where its citations lead.
    """

    def __init__(self, folder: Path | None, entries: EntryStore | None = None) -> None:
        self._folder, self._entries = folder, entries
        self._used: set[str] = set()

    def get(self, source: bytes) -> Record | None:
        """The record of the YAML file with these bytes, if it is remembered."""
        path = self._path(digest(source))
        if path is None:
            return None
        with suppress(OSError, ValidationError, ValueError, KeyError, Damaged):
            remembered = path.read_bytes()
            content = remembered[_SUM:]
            if digest(content).encode() != remembered[:_SUM]:
                return None
            return self._pointed(content) if content.startswith(_POINTER) else _record(content)
        return None

    def _pointed(self, content: bytes) -> Record | None:
        if self._entries is None:
            return None
        pointer = json.loads(content)
        record = self._entries.get(pointer["entry"]).to_record()
        return with_links(record.model_copy(update={"text": ""}), links_of(pointer["links"]))

    def put(self, source: bytes, record: Record) -> None:
        """Remembers ``record`` for ``source``; where that cannot be written, does nothing."""
        self._put(digest(source), record.model_dump_json(by_alias=True).encode())

    def point(self, source: str, entry: str, links: Links) -> None:
        """Remembers the record of ``entry``, its citations leading to ``links``, for the file whose
        digest is ``source``.
        """
        self._put(source, json.dumps({"entry": entry, "links": links}).encode())

    def _put(self, source: str, content: bytes) -> None:
        path = self._path(source)
        if path is not None:
            fresh = path.with_suffix(".new")
            with suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                fresh.write_bytes(digest(content).encode() + content)
                fresh.replace(path)

    def forget_others(self, known: Iterable[str] = ()) -> None:
        """Drops every entry that has not been asked for, but for files of the digests ``known``."""
        if self._folder is not None:
            used = self._used | {f"{source}.json" for source in known}
            with suppress(OSError):
                for path in self._folder.iterdir():
                    if path.name not in used:
                        path.unlink()

    def _path(self, source: str) -> Path | None:
        if self._folder is None:
            return None
        name = f"{source}.json"
        self._used.add(name)
        return self._folder / name


def _record(content: bytes) -> Record:
    return Record.model_validate_json(content)


def links_of(plain: Iterable[tuple[str | None, Iterable[str]]]) -> Links:
    """Links that have been written as JSON."""
    return tuple((target, tuple(candidates)) for target, candidates in plain)


def with_links(record: Record, links: Links) -> Record:
    """``record``, its citations leading to ``links``."""
    return record.model_copy(update={"citations": linked(record.citations, links)})


def linked(citations: Sequence[CitationRecord], links: Links) -> tuple[CitationRecord, ...]:
    """``citations``, each leading to one of ``links``."""
    return tuple(
        citation.model_copy(update={"target": target, "candidates": candidates or None})
        for citation, (target, candidates) in zip(citations, links, strict=True)
    )


def digest(content: bytes) -> str:
    """The SHA-256 of ``content``."""
    return hashlib.sha256(content).hexdigest()
