"""Reads PDFs: the words of the notice in the order of reading, a paragraph or a table row a line.

What belongs to the page is taken out and counted, and a second reader checks the words; pages
that hold pictures of text are named.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdftypes import PDFStream, resolve1

from corpus.errors import DamagedDocument, DocumentError, NeedsOcr, TooLarge
from corpus.limits import Limits
from corpus.models import Finding
from corpus.readers.body import Body
from corpus.readers.pdf.columns import in_columns, take_unruled_tables
from corpus.readers.pdf.furniture import take_furniture
from corpus.readers.pdf.glyphs import UNKNOWN, Glyph
from corpus.readers.pdf.lines import lines_of
from corpus.readers.pdf.margins import margins_of
from corpus.readers.pdf.notes import Note, take_notes
from corpus.readers.pdf.ocr import DOTS, Recognised, recognise
from corpus.readers.pdf.page import Page, read_page
from corpus.readers.pdf.paragraphs import Text, compose
from corpus.readers.pdf.pdfium import Look, SecondReader, disagreement
from corpus.readers.pdf.portal import take_portal
from corpus.readers.pdf.tables import Table, filled, is_continued, stitched

#: above this share of differing characters a person should look
_AGREED = 0.01
#: a picture of this share of the page may hold words; a smaller one is a seal or a sign
_LARGE_PICTURE = 0.06
_RECOGNISE = (
    "Run it with --ocr, which needs the tesseract program and its chi_sim data (Debian: "
    "tesseract-ocr, tesseract-ocr-chi-sim)."
)
_SAVE_ANEW = "Open it in the program that made it and save it anew."

# what is odd about a file is told by findings and errors
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)


@dataclass(slots=True)
class _Reading:
    """A document while it is read: what is left in its pages, and what has been taken out."""

    pages: list[Page]
    looks: list[Look]
    portal: tuple[tuple[str, str], ...] = ()
    taken: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    furniture: int = 0
    recognised: dict[int, Recognised] = field(default_factory=dict)


def parse(data: bytes, where: str, limits: Limits) -> Body:
    """The text of the PDF ``data``; raises ``DocumentError`` with ``where`` as the place."""
    second = SecondReader(data, where)
    if len(second) > limits.document_pages:
        what = f"it has {len(second)} pages, the limit is {limits.document_pages}"
        remedy = "Split it, or raise document_pages under [limits] in policykb.toml."
        raise TooLarge(what, where=where, remedy=remedy)
    looks = [second.look(at) for at in range(len(second))]
    pages, repaired = _pages(data, second, looks, where, limits)
    reading = _Reading(pages, looks)
    pictures = _pictures(reading)
    if limits.ocr:
        pictures = _recognise(reading, pictures, second, where)
    _take_apart(reading)
    if pictures and not any(page.items for page in reading.pages):
        raise NeedsOcr(_only_pictures(pictures), where=where, remedy=_RECOGNISE)
    text = _composed(reading)
    return Body(
        text=str(text),
        encoding="",
        page_starts=tuple(text.page_starts),
        portal=reading.portal,
        findings=tuple(_findings(reading, str(text), pictures, repaired=repaired)),
        furniture=reading.furniture,
        reflowed=True,
        recognised=bool(reading.recognised),
    )


def _pages(
    data: bytes, second: SecondReader, looks: Sequence[Look], where: str, limits: Limits
) -> tuple[list[Page], bool]:
    """All pages, and whether the file had to be repaired for that."""
    try:
        return _read(data, looks, where, limits), False
    except Exception as error:
        if isinstance(error, DocumentError) or _ran_out(error):
            raise
    try:
        return _read(second.saved_anew(), looks, where, limits), True
    except Exception as error:
        if isinstance(error, DocumentError) or _ran_out(error):
            raise
        what = f"its pages are damaged ({type(error).__name__})"
        raise DamagedDocument(what, where=where, remedy=_SAVE_ANEW) from None


def _ran_out(error: Exception) -> bool:
    # pdfplumber wraps what pdfminer raises
    return any(isinstance(part, MemoryError | RecursionError) for part in (error, *error.args))


def _read(data: bytes, looks: Sequence[Look], where: str, limits: Limits) -> list[Page]:
    pages, left = [], limits.unpacked_bytes
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, (page, look) in enumerate(zip(pdf.pages, looks, strict=True), 1):
            left -= _unpacked(page)
            if left < 0:
                raise _too_large(where, limits)
            pages.append(_page(page, number, look))
            page.close()
    return pages


def _page(page: Any, number: int, look: Look) -> Page:
    # drawings take pdfminer seconds, for nothing where there is no text
    if look.lettered:
        return read_page(page, number)
    return Page(number, float(page.width), float(page.height), [])


def _unpacked(page: Any) -> int:
    """How many bytes of drawing instructions a page has; they are kept for reading."""
    streams = (resolve1(part) for part in page.page_obj.contents)
    return sum(len(stream.get_data()) for stream in streams if isinstance(stream, PDFStream))


def _too_large(where: str, limits: Limits) -> TooLarge:
    what = f"it unpacks to more than {limits.unpacked_bytes / 1e6:.0f} MB"
    remedy = "Split it, or raise unpacked_bytes under [limits] in policykb.toml."
    return TooLarge(what, where=where, remedy=remedy)


def _take_apart(reading: _Reading) -> None:
    """Takes what the pages and the portal say out of the pages."""
    furniture = take_furniture(reading.pages)
    reading.taken += [line.text for line in furniture]
    reading.furniture = len(furniture) + sum(bool(page.watermark) for page in reading.pages)
    for page in reading.pages:
        reading.taken += [glyph.text for glyph in page.watermark]
        reading.portal += take_portal(page)
    reading.taken += [word for pair in reading.portal for word in pair]


def _composed(reading: _Reading) -> Text:
    pages = [part for page in reading.pages for part in in_columns(page)]
    for page in pages:
        take_unruled_tables(page)
    margins = margins_of(pages)
    notes: dict[int, list[Note]] = {}
    for page, margin in zip(pages, margins, strict=True):
        notes |= take_notes(page, margin)
    _stitch(pages, reading)
    return compose(pages, margins, notes)


def _stitch(pages: Sequence[Page], reading: _Reading) -> None:
    """Makes the parts of a table on several pages one, and fills in its merged cells."""
    header: Table | None = None
    going_on = set()
    for at, (page, following) in enumerate(pairwise(pages), 1):
        last, first = _table_at(page, -1), _table_at(following, 0)
        if last is None or first is None or not is_continued(last, first):
            header = None
            continue
        header = header or last
        page.tables[-1], following.tables[0], again = stitched(header, last, first)
        reading.taken += [row.text for row in first.rows[:again]]
        reading.furniture += again
        going_on.add(at)
    for parts in _whole(pages, going_on):
        _fill(parts, reading)


def _whole(pages: Sequence[Page], going_on: Collection[int]) -> list[list[tuple[Page, int]]]:
    """All tables, each by its parts; the first of a page in ``going_on`` goes on with the last."""
    tables: list[list[tuple[Page, int]]] = []
    for number, page in enumerate(pages):
        for at in range(len(page.tables)):
            if at == 0 and number in going_on:
                tables[-1].append((page, at))
            else:
                tables.append([(page, at)])
    return tables


def _fill(parts: Sequence[tuple[Page, int]], reading: _Reading) -> None:
    before = [page.tables[at] for page, at in parts]
    for (page, at), table, once in zip(parts, filled(before), before, strict=True):
        page.tables[at] = table
        # what stands in several places is printed in one
        reading.taken += [row.text for row in once.rows]
        reading.repeated += [row.text for row in table.rows]


def _table_at(page: Page, at: int) -> Table | None:
    item = page.items[at] if page.items else None
    return item if isinstance(item, Table) else None


def _pictures(reading: _Reading) -> list[int]:
    """The numbers of the pages on which pictures may hold words that nobody has read."""
    return [
        page.number
        for page, look in zip(reading.pages, reading.looks, strict=True)
        if (look.pictured >= _LARGE_PICTURE and not look.hidden) or (look.drawn and not page.items)
    ]


def _recognise(
    reading: _Reading, pictures: Sequence[int], second: SecondReader, where: str
) -> list[int]:
    """Adds what can be read off the pages ``pictures``; those on which nothing can."""
    for number in pictures:
        page = reading.pages[number - 1]
        found = recognise(second.picture(number - 1, DOTS), where)
        fresh = [glyph for glyph in found.glyphs if not _is_typed(glyph, page)]
        if fresh:
            typed = [glyph for line in page.lines for glyph in line.glyphs]
            page.lines = lines_of([*typed, *fresh])
            reading.recognised[number] = replace(found, glyphs=tuple(fresh))
    return [number for number in pictures if number not in reading.recognised]


def _is_typed(glyph: Glyph, page: Page) -> bool:
    """Whether the page has typed text where ``glyph`` was read."""
    boxes = [(i.x0, i.top, i.x1, i.bottom) for i in page.lines]
    boxes += [(table.x0, table.top, table.xs[-1], table.bottom) for table in page.tables]
    x = (glyph.x0 + glyph.x1) / 2
    return any(x0 <= x <= x1 and y0 <= glyph.middle <= y1 for x0, y0, x1, y1 in boxes)


def _only_pictures(pages: Sequence[int]) -> str:
    return f"needs-ocr: it holds no characters, only pictures of them ({_named(pages)})"


def _findings(
    reading: _Reading, text: str, pictures: Sequence[int], *, repaired: bool
) -> Iterator[Finding]:
    if repaired:
        yield Finding("info", "pdf-repaired", "the file is damaged; it was read after a repair")
    hidden = [at for at, look in enumerate(reading.looks, 1) if look.hidden]
    if pictures:
        what = f"{_named(pictures)}: there are pictures whose words, if any, have not been read"
        yield Finding("warning", "needs-ocr", f"{what}; --ocr reads them")
    if reading.recognised:
        yield _recognition(reading.recognised)
    if hidden:
        what = "somebody's program has read the text off pictures; compare it with them"
        yield Finding("warning", "ocr-layer", f"{_named(hidden)}: {what}")
    unknown = text.count(UNKNOWN)
    if unknown:
        what = f"{unknown} characters have a shape but no code; they stand as {UNKNOWN}"
        yield Finding("warning", "pdf-unknown-characters", what)
    yield from _disagreements(reading, text)


def _recognition(recognised: dict[int, Recognised]) -> Finding:
    weight = sum(len(page.text) for page in recognised.values())
    sure = sum(page.confidence * len(page.text) for page in recognised.values()) / weight
    what = f"{_named(list(recognised))}: read off pictures, {sure:.0f}% sure"
    return Finding("warning", "ocr-text", f"{what}; compare what you use with them")


def _disagreements(reading: _Reading, text: str) -> Iterator[Finding]:
    theirs = [look.text for look in reading.looks]
    theirs += [*reading.repeated, *(page.text for page in reading.recognised.values())]
    share = disagreement((text, *reading.taken), theirs)
    if share > _AGREED:
        what = f"two readers of this file disagree on {share:.1%} of its characters"
        yield Finding("warning", "pdf-text-disagrees", f"{what}; compare its text with the pages")


def _named(numbers: Sequence[int]) -> str:
    """Pages by their numbers: page 2; pages 1–3, 5."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    ranges = ", ".join(f"{p[0]}–{p[-1]}" if len(p) > 1 else f"{p[0]}" for p in parts)
    return f"page{'s' * (len(numbers) > 1)} {ranges}"
