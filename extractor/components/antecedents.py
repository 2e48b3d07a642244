"""Finds the documents that a text comes back to without their names: 该办法, 前述通知,
上述两个文件.

They are those of the nearest sentence before that names any; where these are of another kind or
more than are counted, nobody knows which is meant, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractor.components.mentions import Mention
from extractor.numerals import to_int
from extractor.reading import Sentence
from extractor.titles import squeeze

_KINDS = "通知|办法|意见|细则|规定|方案|文件|决定|公告|通告|规程|规范|规则"
#: 该通知所称…, 上述规定的人员 come back to what it says, and the verbs decide
_BACK = re.compile(
    r"(?P<which>该|前述|上述|上列|以上|前列)(?P<count>[两二三四五六七八九十]|\d+)?[个件份项部]?"
    rf"(?:规范性|政策)?(?P<kind>{_KINDS})"
)
#: 原办法同时废止, 原试行规程不再执行: the one of its kind that the text has named before
_FORMER = re.compile(rf"(?<![\u4e00-\u9fff])原(?:试行|暂行)?(?P<kind>{_KINDS})(?![的《〔])")
#: the end of a title that is of a kind: …管理办法（试行）〉的通知 is a notice, and the rules in it
_TAIL = r"(?:[（(][^（）()]*[）)])?[〉》”]?(?:的?(?:补充)?(?:通知|公告|决定))?"


@dataclass(frozen=True, slots=True)
class Named:
    """A document with the title and number that it has been named by."""

    title: str | None
    number: str | None
    own: bool = False

    def is_a(self, kind: str) -> bool:
        """Whether it may be called so; what is only numbered may be anything."""
        if self.title is None or kind == "文件":
            return True
        return bool(re.search(f"{kind}{_TAIL}$", squeeze(self.title)))


def stretches(mention: Mention, count: int) -> Iterator[tuple[int, int]]:
    """A place of its own for each document that one phrase means: 上述两个文件, 两个文件, …"""
    most = mention.end - mention.start - 1
    for n in range(count):
        yield mention.start + min(n, most - 1), mention.end + max(0, n - most + 1)


@dataclass
class Before:
    """The documents that have been named, sentence by sentence, each with its place."""

    _named: list[tuple[int, list[tuple[int, Named]]]] = field(default_factory=list)

    def add(self, sentence: Sentence, named: Iterable[tuple[int, Named]]) -> None:
        """Keep what ``sentence`` names and where; sentences come in their order."""
        if found := list(named):
            self._named.append((sentence.start, found))

    def come_back_to(self, sentence: Sentence) -> Iterator[tuple[Mention, tuple[Named, ...]]]:
        """Every place where ``sentence`` comes back to documents, with these."""
        if not self._named:
            return
        for match in _FORMER.finditer(sentence.text):
            if former := self._former(match["kind"]):
                yield Mention(match.start(), match.end(), None, None, match.end()), (former,)
        for match in _BACK.finditer(sentence.text):
            near = self._near(sentence.start, match.start())
            if meant := _meant(match, near):
                yield Mention(match.start(), match.end(), None, None, match.end()), tuple(meant)

    def _near(self, start: int, at: int) -> list[Named]:
        """What is named nearest before: in the sentence that starts at ``start`` before ``at``."""
        for begin, found in reversed(self._named):
            named = [n for place, n in found if begin != start or place < at]
            if named:
                return list(dict.fromkeys(named))
        return []

    def _former(self, kind: str) -> Named | None:
        every = {n for _, near in self._named for _, n in near if not n.own}
        fits = [named for named in every if named.title and named.is_a(kind)]
        return fits[0] if len(fits) == 1 else None


def _meant(match: re.Match[str], near: list[Named]) -> list[Named]:
    fits = [named for named in near if named.is_a(match["kind"])]
    if match["count"]:
        right = len(fits) == len(near) == to_int(match["count"].replace("两", "二"))
    else:
        # 上述文件 may be several, 该办法 is one
        right = len(fits) == 1 or (len(fits) == len(near) and match["which"] != "该")
    return fits if right and not any(named.own for named in fits) else []
