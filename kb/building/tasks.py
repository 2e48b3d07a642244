"""What is asked of whoever reads documents, and what comes back: small values that travel as JSON.

A task says all that its work needs; an outcome names the entry that the work has left, not the
text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from corpus import errors
from corpus.errors import PolicyError
from corpus.limits import USUAL, Limits


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read: where it is, below which folder it is named, and how that is shown."""

    path: str
    root: str
    shown: str
    limits: Limits = USUAL

    def to_plain(self) -> dict[str, Any]:
        """The task in the terms of JSON; a path that is no text is kept by escapes."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Task:
        """The task that ``to_plain`` has written."""
        return cls(plain["path"], plain["root"], plain["shown"], Limits(**plain["limits"]))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: the key of its entry and its card, or why there is none."""

    key: str = ""
    card: str = ""
    error: PolicyError | None = None

    def to_plain(self) -> dict[str, Any]:
        """The outcome in the terms of JSON."""
        if self.error is None:
            return {"key": self.key, "card": self.card}
        error = self.error
        where = None if error.where is None else str(error.where)
        kind = type(error).__name__
        return {"kind": kind, "what": error.what, "where": where, "remedy": error.remedy}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Outcome:
        """The outcome that ``to_plain`` has written."""
        if "kind" not in plain:
            return cls(plain["key"], plain["card"])
        kind: Callable[..., PolicyError] = getattr(errors, plain["kind"], errors.DocumentError)
        error = kind(plain["what"], where=plain["where"], remedy=plain["remedy"])
        return cls(error=error)
