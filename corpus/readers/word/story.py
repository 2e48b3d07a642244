"""Lays out a DOCX file as lines: a paragraph a line, a row of a table a line.

Lines come in the order of the document; what floats beside a paragraph or is noted below it comes
right after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from corpus.models import Finding
from corpus.readers import grid
from corpus.readers.word import tables
from corpus.readers.word.marked import noise
from corpus.readers.word.names import ID, attribute, child, every, local, value
from corpus.readers.word.numbering import Label, Numbering
from corpus.readers.word.package import Element, Part
from corpus.readers.word.paragraphs import Line, broken, in_columns
from corpus.readers.word.styles import Styles
from corpus.readers.word.tables import Grid, Place, unwrapped
from corpus.readers.word.words import Note, Said, Words, is_placeholder

_NO_SPACE_AFTER = tuple("、）．。：】〕")


_Row = list[tuple[Place, list[Line]]]


class Story:
    """Reads a document once; ``furniture`` counts the lines that are left out."""

    def __init__(self, document: Part) -> None:
        self.furniture = 0
        self._document = document
        self._styles = Styles(_root(document, "styles"))
        self._numbering = Numbering(_root(document, "numbering"), self._styles)
        self._notes: dict[tuple[str, str], Note] = {}
        self._words = Words(self._styles, self._notes)

    def lines(self) -> list[str]:
        """All lines of the document."""
        body = child(self._document.root, "w:body")
        lines = [] if body is None else self._lines(body)
        self.furniture += sum(_paragraphs_with_words(margin) for margin in self._margins())
        return [line.text for line in in_columns(lines)]

    def findings(self) -> Iterator[Finding]:
        """What stands in the document and was not read; complete once the lines are read."""
        for what, times in sorted(self._words.unread.items()):
            if times:
                severity = "info" if what == "picture" else "warning"
                yield Finding(severity, "not-read", f"{what}, {times} in all: not read")

    def _lines(self, parent: Element) -> list[Line]:
        found: list[Line] = []
        begun, asides = "", list[Line]()
        for block in self._blocks(parent):
            if local(block) == "tbl":
                found += self._table(block)
                continue
            said = self._words.read(block)
            if self._is_contents(block):
                self.furniture += bool(said.text.strip())
                continue
            begun += self._labelled(block, said)
            found += self._boxes(said.above)
            asides += [*self._boxes(said.below), *self._note_lines(said.notes)]
            if not said.runs_on:
                found += [*broken(begun), *asides]
                begun, asides = "", []
        return [*found, *broken(begun), *asides]

    def _blocks(self, parent: Element) -> Iterator[Element]:
        """The paragraphs and tables of ``parent``."""
        for element in unwrapped(parent, "p", "tbl", "altChunk", "sdt"):
            if local(element) == "altChunk":
                self._words.unread["inserted file"] += 1
            elif local(element) != "sdt":
                yield element
            elif _lists_contents(element):
                self._leave_out(element)
            elif not is_placeholder(element):
                content = child(element, "w:sdtContent")
                yield from () if content is None else self._blocks(content)

    def _leave_out(self, contents: Element) -> None:
        for paragraph in every(contents, "w:p"):
            # read all the same: the field that makes the contents begins and ends here
            self.furniture += bool(self._words.read(paragraph).text.strip())

    def _is_contents(self, paragraph: Element) -> bool:
        style = self._styles.of(child(paragraph, "w:pPr"), "paragraph")
        return self._styles.is_contents(style)

    def _labelled(self, paragraph: Element, said: Said) -> str:
        # what nobody sees is not counted either
        if said.unseen and not said.text.strip():
            return ""
        label = self._numbering.label(child(paragraph, "w:pPr"))
        if label is None:
            return said.text
        if label.bullet:
            return noise("• ") + said.text if said.text.strip() else ""
        return label.text + _gap(label) + said.text.lstrip()

    def _boxes(self, boxes: Iterable[Element]) -> list[Line]:
        return [Line(line.text, line.row, aside=True) for box in boxes for line in self._lines(box)]

    def _note_lines(self, notes: Iterable[Note]) -> Iterator[Line]:
        for note in notes:
            part = self._document.related(note.kind)
            texts = [] if part is None else _note_texts(part.root, note.id)
            words = " ".join(line.text for text in texts for line in self._lines(text))
            if words.strip():
                yield Line(f"{note.mark} {words.strip()}", aside=True)

    def _table(self, table: Element) -> Iterator[Line]:
        layout = tables.grid(table, self._styles)
        read = [[(place, self._lines(place.element)) for place in row] for row in layout.rows]
        if layout.loose:
            for row in read:
                yield from _side_by_side(lines for place, lines in row if not place.goes_on)
        else:
            yield from _listed(layout, read)

    def _margins(self) -> Iterator[Element]:
        """Headers and footers, each once."""
        names = ("w:headerReference", "w:footerReference")
        used = {element.get(ID) or "" for element in every(self._document.root, *names)}
        parts = (self._document.named(name) for name in sorted(used))
        yield from (part.root for part in parts if part is not None)


def _listed(layout: Grid, table: list[_Row]) -> Iterator[Line]:
    """A table that lists something; a row of one cell is text between two tables."""
    for whole, group in groupby(table, key=lambda row: layout.whole([place for place, _ in row])):
        found = list(group)
        if whole:
            yield from (line for [(place, lines)] in found if not place.goes_on for line in lines)
        else:
            yield from _rows(found, layout.width)


def _rows(table: list[_Row], width: int) -> Iterator[Line]:
    cells = [[_cell(place, lines) for place, lines in row] for row in table]
    begun = 0
    for text, height in grid.rows(cells, width):
        yield Line(text, row=True)
        inside = [
            line for row in table[begun : begun + height] for _, lines in row for line in lines
        ]
        # a table in a cell, a note, a box: their lines follow the row
        yield from (line for line in inside if line.aside or line.row)
        begun += height


def _cell(place: Place, lines: list[Line]) -> grid.Cell:
    words = " ".join(line.text.strip() for line in lines if not (line.aside or line.row))
    return grid.Cell(words.replace("\t", " "), place.column, place.width, place.goes_on)


def _side_by_side(cells: Iterable[list[Line]]) -> Iterator[Line]:
    """Words that a table without lines puts beside each other: one line if each is one."""
    filled = [lines for lines in cells if lines]
    if all(len(lines) == 1 and not lines[0].row for lines in filled):
        yield from [Line("　".join(lines[0].text for lines in filled))] if filled else []
    else:
        yield from (line for lines in filled for line in lines)


def _root(document: Part, kind: str) -> Element | None:
    part = document.related(kind)
    return None if part is None else part.root


def _gap(label: Label) -> str:
    """What parts number and words; a tab would look like the border of a cell."""
    close = label.suffix == "nothing" or label.text.endswith(_NO_SPACE_AFTER)
    return "" if close else " "


def _lists_contents(control: Element) -> bool:
    gallery = value(control, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return gallery == "Table of Contents"


def _note_texts(notes: Element, wanted: str) -> list[Element]:
    found = every(notes, "w:footnote", "w:endnote")
    return [note for note in found if attribute(note, "w:id") == wanted][:1]


def _paragraphs_with_words(margin: Element) -> int:
    # a page number is a field, whose words are its result
    paragraphs = every(margin, "w:p")
    return sum(any((t.text or "").strip() for t in every(p, "w:t")) for p in paragraphs)
