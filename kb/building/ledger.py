"""What the last build has made of which document, so that the next one need not look again.

Nothing in it is believed without its witness: the document's bytes, the size, place and times of a
file or else its digest. A ledger that is damaged costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.building.cards import Card
from kb.building.code_version import code_version
from kb.record_cache import Links, links_of

_DIGEST = 64


@dataclass(frozen=True, slots=True)
class Row:
    """One document: its card, the key of its entry, and the files that were written of it.

    ``rules`` and ``text`` are digests of the two files, ``seen`` is how they looked, ``entry`` how
    the entry did. ``reviewed`` says whether people have said something of its rules.
    """

    card: Card
    key: str
    entry: str
    links: Links
    rules: str
    text: str
    reviewed: bool
    seen: str

    def to_plain(self) -> list[object]:
        """The row in the terms of JSON, but for what its card keeps as text."""
        card = [getattr(self.card, name) for name in Card.__slots__[:-1]]
        return [card, *(getattr(self, name) for name in self.__slots__[1:])]

    @classmethod
    def from_plain(cls, plain: list[Any], citing: str) -> Row:
        """The row that ``to_plain`` has written, and the text that it has left out."""
        card, key, entry, links, *rest = plain
        return cls(Card.from_plain([*card, citing]), key, entry, links_of(links), *rest)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows by document, and a digest of all that the links were found by."""

    rows: dict[str, Row] = field(default_factory=dict)
    linking: str = ""
    damaged: bool = False

    @classmethod
    def load(cls, path: Path) -> Ledger:
        """The ledger at ``path``; an empty one where there is none that can be believed."""
        try:
            content = path.read_bytes()
        except OSError:
            return cls()
        try:
            if _digest(content[_DIGEST:]) != content[:_DIGEST]:
                return cls(damaged=True)
            told, *citing = content[_DIGEST:].decode("utf-8", "surrogatepass").split("\n")
            plain = json.loads(told)
            if plain["version"] != code_version():
                return cls()
            rows = [Row.from_plain(*pair) for pair in zip(plain["rows"], citing, strict=True)]
            return cls({row.card.document: row for row in rows}, plain["linking"])
        except (ValueError, TypeError, KeyError):
            return cls(damaged=True)

    def save(self, path: Path) -> None:
        """Keeps the ledger at ``path``; where that cannot be written, the next build is slower."""
        plain = {
            "version": code_version(),
            "linking": self.linking,
            "rows": [row.to_plain() for row in self.rows.values()],
        }
        # texts stand on lines of their own: parsing them out of JSON takes most of a quiet build
        lines = [
            json.dumps(plain, ensure_ascii=False),
            *(r.card.citing for r in self.rows.values()),
        ]
        content = "\n".join(lines).encode("utf-8", "surrogatepass")
        fresh = path.with_suffix(".new")
        with suppress(OSError):
            fresh.write_bytes(_digest(content) + content)
            fresh.replace(path)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def look_of(*paths: Path | str) -> str:
    """How files look from outside: size, time of change, time of any change to the node, and node,
    which no edit leaves all alone. Empty where one is missing.
    """
    try:
        # os.stat: twice as fast as Path.stat, and asked for every file
        seen = [os.stat(path) for path in paths]  # noqa: PTH116
    except OSError:
        return ""
    return " ".join(f"{s.st_size}:{s.st_mtime_ns}:{s.st_ctime_ns}:{s.st_ino}" for s in seen)


def digest_of(path: Path) -> str | None:
    """The SHA-256 of the file at ``path``; None where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
