"""Tells in which encoding a notice was saved: UTF-8, UTF-16 or GB18030, marked or not.

Whatever decodes here decodes without loss; bytes that give no plausible Chinese are refused.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from corpus.errors import NotText


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and the Python name of the encoding it came from."""

    text: str
    encoding: str


#: a mark settles the question; the longer ones first, for UTF-32 starts as UTF-16 does
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: files that are not text whatever their name says
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a packed file (docx, xlsx, zip)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
)
# 38 real texts score 0.99 and more, their bytes under a wrong encoding 0.00 to 0.55.
_PLAUSIBLE = 0.7
_LATIN = "\u024f"
#: unit separators and the like; a text has hardly any
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_RESAVE = "Save it as UTF-8 text."
_REFETCH = "Part of the file is missing: fetch it again."


def decode(data: bytes, *, where: str, declared: str | None = None) -> Decoded:
    """The text of ``data``, newlines as ``\\n``; ``where`` names the file in errors.

    ``declared`` is the encoding that the file says it has; it is believed if the bytes fit it.
    Raises ``NotText`` for a binary, a cut-off last character, or bytes that fit no encoding.
    """
    _refuse_signatures(data, where)
    told = _TRIALS.get(_LABELS.get((declared or "").lower(), ""))
    for trial in (_by_mark, *([told] if told else []), _as_utf8, _as_utf16, _as_gb18030):
        decoded = trial(data, where)
        if decoded is not None and _is_text(decoded.text):
            return Decoded(_newlines(decoded.text), decoded.encoding)
    raise _no_text(data, where)


def mend(data: bytes, declared: str | None) -> Decoded | None:
    """The text of ``data`` in the ``declared`` encoding with ``\ufffd`` for bytes that break it.

    None where more than one character in a thousand breaks, or where the end is missing.
    """
    encoding = _LABELS.get((declared or "").lower())
    if encoding is None:
        return None
    text = _newlines(data.decode(encoding, errors="replace"))
    broken = text.count("\ufffd")
    whole = not text.rstrip().endswith("\ufffd") and broken * 1000 <= len(text)
    return Decoded(text, encoding) if whole and _plausible(text) else None


def _refuse_signatures(data: bytes, where: str) -> None:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            remedy = "Save its text, or give the file the suffix that belongs to it."
            raise NotText(f"this is {name}, not text", where=where, remedy=remedy)


def _by_mark(data: bytes, where: str) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            try:
                return Decoded(body.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                raise _broken(error, encoding, where, offset=len(mark)) from None
    return None


def _as_utf8(data: bytes, where: str) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _cut_off(error) and _plausible(data[: error.start].decode("utf-8")):
            raise _broken(error, "utf-8", where) from None
        return None
    # 通知 in GB18030 is valid UTF-8, of letters that no notice has
    strange = any(character > _LATIN for character in text) and not _plausible(text)
    return None if strange and _is_gb18030(data) else Decoded(text, "utf-8")


def _is_gb18030(data: bytes) -> bool:
    return _plausible(data.decode("gb18030", errors="replace"))


def _as_utf16(data: bytes, where: str) -> Decoded | None:
    whole = data[: len(data) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = whole.decode(encoding, errors="ignore")
        if not _is_text(text) or not _plausible(text, share_of_all=True):
            continue
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError as error:
            raise _broken(error, encoding, where) from None
    return None


def _as_gb18030(data: bytes, where: str) -> Decoded | None:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        if _cut_off(error) and _plausible(data[: error.start].decode("gb18030")):
            raise _broken(error, "gb18030", where) from None
        return None
    return Decoded(text, "gb18030") if _plausible(text) else None


def _as_big5(data: bytes, where: str) -> Decoded | None:
    # never guessed: GB 2312 text is valid Big5 as often as not, so only a page that says so is
    try:
        return Decoded(data.decode("big5hkscs"), "big5hkscs")
    except UnicodeDecodeError:
        return None


#: what pages call their encoding, and the one they then have: GB2312 always means its successor
_LABELS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"), "gb18030"),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
}
_TRIALS = {"gb18030": _as_gb18030, "utf-8": _as_utf8, "big5hkscs": _as_big5}


def _cut_off(error: UnicodeDecodeError) -> bool:
    # a character of GB18030 or UTF-8 has four bytes at most, so a cut leaves three of them at most
    reasons = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")
    return error.reason in reasons and len(error.object) - error.start <= 3


def _broken(error: UnicodeDecodeError, encoding: str, where: str, *, offset: int = 0) -> NotText:
    name, byte = encoding.upper(), error.start + offset + 1
    if _cut_off(error):
        what = f"truncated encoding: its last {name} character is cut off at byte {byte}"
        return NotText(what, where=where, remedy=_REFETCH)
    return NotText(f"its {name} breaks at byte {byte}", where=where, remedy=_RESAVE)


def _no_text(data: bytes, where: str) -> NotText:
    if b"\0" in data:
        return NotText("this is a binary file, not text", where=where, remedy=_RESAVE)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _cut_off(error):
            return _broken(error, "utf-8", where)
        line = data.count(b"\n", 0, error.start) + 1
        broken = f"UTF-8 breaks at byte {error.start + 1}, line {line}"
        what = f"no text in UTF-8, UTF-16 or GB18030 ({broken}{_guess(data)})"
        return NotText(what, where=where, remedy=_RESAVE)
    return NotText("this is a binary file, not text", where=where, remedy=_RESAVE)


def _guess(data: bytes) -> str:
    # a hint for the reader of the message: on short texts it is wrong too often to decode by
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65536]).best()
    tried = best is None or best.encoding.startswith(("utf", "gb"))
    return "" if best is None or tried else f"; it may be {best.encoding}"


def _is_text(text: str) -> bool:
    controls = len(_CONTROL.findall(text))
    return "\0" not in text and controls * 50 <= len(text)


def _plausible(text: str, *, share_of_all: bool = False) -> bool:
    """Whether the characters outside ASCII (or all) are those that notices are written in."""
    times = Counter(text)
    looked_at = {c: n for c, n in times.items() if share_of_all or c > "\x7f"}
    known = sum(n for c, n in looked_at.items() if c in _common() or c <= "\x7f")
    return bool(looked_at) and known >= _PLAUSIBLE * sum(looked_at.values())


@cache
def _common() -> frozenset[str]:
    """The 3755 commonest characters (GB 2312 level 1) with the signs and letters of GB 2312."""
    rows = (*range(0xA1, 0xAA), *range(0xB0, 0xD8))
    cells = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return frozenset("".join(cell.decode("gb2312", errors="ignore") for cell in cells))


#: form feeds of converted PDFs, Word's line break, and the separators of Unicode
_BREAKS = re.compile("[\f\v\x85\u2028\u2029]")


def _newlines(text: str) -> str:
    return _BREAKS.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
