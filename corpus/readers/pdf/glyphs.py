"""The characters of a PDF page with their places, each once.

What is drawn twice to look bold counts once, radicals become characters, and a page whose text
runs up or down its side is turned.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from corpus.readers.pdf.radicals import unfold

Box = tuple[float, float, float, float]
Turn = Callable[[float, float, float, float], Box]

# a second stroke is shifted by a few hundredths of the size; ll and 11 are a quarter apart
_SAME_PLACE = 0.12
_CELL = 4.0
#: fonts with one glyph for two characters give the other one: soft hyphens that are seen
#: (2014-2020), horizontal bars for dashes (2026—2030年)
_PRINTED = str.maketrans(
    {"\xad": "-", "\u2015": "—", **dict.fromkeys("\xa0\u3000\t\n\r\u2028\u2029", " ")}
)
_UNSEEN = dict.fromkeys((*range(0x20), 0x7F, *range(0x200B, 0x2010), 0x2060, 0xFEFF))
UNKNOWN = "\ufffd"


@dataclass(slots=True)
class Glyph:
    """One printed character; the y axis points down, lengths are in points (1/72 inch).

    ``spaced`` says that the file has a blank before it.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    red: bool = False
    spaced: bool = False

    @property
    def size(self) -> float:
        """The height of its box, which is the size of its font."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Glyphs:
    """The characters of a page as it is read, and those that lie across it (watermarks).

    ``width`` and ``height`` are those of the page after ``turn``, which also maps any other box.
    """

    seen: list[Glyph]
    width: float
    height: float
    turn: Turn
    across: list[Glyph] = field(default_factory=list)


def glyphs_of(page: Any) -> Glyphs:
    """The glyphs of a ``pdfplumber`` page."""
    width, height = float(page.width), float(page.height)
    straight: list[dict[str, Any]] = []
    across: list[dict[str, Any]] = []
    for char in page.chars:
        (across if _slants(char["matrix"]) else straight).append(char)
    turn, turned = _turn_of(straight, width, height)
    if turned:
        width, height = height, width
    seen = _once(_glyph(char, turn) for char in straight)
    inside = [glyph for glyph in seen if _on_page(glyph, width, height)]
    return Glyphs(inside, width, height, turn, _once(_glyph(char, turn) for char in across))


def _slants(matrix: tuple[float, ...]) -> bool:
    a, b, c, d = matrix[:4]
    return min(abs(a), abs(b)) > 0.1 * max(abs(a), abs(b)) and abs(c * d) > 0


def _turn_of(chars: list[dict[str, Any]], width: float, height: float) -> tuple[Turn, bool]:
    """How the page must be turned for most of its characters to stand upright."""
    sideways = [char["matrix"][1] for char in chars if not char["upright"]]
    if 2 * len(sideways) <= len(chars):
        return _as_it_is, False
    if sum(b > 0 for b in sideways) * 2 > len(sideways):
        return (lambda x0, top, x1, bottom: (height - bottom, x0, height - top, x1)), True
    return (lambda x0, top, x1, bottom: (top, width - x1, bottom, width - x0)), True


def _as_it_is(x0: float, top: float, x1: float, bottom: float) -> Box:
    return x0, top, x1, bottom


def _glyph(char: dict[str, Any], turn: Turn) -> Glyph:
    x0, top, x1, bottom = turn(char["x0"], char["top"], char["x1"], char["bottom"])
    return Glyph(_text(char["text"]), x0, x1, top, bottom, _is_red(char["non_stroking_color"]))


def _text(text: str) -> str:
    if text.startswith("(cid:"):
        return UNKNOWN
    return text if text.isascii() and text.isprintable() else _clean(text)


def _clean(text: str) -> str:
    # composed: fonts give U+2329 for 〈 and the like, which are the same by definition
    whole = unicodedata.normalize("NFC", text.translate(_PRINTED))
    return unfold(whole).translate(_UNSEEN)


def _is_red(colour: Any) -> bool:
    if not isinstance(colour, tuple | list) or not all(isinstance(c, int | float) for c in colour):
        return False
    match tuple(colour):
        case (r, g, b):
            return bool(r > 0.6 and g < 0.4 and b < 0.4)
        case (c, m, y, k):
            return bool(c < 0.4 and m > 0.6 and y > 0.6 and k < 0.4)
    return False


def _once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs without those that stand where the same one stands already."""
    found: list[Glyph] = []
    places: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if not glyph.text:
            continue
        column, row = int(glyph.x0 // _CELL), int(glyph.top // _CELL)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in places.get((glyph.text, x, y), ())
        )
        if not any(_same_place(glyph, other) for other in near):
            found.append(glyph)
            places[glyph.text, column, row].append(glyph)
    return found


def _same_place(one: Glyph, other: Glyph) -> bool:
    near = min(_SAME_PLACE * max(one.size, other.size), _CELL)
    return abs(one.x0 - other.x0) < near and abs(one.top - other.top) < near


def _on_page(glyph: Glyph, width: float, height: float) -> bool:
    return 0 <= (glyph.x0 + glyph.x1) / 2 <= width and 0 <= glyph.middle <= height
