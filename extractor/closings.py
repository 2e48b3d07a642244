"""Tells which paragraphs close a list or a whole document, and who owns them then.

本通知自印发之日起施行 below the last item speaks for all; below 五、附则 it stays there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from corpus.models import TextSpan

_GOVERNS_ALL = re.compile(
    r"(?:本|此|该|上述|以上)(?:通知|办法|意见|措施|细则|方案|规定|决定|政策|公告|通告|"
    r"若干措施|若干政策|实施细则|实施意见|实施方案|实施办法|行动计划|计划|文件)"
    r"[^。]{0,30}?(?:自|从|由|有效期|施行|实施|执行|未尽|解释)"
    # 请各县市区按通知要求，于2015年10月份前执行到位
    r"|请(?:各|你们)[^。；]{0,20}?(?:按照?|根据|遵照)(?:本|上述|以上)?通知(?:要求|精神|规定)"
)
#: 五、附则, 六、其他事项, 七、施行时间: what such a heading announces stands below it
_CLOSING = re.compile(
    r"附则|其[他它]|施行|生效|有效期|(?:执行|实施|起止|政策)(?:时间|期限|时限)|解释"
)
#: a longer one is the first sentence of the clause
_HEADING = 16
_LIST_CLOSER = re.compile(r"(?:上述|以上|前述|符合上述|注[：:])")
_NOTE = re.compile(r"注[：:]")


@dataclass(slots=True)
class Draft:
    """A clause that is still growing; ``title`` is set for an annex alone."""

    path: str
    anchor: str
    label: str
    level: int
    heading: TextSpan
    start: int
    parent: int | None
    end: int = 0
    lines: int = 1
    own_end: int = 0
    title: str | None = None


Piece = tuple[TextSpan, int | None]


def closings(
    text: str, drafts: list[Draft], pieces: list[Piece], body: Set[int]
) -> Iterator[tuple[int, int | None]]:
    """Each closing piece, by its index, with its heir; ``body`` are the starts of the lines that
    may close.
    """
    found = _Closings(text, drafts, tuple(pieces))
    for index, draft in enumerate(drafts):
        extra = [at for at in found.lines_of.get(index, [])[1:] if pieces[at][0].start in body]
        if draft.title is None and extra:
            for at in found.closers(index, draft, extra):
                yield at, found.heir(index, draft)


def _is_list_item(draft: Draft) -> bool:
    """（一）, 1. and （1） are items of a list; an article or 一、 keeps all its paragraphs."""
    return not re.match(r"第|[一二三四五六七八九十]", draft.label)


@dataclass(slots=True)
class _Closings:
    text: str
    drafts: list[Draft]
    pieces: tuple[Piece, ...]
    lines_of: dict[int, list[int]] = field(default_factory=dict)
    children: dict[int | None, list[int]] = field(default_factory=dict)
    last: int = -1

    def __post_init__(self) -> None:
        for index, draft in enumerate(self.drafts):
            if draft.title is None:
                self.children.setdefault(draft.parent, []).append(index)
                self.last = index
        for at, (_, owner) in enumerate(self.pieces):
            if owner is not None:
                self.lines_of.setdefault(owner, []).append(at)

    def closers(self, index: int, draft: Draft, extra: list[int]) -> list[int]:
        """Which of the paragraphs ``extra`` of a clause close what stands above it."""
        words = [self.pieces[at][0].of(self.text) for at in extra]
        if index == self.last and not self._announces(index):
            for k, text in enumerate(words):
                if _GOVERNS_ALL.match(text) and (k or self._says(index)):
                    return extra[k:]
        if not _is_list_item(draft):
            return []
        *siblings, last = self.children[draft.parent]
        if last != index:
            return []
        bodied = (
            self.pieces[self.lines_of[index][0]][0]
            .of(self.text)
            .rstrip()
            .endswith(("。", "；", ";", "）", ")"))
        )
        single = all(len(self.lines_of.get(i, [])) == 1 for i in siblings)
        if single and len(siblings) >= 2 and bodied and index not in self.children:
            return extra
        for k, text in enumerate(words):
            if _NOTE.match(text) and (k or self._says(index)):
                return extra[k:]
            if _LIST_CLOSER.match(text) and (k or bodied) and draft.parent is not None:
                return extra[k:]
        return []

    def _announces(self, index: int) -> bool:
        """Whether a heading of the clause or above it announces the closing provisions."""
        at: int | None = index
        while at is not None:
            heading = self.drafts[at].heading
            if heading.end - heading.start <= _HEADING and _CLOSING.search(heading.of(self.text)):
                return True
            at = self.drafts[at].parent
        return False

    def _says(self, index: int) -> bool:
        """Whether the clause's own line holds more than its heading."""
        line = self.pieces[self.lines_of[index][0]][0]
        return line.end > self.drafts[index].heading.end + 1

    def heir(self, index: int, draft: Draft) -> int | None:
        """Who owns them then; None for the document."""
        if index == self.last:
            return self._root(index) if self.drafts[self._root(index)].title is not None else None
        return draft.parent

    def _root(self, index: int) -> int:
        parent = self.drafts[index].parent
        return index if parent is None else self._root(parent)
