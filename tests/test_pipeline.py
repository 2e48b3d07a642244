"""Extraction as a whole: pure, repeatable, every word at its place, whatever the input."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from extractor_samples import NOTICE, source
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.models import Amount, Citation, Deadline, Department, Group, Target, Validity
from extractor.pipeline import TAGGERS, Extracted, extract, pipeline, tag

BUNDLED = sorted((Path(__file__).parents[1] / "corpus" / "notices").iterdir())
PIECES = (
    *(
        "培训补贴每人每天150元，每人最高不超过1000元",
        "按契税总额50%给予补贴",
        "由100元提高到130元",
        "分别给予3万元、4万元",
    ),
    *(
        "11月底前完成",
        "每月12日、26日报送",
        "收到申请后2个月内拨付",
        "自2024年1月1日起至2025年12月31日止",
        "2019-2021年",
    ),
    *("省人社厅会同省财政厅负责", "（省教育厅牵头，省科技厅配合）", "各市、县", "由市局", "我局要"),
    *(
        "培训300万人次以上",
        "就业率不低于25%",
        "面向高校毕业生、退役军人",
        "对企业给予",
        "（含残疾人）",
    ),
    *(
        "根据《关于加强管理的通知》（国发〔2018〕39号）",
        "《办法》同时废止",
        "与本通知不一致的，以本通知为准",
    ),
    *(
        "本通知自印发之日起施行，有效期5年",
        "附件1",
        "一、",
        "（一）",
        "第三条",
        "\t",
        "\n",
        "。",
        "；",
        "，",
        "（",
        "）",
        "《",
        "》",
        "“",
    ),
)
texts = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


def facts(read: Extracted, kind: type) -> list:
    return [one.fact for one in read.extraction.tags if isinstance(one.fact, kind)]


def test_a_whole_notice_has_every_kind_of_fact():
    read = extract(source(NOTICE))
    (rate,) = facts(read, Amount)
    assert (rate.min, rate.max, rate.per) == (150, 150, ("person", "day"))
    assert rate.cap is not None
    assert (rate.cap.max, rate.cap.per) == (1000, ("person",))
    deadlines = {fact.date or fact.rrule for fact in facts(read, Deadline)}
    assert {"2021-11-30", "FREQ=MONTHLY;BYMONTHDAY=12,26"} <= deadlines
    roles = {(fact.name, fact.role) for fact in facts(read, Department)}
    assert {
        ("省文旅厅", "responsible"),
        ("省人社厅", "responsible"),
        ("省财政厅", "support"),
    } <= roles
    assert {(fact.subject, fact.min) for fact in facts(read, Target)} >= {
        ("山西旅游职业学院", 300),
        ("合计", 500),
    }
    assert "文化和旅游从业人员" in {fact.name for fact in facts(read, Group)}
    assert {(fact.number, fact.relation) for fact in facts(read, Citation)} >= {
        ("晋办发〔2021〕6号", "based_on")
    }
    assert [(fact.event, fact.term) for fact in facts(read, Validity)] == [("印发之日", "P3Y")]


@pytest.mark.parametrize(
    ("lead", "served"),
    [
        (
            "申请人属于下列人员之一的，免予核查经济困难状况：",
            {"无固定生活来源的老年人", "优抚对象"},
        ),
        ("下列人员不得申请救助：", set()),
        ("领导小组由下列人员组成：", set()),
    ],
)
def test_a_line_without_a_numeral_leads_to_a_list_of_groups(lead, served):
    read = extract(
        source(
            f"救助办法\n为做好救助工作，制定本办法。\n{lead}\n（一）无固定生活来源的老年人；\n（二）优抚对象。"
        )
    )
    assert {fact.name for fact in facts(read, Group)} == served


@pytest.mark.parametrize(
    ("heading", "served"),
    [("（一）发放对象", {"年满80周岁的高龄老人", "城乡低保户"}), ("（一）工作要求", set())],
)
def test_a_sentence_under_a_heading_of_who_is_served_names_them(heading, served):
    read = extract(
        source(
            f"一、发放工作\n{heading}\n凡年满80周岁的高龄老人，城乡低保户等对象。\n（二）其他\n照此办理。"
        )
    )
    assert {fact.name for fact in facts(read, Group)} == served


def test_the_same_text_twice_is_the_same():
    assert extract(source(NOTICE)) == extract(source(NOTICE))
    assert tag("每人补贴300元。") == tag("每人补贴300元。")


@settings(max_examples=60)
@given(texts)
def test_any_text_is_read_and_every_tag_stands_in_its_clause(text):
    read = extract(source(text))
    notice = read.extraction.notice
    paths = {"", *(clause.path for clause in notice.clauses)}
    for one in read.extraction.tags:
        assert one.span.of(notice.text).strip() == one.span.of(notice.text) != ""
        assert one.clause in paths


@settings(max_examples=60)
@given(texts)
def test_free_text_is_read_and_leads_back_to_its_source(text):
    read = tag(text, on=date(2024, 3, 1))
    notice = read.extraction.notice
    spans = [one.span for one in (*read.extraction.tags, *read.extraction.quantities)]
    for span in spans:
        back = read.normal.to_source(span).of(text)
        assert "".join(back.split()) == "".join(span.of(notice.text).split())


def words_of(value: object) -> list[str]:
    """Every word that a fact holds, at any depth."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for inner in value.values() for word in words_of(inner)]
    return [word for inner in value for word in words_of(inner)] if isinstance(value, tuple) else []


