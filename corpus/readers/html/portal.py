"""Reads what a portal says of a notice beside its text: 索引号, 发文字号, 成文日期, 有效性.

Names come out as printed, without blanks and colons. A line that prints anything else is no part
of such a box, so words of the notice are never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from corpus.readers.html.lines import Element, Line

#: names that only a portal prints; one of them alone makes a box outside the text
_TELLING = (
    *("索引号", "信息索引号", "索取号", "索引码", "统一编号", "规范性文件统一编号", "登记号"),
    *("文号", "发文字号", "发文文号", "公文文号", "文件编号", "文件字号", "文件文号"),
    *("发布机构", "发布机关", "发文机关", "发文单位", "制发机关", "制定机关", "公开机构"),
    *("成文日期", "发文日期", "生成日期", "印发日期", "成文时间", "发文时间", "印发时间"),
    *("主题分类", "信息分类", "体裁分类", "组配分类", "主题词", "文件类型"),
    *("有效性", "效力状态", "文件状态", "时效性", "时效状态", "文件时效", "文件效力"),
    *("失效日期", "废止日期", "失效时间", "废止时间"),
    *("发表时间", "发布时间", "更新时间", "信息来源", "稿件来源", "文章来源"),
)
#: names that notices print too
_OTHER = (
    *("标题", "名称", "信息名称", "文件名称", "文件标题", "文种", "体裁", "分类", "类别"),
    *("发布日期", "公布日期", "公开日期", "发布单位", "来源", "时效", "效力", "有效期"),
    *("实施日期", "施行日期", "生效日期", "执行日期", "实施时间", "施行时间", "生效时间"),
    *("公开方式", "公开形式", "公开范围", "公开时限", "公开类别", "公开类型", "公开属性"),
    *("责任部门", "公开责任部门", "关键词", "关键字", "内容概述", "内容摘要", "服务对象"),
    *("公文种类", "发文机构", "联合发文单位", "状态"),
)
#: what pages print beside these and nobody looks up
_VAIN = (
    *("浏览次数", "浏览量", "点击数", "点击量", "点击率", "点击次数", "阅读次数", "阅读量"),
    *("访问次数", "访问量", "浏览字号", "字号", "字体", "字体大小", "文字大小", "分享", "分享到"),
    *("分享文章到", "打印", "视力保护色", "背景色", "背景颜色", "保护视力色", "责任编辑"),
    *("编辑", "作者", "审核", "录入", "扫码分享", "大小"),
)
_KINDS = {**dict.fromkeys(_OTHER, "other"), **dict.fromkeys(_TELLING, "telling")}
_BLANK = r"[\s\u3000\xa0]*"
_NAMES = "|".join(
    _BLANK.join(map(re.escape, name)) for name in sorted((*_KINDS, *_VAIN), key=len, reverse=True)
)
_NAMED = re.compile(rf"[【\[〖]?{_BLANK}(?P<name>{_NAMES}){_BLANK}(?:[】\]〗]{_BLANK}[：:]?|[：:])")
_BARE = re.compile(rf"{_BLANK}(?P<name>{_NAMES}){_BLANK}")
_ROWS = ("tr", "dl", "li")
_EDGES = " \t\u3000\xa0|｜【[；;"
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """One name and its value, and the lines that print them; ``kind`` is "" for what is vain."""

    name: str
    value: str
    kind: str
    colon: bool
    lines: tuple[int, ...]


Box = tuple[Pair, ...]


def boxes(lines: Sequence[Line]) -> list[Box]:
    """Every run of neighbouring lines that print nothing but names and values."""
    found: list[list[Pair]] = []
    at, end = 0, -1
    while at < len(lines):
        pairs = _pairs(lines, at)
        if pairs:
            if at != end:
                found.append([])
            found[-1] += pairs
            end = max(pair.lines[-1] for pair in pairs) + 1
        at = end if pairs else at + 1
    return [tuple(run) for run in found if _is_box(run)]


def said(box: Box) -> Iterator[tuple[str, str]]:
    """What a box says, without what is vain or left empty."""
    return ((pair.name, pair.value) for pair in box if pair.kind and pair.value)


def telling(box: Box) -> int:
    """How many names of ``box`` are such as only portals print."""
    return len({pair.name for pair in box if pair.kind == "telling"})


def is_vain(line: Line) -> bool:
    """Whether a line prints only what nobody looks up: 浏览次数, 字号, 分享到."""
    pairs = _pairs((line,), 0)
    return bool(pairs) and not any(pair.kind for pair in pairs)


def _is_box(pairs: Sequence[Pair]) -> bool:
    names = [pair.name for pair in pairs if pair.kind]
    # the same name again and again is a list of other documents
    if len(names) > 2 * len(set(names)):
        return False
    sure = {pair.name: pair.kind for pair in pairs if pair.kind and pair.colon}
    return len(sure) > 1 or "telling" in sure.values() or len(set(names)) > 2


def _pairs(lines: Sequence[Line], at: int) -> list[Pair]:
    """The pairs that begin on the line at ``at``; none where it prints anything else."""
    line = lines[at]
    if line.row:
        return _of_row(line, at)
    pairs = list(_in_words(line.text, at)) or _labelled(line, at)
    if len(pairs) == 1 and not pairs[0].value and at + 1 < len(lines):
        below = lines[at + 1]
        if _beside(line.within, below.within) and _is_value(below):
            return [replace(pairs[0], value=below.text, lines=(at, at + 1))]
    return pairs


def _in_words(words: str, at: int) -> Iterator[Pair]:
    """索引号：1 文号：2: the value of each name ends where the next begins."""
    first = _NAMED.match(words, len(words) - len(words.lstrip(_EDGES)))
    if first is None:
        return
    names = list(_NAMED.finditer(words, first.start()))
    for name, following in zip(names, [*islice(names, 1, None), None], strict=True):
        end = following.start() if following else len(words)
        value = words[name.end() : end].strip(_EDGES)
        if len(value) > _LONGEST_VALUE:
            return
        yield _pair(name["name"], value, at, colon=True)


def _pair(name: str, value: str, at: int, *, colon: bool) -> Pair:
    plain = re.sub(_BLANK, "", name)
    return Pair(plain, value, _KINDS.get(plain, ""), colon, (at,))


def _labelled(line: Line, at: int) -> list[Pair]:
    """<b>索引号</b>1, or 索引号 alone in its cell."""
    pairs = _bare(line.label, at)
    if not pairs or not line.text.startswith(line.label):
        return _bare(line.text, at)
    return [replace(pairs[0], value=line.text[len(line.label) :].strip(_EDGES))]


def _of_row(line: Line, at: int) -> list[Pair]:
    """索引号 | 1 | 文号 | 2: names and values by turns; a wide value is the same cell again."""
    pairs: list[Pair] = []
    waits = False
    for cell in line.text.split("\t"):
        named = list(_in_words(cell, at)) or _bare(cell, at)
        if named:
            pairs += named
            waits = not named[-1].value
        elif waits:
            pairs[-1] = replace(pairs[-1], value=cell.strip(_EDGES))
            waits = False
        elif cell and not (pairs and pairs[-1].value == cell.strip(_EDGES)):
            return []
    return pairs


def _bare(words: str, at: int) -> list[Pair]:
    name = _BARE.fullmatch(words)
    return [_pair(name["name"], "", at, colon=False)] if name else []


def _is_value(line: Line) -> bool:
    names = _NAMED.match(line.text) or _BARE.fullmatch(line.text)
    return not line.row and not line.heading and not names and len(line.text) <= _LONGEST_VALUE


def _beside(one: Element, other: Element) -> bool:
    """Whether both stand in one row or pair; 文件状态： is not filled by the title below it."""
    if one is other:
        return True
    if one.parent is other.parent:
        return (one.tag, other.tag) in (("dt", "dd"), ("div", "div"), ("td", "td"), ("th", "td"))
    rows = [e for e in (other.parent, other.parent and other.parent.parent) if e]
    return any(
        e in rows for e in (one.parent, one.parent and one.parent.parent) if e and e.tag in _ROWS
    )
