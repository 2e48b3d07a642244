"""Reads and prints 发文字号. Every number that ``str()`` prints parses back to an equal value.

A number is an issuer code (机关代字), a year and a serial: 晋政办发〔2019〕68号. Any bracket is
read, 〔〕 is printed; 公告2023年第15号 and 国务院令第722号 have none and are printed without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.models import TextSpan

_HAN = r"[㐀-䶿一-鿿]"
_CODE = rf"{_HAN}{{1,14}}"
_OPEN, _CLOSE = r"[〔［\[【(（﹝〈]", r"[〕］\]】)）﹞〉]"
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_SERIAL = r"[\d０-９]{1,5}"
#: 国发〔2018〕39号; wraps and spaces between the parts are forgiven, 〔2019〕2 号 is seen in the
#: wild.
PATTERN = re.compile(
    rf"(?P<code>{_CODE})\s*{_OPEN}\s*(?P<year>(?:1[89]|20|１[８９]|２０)"
    rf"[\d０-９]{{2}})\s*{_CLOSE}\s*"
    rf"(?:第\s*)?(?P<serial>{_SERIAL})\s*号"
)
#: 商服贸函2026年第322号 has no bracket
BARE = re.compile(
    rf"(?P<code>{_CODE}?(?:发|函|办|字|文|规))(?P<year>(?:19|"
    rf"20)\d{{2}})年?第(?P<serial>\d{{1,5}})号"
)
_YEAR = r"(?:19|20)\d{2}"
_COUNT = rf"(?:{_SERIAL}|[一二三四五六七八九十百零〇]{{1,7}})"
#: …公告2023年第15号, …令第722号, …令（第722号）, …2019年第4号公告, …第85号令
_ORDER = re.compile(
    rf"(?P<kind>令|公告|通告)\s*(?:(?P<year>{_YEAR})\s*年?\s*)?[（(]?\s*"
    rf"第\s*(?P<serial>{_COUNT})\s*号(?P<close>[）)])?"
    rf"|(?:(?P<year2>{_YEAR})\s*年\s*)?第\s*(?P<serial2>{_COUNT})\s*号\s*"
    rf"(?P<kind2>令|公告|通告)"
)
#: what ends an issuer's name, 国令 and 省令 too; 财政部 税务总局公告 has two
_ORGAN = r"(?:[部局委厅会院署府行办社国省市区县旗州席长团]|中心|集团|公司)"
_ISSUER = re.compile(rf"(?:{_HAN}{{1,40}}{_ORGAN}[ \u3000、]+)*{_HAN}{{0,40}}{_ORGAN}\s*$")
#: what ends where an issuer begins; 对外, 自由贸易 and 住房和城乡建设 are parts of names
_LEADS = re.compile(
    r"^.*(?:根据|依据|按照|依照|参照|遵照|参见|贯彻|落实|执行|适用|废止|转发|印发|关于|发布|公布|修改|替代|"
    r"代替|取代|现将|下发|出台|文件|即|见|因|按|的|是|经(?!济|贸|营)|对(?!外)|将(?!军)|由(?<!自由)|"
    r"(?:号|法|条例|规定|办法|细则|通知|公告|令)(?:和|与|及|以及)|^(?:和|与|及|以及|为|在|等|或|对|日(?!照|喀)))(?=.)"
)
_NO_ISSUER = re.compile(r"(?:本|该|此|上述|[执施实试]行)$")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A 发文字号; ``code`` is the 机关代字 as printed, without blanks.

    An order is numbered through without a year: 国务院令第722号. ``bracketed`` says how it is
    printed and makes no other number: 公告〔2018〕29号 is 公告2018年第29号.
    """

    code: str
    year: int | None
    serial: int
    bracketed: bool = field(default=True, compare=False)

    def __str__(self) -> str:
        if self.year is None:
            return f"{self.code}第{self.serial}号"
        if not self.bracketed:
            return f"{self.code}{self.year}年第{self.serial}号"
        return f"{self.code}〔{self.year}〕{self.serial}号"

    @property
    def slug(self) -> str:
        """ASCII form for ids: jinzhengbanfa-2019-68. Each character has its commonest reading,
        whatever stands beside it.
        """
        # it takes a quarter of a second to import, which few commands need
        from pypinyin import Style, pinyin

        syllables = (
            pinyin(character, style=Style.NORMAL, errors="ignore") for character in self.code
        )
        parts = ["".join(s[0][0] for s in syllables if s), self.year, self.serial]
        return "-".join(str(part) for part in parts if part is not None)

    @property
    def names_issuer(self) -> bool:
        """Whether ``code`` is an issuer's name (财政部公告), with nothing to its left to trim."""
        return self.code.endswith(("令", "公告", "通告"))


