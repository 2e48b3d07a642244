"""What the page says is taken out and counted; what the notice says stays, wherever it stands."""

import pytest
from pdf_samples import LEFT, Sheet, pdf, typed

from corpus.limits import USUAL
from corpus.readers.body import Body
from corpus.readers.pdf.reader import parse

PARAGRAPHS = [f"（{at}）第{at}项工作由人社局负责，经费{at}万元。" for at in range(1, 50)]


def body(*sheets: Sheet) -> Body:
    return parse(pdf(*sheets), "a.pdf", USUAL)


@pytest.mark.parametrize("number", ["{}", "— {} —", "－{}－", "第{}页", "第{}页 共3页", "{}/3"])
def test_page_numbers_are_taken_out_and_counted(number):
    sheets = typed(PARAGRAPHS, number=number)
    assert len(sheets) == 3
    read = body(*sheets)
    assert read.text.split("\n") == PARAGRAPHS
    assert read.furniture == len(sheets)


def test_running_heads_are_taken_out_and_counted():
    sheets = typed(PARAGRAPHS, head="文水县人民政府办公室文件汇编")
    read = body(*sheets)
    assert read.text.split("\n") == PARAGRAPHS
    assert read.furniture == 2 * len(sheets)


def test_what_a_browser_prints_around_pages_is_taken_out():
    sheets = typed(PARAGRAPHS, number="")
    for at, sheet in enumerate(sheets, 1):
        sheet.put("2026/7/24 15:32", 25, 15, 8).put("关于印发办法的通知_中国政府网", 250, 15, 8)
        sheet.put("https://www.gov.cn/zhengce/content_7076420.htm", 25, 820, 8)
        sheet.put(f"{at}/{len(sheets)}", 550, 820, 8)
    read = body(*sheets)
    assert read.text.split("\n") == PARAGRAPHS
    assert read.furniture == 2 * len(sheets)


def test_heads_of_annexes_stay():
    sheets = [
        Sheet().put(f"附件{at}", LEFT, 100).put(f"第{'一二三四'[at - 1]}张表", LEFT + 32, 160)
        for at in range(1, 5)
    ]
    heads = [line for line in body(*sheets).text.split("\n") if line.startswith("附件")]
    assert heads == ["附件1", "附件2", "附件3", "附件4"]


def test_a_number_that_is_not_of_its_page_stays():
    sheets = typed(PARAGRAPHS[:5], number="")
    sheets[0].put("2021", 280, 700)
    read = body(*sheets)
    assert "2021" in read.text.split("\n")
    assert read.furniture == 0
