"""Which lines are rows, and where their cells part."""

import pytest
from extractor_samples import source
from hypothesis import given
from hypothesis import strategies as st

from extractor.normalize import normalize, normalize_text
from extractor.pipeline import extract

cells = st.text(st.sampled_from("山西太原任务补贴元12345（）"), min_size=1, max_size=6)
grids = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=2, max_size=6)
)


def rows(text: str) -> list[list[str]]:
    """The cells of every line that is a row, as they are printed."""
    lines = [line for line in normalize(source(text)).text.split("\n") if "\t" in line]
    return [[cell.strip(" |") for cell in line.split("\t")] for line in lines]


@given(grids, st.booleans())
def test_a_grid_between_pipes_keeps_its_cells(grid, boxed):
    edge = ("| ", " |") if boxed else ("", "")
    assert rows("\n".join(edge[0] + " | ".join(row) + edge[1] for row in grid)) == grid


@given(grids)
def test_a_row_between_pipes_reads_as_printed(grid):
    printed = "\n".join("| " + " | ".join(row) + " |" for row in grid)
    healed = normalize_text(printed).text
    assert "".join(healed.split()) == "\n".join("|".join(row) for row in grid).replace("\n", "")
    assert normalize_text(healed).text == healed


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        # blank cells, at the edges too
        ("| | 甲 | |\n| 1 | | 2 |", [["", "甲", ""], ["1", "", "2"]]),
        # lines that only part rows
        ("| 甲 | 乙 |\n|---|:-:|\n| 1 | 2 |", [["甲", "乙"], ["1", "2"]]),
        ("┌──┬──┐\n│甲│乙│\n├──┼──┤\n│1│2│\n└──┴──┘", [["甲", "乙"], ["1", "2"]]),
        # a page number and a blank line do not end a table
        ("| 甲 | 乙 |\n\n— 3 —\n| 1 | 2 |", [["甲", "乙"], ["1", "2"]]),
        # columns kept apart by spaces; the blank cell in front is lost with the margin
        (
            "工种    等级      标准\n电工    初级工    1200\n        中级工    1500",
            [["工种", "等级", "标准"], ["电工", "初级工", "1200"], ["", "中级工", "1500"]],
        ),
        (
            "作物    标准    备注\n玉米    140\n大豆    366    轮作",
            [["作物", "标准", "备注"], ["玉米", "140"], ["大豆", "366", "轮作"]],
        ),
        # a tab that ends a row is a blank cell
        ("甲\t乙\n1\t\n2\t3", [["甲", "乙"], ["1", ""], ["2", "3"]]),
        # no tables: a menu, names in columns, two organs that sign, a sentence
        ("首页 | 新闻 | 政策", []),
        ("张三    李四    王五\n赵六    孙七    周八\n吴九    郑十    冯一", []),
        ("甲市财政局    甲市民政局\n2024年3月1日", []),
        ("补贴    每人1000元。\n奖励    每户500元。\n补助    每亩30元。", []),
    ],
)
def test_rows(text, seen):
    assert rows(text) == seen


def test_a_header_of_two_rows_is_one():
    text = "一、标准\n| 档次 | 标准 | 地区 | |\n| 元/月 | 元/小时 | | |\n| 一 | 1520 | 16 | 甲区 |"
    (table,) = extract(source(text)).extraction.notice.tables
    assert table.header == ("档次", "标准（元/月）", "标准（元/小时）", "地区")
    assert table.rows == (("一", "1520", "16", "甲区"),)


@pytest.mark.parametrize(
    ("above", "unit", "caption"),
    [
        ("救助标准表\n单位：元/人·月", "元/人·月", "救助标准表"),
        ("任务分解表（单位：万亩）", "万亩", "任务分解表"),
        ("填报单位：某县民政局", None, None),
    ],
)
def test_the_unit_and_the_name_above_a_table(above, unit, caption):
    text = f"一、标准\n{above}\n县区\t标准\n甲县\t735"
    (table,) = extract(source(text)).extraction.notice.tables
    assert (table.unit, table.caption) == (unit, caption)
