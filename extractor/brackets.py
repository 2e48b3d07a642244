"""Where parentheses open and close, and what of a text one reaches from a place without leaving or
entering one.

A bracket that nothing closes holds nothing; full and half width close each other.
"""

from __future__ import annotations

import re
from functools import lru_cache

_MARK = re.compile(r"[（(）)]")


@lru_cache(maxsize=32)
def brackets(text: str) -> tuple[tuple[int, int], ...]:
    """Every parenthesis of ``text``: from its opening mark to past its closing one."""
    open_at: list[int] = []
    found = []
    for mark in _MARK.finditer(text):
        if mark[0] in "（(":
            open_at.append(mark.start())
        elif open_at:
            found.append((open_at.pop(), mark.end()))
    return tuple(found)


def reaches(text: str, at: int, start: int) -> bool:
    """Whether words at ``start`` may speak of the number at ``at``: not from inside a parenthesis
    that the number stands outside of, nor from behind the one that it stands in.
    """
    for opened, closed in brackets(text):
        inside = opened <= at < closed
        if not inside and opened <= start < closed:
            return False
        if inside and start >= closed:
            return False
    return True


def begin(text: str, start: int, at: int) -> int:
    """Where the words on the number at ``at`` begin, from ``start`` on: behind a parenthesis that
    ends before it, within the one that it stands in.
    """
    for opened, closed in sorted(brackets(text)):
        if opened < start < closed <= at:
            start = closed
        elif start <= opened < at < closed:
            start = opened + 1
    return start


def quoted_from(text: str, start: int, at: int) -> int:
    """As ``begin``, for what is quoted: 培训补贴（每人不超过1万元 keeps the words before its
    parenthesis, unless another number is among them.
    """
    inner = begin(text, start, at)
    skipped = text[start:inner]
    return inner if _OTHER.search(skipped) or not skipped.strip("（( ") else start


_OTHER = re.compile(r"[\d）)]")


def without(text: str) -> str:
    """``text`` without its parentheses."""
    kept, at = [], 0
    for opened, closed in sorted(brackets(text)):
        if opened >= at:
            kept.append(text[at:opened])
            at = closed
    return "".join([*kept, text[at:]])


def balanced(text: str) -> bool:
    """Whether every parenthesis of ``text`` opens and closes in it."""
    depth = 0
    for mark in _MARK.finditer(text):
        depth += 1 if mark[0] in "（(" else -1
        if depth < 0:
            return False
    return depth == 0
