"""The layer under the taggers: exact places, none twice, the same in full width and shifted."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.quantities import quantities
from extractor.widths import fold

PIECES = (
    *(
        "不超过",
        "最高",
        "不少于",
        "达到",
        "约",
        "每人",
        "每月",
        "每年",
        "自",
        "于",
        "第",
        "前",
        "分别",
    ),
    *("1000", "１０００", "3", "3.5", "1,300", "20", "一千二百", "十五", "二", "两"),
    *(
        "元",
        "万元",
        "亿元",
        "%",
        "％",
        "个百分点",
        "倍",
        "折",
        "人",
        "人次",
        "名",
        "家",
        "亩",
        "个",
        "次",
    ),
    *("年", "月", "日", "个月", "工作日", "周", "2024年", "6月30日", "一季度", "底", "底前"),
    *(
        "以上",
        "以下",
        "以内",
        "及以上",
        "左右",
        "（含）",
        "至",
        "-",
        "—",
        "、",
        "，",
        "。",
        "的",
        "报送",
    ),
    *("《", "》", "〔2019〕", "号", "国发", "一线", "补贴", "\n", " "),
)
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
WIDE = {0x21 + i: 0xFF01 + i for i in range(94)}


@given(texts)
def test_every_quantity_stands_at_its_place(text):
    for found in quantities(text, 2024, date(2024, 3, 1)):
        assert found.span.holds(found.core)
        assert found.core.start < found.core.end <= len(text)
        if found.min is not None and found.max is not None:
            assert found.min <= found.max
        if found.from_ and found.to:
            assert found.from_ <= found.to


@given(texts)
def test_no_two_quantities_read_the_same_digits(text):
    found = quantities(text, 2024)
    for first, second in pairwise(found):
        assert first.core.end <= second.core.start


@given(texts)
def test_full_width_reads_the_same(text):
    wide = "".join(chr(WIDE[ord(c)]) if c.isdigit() and ord(c) in WIDE else c for c in text)
    assert quantities(wide, 2024) == quantities(fold(text), 2024)


@given(texts, st.sampled_from(("工作要求。", "附：", "有关事项如下\n")))
def test_what_stands_in_another_sentence_only_shifts(text, before):
    moved = [
        (q.kind, q.core.start - len(before), q.min, q.max, q.date)
        for q in quantities(before + text, 2024)
    ]
    assert moved == [(q.kind, q.core.start, q.min, q.max, q.date) for q in quantities(text, 2024)]


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


def test_kinds_are_in_the_order_of_the_text():
    text = (
        "2024年3月1日起，按每人1000元、不超过20%的比例给予30人补贴，每月5日前报送，公示5个工作日。"
    )
    kinds = [found.kind for found in quantities(text)]
    assert kinds == ["date", "money", "percent", "count", "recurrence", "duration"]


def test_the_span_holds_the_bound_and_the_core_does_not():
    (found,) = quantities("补助最高不超过1000元。")
    text = "补助最高不超过1000元。"
    assert (found.span.of(text), found.core.of(text)) == ("最高不超过1000元", "1000元")


@pytest.mark.parametrize("year", [1999, 2024])
def test_a_known_year_dates_what_prints_none(year):
    (found,) = quantities("6月30日前完成", year)
    assert (found.date, found.inferred_year) == (f"{year}-06-30", True)


def test_relative_dates_need_a_day():
    assert quantities("年底前完成") == ()
    (found,) = quantities("年底前完成", on=date(2024, 3, 1))
    assert found.date == "2024-12-31"
