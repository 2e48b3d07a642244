"""Reads plain text: all of it is text, only stray control characters are noise.

The text is the decoded file, character for character, with newlines as ``\\n``.
"""

from __future__ import annotations

import re

from corpus.limits import USUAL, Limits
from corpus.models import TextSpan
from corpus.readers.body import Body
from corpus.readers.encoding import decode

#: what no printer prints: controls, and byte order marks left inside by joining files
_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff]+")


def parse(data: bytes, where: str, _limits: Limits = USUAL) -> Body:
    """The text of ``data``; raises ``NotText`` with ``where`` as the place."""
    decoded = decode(data, where=where)
    return Body(decoded.text, decoded.encoding, unprinted(decoded.text))


def unprinted(text: str) -> tuple[TextSpan, ...]:
    """The stretches of ``text`` that no reader sees in any format."""
    return tuple(TextSpan(*match.span()) for match in _UNPRINTED.finditer(text))
