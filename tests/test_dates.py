"""Days and stretches of days: every printed form of a date gives it, and no other text one."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.dates import stretches

DIGITS = "〇一二三四五六七八九"
days = st.dates(date(1990, 1, 1), date(2049, 12, 31))


def spelt(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + "十" * bool(tens) + (DIGITS[ones] if ones else "")


def in_chinese(day: date) -> str:
    """二〇二四年十月九日."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{spelt(day.month)}月{spelt(day.day)}日"


FORMS = {
    "full": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "padded": lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
    "spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "dashes": lambda d: d.isoformat(),
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "slashes": lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    "chinese": in_chinese,
}


@pytest.mark.parametrize("form", FORMS)
@given(day=days)
def test_every_form_of_a_date_is_that_date(form, day):
    words = FORMS[form](day)
    (found,) = stretches(f"会议时间为{words}。", None)
    assert (found.first, found.last, found.date) == (day.isoformat(),) * 3
    assert not found.inferred
    assert f"会议时间为{words}。"[slice(*found.core)] == words


@given(days, st.integers(0, 900), st.sampled_from(("至", "到", "—", "-", "～")))
def test_a_range_includes_both_its_ends(first, length, join):
    last = first + timedelta(days=length)
    words = f"{FORMS['full'](first)}{join}{FORMS['full'](last)}"
    (found,) = stretches(words, None)
    assert (found.first, found.last, found.ranged) == (first.isoformat(), last.isoformat(), True)


@given(days)
def test_the_end_of_a_range_shares_the_year_of_its_beginning(day):
    last = date(day.year, 12, 31)
    (found,) = stretches(f"{FORMS['full'](day)}至12月31日", None)
    assert (found.first, found.last) == (day.isoformat(), last.isoformat())


@pytest.mark.parametrize("edge", ["底", "末", "底前"])
@given(year=st.integers(1990, 2049), month=st.integers(1, 12))
def test_the_end_of_a_month_is_its_last_day(edge, year, month):
    (found,) = stretches(f"{year}年{month}月{edge}完成", None)
    assert (found.date, found.bound) == (f"{year}-{month:02}-{monthrange(year, month)[1]}", "by")


@given(st.integers(1990, 2049), st.integers(1, 12))
def test_a_missing_year_is_the_notices_and_is_marked(year, month):
    (found,) = stretches(f"{month}月底前完成", year)
    assert found.date == f"{year}-{month:02}-{monthrange(year, month)[1]}"
    assert found.inferred


def test_without_a_year_the_year_stays_open():
    (found,) = stretches("11月底前完成", None)
    assert found.date == "XXXX-11-30"


def test_a_year_is_carried_on_within_the_text():
    first, second = stretches("2023年3月底前启动，6月底前完成", None)
    assert (first.date, second.date) == ("2023-03-31", "2023-06-30")
    assert (first.inferred, second.inferred) == (False, True)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2024年第一季度", "2024-01-01", "2024-03-31"),
        ("2024年四季度", "2024-10-01", "2024-12-31"),
        ("2024年上半年", "2024-01-01", "2024-06-30"),
        ("2024年下半年", "2024-07-01", "2024-12-31"),
        ("2024年2月上旬", "2024-02-01", "2024-02-10"),
        ("2024年2月下旬", "2024-02-21", "2024-02-29"),
        ("2019—2021年", "2019-01-01", "2021-12-31"),
        ("2024年", "2024-01-01", "2024-12-31"),
        ("“十三五”期间", "2016-01-01", "2020-12-31"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"),
        ("“十五五”时期", "2026-01-01", "2030-12-31"),
    ],
)
def test_a_stretch_has_a_first_and_a_last_day(words, first, last):
    (found,) = stretches(words, None)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("words", "on", "day"),
    [
        ("今年6月底前", date(2024, 3, 1), "2024-06-30"),
        ("明年2月底前", date(2023, 3, 1), "2024-02-29"),
        ("年底前", date(2024, 3, 1), "2024-12-31"),
    ],
)
def test_relative_dates_count_from_a_day(words, on, day):
    (found,) = stretches(words, on.year, on)
    assert found.date == day


@pytest.mark.parametrize("words", ["今年", "明年3月", "年底前"])
def test_relative_dates_without_a_day_are_not_guessed(words):
    assert all(found.date.startswith("X") for found in stretches(words, None))


@pytest.mark.parametrize(
    "words",
    [
        "2024年13月1日",
        "0月5日前",
        "每年年底",
        "两年底数",
        "月报",
        "月薪",
        "第3月台",
        "192.168.1.1",
        "2024.13.01",
        "2024-02-30",
        "三年行动",
        "一年级",
    ],
)
def test_what_is_no_date_gives_no_day(words):
    assert not [found for found in stretches(words, None) if found.precision == "day"]


PIECES = (*"20124年月日底前后初至到-—.上下半旬自起止于五“”期间", "第四季度", "一季度")


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_stretches_are_in_order_inside_the_text_and_apart(text):
    end = 0
    for found in stretches(text, 2024):
        assert 0 <= found.start <= found.core[0] < found.core[1] <= found.end <= len(text)
        assert end <= found.core[0]
        assert found.first <= found.last
        end = found.core[1]


@pytest.mark.parametrize("words", ["连续五季度增长", "前八季度", "第十二季度", "近十五季度"])
def test_a_number_of_quarters_is_no_quarter(words):
    assert stretches(words, 2024) == []
