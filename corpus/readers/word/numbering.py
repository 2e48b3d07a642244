"""Automatic numbering of a DOCX file: what is printed before a paragraph, 一、（三）or 第十二条.

Lists are counted as the document is read from front to back, so every paragraph is asked about
once and in order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from corpus.readers.word.names import VALUE, attribute, child, every, number, on, value
from corpus.readers.word.number_formats import printed
from corpus.readers.word.package import Element
from corpus.readers.word.styles import NumberingLink, Styles, link_of

_PLACE = re.compile(r"%([1-9])")
#: Word takes no longer pattern for a level
_LONGEST = 255
_MOST_LISTS = 10**9 - 1


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed before a paragraph, and what parts them: tab, space or nothing."""

    text: str
    suffix: str = "tab"
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is counted and printed.

    ``pattern`` is printed with ``%1`` replaced by the number of the first level; ``restart`` is
    the level, counted from 1, after which this one starts again: 0 never, None any above it.
    """

    pattern: str = ""
    form: str = "decimal"
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    arabic: bool = False
    style: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A list: its levels, the definition it shares its counts with, and where it starts anew."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)

    def level(self, at: int) -> Level:
        return self.levels.get(at, _PLAIN)

    def start(self, at: int) -> int:
        return self.starts.get(at, self.level(at).start)

    def level_of_style(self, style: str) -> int | None:
        return next((at for at, level in self.levels.items() if level.style == style), None)


_PLAIN = Level()


class Numbering:
    """Counts the lists of one document; ``root`` is numbering.xml, None where there is none."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions = _by_id(root, "w:abstractNum", "w:abstractNumId")
        self._elements = _by_id(root, "w:num", "w:numId")
        self._lists: dict[int, _List | None] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[int, int]] = set()

    def label(self, properties: Element | None) -> Label | None:
        """The label of the next paragraph, which has these ``w:pPr``; None where it has none."""
        said = self._said(properties)
        list_id = next((link.list_id for _, link in said if link.list_id is not None), None)
        chosen = self._list(list_id) if list_id else None
        if list_id is None or chosen is None:
            return None
        at = _level(chosen, said)
        self._count(list_id, chosen, at)
        return _label(chosen, at, self._counts[chosen.definition])

    def _said(self, properties: Element | None) -> list[tuple[str, NumberingLink]]:
        """What the paragraph says of its numbering, then its style and those that is based on."""
        own = child(properties, "w:numPr")
        by_style = self._styles.numbering(self._styles.of(properties, "paragraph"))
        return [*([("", link_of(own))] if own is not None else []), *by_style]

    def _count(self, list_id: int, chosen: _List, at: int) -> None:
        counts = self._counts[chosen.definition]
        anew = at in chosen.starts and (list_id, at) not in self._begun
        self._begun.add((list_id, at))
        # a level that was left out counts as begun: after 1.1 comes 2, as LibreOffice has it too
        for above in range(at):
            counts.setdefault(above, chosen.start(above))
        counts[at] = counts[at] + 1 if at in counts and not anew else chosen.start(at)
        for below in [level for level in counts if level > at]:
            restart = chosen.level(below).restart
            if restart is None or at < restart:
                del counts[below]

    def _list(self, list_id: int) -> _List | None:
        if list_id not in self._lists:
            self._lists[list_id] = self._read(list_id)
        return self._lists[list_id]

    def _read(self, list_id: int) -> _List | None:
        definition = self._definition(list_id)
        if definition is None:
            return None
        levels = _levels_in(self._definitions[definition])
        starts = {}
        for override in self._elements[list_id].iterchildren():
            levels |= _levels_in(override)
            start = number(override, "w:startOverride")
            if start is not None:
                starts[_place(override)] = start
        return _List(str(definition), levels, starts)

    def _definition(self, list_id: int) -> int | None:
        """The definition behind a list; one that only names a style stands for that style's."""
        seen: set[int] = set()
        while list_id in self._elements and list_id not in seen:
            seen.add(list_id)
            named = number(self._elements[list_id], "w:abstractNumId", most=_MOST_LISTS)
            if named not in self._definitions:
                return None
            style = value(self._definitions[named], "w:numStyleLink")
            list_id = self._list_of_style(style)
            if style is None or not list_id:
                return named
        return None

    def _list_of_style(self, style: str | None) -> int:
        links = (link.list_id for _, link in self._styles.numbering(style))
        return next((list_id for list_id in links if list_id), 0)


def _level(chosen: _List, said: list[tuple[str, NumberingLink]]) -> int:
    """The level the paragraph names, else the one tied to its style, else the style's own word."""
    for style, link in said:
        tied = chosen.level_of_style(style) if style else None
        at = link.level if tied is None else tied
        if at is not None:
            return at
    return 0


def _label(chosen: _List, at: int, counts: dict[int, int]) -> Label | None:
    level = chosen.level(at)
    if level.hidden:
        return None
    if level.form == "bullet":
        return Label(level.pattern, level.suffix, bullet=True)

    def number_at(place: re.Match[str]) -> str:
        other = int(place[1]) - 1
        form = chosen.level(other).form
        if form in ("none", "bullet"):
            return ""
        shown = "decimal" if level.arabic else form
        return printed(counts.get(other, chosen.start(other)), shown)

    text = _PLACE.sub(number_at, level.pattern)
    return Label(text, level.suffix) if text else None


def _by_id(root: Element | None, name: str, key: str) -> dict[int, Element]:
    found = {}
    for element in () if root is None else every(root, name):
        given = attribute(element, key) or ""
        # "0" and "1" as they are written, and nothing that is no number
        if given.isascii() and given.isdigit() and len(given) <= 9:
            found[int(given)] = element
    return found


def _place(element: Element) -> int:
    given = attribute(element, "w:ilvl") or ""
    return int(given) if given in tuple("012345678") else 0


def _levels_in(parent: Element) -> dict[int, Level]:
    levels = (element for element in every(parent, "w:lvl") if element.getparent() is parent)
    return {_place(element): _read_level(element) for element in levels}


def _read_level(element: Element) -> Level:
    start = number(element, "w:start")
    return Level(
        pattern=(value(element, "w:lvlText") or "")[:_LONGEST],
        form=_form(element),
        start=0 if start is None else start,
        suffix=value(element, "w:suff") or "tab",
        restart=number(element, "w:lvlRestart"),
        arabic=bool(on(element, "w:isLgl")),
        style=value(element, "w:pStyle"),
        hidden=bool(on(element, "w:rPr", "w:vanish")),
    )


def _form(level: Element) -> str:
    """The name of the format; for one made up of figures (001, 002) that pattern itself."""
    if child(level, "w:lvlPicBulletId") is not None:
        return "bullet"
    # a format of later Word stands in an alternative, before the one for older programs
    for element in every(level, "w:numFmt"):
        named = element.get(VALUE) or "decimal"
        return (attribute(element, "w:format") or named) if named == "custom" else named
    return "decimal"
