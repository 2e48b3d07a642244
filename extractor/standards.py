"""Standards that are the subject of the values behind them: 农村五保分散供养标准：小店区7000元、….

A value belongs to the last one named before it, if nothing else is granted in between; a class
named once (一类地区) holds for those that follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.group_names import groups_at
from extractor.items import is_generic, items, standard_bare

#: 机构集中供养孤儿基本生活标准从…: a standard that is the subject of its value
_SUBJECT = re.compile(
    r"(?:^|[，,；;：:。\n”]|将|其中|同时|调整后|现行|确定)\s*"
    r"(?P<name>[\u4e00-\u9fff](?:[\u4e00-\u9fff、]|[（(][^（）()，。；]*[）)]){3,40}?标准)"
    r"(?=\s*(?:[，,](?:由|从)(?=每|原|现)|由|从|统一|确定|调整|提高|上调|降|为|依次|分别|每|[：:\d]|参照|仍|达到|"
    r"按|均|不再|在(?:现行|原|现有)))"
)
_TALK = re.compile(
    r".*(?:给予|按照?|参照|对(?!象)|的|享受|符合|超过|低于|高于|根据|依据|执行|制定|是指|适用|"
    r"\d年度?)"
)
_KIND = re.compile(
    r"^(?:现行|目前|调整后|我[省市县区旗州]|全[省市县区旗州国]|本[省市县区]|将|各类|其(?:中|(?!他))|的|和|对)*"
    r"(?P<kind>第?[一二三四五六七八九十]+[类档级](?!残)(?:地区|区域?|城市)?)?的?"
)


_PAID_OUT = re.compile(
    r"(?![\u4e00-\u9fff]{0,4}(?:财政|医保|保险))[\u4e00-\u9fff]{2,6}?(?:补贴|补助|津贴|抚恤金?)标准$"
)


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard named as the subject of its values, the class that leads its name (一类地区) and
    where the name ends.
    """

    name: str
    kind: str | None
    end: int


def standards(text: str) -> list[Standard]:
    """Every standard of ``text`` that its values follow: 农村五保分散供养标准：小店区7000元."""
    found = []
    for match in _SUBJECT.finditer(text):
        words = _TALK.sub("", match["name"])
        lead = _KIND.match(words)
        name = words[lead.end() :] if lead else words
        if len(name) >= 6 and not is_generic(name):
            kind = lead["kind"] if lead else None
            who, name = _whose(name)
            found.append(Standard(standard_bare(name), kind or who, match.end()))
    return found


def _whose(name: str) -> tuple[str | None, str]:
    """一级残疾人 and 护理补贴标准 of 一级残疾人护理补贴标准: who it is for, and what."""
    groups = groups_at(name, 0)
    end = groups[-1][1] if groups and groups[0][0] == 0 else 0
    return (name[:end], name[end:]) if _PAID_OUT.match(name, end) else (None, name)


def standing(text: str, at: int) -> Standard | None:
    """The standard whose values those at ``at`` are: the last one named before, if nothing else is
    given in between. A class named once (一类地区) holds for the standards that follow.
    """
    before = [s for s in standards(text) if s.end <= at] if "标准" in text[:at] else []
    if not before:
        return None
    last = before[-1]
    between = text[last.end : at]
    # 购房补贴标准：城区户籍人口购房的，…每套给予2万元: what is granted stands in its own words
    if re.search(r"给予|发放|奖励|资助|可申请", between):
        return None
    if any(i.benefit and not _REFERS.search(between[: i.start]) for i in items(between)):
        return None
    kinds = [s.kind for s in before if s.kind]
    return Standard(last.name, kinds[-1] if kinds else None, last.end)


_REFERS = re.compile(r"(?:参照|按照?|比照|依照|执行)[^，。；]{0,8}$")
