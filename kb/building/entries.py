"""What a document was read to: its record, and that record's YAML and text, ready to be written.

An entry is found by the document's bytes and by what read them, and carries a checksum: it is
whole, or it is not there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kb import rule_file
from kb.building.cards import Card
from kb.schema import Record

_DIGEST = 64
_NEW = ".new"


class Damaged(Exception):
    """The bytes are no whole entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that was just read: JSON without its text, its YAML before and after the citations,
    and its text. ``card`` is what others need to know of it.
    """

    card: str
    record: bytes
    head: bytes
    tail: bytes
    text: bytes

    @classmethod
    def of(cls, record: Record) -> Entry:
        """The entry of ``record``."""
        head, tail = rule_file.dump_around_citations(record)
        bare = record.model_copy(update={"text": ""})
        return cls(
            card=Card.of(record).to_json(),
            record=bare.model_dump_json(by_alias=True).encode(),
            head=head.encode(),
            tail=tail.encode(),
            text=record.text.encode(),
        )

    def to_record(self) -> Record:
        """The record, with its text."""
        bare = Record.model_validate_json(self.record)
        return bare.model_copy(update={"text": self.text.decode()})

    def pack(self) -> bytes:
        """The entry as bytes, with their checksum."""
        parts = (self.card.encode(), self.record, self.head, self.tail, self.text)
        sizes = json.dumps([len(part) for part in parts]).encode()
        body = b"\n".join((sizes, b"".join(parts)))
        return _digest(body) + body

    @classmethod
    def unpack(cls, packed: bytes) -> Entry:
        """The entry that ``pack`` has made ``packed`` of; raises ``Damaged``."""
        body = packed[_DIGEST:]
        if _digest(body) != packed[:_DIGEST]:
            raise Damaged
        sizes, _, joined = body.partition(b"\n")
        parts, start = [], 0
        for size in json.loads(sizes):
            parts.append(joined[start : start + size])
            start += size
        return cls(parts[0].decode(), *parts[1:])


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def key_of(sha256: str, shown: str, *, ocr: bool, version: str) -> str:
    """The name of the entry of a document: its bytes, its path, how it is read and by which code.

    The path is part of it because a record names it, and is called after it where it has no number.
    """
    told = "\n".join((sha256, shown, str(ocr), version))
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


class EntryStore:
    """Entries in ``folder``, which is their own, a file each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def looks(self) -> dict[str, str]:
        """Size in bytes and time of change of each entry there is, by key."""
        return dict(self._looks())

    def _looks(self) -> Iterator[tuple[str, str]]:
        with suppress(OSError), os.scandir(self.folder) as files:
            for file in files:
                status = file.stat()
                yield file.name, f"{status.st_size}:{status.st_mtime_ns}"

    def look(self, key: str) -> str:
        """The same of one entry; empty where there is none."""
        try:
            status = (self.folder / key).stat()
        except OSError:
            return ""
        return f"{status.st_size}:{status.st_mtime_ns}"

    def get(self, key: str) -> Entry:
        """The entry of that key; raises ``Damaged`` if it is not whole, or not there."""
        try:
            return Entry.unpack((self.folder / key).read_bytes())
        except (OSError, ValueError, TypeError) as error:
            raise Damaged from error

    def put(self, key: str, packed: bytes) -> None:
        """Keeps a packed entry; raises ``OSError`` where the disk does not take it."""
        fresh = self.folder / f"{key}.{os.getpid()}{_NEW}"
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_bytes(packed)
            fresh.replace(self.folder / key)
        except OSError:
            with suppress(OSError):
                fresh.unlink()
            raise

    def sweep(self, used: Iterable[str]) -> None:
        """Drops every entry that is not ``used``, and what a killed process has left."""
        kept = frozenset(used)
        with suppress(OSError):
            for name in [file.name for file in os.scandir(self.folder)]:
                if name not in kept:
                    (self.folder / name).unlink()
