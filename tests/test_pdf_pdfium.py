"""Two readers of one file are compared sign by sign; where they differ a person is told."""

import pytest
from pdf_samples import LEFT, pdf, typed

from corpus.limits import USUAL
from corpus.readers.pdf import reader
from corpus.readers.pdf.pdfium import SecondReader, disagreement

PARAGRAPHS = ["培训补贴标准为每人1000元，由财政局拨付，各单位要认真贯彻执行。"] * 4


@pytest.mark.parametrize(
    ("ours", "theirs", "share"),
    [
        (["通知如下"], ["通 知\r\n如下"], 0.0),
        (["⼯作（一）"], ["工作(一)"], 0.0),
        (["甲乙"], ["乙", "甲"], 0.0),
        (["每人100元"], ["每人1000元"], 1 / 7),
        ([], ["通知"], 1.0),
        ([], [], 0.0),
    ],
)
def test_disagreement_is_the_share_of_signs_that_one_of_them_misses(ours, theirs, share):
    assert disagreement(ours, theirs) == pytest.approx(share)
    assert disagreement(theirs, ours) == pytest.approx(share)


def test_readers_that_agree_say_nothing():
    assert reader.parse(pdf(*typed(PARAGRAPHS)), "a.pdf", USUAL).findings == ()


def test_a_file_that_two_readers_read_differently_is_told():
    # one of them knows no character for the code, for its table leaves it out
    data = pdf(*typed(PARAGRAPHS)).replace(b"<57><57>", b"")
    data = data.replace(b"<5700> <57ff> <5700>\n", b"<5700> <57ff> <4e00>\n")
    read = reader.parse(data, "a.pdf", USUAL)
    looked = SecondReader(data, "a.pdf").look(0).text
    assert disagreement([read.text], [looked]) < 0.2
    sheet = typed(PARAGRAPHS)[0]
    # beside the page, where only pdfium looks
    sheet.put("旁边还有许多别人看不见的字" * 3, LEFT + 600, 300)
    found = reader.parse(pdf(sheet), "a.pdf", USUAL).findings
    assert [finding.code for finding in found] == ["pdf-text-disagrees"]
    assert "compare its text with the pages" in found[0].message
