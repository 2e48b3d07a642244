"""Tables come out as rows of cells parted by tabs, with merged cells named where they reach."""

import pytest
from docx_samples import Draft, cell, run, table

from corpus.readers.grid import Cell, rows

RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.fixture
def draft():
    return Draft()


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def test_a_table_as_rows(draft):
    draft.paragraph("任务表")
    draft.add(
        table(
            cell("单位") + cell("任务数\n（个）"), cell("甲校") + cell("10"), cell("乙校") + cell()
        )
    )
    draft.paragraph("注：略")
    assert draft.lines() == ["任务表", "单位\t任务数 （个）", "甲校\t10", "乙校\t", "注：略"]


def test_a_name_that_spans_rows_is_named_in_each(draft):
    draft.add(
        table(
            cell("地区") + cell("工种") + cell("补贴标准") + cell("任务"),
            cell("太原市", RESTART)
            + cell("焊工")
            + cell("800元", RESTART)
            + cell("500人", RESTART),
            cell("", GOES_ON) + cell("电工") + cell("", GOES_ON) + cell("", GOES_ON),
            cell("大同市") + cell("钳工") + cell("600元") + cell("300人"),
        )
    )
    # the rate holds for both trades, the 500 people are not 1000
    assert draft.lines() == [
        "地区\t工种\t补贴标准\t任务",
        "太原市\t焊工\t800元\t500人",
        "太原市\t电工\t800元\t",
        "大同市\t钳工\t600元\t300人",
    ]


def test_a_name_that_spans_columns_is_named_in_each_a_quantity_once(draft):
    draft.add(
        table(
            cell("序号") + cell("单位") + cell("2020年") + cell("2021年"),
            cell("1") + cell("甲") + cell("5000", span(2)),
            cell("合计", span(2)) + cell("5000") + cell("0"),
        )
    )
    assert draft.lines()[1:] == ["1\t甲\t5000\t", "合计\t合计\t5000\t0"]


def test_a_heading_in_two_rows_becomes_one(draft):
    draft.add(
        table(
            cell("单位", RESTART) + cell("培训任务", span(2)) + cell("备注", RESTART),
            cell("", GOES_ON) + cell("2020年") + cell("2021年") + cell("", GOES_ON),
            cell("甲校") + cell("10") + cell("20") + cell(),
        )
    )
    assert draft.lines() == ["单位\t培训任务 2020年\t培训任务 2021年\t备注", "甲校\t10\t20\t"]


def test_a_row_of_one_cell_is_text_between_two_tables(draft):
    draft.add(
        table(
            cell("普通本科高校", span(2)),
            cell("单位") + cell("任务数"),
            cell("甲校") + cell("10"),
            cell("说明一。\n说明二。", span(2)),
        )
    )
    assert draft.lines() == ["普通本科高校", "单位\t任务数", "甲校\t10", "说明一。", "说明二。"]


def test_a_table_of_one_cell_is_only_a_frame(draft):
    inner = table(cell("甲") + cell("乙"), cell("1") + cell("2"))
    frame = f"<w:tc><w:tcPr/><w:p>{run('一、目标')}</w:p>{inner}<w:p>{run('正文。')}</w:p></w:tc>"
    draft.add(table(frame))
    assert draft.lines() == ["一、目标", "甲\t乙", "1\t2", "正文。"]


def test_a_table_in_a_cell_follows_the_row(draft):
    inner = table(cell("内甲") + cell("内乙"), cell("1") + cell("2"))
    outer = f"<w:tc><w:tcPr/><w:p>{run('外一')}</w:p>{inner}</w:tc>"
    draft.add(table(outer + cell("外二"), cell("外三") + cell("外四"), cell("五") + cell("六")))
    assert draft.lines() == ["外一\t外二", "内甲\t内乙", "1\t2", "外三\t外四", "五\t六"]


def test_tables_without_lines_that_only_lay_out_words(draft):
    head = cell("山西省教育厅\n山西省财政厅") + cell("文件")
    draft.add(table(head, borders=False))
    draft.add(table(cell("山西省教育厅") + cell("山西省财政厅"), borders=False))
    assert draft.lines() == ["山西省教育厅", "山西省财政厅", "文件", "山西省教育厅　山西省财政厅"]


