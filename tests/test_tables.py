"""Rows of cells become tables with header, caption and clause."""

import pytest
from extractor_samples import NOTICE, source
from hypothesis import given
from hypothesis import strategies as st

from extractor.models import Table
from extractor.pipeline import extract

cells = st.text(st.sampled_from("山西大学太原任务数人合计甲乙丙12345"), min_size=1, max_size=6)
grids = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=2, max_size=6)
)


def tables(text: str) -> tuple[Table, ...]:
    return extract(source(text)).extraction.notice.tables


def test_the_table_of_a_notice():
    (table,) = tables(NOTICE)[:1]
    assert table.clause == "附件1"
    assert table.header == ("序号", "培训机构", "培训人数（人）")
    assert table.rows == (
        ("1", "山西旅游职业学院", "300"),
        ("2", "太原旅游职业学院", "200"),
        ("", "合计", "500"),
    )


def test_rows_stand_where_they_say():
    notice = extract(source(NOTICE)).extraction.notice
    for table in notice.tables:
        for row, span in zip(table.rows, table.row_spans, strict=True):
            assert tuple(cell.strip() for cell in span.of(notice.text).split("\t")) == row
            assert table.span.holds(span)


@given(grids)
def test_no_cell_is_lost(grid):
    words = ["一、任务分解", *("\t".join(row) for row in grid), "二、工作要求"]
    (table,) = tables("\n".join(words))
    assert [list(row) for row in ((table.header,) if table.header else ()) + table.rows] == grid


def test_a_first_row_of_numbers_is_no_header():
    (table,) = tables("一、任务分解\n1\t山西大学\n2\t太原理工大学")
    assert table.header == ()
    assert len(table.rows) == 2


def test_words_between_part_two_tables():
    first, second = tables("一、任务分解\n单位\t任务\n甲\t1\n以上为第一批。\n单位\t任务\n乙\t2")
    assert (first.rows, second.rows) == ((("甲", "1"),), (("乙", "2"),))


@pytest.mark.parametrize(
    ("line", "caption"), [("培训任务分配表", "培训任务分配表"), ("各单位任务如下，请执行：", None)]
)
def test_a_short_line_above_is_the_caption(line, caption):
    (table,) = tables(f"一、任务分解\n{line}\n单位\t任务\n甲\t1")
    assert table.caption == caption


def test_a_text_without_tabs_has_no_table():
    assert tables("一、任务分解\n山西大学 1326") == ()
