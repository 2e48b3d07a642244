"""Finds the matches of a pattern by the characters that they can begin with.

They are the matches of the pattern alone: one that opens with a lookbehind or with a choice is
tried at every character of a text, behind a set of characters only where one of them stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scanner:
    """A ``pattern`` that matches no empty words, and the set of characters that ``opening``
    finds.
    """

    opening: re.Pattern[str]
    pattern: re.Pattern[str]

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in ``text``, in order, none overlapping."""
        end = 0
        for first in self.opening.finditer(text):
            if first.start() >= end and (match := self.pattern.match(text, first.start())):
                yield match
                end = match.end()

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The first match in ``text`` that begins at ``at`` or later."""
        found = (self.pattern.match(text, m.start()) for m in self.opening.finditer(text, at))
        return next(filter(None, found), None)


def scanner(opens: str, pattern: str) -> Scanner:
    """A scanner for ``pattern``; ``opens`` is the inside of a set of characters: ``0-9一二三``."""
    return Scanner(re.compile(f"[{opens}]"), re.compile(pattern))
