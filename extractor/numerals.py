"""Reads numbers as notices write them: 1.2亿, 3万, 一千二百万, 贰仟元, 二〇二四, １５.

Every reading is exact (``Decimal``); what is no number gives None and never a guess.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")
}
_DIGITS |= {"〇": 0, "○": 0, "Ｏ": 0, "两": 2, "俩": 2, "弍": 2, "貳": 2, "陸": 6}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
WIDE = str.maketrans("０１２３４５６７８９．，％＋－", "0123456789.,%+-")

#: the characters a Chinese number is made of
CHINESE = "零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億"
#: an Arabic number with its grouping, as in 1,300 or ３.5
ARABIC = (
    r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?|[0-9０-９]+(?:[.．][0-9０-９]+)?"
)
_PLAIN = WIDE | dict.fromkeys(map(ord, "余多 "))
_GROUPING = re.compile(r"(?<=\d),(?=\d{3})")
_ARABIC_SCALED = re.compile(r"([\d.]+)([十百千万亿]*)")


def to_decimal(text: str) -> Decimal | None:
    """The number that ``text`` consists of: Arabic, Chinese or mixed (1.2亿, 3千万); None if it
    is none.
    """
    plain = text.translate(_PLAIN)
    if "," in plain:
        plain = _GROUPING.sub("", plain)
    scaled = _ARABIC_SCALED.fullmatch(plain)
    if scaled and scaled[1].count(".") <= 1 and scaled[1] != ".":
        return _scaled(scaled[1], scaled[2])
    return _chinese(plain)


def to_int(text: str) -> int | None:
    """The whole number that ``text`` consists of, or None."""
    value = to_decimal(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def year(text: str) -> int | None:
    """A year of four digits: 2024, 二〇二四, 一九八一."""
    plain = text.translate(WIDE)
    if plain.isdigit() and len(plain) == 4:
        return int(plain)
    digits = [_DIGITS.get(character) for character in plain]
    if len(digits) == 4 and None not in digits:
        return int("".join(map(str, digits)))
    return None


def _scaled(digits: str, scale: str) -> Decimal:
    value = Decimal(digits)
    for character in scale:
        value *= _SMALL.get(character) or _LARGE[character]
    return value


def _chinese(text: str) -> Decimal | None:
    whole, point, fraction = text.partition("点")
    value = _chinese_whole(whole)
    if value is None or not point:
        return Decimal(value) if value is not None else None
    digits = [_DIGITS.get(character) for character in fraction]
    if not digits or None in digits:
        return None
    return Decimal(f"{value}.{''.join(map(str, digits))}")


def _chinese_whole(text: str) -> int | None:
    """一千二百万 by sections of 万 and 亿; 二〇二四 digit by digit; 三十, 十五, 两百五 (250) by
    place.
    """
    if not text or any(c not in _DIGITS and c not in _SMALL and c not in _LARGE for c in text):
        return None
    if all(character in _DIGITS for character in text):
        digits = [_DIGITS[character] for character in text]
        return int("".join(map(str, digits))) if len(text) > 1 else digits[0]
    total = section = 0
    digit: int | None = None
    last_scale = 1
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
            last_scale = 1 if character in "零〇○" else last_scale
        elif character in _SMALL:
            last_scale = _SMALL[character]
            section += (1 if digit is None else digit) * last_scale
            digit = None
        else:
            last_scale = _LARGE[character]
            head = section + (digit or 0)
            if not head and not total:
                return None
            # 一亿三千万 adds, 二万亿 multiplies
            total = (
                total + head * last_scale if total >= last_scale else (total + head) * last_scale
            )
            section, digit = 0, None
    if digit is not None:
        # 两百五 is 250, 三万二 is 32,000: a last digit without a place takes the next lower one
        section += digit * (last_scale // 10 if last_scale >= 100 else 1)
    return total + section
