"""Checks that every address in the site's pages leads to a file, and every anchor to an id.

Addresses elsewhere may be linked but never loaded. Pages are read one by one; of ids and addresses
only numbers are kept, for a large site has millions. A page with a dead address is read again.
"""

from __future__ import annotations

import posixpath
import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import numpy as np

_LINKS = {"href": ("a", "link", "area"), "action": ("form",)}
_LOADS = {"src": ("script", "img", "iframe", "source", "audio", "video"), "href": ("link",)}
_ELSEWHERE = ("http", "https", "mailto", "tel", "webcal")
NO_ANCHOR = "no such anchor"
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


def _integers() -> array[int]:
    return array("q")


@dataclass
class LinkCheck:
    """The ids and addresses of pages that have been read, as hashes.

    Processes that share their work are forked, and so have one seed of hashes.
    """

    _pages: list[str] = field(default_factory=list)
    _ids: array[int] = field(default_factory=_integers)
    #: where addresses lead, and the numbers of the pages that they stand in
    _wanted: array[int] = field(default_factory=_integers)
    _standing_in: array[int] = field(default_factory=_integers)
    _dead: dict[tuple[str, str], DeadLink] = field(default_factory=dict)

    def read(self, path: str, content: bytes) -> None:
        """Takes the ids and addresses of a page."""
        page, number = read_page(content), len(self._pages)
        self._pages.append(path)
        self._ids.extend(hash((path, name)) for name in page.ids)
        for place in _places(path, page):
            if not place.reason:
                self._wanted.append(hash((place.target, place.anchor)))
                self._standing_in.append(number)
            elif place.reason == NO_ANCHOR:
                self._dead[path, place.link] = DeadLink(path, place.link, place.reason)
            else:
                self._dead.setdefault(("", place.link), DeadLink(path, place.link, place.reason))

    def add(self, other: LinkCheck) -> None:
        """Takes what ``other`` has read; an address in both is told of the page read first."""
        before = len(self._pages)
        self._pages += other._pages
        self._ids += other._ids
        self._wanted += other._wanted
        self._standing_in.extend(number + before for number in other._standing_in)
        self._dead = other._dead | self._dead

    def dead(self, files: Collection[str], read: Callable[[str], bytes]) -> tuple[DeadLink, ...]:
        """The addresses of the pages read that lead nowhere among ``files``; ``read`` gives the
        bytes of a page again.
        """
        there = np.array([hash((path, "")) for path in files], np.int64)
        wanted, ids = (np.frombuffer(held, np.int64) for held in (self._wanted, self._ids))
        unmet = ~np.isin(wanted, np.concatenate([there, ids]))
        numbers = np.unique(np.frombuffer(self._standing_in, np.int64)[unmet])
        pages = [self._pages[number] for number in numbers.tolist()]
        return tuple(sorted({*self._dead.values(), *_unmet(pages, files, read)}))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an address leads: file and anchor, or why it leads nowhere whatever else there is."""

    link: str
    target: str
    anchor: str
    reason: str


def _places(path: str, page: PageLinks) -> Iterator[_Place]:
    """Where the addresses of a page lead; those that lead elsewhere and are sound are left out."""
    folder = posixpath.dirname(path)
    for link, loads in page.links:
        if link.startswith("#"):
            if link != "#" and unquote(link[1:]) not in page.ids:
                yield _Place(link, path, "", NO_ANCHOR)
            continue
        target, anchor, reason = _read(folder, link, loads)
        if reason:
            yield _Place(link, "", "", reason)
        elif target is not None:
            yield _Place(link, target or path, anchor, "")


def _unmet(
    pages: Iterable[str], files: Collection[str], read: Callable[[str], bytes]
) -> Iterator[DeadLink]:
    """The first address to each place that is not there."""
    ids: dict[str, frozenset[str]] = {}
    told: set[tuple[str, str]] = set()
    for path in pages:
        for place in _places(path, read_page(read(path))):
            where = (place.target, place.anchor)
            if place.reason or where in told:
                continue
            if place.target in files and place.target not in ids:
                is_page = place.target.endswith(".html")
                ids[place.target] = read_page(read(place.target)).ids if is_page else frozenset()
            if place.target not in files:
                told.add(where)
                yield DeadLink(path, place.link, "no such file")
            elif place.anchor and place.anchor not in ids[place.target]:
                told.add(where)
                yield DeadLink(path, place.link, NO_ANCHOR)


def check_folder(folder: Path) -> tuple[DeadLink, ...]:
    """The dead links of a built site."""
    check, paths = LinkCheck(), set()
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file():
            paths.add(path)
        if path.endswith(".html"):
            check.read(path, file.read_bytes())
    return check.dead(paths, lambda path: (folder / path).read_bytes())


def dead_links(files: Mapping[str, bytes]) -> tuple[DeadLink, ...]:
    """The dead links among ``files``, given by their paths in the site."""
    check = LinkCheck()
    for path, content in files.items():
        if path.endswith(".html"):
            check.read(path, content)
    return check.dead(files, files.__getitem__)


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
