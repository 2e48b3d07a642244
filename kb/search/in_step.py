"""Remembers of which state of the rule base a search index is, so that no search has to read it.

A state is the names, sizes and times of its files: reading 10,000 notices takes half a minute, and
looking at their files a tenth of a second. Promises nothing of the index itself, which may be gone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.workspace import Workspace

_FOLDERS = ("rules", "texts")


@dataclass(frozen=True, slots=True)
class InStep:
    """The ``state`` of a rule base, and the ``file`` that tells of which the index is."""

    file: Path
    state: str

    @classmethod
    def of(cls, space: Workspace) -> InStep:
        """The state of the rule base of ``space`` as it is now."""
        told = sha256(str(space.rule_base).encode("utf-8", "surrogateescape"))
        for line in sorted(_lines(space.rule_base)):
            told.update(line.encode("utf-8", "surrogateescape"))
        return cls(space.cache / "index-of.txt", told.hexdigest())

    def holds(self) -> bool:
        """Whether the index was brought to this very state."""
        with suppress(OSError, UnicodeDecodeError):
            return self.file.read_text("ascii") == self.state
        return False

    def keep(self) -> None:
        """Notes that the index is of this state; where that cannot be written, does nothing."""
        fresh = self.file.with_suffix(".new")
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(self.state, "ascii")
            fresh.replace(self.file)


def _lines(rule_base: Path) -> Iterator[str]:
    for folder in _FOLDERS:
        with suppress(FileNotFoundError), os.scandir(rule_base / folder) as entries:
            for entry in entries:
                seen = entry.stat()
                when = f"{seen.st_mtime_ns} {seen.st_ino} {seen.st_size}"
                yield f"{folder}/{entry.name} {when}\n"
