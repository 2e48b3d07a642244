"""Healing keeps every character's place, changes no wording, and gives a page's paragraphs back."""

import pytest
from extractor_samples import paragraphs, source, wrapped
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import TextSpan
from extractor.normalize import normalize, normalize_text

PRINTED = st.text(
    st.sampled_from(
        "各地要加强监管补贴1000元，。；：（）()《》“”〔2019〕号AB—-一、1.||"
        " \t\n\r\u3000\xa0\u00ad\u200b\ufeff"
    )
    | st.characters(exclude_categories=("Cs",)),
    max_size=120,
)
#: what a healed text may hold that its source does not have at that place
INSERTED = "\n \t"


def texts(words: list[str]) -> list[str]:
    return normalize(source(wrapped(words, 30))).text.split("\n")


@given(PRINTED)
def test_every_character_is_the_sources_or_an_inserted_break(text):
    normal = normalize(source(text))
    assert len(normal.text) == len(normal.offsets)
    for character, offset in zip(normal.text, normal.offsets, strict=True):
        assert 0 <= offset <= len(text)
        assert character in INSERTED or text[offset] == character or text[offset].isspace()


@given(PRINTED)
def test_offsets_never_run_backwards(text):
    offsets = list(normalize(source(text)).offsets)
    assert offsets == sorted(offsets)


@given(PRINTED)
def test_no_line_is_blank_and_no_character_is_made_up(text):
    normal = normalize(source(text)).text
    assert all(line.strip() for line in normal.split("\n")) or not normal
    assert set(normal) <= set(text) | set(INSERTED)


@given(st.lists(paragraphs, min_size=1, max_size=6))
def test_healed_text_stays_as_it_is(words):
    healed = normalize_text("\n".join(words)).text
    assert normalize_text(healed).text == healed


@pytest.mark.parametrize("blank", [False, True], ids=["tight", "blank lines"])
@settings(max_examples=60)
@given(words=st.lists(paragraphs, min_size=4, max_size=10), columns=st.integers(20, 40))
def test_a_wrapped_page_gives_its_paragraphs_back(words, columns, blank):
    page = wrapped(words, columns, blank=blank)
    assert normalize(source(page)).text.split("\n") == words


@given(st.lists(paragraphs, min_size=1, max_size=5), st.integers(20, 40))
def test_a_span_leads_back_to_its_words(words, columns):
    page = wrapped(words, columns)
    normal = normalize(source(page))
    at = normal.text.find("1000元")
    if at >= 0:
        back = normal.to_source(TextSpan(at, at + 5)).of(page)
        assert "".join(back.split()) == "1000元"


def test_a_number_broken_over_lines_is_whole_again():
    page = (
        "　　根据《关于加强就业补助资金管理工作的通知》（人社部发〔2017〕\n"
        "164号）要求，做好资金管理工作。\n"
    )
    assert "（人社部发〔2017〕164号）" in normalize(source(page)).text


def test_a_title_broken_inside_its_marks_is_whole_again():
    page = "　　各地要严格执行《山西省职业技能提升培训\n职业工种目录》，不得擅自增加内容。\n"
    assert "《山西省职业技能提升培训职业工种目录》" in normalize(source(page)).text


def test_page_numbers_are_taken_out_and_counted():
    page = (
        "　　第一段话没有说完，还要\n— 3 —\n接着说下去。\n第 4 页 共 9 页\n　　第二段话。\n- 5 -\n"
    )
    normal = normalize(source(page))
    assert normal.furniture == 3
    assert "页" not in normal.text
    assert "—" not in normal.text


@pytest.mark.parametrize(
    ("printed", "healed"),
    [
        ("培训 5000 名", "培训5000名"),
        ("晋政办发〔2019〕 68 号", "晋政办发〔2019〕68号"),
        ("“ 人人持证”", "“人人持证”"),
        ("几 个 问 题 的 通 知", "几个问题的通知"),
        ("soft\u00adhyphen", "softhyphen"),
        ("零\u200b宽", "零宽"),
        ("中共中央 国务院", "中共中央 国务院"),
        ("甲\ue004乙", "甲\n乙"),
        ("甲\r\n乙", "甲\n乙"),
        ("甲\x0c乙", "甲\n乙"),
        ("１０００元（含）㎡①", "１０００元（含）㎡①"),
        ("", ""),
        ("\n\n  \n", ""),
    ],
)
def test_layout_goes_and_wording_stays(printed, healed):
    assert normalize_text(printed).text == healed


def test_rows_of_cells_stay_apart():
    page = "序号\t单位\t任务数\n1\t山西大学\t1326\n2\t太原理工大学\t1681\n"
    assert normalize(source(page)).text.split("\n") == page.strip().split("\n")


def test_headings_do_not_run_together():
    page = "一、总体要求\n（一）指导思想\n（二）基本原则\n二、主要任务\n1.开展培训\n2.组织评价\n"
    assert normalize(source(page)).text == page.strip()


def test_marks_of_the_format_are_left_out():
    text = "## 一、**总体要求**"
    noise = tuple(TextSpan(at, at + n) for at, n in ((0, 3), (5, 2), (11, 2)))
    normal = normalize(source(text, noise=noise))
    assert normal.text == "一、总体要求"
    assert normal.to_source(TextSpan(2, 6)).of(text) == "总体要求"


def test_indents_part_paragraphs_of_a_page_without_breaks():
    words = ["各地要切实加强组织领导，把各项任务落到实处，确保按时完成全年目标。" * 3] * 6
    page = "".join("　　" + paragraph for paragraph in words)
    assert normalize(source(page)).text.split("\n") == words


@pytest.mark.xfail(reason="a space is put where an address is broken", strict=True)
def test_an_address_broken_over_lines_is_whole_again():
    page = "　　申报单位请登录全省统一的就业服务平台https://www.exam\nple.gov.cn/apply提交材料。\n"
    assert "https://www.example.gov.cn/apply" in normalize(source(page)).text
