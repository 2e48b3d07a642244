"""What the paragraphs of a DOCX file say: the accepted text, as it would be printed.

Deleted, moved-away and hidden text is left out; text boxes and notes are handed on with the
paragraph that holds them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from corpus.readers.word.fields import Fields
from corpus.readers.word.formula import LOWERED, RAISED, formula
from corpus.readers.word.marked import noise
from corpus.readers.word.names import attribute, child, every, local, name_of, on, value
from corpus.readers.word.package import Element
from corpus.readers.word.paragraphs import BREAK
from corpus.readers.word.styles import Styles
from corpus.readers.word.symbols import UNKNOWN, readable, sign

#: what is not printed, or is printed by another element
_UNSEEN = frozenset(
    f"w:{name}"
    for name in (
        *("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "sdtPr", "sdtEndPr", "rubyPr", "rt"),
        *("del", "moveFrom", "delText", "delInstrText", "softHyphen", "footnoteRef"),
        *("endnoteRef", "annotationRef", "separator", "continuationSeparator", "ffData"),
    )
)
#: a box is read after its line from this far below it (in 1/914400 inch, a third of a line)
_BELOW = 100_000


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote; ``kind`` is the part that holds it, ``mark`` what refers to it."""

    kind: str
    id: str
    mark: str


@dataclass(slots=True)
class Said:
    """A paragraph: its words, and what hangs on it.

    ``runs_on``: its end is not printed, so the next one goes on with its line; ``unseen``: the
    end was deleted or hidden.
    """

    text: str = ""
    above: list[Element] = field(default_factory=list)
    below: list[Element] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    runs_on: bool = False
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run is printed."""

    hidden: bool = False
    font: str | None = None
    height: str | None = None


class Words:
    """Reads the paragraphs of one story, each once and in order.

    ``unread`` counts what is there and is no text.
    """

    def __init__(self, styles: Styles, notes: dict[tuple[str, str], Note]) -> None:
        self.unread: Counter[str] = Counter()
        self._styles, self._fields, self._notes = styles, Fields(), notes
        self._said, self._kept, self._look = Said(), [""], _Look()
        self._paragraph_hides = False
        self._takers: dict[str, Callable[[Element], None]] = {
            "w:r": self._run,
            "w:t": self._text,
            "w:sym": self._symbol,
            "w:br": lambda _: self._put(BREAK),
            "w:cr": lambda _: self._put(BREAK),
            "w:tab": lambda _: self._put("\t"),
            "w:ptab": lambda _: self._put("\t"),
            "w:noBreakHyphen": lambda _: self._put("-"),
            "w:instrText": lambda element: self._fields.code(element.text or ""),
            "w:fldChar": lambda element: self._put(self._fields.mark(element)),
            "w:footnoteReference": self._note,
            "w:endnoteReference": self._note,
            "w:drawing": self._graphic,
            "w:pict": self._graphic,
            "w:object": self._graphic,
            "w:sdt": self._control,
            "mc:AlternateContent": lambda element: self._take_all(chosen(element)),
            "m:oMath": lambda element: self._put(formula(element)),
        }

    def read(self, paragraph: Element) -> Said:
        """What ``paragraph`` says."""
        properties = child(paragraph, "w:pPr")
        style = self._styles.of(properties, "paragraph")
        self._said, self._kept, self._look = Said(), [], _Look()
        self._paragraph_hides = bool(self._styles.hidden(style))
        self._take_all(paragraph)
        self._fields.end_of_paragraph()
        self._said.text = "".join(self._kept)
        self._read_end(properties)
        return self._said

    def _read_end(self, properties: Element | None) -> None:
        mark, frame = child(properties, "w:rPr"), child(properties, "w:framePr")
        removed = child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None
        hidden = on(mark, "w:vanish")
        self._said.unseen = removed or (self._paragraph_hides if hidden is None else hidden)
        initial = frame is not None and attribute(frame, "w:dropCap") in ("drop", "margin")
        self._said.runs_on = self._said.unseen or initial

    def _take_all(self, parent: Element) -> None:
        for element in parent:
            name = name_of(element)
            if name in self._takers:
                self._takers[name](element)
            elif name and name not in _UNSEEN:
                self._take_all(element)

    def _put(self, text: str) -> None:
        if text and not self._look.hidden and not self._fields.takes(text):
            self._kept.append(text)

    def _run(self, run: Element) -> None:
        properties = child(run, "w:rPr")
        fonts = child(properties, "w:rFonts")
        font = None if fonts is None else attribute(fonts, "w:ascii")
        self._look = _Look(self._hides(properties), font, value(properties, "w:vertAlign"))
        self._take_all(run)
        self._look = _Look()

    def _hides(self, properties: Element | None) -> bool:
        """Whether the run is hidden: by itself, else by its style, else by the paragraph's."""
        said = on(properties, "w:vanish")
        if said is None:
            said = self._styles.hidden(self._styles.of(properties, "character"))
        return self._paragraph_hides if said is None else said

    def _text(self, element: Element) -> None:
        text = readable(" ".join((element.text or "").split("\n")), self._look.font)
        # a raised 1 after 1000元 does not make it 1000元1
        signs = {"superscript": RAISED, "subscript": LOWERED}.get(self._look.height or "")
        self._printed(text.translate(signs) if signs else text)

    def _symbol(self, element: Element) -> None:
        place = attribute(element, "w:char") or ""
        known = 0 < len(place) <= 4 and all(c in "0123456789abcdefABCDEF" for c in place)
        self._printed(sign(int(place, 16), attribute(element, "w:font")) if known else UNKNOWN)

    def _printed(self, text: str) -> None:
        self.unread["sign of an unknown font"] += text.count(UNKNOWN)
        self._put(text.replace("\t", " "))

    def _note(self, element: Element) -> None:
        kind = "footnotes" if local(element) == "footnoteReference" else "endnotes"
        key = kind, attribute(element, "w:id") or ""
        # the note itself is read once, however often it is referred to
        if not self._look.hidden and key not in self._notes:
            note = self._notes[key] = Note(*key, mark=f"[{len(self._notes) + 1}]")
            self._said.notes.append(note)
            self._put(noise(note.mark))

    def _control(self, element: Element) -> None:
        if not is_placeholder(element):
            self._take_all(element)

    def _graphic(self, element: Element) -> None:
        if self._look.hidden:
            return
        boxes = list(_boxes(element))
        first = not "".join(self._kept).strip() and not _hangs_below(element)
        (self._said.above if first else self._said.below).extend(boxes)
        if not boxes and (kind := _kind(element)):
            self.unread[kind] += 1


