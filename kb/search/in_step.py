"""Remembers of which state of the rule base a search index is, so that no search has to read it.

Reading 10,000 notices takes half a minute, and looking at their files a tenth of a second. Promises
nothing of the index itself, which may be gone.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.folder_state import state_of
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
        state = state_of(*(space.rule_base / folder for folder in _FOLDERS))
        return cls(space.cache / "index-of.txt", state)

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
