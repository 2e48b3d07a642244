"""What is inferred between rules of one measure, and what is not."""

import pytest

from kb.force.comparisons import shown
from tests.force_samples import OLD, graph

PROVINCE = """山西省{who}文件
晋{code}发〔{year}〕{serial}号
山西省{who}关于发放企业职工培训补贴的通知
各市：
一、对企业职工培训给予每人{value}元培训补贴。
山西省{who}
{year}年3月1日
"""
COUNTY = """文水县财政局文件
文财字〔{year}〕7号
文水县财政局关于发放企业职工培训补贴的通知
各乡镇人民政府：
一、对企业职工培训给予每人{value}元培训补贴。
文水县财政局
{year}年5月1日
"""


def province(value, year, serial=3, who="财政厅", code="财"):
    return PROVINCE.format(value=value, year=year, serial=serial, who=who, code=code)


def county(value, year):
    return COUNTY.format(value=value, year=year)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((province(300, 2019), province(400, 2021)), "supersedes"),
        ((province(300, 2019), province(300, 2021)), "restates"),
        ((province(300, 2019), county(300, 2021)), "restates"),
        ((province(300, 2019), county(200, 2021)), "specialises"),
        ((county(200, 2019), province(300, 2021)), "conflicts_with"),
        ((province(300, 2019), province(250, 2021, who="水利厅", code="水")), "specialises"),
        (
            (
                province(300, 2019, who="水利厅", code="水"),
                province(250, 2021, who="林业厅", code="林"),
            ),
            None,
        ),
        ((province(300, 2021), province(400, 2021, serial=9)), "conflicts_with"),
        ((county(300, 2019), county(400, 2021).replace("文水县", "交城县")), None),
    ],
)
def test_a_pair_of_rules(texts, expected) -> None:
    found = [r.type for r in graph(*texts).relations if r.asserted_by == "inferred"]
    assert found == ([expected] if expected else [])


ON_TOP = "二、在企业职工培训补贴标准基础上每人再增加200元。\n"
WITH_MORE = province(500, 2021).replace("山西省财政厅\n2021", f"{ON_TOP}山西省财政厅\n2021")


def test_what_comes_on_top_of_a_standard_never_takes_its_place() -> None:
    standard = "一、对企业职工培训给予每人500元培训补贴。\n"
    alone = WITH_MORE.replace(f"{standard}二", "一")
    assert [rule.effect for _, rule in graph(alone).base.rules("amount")] == ["raise_by"]
    known = graph(province(300, 2019), alone)
    assert [r for r in known.relations if r.asserted_by == "inferred"] == []


def test_a_standard_with_something_on_top_takes_the_place_of_the_one_before() -> None:
    known = graph(province(300, 2019), WITH_MORE)
    (found,) = [r for r in known.relations if r.asserted_by == "inferred"]
    assert (found.type, known.base.rule(str(found.source.rule))[1].min) == ("supersedes", 500)


def test_what_comes_on_top_is_told_so_in_a_timeline() -> None:
    known = graph(province(300, 2019), WITH_MORE).measures.all
    told = [shown(entry) for measure in known for entry in measure.entries]
    assert sorted(filter(None, told)) == ["300元/人", "500元/人", "另加200元/人"]


def test_each_value_is_compared_with_the_one_before_it() -> None:
    known = graph(province(300, 2017), province(400, 2019), province(500, 2021))
    pairs = {
        (r.source.document[-6:], r.target.document[-6:])
        for r in known.relations
        if r.type == "supersedes"
    }
    assert pairs == {("2019-3", "2017-3"), ("2021-3", "2019-3")}


def test_of_several_values_in_one_document_none_is_compared() -> None:
    double = province(300, 2019).replace(
        "培训补贴。", "培训补贴。\n二、对企业职工培训给予每人350元培训补贴。"
    )
    known = graph(double, province(400, 2021))
    assert not [r for r in known.relations if r.asserted_by == "inferred"]


def test_reasons_tell_level_time_scope_and_value() -> None:
    (relation,) = [r for r in graph(OLD, province(400, 2023)).relations if r.type == "supersedes"]
    told = "\n".join(relation.reasons)
    for word in ("层级：", "时间：", "范围：", "数值：300元/人 → 400元/人", "两份文件互不提及"):
        assert word in told
    assert "推定更须核定" in told
    assert relation.evidence and relation.against


def test_documents_of_unknown_place_overlap_with_none() -> None:
    nowhere = "一、对企业职工培训给予每人{}元培训补贴。\n{}年3月1日\n"
    known = graph(nowhere.format(300, 2019), nowhere.format(400, 2021))
    assert not [r for r in known.relations if r.asserted_by == "inferred"]


def test_two_values_that_are_printed_alike_are_two_relations() -> None:
    both = "一、企业职工培训。给予每人{0}元培训补贴。\n二、创业培训。给予每人{0}元培训补贴。"
    first, later = (
        province(value, year).replace(
            f"一、对企业职工培训给予每人{value}元培训补贴。", both.format(value)
        )
        for value, year in ((300, 2019), (400, 2021))
    )
    found = [r for r in graph(first, later).relations if r.type == "supersedes"]
    assert len({r.target.rule for r in found}) == len({r.id for r in found}) == 2
    assert len({r.evidence.quote for r in found}) == 1
