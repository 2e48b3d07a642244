"""Joins the lines of all pages to paragraphs, by the margin that broke them and the indent that
begins a new one.

A sentence that a page break has parted is whole again, and every page knows where it begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.readers.pdf.lines import Line
from corpus.readers.pdf.margins import Margins
from corpus.readers.pdf.notes import Note
from corpus.readers.pdf.page import Page
from corpus.readers.pdf.tables import Table
from corpus.readers.pdf.wraps import ends_sentence, fills, heads_annex, is_numbered, seam

# in sizes of the text
_SAME_X = 0.5
_DEEPEST_INDENT = 5.0
_NEARLY = 1.5
_CENTRED = 1.0
#: what is larger than the text by this is a title or a red head
_LARGER = 1.1
_OTHER_SIZE = 0.15
#: from line to line, against what is usual: at the end of a sentence, and within one
_APART = 1.25
_FAR_APART = 1.4


@dataclass(slots=True)
class Text:
    """A text as it is written; ``page_starts`` are the offsets at which its pages begin."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    page_starts: list[int] = field(default_factory=list)
    _notes: list[Note] = field(default_factory=list)

    def __str__(self) -> str:
        return "".join(self.pieces)

    def write(self, words: str, *, page: int, before: str) -> None:
        """Adds ``words`` of ``page`` with ``before`` between them and what is there."""
        self._add(before if self.length else "")
        self.open_pages(page)
        self._add(words)

    def open_pages(self, page: int) -> None:
        """Lets the pages up to ``page`` begin here."""
        while len(self.page_starts) < page:
            self.page_starts.append(self.length)

    def note(self, notes: Sequence[Note]) -> None:
        """Keeps ``notes`` until the paragraph is at its end."""
        self._notes += notes

    def close_paragraph(self) -> None:
        """Writes the notes that the paragraph has."""
        for note in self._notes:
            self._add(f"\n{note.text}")
        self._notes = []

    def _add(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)


@dataclass(frozen=True, slots=True)
class _Set:
    """A line as it is set between the margins of its ``page``, of which it may be the ``first``."""

    line: Line
    margins: Margins
    page: int
    first: bool

    @property
    def indent(self) -> float:
        """How far it begins from the left margin, in sizes of the text."""
        return (self.line.x0 - self.margins.left) / self.margins.size

    @property
    def centre(self) -> float:
        """How far its middle is from that of the page, in sizes of the text."""
        middle = (self.line.x0 + self.line.x1) / 2
        return (middle - self.margins.centre) / self.margins.size

    @property
    def is_large(self) -> bool:
        """Whether it is set larger than the text."""
        return self.line.size > _LARGER * self.margins.size


def compose(
    pages: Sequence[Page], margins: Sequence[Margins], notes: dict[int, list[Note]]
) -> Text:
    """The text of ``pages``: a paragraph or a row of a table a line."""
    text = Text()
    items = list(_items(pages, margins))
    for at, item in enumerate(items):
        if isinstance(item, _Set):
            before, after = (_set_at(items, at + step) for step in (-1, 1))
            joint = _joint(before, item, after)
            _write(text, item.line.text, item.page, joint)
            text.note(notes.get(id(item.line), ()))
        else:
            for row in item[1].rows:
                _write(text, row.text, item[0], None)
    text.close_paragraph()
    text.open_pages(pages[-1].number if pages else 0)
    return text


def _items(pages: Sequence[Page], margins: Sequence[Margins]) -> Iterator[_Set | tuple[int, Table]]:
    """Lines and tables in the order of reading; a table with its page."""
    for page, margin in zip(pages, margins, strict=True):
        for at, item in enumerate(page.items):
            if isinstance(item, Table):
                yield page.number, item
            else:
                yield _Set(item, margin, page.number, first=at == 0)


def _set_at(items: Sequence[_Set | tuple[int, Table]], at: int) -> _Set | None:
    item = items[at] if 0 <= at < len(items) else None
    return item if isinstance(item, _Set) else None


def _write(text: Text, words: str, page: int, joint: str | None) -> None:
    if joint is None:
        text.close_paragraph()
    text.write(words, page=page, before="\n" if joint is None else joint)


def _joint(before: _Set | None, line: _Set, after: _Set | None) -> str | None:
    """What stands between two lines of one paragraph; None where ``line`` begins another."""
    if before is None or not _continues(before, line, after):
        return None
    return seam(before.line.text, line.line.text)


def _continues(before: _Set, line: _Set, after: _Set | None) -> bool:
    """Whether ``line`` goes on with the paragraph of ``before``, the line above it or, on top of
    a page, the last one of the page before.
    """
    if before.line.parted or line.line.parted or heads_annex(line.line.text):
        return False
    if _of_another_kind(before, line) or not _is_full(before, line):
        return False
    if before.is_large:
        return abs(before.centre - line.centre) <= _CENTRED or line.indent <= _SAME_X
    if max(before.indent, line.indent) > _DEEPEST_INDENT:
        return False
    return _goes_on(before, line, after)


def _is_full(before: _Set, line: _Set) -> bool:
    """Whether the margin has ended ``before``; an open sentence need only come near it."""
    right = before.margins.right
    if fills(before.line, line.line, right):
        return True
    near = right - before.line.x1 < _NEARLY * before.margins.size
    return near and line.indent <= _SAME_X and not ends_sentence(before.line.text)


def _of_another_kind(before: _Set, line: _Set) -> bool:
    # every organ of a red head has a line of its own
    red_head = (before.line.red and before.is_large) or (line.line.red and line.is_large)
    larger = max(before.line.size, line.line.size)
    return red_head or abs(before.line.size - line.line.size) > _OTHER_SIZE * larger


def _goes_on(before: _Set, line: _Set, after: _Set | None) -> bool:
    """Tells by their indents whether two lines are one paragraph, the first being full."""
    ended = ends_sentence(before.line.text)
    step = 0.0 if line.first else line.line.middle - before.line.middle
    if step > (_APART if ended else _FAR_APART) * line.margins.pitch:
        return False
    if line.indent < before.indent - _SAME_X:
        return True
    if line.indent <= _SAME_X:
        return not ended or not is_numbered(line.line.text)
    # all of an entry may be indented, or all but its numeral; a line that stands out below a
    # first one shows it to be a first one
    hanging = before.indent > _SAME_X and not (after and after.indent < line.indent - _SAME_X)
    return hanging and not ended and not is_numbered(line.line.text)
