"""The whole error tree. Each message says what is wrong, where, and what to do about it.

PolicyError
├── UsageError            the command or its arguments cannot be carried out as given
│   ├── NoWorkspace       no policykb.toml here or above
│   └── MissingInput      a calculation needs a number that is not given
├── DocumentError         one document cannot be used; the others still can
│   ├── UnreadableDocument    missing, not a file, no permission, a link that leads to itself
│   ├── EmptyDocument         no text in it
│   ├── NotText               binary, or no encoding fits
│   ├── TooLarge              over the limit of the workspace
│   ├── TooCostly             reading it takes more time or memory than the workspace allows
│   ├── DamagedDocument       not what its format says it is
│   ├── LockedDocument        a password keeps it shut
│   ├── NeedsOcr              only pictures of text in it
│   ├── UnknownFormat         no reader for this kind of file
│   ├── MissingProgram        needs a program that is not installed
│   └── DuplicateDocument     same 发文字号 and issuer as one already read
├── RuleBaseError         a file of the rule base is not what it should be
├── BrokenIndex           a search index is gone or damaged, and can be made anew
└── BusyError             another policykb holds the workspace
"""

from __future__ import annotations

from pathlib import Path


class PolicyError(Exception):
    """Base of all errors that are told to the user in one line.

    ``where`` is the file (and line) concerned, ``remedy`` what the user can do.
    """

    exit_code = 1

    def __init__(
        self, what: str, *, where: str | Path | None = None, remedy: str | None = None
    ) -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where is not None else ""
        advice = f" {self.remedy}" if self.remedy else ""
        stop = "" if self.what.endswith("?") else "."
        return f"{place}{self.what}{stop}{advice}"


class BrokenIndex(PolicyError):
    """A search index is gone, damaged or of another version; it can be made anew."""


class UsageError(PolicyError):
    """The command or its arguments cannot be carried out as given."""

    exit_code = 2


class NoWorkspace(UsageError):
    """No ``policykb.toml`` in the folder or above it."""


class MissingInput(UsageError):
    """A calculation needs numbers that are not given; ``names`` are what they are called."""

    def __init__(self, what: str, *, names: tuple[str, ...], remedy: str | None = None) -> None:
        self.names = names
        super().__init__(what, remedy=remedy)


class DocumentError(PolicyError):
    """One document cannot be used; the others still can."""


class UnreadableDocument(DocumentError):
    """The path does not lead to a readable file."""


class EmptyDocument(DocumentError):
    """The document holds no text."""


class NotText(DocumentError):
    """The bytes are no text in any encoding that notices are written in."""


class TooLarge(DocumentError):
    """The document is over the limit of the workspace."""


class TooCostly(DocumentError):
    """Reading the document takes more time or memory than the workspace allows."""


class DamagedDocument(DocumentError):
    """The bytes are not what their format says they are."""


class LockedDocument(DocumentError):
    """A password keeps the document shut."""


class NeedsOcr(DocumentError):
    """The document holds pictures of text, which only recognition can read."""


class UnknownFormat(DocumentError):
    """No reader takes this kind of file."""


class MissingProgram(DocumentError):
    """The document can only be read with a program that is not installed."""


class DuplicateDocument(DocumentError):
    """Another document of the same number and issuer has been read."""


class RuleBaseError(PolicyError):
    """A file of the rule base is not what it should be."""


class BusyError(PolicyError):
    """Another process holds the workspace."""
