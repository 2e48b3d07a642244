"""Opens packed files (ZIP), which DOCX documents are too, from bytes and in memory alone.

Members are measured before they are unpacked: what goes over the limits is never unpacked, and a
member that holds more than it says is damage.
"""

from __future__ import annotations

import stat
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from corpus.errors import DamagedDocument, DocumentError, LockedDocument, NotText, TooLarge
from corpus.limits import Limits
from corpus.readers.encoding import decode

_MB = 1024 * 1024
_RECORD = b"PK\x01\x02"
_UTF8_NAMES, _ENCRYPTED = 0x800, 0x1
# a table of ten thousand empty rows packs 190 times smaller; below this size a ratio says nothing
_RATIO_COUNTS_FROM = 10 * _MB
_RATIO_KEY = "unpacked_ratio"
_SETTING = "Raise {} under [limits] in policykb.toml if you trust the file."
#: whatever zipfile raises over bytes that are no ZIP file, or one that has been tampered with
_FAULTS = (BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, RuntimeError)
# (NotImplementedError, for what only newer programs can unpack, is a RuntimeError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a packed file; ``name`` is its path with forward slashes."""

    name: str
    info: ZipInfo

    @property
    def locked(self) -> bool:
        """Whether a password is needed."""
        return bool(self.info.flag_bits & _ENCRYPTED)

    @property
    def is_folder(self) -> bool:
        """Whether it is there only to hold others."""
        return self.name.endswith("/")

    @property
    def leads_out(self) -> bool:
        """Whether, unpacked, it would come to lie outside the folder it is unpacked in."""
        parts = PurePosixPath(self.name).parts
        drive = self.name[1:2] == ":"
        return self.name.startswith("/") or drive or ".." in parts or self._is_link

    @property
    def _is_link(self) -> bool:
        return stat.S_ISLNK(self.info.external_attr >> 16)


class Budget:
    """How much may still be unpacked."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._left = limits, limits.unpacked_bytes

    def spend(self, member: Member, shown: str) -> None:
        """Takes off what ``member`` will need; raises ``TooLarge`` where that is too much."""
        size, packed = member.info.file_size, max(member.info.compress_size, 1)
        self._left -= size
        if self._left < 0:
            most = f"{self._limits.unpacked_bytes / 1e6:.1f} MB"
            what, key = f"unpacked it has more than {most}", "unpacked_bytes"
        elif size > _RATIO_COUNTS_FROM and size > packed * self._limits.unpacked_ratio:
            what, key = f"{_quoted(member)} unpacks to {size // packed} times its size", _RATIO_KEY
        else:
            return
        raise TooLarge(what, where=shown, remedy=_SETTING.format(key))


class Packed:
    """The members of a ZIP file and what they hold."""

    def __init__(self, archive: ZipFile, shown: str, budget: Budget) -> None:
        self.shown, self.budget = shown, budget
        self.members = tuple(Member(_name(info), info) for info in archive.infolist())
        self._archive = archive

    def read(self, member: Member) -> bytes:
        """The bytes of ``member``; raises a ``DocumentError`` that names it."""
        if member.locked:
            what, remedy = f"{_quoted(member)} needs a password", "Save it without one."
            raise LockedDocument(what, where=self.shown, remedy=remedy)
        self.budget.spend(member, self.shown)
        # other ways of packing give what they unpack in one piece, however large
        if member.info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            what = f"{_quoted(member)} is packed in a way that cannot be read"
            raise DocumentError(what, where=self.shown, remedy="Pack it as plain ZIP.")
        try:
            with self._archive.open(member.info) as stream:
                # one byte more than it says, or the rest of a bomb would be unpacked unseen
                data = stream.read(member.info.file_size + 1)
        except _FAULTS as error:
            raise damaged(f"{_quoted(member)} is damaged", self.shown, error) from None
        if len(data) != member.info.file_size:
            raise damaged(f"{_quoted(member)} is not as long as it says", self.shown)
        return data


def unpack(data: bytes, shown: str, limits: Limits, budget: Budget | None = None) -> Packed:
    """The packed file in ``data``; raises ``TooLarge`` or ``DamagedDocument``.

    A packed file inside another draws on the ``budget`` of that one.
    """
    # counted before zipfile makes a record of each: a directory of 50 MB would take gigabytes
    if data.count(_RECORD) > 20 * limits.packed_files:
        raise _too_many(data.count(_RECORD), shown, limits)
    try:
        archive = ZipFile(BytesIO(data))
    except _FAULTS as error:
        raise damaged("this is no ZIP file, or part of it is missing", shown, error) from None
    if len(archive.infolist()) > limits.packed_files:
        raise _too_many(len(archive.infolist()), shown, limits)
    return Packed(archive, shown, budget or Budget(limits))


def damaged(what: str, shown: str, error: Exception | None = None) -> DamagedDocument:
    """The error for bytes that are not what they should be; says what the library said of them."""
    said = " ".join(str(error).split())[:120].rstrip(".") if error else ""
    detail = f" ({said})" if said else ""
    remedy = "Fetch the file again, or open it in its own program and save it anew."
    return DamagedDocument(what + detail, where=shown, remedy=remedy)


def _name(info: ZipInfo) -> str:
    """The name as it was given: in UTF-8 where it says so, else in what Chinese systems write."""
    if info.flag_bits & _UTF8_NAMES:
        return info.orig_filename.replace("\\", "/")
    try:
        # split only now: in GB18030 a backslash may be half of a character
        return decode(info.orig_filename.encode("cp437"), where="").text.replace("\\", "/")
    except (NotText, UnicodeEncodeError):
        return info.orig_filename.replace("\\", "/")


def _too_many(found: int, shown: str, limits: Limits) -> TooLarge:
    what = f"it holds {found} files, the limit is {limits.packed_files}"
    return TooLarge(what, where=shown, remedy=_SETTING.format("packed_files"))


def _quoted(member: Member) -> str:
    return f'"{printable(member.name)}"'


def printable(name: str) -> str:
    """``name`` as it can stand in a message of one line."""
    plain = "".join(c if c.isprintable() else "?" for c in name)
    return plain if len(plain) <= 80 else f"{plain[:77]}..."
