"""Prints the numbers of automatic numbering in the formats that Word knows by name (numFmt).

A format that is not listed, and a number outside the range of one that is, gives Arabic figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_HAN = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ZEROS = re.compile(r"(0{1,8}1),")
#: no list of Word counts further
_MOST = 32767


def printed(number: int, form: str) -> str:
    """``number`` in the format named ``form``: 12 as ``chineseCounting`` is 十二.

    A pattern of figures is a format too: 12 as ``001, 002, 003, ...`` is 012.
    """
    if zeros := _ZEROS.match(form):
        return f"{number:0{len(zeros[1])}}"
    writer = FORMATS.get(form)
    return writer(number) if writer and 0 <= number <= _MOST else str(number)


def circled(number: int) -> str:
    """``number`` in a circle, up to 50; beyond that as it is."""
    for first, last, start in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱"), (0, 0, "⓪")):
        if first <= number <= last:
            return chr(ord(start) + number - first)
    return str(number)


def _digit_by_digit(number: int, digits: str = _HAN) -> str:
    return "".join(digits[int(figure)] for figure in str(number))


def _counted(number: int) -> str:
    # from 100 on Word writes 一○○ (MS-DOCX 2.4); 〇 is the same sign as texts spell it
    if number >= 100 or number < 10:
        return _digit_by_digit(number)
    tens, ones = divmod(number, 10)
    return (_HAN[tens] if tens > 1 else "") + "十" + (_HAN[ones] if ones else "")


def _in_thousands(number: int, digits: str, units: str, *, formal: bool = False) -> str:
    """一千零五十: units named, a zero where one is skipped."""
    if number >= 10000:
        high, low = divmod(number, 10000)
        zero = "零" if 0 < low < 1000 else ""
        rest = _in_thousands(low, digits, units, formal=True) if low else ""
        return _in_thousands(high, digits, units, formal=formal) + "万" + zero + rest
    text, skipped = "", False
    for unit, figure in zip(reversed(("", *units)), f"{number:04}", strict=True):
        if figure == "0":
            skipped = bool(text)
            continue
        text += ("零" if skipped else "") + digits[int(figure)] + unit
        skipped = False
    # ten alone is 十, inside a number 一十
    short = not formal and 10 <= number < 20
    return (text[1:] if short else text) or digits[0]


def _japanese(number: int) -> str:
    if number >= 10000:
        high, low = divmod(number, 10000)
        return _japanese(high) + "万" + (_japanese(low) if low else "")
    text = ""
    for unit, figure in zip(("千", "百", "十", ""), f"{number:04}", strict=True):
        if figure != "0":
            text += ("" if unit and figure == "1" else _HAN[int(figure)]) + unit
    return text or _HAN[0]


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _sexagenary(number: int) -> str:
    at = number - 1
    return _STEMS[at % 10] + _BRANCHES[at % 12] if 1 <= number <= 60 else str(number)


def _letters(number: int) -> str:
    # after Z comes AA, then BB: Word repeats the letter, up to thirty times
    times, at = divmod(number - 1, 26)
    return chr(ord("A") + at) * (times + 1) if 1 <= number <= 780 else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def _ordinal(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return f"{number}" + ("th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th"))


#: the names of ST_NumberFormat (ISO/IEC 29500-1, 17.18.59)
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalZero": lambda number: f"{number:02}",
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    # ⒈ and ⑴ spelled out, as the notices that type them do
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"({number})",
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "none": lambda number: "",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "chineseCounting": _counted,
    "taiwaneseCounting": _counted,
    "chineseCountingThousand": lambda number: _in_thousands(number, _HAN, "十百千"),
    "taiwaneseCountingThousand": lambda number: _in_thousands(number, _HAN, "十百千"),
    "chineseLegalSimplified": lambda n: _in_thousands(n, _FORMAL, "拾佰仟", formal=True),
    "ideographLegalTraditional": lambda number: _in_thousands(
        number, _FORMAL_TRADITIONAL, "拾佰仟", formal=True
    ),
    "japaneseCounting": _japanese,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    # Word prints brackets where the standard says a circle (MS-OI29500 2.1.540)
    "ideographEnclosedCircle": lambda number: f"（{_counted(number)}）",
}
