"""Builds the site and puts it in place whole: a reader finds the old one or the new, never a part.

Pages are made one by one and kept beside the site's folder; not before all are there do the two
change places. A page that says what it said before keeps its bytes, and the day it last changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.force.graph import Graph
from site_builder import urls
from site_builder.applying.files import claim_files
from site_builder.contents import pages
from site_builder.downloads.feed import feed
from site_builder.downloads.files import data_files
from site_builder.downloads.guide import guide
from site_builder.downloads.sitemap import sitemaps
from site_builder.holdings import Holdings
from site_builder.icalendar_files import calendar_files
from site_builder.links import DeadLink, LinkCheck
from site_builder.page import Edition, Page
from site_builder.render import render
from site_builder.search.index import index_files, version
from site_builder.staging import MARKER, Staging, refuse_foreign

__all__ = ["MARKER", "Progress", "SiteReport", "build_site", "refuse_foreign"]

_STATIC = Path(__file__).parent / "static"
_STATIC_KINDS = (".js", ".svg")
#: the day in the foot of a page; words of documents are escaped and cannot look like it
_CHANGED = re.compile(rb'<time datetime="(\d{4}-\d\d-\d\d)" data-changed>')
#: when an entry of a calendar was made (RFC 5545, 3.8.7.2)
_STAMP = re.compile(rb"(?m)^DTSTAMP[;:].*$")

#: told of the stage, how much of it is done, and how much there is; 0 where that is not known yet
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was built: counts of pages and files, bytes in all, and addresses that lead nowhere.

    Pages that are ``unchanged`` say what they said before, and were not written.
    """

    pages: int
    unchanged: int
    files: int
    bytes: int
    dead_links: tuple[DeadLink, ...]


def build_site(
    graph: Graph,
    out: Path,
    *,
    title: str,
    built: date,
    progress: Progress | None = None,
    url: str = "",
) -> SiteReport:
    """Replaces the site at ``out`` by one of ``graph``.

    The same graph, day and earlier site give the same bytes. ``url`` is the public address, which
    sitemap and feed need. Raises UsageError where ``out`` is something else than a site of ours, or
    cannot be written.
    """
    out = out.resolve()
    refuse_foreign(out)
    with Staging(out) as staging:
        build = _Build(staging, Holdings(graph, built), title, url, progress or _silent)
        dead = build.make()
        staging.swap()
    return SiteReport(
        pages=len(build.changed),
        unchanged=build.unchanged,
        files=len(staging.sizes),
        bytes=sum(staging.sizes.values()),
        dead_links=dead,
    )


class _Build:
    """One build: what has been made so far."""

    def __init__(
        self, staging: Staging, holdings: Holdings, title: str, url: str, tell: Progress
    ) -> None:
        self.staging, self.holdings, self.tell = staging, holdings, tell
        self.title, self.url = title, url
        self.unchanged = 0
        #: the day on which each page last changed
        self.changed: dict[str, date] = {}
        self._links = LinkCheck()

    def make(self) -> tuple[DeadLink, ...]:
        """Makes every file; the addresses that lead nowhere."""
        index, claims = index_files(self.holdings), claim_files(self.holdings)
        edition = Edition(
            self.title, self.holdings.built, version(index), self.url, version(claims)
        )
        self._put_files({**static_files(), **index, **claims})
        for path, content in calendar_files(self.holdings, edition).items():
            self._put_calendar(path, content)
        for page in pages(self.holdings, edition, self.staging.sizes):
            self._put_page(page)
        self.tell("pages", len(self.changed), len(self.changed))
        for path, content in self._of_pages(edition):
            self.staging.put(path, content)
        return self._links.dead(self.staging.sizes)

    def _put_files(self, files: dict[str, bytes]) -> None:
        data = list(data_files(self.holdings))
        total = len(files) + len(data)
        for done, (path, content) in enumerate(files.items(), start=1):
            self.staging.put(path, content)
            self.tell("files", done, total)
        for done, file in enumerate(data, start=len(files) + 1):
            self.staging.pour(file.path, file.make(self.staging.made))
            self.tell("files", done, total)

    def _put_calendar(self, path: str, content: bytes) -> None:
        """A calendar that says what it said before keeps its day, as a page does."""
        standing = self.staging.standing(path) or b""
        same = _STAMP.sub(b"", standing) == _STAMP.sub(b"", content)
        self.staging.put(path, standing if same else content)

    def _put_page(self, page: Page) -> None:
        """A page keeps the day on which it last changed, for as long as all else stays."""
        standing, today = self.staging.standing(page.path) or b"", self.holdings.built
        # no page has changed after the day of building, even where the clock has gone back
        day = min(_day_of(standing) or today, today)
        content = render(page.dated(day))
        if content != standing and day != today:
            day = today
            content = render(page.dated(day))
        self.unchanged += not self.staging.put(page.path, content)
        self.changed[page.path] = day
        self._links.read(page.path, content)
        self.tell("pages", len(self.changed), 0)

    def _of_pages(self, edition: Edition) -> Iterator[tuple[str, bytes]]:
        """Files about pages."""
        yield urls.LLMS, guide(self.holdings, edition)
        if self.url:
            yield urls.FEED, feed(self.holdings, edition)
            yield from sitemaps(self.url, self.changed)


def _day_of(page: bytes) -> date | None:
    found = _CHANGED.search(page)
    try:
        return date.fromisoformat(found[1].decode()) if found else None
    except ValueError:
        return None


def static_files() -> dict[str, bytes]:
    """Scripts, icon and style sheet, the same for every rule base."""
    found = (path for path in sorted(_STATIC.iterdir()) if path.suffix in _STATIC_KINDS)
    files = {f"static/{path.name}": path.read_bytes() for path in found}
    return {**files, "static/site.css": _styles()}


def _styles() -> bytes:
    """The parts of the style sheet as one file; what all pages share comes first."""
    parts = sorted((_STATIC / "css").glob("*.css"), key=lambda p: (p.stem != "base", p.stem))
    return b"\n".join(part.read_bytes() for part in parts)


def _silent(stage: str, done: int, total: int) -> None:
    pass
