"""Numbers are printed as Word prints them, in every format that it names."""

import pytest

from corpus.readers.word.number_formats import FORMATS, circled, printed


@pytest.mark.parametrize(
    ("form", "numbers", "shown"),
    [
        ("decimal", (1, 12), "1 12"),
        ("decimalFullWidth", (1, 12), "１ １２"),
        ("decimalZero", (1, 12), "01 12"),
        ("decimalEnclosedCircle", (1, 20, 21, 50, 51), "① ⑳ ㉑ ㊿ 51"),
        ("decimalEnclosedCircleChinese", (3,), "③"),
        ("decimalEnclosedFullstop", (3,), "3."),
        ("decimalEnclosedParen", (3,), "(3)"),
        ("numberInDash", (3,), "- 3 -"),
        ("none", (3,), ""),
        ("upperLetter", (1, 26, 27, 28, 53, 781), "A Z AA BB AAA 781"),
        ("lowerLetter", (2, 27), "b aa"),
        ("upperRoman", (4, 9, 14, 40, 1994), "IV IX XIV XL MCMXCIV"),
        ("lowerRoman", (3,), "iii"),
        ("ordinal", (1, 2, 3, 4, 11, 21, 112), "1st 2nd 3rd 4th 11th 21st 112th"),
        ("chineseCounting", (1, 10, 11, 20, 99, 100, 101), "一 十 十一 二十 九十九 一〇〇 一〇一"),
        ("taiwaneseCounting", (10, 21), "十 二十一"),
        ("chineseCountingThousand", (10, 15, 30, 110), "十 十五 三十 一百一十"),
        ("chineseCountingThousand", (101, 1001, 1010), "一百零一 一千零一 一千零一十"),
        ("chineseCountingThousand", (10000, 10010, 32767), "一万 一万零一十 三万二千七百六十七"),
        ("japaneseCounting", (1, 10, 12, 20, 100, 101, 111), "一 十 十二 二十 百 百一 百十一"),
        ("japaneseCounting", (1000, 10000), "千 一万"),
        ("ideographDigital", (1, 10, 23, 100), "一 一〇 二三 一〇〇"),
        ("chineseLegalSimplified", (1, 10, 25, 108), "壹 壹拾 贰拾伍 壹佰零捌"),
        ("ideographLegalTraditional", (3,), "參"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 11"),
        ("ideographZodiac", (1, 12, 13), "子 亥 13"),
        ("ideographZodiacTraditional", (1, 11, 60), "甲子 甲戌 癸亥"),
        ("ideographEnclosedCircle", (2,), "（二）"),
        ("001, 002, 003, ...", (7, 1234), "007 1234"),
        # what is not known, and what no list of Word reaches
        ("thaiLetters", (3,), "3"),
        ("", (3,), "3"),
        ("chineseCounting", (32768, -1), "32768 -1"),
    ],
)
def test_a_number_in_a_format(form, numbers, shown):
    assert " ".join(printed(number, form) for number in numbers) == shown


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_prints_every_number_of_a_list(form):
    shown = [printed(number, form) for number in (*range(1000), 9999, 10000, 32767)]
    assert all(shown) or form in ("none", "upperRoman", "lowerRoman")
    assert max(map(len, shown)) < 60


@pytest.mark.parametrize("form", ["chineseCounting", "chineseCountingThousand", "decimal"])
def test_no_two_numbers_look_the_same(form):
    assert len({printed(number, form) for number in range(2000)}) == 2000


def test_numbers_in_circles_end_at_fifty():
    assert [circled(n) for n in (0, 1, 20, 21, 35, 36, 50, 51)] == [*"⓪①⑳㉑㉟㊱㊿", "51"]