@pytest.mark.parametrize("how", ["cell", "style", "based", "large"])
def test_tables_that_list_something(draft, how):
    lined = '<w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr>'
    draft.style(lined, "网格", kind="table").style(
        '<w:basedOn w:val="网格"/>', "细网格", kind="table"
    )
    edge = '<w:tcBorders><w:left w:val="single"/></w:tcBorders>' if how == "cell" else ""
    style = {"style": "网格", "based": "细网格"}.get(how)
    listed = [cell(name, edge) + cell(value) for name, value in (("甲", "1"), ("乙", "2"))]
    if how == "large":
        listed = [each + cell("3") for each in (*listed, *listed)]
    source = (
        table(*listed).replace("<w:tblBorders>", "<w:x>").replace("</w:tblBorders>", "</w:x>", 1)
    )
    if style:
        source = source.replace("<w:tblPr>", f'<w:tblPr><w:tblStyle w:val="{style}"/>', 1)
    draft.add(source)
    assert draft.lines()[:2] == (["甲\t1", "乙\t2"] if how != "large" else ["甲\t1\t3", "乙\t2\t3"])


def test_lines_that_are_switched_off_are_none(draft):
    source = table(cell("甲") + cell("乙"), cell("丙") + cell("丁")).replace('"single"', '"nil"')
    assert draft.add(source).lines() == ["甲　乙", "丙　丁"]


def test_changes_in_a_table_are_accepted(draft):
    draft.add(
        table(
            row(cell("单位") + cell("任务"), properties="<w:ins/>"),
            row(cell("撤销的") + cell("1"), properties="<w:del/>"),
            row(cell("隐藏的") + cell("2"), properties="<w:hidden/>"),
            row(cell("甲校") + cell("旧", "<w:cellDel/>") + cell("3", "<w:cellIns/>")),
        )
    )
    assert draft.lines() == ["单位\t任务", "甲校\t3"]


def test_rows_and_cells_in_content_controls(draft):
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    inner = table("<w:tr/>", row(cell("单位"), control(cell("任务"))))
    draft.add(inner.replace("</w:tbl>", control(row(cell("甲校"), cell("1"))) + "</w:tbl>"))
    assert draft.lines() == ["单位\t任务", "甲校\t1"]


def test_rows_that_begin_further_in_and_merges_of_old_word(draft):
    draft.add(
        table(
            cell("甲") + cell("乙") + cell("丙"),
            row(cell("丁"), cell("戊"), properties='<w:gridBefore w:val="1"/>'),
            cell("己", '<w:hMerge w:val="restart"/>')
            + cell("", '<w:hMerge w:val="continue"/>')
            + cell("庚"),
        )
    )
    assert draft.lines() == ["甲\t乙\t丙", "\t丁\t戊", "己\t己\t庚"]


def test_a_cell_that_spans_a_thousand_million_columns_is_no_wider_than_a_page(draft):
    draft.add(table(cell("甲", span(999_999_999)) + cell("乙"), cell("丙") + cell("丁")))
    assert max(map(len, draft.lines())) < 200


def test_a_long_cell_over_many_rows_is_not_repeated():
    long = "长" * 10_000
    table = [[Cell(long, 0), Cell("1", 1)], *([[Cell("", 0, goes_on=True), Cell("2", 1)]] * 500)]
    assert sum(len(text) for text, _ in rows(table, 2)) < 15_000


def test_a_cell_that_goes_on_from_nowhere_is_empty():
    assert list(rows([[Cell("甲", 0, goes_on=True), Cell("乙", 1)]], 2)) == [("\t乙", 1)]


def test_cells_that_overlap_do_not_widen_the_table():
    assert list(rows([[Cell("甲", 0, 3), Cell("乙", 2)]], 3)) == [("甲\t甲\t乙", 1)]


def test_a_note_in_a_cell_and_a_box_follow_the_row(draft):
    box = "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p>"
    box += "</w:txbxContent></v:textbox></w:pict></w:r>"
    boxed = f"<w:tc><w:tcPr/><w:p>{run('甲')}{box}</w:p></w:tc>"
    draft.add(table(boxed + cell("乙"), cell("丙") + cell("丁")))
    assert draft.lines() == ["甲\t乙", "框", "丙\t丁"]
