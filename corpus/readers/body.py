"""What every reader makes of the bytes of a file.

Offsets of ``noise`` and ``page_starts`` count characters of ``text``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from corpus.models import Finding, TextSpan


@dataclass(frozen=True, slots=True)
class Body:
    """Text as the format holds it, with the stretches that only the format needs.

    ``recognised`` says that some of the text was read off pictures.
    """

    text: str
    encoding: str
    noise: tuple[TextSpan, ...] = ()
    page_starts: tuple[int, ...] = ()
    portal: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    furniture: int = 0
    reflowed: bool = False
    recognised: bool = False

    @property
    def visible(self) -> str:
        """The text without its noise."""
        kept, start = [], 0
        for span in self.noise:
            kept.append(self.text[start : span.start])
            start = span.end
        return "".join((*kept, self.text[start:]))

    def to_plain(self) -> dict[str, Any]:
        """The body in the terms of JSON."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Body:
        """The body that ``to_plain`` has written."""
        return cls(
            text=str(plain["text"]),
            encoding=str(plain["encoding"]),
            noise=tuple(TextSpan(**span) for span in plain["noise"]),
            page_starts=tuple(map(int, plain["page_starts"])),
            portal=tuple((str(key), str(value)) for key, value in plain["portal"]),
            findings=tuple(_finding(finding) for finding in plain["findings"]),
            furniture=int(plain["furniture"]),
            reflowed=bool(plain["reflowed"]),
            recognised=bool(plain["recognised"]),
        )


def _finding(plain: dict[str, Any]) -> Finding:
    span = TextSpan(**plain["span"]) if plain["span"] else None
    return Finding(**{**plain, "span": span})
