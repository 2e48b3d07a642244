"""What a site is made of, as jobs that any process can do, and what each gives back.

A job puts its files into the staging folder; only counts, days and addresses come back. A page that
says what it said before keeps its bytes, and the day it last changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from site_builder import urls
from site_builder.applying.files import claim_files
from site_builder.building.contents import FEW, MANY, Few, Many, last_pages
from site_builder.building.links import LinkCheck
from site_builder.building.staging import Staging, Tally
from site_builder.downloads.feed import feed
from site_builder.downloads.files import DataFile, bulk_files, listings, record_files
from site_builder.downloads.guide import guide
from site_builder.downloads.icalendar_files import calendar_files
from site_builder.downloads.sitemap import sitemaps
from site_builder.holdings import Holdings
from site_builder.page import Edition, Page
from site_builder.render import render
from site_builder.search.folding import traditional_script
from site_builder.search.index import index_files, version
from site_builder.shares import Share, shares

_STATIC = Path(__file__).parent.parent / "static"
_STATIC_KINDS = (".js", ".svg")
#: things a share: files of documents, calendars of departments
_FILES, _CALENDARS = 100, 50
#: the day in the foot of a page; words of documents are escaped and cannot look like it
_CHANGED = re.compile(rb'<time datetime="(\d{4}-\d\d-\d\d)" data-changed>')
#: when an entry of a calendar was made (RFC 5545, 3.8.7.2)
_STAMP = re.compile(rb"(?m)^DTSTAMP[;:].*$")


@dataclass
class Made:
    """What has been made: files, on which day each page last changed, and where pages lead."""

    tally: Tally = field(default_factory=Tally)
    changed: dict[str, date] = field(default_factory=dict)
    #: pages that say what they said before
    unchanged: int = 0
    links: LinkCheck = field(default_factory=LinkCheck)
    #: the versions of the search index and of the conditions of claims, where those were made
    index: str = ""
    claims: str = ""

    def add(self, other: Made) -> None:
        """Counts what another job has made."""
        self.tally.add(other.tally)
        self.changed |= other.changed
        self.unchanged += other.unchanged
        self.links.add(other.links)
        self.index = self.index or other.index
        self.claims = self.claims or other.claims


@dataclass(frozen=True)
class Making:
    """A site in the making: what it is of, what its pages share, where its files go."""

    holdings: Holdings
    edition: Edition
    staging: Staging

    def jobs(self) -> tuple[Callable[[], Made], ...]:
        """All but what needs the others to be done; those that take longest come first."""
        return tuple(partial(self._made, job) for job in self._jobs())

    def rest(self, made: Made) -> Made:
        """What tells of files that have been ``made``."""
        edition = replace(self.edition, index=made.index, claims=made.claims)
        return self._made(partial(self._rest, edition, made))

    def _made(self, job: Callable[[Made], None]) -> Made:
        made = Made()
        with self.staging.counting() as made.tally:
            job(made)
        return made

    def _jobs(self) -> Iterator[Callable[[Made], None]]:
        yield self._index
        yield self._claims
        for listing in listings(self.holdings):
            yield partial(self._data, [listing])
        for few in FEW:
            yield partial(self._few, few)
        for many in MANY:
            for share in shares(many.count(self.holdings), many.most):
                yield partial(self._many, many, share)
        for share in shares(len(self.holdings.base.records), _FILES):
            yield partial(self._data, record_files(self.holdings, share))
        for share in shares(len(self.holdings.departments), _CALENDARS):
            yield partial(self._calendars, share)

    def _index(self, made: Made) -> None:
        self._files(static_files())
        made.index = version(self._passed(index_files(self.holdings)))

    def _claims(self, made: Made) -> None:
        made.claims = version(self._passed(claim_files(self.holdings).items()))

    def _passed(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """``files`` again, which have been taken in."""
        for path, content in files:
            self.staging.put(path, content)
            yield path, content

    def _rest(self, edition: Edition, known: Made, made: Made) -> None:
        self._data(bulk_files(self.holdings), made)
        sizes = {**known.tally.sizes, **made.tally.sizes}
        self._pages(last_pages(self.holdings, edition, sizes), made)
        self.staging.put(urls.LLMS, guide(self.holdings, edition))
        if edition.url:
            self.staging.put(urls.FEED, feed(self.holdings, edition))
            self._files(dict(sitemaps(edition.url, {**known.changed, **made.changed})))

    def _files(self, files: dict[str, bytes]) -> None:
        for path, content in files.items():
            self.staging.put(path, content)

    def _data(self, files: Iterable[DataFile], _: Made) -> None:
        for file in files:
            self.staging.pour(file.path, file.make(self.staging.made))

    def _calendars(self, share: Share, _: Made) -> None:
        """A calendar that says what it said before keeps its day, as a page does."""
        for path, content in calendar_files(self.holdings, self.edition, share).items():
            standing = self.staging.standing(path) or b""
            same = _STAMP.sub(b"", standing) == _STAMP.sub(b"", content)
            self.staging.put(path, standing if same else content)

    def _few(self, few: Few, made: Made) -> None:
        self._pages(few(self.holdings, self.edition), made)

    def _many(self, many: Many, share: Share, made: Made) -> None:
        self._pages(many.of(self.holdings, self.edition, share), made)

    def _pages(self, pages: Iterable[Page], made: Made) -> None:
        for page in pages:
            self._page(page, made)

    def _page(self, page: Page, made: Made) -> None:
        """A page keeps the day on which it last changed, for as long as all else stays."""
        standing, today = self.staging.standing(page.path), self.edition.built
        # no page has changed after the day of building, even where the clock has gone back
        day = min(_day_of(standing or b"") or today, today)
        content = render(page.dated(day))
        if content != standing and day != today:
            day = today
            content = render(page.dated(day))
        made.unchanged += not self.staging.put_over(standing, page.path, content)
        made.changed[page.path] = day
        made.links.read(page.path, content)


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
    made = {"static/site.css": _styles(), "static/traditional.js": traditional_script()}
    return {**files, **made}


def _styles() -> bytes:
    """The parts of the style sheet as one file; what all pages share comes first."""
    parts = sorted((_STATIC / "css").glob("*.css"), key=lambda p: (p.stem != "base", p.stem))
    return b"\n".join(part.read_bytes() for part in parts)
