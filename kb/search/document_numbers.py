"""Knows every spelling of a 文号, typed or printed: 晋政办发 2019 68 is 晋政办发(2019)68号.

Takes and gives folded text (``kb.search.analyzer.fold``); the site's ``static/spelling.js`` takes
the same spellings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
#: what an issuer's code ends in: 晋政办发, 国办函, 公告
_ENDS = "[发函办规字文电告]"
#: blanks, given back to nobody: a row of them would be tried in every division
_GAP = " *+"
_PRINTED = re.compile(
    rf"(?P<code>{_HAN}{{0,15}})(?:"
    rf"{_GAP}\({_GAP}(?P<year>(?:18|19|20)[0-9]{{2}}){_GAP}\){_GAP}(?:第{_GAP})?"
    rf"(?P<serial>[0-9]{{1,5}}){_GAP}号"
    # 商服贸函2026年第322号 has no brackets
    rf"|(?<={_ENDS}){_GAP}(?P<of>(?:19|20)[0-9]{{2}}){_GAP}年{_GAP}(?:第{_GAP})?"
    rf"(?P<number>[0-9]{{1,5}}){_GAP}号)"
)
#: with brackets; a blank before them is the number's only behind an issuer's code
_BRACKETED = re.compile(
    rf"(?:(?<={_ENDS}) ++)?\({_GAP}(?P<year>[0-9]{{4}}){_GAP}\){_GAP}(?:第{_GAP})?"
    rf"(?P<serial>[0-9]{{1,5}}){_GAP}号"
)
#: without brackets, as it is typed: 国发2018 41, 国发2018-41号, 国发201841号; 国发2018 5个 is none
_BARE = re.compile(
    rf'(?:^|(?<=[ "\n]))(?P<code>{_HAN}{{1,15}}(?<={_ENDS})){_GAP}'
    r"(?P<year>19[4-9][0-9]|20[0-9]{2})"
    rf"(?:(?:{_GAP}年{_GAP}(?:第{_GAP})?|{_GAP}第{_GAP}|{_GAP}[-/]{_GAP}| ++)"
    r"(?P<serial>[0-9]{1,4})"
    rf"(?![0-9元万亿千百人名%个天月年])(?:{_GAP}号)?|(?P<glued>[0-9]{{1,4}})号)"
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A 文号 in a text, from ``start`` to ``end``, with whatever stands right before it."""

    text: str
    start: int
    end: int


def spelled(typed: str) -> str:
    """A folded query with each 文号 of it in the one spelling 晋政办发(2019)68号."""
    bare = _BARE.sub(lambda m: _one(m["code"], m["year"], m["serial"] or m["glued"]), typed)
    return _BRACKETED.sub(lambda m: _one("", m["year"], m["serial"]), bare)


def printed(folded: str) -> Iterator[Printed]:
    """Every 文号 of a folded text in that spelling, with its place as it is printed."""
    for match in _PRINTED.finditer(folded) if "号" in folded else ():
        year, serial = match["year"] or match["of"], match["serial"] or match["number"]
        yield Printed(_one(match["code"], year, serial), *match.span())


def respelled(folded: str) -> Iterator[str]:
    """The spelling of each 文号 that the text prints otherwise."""
    for number in printed(folded):
        if number.text != folded[number.start : number.end]:
            yield number.text


def _one(code: str, year: str, serial: str) -> str:
    return f"{code}({year}){int(serial)}号"
