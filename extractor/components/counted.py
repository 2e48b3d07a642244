"""Whom 每家 counts: an enterprise where the text speaks of enterprises, else an institution.

家 is the measure word of both: what is paid says which, then the sentence, then its headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BODY = (
    r"载体|基地|机构|平台|园区|中心|服务站|工作室|学校|院校|礼堂|孵化器|空间|医院|幼儿园|养老院|"
    r"敬老院|图书馆|博物馆|文化馆|美术馆|纪念馆|书屋|食堂|驿站|实验室|研究院|工作站|社会组织|协会"
)
_FIRM = r"企业|公司|工厂|商户|门店|书店|银行|酒店|民宿|合作社|农场|市场主体|经营主体"
_NOUN = re.compile(rf"(?P<body>{_BODY})|(?:{_FIRM})")
#: 每家 itself, which 每家企业 and 每家庭 are not
_BARE = re.compile(r"[每单]家(?!企|公司|庭)")


def counts(per: tuple[str, ...], stated: str, told: Iterable[str]) -> tuple[str, ...]:
    """``per`` of what ``stated`` says; 家 is what the first of ``told`` that names one says."""
    if "enterprise" not in per or not _BARE.search(stated):
        return per
    what = next((kind for words in told if (kind := _kind(words))), "unit")
    return tuple(what if basis == "enterprise" else basis for basis in per)


def _kind(words: str) -> str | None:
    """What ``words`` speak of last."""
    nouns = list(_NOUN.finditer(words))
    return ("institution" if nouns[-1]["body"] else "enterprise") if nouns else None
