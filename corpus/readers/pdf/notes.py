"""Takes footnotes out of the running text; each gets a paragraph of its own after the one that
points to it.

Its mark goes with it, for 1000元¹ is not 10001.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.readers.pdf.glyphs import Glyph
from corpus.readers.pdf.lines import Line, line_of
from corpus.readers.pdf.margins import Margins
from corpus.readers.pdf.page import Page
from corpus.readers.pdf.wraps import healed

_MARK = re.compile(
    r"[\[［〔(（]?(?P<mark>\d{1,2}(?!\d)|[①-⑳]|[*＊※†])[\]］〕)）]?[.．、:：]?\s*(?=\S)"
)
#: notes are set smaller than the text; marks are smaller than their line and raised
_SMALLER = 0.93
_SMALL_MARK = 0.8
_RAISED = 0.08
#: the rule above notes is short; points that it may stand off them
_SHORT_RULE = 0.45
_CLOSE = 20.0


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark, and what it says."""

    mark: str
    words: str

    @property
    def text(self) -> str:
        """The note as a paragraph."""
        return f"注{self.mark}：{self.words}"


def take_notes(page: Page, margins: Margins) -> dict[int, list[Note]]:
    """Takes the footnotes out of ``page``; those that each line, by ``id``, points to.

    A note that nothing points to belongs to the last line above it.
    """
    start = _first_note(page, margins)
    if not start:
        return {}
    notes, page.lines = list(_notes(page.lines[start:], margins)), page.lines[:start]
    pointing: dict[int, list[Note]] = {}
    for note in notes:
        at = next((i for i, line in enumerate(page.lines) if _mark_in(line, note.mark)), -1)
        page.lines[at] = line = _without_mark(page.lines[at], note.mark)
        pointing.setdefault(id(line), []).append(note)
    return pointing


def _first_note(page: Page, margins: Margins) -> int | None:
    """Where the notes at the foot of the page begin; None where there are none."""
    lines, start = page.lines, len(page.lines)
    while start and lines[start - 1].size < _SMALLER * margins.size:
        start -= 1
    for at in range(start, len(lines)):
        match = _MARK.match(lines[at].text)
        pointed = match and any(_mark_in(line, match["mark"]) for line in lines[:at])
        if match and (pointed or _under_rule(lines[at], page)):
            return at
    return None


def _under_rule(line: Line, page: Page) -> bool:
    return any(
        0 < line.top - rule.at < _CLOSE and rule.end - rule.start < _SHORT_RULE * page.width
        for rule in page.across
    )


def _notes(lines: Sequence[Line], margins: Margins) -> list[Note]:
    notes: list[Note] = []
    begun: list[Line] = []
    for line in (*lines, None):
        if begun and (line is None or _MARK.match(line.text)):
            whole = healed(begun, margins.right)
            match = _MARK.match(whole)
            notes.append(Note(match["mark"], whole[match.end() :]) if match else Note("", whole))
            begun = []
        begun += [line] if line is not None else []
    return notes


def _mark_in(line: Line, mark: str) -> bool:
    return bool(_raised(line, mark)) or any(f"{a}{mark}{b}" in line.text for a, b in ("[]", "〔〕"))


def _raised(line: Line, mark: str) -> list[Glyph]:
    """The small glyphs above the line that form ``mark``."""
    for up, group in groupby(line.glyphs, key=lambda glyph: _is_raised(glyph, line)):
        glyphs = list(group)
        if up and "".join(glyph.text for glyph in glyphs).strip("[]［］〔〕()（）") == mark:
            return glyphs
    return []


def _is_raised(glyph: Glyph, line: Line) -> bool:
    small = glyph.size < _SMALL_MARK * line.size
    return small and glyph.middle < line.middle - _RAISED * line.size


def _without_mark(line: Line, mark: str) -> Line:
    raised = set(map(id, _raised(line, mark)))
    rest = [glyph for glyph in line.glyphs if id(glyph) not in raised]
    return line_of(rest) if raised and rest else line
