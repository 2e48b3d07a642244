"""Checks that every address in the site's pages leads to a file, and every anchor to an id.

Addresses elsewhere may be linked but never loaded.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

_LINKS = {"href": ("a", "link", "area"), "action": ("form",)}
_LOADS = {"src": ("script", "img", "iframe", "source", "audio", "video"), "href": ("link",)}
_ELSEWHERE = ("http", "https", "mailto", "tel", "webcal")


@dataclass(frozen=True, slots=True, order=True)
class DeadLink:
    """An address that leads nowhere: on which page, as it is written, and why."""

    page: str
    link: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}: {self.link}: {self.reason}"


def check_folder(folder: Path) -> tuple[DeadLink, ...]:
    """The dead links of a built site."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return dead_links({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


def dead_links(files: Mapping[str, bytes]) -> tuple[DeadLink, ...]:
    """The dead links among ``files``, given by their paths in the site."""
    read = {path: read_page(content) for path, content in files.items() if path.endswith(".html")}
    anchors = {path: page.ids for path, page in read.items()}
    dead = (
        DeadLink(path, link, reason)
        for path, page in read.items()
        for link, loads in page.links
        if (reason := _trouble(path, link, loads, files, anchors))
    )
    return tuple(sorted(set(dead)))


class LinkReader(HTMLParser):
    """Collects a page's ids, and its addresses with whether they are loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes the ids and addresses of one tag."""
        for name, value in attrs:
            if value is None:
                continue
            if name == "id":
                self.ids.add(value)
            loads = tag in _LOADS.get(name, ())
            if loads or tag in _LINKS.get(name, ()):
                self.links.append((value, loads))


def read_page(content: bytes) -> LinkReader:
    """The ids and addresses of a page."""
    page = LinkReader()
    page.feed(content.decode())
    page.close()
    return page


def _trouble(
    page: str,
    link: str,
    loads: bool,
    files: Mapping[str, bytes],
    anchors: Mapping[str, set[str]],
) -> str:
    address = urlsplit(link)
    if address.scheme or address.netloc:
        return _trouble_elsewhere(address, loads)
    if address.path.startswith("/"):
        return "not relative"
    target = _target(page, address.path)
    if target not in files:
        return "no such file"
    wanted = unquote(address.fragment)
    return "no such anchor" if wanted and wanted not in anchors.get(target, set()) else ""


def _trouble_elsewhere(address: SplitResult, loads: bool) -> str:
    if loads:
        return "" if address.scheme == "data" else "loaded from elsewhere"
    return "" if address.scheme in _ELSEWHERE else f"unknown scheme {address.scheme!r}"


def _target(page: str, path: str) -> str:
    return (
        posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page
    )


def pages_of(files: Mapping[str, bytes]) -> Iterator[str]:
    """The paths of the pages among ``files``."""
    return (path for path in files if path.endswith(".html"))
