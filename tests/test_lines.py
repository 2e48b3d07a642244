"""Which numeral stands at the head of a line, and which lines open something."""

import pytest
from extractor_samples import chinese
from hypothesis import given
from hypothesis import strategies as st

from extractor.lines import ANNEX, DECIMAL, STYLES, marker, opens_something


@pytest.mark.parametrize(
    ("line", "style", "number", "label"),
    [
        ("第一编 总则", "part", 1, "第一编"),
        ("第二章　培训补贴", "chapter", 2, "第二章"),
        ("第三节 监督", "section", 3, "第三节"),
        ("第十二条 本办法适用于", "article", 12, "第十二条"),
        ("一、总体要求", "chinese", 1, "一、"),
        ("十一．附则", "chinese", 11, "十一．"),
        ("（三）加强领导", "chinese-bracket", 3, "（三）"),
        ("(十)加强领导", "chinese-bracket", 10, "(十)"),
        ("1.开展培训", "arabic", 1, "1."),
        ("2、组织评价", "arabic", 2, "2、"),
        ("12．建立台账", "arabic", 12, "12．"),
        ("（4）提交材料", "arabic-bracket", 4, "（4）"),
        ("5)提交材料", "arabic-half", 5, "5)"),
        ("③提交材料", "circled", 3, "③"),
    ],
)
def test_a_numeral_is_read(line, style, number, label):
    found = marker(line)
    assert found is not None
    assert (found.style.name, found.number, found.label) == (style, number, label)


@given(st.integers(1, 99), st.sampled_from(("{}、", "（{}）", "({})", "第{}条 ", "第{}章 ")))
def test_every_chinese_numeral_counts(number, dress):
    found = marker(dress.format(chinese(number)) + "加强组织领导")
    assert found is not None
    assert found.number == number


@given(st.integers(1, 99), st.sampled_from(("{}.", "{}、", "（{}）", "({})")))
def test_every_arabic_numeral_counts(number, dress):
    found = marker(dress.format(number) + "加强组织领导")
    assert found is not None
    assert found.number == number


def test_ranks_are_those_of_the_standard():
    order = [
        "第一编 总则",
        "第一章 总则",
        "第一节 总则",
        "第一条 总则",
        "一、总则",
        "（一）总则",
        "1.总则",
        "（1）总则",
        "①总则",
    ]
    ranks = [found.style.rank for line in order if (found := marker(line))]
    assert ranks == sorted(set(ranks))
    assert len(ranks) == len(order)
    assert len({style.name for style in STYLES}) == len(STYLES)


@pytest.mark.parametrize(
    "line",
    [
        "总体要求",
        "一线职工",
        "2019年8月22日",
        "3.5万元",
        "10.5%的",
        "第一的位置",
        "十大产业",
        "（含）以上",
        "1000元",
        "",
    ],
)
def test_what_is_no_numeral_is_none(line):
    assert marker(line) is None


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ("一、总体要求", True),
        ("附件：任务表", True),
        ("2021年6月8日", True),
        ("抄送：省委办公厅", True),
        ("（此件公开发布）", True),
        ("第三条规定的情形", False),
        ("第二条1982年1月1日至2007年12月31日期间", True),
        ("第五条18周岁以上的居民", True),
        ("第三条1款", False),
        ("（三）项规定的", False),
        ("的有关规定执行", False),
        ("2021年6月8日前完成", False),
    ],
)
def test_lines_that_open_something(line, opens):
    assert opens_something(line) is opens


@pytest.mark.parametrize("line", ["1.1 目标", "1.1.2 任务", "2.10加强"])
def test_decimal_numerals(line):
    assert DECIMAL.match(line)


@pytest.mark.parametrize("line", ["1.5万元", "3.5%", "2.5倍", "0.5个百分点", "1.2亿"])
def test_decimal_numbers_are_no_numerals(line):
    assert DECIMAL.match(line) is None


@pytest.mark.parametrize("line", ["附件1", "附件：", "附表2", "附录", "附 件 1"])
def test_annexes(line):
    assert ANNEX.match(line)
