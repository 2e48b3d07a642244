"""The one door to all readers: a file of any format goes in, its text comes out.

``read`` gives the text of a file, or one error: what is wrong, where, and what to do.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path, PurePosixPath

from corpus.errors import EmptyDocument, TooLarge, UnknownFormat, UnreadableDocument
from corpus.limits import USUAL, Limits
from corpus.models import SourceText
from corpus.readers.body import Body
from corpus.readers.formats import BY_SUFFIX, SUFFIXES, Format


def read(path: Path, *, root: Path, limits: Limits = USUAL) -> SourceText:
    """The text of the file at ``path``, which is named relative to ``root`` where it lies inside.

    Raises a ``DocumentError``; a file that is too large is not opened at all, and reading one is
    given up when it goes over ``limits``.
    """
    shown = shown_path(path, root)
    _refuse_special(path, shown, limits.document_bytes)
    form = _format_of(path.suffix, shown)
    return _source(_bytes_of(path, shown), form, shown, limits)


def of_bytes(data: bytes, shown: str, limits: Limits = USUAL) -> SourceText:
    """The text of a file that has been fetched from elsewhere; ``shown`` is its name.

    Raises a ``DocumentError``.
    """
    _refuse_large(len(data), shown, limits.document_bytes)
    return _source(data, _format_of(PurePosixPath(shown).suffix, shown), shown, limits)


def _source(data: bytes, form: Format, shown: str, limits: Limits) -> SourceText:
    body = form.body(data, shown, limits) if data else Body("", "utf-8")
    if not body.visible.strip():
        remedy = "Put the notice's text into it, or take the file away."
        raise EmptyDocument("there is no text in this file", where=shown, remedy=remedy)
    return SourceText(
        text=body.text,
        path=PurePosixPath(shown),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=form.media_type,
        reader=f"{form.reader}+ocr" if body.recognised else form.reader,
        encoding=body.encoding,
        noise=body.noise,
        page_starts=body.page_starts,
        portal=body.portal,
        findings=body.findings,
        furniture=body.furniture,
        reflowed=body.reflowed,
    )


def shown_path(path: Path, root: Path) -> str:
    """``path`` as records and messages name it: relative to ``root`` if inside, else as given.

    Bytes of a file name that are no UTF-8 are written as escapes.
    """
    if (below := str(path)).startswith(f"{root}/") and ".." not in path.parts:
        # ten times as fast, and asked for every document
        return os.fsencode(below[len(str(root)) + 1 :]).decode("utf-8", errors="backslashreplace")
    # not resolve(): a link is known by its own name
    relative = Path(os.path.relpath(path, root))
    name = (path if relative.parts[:1] == ("..",) else relative).as_posix()
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def _refuse_special(path: Path, shown: str, limit_bytes: int) -> None:
    try:
        status = path.stat()
    except OSError as error:
        raise unreadable(error, path, shown) from None
    if not stat.S_ISREG(status.st_mode):
        what = "this is a folder" if stat.S_ISDIR(status.st_mode) else "this is not a file"
        raise UnreadableDocument(what, where=shown, remedy="Name the documents themselves.")
    _refuse_large(status.st_size, shown, limit_bytes)


def _refuse_large(size: int, shown: str, limit_bytes: int) -> None:
    if size > limit_bytes:
        what = f"the file has {_size(size)}, the limit is {_size(limit_bytes)}"
        remedy = "Split it, or raise document_bytes under [limits] in policykb.toml."
        raise TooLarge(what, where=shown, remedy=remedy)


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 100_000 else f"{number} bytes"


def _format_of(suffix: str, shown: str) -> Format:
    form = BY_SUFFIX.get(suffix.lower())
    if form is None:
        kind = f'"{suffix}" files' if suffix else "files without a suffix"
        remedy = f"Save the text in one of: {SUFFIXES}."
        raise UnknownFormat(f"{kind} cannot be read", where=shown, remedy=remedy)
    return form


def _bytes_of(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, path, shown) from None


#: what the system says of a path, and what to do about it
_CAUSES = {
    errno.ENOENT: ("there is no such file", "Check the path."),
    errno.EACCES: ("no permission to read it", "Allow it (chmod +r) or take the file away."),
    errno.ENOTDIR: ("part of the path is not a folder", "Check the path."),
    errno.ELOOP: ("the link leads back to itself", "Take the link away."),
    errno.ENAMETOOLONG: ("the name is too long for this system", "Shorten it."),
}


def unreadable(error: OSError, path: Path, shown: str) -> UnreadableDocument:
    """The error that says why the file at ``path``, named ``shown``, cannot be had."""
    # Path.is_symlink() fails itself where the folder may not be searched
    if error.errno == errno.ENOENT and os.path.islink(path):  # noqa: PTH114
        what, remedy = "the link leads to a file that is not there", "Take the link away."
    else:
        reason = (error.strerror or type(error).__name__).lower()
        what, remedy = _CAUSES.get(error.errno or 0, (reason, "Check the file and its folder."))
    return UnreadableDocument(what, where=shown, remedy=remedy)
