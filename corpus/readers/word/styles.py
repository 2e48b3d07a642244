"""What the styles of a DOCX file say of its paragraphs, runs and tables.

Asks one style after another along the line they are based on; a line that runs in a circle ends
where it meets itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from corpus.readers.word.names import attribute, child, every, number, on, value
from corpus.readers.word.package import Element

_Answer = TypeVar("_Answer")
_NO_LINE = ("none", "nil")


@dataclass(frozen=True, slots=True)
class NumberingLink:
    """Which list a paragraph belongs to, and on which level; None is not said."""

    list_id: int | None
    level: int | None


class Styles:
    """The styles by id; a file without any has none."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else list(every(root, "w:style"))
        self._styles = {attribute(style, "w:styleId") or "": style for style in found}
        self._hidden: dict[str | None, bool | None] = {}
        self._defaults = {
            attribute(style, "w:type"): attribute(style, "w:styleId") or ""
            for style in found
            if attribute(style, "w:default") in ("1", "true", "on")
        }

    def of(self, properties: Element | None, kind: str) -> str | None:
        """The style that ``w:pPr``, ``w:rPr`` or ``w:tblPr`` names, or the default of its kind."""
        tag = {"paragraph": "w:pStyle", "character": "w:rStyle", "table": "w:tblStyle"}[kind]
        named = value(properties, tag)
        return named if named in self._styles else self._defaults.get(kind)

    def line(self, style: str | None) -> Iterator[tuple[str, Element]]:
        """The style and those it is based on, with their ids."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            yield style, element
            style = value(element, "w:basedOn")

    def hidden(self, style: str | None) -> bool | None:
        """Whether the style hides its text."""
        # asked for every run
        if style not in self._hidden:
            said = self._first(style, lambda element: on(element, "w:rPr", "w:vanish"))
            self._hidden[style] = said
        return self._hidden[style]

    def is_contents(self, style: str | None) -> bool:
        """Whether this is a style for the lines of a table of contents."""
        name = self._first(style, lambda element: value(element, "w:name")) or ""
        return name.lower().startswith(("toc ", "table of figures"))

    def numbering(self, style: str | None) -> Iterator[tuple[str, NumberingLink]]:
        """What each style along the line says of numbering."""
        for name, element in self.line(style):
            properties = child(element, "w:pPr", "w:numPr")
            if properties is not None:
                yield name, link_of(properties)

    def draws_lines(self, style: str | None) -> bool:
        """Whether a table of this style has lines between its cells."""
        return bool(self._first(style, lambda element: inner_lines(child(element, "w:tblPr"))))

    def _first(self, style: str | None, ask: Callable[[Element], _Answer | None]) -> _Answer | None:
        answers = (ask(element) for _, element in self.line(style))
        return next((answer for answer in answers if answer is not None), None)


def link_of(properties: Element) -> NumberingLink:
    """What ``w:numPr`` says."""
    return NumberingLink(
        number(properties, "w:numId", most=10**9 - 1), number(properties, "w:ilvl", most=8)
    )


def inner_lines(properties: Element | None) -> bool | None:
    """Whether ``w:tblPr`` draws lines between cells; None where it does not say."""
    edges = ("w:insideV", "w:insideH")
    said = [value(properties, "w:tblBorders", edge) for edge in edges]
    known = [line not in _NO_LINE for line in said if line is not None]
    return any(known) if known else None


def side_lines(cell: Element) -> bool:
    """Whether a cell draws a line of its own at a side."""
    edges = ("w:left", "w:right", "w:start", "w:end")
    said = [value(cell, "w:tcPr", "w:tcBorders", edge) for edge in edges]
    return any(line is not None and line not in _NO_LINE for line in said)
