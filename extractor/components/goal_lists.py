"""Reads goals that are listed: 高级工、中级工证书人数分别达到10万人以上, A率、B率分别超过90%、75%.

One value behind 分别 is a goal for each name before it; as many values as names go to one each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.models import Quantity, Target
from extractor.reading import Sentence

_DISTRIBUTED = re.compile(
    r"(?:分别|均|各)(?:要|须|应|需)?(?:不少于|不低于|达到?|为|完成|培训|实现|新增)?\s*$"
)
_BOUND = re.compile(r"(?:不少于|不低于|达到?|为|超过)\s*$")
#: 普及率 is one word
_AND = re.compile(r"、|和|与|及(?![率时格])")
_MEASURE = re.compile(r"(?:证书)?(?:人数|数量|数|率|比例|总量|面积)$")
_VERB = re.compile(r"^[\u4e00-\u9fff]{0,10}?(?:取得|考取|新增|获得|县级以上)")
#: no metric is so long: what is split so is no list
_LONGEST = 20


def lists_on(sentence: Sentence, goal: Quantity, quantity: Quantity) -> bool:
    """分别下降16%、20%: what follows a goal in its list is one."""
    gap = sentence.plain[sentence.local(goal.core)[1] : sentence.local(quantity.core)[0]]
    return goal.kind == quantity.kind and goal.unit == quantity.unit and gap in ("、", "和")


def same_bound(fact: Target, first: Target) -> Target:
    """分别超过90%、75%: the bound printed once serves the list."""
    return replace(
        fact,
        min=fact.min if first.min is not None else None,
        max=fact.max if first.max is not None else None,
        exclusive=first.exclusive,
    )


def own_values(fact: Target, left: str, rest: list[Quantity]) -> list[Target] | None:
    """A goal for each name of ``fact``, where as many values follow it in ``rest``."""
    names = _names(fact, left)
    if not rest or len(names) != len(rest) + 1:
        return None
    values = [replace(fact, min=q.min, max=q.max) for q in rest]
    goals = [fact, *(same_bound(value, fact) for value in values)]
    return [replace(goal, metric=name) for goal, name in zip(goals, names, strict=True)]


def spread(fact: Target, left: str) -> Iterator[Target]:
    """高级工、中级工证书人数分别达到10万人以上 is a goal for each."""
    names = _names(fact, left)
    if len(names) < 2:
        yield fact
    for name in names if len(names) > 1 else ():
        yield replace(fact, metric=name)


def _names(fact: Target, left: str) -> list[str]:
    """What the metric of ``fact`` lists, each with the verb and the noun that all share."""
    if not _DISTRIBUTED.search(_BOUND.sub("", left)) or not fact.metric:
        return []
    parts = [part for part in _AND.split(fact.metric) if part]
    if len(parts) < 2 or any(len(part) > _LONGEST for part in parts):
        return []
    suffix, prefix = _MEASURE.search(parts[-1]), _VERB.match(parts[0])
    named = [
        part if not suffix or _MEASURE.search(part) else part + suffix[0] for part in parts[:-1]
    ]
    named.append(parts[-1])
    if not prefix:
        return named
    return [
        name if not at or name.startswith(prefix[0]) else prefix[0] + name
        for at, name in enumerate(named)
    ]


_LISTED = re.compile(
    r"^.*\d[万千百亿]?(?:[\u4e00-\u9fff]{1,3}|[%％])(?:以上|以下|以内|左右)?(?:、|和|及)(?=[^\d、]*$)"
)


def own_words(words: str) -> str | None:
    """品牌农家乐 of 专业村1000个、品牌农家乐: what a further goal of a list is told by."""
    own = _LISTED.sub("", words)
    return own if own != words else None
