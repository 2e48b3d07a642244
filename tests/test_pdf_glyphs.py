"""Every sign that a page prints counts once and is the character that a reader sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_samples import LEFT, RED, Sheet, pdf

from corpus.limits import USUAL
from corpus.readers.pdf.radicals import unfold
from corpus.readers.pdf.reader import parse


def text(*sheets: Sheet) -> str:
    return parse(pdf(*sheets), "a.pdf", USUAL).text


def test_what_is_drawn_twice_to_look_bold_is_read_once():
    sheet = Sheet().bold("一、培训补贴1100元", LEFT, 100)
    assert text(sheet) == "一、培训补贴1100元"


def test_signs_that_really_stand_twice_are_kept():
    assert (
        text(Sheet().put("人人持证，天天向上，1100元", LEFT, 100)) == "人人持证，天天向上，1100元"
    )


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("⼯作⽅案", "工作方案"),
        ("⻔类⺠政", "门类民政"),
        ("⼾籍", "户籍"),
        # other signs that compatibility folding would change are what the notice prints
        ("①（二）50㎡，№3", "①（二）50㎡，№3"),
        ("2014\xad2020年", "2014-2020年"),
        ("2026―2030年", "2026—2030年"),
    ],
)
def test_codes_that_fonts_mix_up_become_the_characters_they_show(printed, read):
    assert text(Sheet().put(printed, LEFT, 100)) == read


@given(st.text())
def test_only_radicals_are_unfolded(words):
    changed = [c for c in words if unfold(c) != c]
    assert all(0x2E80 <= ord(c) <= 0x2FDF for c in changed)
    assert len(unfold(words)) == len(words)


def test_every_radical_with_a_character_is_unfolded():
    signs = [chr(code) for code in (*range(0x2E80, 0x2E9A), *range(0x2F00, 0x2FD6))]
    left = {sign for sign in signs if unfold(sign) == sign}
    # U+2E80 REPEAT stands for no character
    assert left == {"⺀"}
    assert unfold("⼀⿕") == "一龠"


def test_a_watermark_across_the_page_is_no_text():
    sheet = Sheet().put("各单位要认真执行本通知。", LEFT, 100)
    sheet.drawn.append("q 0.7 0.7 -0.7 0.7 300 -100 cm")
    sheet.put("内部资料", LEFT, 400, 40)
    sheet.drawn.append("Q")
    read = parse(pdf(sheet), "a.pdf", USUAL)
    assert read.text == "各单位要认真执行本通知。"
    assert (read.furniture, read.findings) == (1, ())


def test_what_lies_beside_the_page_is_not_printed():
    sheet = Sheet().put("各单位要认真执行。", LEFT, 100).put("裁掉", -200, 100)
    assert text(sheet) == "各单位要认真执行。"


def test_a_red_head_is_a_line_of_its_own():
    sheet = Sheet().put("文水县人民政府文件", 100, 80, 40, RED).put("文政发〔2024〕1号", 200, 150)
    sheet.line(LEFT, 180, 500, 180).put("关于印发办法的通知", 150, 220, 22)
    assert text(sheet).split("\n") == [
        "文水县人民政府文件",
        "文政发〔2024〕1号",
        "关于印发办法的通知",
    ]
