"""What every reader makes of the bytes of a file.

Offsets of ``noise`` and ``page_starts`` count characters of ``text``.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.models import Finding, TextSpan


@dataclass(frozen=True, slots=True)
class Body:
    """Text as the format holds it, with the stretches that only the format needs."""

    text: str
    encoding: str
    noise: tuple[TextSpan, ...] = ()
    page_starts: tuple[int, ...] = ()
    portal: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    furniture: int = 0
    reflowed: bool = False

    @property
    def visible(self) -> str:
        """The text without its noise."""
        kept, start = [], 0
        for span in self.noise:
            kept.append(self.text[start : span.start])
            start = span.end
        return "".join((*kept, self.text[start:]))
