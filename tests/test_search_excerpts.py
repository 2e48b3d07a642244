"""What is shown of a text: its own words on one line, with the places of what was looked for."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.analyzer import fold, words_typed
from kb.search.excerpts import LEAD, WIDTH, excerpt

TEXTS = st.text(alphabet="培训补贴每人１０元Ａ（）\n ", max_size=400)


def marked(text, *words):
    shown, marks = excerpt(text, words)
    return [shown[start:end] for start, end in marks]


@given(TEXTS, st.text(alphabet="培训补10a ", max_size=8))
def test_an_excerpt_is_the_text_and_its_marks_are_what_was_typed(text, typed):
    words = words_typed(typed)
    shown, marks = excerpt(text, words)
    core = shown.removeprefix("…").removesuffix("…")
    assert core in re.sub(r"\s", " ", text)
    assert len(core) == min(len(text), WIDTH)
    assert list(marks) == sorted(marks)
    assert all(end < start for (_, end), (start, _) in pairwise(marks))
    assert all(0 <= start < end <= len(shown) for start, end in marks)
    assert bool(marks) == any(word in fold(text) for word in words)


def test_short_texts_are_shown_whole():
    assert excerpt("高级工每人600元", ("600",)) == ("高级工每人600元", ((5, 8),))
    assert excerpt("", ("补贴",)) == ("", ())


def test_a_long_text_is_cut_around_what_was_looked_for():
    text = "甲" * 300 + "补贴" + "乙" * 300
    shown, ((start, end),) = excerpt(text, ("补贴",))
    assert shown == "…" + "甲" * LEAD + "补贴" + "乙" * (WIDTH - LEAD - 2) + "…"
    assert shown[start:end] == "补贴"


def test_the_stretch_with_most_of_the_words_is_shown():
    text = "补贴" + "甲" * 300 + "培训" + "乙" * 20 + "补贴" + "丙" * 300
    assert marked(text, "补贴", "培训") == ["培训", "补贴"]


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        (("培训",), ["培训", "培训"]),
        (("培训补", "补贴"), ["培训补贴"]),
        (("（", "1000"), ["（", "１０００"]),
        (("没有",), []),
        ((), []),
    ],
)
def test_marks(words, marks):
    folded = tuple(fold(word) for word in words)
    assert marked("培训补贴（每人１０００元），培训", *folded) == marks


def test_line_ends_become_spaces_in_their_place():
    assert excerpt("一、\n二\t三", ("二",)) == ("一、 二 三", ((3, 4),))
