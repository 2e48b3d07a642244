"""Words are cut to what fits, with … for the rest, and never for nothing."""

import pytest

from site_builder.wording.shortened import on_one_line, shortened


@pytest.mark.parametrize(
    ("words", "most", "expected"),
    [
        ("培训补贴", 4, "培训补贴"),
        ("培训补贴标准", 4, "培训补…"),
        ("", 4, ""),
        ("一　二", 4, "一　二"),
    ],
)
def test_words_fit_their_place(words, most, expected):
    assert shortened(words, most) == expected


def test_breaks_and_runs_of_blanks_are_one_blank():
    assert on_one_line("培训\n 补贴\t标准", 8) == "培训 补贴 标准"
    assert on_one_line("培训\n补贴标准", 5) == "培训 补…"
