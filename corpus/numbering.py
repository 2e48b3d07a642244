"""Reads and prints 发文字号. Every number that ``str()`` prints parses back to an equal value.

A number is an issuer code (机关代字), a year and a serial: 晋政办发〔2019〕68号. Any bracket is
read, 〔〕 is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypinyin import Style, pinyin

from corpus.models import TextSpan

_CODE = r"[㐀-䶿一-鿿]{1,14}"
_OPEN, _CLOSE = r"[〔［\[【(（﹝〈]", r"[〕］\]】)）﹞〉]"
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
#: 国发〔2018〕39号; wraps and spaces between the parts are forgiven, 〔2019〕2 号 is seen in the
#: wild.
PATTERN = re.compile(
    rf"(?P<code>{_CODE})\s*{_OPEN}\s*(?P<year>(?:1[89]|20|１[８９]|２０)"
    rf"[\d０-９]{{2}})\s*{_CLOSE}\s*"
    r"(?:第\s*)?(?P<serial>[\d０-９]{1,5})\s*号"
)
#: 商服贸函2026年第322号 and 人民政府令第61号 have no bracket
BARE = re.compile(
    rf"(?P<code>{_CODE}?(?:发|函|办|字|文|规|令|告|公告))(?P<year>(?:19|"
    rf"20)\d{{2}})年?第(?P<serial>\d{{1,5}})号"
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A 发文字号; ``code`` is the 机关代字 as printed."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"

    @property
    def slug(self) -> str:
        """ASCII form for ids: jinzhengbanfa-2019-68. Each character has its commonest reading,
        whatever stands beside it.
        """
        syllables = (
            pinyin(character, style=Style.NORMAL, errors="ignore") for character in self.code
        )
        return "".join(s[0][0] for s in syllables if s) + f"-{self.year}-{self.serial}"


def parse(text: str) -> DocumentNumber | None:
    """The number that ``text`` consists of, or None."""
    match = PATTERN.fullmatch(text.strip()) or BARE.fullmatch(text.strip())
    return _number(match) if match else None


def find(text: str) -> Iterator[tuple[TextSpan, DocumentNumber]]:
    """Every number in ``text`` with its place, in order.

    The issuer code takes all Chinese characters to its left; a caller that knows better (a
    title's end, a verb) trims it.
    """
    if "号" not in text:
        return
    found = [*PATTERN.finditer(text), *BARE.finditer(text)]
    for match in sorted(found, key=lambda m: m.start()):
        yield TextSpan(*match.span()), _number(match)


def _number(match: re.Match[str]) -> DocumentNumber:
    year, serial = (int(match[part].translate(_WIDE)) for part in ("year", "serial"))
    return DocumentNumber(match["code"], year, serial)
