"""A scanner gives what its pattern alone gives, on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import dates, durations, masks, quantities

SCANNERS = {
    "masks": masks._MASKS,
    "dates": dates._OPENS,
    "durations": durations._DURATION,
    "money": quantities._MONEY,
    "percent": quantities._PERCENT,
    "counts": quantities._COUNT,
}
#: pieces that the patterns are made of, and some that they are not
PIECES = (
    *"0123456789０９.,-~至到一二三十百千万亿两半年月日个天元名人户的第条项附件1《》（）()令号",
    *("2019年", "十四五", "期间", "百分之", "%", "折", "减半", "倍", "三分之一", "个百分点", "余"),
    *("人民币", "港币", "美元", "工作日", "个月", "小时", "上半年", "第三季度", "今年", "年底"),
    *("http://a.cn/x ", "www.b.cn", "li@c.gov.cn", "010-1234567", "13912345678", "V2.0", "5G"),
    *("1+X", "GB/T 2260", "（GB9704）", "192.168.1.1", "2021-08-09", "，", "。", "补贴", "\x00"),
)


@pytest.mark.parametrize("name", SCANNERS)
@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_a_scanner_finds_what_its_pattern_finds(name, text):
    scanner = SCANNERS[name]
    expected = [match.span() for match in scanner.pattern.finditer(text)]
    assert [match.span() for match in scanner.finditer(text)] == expected
    first = scanner.pattern.search(text, 3)
    found = scanner.search(text, 3)
    assert (found and found.span()) == (first and first.span())


#: a sign without which a sentence is not searched, and what it stands for
SIGNS = {
    "money": (quantities._MONEY_SIGN, quantities._MONEY.pattern),
    "percent": (quantities._PERCENT_SIGN, quantities._PERCENT.pattern),
    "dates": (dates._SIGN, dates._OPENS.pattern),
    "durations": (durations._UNIT_SIGN, durations._DURATION.pattern),
    "halves": (durations._UNIT_SIGN, durations._HALF),
    "periods": (durations._REPORT_SIGN, durations._BY_PERIOD),
    "reports": (durations._REPORT_SIGN, durations._REPORTS),
    "cycles": (durations._CYCLE_SIGN, durations._CYCLE),
}


@pytest.mark.parametrize("name", SIGNS)
@settings(max_examples=150)
@given(st.lists(st.sampled_from((*PIECES, *"报按逐每周轮为一元")), max_size=40).map("".join))
def test_nothing_is_found_without_its_sign(name, text):
    sign, pattern = SIGNS[name]
    assert all(sign.search(match[0]) for match in pattern.finditer(text))
