"""Reads web pages that a browser has saved as one file, with their pictures (.mht, .mhtml).

Only the page itself is opened; its other parts are never looked at.
"""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from corpus.errors import NotText
from corpus.limits import USUAL, Limits
from corpus.readers.body import Body
from corpus.readers.html import reader
from corpus.readers.html.markup import markup

_PAGES = ("text/html", "application/xhtml+xml")
_REMEDY = "Save it again from a browser, as a web page."


def parse(data: bytes, where: str, _limits: Limits = USUAL) -> Body:
    """The notice in the page that ``data`` packs; raises ``NotText`` with ``where`` as the place.

    Some programs name a plain page so: it is read as one.
    """
    if data.lstrip()[:1] == b"<":
        return reader.parse(data, where)
    page = _page(data, where)
    body = page.get_payload(decode=True)
    if not isinstance(body, bytes) or not body:
        raise NotText("the page in this file cannot be unpacked", where=where, remedy=_REMEDY)
    return reader.of_page(markup(body, where, page.get_content_charset()), where)


def _page(data: bytes, where: str) -> EmailMessage:
    """The first page among the parts, which is the one that was saved."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        pages = (part for part in message.walk() if part.get_content_type() in _PAGES)
        page = next(pages, None)
    except RecursionError:
        page = None
    if page is None:
        raise NotText("there is no web page in this file", where=where, remedy=_REMEDY)
    return page
