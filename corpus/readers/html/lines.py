"""Reads mark-up as the lines that a browser would show, each with the elements it stands in.

Works on the parser's events and keeps no tree: nesting costs nothing, and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.errors import NotText
from corpus.readers.html.lists import Numbering, marked, numbering
from corpus.readers.html.tables import Cell
from corpus.readers.html.tables import table as facts

#: what no reader of the page sees, or sees struck out
_UNSEEN = {
    *("script", "style", "noscript", "template", "xml", "svg", "math", "canvas", "map"),
    *("iframe", "object", "embed", "applet", "audio", "video"),
    *("select", "option", "datalist", "textarea", "button"),
    *("del", "s", "strike", "rp", "rt"),
}
_BLOCKS = {
    *("html", "head", "body", "frameset", "main", "header", "footer", "nav", "aside"),
    *("article", "section", "div", "center", "address", "blockquote", "p", "pre", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "menu", "dir", "li", "dl", "dt", "dd"),
    *("form", "fieldset", "legend", "details", "summary", "dialog", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
}
_ROWS = {"thead", "tbody", "tfoot", "tr"}
_LISTS = {"ol", "ul", "menu", "dir"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all")
#: deeper elements count as the one that holds them; real pages have some 30 levels
_DEEPEST = 100
_RESAVE = "Save it again from a browser."
_RAISED = dict(zip("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾", strict=True))
_BLANKS = re.compile("[ \t\n]+")
_EDGES = " \u3000\xa0\u2002\u2003\u200b\t\n"


@dataclass(slots=True, eq=False)
class Element:
    """An element while lines are read out of it; ``names`` are its id and classes."""

    tag: str = ""
    parent: Element | None = None
    names: str = ""
    hidden: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as shown, or a row of a table with its cells parted by tabs.

    ``linked`` is the share of its characters that lead elsewhere; ``broken`` says that it ends
    by a line break inside its paragraph; ``label`` is what its first inline element holds.
    """

    text: str
    within: Element
    linked: float = 0.0
    hidden: bool = False
    broken: bool = False
    indented: bool = False
    label: str = ""

    @property
    def row(self) -> bool:
        """Whether this is a row of a table."""
        return "\t" in self.text

    @property
    def heading(self) -> bool:
        """Whether the mark-up calls it a heading."""
        return self.within.tag in _HEADINGS


@dataclass(frozen=True, slots=True)
class Page:
    """All lines of a page in their order, what it is called, and how many pictures it shows."""

    lines: tuple[Line, ...]
    titles: tuple[str, ...]
    pictures: int


def read(markup: str, where: str) -> Page:
    """The page of ``markup``; raises ``NotText`` with ``where`` where it cannot be parsed whole."""
    events = _Events()
    if markup.strip():
        parser = etree.HTMLParser(target=events, encoding="utf-8", no_network=True)
        try:
            etree.fromstring(markup.encode("utf-8", errors="replace"), parser)
        except etree.LxmlError as error:
            raise NotText(f"this is no web page ({error})", where=where, remedy=_RESAVE) from None
        # the parser goes on after any mistake but this one, and says nothing
        if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
            raise NotText("a single word of it is over 10 MB", where=where, remedy=_RESAVE)
    return Page(tuple(events.lines), tuple(events.titles), events.pictures)


@dataclass(slots=True)
class _Cell:
    lines: list[Line]
    rows: int
    columns: int


@dataclass(slots=True)
class _Table:
    """A table that is being read; it closes when the element at ``level`` does."""

    element: Element
    level: int
    presents: bool
    orphan: bool = False
    loose: list[Line] = field(default_factory=list)
    rows: list[list[_Cell]] = field(default_factory=list)
    in_cell: bool = False

    @property
    def sink(self) -> list[Line]:
        return self.rows[-1][-1].lines if self.in_cell else self.loose


@dataclass(frozen=True, slots=True)
class _Open:
    element: Element
    tag: str
    block: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    linked: bool
    hidden: bool


