"""Reads the words that bound a number: 不超过, 不低于, 以上, 及以下, 超过, 不满, 约.

以上, 以下 and 以内 include the number itself, 超过 and 不满 do not (民法典 art. 1259). The
negated form is read first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: words before a number -> (side, number excluded)
_BEFORE = (
    (
        r"不(?:得|应|能|可|宜|予|再)?(?:超过|高于|多于|大于|超出|突破|超)|(?:最高|最多|"
        r"最长|最大|最迟|最晚)(?:可?(?:不(?:得|能)?(?:超过|高于|多于)|不超)|可?达到?|为|按|"
        r"可|给予|补贴|补助|奖励|至)?"
        r"|至多|上限(?:为|是)?|限额(?:为)?|封顶(?:为|线为?)?|控制在|限于|(?:累计)?最高可?",
        "upper",
        False,
    ),
    (
        r"不(?:得|应|能|可|宜)?(?:低于|少于|小于|短于|下于|少)|(?:最低|最少|最短|最小)"
        r"(?:不(?:得|能)?(?:低于|少于))?|至少(?:要|应|达到|取得|完成|配备|有|开展|组织|"
        r"建成|建设|举办|召开|安排|新增|培训|培养)?|不下于|"
        r"下限(?:为|是)?|起付(?:线|标准)为?",
        "lower",
        False,
    ),
    (r"(?:力争|争取|要|须|应|需|均|分别|总体|基本|平均|逐步)?(?:达到?)(?:了)?", "reach", False),
    (r"低于|少于|不足|不满|未满|小于|未达到?|不到|不够", "upper", True),
    (r"超过|高于|大于|多于|突破|超出|超", "lower", True),
    (r"(?<!期)满", "lower", False),
    (r"大?约|大概|接近|近", "about", False),
)
_AFTER = (
    (r"(?:[（(]不含[^）)]{0,8}[）)]\s*以上|以上[（(]不含[^）)]{0,6}[）)])", "lower", True),
    (r"(?:[（(]不含[^）)]{0,8}[）)]\s*以下|以下[（(]不含[^）)]{0,6}[）)])", "upper", True),
    (
        r"[（(]含[^）)]{0,8}[）)]\s*(?:及)?以上|(?:[及和]|"
        r"或者?)?以上(?:[（(]含[^）)]{0,8}[）)])?|起步|及其以上",
        "lower",
        False,
    ),
    (
        r"[（(]含[^）)]{0,8}[）)]\s*(?:及)?以[下内]|(?:[及和]|"
        r"或者?)?以[下内](?:[（(]含[^）)]{0,8}[）)])?|之内|封顶|为限|为上限",
        "upper",
        False,
    ),
    (r"左右|上下", "about", False),
)
_BEFORE_PATTERNS = tuple(
    (re.compile(rf"(?:{words})\s*$"), side, excl) for words, side, excl in _BEFORE
)
_AFTER_PATTERNS = tuple(
    (re.compile(rf"\s*(?:{words})"), side, excl) for words, side, excl in _AFTER
)
#: 最低生活保障 and 最低工资标准 are names: their 最低 bounds nothing
_NAME = re.compile(r"(?:最低工资|最低生活保障)$")


@dataclass(frozen=True, slots=True)
class Bound:
    """Where the bound's words begin and end, and which side of the number they close off.

    ``side`` is upper, lower, reach (达到: a floor for goals), about, or exact.
    """

    start: int
    end: int
    side: str = "exact"
    exclusive: bool = False


def bound(text: str, start: int, end: int) -> Bound:
    """The bound of the number at ``text[start:end]``."""
    left = text[max(0, start - 14) : start]
    for pattern, side, exclusive in _AFTER_PATTERNS:
        match = pattern.match(text, end)
        if match:
            before = _before(left)
            begin = start - len(before[0]) if before and before[1] == side else start
            return Bound(begin, match.end(), side, exclusive)
    before = _before(left)
    if before:
        return Bound(start - len(before[0]), end, before[1], before[2])
    return Bound(start, end)


#: 不超过每人1000元: a basis may stand between the bound and its number
_BASIS = re.compile(
    r"(?:每(?:人|名|月|年|天|日|亩|户|套|家|个?证书?|平方米|次|学时|课时)){1,2}(?:累计)?\s*$"
)


def _before(left: str) -> tuple[str, str, bool] | None:
    basis = _BASIS.search(left)
    if basis and basis.start():
        found = _before(left[: basis.start()])
        if found and found[1] != "reach":
            return found[0] + basis[0], found[1], found[2]
    for pattern, side, exclusive in _BEFORE_PATTERNS:
        match = pattern.search(left)
        if match and not _NAME.search(left):
            return match[0], side, exclusive
    return None
