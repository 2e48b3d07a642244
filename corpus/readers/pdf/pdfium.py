"""The second reader of every PDF, pdfium: it opens first, counts, and checks what the first says.

Where the two disagree on the characters of a document, one of them is wrong.
"""

from __future__ import annotations

import ctypes
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2
from pypdfium2 import raw

from corpus.errors import DamagedDocument, LockedDocument
from corpus.readers.pdf.radicals import unfold

_UNLOCK = "Save it without its password, or print it to a new PDF."
_SAVE_ANEW = "Open it in the program that made it and save it anew."
#: shapes that only glyphs drawn as outlines add up to
_MANY_STROKES = 100
#: objects looked at on one page; a scan has few, an outline page shows itself early
_MOST_OBJECTS = 2000
_PAGE_SIZE = 0.7
_UNPRINTED = {"Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Co"}


@dataclass(frozen=True, slots=True)
class Look:
    """What pdfium sees on a page: its text, whether it is ``lettered`` at all, the share of it that
    its largest picture covers, whether it has strokes as of drawn letters, and whether most of
    its text is there but not printed.
    """

    text: str
    lettered: bool
    pictured: float
    drawn: bool
    hidden: bool


class SecondReader:
    """A PDF as pdfium sees it; raises ``LockedDocument`` or ``DamagedDocument``."""

    def __init__(self, data: bytes, where: str) -> None:
        try:
            self._pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refusal(error, where) from None

    def __len__(self) -> int:
        return len(self._pdf)

    def look(self, at: int) -> Look:
        """What is on page ``at``, counted from zero."""
        try:
            page = self._pdf[at]
        except pypdfium2.PdfiumError:
            # the first reader may make more of it
            return Look("", lettered=True, pictured=0.0, drawn=False, hidden=False)
        try:
            return _looked_over(page, page.get_textpage().get_text_range())
        finally:
            page.close()

    def picture(self, at: int, dots: int) -> Any:
        """Page ``at`` as a grey picture of ``dots`` per inch, for ``PIL``."""
        page = self._pdf[at]
        try:
            return page.render(scale=dots / 72, grayscale=True).to_pil()
        finally:
            page.close()

    def size(self, at: int) -> tuple[float, float]:
        """Width and height of page ``at`` in points."""
        width, height = self._pdf.get_page_size(at)
        return float(width), float(height)

    def saved_anew(self) -> bytes:
        """The document without its damages, as far as pdfium could make sense of it."""
        buffer = io.BytesIO()
        self._pdf.save(buffer, flags=raw.FPDF_REMOVE_SECURITY)
        return buffer.getvalue()


def _refusal(error: Exception, where: str) -> LockedDocument | DamagedDocument:
    said = str(error).lower()
    if "password" in said or "security" in said:
        return LockedDocument("a password keeps it shut", where=where, remedy=_UNLOCK)
    return DamagedDocument("this is no whole PDF", where=where, remedy=_SAVE_ANEW)


def _looked_over(page: Any, text: str) -> Look:
    width, height = page.get_size()
    shares, strokes, texts = [0.0], 0, []
    for thing in islice(_things(page), _MOST_OBJECTS):
        match raw.FPDFPageObj_GetType(thing):
            case raw.FPDF_PAGEOBJ_IMAGE:
                shares.append(_share(thing, width, height))
            case raw.FPDF_PAGEOBJ_PATH:
                strokes += 1
            case raw.FPDF_PAGEOBJ_TEXT:
                texts.append(thing)
    # only pages that are one picture have such a layer
    layered = max(shares) > _PAGE_SIZE and any(texts)
    unseen = sum(map(_is_unseen, texts)) if layered else 0
    lettered = bool(texts or text.strip())
    hidden = layered and 2 * unseen > len(texts)
    return Look(text, lettered, max(shares), strokes >= _MANY_STROKES, hidden)


def _things(page: Any) -> Iterator[Any]:
    """The objects of a page with those inside its forms."""
    for at in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_FORM:
            count = max(0, raw.FPDFFormObj_CountObjects(thing))
            yield from (raw.FPDFFormObj_GetObject(thing, inner) for inner in range(count))
        yield thing


def _share(thing: Any, width: float, height: float) -> float:
    """The share of the page that the box of ``thing`` covers."""
    left, below, right, above = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, (left, below, right, above)))
    wide = min(right.value, width) - max(left.value, 0.0)
    high = min(above.value, height) - max(below.value, 0.0)
    return max(0.0, wide) * max(0.0, high) / (width * height or 1.0)


def _is_unseen(thing: Any) -> bool:
    return bool(raw.FPDFTextObj_GetTextRenderMode(thing) == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def disagreement(ours: Iterable[str], theirs: Iterable[str]) -> float:
    """The share of characters that only one of two readers gives, whatever their order.

    Blanks do not count, nor does the form of a character.
    """
    one, other = _characters(ours), _characters(theirs)
    most = max(one.total(), other.total())
    return max((one - other).total(), (other - one).total()) / most if most else 0.0


def _characters(texts: Iterable[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(unicodedata.normalize("NFKC", unfold(text)))
    for character in list(counted):
        if unicodedata.category(character) in _UNPRINTED:
            del counted[character]
    return counted
