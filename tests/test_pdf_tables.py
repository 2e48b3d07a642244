"""Tables come row by row, one over all pages that it runs over, with one header."""

from itertools import pairwise

import pytest
from pdf_samples import LEFT, Sheet, pdf, rows, typed

from corpus.limits import USUAL
from corpus.readers.body import Body
from corpus.readers.pdf.reader import parse

HEADER = ["职业（工种）", "等级", "补贴标准"]
ROWS = [[f"工种{at}", "初级工", f"{at}00元"] for at in range(1, 60)]
BEFORE, AFTER = "补贴标准见下表：", "以上标准自印发之日起执行。"


def body(*sheets: Sheet) -> Body:
    return parse(pdf(*sheets), "a.pdf", USUAL)


def lines(*sheets: Sheet) -> list[str]:
    return body(*sheets).text.split("\n")


def joined(table: list[list[str]]) -> list[str]:
    return ["\t".join(row) for row in table]


def test_a_table_stands_between_its_paragraphs():
    sheet = Sheet().put(BEFORE, LEFT + 32, 100)
    end = rows(sheet, [HEADER, *ROWS[:4]], 140)
    sheet.put(AFTER, LEFT + 32, end + 20)
    assert lines(sheet) == [BEFORE, *joined([HEADER, *ROWS[:4]]), AFTER]


@pytest.mark.parametrize("again", [True, False], ids=["header again", "header once"])
def test_a_table_over_pages_is_one_with_one_header(again):
    sheets = [Sheet().put(BEFORE, LEFT + 32, 90), Sheet(), Sheet()]
    parts = [ROWS[:20], ROWS[20:42], ROWS[42:50]]
    for sheet, part, top in zip(sheets, parts, (130, 90, 90), strict=True):
        with_header = again or sheet is sheets[0]
        end = rows(sheet, [HEADER, *part] if with_header else part, top)
    sheets[-1].put(AFTER, LEFT + 32, end + 20)
    for at, sheet in enumerate(sheets, 1):
        sheet.put(f"— {at} —", 280, 790, 14)
    read = body(*sheets)
    assert read.text.split("\n") == [BEFORE, *joined([HEADER, *ROWS[:50]]), AFTER]
    assert read.furniture == 3 + 2 * again
    for start in read.page_starts[1:]:
        assert read.text[start:].startswith("工种")


def test_a_table_of_its_own_on_the_next_page_keeps_its_header():
    one, other = Sheet(), Sheet()
    rows(one, [HEADER, *ROWS[:2]], 600)
    other.put("附件2", LEFT, 90)
    rows(other, [HEADER, *ROWS[5:7]], 130)
    table, following = joined([HEADER, *ROWS[:2]]), joined([HEADER, *ROWS[5:7]])
    assert lines(one, other) == [*table, "附件2", *following]


def test_words_that_a_cell_wraps_are_whole():
    sheet = Sheet().grid([LEFT, LEFT + 80, LEFT + 300], [100, 150, 180])
    sheet.put("人力资源和社", LEFT + 4, 104, 12).put("会保障局", LEFT + 4, 122, 12)
    sheet.put("审核", LEFT + 84, 112, 12)
    sheet.put("财政局", LEFT + 4, 158, 12).put("拨付", LEFT + 84, 158, 12)
    assert lines(sheet) == ["人力资源和社会保障局\t审核", "财政局\t拨付"]


def test_a_merged_name_stands_in_every_row_that_it_covers():
    sheet = Sheet()
    xs, ys = [LEFT, LEFT + 100, LEFT + 200], [100, 130, 160]
    for y in (ys[0], ys[2]):
        sheet.line(xs[0], y, xs[2], y)
    sheet.line(xs[1], ys[1], xs[2], ys[1])
    for x in xs:
        sheet.line(x, ys[0], x, ys[2])
    sheet.put("电工", LEFT + 4, 122, 12)
    sheet.put("初级", LEFT + 104, 108, 12).put("中级", LEFT + 104, 138, 12)
    assert lines(sheet) == ["电工\t初级", "电工\t中级"]


def test_a_heading_in_two_rows_becomes_one():
    sheet = Sheet()
    xs, ys = [LEFT, LEFT + 100, LEFT + 200, LEFT + 300], [100, 130, 160, 190]
    for y in (ys[0], ys[2], ys[3]):
        sheet.line(xs[0], y, xs[3], y)
    sheet.line(xs[1], ys[1], xs[3], ys[1])
    for x in (xs[0], xs[1], xs[3]):
        sheet.line(x, ys[0], x, ys[3])
    sheet.line(xs[2], ys[1], xs[2], ys[3])
    sheet.put("职业", xs[0] + 4, 122, 12).put("补贴标准", xs[1] + 60, 108, 12)
    for x, name, amount in zip(xs[1:], ("初级", "中级"), ("100元", "200元"), strict=False):
        sheet.put(name, x + 4, 138, 12).put(amount, x + 4, 168, 12)
    sheet.put("电工", xs[0] + 4, 168, 12)
    read = body(sheet)
    assert read.text.split("\n") == ["职业\t补贴标准 初级\t补贴标准 中级", "电工\t100元\t200元"]
    assert read.findings == ()


def test_a_merged_name_on_the_next_page_is_that_of_its_rows():
    one, other = Sheet(), Sheet()
    rows(one, [HEADER, *ROWS[:3]], 560)
    xs = [LEFT, LEFT + 140, LEFT + 280, LEFT + 420]
    other.grid(xs[1:], [90, 118, 146]).line(xs[0], 90, xs[0], 146)
    for y in (90, 146):
        other.line(xs[0], y, xs[1], y)
    for at, level in enumerate(("中级工", "高级工")):
        other.put(level, xs[1] + 4, 97 + 28 * at, 12).put("900元", xs[2] + 4, 97 + 28 * at, 12)
    other.put("焊工", xs[0] + 4, 111, 12)
    read = body(one, other)
    assert read.text.split("\n")[-2:] == ["焊工\t中级工\t900元", "焊工\t高级工\t900元"]
    assert read.findings == ()


def test_a_table_without_lines_is_found_by_its_columns():
    sheet = Sheet()
    for at, (name, amount) in enumerate(
        [("初级工", "1000"), ("中级工", "1500"), ("高级工", "2000")]
    ):
        sheet.put(name, LEFT, 100 + 28 * at).put(amount, LEFT + 200, 100 + 28 * at)
    assert lines(sheet) == ["初级工\t1000", "中级工\t1500", "高级工\t2000"]


def test_two_columns_of_text_are_read_one_after_the_other():
    left = [f"左栏第{'一二三四五六七八'[at]}行写满了字一直到边缘" for at in range(8)]
    right = [f"右栏第{'一二三四五六七八'[at]}行写满了字一直到边缘" for at in range(8)]
    sheet = Sheet()
    for at, (one, other) in enumerate(zip(left, right, strict=True)):
        sheet.put(one, 60, 100 + 20 * at, 12).put(other, 320, 100 + 20 * at, 12)
    words = "".join(lines(sheet))
    places = [words.index(line) for line in (*left, *right)]
    assert all(one < other for one, other in pairwise(places))


def test_footnotes_follow_their_paragraph_and_leave_no_figure_behind():
    sheet = typed(["培训补贴每人1000元", "各单位要认真执行。"], number="")[0]
    sheet.put("1", LEFT + 32 + 8 * 16 - 16, 98, 8)
    sheet.line(LEFT, 700, LEFT + 120, 700).put("1 含鉴定费。", LEFT, 710, 11)
    assert "10001" not in body(sheet).text
    assert any(line.startswith("注1：含鉴定费") for line in lines(sheet))
