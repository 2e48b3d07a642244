"""Reads ZIP bundles: a notice and its annexes, each a file, as one document.

The notice is the file that is not named as an annex, the one with most text if there are several;
the others follow in the order of their numbers, each under a line 附件N.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import PurePosixPath

from corpus.errors import DamagedDocument, DocumentError, EmptyDocument, TooLarge
from corpus.limits import USUAL, Limits
from corpus.models import Finding, TextSpan
from corpus.readers.body import Body
from corpus.readers.bundle import annexes
from corpus.readers.bundle.annexes import Annex, File
from corpus.readers.formats import BY_SUFFIX, parsed
from corpus.readers.packed import Member, Packed, printable, unpack

_LITTER = ("__macosx", "thumbs.db", "desktop.ini")
_REPACK = "Put the notice and its annexes into it, in a format that can be read."
#: of files that differ by suffix alone the first of these is read
_PREFERENCE = (".docx", ".doc", ".wps", ".odt", ".rtf", ".html", ".htm", ".pdf", ".md", ".txt")


def parse(data: bytes, where: str, limits: Limits = USUAL) -> Body:
    """The bundle ``data`` as one document, its files read by the formats that there are.

    Raises a ``DocumentError`` where nothing can be read, where it unpacks to more than the limits
    allow, and where a member would come to lie outside the folder it is unpacked in.
    """
    reading = _Reading(where, limits)
    reading.take(unpack(data, where, limits), PurePosixPath())
    notice = annexes.notice_of(reading.files)
    if notice is None or (annexes.is_annex(notice.path) and reading.lost):
        raise reading.lost[0] if reading.lost else _empty(where, reading.unread)
    ordered = annexes.ordered(notice, [file for file in reading.files if file is not notice])
    return _together(notice, ordered, tuple(reading.unread))


class _Reading:
    """The files of a bundle as they are read.

    ``unread`` says of each other file why not; ``lost`` holds the errors of those that may have
    been the notice itself.
    """

    def __init__(self, where: str, limits: Limits) -> None:
        self.files: list[File] = []
        self.unread: list[Finding] = []
        self.lost: list[DocumentError] = []
        self._where, self._limits = where, limits

    def take(self, packed: Packed, folder: PurePosixPath, *, inner: bool = False) -> None:
        """Reads the members of ``packed``, which lie in ``folder`` of the bundle."""
        found = [(folder / member.name, member) for member in packed.members if _counts(member)]
        for _, member in found:
            self._refuse_escape(member)
        found.sort(key=lambda pair: _rank(pair[0]))
        for _, copies in groupby(found, key=lambda pair: _same(pair[0])):
            self._take_first(packed, list(copies), inner=inner)

    def _refuse_escape(self, member: Member) -> None:
        if member.leads_out:
            what = f'"{printable(member.name)}" leads out of the bundle'
            remedy = "Do not unpack it; ask for a bundle of plain files."
            raise DamagedDocument(what, where=self._where, remedy=remedy)

    def _take_first(
        self, packed: Packed, copies: list[tuple[PurePosixPath, Member]], *, inner: bool
    ) -> None:
        """Reads the first of files that differ by suffix alone; the next only where it fails."""
        read: PurePosixPath | None = None
        for path, member in copies:
            if path.suffix.lower() == ".zip":
                self._take_inner(packed, path, member, inner=inner)
            elif read is not None:
                self._leave(path, f'it seems to be "{printable(read.name)}" again', "info")
            elif self._take(packed, path, member):
                read = path

    def _take(self, packed: Packed, path: PurePosixPath, member: Member) -> bool:
        form = BY_SUFFIX.get(path.suffix.lower())
        if form is None:
            self._leave(path, "there is no reader for this kind of file")
            return False
        try:
            body = parsed(form.parse, packed.read(member), self._shown(path), self._limits)
            if not body.visible.strip():
                what = "there is no text in it"
                raise EmptyDocument(what, where=self._shown(path), remedy=_REPACK)
        except TooLarge:
            # a bomb inside makes the bundle one; it is not read around
            raise
        except DocumentError as error:
            self._give_up(path, error)
            return False
        self.files.append(File(path, body))
        return True

    def _take_inner(
        self, packed: Packed, path: PurePosixPath, member: Member, *, inner: bool
    ) -> None:
        if inner:
            self._leave(path, "bundles in a bundle are read one level deep")
            return
        try:
            data = packed.read(member)
            opened = unpack(data, self._shown(path), self._limits, packed.budget)
        except TooLarge:
            raise
        except DocumentError as error:
            self._give_up(path, error)
        else:
            self.take(opened, path.with_suffix(""), inner=True)

    def _give_up(self, path: PurePosixPath, error: DocumentError) -> None:
        self._leave(path, error.what)
        if not annexes.is_annex(path):
            self.lost.append(error)

    def _leave(self, path: PurePosixPath, why: str, severity: str = "warning") -> None:
        message = f'"{printable(str(path))}" in the bundle is not read: {why}'
        self.unread.append(Finding(severity, "bundle-member", message))

    def _shown(self, path: PurePosixPath) -> str:
        return f"{self._where}/{printable(str(path))}"


def _counts(member: Member) -> bool:
    """Whether a member is a file that somebody has put there."""
    parts = [part.lower() for part in PurePosixPath(member.name).parts]
    litter = any(part in _LITTER or part.startswith((".", "~$")) for part in parts if part != "..")
    return not (member.is_folder or litter)


def _same(path: PurePosixPath) -> tuple[str, str]:
    return str(path.parent).lower(), path.stem.strip().lower()


def _rank(path: PurePosixPath) -> tuple[object, ...]:
    suffix = path.suffix.lower()
    late = _PREFERENCE.index(suffix) if suffix in _PREFERENCE else len(_PREFERENCE)
    return annexes.natural(path.parent), annexes.natural(path.with_suffix("")), late, str(path)


def _empty(where: str, unread: list[Finding]) -> DocumentError:
    if not unread:
        return EmptyDocument("there is no file in this bundle", where=where, remedy=_REPACK)
    said = unread[0].message + (f" (and {len(unread) - 1} more)" if len(unread) > 1 else "")
    return EmptyDocument(f"nothing in this bundle can be read: {said}", where=where, remedy=_REPACK)


def _together(notice: File, found: list[Annex], unread: tuple[Finding, ...]) -> Body:
    """One text of the notice and its annexes; places in each of them move with its text."""
    text, noise = notice.body.text, list(notice.body.noise)
    findings = list(notice.body.findings)
    pages = list(notice.body.page_starts)
    for annex in found:
        text = f"{text}\n{annex.heading}"
        body = annex.file.body
        noise += [_moved(span, len(text)) for span in annex.noise]
        findings += [_told(finding, annex, len(text)) for finding in body.findings]
        pages += [start + len(text) for start in body.page_starts]
        text += body.text
    bodies = [notice.body, *(annex.file.body for annex in found)]
    return replace(
        notice.body,
        text=text,
        noise=tuple(noise),
        # pages that only some files have cannot be counted through
        page_starts=tuple(pages) if all(body.page_starts for body in bodies) else (),
        findings=(*findings, _roles(notice, found), *unread),
        furniture=sum(body.furniture for body in bodies),
        reflowed=all(body.reflowed for body in bodies),
        recognised=any(body.recognised for body in bodies),
    )


def _moved(span: TextSpan, by: int) -> TextSpan:
    return TextSpan(span.start + by, span.end + by)


def _told(finding: Finding, annex: Annex, by: int) -> Finding:
    message = f"{annex.label} ({printable(annex.file.path.name)}): {finding.message}"
    span = None if finding.span is None else _moved(finding.span, by)
    return replace(finding, message=message, span=span)


def _roles(notice: File, found: list[Annex]) -> Finding:
    """Says which file is read as what, for a person to see where the rule has chosen wrongly."""
    roles = [(notice.path, "the notice"), *((a.file.path, a.label) for a in found)]
    said = "; ".join(f'"{printable(str(path))}" is {role}' for path, role in roles)
    return Finding("info", "bundle", said)
