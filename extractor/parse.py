"""From healed text to a notice: elements, outline, tables, and the passages that belong to
another document.

The text itself is never changed; every clause, table and finding points into it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate

from corpus.models import Finding, TextSpan
from extractor import elements, imprint, issuing_place, titles
from extractor.elements import Front
from extractor.imprint import Signature
from extractor.lines import ANNEX, marker
from extractor.models import Attachment, Elements, Enclosed, Notice
from extractor.outline import LineOf, outline
from extractor.regions import Regions
from extractor.tables import tables_of
from extractor.titles import squeeze

#: opening formulas of replies: a 批复 or 复函 that stands inside another kind of document is
#: foreign to it
_REPLY_OPENING = re.compile(r"(?:收悉|悉)[。，].{0,40}(?:批复|函复|答复|复函)如下[：:]?$")
_REPLY_KINDS = ("批复", "函", "答复")


@dataclass(slots=True)
class _Draft:
    """Lines with their roles, filled in step by step."""

    text: str
    spans: list[TextSpan]
    lines: list[str]
    roles: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)

    def mark(self, indexes: range | list[int], role: str) -> None:
        for index in indexes:
            self.roles.setdefault(index, role)

    def lines_of(self) -> list[LineOf]:
        return [
            LineOf(
                span,
                line,
                self.roles.get(i, "body"),
                self.labels.get(i, ""),
                self.titles.get(i, ""),
            )
            for i, (span, line) in enumerate(zip(self.spans, self.lines, strict=True))
        ]


def parse(text: str, regions: Regions) -> Notice:
    """The notice that ``text`` (normalised, a paragraph a line) holds."""
    draft = _draft(text)
    front = elements.read_front(draft.lines)
    title = elements.title_of(draft.lines, front)
    annexes, first_annex = _annexes(draft, front)
    listed, list_lines = imprint.attachments_of(draft.lines[:first_annex])
    enclosed = titles.enclosed_of(title, " ".join(draft.lines[front.body : front.body + 4]))
    carried = _enclosed_lines(draft, enclosed.title if enclosed else None, front, list_lines)
    main_end = min(carried[0] if carried else first_annex, first_annex)
    signed = imprint.signature(draft.lines[:main_end], front.body) or imprint.signature(
        draft.lines[:first_annex], front.body
    )
    draft.mark(range(front.body), "front")
    draft.mark(sorted(carried), "enclosed")
    draft.mark(sorted(list_lines), "tail")
    _mark_annexes(draft, annexes, listed)
    for start in _lists_after(draft.lines, annexes):
        _, inner = imprint.attachments_of(draft.lines[start:])
        draft.mark([start + i for i in inner], "tail")
    _mark_tail(draft, signed)
    kind = titles.kind_of(title) or titles.self_named_kind(text)
    foreign = _foreign(draft, kind, carried)
    draft.mark([i for i, line in enumerate(draft.lines) if "\t" in line], "table")
    found = outline(text, draft.lines_of())
    read = _elements(draft, front, title, kind, enclosed, listed, signed)
    return Notice(
        text=text,
        elements=issuing_place.placed(read, text, regions),
        clauses=found.clauses,
        pieces=found.pieces,
        tables=tables_of(draft.lines_of(), found),
        findings=tuple(_foreign_finding(text, span) for span in foreign),
        foreign=tuple(foreign),
        head=TextSpan(
            0, draft.spans[front.body].start if front.body < len(draft.spans) else len(text)
        ),
    )


def _draft(text: str) -> _Draft:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(TextSpan(start, start + len(line)))
        start += len(line) + 1
    return _Draft(text, spans, text.split("\n"))


def _elements(
    draft: _Draft,
    front: Front,
    title: str | None,
    kind: str | None,
    enclosed: Enclosed | None,
    listed: tuple[Attachment, ...],
    signed: Signature | None,
) -> Elements:
    lines = draft.lines
    issued = signed.issued if signed else imprint.published_note(lines[: front.body + 2])
    return Elements(
        number=front.number,
        title=title,
        kind=kind,
        enclosed=enclosed,
        issuers=elements.issuers_of(title, front.red_head, signed.names if signed else ()),
        addressees=elements.addressees_of(lines[front.addressees])
        if front.addressees is not None
        else (),
        copied_to=imprint.copied_to_of(lines),
        issued=issued,
        printed=imprint.printed_of(lines),
        publicity=imprint.publicity_of(lines),
        attachments=listed,
        contacts=imprint.contacts_of(lines),
    )


def _annexes(draft: _Draft, front: Front) -> tuple[list[int], int]:
    """Lines that head an annex, and the first of them (or the number of lines)."""
    before = _Before(draft.lines)
    first = max(front.body, 1)
    heads = [i for i in range(first, len(draft.lines)) if _heads_annex(draft.lines, i, before)]
    return heads, heads[0] if heads else len(draft.lines)


class _Before:
    """What stands before a line, without white space."""

    def __init__(self, lines: list[str]) -> None:
        self._text = squeeze("".join(lines))
        self._starts = [0, *accumulate(len(squeeze(line)) for line in lines)]

    def says(self, words: str, line: int) -> bool:
        return self._text.find(words, 0, self._starts[line]) >= 0


def _lists_after(lines: list[str], annexes: list[int]) -> set[int]:
    """The line before the list of annexes that comes first after each of ``annexes``."""
    lists = [i for i, line in enumerate(lines) if imprint.lists_annexes(line)]
    first = (bisect_right(lists, start) for start in annexes)
    return {lists[at] - 1 for at in first if at < len(lists)}


def _heads_annex(lines: list[str], index: int, before: _Before) -> bool:
    plain = squeeze(lines[index])
    match = ANNEX.match(plain)
    if not match or not plain.startswith("附"):
        return False
    rest = plain[match.end() :]
    if not rest:
        following = lines[index + 1] if index + 1 < len(lines) else ""
        return bool(following) and not re.match(r"^\s*1\s*[.．、]", following)
    # “附件2 申报表” heads an annex only when the list above has announced it
    return (
        bool(match["n"])
        and 4 <= len(rest) <= 60
        and before.says(rest, index)
        and not re.search(r"[。；]", rest)
    )


def _mark_annexes(draft: _Draft, heads: list[int], listed: tuple[Attachment, ...]) -> None:
    announced = [squeeze(a.title) for a in listed]
    for head in heads:
        match = ANNEX.match(squeeze(draft.lines[head]))
        number = match["n"] if match and match["n"] else ""
        draft.roles[head] = "annex"
        draft.labels[head] = f"附件{number}"
        rest = squeeze(draft.lines[head])[match.end() :] if match else ""
        taken = 0 if rest else _annex_title_lines(draft, head, announced)
        draft.titles[head] = (
            rest or re.sub(r"\s+", "", "".join(draft.lines[head + 1 : head + 1 + taken])) or "附件"
        )
        for line in range(head + 1, head + 1 + taken):
            draft.roles[line] = "tail"


def _annex_title_lines(draft: _Draft, head: int, announced: list[str]) -> int:
    """How many lines below the head make up the title."""
    for count in (1, 2, 3):
        words = squeeze("".join(draft.lines[head + 1 : head + 1 + count]))
        if any(SequenceMatcher(None, words, title).ratio() > 0.9 for title in announced):
            return count
    count = 0
    for line in draft.lines[head + 1 : head + 4]:
        if (
            "\t" in line
            or len(line) > 45
            or re.search(r"[。；：:]$", line)
            or ANNEX.fullmatch(squeeze(line))
        ):
            break
        if marker(line) is not None or (count and re.search(r"^[（(]", line)):
            break
        count += 1
        if re.search(
            r"(?:表|单|书|录|流程|方案|办法|细则|清单|报告|函|标准|指南|样式|模板)$", squeeze(line)
        ):
            break
    return count


def _enclosed_lines(
    draft: _Draft, title: str | None, front: Front, listed: frozenset[int]
) -> range:
    """The lines that print the title of the carried text above that text."""
    if not title:
        return range(0)
    wanted = squeeze(title).strip("《》")
    for index in range(front.body, len(draft.lines)):
        if index in listed:
            continue
        for count in (1, 2, 3, 4):
            words = squeeze("".join(draft.lines[index : index + count])).strip("《》")
            if len(words) > len(wanted) + 12:
                break
            if _same_title(words, wanted):
                return range(index, min(index + count, len(draft.lines)))
    return range(0)


def _same_title(words: str, wanted: str) -> bool:
    bare = re.sub(r"[（(](?:试行|暂行|修订|\d+年?修订)[）)]$", "", words)
    close = abs(len(bare) - len(wanted)) <= 6 and SequenceMatcher(None, bare, wanted).ratio() > 0.93
    return (
        words == wanted or bare == wanted or (len(wanted) > 8 and close and not bare.endswith("。"))
    )


def _mark_tail(draft: _Draft, signed: Signature | None) -> None:
    """附注, 版记 and the signature belong to the document, whatever clause stands before them."""
    if signed:
        last = next(
            (
                i
                for i in range(signed.first_line, len(draft.lines))
                if imprint.date_of(draft.lines[i])
            ),
            signed.first_line,
        )
        draft.mark(range(signed.first_line, last + 1), "tail")
    for index, line in enumerate(draft.lines):
        if imprint.is_imprint(line):
            draft.mark([index], "tail")


def _foreign(draft: _Draft, kind: str | None, carried: range) -> list[TextSpan]:
    """Letters of another kind printed inside the body: from their opening formula to the next
    title.
    """
    if kind in _REPLY_KINDS:
        return []
    found = []
    for index, line in enumerate(draft.lines):
        if _REPLY_OPENING.search(squeeze(line)) and draft.roles.get(index, "body") == "body":
            end = next(
                (
                    i
                    for i in range(index + 1, len(draft.lines))
                    if draft.roles.get(i, "body") != "body"
                ),
                len(draft.lines),
            )
            if carried and index < carried[0]:
                end = min(end, carried[0])
            draft.mark(range(index, end), "foreign")
            for line_index in range(index, end):
                draft.roles[line_index] = "foreign"
            found.append(TextSpan(draft.spans[index].start, draft.spans[end - 1].end))
    return found


def _foreign_finding(text: str, span: TextSpan) -> Finding:
    first = TextSpan(
        span.start, min([p for p in (text.find("\n", span.start),) if p > 0] or [span.end])
    )
    message = "a reply to another document stands inside this one; it is left out of the outline"
    return Finding("warning", "foreign-passage", message, first.of(text), first)
