"""The words that bound a number: the negated form first, names left alone, both sides together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.bounds import bound

UPPER = ("不超过", "不得超过", "不高于", "最高", "最多", "至多", "最高不超过", "上限为")
LOWER = ("不低于", "不少于", "不得低于", "至少", "最低", "最少")
filler = st.text(st.sampled_from("各地要加强监管，补贴标准为按照人"), max_size=8)


def bound_of(text: str):
    """The bound of the number that stands in ⟨⟩, and the words it covers."""
    start, end = text.index("⟨"), text.index("⟩") - 1
    plain = text.replace("⟨", "").replace("⟩", "")
    found = bound(plain, start, end)
    return found, plain[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "side", "exclusive", "words"),
    [
        ("补助⟨5元⟩。", "exact", False, "5元"),
        ("不超过⟨5元⟩。", "upper", False, "不超过5元"),
        ("超过⟨5元⟩。", "lower", True, "超过5元"),
        ("不得低于⟨5元⟩。", "lower", False, "不得低于5元"),
        ("低于⟨5元⟩。", "upper", True, "低于5元"),
        ("不满⟨5人⟩。", "upper", True, "不满5人"),
        ("⟨5元⟩以上。", "lower", False, "5元以上"),
        ("⟨5元⟩及以下。", "upper", False, "5元及以下"),
        ("⟨5元⟩（含）以上。", "lower", False, "5元（含）以上"),
        ("⟨5元⟩(不含)以上。", "lower", True, "5元(不含)以上"),
        ("达到⟨80%⟩。", "reach", False, "达到80%"),
        ("达到⟨80%⟩以上。", "lower", False, "80%以上"),
        ("约⟨5元⟩。", "about", False, "约5元"),
        ("⟨5元⟩左右。", "about", False, "5元左右"),
        ("最低工资⟨5元⟩。", "exact", False, "5元"),
        ("最低生活保障⟨5元⟩。", "exact", False, "5元"),
        ("不超过每人⟨5元⟩。", "upper", False, "不超过每人5元"),
        ("期满⟨5人⟩。", "exact", False, "5人"),
        ("⟨5元⟩以来。", "exact", False, "5元"),
    ],
)
def test_bound_words(text, side, exclusive, words):
    found, covered = bound_of(text)
    assert (found.side, found.exclusive) == (side, exclusive)
    assert covered.endswith(words)


@given(filler, st.sampled_from(UPPER), filler)
def test_a_ceiling_is_one_wherever_it_stands(left, word, right):
    found, covered = bound_of(f"{left}，{word}⟨5元⟩，{right}")
    assert (found.side, found.exclusive, covered) == ("upper", False, f"{word}5元")


@given(filler, st.sampled_from(LOWER), filler)
def test_a_floor_is_one_wherever_it_stands(left, word, right):
    found, covered = bound_of(f"{left}，{word}⟨5元⟩，{right}")
    assert (found.side, found.exclusive, covered) == ("lower", False, f"{word}5元")


@given(st.text(st.sampled_from("不超过低于以上下内及（含）最高至少约左右每人5元，。"), max_size=30))
def test_a_bound_covers_its_number(text):
    for at, character in enumerate(text):
        if character == "5":
            found = bound(text, at, at + 1)
            assert 0 <= found.start <= at < found.end <= len(text)
