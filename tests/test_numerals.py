"""Numbers as notices write them, against a speller of our own."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.numerals import to_decimal, to_int, year

COMMON, FORMAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
numbers = st.integers(0, 10**9) | st.integers(0, 10**5)
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def spell(number: int, digits: str = COMMON, places: str = "十百千") -> str:
    """一千零一万零五十: ``number`` in full, 零 for every gap."""
    groups, rest = [], number
    while rest:
        rest, group = divmod(rest, 10**4)
        groups.append(group)
    words = ""
    for at in reversed(range(len(groups))):
        group, higher = groups[at], groups[at + 1] if at + 1 < len(groups) else None
        if group:
            gap = words and (group < 1000 or higher == 0) and not words.endswith("零")
            words += ("零" if gap else "") + _group(group, digits, places) + "万亿"[at - 1 : at]
    return words or "零"


def _group(group: int, digits: str, places: str) -> str:
    words, gap = "", False
    for at, place in ((3, places[2]), (2, places[1]), (1, places[0]), (0, "")):
        digit = group // 10**at % 10
        if digit:
            words += ("零" if gap else "") + digits[digit] + place
        gap = bool(words) and not digit
    return words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (10, "一十"),
        (105, "一百零五"),
        (1010, "一千零一十"),
        (10010, "一万零一十"),
        (12_000_000, "一千二百万"),
        (100_000_010, "一亿零一十"),
        (100_100_000, "一亿零一十万"),
        (10**9, "一十亿"),
    ],
)
def test_the_speller_spells(number, words):
    assert spell(number) == words


@given(numbers)
def test_every_spelt_number_is_read(number):
    assert to_decimal(spell(number)) == number
    assert to_decimal(spell(number, FORMAL, "拾佰仟")) == number


@given(st.integers(10, 19) | st.integers(10**5, 199_999))
def test_a_leading_one_before_ten_may_be_left_out(number):
    assert to_decimal(spell(number).removeprefix("一")) == number


@given(numbers, st.sampled_from(("", "{:,}", "{:.2f}", "{:,.2f}")), st.booleans())
def test_arabic_numbers_are_read_in_every_dress(number, dress, wide):
    printed = dress.format(number) if dress else str(number)
    assert to_decimal(printed.translate(WIDE) if wide else printed) == number


@given(st.decimals(0, 9999, places=2), st.sampled_from("百千万亿"))
def test_an_arabic_number_is_scaled_exactly(number, scale):
    factor = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[scale]
    assert to_decimal(f"{number}{scale}") == number * factor


@given(st.integers(1000, 9999))
def test_a_year_is_read_digit_by_digit(number):
    spelt = "".join(COMMON[int(digit)] for digit in str(number))
    for printed in (str(number), str(number).translate(WIDE), spelt, spelt.replace("零", "〇")):
        assert year(printed) == number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("两百五", 250),
        ("三万二", 32_000),
        ("一千五", 1500),
        ("一万五千", 15_000),
        ("十万", 100_000),
        ("3千万", 30_000_000),
        ("1.2亿", 120_000_000),
        ("三点五", Decimal("3.5")),
        ("二十点零五", Decimal("20.05")),
        ("二〇二四", 2024),
        ("两千", 2000),
        ("贰仟", 2000),
        ("一万亿", 10**12),
        ("1,300", 1300),
        ("１，３００", 1300),
        ("10 000", 10_000),
    ],
)
def test_words_that_notices_use(words, value):
    assert to_decimal(words) == value


@pytest.mark.parametrize(
    "words",
    [
        "",
        "万",
        "亿",
        "万亿元",
        "点五",
        "五点",
        "1.2.3",
        ".",
        "人",
        "十人",
        "abc",
        "１２a",
        "-5",
        "一线",
    ],
)
def test_what_is_no_number_is_none(words):
    assert to_decimal(words) is None
    assert to_int(words) is None


def test_only_whole_numbers_are_whole():
    assert to_int("1.5") is None
    assert to_int("1.5万") == 15_000


@pytest.mark.parametrize("words", ["", "24", "二四", "20245", "二〇二四年", "二十二四"])
def test_what_is_no_year_is_none(words):
    assert year(words) is None