def parse(text: str) -> DocumentNumber | None:
    """The number that ``text`` consists of, or None; blanks between issuers do not matter."""
    plain = "".join(text.split())
    span, number = next(find(plain), (None, None))
    return number if span == TextSpan(0, len(plain)) else None


def find(text: str) -> Iterator[tuple[TextSpan, DocumentNumber]]:
    """Every number in ``text`` with its place, in order.

    The issuer code takes all Chinese characters to its left; a caller that knows better (a
    title's end, a verb) trims it, unless the code names the issuer.
    """
    if "号" not in text:
        return
    found = [_coded(text, match) for match in PATTERN.finditer(text)]
    found += [_coded(text, match) for match in BARE.finditer(text)]
    found += [order for match in _ORDER.finditer(text) if (order := _ordered(text, match))]
    end = 0
    for span, number in sorted(found, key=lambda one: one[0].end):
        # 公告2018年第28号和财税〔2018〕50号: the 号 of the first is no part of the second's code
        taken = max(0, end - span.start)
        if taken < len(number.code):
            yield TextSpan(span.start + taken, span.end), replace(number, code=number.code[taken:])
            end = span.end


def _coded(text: str, match: re.Match[str]) -> tuple[TextSpan, DocumentNumber]:
    year, serial = (int(match[part].translate(_WIDE)) for part in ("year", "serial"))
    number = DocumentNumber(match["code"], year, serial, match.re is PATTERN)
    span = TextSpan(*match.span())
    if not number.names_issuer:
        return span, number
    kind = re.search(r"(?:令|公告|通告)$", number.code)
    start = _issuer_start(text, match.end("code") - len(kind[0])) if kind else None
    if start is None:
        return span, number
    code = _joined(text[start : match.end("code")])
    return TextSpan(start, span.end), DocumentNumber(code, year, serial)


def _ordered(text: str, match: re.Match[str]) -> tuple[TextSpan, DocumentNumber] | None:
    start = _issuer_start(text, match.start())
    if start is None:
        return None
    kind, serial = match["kind"] or match["kind2"], match["serial"] or match["serial2"]
    year = match["year"] or match["year2"]
    issuer = _joined(text[start : match.start()])
    opened = re.search(r"[（(]", match[0])
    end = match.end() if opened or not match["close"] else match.end("close") - 1
    number = DocumentNumber(f"{issuer}{kind}", int(year) if year else None, _value(serial), False)
    return TextSpan(start, end), number


def _issuer_start(text: str, end: int) -> int | None:
    """Where the names of the issuers begin that end at ``end``; None where none stands there."""
    floor = max(0, end - 90)
    names = _ISSUER.search(text[floor:end])
    if names is None:
        return None
    lead = _LEADS.match(names[0].rstrip())
    start = floor + names.start() + (lead.end() if lead else 0)
    issuer = text[start:end].strip()
    return None if _NO_ISSUER.search(issuer) else start


def _joined(issuers: str) -> str:
    """财政部 税务总局, 财政部、税务总局: the blanks and marks between issuers name nobody."""
    return re.sub(r"[\s、]", "", issuers)


def _value(serial: str) -> int:
    """68, ６８, 六十八: an order of the president is 主席令第七十号."""
    plain = serial.translate(_WIDE)
    if plain.isdigit():
        return int(plain)
    total = digit = 0
    for character in plain:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
