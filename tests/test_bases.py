"""Per what an amount is counted, before the number and behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.bases import bases_after, bases_before

WORDS = {
    "人": "person",
    "名": "person",
    "生": "person",
    "天": "day",
    "日": "day",
    "月": "month",
    "年": "year",
    "户": "household",
    "亩": "mu",
    "套": "house",
    "课时": "hour",
    "学时": "hour",
    "平方米": "m2",
    "辆": "vehicle",
    "头": "head",
    "吨": "ton",
    "班": "class",
    "人次": "time",
    "个证书": "certificate",
    "家企业": "enterprise",
    "个项目": "project",
}


@pytest.mark.parametrize(("word", "name"), WORDS.items())
def test_every_basis_is_read_on_both_sides(word, name):
    assert bases_before(f"补贴标准为每{word}") == (name,)
    assert bases_after(f"100元/{word}。", 4)[0] == (name,)


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=3))
def test_bases_are_in_the_order_of_the_text_and_named_once(words):
    names = tuple(dict.fromkeys(WORDS[word] for word in words))
    assert bases_before("".join(f"每{word}" for word in words)) == names
    text = "100元" + "".join(f"/{word}" for word in words) + "，下同"
    found, end = bases_after(text, 4)
    assert found == names
    assert text[end:] == "，下同"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("元/人/天", ("person", "day")),
        ("元/人·天", ("person", "day")),
        ("元／人／月", ("person", "month")),
        ("元每人每天", ("person", "day")),
        ("元（每人每年）", ("person", "year")),
        ("元的标准", ()),
        ("元。每人", ()),
    ],
)
def test_behind_a_number(text, names):
    assert bases_after(text, 1)[0] == names


@pytest.mark.parametrize("text", ["", "补贴标准为", "一次性", "个人"])
def test_no_basis(text):
    assert bases_before(text) == ()


@pytest.mark.parametrize("text", ["单位缴费比例", "用人单位按", "见习单位应按", "第一完成单位奖励"])
def test_an_employer_is_no_basis(text):
    assert bases_before(text) == ()


@pytest.mark.parametrize("text", ["制造业单项冠军企业", "单项荣誉", "单证齐全的", "单车智能企业"])
def test_a_word_that_begins_with_single_is_no_basis(text):
    assert bases_before(text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("单个项目最高", "project"),
        ("单项目最高", "project"),
        ("单项奖励最高", "project"),
        ("单套商品住房", "house"),
        ("单户", "household"),
        ("单台设备", "unit"),
        ("单家企业", "enterprise"),
    ],
)
def test_a_single_thing_is_a_basis(text, name):
    assert bases_before(text) == (name,)
