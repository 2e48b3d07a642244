"""Finds the numbered outline: which line opens which clause, and to whom every other line
belongs.

Levels come from the numerals, never from mark-up; a clause owns its line and what follows, up to
the next numeral of its rank. What closes a whole list or document is given back to the parent, as
a reader would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.models import TextSpan
from extractor.anchors import anchor, decimal, heading_span, is_reference, path_label
from extractor.closings import Draft, closings
from extractor.lines import DECIMAL, STYLES, Marker, Style, before_blanks, marker
from extractor.models import Clause

#: numerals that run on inside one paragraph: …优惠。2.执行较低的…
_INLINE = {"arabic", "arabic-bracket", "circled", "chinese-bracket"}
_INLINE_BEFORE = "。；;：:"


@dataclass(frozen=True, slots=True)
class LineOf:
    """A line with its role: front, body, annex, enclosed, table, tail or foreign."""

    span: TextSpan
    text: str
    role: str = "body"
    label: str = ""
    title: str = ""


@dataclass(slots=True)
class _Open:
    style: Style
    number: int
    index: int
    rank: tuple[int, int]


@dataclass(slots=True)
class Outline:
    """Clauses in order, and the owner of every line: an index into ``clauses``, or None for the
    document.
    """

    clauses: tuple[Clause, ...] = ()
    owners: tuple[int | None, ...] = ()
    pieces: tuple[tuple[TextSpan, int | None], ...] = ()


#: where a text starts whose numbering is its own
_STARTS_REGION = ("front", "enclosed", "annex")
_BRACKET = next(style.rank for style in STYLES if style.name == "chinese-bracket")


def _headed_regions(lines: list[LineOf]) -> set[int]:
    """The texts in which 一、二、 head articles that count through: 一、…第1条…二、…第2条."""
    found: set[int] = set()
    region, heading, articles = 0, 0, 0
    for line in lines:
        if line.role in _STARTS_REGION:
            region, heading, articles = region + 1, 0, 0
        mark = marker(line.text) if line.role == "body" else None
        if mark is None:
            continue
        if mark.style.name == "article" and heading:
            articles = mark.number if mark.number == articles + 1 else 0
        elif mark.style.name == "chinese" and mark.number == heading + 1:
            heading = mark.number
            if articles:
                found.add(region)
    return found


def outline(text: str, lines: list[LineOf]) -> Outline:
    """The outline of ``lines`` of ``text``."""
    return _Builder(text, lines).build()


@dataclass(slots=True)
class _Builder:
    text: str
    lines: list[LineOf]
    drafts: list[Draft] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    pieces: list[tuple[TextSpan, int | None]] = field(default_factory=list)
    annex: int | None = None
    decimals: bool = False
    headed: set[int] = field(default_factory=set)
    region: int = 0
    anchors: dict[str, int] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=dict)
    last: int = -1

    def build(self) -> Outline:
        self.decimals = sum(bool(DECIMAL.match(line.text)) for line in self.lines) >= 3
        self.headed = _headed_regions(self.lines)
        for line in self.lines:
            self.region += line.role in _STARTS_REGION
            self._take(line)
        self._hand_back()
        self._close()
        return Outline(
            tuple(self._clause(d, i) for i, d in enumerate(self.drafts)), (), tuple(self.pieces)
        )

    def _take(self, line: LineOf) -> None:
        if line.role == "annex":
            self._open_annex(line)
        elif line.role in ("enclosed", "front"):
            self.stack, self.annex = [], None
            self.pieces.append((line.span, None))
        elif line.role in ("tail", "foreign"):
            self.pieces.append((line.span, self.annex))
        elif line.role == "table":
            self.pieces.append((line.span, self._top()))
        else:
            self._body(line)

    def _open_annex(self, line: LineOf) -> None:
        self.stack = []
        address = self._unique("annex" + re.sub(r"\D", "", line.label))
        draft = Draft(
            line.label,
            address,
            line.label,
            1,
            line.span,
            line.span.start,
            None,
            title=line.title or None,
        )
        self.drafts.append(draft)
        self.annex = len(self.drafts) - 1
        self.pieces.append((line.span, self.annex))

    def _body(self, line: LineOf) -> None:
        found = self._marker(line.text, 0)
        starts = self._inline(line.text, found)
        if not starts or starts[0][0] > 0:
            end = starts[0][0] if starts else len(line.text)
            self.pieces.append((TextSpan(line.span.start, line.span.start + end), self._top()))
        ends = [*(at for at, _ in starts[1:]), len(line.text)]
        for (at, mark), end in zip(starts, ends[-len(starts) :] if starts else [], strict=True):
            span = TextSpan(line.span.start + at, line.span.start + end)
            self._open(mark, span, line.span.start + mark.end)

    def _marker(self, text: str, at: int) -> Marker | None:
        if self.decimals:
            found = decimal(text, at)
            if found:
                return found
        found = marker(text, at)
        return None if found is None or is_reference(text, found) else found

    def _inline(self, text: str, first: Marker | None) -> list[tuple[int, Marker]]:
        """Markers of this line: the one at its head, and those that count on inside it."""
        marks = [(0, first)] if first else []
        chain = first if first and first.style.name in _INLINE else None
        for style in STYLES:
            if style.name not in _INLINE or (chain and style.name != chain.style.name):
                continue
            run = self._run(text, style, chain)
            if len(run) >= (1 if chain else 2):
                return marks + run
        return marks

    @staticmethod
    def _run(text: str, style: Style, chain: Marker | None) -> list[tuple[int, Marker]]:
        run: list[tuple[int, Marker]] = []
        number = chain.number if chain else 0
        at = chain.end if chain else 0
        for match in style.pattern.finditer(text, at):
            mark = marker(text, match.start())
            if mark is None or mark.style.name != style.name or mark.number != number + 1:
                continue
            before = before_blanks(text, match.start())
            if before and before in _INLINE_BEFORE and not is_reference(text, mark):
                run.append((match.start(), mark))
                number += 1
        return run

    def _open(self, mark: Marker, span: TextSpan, heading_start: int) -> None:
        rank = self._rank(mark)
        while self.stack and self.stack[-1].rank >= rank:
            self.stack.pop()
        parent = self.stack[-1].index if self.stack else self.annex
        above = self.drafts[parent] if parent is not None else None
        label = path_label(mark)
        path = f"{above.path}/{label}" if above else label
        style = self.stack[-1].style if self.stack else None
        address = self._unique(anchor(mark, above.anchor if above else None, style))
        heading = heading_span(self.text, heading_start, span.end)
        level = above.level + 1 if above else 1
        draft = Draft(path, address, mark.label, level, heading, span.start, parent)
        self.drafts.append(draft)
        self.stack.append(_Open(mark.style, mark.number, len(self.drafts) - 1, rank))
        self.pieces.append((span, len(self.drafts) - 1))

    def _rank(self, mark: Marker) -> tuple[int, int]:
        if mark.style.name.startswith("decimal"):
            return mark.style.rank, mark.label.count(".")
        if self.region not in self.headed:
            return mark.style.rank, 0
        if mark.style.name == "article":
            return _BRACKET, 1
        if mark.style.name == "chinese-bracket" and self._lists_in_article(mark):
            return _BRACKET, 2
        return mark.style.rank, 0

    def _lists_in_article(self, mark: Marker) -> bool:
        """Whether （一） is an item of the open article and no heading above it."""
        if not any(opened.style.name == "article" for opened in self.stack):
            return False
        brackets = [o for o in self.stack if o.style.name == "chinese-bracket"]
        nearest = brackets[-1] if brackets else None
        if nearest is not None and nearest.rank == (_BRACKET, 2):
            return mark.number == nearest.number + 1
        return mark.number == 1 and nearest is not None

    def _top(self) -> int | None:
        return self.stack[-1].index if self.stack else self.annex

    def _unique(self, address: str) -> str:
        # a carried plan may count from 一 again after a numbered wrapper
        candidate, n = address, self.anchors.get(address, 1)
        while candidate in self.anchors:
            n += 1
            candidate = f"{address}x{n}"
        self.anchors[address] = n
        self.anchors.setdefault(candidate, 1)
        return candidate

    def _hand_back(self) -> None:
        """Give paragraphs that close a list or the document to the parent."""
        for index, draft in enumerate(self.drafts):
            if draft.title is None and draft.parent is not None:
                self.children.setdefault(draft.parent, []).append(index)
        body = {line.span.start for line in self.lines if line.role == "body"}
        for at, heir in closings(self.text, self.drafts, self.pieces, body):
            self.pieces[at] = (self.pieces[at][0], heir)

    def _close(self) -> None:
        """Every clause ends with the last piece that it or a descendant owns."""
        for span, owner in self.pieces:
            first = True
            while owner is not None:
                draft = self.drafts[owner]
                draft.end = max(draft.end, span.end)
                if first:
                    draft.own_end = max(draft.own_end, span.end)
                owner, first = draft.parent, False

    def _clause(self, draft: Draft, index: int) -> Clause:
        children = self.children.get(index, ())
        end = max(draft.end, draft.heading.end)
        own_end = min([end, *(self.drafts[child].start for child in children)])
        heading = draft.title if draft.title is not None else draft.heading.of(self.text).strip()
        return Clause(
            path=draft.path,
            anchor=draft.anchor,
            level=draft.level,
            label=draft.label,
            heading=heading,
            span=TextSpan(draft.start, end),
            own=TextSpan(draft.start, own_end),
            heading_span=draft.heading,
            parent=draft.parent,
        )
