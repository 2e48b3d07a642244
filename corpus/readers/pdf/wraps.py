"""Tells a line break that the margin forced from one that the author made, and undoes the first.

A break was forced where the next word would not have fitted into the line before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.readers.pdf.glyphs import Glyph
from corpus.readers.pdf.lines import Line

_OPENING = frozenset("（《〈“‘「『【〔［([{")
_CLOSING = frozenset("，。、；：？！）》〉”’」』】〕］…%％,.;:?!)]}")
_SENTENCE_END = re.compile(r"[。；：？！…;?!:][”’）)》]*$|[。；][（(][^（）()]*[）)]$")
#: what opens a paragraph whatever stands before it
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百\d]+[章节条]|[一二三四五六七八九十]+、|\d{1,2}[、．]|\d{1,2}\.(?!\d)|"
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳]|附\s*件"
)
#: the head of an annex, which has a line of its own
_ANNEX = re.compile(r"附\s*件\s*\d{0,2}\s*[：:]?")
_QUOTES = frozenset("“”‘’")
_TOUCHING = 0.2
#: share of the font size that a full line may stay short of the margin
_SLACK = 0.3


def fills(before: Line, after: Line, right: float) -> bool:
    """Whether the first word of ``after`` would have gone over ``right`` on ``before``."""
    first, last = _first_word(after.glyphs)
    width = last.x1 - first.x0
    return before.x1 + width > right - _SLACK * before.size


def _first_word(glyphs: Sequence[Glyph]) -> tuple[Glyph, Glyph]:
    """First and last glyph of what may not be parted at the head of a line."""
    parted = (at for at, pair in enumerate(pairwise(glyphs)) if not _go_together(*pair))
    return glyphs[0], glyphs[next(parted, len(glyphs) - 1)]


def _go_together(one: Glyph, other: Glyph) -> bool:
    """Whether no line ends between two glyphs: marks stay with their words, numbers, words and
    addresses (33.5%, a@b.cn) are whole, and quotes hold on to both sides (西”app).
    """
    if other.spaced:
        return False
    if other.text in _CLOSING or one.text in _OPENING or one.text in _QUOTES:
        return True
    if not (one.text + other.text).isascii() or other.text in _OPENING:
        return False
    return other.x0 - one.x1 < _TOUCHING * one.size


def seam(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: a blank between words of letters."""
    letters = before[-1:].isascii() and after[:1].isascii()
    return " " if letters and (before[-1:].isalpha() or after[:1].isalpha()) else ""


def ends_sentence(text: str) -> bool:
    """Whether a paragraph may end with ``text``."""
    return bool(_SENTENCE_END.search(text))


def is_numbered(text: str) -> bool:
    """Whether ``text`` begins with a numeral of an outline."""
    return bool(_NUMBERED.match(text))


def heads_annex(text: str) -> bool:
    """Whether ``text`` is 附件2 and nothing else."""
    return bool(_ANNEX.fullmatch(text))


def healed(lines: Sequence[Line], right: float) -> str:
    """The words of a table cell on one line; items of a list in it are parted by a blank."""
    text = ""
    for before, line in zip((None, *lines), lines, strict=False):
        if before is None:
            text = line.text
        elif is_numbered(line.text) and not fills(before, line, right):
            text += f" {line.text}"
        else:
            text += seam(text, line.text) + line.text
    return text
