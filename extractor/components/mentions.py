"""Finds the documents that a sentence names: 《title》, 发文字号, both where they are one document,
and the short forms it gives them.

A number is taken without the verb before it, which its printed form does not set apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus import numbering
from corpus.models import TextSpan
from extractor.masks import blanked
from extractor.titles import squeeze

_TITLE = re.compile(r"《(?P<t>[^《》]*(?:《[^《》]*》[^《》]*)*)》")
_NAMED = re.compile(r"\s*(?:文件?|公布的|发布的|印发的)?")
_AFTER_TITLE = re.compile(r"\s*[（(](?P<inner>[^（）()]{0,60})")
#: （财税〔2016〕36号，以下简称36号文）
_SHORT_FORM = re.compile(
    r"[^《》。]{0,60}?以下简?称为?[：:]?\s*[“《\"]?(\d{1,4}号(?:文件?|公告|令))"
)
_LEADING = re.compile(
    r"^.*(?:根据|依据|按照|依照|参照|遵照|贯彻|落实|执行|废止|转发|印发|关于|以及|和|与|及|"
    r"对|将|原|见|即|为|在|由|因|的|文件|等|或|下发|出台|如(?![皋东])|若|凡|撤销|取消|停止|终止|暂停|"
    # 先后执行过…, 其中…已由…废止
    r"过|其中)(?=.)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named at ``start..end``; ``titled`` is where its title ends."""

    start: int
    end: int
    title: str | None
    number: str | None
    titled: int


def mentions(text: str, short: Mapping[str, str]) -> list[Mention]:
    """Titles, numbers, and both where they name one document; ``short`` forms of numbers."""
    numbers = [_trimmed(span, number) for span, number in numbering.find(text)]
    titled = [_with_number(text, match, numbers) for match in _TITLE.finditer(text)]
    bare = [
        number
        for number in numbers
        if not any(title.start < number.end <= title.end for title in titled)
    ]
    called = [
        Mention(m.start(), m.end(), None, number, m.end())
        for form, number in short.items()
        for m in re.finditer(rf"(?<![\d〕)）]){re.escape(form)}", text)
        if not re.search(r"简称(?:为)?[：:]?[“《\"]?$", text[: m.start()])
    ]
    return sorted([*titled, *bare, *called], key=lambda m: m.start)


def _with_number(text: str, match: re.Match[str], numbers: list[Mention]) -> Mention:
    """A title with the number that stands behind it in brackets, or right before it:
    市政府令第132号《…决定》.
    """
    end, number = _number_after(text, match.end())
    title, start = match["t"].replace("\n", ""), match.start()
    if number is None:
        before = (n for n in numbers if n.end <= start and _NAMED.fullmatch(text, n.end, start))
        for mention in before:
            start, number = mention.start, mention.number
    return Mention(start, end, title, number, match.end())


def _trimmed(span: TextSpan, bare: numbering.DocumentNumber) -> Mention:
    """A number without the verb before it."""
    code = bare.code
    if len(code) > 2 and not bare.names_issuer:
        code = _LEADING.sub("", code)
    start = span.start + len(bare.code) - len(code)
    return Mention(start, span.end, None, str(replace(bare, code=code)), span.end)


def _number_after(text: str, end: int) -> tuple[int, str | None]:
    match = _AFTER_TITLE.match(text, end)
    if not match:
        return end, None
    inside = next(iter(numbering.find(match["inner"])), None)
    if inside is None or inside[0].start > 4:
        return end, None
    close = (
        text.find("）", match.end("inner"))
        if text[match.start() :].lstrip()[:1] == "（"
        else text.find(")", match.end("inner"))
    )
    stop = close + 1 if 0 <= close < match.end("inner") + 60 else match.end("inner")
    if close != match.end("inner") and stop > match.end("inner"):
        stop = match.start("inner") + inside[0].end
    return stop, str(inside[1])


def aliases(text: str, mention: Mention) -> set[str]:
    """（以下简称《办法》） names the document just cited, also beside its number."""
    end = mention.titled
    match = re.match(
        r"[^《》。]{0,90}?以下简?称为?[：:]?\s*[国省市区县]?(?:家)?[《“]([^》”]{1,30})[》”]",
        text[end : end + 120],
    )
    return {squeeze(match[1])} if match else set()


def short_forms(text: str, mention: Mention) -> dict[str, str]:
    """（以下简称36号文） stands for the number it was given with."""
    match = _SHORT_FORM.match(text, mention.end if mention.number else len(text))
    match = match or _SHORT_FORM.match(text, mention.titled)
    return {match[1]: mention.number} if match and mention.number else {}


@lru_cache(maxsize=4)
def laid_bare(text: str) -> str:
    """``text`` with what is no running text blanked, but the words that lead to a number left:
    已由晋政办发〔2020〕5号废止.
    """
    plain = blanked(text)
    for span, number in numbering.find(text):
        start = _trimmed(span, number).start
        plain = plain[: span.start] + text[span.start : start] + plain[start:]
    for title in _TITLE.finditer(text):
        plain = plain[: title.start()] + "\x00" * len(title[0]) + plain[title.end() :]
    return plain
