"""Finds the notice in a page: its lines without menus, footers, buttons and related links.

What a portal says of the notice is kept apart from what the notice says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.models import Finding
from corpus.readers.html import portal
from corpus.readers.html.kinds import Kind, annex, hans, kind, names_file, squeezed
from corpus.readers.html.layout import Layout, lay_out
from corpus.readers.html.lines import Element, Line, Page
from corpus.readers.html.portal import Box
from corpus.readers.html.repeats import Once, once
from corpus.readers.html.titles import titled

#: a page that shows less prose than this share of what it hides shows the notice by a script
_SHOWN = 0.3
#: with less text than this, a picture may be the notice
_CAPTION = 60
#: a hidden box of fewer names is a button with its label
_HIDDEN_NAMES = 3
#: how far below the text annexes are linked: in lines, and in elements around both
_BELOW, _LEVELS = 40, 3
_ENTRY = re.compile(r"\d{1,2}\s*[.、．]")
_ANNEX_MARK = re.compile(r"^[-·•]?\s*附\s*[件表录图]\s*\d{0,2}\s*[-.：:、．]?\s*\d{0,2}[.、．]?")
_ENDING = re.compile(r"\.[A-Za-z]{2,4}\s*$")


@dataclass(frozen=True, slots=True)
class Main:
    """The lines of the notice, what the portal says of it, and how many lines were left out."""

    lines: tuple[Line, ...]
    portal: tuple[tuple[str, str], ...]
    furniture: int
    findings: tuple[Finding, ...]


def find(page: Page) -> Main:
    """The notice in ``page``; without lines where the page shows none."""
    lines, hidden = _shown(page.lines)
    layout, boxes = _without_boxes(lines)
    own, files = _parted(layout)
    read = once(own)
    text = titled(read.lines, layout.lines[: layout.text.start], page.titles)
    apart = sum(len(pair.lines) for box in boxes for pair in box)
    return Main(
        lines=text,
        portal=_said([*boxes, *_hidden_boxes(page.lines)]),
        furniture=max(0, len(lines) - len(own) - len(files) - apart),
        findings=(*hidden, *_repeated(read, own), *_files(files), *_pictures(page, text)),
    )


def _shown(lines: Sequence[Line]) -> tuple[list[Line], tuple[Finding, ...]]:
    """The lines that a reader sees; all of them where a script has to show the text first."""
    seen = [line for line in lines if not line.hidden]
    prose = [line for line in lines if kind(line) is Kind.PROSE]
    shown, hidden = (sum(hans(x.text) for x in prose if x.hidden is h) for h in (False, True))
    if shown >= _SHOWN * hidden:
        return seen, ()
    message = "the page hides its text until a script shows it; the hidden text is read"
    return list(lines), (Finding("warning", "hidden-text", message),)


def _without_boxes(lines: Sequence[Line]) -> tuple[Layout, list[Box]]:
    """The layout of ``lines``, and the boxes of the portal that are no part of the text."""
    boxes = portal.boxes(lines)
    layout = lay_out(lines, _places(boxes))
    beside = [box for box in boxes if _is_beside(box, layout)]
    return (layout if beside == boxes else lay_out(lines, _places(beside))), beside


def _places(boxes: Iterable[Box]) -> frozenset[int]:
    return frozenset(at for box in boxes for pair in box for at in pair.lines)


def _is_beside(box: Box, layout: Layout) -> bool:
    """Whether ``box`` is the portal's: a form in the text may print 名称： and 发文字号： too."""
    first, last = box[0].lines[0], box[-1].lines[-1]
    if first not in layout.text:
        return True
    # a text may well print its own 发文字号：, or 公开方式： below its signature
    prose = [at for at in layout.text if layout.kinds[at] is Kind.PROSE]
    if len(box) < 2 or (prose and prose[0] < first and last < prose[-1]):
        return False
    above = not prose or last < prose[0]
    return above or portal.telling(box) > 0 or not all(pair.kind for pair in box)


def _hidden_boxes(lines: Sequence[Line]) -> list[Box]:
    """Boxes that a button unfolds."""
    boxes = portal.boxes([line for line in lines if line.hidden])
    return [box for box in boxes if len(dict(portal.said(box))) >= _HIDDEN_NAMES]


def _said(boxes: Sequence[Box]) -> tuple[tuple[str, str], ...]:
    """What all boxes say; the first to name a thing is believed."""
    said: dict[str, str] = {}
    for name, value in (pair for box in boxes for pair in portal.said(box)):
        said.setdefault(name, value)
    return tuple(said.items())


def _parted(layout: Layout) -> tuple[list[Line], list[Line]]:
    """The lines of the text with the annexes it lists, and the other files that it links."""
    text: list[Line] = []
    files: list[Line] = []
    listing = False
    for at in (*layout.text, *_annexes_below(layout)):
        line, of = layout.lines[at], layout.kinds[at]
        listed = annex(line) or (listing and bool(_ENTRY.match(line.text)))
        if of is Kind.VAIN or (of is Kind.LINK and not listed and not names_file(line)):
            continue
        (files if names_file(line) and not listed else text).append(line)
        listing = listed
    return text, files


def _annexes_below(layout: Layout) -> Iterator[int]:
    """Where annexes are linked in an element beside the text, which does not name them."""
    if not layout.text:
        return
    near = _around(layout.lines[layout.text[-1]])
    told = squeezed("".join(layout.lines[at].text for at in layout.text))
    for at in range(layout.text.stop, min(layout.text.stop + _BELOW, len(layout.lines))):
        line = layout.lines[at]
        if annex(line) and line.linked and near & _around(line) and _name(line) not in told:
            yield at


def _around(line: Line) -> set[Element]:
    """The elements around ``line``, from the inside."""
    around: set[Element] = set()
    element = line.within.parent
    while element and element.tag not in ("", "html", "body") and len(around) < _LEVELS:
        around.add(element)
        element = element.parent
    return around


def _name(line: Line) -> str:
    return squeezed(_ENDING.sub("", _ANNEX_MARK.sub("", line.text)))


def _repeated(read: Once, lines: Sequence[Line]) -> Iterator[Finding]:
    if len(read.lines) < len(lines):
        message = "the page prints its text twice; it is read once"
        if read.lost:
            message += f", without {len(read.lost)} lines that only the copy has"
        quote = read.lost[0].text if read.lost else None
        yield Finding("warning" if read.lost else "info", "repeated-text", message, quote)


def _files(files: Iterable[Line]) -> Iterator[Finding]:
    for line in files:
        message = "a file to download is named below the text; it is not read"
        yield Finding("info", "linked-file", message, line.text)


def _pictures(page: Page, text: Sequence[Line]) -> Iterator[Finding]:
    words = sum(hans(line.text) for line in text)
    if page.pictures and words < _CAPTION:
        message = f"hardly a word beside pictures ({page.pictures}): what they show is not read"
        yield Finding("warning", "text-in-pictures", message)
