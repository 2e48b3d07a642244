"""DOCX files for tests: drafts of single difficulties, and whole notices as Word saves them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from itertools import groupby

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from corpus.readers.body import Body
from corpus.readers.word import reader

MORE = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
NAMES = " ".join([nsdecls("w", "r", "wp", "a"), *(f'xmlns:{p}="{n}"' for p, n in MORE.items())])

#: the numbering of GB/T 9704-2012 as Word writes it: 一、（一）1.（1）
OFFICIAL = (
    ("chineseCountingThousand", "%1、", "nothing"),
    ("chineseCountingThousand", "（%2）", "nothing"),
    ("decimal", "%3.", "space"),
    ("decimal", "（%4）", "nothing"),
)


def xml(source: str) -> BaseOxmlElement:
    """One element, its prefixes declared: ``xml('<w:p/>')``."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {NAMES}", source.strip(), count=1))


class Draft:
    """A DOCX file in the making."""

    def __init__(self) -> None:
        self.document: Document = docx.Document()
        self._lists = 0

    def add(self, *sources: str) -> Draft:
        """Adds elements to the end of the body."""
        for source in sources:
            self.document.element.body.insert_element_before(xml(source), "w:sectPr")
        return self

    def paragraph(self, text: str, properties: str = "") -> Draft:
        """Adds a paragraph of one run."""
        return self.add(f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>")

    def levels(
        self,
        *levels: tuple[str, str, str],
        identity: int = 900,
        starts: Sequence[int] = (1,) * 9,
    ) -> int:
        """Adds a definition of a list with these levels: format, pattern, suffix; gives its id."""
        inner = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="{starts[at]}"/><w:numFmt w:val="{form}"/>'
            f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
            for at, (form, pattern, suffix) in enumerate(levels)
        )
        return self.definition(inner, identity)

    def definition(self, inner: str, identity: int = 900) -> int:
        """Adds a w:abstractNum."""
        root = self.numbering
        root.insert(0, xml(f'<w:abstractNum w:abstractNumId="{identity}">{inner}</w:abstractNum>'))
        return identity

    def list_of(self, definition: int, inner: str = "") -> int:
        """Adds a w:num after a definition; gives its id."""
        self._lists += 1
        identity = 900 + self._lists
        source = (
            f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{definition}"/>{inner}</w:num>'
        )
        self.numbering.append(xml(source))
        return identity

    def numbered(self, text: str, list_id: int, level: int = 0) -> Draft:
        """Adds a paragraph of a list."""
        return self.paragraph(text, number_properties(list_id, level))

    @property
    def numbering(self) -> BaseOxmlElement:
        return self.document.part.numbering_part.element

    @property
    def styles(self) -> BaseOxmlElement:
        return self.document.styles.element

    def style(self, inner: str, identity: str, kind: str = "paragraph") -> Draft:
        """Adds a style."""
        self.styles.append(
            xml(
                f'<w:style w:type="{kind}" w:styleId="{identity}">'
                f'<w:name w:val="{identity}"/>{inner}</w:style>'
            )
        )
        return self

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def read(self) -> Body:
        return reader.parse(self.bytes(), "草稿.docx")

    def lines(self) -> list[str]:
        """What the reader gives, noise left out."""
        return self.read().visible.split("\n")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def number_properties(list_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def table(*rows: str, borders: bool = True) -> str:
    """A w:tbl of rows of cells (see ``cell``)."""
    line = '<w:insideV w:val="single"/><w:insideH w:val="single"/>' if borders else ""
    inner = "".join(row if row.startswith("<w:tr") else f"<w:tr>{row}</w:tr>" for row in rows)
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{line}</w:tblBorders></w:tblPr><w:tblGrid/>{inner}</w:tbl>"
    )


def cell(text: str = "", properties: str = "") -> str:
    paragraphs = "".join(f"<w:p>{run(part)}</w:p>" for part in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


# ── whole notices ──

_HAN = "一二三四五六七八九十"
_MARKERS = (
    re.compile(rf"(?P<n>[{_HAN}]{{1,3}})、"),
    re.compile(rf"[（(]\s*(?P<n>[{_HAN}]{{1,3}})\s*[)）]\s*"),
    re.compile(r"(?P<n>\d{1,2})\.(?!\d)\s*"),
)


def notice(lines: Iterable[str], *, definitions: bool = False) -> bytes:
    """A notice of these paragraphs and rows of cells, its numerals as automatic numbering.

    A list that counts anew overrides the start of its definition, as Word does, or has one of
    its own with ``definitions``.
    """
    draft = Draft()
    numerals = _Numerals(draft, definitions)
    for is_row, group in groupby(lines, key=lambda line: "\t" in line):
        if is_row:
            _add_table(draft, [line.split("\t") for line in group])
        else:
            for line in group:
                numerals.add(line)
    return draft.bytes()


def _add_table(draft: Draft, rows: list[list[str]]) -> None:
    made = draft.document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    for texts, row in zip(rows, made.rows, strict=True):
        for text, each in zip(texts, row.cells, strict=False):
            each.text = text


class _Numerals:
    """Gives each numbered paragraph its place in a list; one that counts anew a list of its own."""

    def __init__(self, draft: Draft, definitions: bool) -> None:
        self._draft, self._definitions = draft, definitions
        self._definition = draft.levels(*OFFICIAL)
        self._list = draft.list_of(self._definition)
        self._counts: dict[int, int] = {}

    def add(self, line: str) -> None:
        for level, pattern in enumerate(_MARKERS):
            if match := pattern.match(line):
                self._place(level, _value(match["n"]))
                self._draft.numbered(_escaped(line[match.end() :]), self._list, level)
                return
        self._draft.paragraph(_escaped(line))

    def _place(self, level: int, number: int) -> None:
        if number != self._counts.get(level, 0) + 1 and self._definitions:
            starts = [number if at == level else 1 for at in range(len(OFFICIAL))]
            definition = self._draft.levels(*OFFICIAL, identity=self._list + 1000, starts=starts)
            self._list = self._draft.list_of(definition)
        elif number != self._counts.get(level, 0) + 1:
            start = f'<w:startOverride w:val="{number}"/>'
            override = f'<w:lvlOverride w:ilvl="{level}">{start}</w:lvlOverride>'
            self._list = self._draft.list_of(self._definition, override)
        self._counts = {at: n for at, n in self._counts.items() if at < level} | {level: number}


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (_HAN.find(tens) + 1 if tens else 1) * 10 * bool(ten) + (
        _HAN.find(ones) + 1 if ones else 0
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
