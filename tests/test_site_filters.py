"""Values in Chinese, a row each."""

from __future__ import annotations

import pytest

from site_builder.wording import filters


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2021-11-30", "2021年11月30日"),
        ("2024-04", "2024年4月"),
        ("2021", "2021年"),
        ("年底", "年底"),
    ],
)
def test_days_read_in_chinese(iso: str, words: str) -> None:
    assert filters.day(iso) == words


@pytest.mark.parametrize(("count", "words"), [(2048, "2 KB"), (1536 * 1024, "1.5 MB")])
def test_sizes(count: int, words: str) -> None:
    assert filters.size(count) == words
