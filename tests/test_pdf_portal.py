"""What a portal prints above a notice is kept apart from what the notice says."""

from pdf_samples import LEFT, Sheet, pdf, rows

from corpus.limits import USUAL
from corpus.readers.pdf.reader import parse

SAID = (
    ("索引号", "000014349/2026-00055"),
    ("主题分类", "城乡建设"),
    ("发文机关", "国务院办公厅"),
    ("成文日期", "2026年07月09日"),
)
WORDS = "各省、自治区、直辖市人民政府："


def test_a_box_of_labels_is_taken_out_of_the_text():
    sheet = Sheet()
    for at, (name, value) in enumerate(SAID):
        left, top = LEFT + 220 * (at % 2), 80 + 20 * (at // 2)
        sheet.put(f"{name}：", left, top, 10).put(value, left + 70, top, 10)
    sheet.put(WORDS, LEFT, 200)
    read = parse(pdf(sheet), "a.pdf", USUAL)
    assert dict(read.portal) == dict(SAID)
    assert read.text == WORDS


def test_a_box_with_lines_is_taken_out_of_the_text():
    sheet = Sheet()
    names = [[SAID[0][0], SAID[0][1], SAID[1][0]], [SAID[2][0], SAID[2][1], SAID[3][0]]]
    rows(sheet, [[*row[:2]] for row in names], 80)
    sheet.put(WORDS, LEFT, 200)
    read = parse(pdf(sheet), "a.pdf", USUAL)
    assert dict(read.portal) == {SAID[0][0]: SAID[0][1], SAID[2][0]: SAID[2][1]}
    assert read.text == WORDS


def test_a_notice_that_names_a_date_keeps_it():
    words = ["（一）成文日期：2021年9月24日。", "（二）其他事项另行通知。"]
    sheet = Sheet().put(words[0], LEFT + 32, 100).put(words[1], LEFT + 32, 128)
    read = parse(pdf(sheet), "a.pdf", USUAL)
    assert read.portal == ()
    assert read.text.split("\n") == words