class _Events:
    """What the parser tells, put together to lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.titles: list[str] = []
        self.pictures = 0
        self._open = [_Open(Element(), "", True)]
        self._tables: list[_Table] = []
        self._lists: list[Numbering] = []
        self._pieces: list[_Piece] = []
        self._unseen = self._links = self._raised = self._pre = 0
        self._label: str | None = None
        self._mark = ""

    # the names of these four are the parser's

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens."""
        if self._unseen or tag in _UNSEEN:
            self._unseen += 1
            return
        if self._tables and self._tables[-1].orphan and tag not in _ROWS:
            self._end_orphan()
        style = attributes.get("style", "").lower().replace(" ", "")
        block = tag in _BLOCKS or "display:block" in style
        if block or tag == "br":
            self._flush(broken=tag == "br")
        self._open.append(_Open(self._element(tag, attributes, style), tag, block))
        self._count(tag, attributes, 1)
        self._open_table_part(tag, attributes)
        if tag == "meta" and attributes.get("name", "").lower() == "articletitle":
            self.titles.insert(0, attributes.get("content", ""))
        elif tag == "img" and not self._here.hidden:
            self.pictures += 1

    def end(self, tag: str) -> None:
        """An element closes."""
        if self._unseen:
            self._unseen -= 1
            return
        if len(self._open) == 1:
            return
        closed = self._open[-1]
        if tag == "title":
            self._take_title()
        elif closed.block:
            self._flush()
        elif self._label is None:
            self._label = "".join(p.text for p in self._pieces).strip(_EDGES) or None
        self._open.pop()
        self._count(closed.tag, {}, -1)
        self._close_table_part(closed.tag)

    def data(self, text: str) -> None:
        """Words, as many as the parser has at once."""
        if self._unseen:
            return
        if self._raised and all(character in _RAISED for character in text):
            text = "".join(map(_RAISED.__getitem__, text))
        for number, part in enumerate(text.split("\n") if self._pre else [text]):
            if number:
                self._flush(broken=True)
            self._pieces.append(_Piece(part, self._links > 0, self._here.hidden))

    def close(self) -> None:
        """The page ends."""
        self._flush()
        while self._tables:
            self._close_table()

    @property
    def _here(self) -> Element:
        return self._open[-1].element

    def _element(self, tag: str, attributes: Mapping[str, str], style: str) -> Element:
        if self._here.depth >= _DEEPEST:
            return self._here
        names = f"{attributes.get('id', '')} {attributes.get('class', '')}".strip()
        hidden = self._here.hidden or "hidden" in attributes or bool(_HIDDEN.search(style))
        return Element(tag, self._here, names, hidden, self._here.depth + 1)

    def _count(self, tag: str, attributes: Mapping[str, str], by: int) -> None:
        """Keep count of what changes the words inside: links, raised digits, lists."""
        if tag == "sup":
            self._raised += by
        elif tag in ("pre", "listing", "xmp"):
            self._pre += by
        elif tag == "a":
            self._links = self._links + 1 if by > 0 and _leads(attributes) else 0
        elif tag in _LISTS:
            self._mark = ""
            if by > 0:
                self._lists.append(numbering(tag, attributes))
            else:
                self._lists.pop()
        elif tag == "li":
            opens = by > 0 and self._lists
            self._mark = self._lists[-1].next(attributes.get("value")) if opens else ""

    def _open_table_part(self, tag: str, attributes: Mapping[str, str]) -> None:
        # a fragment may begin with rows whose table is not there
        orphan = not self._tables and tag in _ROWS
        if tag == "table" or orphan:
            presents = attributes.get("role") in ("presentation", "none")
            holder, level = self._open[-2 if orphan else -1], len(self._open) - 1 - orphan
            self._tables.append(_Table(holder.element, level, presents, orphan))
        if tag == "tr":
            self._tables[-1].rows.append([])
            self._tables[-1].in_cell = False
        elif tag in ("td", "th") and self._tables:
            table = self._tables[-1]
            table.rows = table.rows or [[]]
            rows, columns = (_number(attributes.get(n)) for n in ("rowspan", "colspan"))
            table.rows[-1].append(_Cell([], rows, columns))
            table.in_cell = True

    def _close_table_part(self, tag: str) -> None:
        if self._tables and tag in ("td", "th", "tr"):
            self._tables[-1].in_cell = False
        if self._tables and self._tables[-1].level == len(self._open):
            self._close_table()

    def _end_orphan(self) -> None:
        """Rows without a table end where something else follows them."""
        if len(self._open) == self._tables[-1].level + 1:
            self._flush()
            self._close_table()

    def _close_table(self) -> None:
        table = self._tables.pop()
        lines = _lines_of(table)
        if self._tables:
            self._tables[-1].presents = True
        self._sink.extend(lines)

    @property
    def _sink(self) -> list[Line]:
        return self._tables[-1].sink if self._tables else self.lines

    def _take_title(self) -> None:
        text = "".join(piece.text for piece in self._pieces)
        self._pieces, self._label = [], None
        self.titles.append(_BLANKS.sub(" ", text).strip(_EDGES))

    def _flush(self, *, broken: bool = False) -> None:
        pieces, self._pieces = self._pieces, []
        label, self._label = self._label, None
        seen = [p for p in pieces if not p.hidden]
        hidden = not any(p.text.strip(_EDGES) for p in seen)
        words = "".join(p.text for p in (pieces if hidden else seen))
        text = _BLANKS.sub(" ", words).strip(" ")
        bare = text.strip(_EDGES)
        if not bare:
            return
        linked = sum(len(p.text.strip(_EDGES)) for p in pieces if p.linked) / len(bare)
        mark, self._mark = self._mark, ""
        block = next(o.element for o in reversed(self._open) if o.block)
        self._sink.append(
            Line(
                marked(bare, mark) if mark else bare,
                block,
                min(linked, 1.0),
                hidden=hidden,
                broken=broken,
                indented=text[0] in _EDGES,
                label=label or "",
            )
        )


def _leads(attributes: Mapping[str, str]) -> bool:
    return not attributes.get("href", "#").startswith("#")


def _number(said: str | None) -> int:
    return int(said) if said and re.fullmatch(r"[1-9]\d{0,4}", said.strip()) else 1


def _lines_of(table: _Table) -> list[Line]:
    """The lines of a table: rows of cells, or one line after the other where it is no table."""
    found = None if table.presents else facts([[_cell(c) for c in row] for row in table.rows])
    inside = [line for row in table.rows for cell in row for line in cell.lines]
    if found is None:
        return [*table.loose, *inside]
    characters = sum(len(line.text) for line in inside)
    linked = sum(len(line.text) * line.linked for line in inside) / characters
    texts = (*found.above, *found.rows, *found.below)
    rows = (Line(t, table.element, linked, hidden=table.element.hidden) for t in texts)
    return [*table.loose, *rows]


def _cell(cell: _Cell) -> Cell:
    text = " ".join(line.text for line in cell.lines if not line.hidden)
    return Cell(text.replace("\t", " "), cell.rows, cell.columns)
