"""Writes PDFs sign by sign, so that a test decides where each of them stands and how it looks.

A sheet is A4; lengths are in points from its upper left corner. The font is only named, with
widths and characters, as PDFs without embedded fonts do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.28, 841.89
LEFT, TOP, SIZE, LEADING = 80.0, 100.0, 16.0, 28.0
#: signs a line and lines a page, as printed by the rules for official documents
SIGNS, LINES = 27, 22
RED, BLACK = "1 0 0", "0 0 0"


@dataclass
class Sheet:
    """A page as it is drawn."""

    drawn: list[str] = field(default_factory=list)
    resources: str = ""
    turn: int = 0

    def put(
        self, words: str, left: float, top: float, size: float = SIZE, colour: str = BLACK
    ) -> Sheet:
        """``words`` in one line; ``top`` is that of its signs."""
        codes = "".join(f"{ord(sign):04x}" for sign in words)
        base = HEIGHT - top - 0.88 * size
        self.drawn.append(f"BT {colour} rg /F {size} Tf {left:.2f} {base:.2f} Td <{codes}> Tj ET")
        return self

    def bold(self, words: str, left: float, top: float, size: float = SIZE) -> Sheet:
        """``words`` drawn twice, a little apart, as programs without a bold font do."""
        return self.put(words, left, top, size).put(words, left + 0.3, top, size)

    def unseen(self, words: str, left: float, top: float, size: float = SIZE) -> Sheet:
        """``words`` that are there but not printed, as programs for recognition add them."""
        self.drawn.append("3 Tr")
        self.put(words, left, top, size)
        self.drawn.append("0 Tr")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A stroke from one point to another."""
        self.drawn.append(f"{x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Sheet:
        """A table with all its lines."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self

    def picture(self, left: float, top: float, wide: float, high: float) -> Sheet:
        """A grey picture."""
        place = f"{wide:.2f} 0 0 {high:.2f} {left:.2f} {HEIGHT - top - high:.2f} cm"
        self.drawn.append(f"q {place} BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q")
        return self


def rows(sheet: Sheet, table: Sequence[Sequence[str]], top: float, *, wide: float = 140.0) -> float:
    """Draws ``table`` with its lines; where it ends."""
    xs = [LEFT + wide * at for at in range(len(table[0]) + 1)]
    ys = [top + LEADING * at for at in range(len(table) + 1)]
    sheet.grid(xs, ys)
    for y, row in zip(ys, table, strict=False):
        for x, cell in zip(xs, row, strict=False):
            sheet.put(cell, x + 4, y + 7, 12)
    return ys[-1]


def wrapped(paragraph: str) -> Iterable[tuple[float, str]]:
    """The lines of a paragraph, full or not: at which x, which words."""
    left, words = LEFT + 2 * SIZE, ""
    for sign in paragraph:
        full = left + _wide(words + sign) > LEFT + SIGNS * SIZE
        # a mark hangs over the margin, for no line begins with one
        if full and sign not in "，。、；：）":
            yield left, words
            left, words = LEFT, ""
        words += sign
    yield left, words


def _wide(words: str) -> float:
    return sum(SIZE if sign > "~" else SIZE / 2 for sign in words)


def typed(paragraphs: Iterable[str], *, number: str = "— {} —", head: str = "") -> list[Sheet]:
    """The paragraphs set on as many sheets as they need, with page numbers and running head."""
    lines = [line for paragraph in paragraphs for line in wrapped(paragraph)]
    sheets = []
    for at in range(0, len(lines), LINES):
        sheet = Sheet()
        for place, (left, words) in enumerate(lines[at : at + LINES]):
            sheet.put(words, left, TOP + LEADING * place)
        if number:
            sheet.put(number.format(at // LINES + 1), 280, 760, 14)
        if head:
            sheet.put(head, LEFT, 50, 9)
        sheets.append(sheet)
    return sheets


def pdf(*sheets: Sheet, locked: bool = False, pages: int | None = None) -> bytes:
    """The file; ``locked`` needs a password that nobody knows, ``pages`` is the number it says."""
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(sheets)))
    things = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages or len(sheets)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H "
        f"/DescendantFonts [{_CID_FONT}] /ToUnicode 4 0 R >>",
        _stream(_TO_UNICODE),
    ]
    for at, sheet in enumerate(sheets):
        things.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {sheet.turn} "
            f"/Resources << /Font << /F 3 0 R >> {sheet.resources} >> /Contents {6 + 2 * at} 0 R >>"
        )
        things.append(_stream("\n".join(sheet.drawn)))
    if locked:
        things.append(_LOCK)
    trailer = f"/Encrypt {len(things)} 0 R /ID [<{'00' * 16}> <{'00' * 16}>]" if locked else ""
    return _file(things, trailer)


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _file(things: Sequence[str], trailer: str) -> bytes:
    written = "%PDF-1.7\n"
    places = []
    for number, thing in enumerate(things, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{thing}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{written}xref\n0 {len(things) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(things) + 1} /Root 1 0 R {trailer} >>\n"
        f"startxref\n{len(written)}\n%%EOF\n"
    ).encode("ascii")


#: Latin signs are half as wide as Chinese ones
_CID_FONT = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /DW 1000 /W [32 126 500] "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 4 /Ascent 880 "
    "/Descent -120 /CapHeight 880 /StemV 80 /ItalicAngle 0 /FontBBox [0 -120 1000 880] >> >>"
)
#: every code is that of its character
_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def "
    "/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    + "".join(
        f"64 beginbfrange\n{''.join(lines)}endbfrange\n"
        for start in range(0, 256, 64)
        for lines in [[f"<{h:02x}00> <{h:02x}ff> <{h:02x}00>\n" for h in range(start, start + 64)]]
    )
    + "endcmap end end"
)
_LOCK = f"<< /Filter /Standard /V 1 /R 2 /P -1 /O <{'11' * 32}> /U <{'22' * 32}> >>"
