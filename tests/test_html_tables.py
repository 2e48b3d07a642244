"""Tables of facts become rows in which every column is filled; tables for layout become none."""

import pytest

from corpus.readers.html.tables import Cell, Table, table


def cells(*rows: str) -> list[list[Cell]]:
    """``县局/2x1|培训`` is a row whose first cell covers two rows and one column."""
    return [[_cell(words) for words in row.split("|") if row] for row in rows]


def _cell(words: str) -> Cell:
    text, _, size = words.partition("/")
    rows, _, columns = size.partition("x")
    return Cell(text, int(rows or 1), int(columns or 1))


@pytest.mark.parametrize(
    ("printed", "rows"),
    [
        pytest.param(["单位|人数", "甲|1"], [("单位", "人数"), ("甲", "1")], id="plain"),
        pytest.param(
            ["单位|类别|人数", "人社局/2x1|职工|1", "农民|2"],
            [("单位", "类别", "人数"), ("人社局", "职工", "1"), ("人社局", "农民", "2")],
            id="one institution for two rows",
        ),
        pytest.param(
            ["工种|标准|任务", "电工|500元/2x1|80人/2x1", "焊工"],
            [("工种", "标准", "任务"), ("电工", "500元", "80人"), ("焊工", "500元", "")],
            id="a rate for two rows, a quantity for both together",
        ),
        pytest.param(
            ["工种|城市|农村", "电工|初级/1x2", "焊工|60人/1x2"],
            [("工种", "城市", "农村"), ("电工", "初级", "初级"), ("焊工", "60人", "")],
            id="one value for two columns",
        ),
        pytest.param(
            ["单位/2x1|任务/1x2", "人数|资金", "人社局|1|2"],
            [("单位", "任务 人数", "任务 资金"), ("人社局", "1", "2")],
            id="a heading in two rows",
        ),
        pytest.param(
            ["单位/2x1|人数", "1", "财政局|2"],
            [("单位", "人数"), ("单位", "1"), ("财政局", "2")],
            id="a tall cell in the first row alone is no heading in two",
        ),
        pytest.param(
            ["甲/1x3|1", "乙/1x3|2"], [("甲", "1"), ("乙", "2")], id="columns without a cell"
        ),
        pytest.param(["甲/3x1|1", "2|3"], [("甲", "1", ""), ("甲", "2", "3")], id="ragged"),
        pytest.param(
            ["项目|内容", "一、省级/1x2", "甲|1"],
            [("项目", "内容"), ("一、省级", "一、省级"), ("甲", "1")],
            id="a heading between rows",
        ),
        pytest.param(
            ["部门|职责", f"局/2x1|{'负责。' * 14}/2x1", "", "厅|管"],
            [("部门", "职责"), ("局", "负责。" * 14), ("局", ""), ("厅", "管")],
            id="sentences are not repeated",
        ),
    ],
)
def test_rows(printed, rows):
    assert table(cells(*printed)) == Table((), tuple("\t".join(row) for row in rows), ())


def test_captions_stand_outside():
    found = table(
        cells("任务分解表/1x99999", "单位：人/1x2", "单位|人数", "甲|1", "注：据实。/1x2")
    )
    assert found == Table(("任务分解表", "单位：人"), ("单位\t人数", "甲\t1"), ("注：据实。",))


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param([], id="nothing"),
        pytest.param(["甲"], id="one cell"),
        pytest.param(["甲|乙"], id="one row"),
        pytest.param(["甲", "乙", "丙"], id="one column"),
        pytest.param(["甲|", "乙|", "丙|"], id="an empty column"),
        pytest.param(["导航|" + "通知正文。" * 99, "页脚|版权"], id="a page"),
        pytest.param(["甲|乙", *["丙/1x2"] * 8, "甲|乙"], id="lines across"),
        pytest.param(["|".join("甲" * 501)] * 2, id="too many cells"),
    ],
)
def test_layout_is_no_table(printed):
    assert table(cells(*printed)) is None


def test_an_attack_by_merged_cells_is_no_table():
    row = [Cell("甲", rows=5_000)] * 400
    assert table([row, *[[Cell("乙")]] * 10_000]) is None
