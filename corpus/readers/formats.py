"""The formats that are read, a row a format.

What reads a format is named and not imported: it is loaded for the first file of its kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from pkgutil import resolve_name

from corpus.limits import Limits
from corpus.readers import guard
from corpus.readers.body import Body


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: by which suffixes it is known, and what reads it.

    ``parse`` is "module:function"; it makes a ``Body`` of the bytes, the place for errors, and
    ``Limits``. A ``guarded`` one runs in a process of its own.
    """

    reader: str
    suffixes: tuple[str, ...]
    media_type: str
    parse: str
    guarded: bool = True

    def body(self, data: bytes, where: str, limits: Limits) -> Body:
        """What the reader makes of ``data``; raises ``DocumentError``."""
        run = guard.run if self.guarded else parsed
        return run(self.parse, data, where, limits)


def parsed(parse: str, data: bytes, where: str, limits: Limits) -> Body:
    """What ``parse`` makes of ``data``, in this process."""
    body: Body = resolve_name(parse)(data, where, limits)
    return body


_TEXT, _MARKDOWN = "corpus.readers.text:parse", "corpus.readers.markdown:parse"
_OPEN_XML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LIBREOFFICE = "corpus.readers.word.office:parse"
_PAGE, _PACKED_PAGE = "corpus.readers.html.reader:parse", "corpus.readers.html.mhtml:parse"

FORMATS = (
    Format("text", (".txt", ".text"), "text/plain", _TEXT, guarded=False),
    Format("markdown", (".md", ".markdown"), "text/markdown", _MARKDOWN, guarded=False),
    Format("html", (".html", ".htm", ".shtml", ".xhtml"), "text/html", _PAGE),
    Format("mhtml", (".mht", ".mhtml"), "multipart/related", _PACKED_PAGE),
    Format("pdf", (".pdf",), "application/pdf", "corpus.readers.pdf.reader:parse"),
    Format("docx", (".docx", ".docm"), f"{_OPEN_XML}.document", "corpus.readers.word.reader:parse"),
    Format("office", (".doc",), "application/msword", _LIBREOFFICE),
    Format("office", (".wps",), "application/vnd.ms-works", _LIBREOFFICE),
    Format("office", (".odt",), "application/vnd.oasis.opendocument.text", _LIBREOFFICE),
    Format("office", (".rtf",), "application/rtf", _LIBREOFFICE),
    Format("bundle", (".zip",), "application/zip", "corpus.readers.bundle.reader:parse"),
)
BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}
#: the suffixes of ``FORMATS``, as they are named to the user
SUFFIXES = ", ".join(BY_SUFFIX)
