"""Reads DOC, WPS, ODT and RTF: LibreOffice, where it is installed, makes DOCX of them.

LibreOffice runs on a copy, with a profile of its own that is thrown away, without macros, links
and network; ``guard`` ends it when its time is over.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path, PurePosixPath

from corpus.errors import DocumentError, LockedDocument, MissingProgram, NotText
from corpus.limits import USUAL, Limits
from corpus.readers.body import Body
from corpus.readers.packed import damaged, unpack
from corpus.readers.word import reader

_COMMANDS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_97, _WORD_97_LOCKED = b"\xec\xa5", 0x0100
_SECTOR = 512
#: what an old Office file is, by the name of a stream in it; None is a text document
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("MatOST", "wps"),
    ("Workbook", "a workbook (xls)"),
    ("PowerPoint Document", "a presentation (ppt)"),
)
_NO_LINKS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = """\
<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">\
<value>{value}</value></prop></item>
"""
#: settings of the profile: nothing is run, linked files are not read, no server is asked
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def parse(data: bytes, where: str, limits: Limits = USUAL) -> Body:
    """The text of ``data``, named ``where``; raises a ``DocumentError``.

    The bytes decide what the file is: a DOCX that is called ``.doc`` is read as one.
    """
    kind = _kind(data, where, limits)
    made = data if kind == "docx" else _as_docx(data, kind, where)
    return reader.parse(made, where, limits)


def command() -> str | None:
    """The program that LibreOffice starts with; None where it is not installed."""
    return next(filter(None, map(shutil.which, _COMMANDS)), None)


def _kind(data: bytes, where: str, limits: Limits) -> str:
    if data.startswith(_OLD_OFFICE):
        return _kind_of_old(data, where)
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_packed(data, where, limits)
    if data.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if b"schemas.microsoft.com/office/word/2003/wordml" in data[:4096]:
        return "xml"
    raise _no_document(data, where)


def _kind_of_old(data: bytes, where: str) -> str:
    found = [kind for name, kind in _STREAMS if name.encode("utf-16-le") in data]
    kind = found[0] if found else PurePosixPath(where).suffix[1:].lower()
    if kind == "locked" or (kind == "doc" and _is_locked(data)):
        raise _locked(where)
    if " " in kind:
        remedy = "Save what matters of it as text or DOCX."
        raise NotText(f"this is {kind}", where=where, remedy=remedy)
    return kind


def _is_locked(data: bytes) -> bool:
    """Whether the first block of a Word document says that the rest is encrypted."""
    for at in range(_SECTOR, len(data) - _SECTOR + 1, _SECTOR):
        if data.startswith(_WORD_97, at):
            return bool(int.from_bytes(data[at + 10 : at + 12], "little") & _WORD_97_LOCKED)
    return False


def _kind_of_packed(data: bytes, where: str, limits: Limits) -> str:
    packed = unpack(data, where, limits)
    members = {member.name: member for member in packed.members}
    if "content.xml" not in members:
        return "docx"
    manifest = members.get("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in packed.read(manifest):
        raise _locked(where)
    # unpacked here as well, so that a bomb is met by our limits and not by LibreOffice
    packed.read(members["content.xml"])
    return "odt"


def _no_document(data: bytes, where: str) -> DocumentError:
    start = data[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"mime-version:")):
        remedy = "Give it the suffix .html, or open it in Word and save it as DOCX."
        return NotText("this is a web page, whatever its suffix", where=where, remedy=remedy)
    return damaged("this is no document of Word, WPS or OpenDocument", where)


def _locked(where: str) -> LockedDocument:
    remedy = "Open it and save it without a password."
    return LockedDocument("this document needs a password", where=where, remedy=remedy)


def _as_docx(data: bytes, kind: str, where: str) -> bytes:
    program = command()
    if program is None:
        suffix = PurePosixPath(where).suffix
        what = f"{suffix} files are read with LibreOffice, which is not installed"
        remedy = "Install it (Debian: apt install libreoffice-writer), or save the file as DOCX."
        raise MissingProgram(what, where=where, remedy=remedy)
    with tempfile.TemporaryDirectory(prefix="policykb-", ignore_cleanup_errors=True) as name:
        return _converted(program, data, kind, Path(name), where)


def _converted(program: str, data: bytes, kind: str, room: Path, where: str) -> bytes:
    source, made = room / f"document.{kind}", room / "made" / "document.docx"
    source.write_bytes(data)
    _write_profile(room / "profile")
    switches = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
    profile = f"-env:UserInstallation={(room / 'profile').as_uri()}"
    target = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made.parent))
    _run([program, profile, *switches, *target, str(source)], room)
    try:
        return made.read_bytes()
    except OSError:
        raise damaged("LibreOffice cannot read this file", where) from None


def _write_profile(profile: Path) -> None:
    items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SETTINGS)
    (profile / "user").mkdir(parents=True)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(_NO_LINKS.format(items=items), "utf-8")


def _run(arguments: list[str], room: Path) -> None:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(room),
        "TMPDIR": str(room),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    nothing = subprocess.DEVNULL
    subprocess.run(
        arguments, cwd=room, env=environment, stdin=nothing, stdout=nothing, stderr=nothing
    )
