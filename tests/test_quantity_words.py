"""Quantities in Chinese, a row each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kb import quantity_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("800", "800元"),
        ("1000", "1000元"),
        ("33.5", "33.5元"),
        ("1300000", "130万元"),
        ("12345", "12345元"),
        ("15000", "1.5万元"),
        ("70000000000", "700亿元"),
        ("1E+4", "1万元"),
    ],
)
def test_money_reads_as_a_notice_prints_it(value: str, words: str) -> None:
    assert quantity_words.yuan(Decimal(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [("5000", "5000"), ("100000", "10万"), ("12345", "12345"), ("15000", "1.5万")],
)
def test_counts_read_as_a_notice_prints_them(value: str, words: str) -> None:
    assert quantity_words.count(Decimal(value)) == words


@pytest.mark.parametrize(
    ("low", "high", "exclusive", "words"),
    [
        (800, 800, False, "800元"),
        (None, 1000, False, "不超过1000元"),
        (None, 1000, True, "低于1000元"),
        (500, None, False, "不低于500元"),
        (500, None, True, "超过500元"),
        (3, 6, False, "3元至6元"),
        (None, None, False, ""),
    ],
)
def test_bounds_are_said_in_words(
    low: int | None, high: int | None, exclusive: bool, words: str
) -> None:
    ends = (None if end is None else Decimal(end) for end in (low, high))
    assert quantity_words.bounds(*ends, quantity_words.yuan, exclusive) == words


@pytest.mark.parametrize(
    ("iso", "workdays", "words"),
    [
        ("P30D", False, "30天"),
        ("P5D", True, "5个工作日"),
        ("P2M", False, "2个月"),
        ("P1Y6M", False, "1年6个月"),
        ("PT10M", False, "10分钟"),
        ("P", False, "P"),
        ("尽快", False, "尽快"),
    ],
)
def test_durations_read_in_chinese(iso: str, workdays: bool, words: str) -> None:
    assert quantity_words.duration(iso, workdays=workdays) == words


def test_a_basis_without_a_chinese_name_is_shown_as_it_stands() -> None:
    assert quantity_words.each(("person", "day", "kiln")) == "每人每天每kiln"


def test_a_basis_reads_alike_in_front_of_a_sum_and_behind_it() -> None:
    per = ("institution", "unit", "hour")
    assert quantity_words.each(per) == "每个机构每个每课时"
    assert quantity_words.by_each(per) == "/机构/个/课时"
    assert quantity_words.each(("enterprise", "year")) == "每家企业每年"
    assert quantity_words.counted(Decimal(3), "month") == "3个月"
