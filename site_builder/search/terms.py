"""Numbers and 文号 in one spelling: 一万元 and 1万元 are 10000元, 〔2019〕第68号 is (2019)68号.

A term stands beside the text and never in its place, so that what is printed is still found as it
is printed. ``static/spelling.js`` reads the same terms; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.numerals import to_decimal

#: what a number must be followed by to be a term: 一是 and 第一 count nothing
UNITS = "元人名家个天日月年号次%户亩所期课学周倍岁项条章款批"
_ONES = "一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_CHINESE = f"零〇○{_ONES}十百千万亿拾佰仟"
_TERM = re.compile(
    # most characters begin nothing: one look instead of four
    rf"(?=[(\d百十拾{_ONES}])(?:"
    r"\((?P<year>\d{4})\)第?(?P<serial>\d{1,5})号"
    r"|(?P<issued>(?:19|20)\d\d)年第?(?P<issue>\d{1,5})号"
    rf"|百分之(?P<share>\d+(?:\.\d+)?|[{_ONES}十百零]+)"
    r"|(?P<arabic>(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[十百千万亿]*)"
    rf"(?P<of>[{UNITS}])"
    rf"|(?P<chinese>[{_ONES}十拾][{_CHINESE}]*)(?P<counted>[{UNITS}]))",
    re.ASCII,
)
#: 十四五 and 三四个 are no numbers of places
_BESIDE = re.compile(f"[{_ONES}]{{2}}")
_YEAR = re.compile(f"[零〇○{_ONES}]{{4}}")
#: 4.2021年: the fourth of a list, which begins with a year
_NUMBERED = re.compile(r"\d{1,2}\.(?P<year>\d{4})年")
#: behind these a number has begun already: 数十元 is not 10元
_BEGUN = frozenset(f"{_CHINESE}0123456789.几数多余")


@dataclass(frozen=True, slots=True)
class Term:
    """``text`` in one spelling, printed as ``length`` characters from ``start`` on."""

    text: str
    start: int
    length: int


def terms(folded: str) -> Iterator[Term]:
    """Every term of a folded text in order; of a 文号 its serial number follows it."""
    for match in _TERM.finditer(folded):
        start, length = match.start(), match.end() - match.start()
        if match["year"]:
            yield Term(f"({match['year']}){int(match['serial'])}号", start, length)
            begins = match.start("serial")
            yield Term(f"{int(match['serial'])}号", begins, match.end() - begins)
        elif match["issued"]:
            # 财政部公告2022年第10号, 商服贸函2026年第322号
            if start == 0 or folded[start - 1] not in _BEGUN:
                yield Term(f"({match['issued']}){int(match['issue'])}号", start, length)
                yield Term(f"{match['issued']}年", start, 5)
            begins = match.start("issue")
            yield Term(f"{int(match['issue'])}号", begins, match.end() - begins)
        elif match["share"]:
            yield from _terms(_value(match["share"], "%"), "%", start, length)
        elif numbered := _NUMBERED.fullmatch(match[0]):
            behind = numbered.start("year")
            yield from _terms(numbered["year"], "年", start + behind, length - behind)
        elif start == 0 or folded[start - 1] not in _BEGUN:
            unit = match["of"] or match["counted"]
            yield from _terms(_value(match[0][:-1], unit), unit, start, length)


def _terms(value: str, unit: str, start: int, length: int) -> Iterator[Term]:
    if value:
        yield Term(value + unit, start, length)


@lru_cache(4096)
def _value(printed: str, unit: str) -> str:
    """The digits of a printed number; empty for what is none."""
    if _BESIDE.search(printed) and not (unit == "年" and _YEAR.fullmatch(printed)):
        return ""
    value = to_decimal(printed)
    if value is None:
        return ""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
