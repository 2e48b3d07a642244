"""Shows a built site on this machine, and nothing but the site.

Only the loopback address is served, files only, with headers that keep pages to themselves.
"""

from __future__ import annotations

import errno
import os
import re
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from corpus.errors import UsageError
from site_builder.building.write import MARKER

ADDRESS = "127.0.0.1"
#: that of the pages, and that nobody may frame them, which a page cannot say itself
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'"
)
#: what this machine is called in the address bar of a browser on it
_NAMES = frozenset({ADDRESS, "localhost"})
_HOST = re.compile(r"([^:\s]*)(?::\d{1,5})?")
_HEADERS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    # the next build is seen on reload
    ("Cache-Control", "no-cache"),
)
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".gz": "application/gzip",
    ".xml": "application/xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".yaml": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
}


def server(site: Path, port: int) -> ThreadingHTTPServer:
    """A server of ``site`` that listens but does not answer yet; port 0 takes a free one.

    Raises ``UsageError`` where there is no site or the port is taken.
    """
    if not (site / MARKER).is_file():
        raise UsageError("there is no site yet", where=site, remedy="Run policykb build first.")
    try:
        return _Server((ADDRESS, port), partial(_Handler, directory=str(site)))
    except (OSError, OverflowError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        what = f"port {port} is taken" if taken else f"port {port} cannot be used"
        remedy = "Name another with --port, or --port 0 for any free one."
        raise UsageError(what, remedy=remedy) from None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing of a browser that has left before its page was sent."""


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site; no listings, no hidden files, no way out through links."""

    extensions_map = _TYPES
    server_version, sys_version = "policykb", ""
    # one connection for many files: a search asks for some thirty
    protocol_version = "HTTP/1.1"
    # else the content of a file waits for the browser to acknowledge its headers, some 40 ms
    disable_nagle_algorithm = True
    # seconds for which a connection may say nothing
    timeout = 60

    def end_headers(self) -> None:
        for name, value in _HEADERS:
            self.send_header(name, value)
        super().end_headers()

    def send_head(self) -> BinaryIO | BytesIO | None:
        if not self._is_asked_for_here():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        path = Path(self.translate_path(self.path))
        if not self._may_show(path):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def _is_asked_for_here(self) -> bool:
        """Whether the browser believes to talk to this machine: a page from elsewhere can have its
        own name lead here (DNS rebinding), and would then read the site as its own.
        """
        hosts = self.headers.get_all("Host") or [""]
        name = _HOST.fullmatch(hosts[0].strip())
        return len(hosts) == 1 and name is not None and name[1].lower() in _NAMES

    def _may_show(self, path: Path) -> bool:
        if "\0" in str(path):
            return False
        inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.directory))
        hidden = any(part.startswith(".") for part in path.relative_to(self.directory).parts)
        return inside and not hidden and (not path.is_dir() or (path / "index.html").is_file())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the terminal belongs to the user."""
