"""Folds the words of targets, duties and deadlines, so that one thing said twice is found as one.

What is folded away is grammar (开展各类…, …人数, 负责…工作) and what data calls one word. Words
that any notice might use of anything (审核, 报送材料) tell nothing: nothing is made of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_MARKS = re.compile(r"[\s“”\"'‘’`、,;:。!?·]+")
#: 等部门要… : the last of several organs is followed by what they are
_ORGANS = re.compile(r"^等?[^，,。；;]{0,6}(?:部门|处室|单位|机构)(?=要|应|须|负责|牵头|对|按)")
#: …的组织实施，省财政厅配合
_HELPERS = re.compile(r"[，,][^，,。；;]{2,30}(?:配合|协助|参与)$")


@dataclass(frozen=True)
class Wordings:
    """How one kind of words is folded; at least ``least`` telling characters must be left."""

    least: int
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    within: tuple[str, ...]
    one: Mapping[str, str]
    plain: tuple[str, ...]

    @classmethod
    def of(cls, own: Mapping[str, Any], shared: Mapping[str, Any]) -> Wordings:
        """The wordings of one kind with what all kinds share; raises ``KeyError`` for a gap."""
        one = {word: name for name, words in shared["one_word"].items() for word in words}
        return cls(
            least=own["least"],
            opening=_longest_first(own["opening"]),
            closing=_longest_first(own["closing"]),
            within=tuple(own["within"]),
            one=one,
            plain=tuple(shared["plain"]),
        )

    def told(self, words: str | None) -> str | None:
        """The folded words; None where too little is left to tell one thing from another."""
        folded = self.folded(words or "")
        return folded if self.weight(folded) >= self.least else None

    def weight(self, words: str) -> int:
        """How many characters of ``words`` tell of what they are."""
        return len(self._plain.sub("", words))

    def named(self, words: str) -> str:
        """``words`` as printed, on one line and without what opens them: what one calls it."""
        return self._opened(self._bare("".join(words.split()))).strip("，,、；;")

    def _bare(self, words: str) -> str:
        """``words`` without the other organs that are named before and after them."""
        return _HELPERS.sub("", _ORGANS.sub("", words))

    def folded(self, words: str) -> str:
        """``words`` as they are compared."""
        bare = _MARKS.sub("", self._bare(unicodedata.normalize("NFKC", words)))
        bare = self._one.sub(lambda match: self.one[match[0]], self._within.sub("", bare))
        return self._closed(self._opened(bare))

    def _opened(self, words: str) -> str:
        # word by word: one pattern of them all can be split in many ways (任务数, 任务, 数)
        while first := next((word for word in self.opening if words.startswith(word)), None):
            words = words.removeprefix(first)
        return words

    def _closed(self, words: str) -> str:
        while last := next((word for word in self.closing if words.endswith(word)), None):
            words = words.removesuffix(last)
        return words

    @cached_property
    def _within(self) -> re.Pattern[str]:
        return re.compile(_any(self.within))

    @cached_property
    def _one(self) -> re.Pattern[str]:
        return re.compile(_any(self.one))

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return re.compile(rf"{_any(self.plain)}|[^\u4e00-\u9fff]")


def _any(words: Iterable[str]) -> str:
    """One of ``words``, the longest first; nothing for none."""
    return "|".join(map(re.escape, _longest_first(words))) or r"(?!)"


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
