"""The mark-up of a page comes out of its bytes, whatever it declares, mended where that is safe."""

import pytest

from corpus.errors import NotText
from corpus.readers.html.markup import markup

TEXT = "<p>关于发放培训补贴的通知，请各乡镇人民政府认真执行。</p>"


def text(page: str) -> str:
    return markup(page.encode(), "a.html").text


@pytest.mark.parametrize(
    ("head", "encoding", "read_as"),
    [
        ("<meta charset=gb2312>", "gbk", "gb18030"),
        ("<META http-equiv='Content-Type' content='text/html; charset=GBK'>", "gbk", "gb18030"),
        ('<?xml version="1.0" encoding="gb2312"?>', "gbk", "gb18030"),
        ("<meta charset='big5'>", "big5", "big5hkscs"),
        ("<meta charset='utf-8'>", "utf-8", "utf-8"),
        # a portal that has changed its encoding and not its template
        ("<meta charset='gb2312'>", "utf-8", "utf-8"),
        ("<meta charset='utf-8'>", "gbk", "gb18030"),
        ("<meta charset='gb2312'>", "utf-16", "utf-16-le"),
        ("", "gbk", "gb18030"),
        ("", "utf-8-sig", "utf-8"),
    ],
)
def test_the_encoding_is_what_the_bytes_say(head, encoding, read_as):
    words = "大的一是在中上下" if encoding == "big5" else TEXT
    found = markup(f"{head}{words}".encode(encoding), "a.html")
    assert (found.text, found.encoding) == (head + words, read_as)


def test_an_encoding_told_outside_the_page_comes_first():
    assert markup(TEXT.encode("gbk"), "a.mht", "gbk").encoding == "gb18030"


def test_a_broken_byte_in_a_long_page_is_told_and_not_fatal():
    page = ("<meta charset='utf-8'>" + TEXT * 99).encode()
    at = page.index("补".encode()) + 1
    found = markup(page[:at] + page[at + 1 :], "a.html")
    assert found.text.count("\ufffd") == 1
    assert [(f.severity, f.code) for f in found.findings] == [("warning", "broken-characters")]


def test_what_is_no_page_is_refused():
    with pytest.raises(NotText, match=r"^a\.html: this is a PDF file"):
        markup(b"%PDF-1.7 \xe2\xe3", "a.html")
    with pytest.raises(NotText, match="truncated encoding"):
        markup(("<meta charset='utf-8'>" + TEXT * 99).encode()[:-5], "a.html")


@pytest.mark.parametrize(
    ("page", "mended"),
    [
        ("一</br>二", "一<br>二"),
        ("国务院 &sp; 一&nbps;二&amp;nbsp;三", "国务院 \xa0 一\xa0二\xa0三"),
        ("一&amp;emsp;二&amp;#12288;三&amp;四", "一&emsp;二&#12288;三&amp;四"),
        ("一\x07二\ufeff" + TEXT * 9, "一二" + TEXT * 9),
        (
            "<?xml version='1.0'?><script src='a'/>一",
            "<?xml version='1.0'?><script src='a'></script>一",
        ),
        ("<script src='a'/>一", "<script src='a'/>一"),
    ],
)
def test_slips_that_parsers_stumble_over_are_mended(page, mended):
    assert text(page) == mended


def test_a_line_break_between_chinese_characters_is_no_space():
    assert text("<p>各乡镇\n\t人民政府，\r\n县直\n<b>各</b>\n3个</p>") == (
        "<p>各乡镇人民政府，县直\n<b>各</b>\n3个</p>"
    )


@pytest.mark.parametrize(
    "page",
    [
        "<pre>各乡镇\n人民政府</pre>",
        '<meta name="generator" content="LibreOffice 7.4"/>教育厅\n人社厅',
        "<p>" + "各乡镇" * 40 + "</p><p>教育厅\n人社厅</p>",
    ],
)
def test_but_it_is_where_lines_are_broken_at_spaces_only(page):
    assert text(page) == page
