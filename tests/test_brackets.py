"""Parentheses: what closes what, and what one reaches from a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.brackets import balanced, brackets, reaches, without

TEXT = "培训费率不超过8（其中贫困户费率不超过5）的优惠费率"


def test_a_number_reaches_neither_into_a_parenthesis_nor_out_of_its_own_to_the_right():
    outside, inside = TEXT.index("8"), TEXT.index("5")
    assert reaches(TEXT, outside, TEXT.index("优惠"))
    assert not reaches(TEXT, outside, TEXT.index("贫困"))
    assert reaches(TEXT, inside, TEXT.index("贫困"))
    assert reaches(TEXT, inside, TEXT.index("培训"))
    assert not reaches(TEXT, inside, TEXT.index("优惠"))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("甲（乙）丙", "甲丙"),
        ("甲（乙(丁)戊）丙", "甲丙"),
        ("甲（乙)丙", "甲丙"),
        ("甲（乙", "甲（乙"),
        ("甲）乙", "甲）乙"),
    ],
)
def test_without(text, rest):
    assert without(text) == rest


@given(st.text("甲（）()", max_size=20))
def test_a_text_is_balanced_when_its_brackets_take_all_marks(text):
    marks = sum(text.count(mark) for mark in "（）()")
    assert balanced(text) == (2 * len(brackets(text)) == marks)
    assert all(balanced(text[start:end]) for start, end in brackets(text))


def test_a_closing_mark_alone_is_not_balanced():
    assert not balanced("机构除外）")
    assert not balanced("）（")
