"""发文字号: what is printed parses back to an equal value, in any brackets and with any spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbering import DocumentNumber, find, parse

CODES = st.sampled_from(
    (
        "国发",
        "国办发",
        "晋政办发",
        "人社部函",
        "财社",
        "杭房公委",
        "文人社字",
        "粤府令",
        "鄂人社函",
        "京政办字",
    )
)
serials = st.integers(1, 99999)
numbers = st.builds(DocumentNumber, CODES, st.integers(1949, 2049), serials)
BRACKETS = ("〔〕", "[]", "［］", "()", "（）", "【】", "〈〉", "﹝﹞")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@given(numbers)
def test_a_printed_number_parses_back(number):
    assert parse(str(number)) == number


@given(
    numbers, st.sampled_from(BRACKETS), st.sampled_from(("", " ", "\n", "\u3000")), st.booleans()
)
def test_brackets_spaces_and_width_do_not_matter(number, brackets, gap, wide):
    left, right = brackets
    printed = f"{number.code}{gap}{left}{number.year}{right}{gap}{number.serial}{gap}号"
    assert parse(printed.translate(WIDE) if wide else printed) == number


@given(st.lists(numbers, min_size=1, max_size=4))
def test_every_number_in_a_text_is_found_at_its_place(cited):
    text = "根据" + "、".join(f"“{number}”" for number in cited) + "文件。"
    found = list(find(text))
    assert [number for _, number in found] == cited
    assert [span.of(text) for span, _ in found] == [str(number) for number in cited]


@given(numbers)
def test_slugs_are_ascii(number):
    assert number.slug.isascii()
    assert number.slug.endswith(f"-{number.year}-{number.serial}")


@pytest.mark.parametrize(
    ("printed", "slug"),
    [
        ("晋政办发〔2019〕68号", "jinzhengbanfa-2019-68"),
        ("文人社字〔2024〕20号", "wenrenshezi-2024-20"),
        ("晋教职成〔2021〕8号", "jinjiaozhicheng-2021-8"),
        ("渝府发〔2021〕3号", "yufufa-2021-3"),
    ],
)
def test_slugs_are_pinyin(printed, slug):
    number = parse(printed)
    assert number is not None
    assert number.slug == slug


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("国发〔2018〕第39号", DocumentNumber("国发", 2018, 39)),
        ("  国发〔2018〕39号\n", DocumentNumber("国发", 2018, 39)),
        ("商服贸函2026年第322号", DocumentNumber("商服贸函", 2026, 322)),
    ],
)
def test_other_forms(printed, number):
    assert parse(printed) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "国发",
        "〔2018〕39号",
        "国发〔18〕39号",
        "国发〔2018〕号",
        "国发〔2018〕39",
        "国发〔2218〕39号",
        "2018年第39期",
    ],
)
def test_what_is_no_number_is_none(text):
    assert parse(text) is None