def chosen(alternatives: Element) -> Element:
    """Of ``mc:AlternateContent`` the newest way of saying it; the old one if only that has text."""
    first = child(alternatives, "mc:Choice")
    fallback = child(alternatives, "mc:Fallback")
    if first is None or (fallback is not None and _has_text(fallback) and not _has_text(first)):
        return alternatives if fallback is None else fallback
    return first


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows only what to fill in."""
    return bool(on(control, "w:sdtPr", "w:showingPlcHdr"))


def _has_text(element: Element) -> bool:
    return any(text.text for text in every(element, "w:t", "m:t"))


def _boxes(element: Element) -> Iterator[Element]:
    """The outermost text boxes of a drawing; those inside them are read with them."""
    for inner in element:
        name = name_of(inner)
        if name == "w:txbxContent":
            yield inner
        else:
            yield from _boxes(chosen(inner) if name == "mc:AlternateContent" else inner)


def _hangs_below(element: Element) -> bool:
    for position in every(element, "wp:positionV"):
        offset = next((e.text or "" for e in position if local(e) == "posOffset"), "")
        beside = position.get("relativeFrom") in ("paragraph", "line")
        return beside and offset.isascii() and offset.isdigit() and int(offset[:9]) >= _BELOW
    return False


def _kind(element: Element) -> str | None:
    """What a drawing without text boxes is; None for lines and frames."""
    names = {local(inner): inner for inner in element.iter()}
    if "OLEObject" in names:
        return f"embedded object ({names['OLEObject'].get('ProgID') or 'unknown'})"
    if "blip" in names or "imagedata" in names:
        return "picture"
    if "chart" in names or "relIds" in names:
        return "chart or diagram"
    return None
