"""Builds the site and puts it in place whole: a reader finds the old one or the new, never a part.

All files exist in memory before the first byte is written. They are written beside the site's
folder, which then changes places with them in one step where the system can do that.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urljoin
from xml.sax.saxutils import escape

from corpus.errors import UsageError
from kb.force.graph import Graph
from site_builder import urls
from site_builder.contents import pages
from site_builder.downloads import data_files
from site_builder.holdings import Holdings
from site_builder.icalendar_files import calendar_files
from site_builder.links import DeadLink, dead_links, pages_of
from site_builder.page import Edition
from site_builder.render import render
from site_builder.search_index import index_files, version

MARKER = ".policykb-site"
_MARKER_TEXT = b"Built by policykb. This folder is replaced as a whole by the next build.\n"
_ELSEWHERE = "Empty it, or set another folder as paths.site in policykb.toml."
_STATIC = Path(__file__).parent / "static"
_STATIC_KINDS = (".js", ".svg")
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2

#: told of the stage, how much of it is done, and how much there is
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was built: counts of pages and files, bytes in all, and addresses that lead nowhere."""

    pages: int
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
    """Replaces the site at ``out`` by one of ``graph``; the same graph and day give the same bytes.

    ``url`` is the public address, needed only for a sitemap. Raises UsageError where ``out`` is
    something else than a site of ours, or cannot be written.
    """
    tell = progress or _silent
    out = out.resolve()
    refuse_foreign(out)
    files = gather(graph, title=title, built=built, url=url, progress=tell)
    dead = dead_links(files)
    try:
        replace(out, files, tell)
    except OSError as problem:
        raise UsageError(
            f"the site cannot be written: {problem.strerror or problem}",
            where=problem.filename or out,
            remedy="Make room there or name another folder; the site that was there is untouched.",
        ) from problem
    return SiteReport(
        pages=sum(1 for _ in pages_of(files)),
        files=len(files),
        bytes=sum(map(len, files.values())),
        dead_links=dead,
    )


def gather(
    graph: Graph, *, title: str, built: date, url: str = "", progress: Progress
) -> dict[str, bytes]:
    """Every file of the site by its path in it."""
    holdings = Holdings(graph, built)
    index, data = index_files(graph.base), data_files(graph.base)
    edition = Edition(title, built, version(index), url)
    planned = list(pages(holdings, edition, data))
    calendars = calendar_files(holdings, edition)
    files = {MARKER: _MARKER_TEXT, **_static_files(), **index, **data, **calendars}
    for done, page in enumerate(planned, start=1):
        files[page.path] = render(page)
        progress("pages", done, len(planned))
    if url:
        files[urls.SITEMAP] = _sitemap(url, [page.path for page in planned], built)
    return dict(sorted(files.items()))


def refuse_foreign(out: Path) -> None:
    """Raises UsageError unless ``out`` is free, empty, or a site that this module built."""
    if not out.exists() or (out.is_dir() and (out / MARKER).is_file()):
        return
    if not out.is_dir():
        raise UsageError(
            "the site needs a folder, and this is a file", where=out, remedy=_ELSEWHERE
        )
    if any(out.iterdir()):
        raise UsageError(
            "the folder holds files that policykb did not build, so it is not replaced",
            where=out,
            remedy=_ELSEWHERE,
        )


def replace(out: Path, files: Mapping[str, bytes], progress: Progress) -> None:
    """Puts ``files`` in the place of ``out`` after mending what an interrupted build left."""
    new, old = (out.with_name(f".{out.name}.policykb-{which}") for which in ("new", "old"))
    out.parent.mkdir(parents=True, exist_ok=True)
    recover(out)
    try:
        _stage(new, files, progress)
        _swap(new, out, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if out.exists():
            shutil.rmtree(old, ignore_errors=True)


def recover(out: Path) -> None:
    """Brings back a site that an interrupted build had moved aside, and clears what it left."""
    new, old = (out.with_name(f".{out.name}.policykb-{which}") for which in ("new", "old"))
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in (new, old):
        if leftover.exists():
            shutil.rmtree(leftover)


def _stage(folder: Path, files: Mapping[str, bytes], progress: Progress) -> None:
    for done, (path, content) in enumerate(files.items(), start=1):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        progress("files", done, len(files))


def _swap(new: Path, out: Path, old: Path) -> None:
    if not out.exists():
        new.rename(out)
    elif not _exchange(new, out):
        out.rename(old)
        try:
            new.rename(out)
        except OSError:
            old.rename(out)
            raise


def _exchange(one: Path, other: Path) -> bool:
    """Lets two folders change places in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)


def _static_files() -> dict[str, bytes]:
    found = (path for path in sorted(_STATIC.iterdir()) if path.suffix in _STATIC_KINDS)
    files = {f"static/{path.name}": path.read_bytes() for path in found}
    return {**files, "static/site.css": _styles()}


def _styles() -> bytes:
    """The parts of the style sheet as one file; what all pages share comes first."""
    parts = sorted((_STATIC / "css").glob("*.css"), key=lambda p: (p.stem != "base", p.stem))
    return b"\n".join(part.read_bytes() for part in parts)


def _sitemap(url: str, paths: list[str], built: date) -> bytes:
    base = url if url.endswith("/") else f"{url}/"
    entries = "".join(
        f"<url><loc>{escape(urljoin(base, urls.href(path)))}</loc>"
        f"<lastmod>{built.isoformat()}</lastmod></url>\n"
        for path in paths
    )
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<urlset xmlns="{namespace}">\n{entries}</urlset>\n'.encode()


def _silent(stage: str, done: int, total: int) -> None:
    pass
