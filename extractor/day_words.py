"""The words that bound a day: 不得晚于, 自 before it, 前, 起, 为止 behind it.

A new one is one word of a table here, and nothing else.
"""

from __future__ import annotations

import re

#: 11月18日（星期四）8:00—11月27日（星期六）17:30: the hours and days of the week of a stretch
WEEKDAY = r"(?:[（(](?:星期|周)[一二三四五六日天][）)])?"
#: 17:00前, 24时前: the hour before a day's bound
HOUR = r"(?:(?:上午|下午)?(?:(?:零|\d{1,2})(?:时|点)|\d{1,2}[:：]\d{2}|下班)(?:\d{1,2}分|整)?)?"

#: before a day
_LEADING = {
    "by": "到 至 截至 截止到 截止 期限延至 延至 延长至 延长到 止于 不晚于 不迟于 不得晚于 不得迟于 "
    "最迟 最迟于 最迟不超过 最迟不得超过 最晚 最晚于 最晚不超过 最晚不得超过",
    "from": "从 自 由",
    "on": "于 在",
}
#: behind it
_TRAILING = {
    "by": "以前 之前 前 为止 止",
    "from": "起 开始 之后 以后 及以后 后",
    "during": "期间 间 内 之内 以内",
}
_BOUNDS = {
    word: bound
    for table in (_LEADING, _TRAILING)
    for bound, words in table.items()
    for word in words.split()
}


def _any_of(table: dict[str, str]) -> str:
    words = (word for row in table.values() for word in row.split())
    return "|".join(sorted(words, key=len, reverse=True))


_BEFORE = re.compile(rf"({_any_of(_LEADING)})\s*$")
_AFTER = re.compile(
    rf"\s*(?:[（(]含[^）)]{{0,6}}[）)])?{WEEKDAY}\s*{HOUR}\s*({_any_of(_TRAILING)})"
    r"(?!期|提(?![交供出请])|往|述|款|置|台|续|勤|备|果)"
)
#: no word before a day is longer
_REACH = 8


def before(text: str, at: int) -> tuple[int, str | None]:
    """Where the words before the day at ``at`` begin, and how they bound it, if they do."""
    found = _BEFORE.search(text[max(0, at - _REACH) : at])
    return (at - len(found[0]), _BOUNDS[found[1]]) if found else (at, None)


def behind(text: str, end: int) -> tuple[int, str | None]:
    """Where the words behind a day end, and how they bound it, if they do."""
    found = _AFTER.match(text, end)
    return (found.end(), _BOUNDS[found[1]]) if found else (end, None)
