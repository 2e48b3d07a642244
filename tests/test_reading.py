"""A notice laid out for the taggers: sentences at their places, with the headings above them."""

import pytest
from extractor_samples import NOTICE, STYLES, printed, source, trees
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import regions
from extractor.models import Group
from extractor.normalize import normalize
from extractor.parse import parse
from extractor.reading import Reading
from extractor.widths import fold

REGIONS = regions.load()


def reading(text: str, year: int | None = 2021) -> Reading:
    return Reading(parse(normalize(source(text)).text, REGIONS), year)


@settings(max_examples=60)
@given(trees(3), st.sampled_from(sorted(STYLES)))
def test_sentences_stand_at_their_places_and_in_order(tree, style):
    laid = reading("\n".join("　　" + line for line in printed(tree, style).lines))
    end = 0
    for sentence in laid.sentences:
        assert sentence.text == fold(laid.notice.text[sentence.start : sentence.end])
        assert len(sentence.plain) == len(sentence.text)
        assert sentence.start >= end
        end = sentence.end


@settings(max_examples=60)
@given(trees(3), st.sampled_from(sorted(STYLES)))
def test_no_word_of_a_body_is_left_out(tree, style):
    page = printed(tree, style)
    said = "".join(
        sentence.text for sentence in reading("\n".join("　　" + x for x in page.lines)).sentences
    )
    labels = {heading for _, heading in page.clauses}
    bodies = [line for line in page.lines if not line.endswith(tuple(labels))]
    assert all(fold(body) in said for body in bodies)


def test_quantities_stand_in_the_notice():
    laid = reading(NOTICE)
    words = [quantity.core.of(laid.notice.text) for quantity in laid.quantities]
    assert {"5000人次", "150元", "1000元", "11月底", "3年"} <= set(words)


def test_tables_and_the_head_are_no_sentences():
    said = "".join(sentence.text for sentence in reading(NOTICE).sentences)
    assert "太原旅游职业学院" not in said
    assert "晋文旅办发" not in said
    assert "各市文化和旅游局" not in said


def test_headings_lead_from_the_clause_to_its_root():
    laid = reading(NOTICE)
    sentence = next(s for s in laid.sentences if s.text.startswith("评价工作要在"))
    assert sentence.path == "二/(二)"
    assert laid.headings(sentence.clause) == ["规范评价取证", "主要措施"]
    assert laid.headings(None) == []


def test_a_full_stop_in_a_bracket_ends_no_sentence():
    text = "一、甲\n开展培训。（省人社厅负责。排第一位为牵头单位，下同）"
    (last,) = [s for s in reading(text).sentences if "省人社厅" in s.text]
    assert last.text.endswith("下同）")


@pytest.mark.parametrize(
    ("at", "words"), [(1, "培训1,300人"), (9, "补助合计：540万元"), (-2, "按月报送")]
)
def test_a_chunk_stands_between_commas(at, words):
    text = "培训1,300人，补助合计：540万元；按月报送。"
    (sentence,) = [s for s in reading(f"一、甲\n{text}").sentences if s.text.startswith("培训")]
    start, end = sentence.chunk(at % len(text))
    assert sentence.plain[start:end] == words


def test_a_tag_has_no_loose_marks_at_its_edges():
    laid = reading("一、甲\n面向职工，开展培训。")
    sentence = next(s for s in laid.sentences if "职工" in s.text)
    laid.tag(sentence, 2, 5, Group("职工"))
    (tag,) = laid.tags
    assert tag.span.of(laid.notice.text) == "职工"
    assert tag.clause == "一"


def inferred(text: str, year: int | None) -> list[str | None]:
    return [q.date for q in reading(text, year).quantities if q.inferred_year]


def test_the_year_is_the_notices():
    assert inferred(NOTICE, 2020) == ["2020-11-30"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # the sentence, wherever it prints the year
        ("一、要求\n于12月10日前将2017年总结报送。\n二、其他\n2016年已报。", ["2017-12-10"]),
        # the one year of the title
        (
            "关于申报2016年度见习补贴的通知\n各有关单位：\n一、要求\n于9月23日前提出申请。",
            ["2016-09-23"],
        ),
        # the latest year that the text does not look ahead to
        (
            "一、范围\n2016年1月以来参加见习的毕业生，到2025年达到100人。\n"
            "二、程序\n于9月23日前提出申请。",
            ["2016-09-23"],
        ),
        # titles and numbers of other documents say nothing of this one
        ("一、依据\n《2012年方案》（皖政〔2013〕5号）。\n二、程序\n9月底前报送。", ["XXXX-09-30"]),
    ],
)
def test_a_notice_without_a_date_takes_the_year_that_it_tells(text, days):
    assert inferred(text, None) == days
