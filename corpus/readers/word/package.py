"""The parts of a DOCX file and how they refer to each other.

Only parts that hold text are unpacked, pictures never; a reference that leads nowhere is passed
over, as Word does, and none is followed out of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import TypeAlias
from urllib.parse import unquote

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from corpus.errors import DamagedDocument, DocumentError, LockedDocument, NotText
from corpus.limits import Limits
from corpus.readers.packed import Member, Packed, damaged, unpack

Element: TypeAlias = BaseOxmlElement

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
#: names of ISO/IEC 29500 Strict, and those that everybody writes
_STRICT = b"http://purl.oclc.org/ooxml/"
_EVERYBODY = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = tuple(
    (_STRICT + name, _EVERYBODY + name.replace(b"/", b"/2006/", 1))
    for name in (
        b"wordprocessingml/main",
        b"officeDocument/relationships",
        b"officeDocument/math",
        b"drawingml/main",
        b"drawingml/wordprocessingDrawing",
    )
)
#: what else is packed as a ZIP file, by a part that gives it away
_OTHERS = (
    ("xl/workbook.xml", "a workbook (xlsx)", "Save the sheets that matter as text or DOCX."),
    ("ppt/presentation.xml", "a presentation (pptx)", "Save its text as DOCX."),
    ("content.xml", "an OpenDocument file", "Give it the suffix .odt."),
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One part naming another: ``kind`` is styles, numbering, footnotes, header ..."""

    kind: str
    target: str


class Part:
    """A part of XML: its root, and the parts that it names."""

    def __init__(self, package: Package, name: str, root: Element) -> None:
        self.name, self.root = name, root
        self._package = package
        self._references = package.references_of(name)

    def related(self, kind: str) -> Part | None:
        """The first part of this kind that it names; None where there is none that can be read."""
        targets = (r.target for r in self._references.values() if r.kind == kind)
        return next((part for part in map(self._package.part, targets) if part), None)

    def named(self, reference: str) -> Part | None:
        """The part behind an ``r:id``."""
        found = self._references.get(reference)
        return self._package.part(found.target) if found else None


class Package:
    """A DOCX file; ``broken`` names the parts that had to be passed over."""

    def __init__(self, packed: Packed) -> None:
        self.broken: list[str] = []
        self._packed = packed
        self._members = {m.name.lower().lstrip("/"): m for m in packed.members}
        self._parts: dict[str, Part | None] = {}

    def main(self) -> Part:
        """The document itself; raises ``DamagedDocument`` where it is not there or no XML."""
        references = self.references_of("").values()
        named = [r.target for r in references if r.kind == "officeDocument"]
        for name in (*named, "word/document.xml"):
            if member := self._members.get(name.lower()):
                return Part(self, name, self._root(member))
        raise self._no_document()

    def part(self, name: str) -> Part | None:
        """The part of this name, read once."""
        if name not in self._parts:
            self._parts[name] = self._read(name)
        return self._parts[name]

    def references_of(self, name: str) -> dict[str, Reference]:
        """What the part ``name`` refers to inside the file, by ``r:id``; "" is the file itself."""
        folder, _, own = name.rpartition("/")
        member = self._members.get(join(folder, "_rels", f"{own}.rels").lower())
        try:
            return dict(_references(self._root(member), folder)) if member else {}
        except DamagedDocument:
            self.broken.append(f"{name}.rels")
            return {}

    def _read(self, name: str) -> Part | None:
        member = self._members.get(name.lower())
        if member is None:
            return None
        try:
            return Part(self, name, self._root(member))
        except DamagedDocument:
            self.broken.append(name)
            return None

    def _root(self, member: Member) -> Element:
        data = self._packed.read(member)
        if _STRICT in data:
            for strict, common in _STRICT_NAMES:
                data = data.replace(strict, common)
        try:
            root = parse_xml(data)
        # lxml's XMLSyntaxError is a SyntaxError
        except (SyntaxError, ValueError) as error:
            what = f'"{member.name}" is broken XML'
            raise damaged(what, self._packed.shown, error) from None
        # the parser follows no entity; a part that declares some is none that Word has written
        if root.getroottree().docinfo.internalDTD is not None:
            raise damaged(f'"{member.name}" declares entities', self._packed.shown)
        return root

    def _no_document(self) -> DocumentError:
        for part, kind, remedy in _OTHERS:
            if part in self._members:
                return NotText(f"this is {kind}", where=self._packed.shown, remedy=remedy)
        return damaged("this packed file holds no Word document", self._packed.shown)


def open_package(data: bytes, shown: str, limits: Limits) -> Package:
    """The DOCX file in ``data``; raises a ``DocumentError``."""
    if data.startswith(_OLD_OFFICE):
        raise _old_office(data, shown)
    return Package(unpack(data, shown, limits))


def _old_office(data: bytes, shown: str) -> DocumentError:
    # Office wraps what it encrypts in the container of the old formats
    if "EncryptedPackage".encode("utf-16-le") in data:
        remedy = "Save it without a password."
        return LockedDocument("this document needs a password", where=shown, remedy=remedy)
    remedy = "Give it the suffix .doc, or save it as DOCX."
    return NotText("this is an old Office file (doc), not DOCX", where=shown, remedy=remedy)


def _references(root: Element, folder: str) -> Iterator[tuple[str, Reference]]:
    for child in root:
        target, kind = child.get("Target"), child.get("Type")
        if target and kind and child.get("TargetMode") != "External":
            kind = kind.rpartition("/")[2]
            yield child.get("Id", ""), Reference(kind, _resolved(target, folder))


def _resolved(target: str, folder: str) -> str:
    path = unquote(target).replace("\\", "/")
    return normpath(path if path.startswith("/") else join("/", folder, path)).lstrip("/")
