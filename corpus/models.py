"""What a document is before anybody has understood it: its text, and places in that text.

Every value is frozen. Offsets count characters (code points) of the text they belong to, from
zero, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """A stretch of text: ``text[span.start:span.end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(
                f"span {self.start}..{self.end} runs backwards or starts before the text"
            )

    def of(self, text: str) -> str:
        """The words of ``text`` that this span covers."""
        return text[self.start : self.end]

    def holds(self, other: TextSpan) -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at: ``severity`` is info, warning or error; ``code`` is
    stable.
    """

    severity: str
    code: str
    message: str
    quote: str | None = None
    span: TextSpan | None = None


@dataclass(frozen=True, slots=True)
class SourceText:
    """The decoded text of one document, before normalisation.

    ``noise`` are stretches that the format put there and no reader sees (markdown marks);
    ``page_starts`` are the offsets at which pages begin, empty where the format has no pages.
    Table cells are parted by tabs, rows by newlines.

    ``portal`` is the metadata box of a web page, ``furniture`` counts lines the reader took out
    (running heads, page numbers); ``reflowed`` says that every line is a whole paragraph already.
    """

    text: str
    path: PurePosixPath
    sha256: str
    media_type: str
    reader: str
    encoding: str
    noise: tuple[TextSpan, ...] = ()
    page_starts: tuple[int, ...] = ()
    portal: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    furniture: int = 0
    reflowed: bool = False
