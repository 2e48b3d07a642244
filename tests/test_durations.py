"""Lengths of time and what repeats, in ISO 8601 and RFC 5545."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.durations import is_name, lengths, recurrences

CHINESE = dict(enumerate("零一二三四五六七八九")) | {
    10: "十",
    15: "十五",
    20: "二十",
    30: "三十",
    60: "六十",
}
UNITS = {
    "日": "P{}D",
    "天": "P{}D",
    "个工作日": "P{}D",
    "工作日": "P{}D",
    "个自然日": "P{}D",
    "周": "P{}W",
    "个月": "P{}M",
    "年": "P{}Y",
    "个小时": "PT{}H",
    "小时": "PT{}H",
    "分钟": "PT{}M",
}


@pytest.mark.parametrize("unit", UNITS)
@given(number=st.integers(1, 99))
def test_a_length_is_read_in_every_unit(unit, number):
    text = f"须在受理后{number}{unit}内办结"
    (found,) = lengths(text)
    assert found.least == UNITS[unit].format(number)
    assert found.workdays is ("工作日" in unit)
    assert text[found.start : found.end] == f"{number}{unit}"


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("number", [2, 3, 10, 15, 30, 60])
def test_a_length_in_chinese_is_the_same(unit, number):
    (found,) = lengths(f"须在受理后{CHINESE[number]}{unit}内办结")
    assert found.least == UNITS[unit].format(number)


@given(
    st.integers(1, 30),
    st.integers(1, 30),
    st.sampled_from("-—～至到"),
    st.sampled_from(("", "个月")),
)
def test_a_range_keeps_both_ends(low, more, join, between):
    (found,) = lengths(f"培训期{low}{between}{join}{low + more}个月。")
    assert (found.least, found.most) == (f"P{low}M", f"P{low + more}M")


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("半年内", "P6M"),
        ("试用期半个月", "P15D"),
        ("一年半", "P18M"),
        ("两年半", "P30M"),
        ("2周年", "P2Y"),
    ],
)
def test_halves(text, least):
    assert [found.least for found in lengths(text)] == [least]


@pytest.mark.parametrize(
    "text",
    [
        "2024年完成",
        "二〇二四年",
        "1998年",
        "一年级学生",
        "低年级",
        "第三天",
        "3月报表",
        "上半年",
        "多半年纪大",
        "统一天下",
        "一日报",
    ],
)
def test_what_is_no_length_is_none(text):
    assert lengths(text) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("三年滚动规划", True),
        ("三年制专科", True),
        ("三年内完成", False),
        ("3年以上", False),
    ],
)
def test_a_length_may_be_part_of_a_name(text, named):
    assert is_name(text, lengths(text)[0]) is named


@given(st.sets(st.integers(1, 31), min_size=1, max_size=4))
def test_days_of_the_month_are_listed_in_order(numbers):
    printed = "、".join(f"{number}日" for number in numbers)
    (found,) = recurrences(f"每月{printed}向省厅送交材料")
    assert found.rrule == f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, sorted(numbers)))}"


@given(st.integers(2, 12))
def test_every_so_many_is_an_interval(number):
    (found,) = recurrences(f"每{number}个月调度")
    assert found.rrule == f"FREQ=MONTHLY;INTERVAL={number}"


@pytest.mark.parametrize(
    ("text", "rrule"),
    [
        ("每两个季度", "FREQ=MONTHLY;INTERVAL=6"),
        ("每半年", "FREQ=MONTHLY;INTERVAL=6"),
        ("每工作日更新", "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"),
        ("每周三前报", "FREQ=WEEKLY;BYDAY=WE"),
        ("每年3月底前", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1"),
        ("每年1月15日前", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15"),
        ("按季度拨付", "FREQ=MONTHLY;INTERVAL=3"),
        ("周报制度", "FREQ=WEEKLY"),
    ],
)
def test_rules_that_repeat(text, rrule):
    assert [found.rrule for found in recurrences(text)] == [rrule]


def test_due_before_a_day_is_said():
    assert [found.by for found in recurrences("每月5日前报送；每月10日更新台账")] == [True, False]


@pytest.mark.parametrize(
    "text", ["每人每天150元", "每户每年500元", "每亩每年补助", "每生每学期800元", "每批次"]
)
def test_a_basis_is_no_recurrence(text):
    assert recurrences(text) == []
