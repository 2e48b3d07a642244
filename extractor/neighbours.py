"""Quantities that only their neighbours complete: A以上B以下 is one range, the bound behind a list
holds for each of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.models import TextSpan
from extractor.models import Quantity

#: until, with what a bracket may say of the lower end: 50亩（含）—100亩
TO = r"\s*+(?:[（(]不?含[^（）()]{0,6}[)）])?\s*+(?:至|到|-|—|–|－|~|～)+\s*"


def joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """``found``, in order of the text, with ranges joined and bounds shared."""
    return _sharing_bounds(text, _between(text, found))


_UNTIL = re.compile(TO)
#: what may stand between the two ends of 五千元以上二万元以下, 30万元以上、不足50万元
_AND_BELOW = re.compile(r"\s*[、，,至到]?\s*")


def _between(text: str, found: list[Quantity]) -> list[Quantity]:
    """A以上B以下 is one range, and so is 50亩（含）—100亩."""
    result: list[Quantity] = []
    for second in found:
        first = result[-1] if result else None
        if first is not None and _ends_of_one(text, first, second):
            span = TextSpan(first.span.start, second.span.end)
            core = TextSpan(first.core.start, second.core.end)
            exclusive = first.exclusive or second.exclusive
            result[-1] = replace(
                first, span=span, core=core, max=second.max, bound="exact", exclusive=exclusive
            )
        else:
            result.append(second)
    return result


def _ends_of_one(text: str, first: Quantity, second: Quantity) -> bool:
    if first.kind not in ("money", "percent", "count") or first.kind != second.kind:
        return False
    if first.unit != second.unit:
        return False
    if (first.bound, second.bound) == ("exact", "exact"):
        rises = first.min is not None and second.max is not None and first.min < second.max
        between = text[first.core.end : second.core.start]
        return rises and first.kind == "count" and _UNTIL.fullmatch(between) is not None
    if (first.bound, second.bound) != ("lower", "upper"):
        return False
    if first.max is not None or second.min is not None or first.min is None or second.max is None:
        return False
    gap = text[first.span.end : second.span.start]
    suffixed = first.span.end > first.core.end
    return suffixed and first.min < second.max and _AND_BELOW.fullmatch(gap) is not None


def _sharing_bounds(text: str, found: list[Quantity]) -> list[Quantity]:
    """分别提高到55%、70%以上: the bound behind the last of a list holds for each."""
    result = list(found)
    for index in range(len(result) - 2, -1, -1):
        first, second = result[index], result[index + 1]
        listed = text[first.core.end : second.core.start].strip() in ("、", "和")
        if not listed or first.kind != second.kind or first.bound not in ("exact", "reach"):
            continue
        if second.bound in ("lower", "upper") and second.span.end > second.core.end:
            value = first.min if first.min is not None else first.max
            low = value if second.bound == "lower" else None
            high = value if second.bound == "upper" else None
            result[index] = replace(first, min=low, max=high, bound=second.bound)
    return result
