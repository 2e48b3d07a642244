"""The sentence that a quote stands in: one row a text, its quote and what is copied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.wording.sentences import sentence, sentence_span

ROWS = [
    ("甲。对符合条件的，给予20万元补助。乙。", "20万元", "对符合条件的，给予20万元补助。"),
    # 国发〔2018〕41号: items of a list end with ；
    (
        "标准为：\n（一）直辖市，扣除标准为每月1500元；\n（二）其他，每月800元。",
        "每月1500元",
        "直辖市，扣除标准为每月1500元；",
    ),
    ("第五条　给予一次性资助20万元。", "20万元", "给予一次性资助20万元。"),
    (
        "对贷款（含担保；不含展期）给予贴息50%。乙",
        "50%",
        "对贷款（含担保；不含展期）给予贴息50%。",
    ),
    ("甲说“补贴800元。”乙。", "800元", "甲说“补贴800元。”"),
    ("每人800元", "800元", "每人800元"),
    ("序号\t等级\t标准\n1\t高级工\t800元", "800元", "1 高级工 800元"),
    ("甲。每人100元。每人200元。乙。", "每人100元。每人200元", "每人100元。每人200元。"),
    # a quote that begins with the numeral is kept whole
    ("一、高级工800元。", "一、高级工", "一、高级工800元。"),
]


@pytest.mark.parametrize(
    ("text", "quote", "said"),
    ROWS,
)
def test_a_quote_is_told_in_its_whole_sentence(text: str, quote: str, said: str) -> None:
    start = text.index(quote)
    assert sentence(text, start, start + len(quote)) == said


@given(st.text("甲。；（）“”\n\t一、1.", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_the_sentence_holds_its_quote(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = sentence_span(text, start, end)
    assert found.start <= start
    assert found.end >= end
