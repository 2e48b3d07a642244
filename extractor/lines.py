"""What the beginning of a line says: a numeral of the outline, an annex, a date, an imprint.

Knows the numbering styles of GB/T 9704-2012 (一、（一）1.（1）), of rules by article (第一条) and
of decimal plans (1.1.2); every style has one rank, whatever mark-up stands before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.numerals import to_int

CN = "一二三四五六七八九十百〇零"


@dataclass(frozen=True, slots=True)
class Style:
    """One way of numbering; a smaller ``rank`` stands higher in the outline."""

    name: str
    rank: int
    pattern: re.Pattern[str]
    anchor: str


#: higher styles first; ``n`` is the numeral, the whole match the printed label
STYLES = (
    Style("part", 0, re.compile(rf"第(?P<n>[{CN}\d]{{1,4}})编(?=[\s\u3000]|[^，。、的])"), "pt"),
    Style(
        "chapter", 1, re.compile(rf"第(?P<n>[{CN}\d]{{1,4}})章(?=[\s\u3000]|[^，。、的]|$)"), "ch"
    ),
    Style(
        "section", 2, re.compile(rf"第(?P<n>[{CN}\d]{{1,4}})节(?=[\s\u3000]|[^，。、的]|$)"), "sec"
    ),
    Style(
        "article",
        3,
        re.compile(
            rf"第(?P<n>[{CN}\d]{{1,6}})条(?=[\s\u3000:：【（(]|[^，。、的和至或之规所第\d]|$|"
            # 第二条 1982年1月1日至2007年12月31日期间，…
            r"\d{1,4}(?:年|月|周?岁|名|个|户|[%％元亩]|平方))"
        ),
        "art",
    ),
    Style("chinese", 4, re.compile(rf"(?P<n>[{CN}]{{1,4}})\s*[、．.]\s*(?![、])"), "s"),
    Style("chinese-bracket", 5, re.compile(rf"[（(]\s*(?P<n>[{CN}]{{1,4}})\s*[)）][、.]?"), ""),
    Style(
        "arabic",
        6,
        re.compile(r"(?P<n>\d{1,2})\s*(?:[、．]|\.(?!\d)|\.(?=(?:19|20)\d\d年))\s*"),
        "i",
    ),
    Style("arabic-bracket", 7, re.compile(r"[（(]\s*(?P<n>\d{1,2})\s*[)）][、.]?"), "j"),
    Style("arabic-half", 8, re.compile(r"(?P<n>\d{1,2})[)）]"), "k"),
    Style("circled", 9, re.compile(r"(?P<n>[①-⑳])"), "c"),
)
#: 1.1 and 1.1.1; a bare number counts as their parent only in a text that has them
DECIMAL = re.compile(
    r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,4})(?=[\s\u3000]|[\u4e00-\u9fff])(?!\s*(?:万|亿|元|倍|个|年|"
    r"月|%|％|亩|平方|米))"
)
BARE = re.compile(r"(?P<n>\d{1,2})[\s\u3000]+(?=[\u4e00-\u9fff])")
#: what a numeral begins with
_NUMERAL = re.compile(rf"[第（(\d①-⑳{CN}]")
MARKER = re.compile("|".join(re.sub(r"\?P<n>", "", style.pattern.pattern) for style in STYLES))

ANNEX = re.compile(
    rf"附\s*[件表录]\s*(?P<n>\d{{1,2}}|[{CN}]{{1,3}})?\s*(?:[-—－]\s*\d+)?\s*[：:．.]?"
)
_DATE = re.compile(r"(?:\d{4}|[一二〇○零oO０三四五六七八九]{4})\s*年.{1,4}月.{1,4}日")
_OPENERS = re.compile(
    r"附\s*[件注]\s*\d{0,2}\s*[：:]?|抄\s*送|主\s*送|联系人|联系电话|[（(]此件|[（(]联系|"
    r"公开方式|信息公开|备?注[：:]"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A numeral at the head of a clause."""

    style: Style
    number: int
    label: str
    end: int


def marker(text: str, at: int = 0) -> Marker | None:
    """The numeral that stands at ``at``; None if none does."""
    for style in STYLES if _NUMERAL.match(text, at) else ():
        match = style.pattern.match(text, at)
        if match:
            return Marker(style, _number(match["n"]), match[0].strip(" \u3000"), match.end())
    return None


def _number(printed: str) -> int:
    if "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    return to_int(printed) or 0


def opens_something(text: str) -> bool:
    """Whether a line that begins so cannot be the rest of the line before."""
    if _OPENERS.match(text) or _DATE.fullmatch(text):
        return True
    found = marker(text)
    return found is not None and not _looks_wrapped(text, found)


#: 三、项目单位可于10月18日前提交: a word, and no （三）项
OPENING_WORDS = ("项目", "条件", "款项", "条款", "至少", "至今")


def _looks_wrapped(text: str, found: Marker) -> bool:
    """“第三条规定…” or “（三）项” that a margin has put at the start of a line."""
    rest = text[found.end : found.end + 2]
    if rest in OPENING_WORDS:
        return False
    return rest[:1] in tuple("项款条至，、。；)") or rest == "规定"


def before_blanks(text: str, at: int) -> str:
    """The character before ``at`` and the blanks that end there; "" at the beginning."""
    while at and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at]
