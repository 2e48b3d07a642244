"""发文字号: what is printed parses back to an equal value, in any brackets and with any spaces."""

import pypinyin  # noqa: F401  # or the first slug would pay for it
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
    ("printed", "number", "normal"),
    [
        ("财政部 税务总局公告2022年第10号", DocumentNumber("财政部税务总局公告", 2022, 10), None),
        ("国家发展改革委令2016年第44号", DocumentNumber("国家发展改革委令", 2016, 44), None),
        ("国务院令（第722号）", DocumentNumber("国务院令", None, 722), "国务院令第722号"),
        ("主席令第七十号", DocumentNumber("主席令", None, 70), "主席令第70号"),
        (
            "国家税务总局2019年第4号公告",
            DocumentNumber("国家税务总局公告", 2019, 4),
            "国家税务总局公告2019年第4号",
        ),
        (
            "中国人民银行 银保监会公告〔2018〕第29号",
            DocumentNumber("中国人民银行银保监会公告", 2018, 29),
            "中国人民银行银保监会公告〔2018〕29号",
        ),
    ],
)
def test_an_order_has_its_issuers_for_a_code(printed, number, normal):
    found = parse(printed)
    assert found == number
    assert str(found) == (normal or "".join(printed.split()))
    assert parse(str(found)) == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("根据财政部 税务总局公告2022年第10号规定", ["财政部税务总局公告2022年第10号"]),
        ("按住房和城乡建设部公告2024年第16号执行", ["住房和城乡建设部公告2024年第16号"]),
        ("国务院令第3号和建设部令第4号", ["国务院令第3号", "建设部令第4号"]),
        ("自由贸易试验区管委会令第2号", ["自由贸易试验区管委会令第2号"]),
        ("本公告第3号附表，执行第1号令，公告2023年第15号", []),
    ],
)
def test_an_issuer_is_told_from_the_words_before_it(text, numbers):
    assert [str(number) for _, number in find(text)] == numbers


@pytest.mark.parametrize(
    ("number", "slug"),
    [("财政部公告2022年第10号", "caizhengbugonggao-2022-10"), ("国令第72号", "guoling-72")],
)
def test_slugs_of_orders(number, slug):
    found = parse(number)
    assert found is not None
    assert found.slug == slug


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
