"""文号 in one spelling, and nothing else changed for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_samples import SPELLINGS

from kb.search.analyzer import fold
from kb.search.document_numbers import printed, respelled, spelled

NUMBER = "晋政办发(2019)68号"
TYPED = st.text(alphabet='晋政办发文号年第(）20198/- "', max_size=30)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_every_spelling_is_one(typed):
    assert spelled(fold(typed)) == NUMBER


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("取证补贴 晋政办发2019 68", f"取证补贴 {NUMBER}"),
        ("晋政办发2019 68 取证补贴", f"{NUMBER} 取证补贴"),
        ("取证补贴 (2019)68号", "取证补贴 (2019)68号"),
        ('"晋政办发2019 68号"', f'"{NUMBER}"'),
        ("财政部公告2022年第10号", "财政部公告(2022)10号"),
        # these count something, or are years
        ("开发2020 5个项目", "开发2020 5个项目"),
        ("转发2020-2022年计划", "转发2020-2022年计划"),
        ("发放2019年12月补贴", "发放2019年12月补贴"),
        ("培训2019 68号", "培训2019 68号"),
    ],
)
def test_what_stands_beside_a_number_stays_as_it_is(typed, words):
    assert spelled(typed) == words


@given(TYPED)
def test_spelling_twice_changes_nothing(typed):
    once = spelled(fold(typed))
    assert spelled(once) == once


def test_a_number_knows_where_it_is_printed():
    text = "按照商服贸函2026年第322号、国发(2018)41号执行"
    assert [(n.text, text[n.start : n.end]) for n in printed(text)] == [
        ("按照商服贸函(2026)322号", "按照商服贸函2026年第322号"),
        ("国发(2018)41号", "国发(2018)41号"),
    ]
    assert list(respelled(text)) == ["按照商服贸函(2026)322号"]


def test_a_long_row_of_blanks_is_read_once():
    typed = "国发2018" + " " * 50_000
    assert spelled(typed) == typed
    assert list(printed("国" * 50_000 + "(2018" + " " * 50_000 + "号")) == []
