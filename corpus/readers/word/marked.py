"""Text put together from words and from stretches that only the format needs (noise).

Noise is kept between two control characters, which no XML holds, until ``body`` has measured it.
"""

from __future__ import annotations

import re

from corpus.models import Finding, TextSpan
from corpus.readers.body import Body

_OPEN, _CLOSE = "\x0e", "\x0f"
_NOISE = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


def noise(text: str) -> str:
    """``text`` as a stretch that no reader of the notice sees."""
    return f"{_OPEN}{text}{_CLOSE}" if text else ""


def bare(marked: str) -> str:
    """The words without noise."""
    return _NOISE.sub("", marked)


def body(marked: str, encoding: str, findings: tuple[Finding, ...], furniture: int) -> Body:
    """The body of a document whose lines are whole paragraphs."""
    kept: list[str] = []
    spans: list[TextSpan] = []
    length = end = 0
    for match in _NOISE.finditer(marked):
        kept += [marked[end : match.start()], match[1]]
        start = length + match.start() - end
        length = start + len(match[1])
        spans.append(TextSpan(start, length))
        end = match.end()
    text = "".join((*kept, marked[end:]))
    return Body(
        text,
        encoding,
        noise=tuple(spans),
        findings=findings,
        furniture=furniture,
        reflowed=True,
    )
