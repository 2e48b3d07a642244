"""What the signs of symbol fonts are in Unicode: Word keeps them as places in Wingdings or Symbol.

A sign that is not listed becomes 〓, the printer's mark for a missing one.
"""

from __future__ import annotations

import re

UNKNOWN = "〓"
_PRIVATE = range(0xF000, 0xF100)
_PLACES = re.compile("[\uf000-\uf0ff]")

_WINGDINGS = {
    **{0x20: " ", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□"},
    **{0x70: "□", 0x71: "□", 0x72: "□", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x7A: "⌘"},
    **{0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★"},
    **{
        0xB5: "✪",
        0xB6: "✰",
        0xD8: "➢",
        0xDF: "←",
        0xE0: "→",
        0xE1: "↑",
        0xE2: "↓",
        0xE8: "➔",
        0xEF: "⇦",
    },
    **{0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x80: "⓪", 0x8B: "⓿"},
    **{0x81 + at: chr(ord("①") + at) for at in range(10)},
    **{0x8C + at: chr(ord("❶") + at) for at in range(10)},
}
_WINGDINGS_2 = {
    **{0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒"},
    **{0x97: "●", 0x98: "●", 0xA2: "■", 0xA3: "□"},
}
_SYMBOL = {
    **{0x20: " ", 0x2A: "＊", 0x2B: "+", 0x2D: "−", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x40: "≅"},
    **{0x44: "Δ", 0x46: "Φ", 0x47: "Γ", 0x4C: "Λ", 0x50: "Π", 0x53: "Σ", 0x57: "Ω"},
    # Greek letters that look like Latin ones, by number
    **{0x61: "\u03b1", 0x67: "\u03b3", 0x72: "\u03c1", 0x73: "\u03c3", 0x7E: "～", 0xA3: "≤"},
    **{0x62: "β", 0x64: "δ", 0x65: "ε", 0x66: "φ", 0x68: "η", 0x6C: "λ", 0x6D: "μ", 0x70: "π"},
    **{0x71: "θ", 0x74: "τ", 0x77: "ω"},
    **{0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•"},
    **{0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD0: "∠", 0xD6: "√", 0xD7: "⋅"},
    **{0xDE: "⇒", 0xE5: "∑", 0xF2: "∫"},
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def sign(place: int, font: str | None) -> str:
    """The sign at ``place`` of ``font``; a place outside the private range is a character."""
    table = _FONTS.get((font or "").lower())
    if place not in _PRIVATE and (table is None or place > 0xFF):
        return chr(place) if place in range(0x20, 0xD800) or place >= 0xE000 else UNKNOWN
    return (table or _WINGDINGS).get(place & 0xFF, UNKNOWN)


def readable(text: str, font: str | None) -> str:
    """``text`` with the private places of symbol fonts replaced."""
    return _PLACES.sub(lambda place: sign(ord(place[0]), font), text)
