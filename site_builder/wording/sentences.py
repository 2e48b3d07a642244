"""The whole sentence that a quote stands in, as a clause is quoted: up to 。 or ；, no numeral.

What it gives is a stretch of the text letter for letter, but for the breaks between the cells of a
row, and always holds the quote.
"""

from __future__ import annotations

import re

from corpus.models import TextSpan

_STOPS = "。；;！？"
_OPENING, _CLOSING = "（(“‘《〈【", "）)”’》〉】"
_SIGNS = re.compile(f"[{_STOPS}{_OPENING}{_CLOSING}]")
_BREAKS = re.compile(r"[ \u3000]*[\t\n|｜][\t\n|｜ \u3000]*")
#: the numeral at the head of a clause, which its citation says: 第十条, 一、 （二） 3. ①
NUMERAL = re.compile(
    r"\s*(?:第[\d〇零一二三四五六七八九十百]+[编章节条][ \u3000]*"
    r"|[\d一二三四五六七八九十百]{1,4}[、.．](?!\d)"
    r"|[（(][\d一二三四五六七八九十百]{1,4}[）)]|[①-⑳])\s*"
)


def sentence_span(text: str, start: int, end: int) -> TextSpan:
    """The sentence around ``text[start:end]`` in its line; a stop inside brackets ends none."""
    first = text.rfind("\n", 0, start) + 1
    until = text.find("\n", end)
    last = len(text) if until < 0 else until
    numeral = NUMERAL.match(text, first, last)
    if numeral and numeral.end() <= start:
        first = numeral.end()
    depth = 0
    for sign in _SIGNS.finditer(text, first, last):
        letter, at = sign[0], sign.start()
        depth = max(depth + (letter in _OPENING) - (letter in _CLOSING), 0)
        if letter in _STOPS and (not depth or text[at + 1 : at + 2] in _CLOSING):
            behind = at + 1
            while behind < last and text[behind] in _CLOSING:
                behind += 1
            if behind <= start:
                first = behind
            elif at + 1 >= end:
                last = behind if depth else at + 1
                break
    while first < start and text[first].isspace():
        first += 1
    return TextSpan(first, last)


def sentence(text: str, start: int, end: int) -> str:
    """The same as words in one line; the cells of a row are parted by blanks."""
    words = sentence_span(text, start, end).of(text)
    return _BREAKS.sub(" ", words).strip(" \u3000")
