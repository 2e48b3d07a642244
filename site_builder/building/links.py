"""Checks that every address in the site's pages leads to a file, and every anchor to an id.

Addresses elsewhere may be linked but never loaded. Pages are read one by one; of each only its ids
are kept, and each address once.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

_LINKS = {"href": ("a", "link", "area"), "action": ("form",)}
_LOADS = {"src": ("script", "img", "iframe", "source", "audio", "video"), "href": ("link",)}
_ELSEWHERE = ("http", "https", "mailto", "tel", "webcal")
_VALUE = r"""\s*=\s*(?:"([^"]*)"|'([^']*)')"""
#: read by hand, for the standard library's parser took a third of the time of a build. Words of
#: documents are escaped and hold neither tags nor quotes. Nothing is tried twice (``++``, ``*+``).
_ID = re.compile(rf"\sid{_VALUE}", re.IGNORECASE)
_LEADING = re.compile(
    r"<(a|link|area|form|script|img|iframe|source|audio|video)"
    r"""(\s(?:[^"'<>]++|"[^"]*"|'[^']*')*+)>""",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"\s(href|src|action){_VALUE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class DeadLink:
    """An address that leads nowhere: the first page with it, as it is written there, and why."""

    page: str
    link: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}: {self.link}: {self.reason}"


@dataclass(frozen=True, slots=True)
class PageLinks:
    """A page's ids, and its addresses with whether they are loaded."""

    ids: frozenset[str]
    links: tuple[tuple[str, bool], ...]


@dataclass
class LinkCheck:
    """The ids and addresses of pages that have been read."""

    _ids: dict[str, str] = field(default_factory=dict)
    _wanted: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    _dead: dict[tuple[str, str], DeadLink] = field(default_factory=dict)

    def read(self, path: str, content: bytes) -> None:
        """Takes the ids and addresses of a page."""
        page = read_page(content)
        # one string takes a tenth of a set of them
        self._ids[path] = "\n".join(page.ids)
        for link, loads in page.links:
            self._take(path, link, loads, page.ids)

    def add(self, other: LinkCheck) -> None:
        """Takes what ``other`` has read; an address in both is told of the page read first."""
        self._ids |= other._ids
        for target, wanted in other._wanted.items():
            self._wanted[target] = wanted | self._wanted.get(target, {})
        self._dead = other._dead | self._dead

    def dead(self, files: Collection[str]) -> tuple[DeadLink, ...]:
        """The addresses of the pages read that lead nowhere among ``files``."""
        return tuple(sorted({*self._dead.values(), *self._unmet(files)}))

    def _take(self, page: str, link: str, loads: bool, ids: frozenset[str]) -> None:
        if link.startswith("#"):
            if link != "#" and unquote(link[1:]) not in ids:
                self._dead[page, link] = DeadLink(page, link, "no such anchor")
            return
        target, anchor, reason = _read(posixpath.dirname(page), link, loads)
        if reason:
            self._dead.setdefault(("", link), DeadLink(page, link, reason))
        elif target is not None:
            wanted = self._wanted.setdefault(target or page, {})
            wanted.setdefault(anchor, (page, link))

    def _unmet(self, files: Collection[str]) -> Iterator[DeadLink]:
        for target, wanted in self._wanted.items():
            ids = {"", *self._ids.get(target, "").split("\n")}
            for anchor, (page, link) in wanted.items():
                if target not in files:
                    yield DeadLink(page, link, "no such file")
                elif anchor not in ids:
                    yield DeadLink(page, link, "no such anchor")


def check_folder(folder: Path) -> tuple[DeadLink, ...]:
    """The dead links of a built site."""
    check, paths = LinkCheck(), set()
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file():
            paths.add(path)
        if path.endswith(".html"):
            check.read(path, file.read_bytes())
    return check.dead(paths)


def dead_links(files: Mapping[str, bytes]) -> tuple[DeadLink, ...]:
    """The dead links among ``files``, given by their paths in the site."""
    check = LinkCheck()
    for path, content in files.items():
        if path.endswith(".html"):
            check.read(path, content)
    return check.dead(files)


def read_page(content: bytes) -> PageLinks:
    """The ids and addresses of a page."""
    html = content.decode()
    ids = frozenset(_plain(*found) for found in _ID.findall(html))
    links: dict[tuple[str, bool], None] = {}
    for tag, attributes in _LEADING.findall(html):
        kind = tag.lower()
        for name, *value in _ADDRESS.findall(attributes):
            loads = kind in _LOADS.get(name.lower(), ())
            if loads or kind in _LINKS.get(name.lower(), ()):
                links[_plain(*value), loads] = None
    return PageLinks(ids, tuple(links))


def _plain(quoted: str, single: str) -> str:
    return unescape(quoted or single)


@lru_cache(50_000)
def _read(folder: str, link: str, loads: bool) -> tuple[str | None, str, str]:
    """The file that an address in a page of ``folder`` leads to, the anchor in it, and what is
    wrong with it by itself. The file is empty for the page itself, None for what is elsewhere.
    """
    try:
        address = urlsplit(link)
    except ValueError:
        return None, "", "no address"
    if address.scheme or address.netloc:
        return None, "", _trouble_elsewhere(address, loads)
    if address.path.startswith("/"):
        return None, "", "not relative"
    target = posixpath.normpath(posixpath.join(folder, unquote(address.path)))
    return target if address.path else "", unquote(address.fragment), ""


def _trouble_elsewhere(address: SplitResult, loads: bool) -> str:
    if loads:
        return "" if address.scheme == "data" else "loaded from elsewhere"
    return "" if address.scheme in _ELSEWHERE else f"unknown scheme {address.scheme!r}"
