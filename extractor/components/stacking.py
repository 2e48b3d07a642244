"""What the text says of having one amount beside another: 不得重复享受, 就高不重复, 可叠加享受.

The words are taken whole, with what they except, from the amount's own sentence, from a later one
of its clause, or from a sentence that speaks of 上述五类补贴 and so of the clauses before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from extractor.numerals import to_int
from extractor.reading import Reading, Sentence

_IN = r"[^，,。；;：:（）()]"
_SAID = (
    rf"(?:不(?:得|可|能|再|予)?(?:同时|重复|叠加|累计|兼得){_IN}{{0,14}}(?:享受|叠加|申领|"
    rf"申报|补贴|使用|申请|领取|奖励)?|(?:就|从|择)(?:高|优|低)(?:不重复)?{_IN}{{0,8}}|"
    rf"按(?:最高|就高|从高){_IN}{{0,8}}|(?:可以?|能够?){_IN}{{0,14}}(?:叠加|同时享受|"
    rf"累计享受){_IN}{{0,4}}|只?(?:能|可)(?:选择|享受)其中一[项种]{_IN}{{0,6}})"
)
#: 除第4、5项可相互叠加享受外，其他…不可叠加享受: the exception is no permission of its own
_STACKING = re.compile(rf"(?:除{_IN}{{1,40}}?外[，,]\s*{_IN}{{0,24}}?)?{_SAID}")
#: 上述五类购房补贴政策; 该补贴可以与前述五类补贴叠加享受 speaks of one and its own
_OF_OTHERS = re.compile(
    r"(?<![与和同除])(?:上述|以上|前述)"
    r"(?:(?P<n>[一二两三四五六七八九十]|\d{1,2})?[类项种款条个档]|各[类项种])?"
    rf"{_IN}{{0,12}}?(?:补[贴助]|奖[励补]|资助|扶持|政策|资金|优惠|支持|待遇)"
)


@dataclass(frozen=True)
class Stacking:
    """What a notice says of having its amounts with others."""

    reading: Reading

    def of(self, sentence: Sentence) -> str | None:
        """What is said of the amounts of ``sentence``."""
        said = self.reading.said(_STACKING, sentence.clause)
        at = bisect_left(said, sentence.start, key=itemgetter(0))
        return said[at][1] if at < len(said) else self._of_clauses_before(sentence.clause)

    def _of_clauses_before(self, clause: int | None) -> str | None:
        """What a clause behind says of ``clause``, or of one that it stands in, and others."""
        clauses = self.reading.notice.clauses
        while clause is not None:
            parent = clauses[clause].parent
            said = (words for at, words in self._looking_back[parent] if at > clause)
            if words := next(said, None):
                return words
            clause = parent
        return None

    @cached_property
    def _looking_back(self) -> dict[int | None, list[tuple[int, str]]]:
        """The clauses below each clause that speak of those before them, with what they say."""
        found: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
        place: dict[int | None, int] = defaultdict(int)
        for index, clause in enumerate(self.reading.notice.clauses):
            own = self.reading.of_clause.get(index, [])
            found[clause.parent] += [(index, words) for words in _said(own, place[clause.parent])]
            place[clause.parent] += 1
        return found


def _said(own: list[Sentence], before: int) -> Iterator[str]:
    """What the sentences of a clause say of the ``before`` clauses before it. One further down in
    it must count them, and itself: 上述五类 in the fifth; what it says of 上述 alone is its own.
    """
    for sentence in own:
        others = _OF_OTHERS.search(sentence.plain)
        said = _STACKING.search(sentence.text) if others else None
        if others is None or said is None:
            continue
        count = to_int(others["n"].replace("两", "二")) if others["n"] else None
        first = sentence is own[0]
        if before and (count == before + (not first) or (count is None and first)):
            yield said[0]
