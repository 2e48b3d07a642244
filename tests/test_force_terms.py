"""From when to when documents apply by their own words; days, values and how they are said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.force.days import Interval, add, last_day, read, spoken
from kb.force.models import End
from kb.force.review import Word, decide, review
from kb.force.status import status
from kb.force.terms import clause_terms, governs_document, term_of
from kb.force.values import changes, worth
from kb.schema import AmountRule
from tests.force_samples import OLD, bundled, graph_of, needs_real, real_records, record

SOON = """山西省财政厅文件
晋财发〔2023〕3号
山西省财政厅关于发放培训补贴的通知
各市财政局：
一、给予每人300元培训补贴。
二、{statement}
山西省财政厅
2023年8月9日
"""


def term(statement: str):
    return term_of(record(SOON.format(statement=statement)))


@pytest.mark.parametrize(
    ("statement", "start", "end"),
    [
        ("本通知自2023年9月8日起施行，有效期3年。", "2023-09-08", "2026-09-07"),
        ("本通知自印发之日起施行，有效期五年。", "2023-08-09", "2028-08-08"),
        ("本通知自发布之日起30日后施行。", "2023-09-08", None),
        ("本通知自2023年10月1日起施行，有效期至2025年12月31日。", "2023-10-01", "2025-12-31"),
        ("各单位要抓紧落实。", None, None),
    ],
)
def test_a_statement_gives_first_and_last_day(statement, start, end) -> None:
    found = term(statement)
    assert (str(found.start) if found.start else None) == start
    assert (str(found.end) if found.end else None) == end


def test_the_period_of_a_text_without_clauses_is_its_own() -> None:
    bare = SOON.replace("一、给予每人300元培训补贴。\n二、", "")
    told = term_of(
        record(bare.format(statement="自2021年1月1日至2023年12月31日，对小微企业减半征收。"))
    )
    assert (str(told.start), str(told.end)) == ("2021-01-01", "2023-12-31")
    clauses = SOON.format(statement="自2021年1月1日至2023年12月31日，对小微企业减半征收。")
    assert term_of(record(clauses)).end is None


def test_a_day_that_is_not_printed_is_an_interval() -> None:
    issued = {r.document.number: term_of(r).issued for r in bundled().base.records}
    assert str(issued["晋人社厅函〔2021〕600号"]) == "2021-01-01/2021-07-08"
    assert str(issued["文人社字〔2024〕20号"]) == "2024"
    assert str(issued["晋政办发〔2019〕68号"]) == "2019-08-22"


def test_a_policy_in_a_clause_has_its_own_term() -> None:
    found = next(
        r for r in bundled().base.records if r.document.number == "晋人社厅函〔2021〕600号"
    )
    assert [(t.clause, str(t.end)) for t in clause_terms(found)] == [("二", "2021-12-31")]
    assert not any(governs_document(s) for s in found.validity.statements)


def test_a_portal_is_told_apart() -> None:
    plain = record(SOON.format(statement="本通知自2023年9月8日起施行。")).model_dump(by_alias=True)
    plain["document"]["portal"] = {"有效性": "失效", "施行日期": "2023-10-01"}
    found = term_of(type(record(OLD)).model_validate(plain))
    assert str(found.start) == "2023-09-08"
    assert [reason.text for reason in found.differs] == [
        "网页信息栏载施行日期“2023-10-01”，与正文不同"
    ]
    assert "网页信息栏载“有效性：失效”" in [reason.text for reason in found.portal]


@pytest.mark.parametrize("portal_end", ["2026-09-07", "2026年9月8日"])
def test_a_portal_may_name_the_last_day_or_the_first_without(portal_end) -> None:
    said = SOON.format(statement="本通知自2023年9月8日起施行，有效期3年。")
    plain = record(said).model_dump(by_alias=True)
    plain["document"]["portal"] = {"失效日期": portal_end}
    assert term_of(type(record(OLD)).model_validate(plain)).differs == ()


def test_a_portal_that_differs_is_told_with_the_status() -> None:
    said = SOON.format(statement="本通知自2023年9月8日起施行，有效期3年。")
    plain = record(said).model_dump(by_alias=True)
    plain["document"]["portal"] = {"失效日期": "2029-09-08"}
    graph = graph_of([type(record(OLD)).model_validate(plain)])
    for day in (date(2024, 1, 1), date(2028, 1, 1)):
        told = status(graph, End(plain["document"]["id"]), day)
        assert "网页信息栏载失效日期“2029-09-08”，与正文不同" in [r.text for r in told.reasons]


@pytest.mark.parametrize(
    ("printed", "start"),
    [("2023-08-15", "2023-08-15"), ("2023-11-30", "2023-08-09"), (None, "2023-08-09")],
)
def test_a_notice_is_issued_in_print_on_the_day_of_its_foot(printed, start) -> None:
    said = SOON.format(statement="本通知自印发之日起施行，有效期五年。")
    plain = record(said).model_dump(by_alias=True)
    plain["document"]["printed"] = printed
    assert str(term_of(type(record(OLD)).model_validate(plain)).start) == start


def test_a_portal_counts_where_the_text_is_silent() -> None:
    plain = record(SOON.format(statement="各单位要抓紧落实。")).model_dump(by_alias=True)
    plain["document"]["portal"] = {"生效日期": "2023年9月1日", "失效日期": "2024-09-01"}
    found = term_of(type(record(OLD)).model_validate(plain))
    assert (str(found.start), str(found.end)) == ("2023-09-01", "2024-08-31")
    assert found.start_said and "网页信息栏载" in found.start_said.text


@needs_real
@pytest.mark.parametrize(
    ("file", "start", "end"),
    [
        ("13_gz_rencai_ruhu_banfa.html", "2020-06-29", "2025-06-28"),
        ("17_gz_canji_fuju_butie.html", "2019-02-01", "2024-01-31"),
        ("31_chongqing_yuanqu.html", "2021-10-30", None),
        ("46_shuangliao_nongmin_goufang.txt", "2022-09-01", "2023-08-31"),
    ],
)
def test_real_notices_have_the_terms_they_print(file, start, end) -> None:
    if file not in real_records():
        pytest.skip("there is no reader for this kind of file")
    found = term_of(real_records()[file])
    assert str(found.start) == start
    assert (str(found.end) if found.end else None) == end


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2019-08-22", date(2019, 8, 22), date(2019, 8, 22)),
    ],
)
def test_a_day_of_any_precision_is_read_and_printed(text, first, last) -> None:
    found = read(text)
    assert found == Interval(first, last)
    assert read(str(found)) in (found, None)


@pytest.mark.parametrize("text", ["", None, "2021-13", "2021-02-30", "0000", "明天"])
def test_what_is_no_day_is_none(text) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("start", "term_", "last"),
    [
        ("2020-06-29", "P5Y", "2025-06-28"),
        ("2024-02-29", "P1Y", "2025-02-27"),
        ("2021-01-31", "P1M", "2021-02-27"),
        ("2021-01-01", "P30D", "2021-01-30"),
    ],
)
def test_a_term_ends_on_the_day_before(start, term_, last) -> None:
    assert last_day(date.fromisoformat(start), term_).isoformat() == last


@given(st.dates(), st.integers(0, 400), st.sampled_from("YMD"))
def test_terms_never_run_backwards(day, count, unit) -> None:
    assert add(day, f"P{count}{unit}") >= day


def test_days_are_said_in_chinese() -> None:
    assert spoken(read("2021")) == "2021年"
    assert spoken(read("2021-07-08")) == "2021年7月8日"
    assert spoken(None) == "日期不明"


def amount(**values) -> AmountRule:
    plain = {"id": "a", "clause": "一", "quote": "q", "span": (0, 1), **values}
    return AmountRule.model_validate(plain)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"min": 600, "max": 600, "per": ["person"]}, "600元/人"),
        ({"max": 10000, "per": ["person"]}, "不超过1万元/人"),
        ({"min": 50000}, "不低于5万元"),
        ({"min": 100, "max": 300}, "100元至300元"),
        ({"percent_min": 60}, "不低于60%"),
        # 累计超过15000元 of 个人所得税专项附加扣除暂行办法
        ({"min": 15000, "exclusive": True}, "超过1.5万元"),
        ({"percent_max": 5, "exclusive": True}, "低于5%"),
        (
            {
                "min": 150,
                "max": 150,
                "per": ["person", "day"],
                "cap": {"max": 1000, "per": ["person"]},
            },
            "150元/人/天，不超过1000元/人",
        ),
        (
            {
                "tiers": [{"upto": 10, "unit": "day", "rate": 150}, {"rate": 100}],
                "per": ["person", "day"],
            },
            "前10天150元/人/天，之后100元/人/天",
        ),
        ({}, "q"),
    ],
)
def test_a_value_is_said_in_words(values, said) -> None:
    assert worth(amount(**values)) == said


def test_changes_are_told_field_by_field() -> None:
    before = amount(min=600, max=600, per=["person"], payee="企业")
    after = amount(min=800, max=800, per=["certificate"])
    assert [str(c) for c in changes(before, after)] == [
        "金额：600元 → 800元",
        "计算单位：人 → 证",
        "领取方：企业 → 未写",
    ]
    assert changes(before, before) == ()


def test_a_person_is_asked_which_of_two_days_holds() -> None:
    said = SOON.format(statement="本通知自2023年9月8日起施行，有效期3年。")
    plain = record(said).model_dump(by_alias=True)
    plain["document"]["portal"] = {"失效日期": "2029-09-08"}
    asked = graph_of([type(record(OLD)).model_validate(plain)])
    (item,) = (item for item in review(asked) if item.kind == "portal")
    assert "网页信息栏载失效日期“2029-09-08”，与正文不同" in item.what
    assert item.evidence[0].quote in said
    word = Word("confirmed", by="王", at="2024-01-02", note="以正文为准")
    settled = graph_of([type(record(OLD)).model_validate(plain)], decide(asked, item.id, word))
    assert not any(item.kind == "portal" for item in review(settled))
