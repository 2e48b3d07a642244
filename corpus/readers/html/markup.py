"""Turns the bytes of a saved page into its mark-up, in the encoding that it declares or has.

What comes out holds no control characters and no mark-up that parsers are known to stumble over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import NotText
from corpus.models import Finding
from corpus.readers.encoding import Decoded, decode, mend

#: where a page says what its encoding is; browsers look no further than the first kilobyte
_HEAD_BYTES = 4096
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)"""
    rb"""|<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]+")
#: </br> is a line break to every browser, and nothing to the parser
_CLOSED_BREAK = re.compile(r"</br\s*/?>", re.IGNORECASE)
#: XML closes a script in its own tag; read as HTML it would swallow the page
_SELF_CLOSED = re.compile(
    r"<(script|style|title|textarea|iframe|noscript)\b([^<>]*)/>", re.IGNORECASE
)
#: spaces as pages misspell them (&sp; &nbps;) or escape them twice (&amp;nbsp;)
_SPACES = re.compile(r"&(?:amp;)?(?:n?b?sp|nbps|nsbp);|&amp;(?=(?:e[mn]sp|#\d{2,5});)")
_CJK = "\u2010-\u2026\u2e80-\u9fff\uff00-\uffef"
#: a line break of the source between two characters that are written without a space
_WRAP = re.compile(f"(?<=[{_CJK}])[ \t]*\n[ \t]*(?=[{_CJK}])")
#: these keep a line break for what it is, or break lines at spaces only
_KEPT = re.compile(r"<(?:pre|listing|xmp)\b|generator\W{1,4}content=.LibreOffice", re.IGNORECASE)
#: a program that breaks lines wherever they are full leaves none as long as this
_UNBROKEN = 100


@dataclass(frozen=True, slots=True)
class Markup:
    """The mark-up of a page, and the Python name of the encoding it came from."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def markup(data: bytes, where: str, declared: str | None = None) -> Markup:
    """The mark-up of ``data``; ``declared`` is an encoding told outside the page.

    A few broken bytes in a page that declares its encoding are replaced and told as a finding.
    Raises ``NotText`` with ``where`` as the place.
    """
    decoded, findings = _decoded(data, where, declared or _declared(data))
    text = _CONTROL.sub("", decoded.text)
    if text.lstrip()[:5].lower() == "<?xml":
        text = _SELF_CLOSED.sub(r"<\1\2></\1>", text)
    text = _SPACES.sub(_space, _CLOSED_BREAK.sub("<br>", _unwrapped(text)))
    return Markup(text, decoded.encoding, findings)


def _unwrapped(text: str) -> str:
    """``text`` without the line breaks that cut Chinese words in two.

    Elsewhere a line break is a space: 郭宙华 0351 may well stand on two lines of the source.
    """
    if _KEPT.search(text):
        return text
    longest = max((len(re.findall(f"[{_CJK}]", line)) for line in text.split("\n")), default=0)
    return text if longest > _UNBROKEN else _WRAP.sub("", text)


def _space(match: re.Match[str]) -> str:
    return "&" if match[0] == "&amp;" else "\xa0"


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD_BYTES])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else None


def _decoded(data: bytes, where: str, declared: str | None) -> tuple[Decoded, tuple[Finding, ...]]:
    try:
        return decode(data, where=where, declared=declared), ()
    except NotText:
        mended = mend(data, declared)
        if mended is None:
            raise
    broken = mended.text.count("\ufffd")
    message = f"{broken} characters of the page are broken; each is shown as \ufffd"
    return mended, (Finding("warning", "broken-characters", message),)
