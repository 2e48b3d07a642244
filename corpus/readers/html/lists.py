"""Prints the numbers that a browser puts before the entries of a list, which no text holds.

Knows the styles of HTML and CSS, and the classes of the editor that most portals use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_DIGITS = "〇一二三四五六七八九"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number > 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def _roman(number: int) -> str:
    return _ROMAN[number - 1] if number <= len(_ROMAN) else str(number)


Numeral = Callable[[int], str]
#: what a list says of its numbers, and how they are printed; the first row that fits counts
_STYLES: tuple[tuple[re.Pattern[str], Numeral | None], ...] = tuple(
    (re.compile(pattern), numeral)
    for pattern, numeral in (
        (r"list-style(?:-type)?:none", None),
        (r"\bcustom_cn2\b", lambda n: f"（{_chinese(n)}）"),
        (r"\bcustom_cn1\b", lambda n: f"{_chinese(n)}）"),
        (r"\bcustom_cn\b|cjk-ideographic|chinese-(?:in)?formal", lambda n: f"{_chinese(n)}、"),
        (r"\bcustom_num2\b", lambda n: f"（{n}）"),
        (r"\bcustom_num1\b", lambda n: f"{n}）"),
        (r"lower-(?:alpha|latin)|type=a\b", lambda n: f"{_letter(n)}."),
        (r"upper-(?:alpha|latin)|type=A\b", lambda n: f"{_letter(n).upper()}."),
        (r"lower-roman|type=i\b", lambda n: f"{_roman(n)}."),
        (r"upper-roman|type=I\b", lambda n: f"{_roman(n).upper()}."),
        ("", lambda n: f"{n}."),
    )
)
#: an entry that prints a number of its own needs none
_NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]|第[一二三四五六七八九十\d]{1,4}条"
)


@dataclass(slots=True)
class Numbering:
    """The numbers of one list, while it is read."""

    numeral: Numeral | None
    last: int

    def next(self, value: str | None) -> str:
        """The mark of the next entry; ``value`` is the number that the entry itself asks for."""
        self.last = int(value) if value and re.fullmatch(r"\d{1,4}", value) else self.last + 1
        return self.numeral(self.last) if self.numeral and self.last > 0 else ""


def numbering(tag: str, attributes: Mapping[str, str]) -> Numbering:
    """How the list that opens with ``tag`` counts; a list of bullets does not."""
    if tag != "ol":
        return Numbering(None, 0)
    style = attributes.get("style", "").replace(" ", "")
    said = f"{style} {attributes.get('class', '')} type={attributes.get('type', '')}"
    numeral = next(numeral for pattern, numeral in _STYLES if pattern.search(said))
    start = attributes.get("start", "1")
    return Numbering(numeral, int(start) - 1 if re.fullmatch(r"\d{1,4}", start) else 0)


def marked(text: str, mark: str) -> str:
    """``text`` after its ``mark``, unless it brings one of its own."""
    return text if _NUMBERED.match(text) else mark + text