def unprintable(text: str) -> list[str]:
    """Words of facts in ``text`` that hold the mark of a masked stretch."""
    words = [w for one in tag(text).extraction.tags for w in words_of(asdict(one.fact))]
    return [word for word in words if "\x00" in word]


@pytest.mark.parametrize(
    "text",
    [
        "应按照省《办法》第八条规定提供本市有效居住证或至少一种证明。",
        "全屋装修（见附件2）的，每套补贴1万元。",
        "对符合第三条第二款的企业每户补贴1万元。",
    ],
)
def test_no_fact_holds_what_the_text_does_not_print(text):
    assert unprintable(text) == []


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_no_fact_of_the_bundled_notices_does(path):
    assert unprintable(path.read_text("utf-8")) == []


@settings(max_examples=60)
@given(texts)
def test_tags_are_in_the_order_of_the_text(text):
    spans = [one.span for one in extract(source(text)).extraction.tags]
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "。", "《", "（（（", "\t", "1", "年月日", "\ufeff", "😀", "a" * 3000]
)
def test_scraps_give_nothing_and_do_no_harm(text):
    read = extract(source(text))
    assert read.extraction.tags == ()
    assert tag(text).extraction.tags == ()


def test_on_sets_the_year_of_free_text():
    (found,) = tag("任务要在11月底完成。", on=date(2023, 5, 1)).extraction.quantities
    assert found.date == "2023-11-30"


def test_each_component_says_what_it_needs_and_runs_after_it():
    ran: list[str] = []
    for tagger in TAGGERS:
        assert set(tagger.requires) <= set(ran), tagger.name
        ran.append(tagger.name)
    assert [name.removeprefix("policykb_") for name in pipeline().pipe_names] == ran


def test_a_long_text_takes_time_in_proportion():
    paragraph = "　　面向职工开展培训，每人补贴300元，11月底前完成。\n"
    read = extract(source(paragraph * 2000))
    assert len(facts(read, Amount)) == 2000


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_bundled_notices_stand_at_their_spans(path):
    read = extract(source(path.read_text("utf-8"), path.name))
    notice = read.extraction.notice
    assert len(read.extraction.tags) > 10
    for one in read.extraction.tags:
        words = one.span.of(notice.text)
        assert words.strip()
        back = read.normal.to_source(one.span).of(path.read_text("utf-8"))
        # a page number or a break may stand between the two halves
        assert len("".join(back.split())) >= len("".join(words.split()))
