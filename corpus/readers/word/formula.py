"""The formulas of a DOCX file (Office Math) in one line of text: 补贴金额=标准×(人数+1)/2.

Every figure and letter of the formula is kept; what cannot be shown in a line loses its shape.
"""

from __future__ import annotations

import re

from corpus.readers.word.names import child, full, local
from corpus.readers.word.package import Element

RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_OPERATOR = re.compile(r"(?<=.)[-+−×÷*/=·]")


def formula(element: Element) -> str:
    """The formula ``m:oMath`` or a part of it."""
    name = local(element)
    if name in ("t", "delText") or name.endswith("Pr") or name == "del":
        return (element.text or "") if name == "t" else ""
    if name == "f":
        return f"{_part(element, 'm:num')}/{_part(element, 'm:den')}"
    if name == "sSup":
        return _part(element, "m:e") + _small(element, "m:sup", RAISED, "^")
    if name == "sSub":
        return _part(element, "m:e") + _small(element, "m:sub", LOWERED, "_")
    if name == "rad":
        return f"√{_part(element, 'm:e')}"
    inside = "".join(map(formula, element))
    if name != "d":
        return inside
    opening, closing = _bracket(element, "m:begChr", "("), _bracket(element, "m:endChr", ")")
    return f"{opening}{inside}{closing}"


def _part(element: Element, name: str) -> str:
    """A part of the formula, in brackets where it is a sum or product itself."""
    part = child(element, name)
    text = "" if part is None else "".join(map(formula, part)).strip()
    return f"({text})" if _OPERATOR.search(text) and not text.endswith(")") else text


def _small(element: Element, name: str, signs: dict[int, int], otherwise: str) -> str:
    text = _part(element, name)
    figures = bool(text) and all(ord(character) in signs for character in text)
    return text.translate(signs) if figures else otherwise + text


def _bracket(element: Element, name: str, default: str) -> str:
    found = child(element, "m:dPr", name)
    return default if found is None else (found.get(full("m:val")) or "")
