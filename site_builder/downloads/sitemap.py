"""The list of all pages for search engines, after sitemaps.org.

A file holds 50,000 addresses at most; where there are more, the first file lists the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from xml.sax.saxutils import escape

from site_builder import urls

_MOST = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(
    url: str, changed: Mapping[str, date], most: int = _MOST
) -> Iterator[tuple[str, bytes]]:
    """The files with their paths; ``changed`` are the pages with the day each last changed."""
    pages = sorted(changed.items())
    if len(pages) <= most:
        yield urls.SITEMAP, _file("urlset", "url", url, pages)
        return
    parts = []
    for number, start in enumerate(range(0, len(pages), most), start=1):
        part = pages[start : start + most]
        parts.append((urls.sitemap_part(number), max(day for _, day in part)))
        yield parts[-1][0], _file("urlset", "url", url, part)
    yield urls.SITEMAP, _file("sitemapindex", "sitemap", url, parts)


def _file(root: str, entry: str, url: str, dated: Iterable[tuple[str, date]]) -> bytes:
    entries = "".join(
        f"<{entry}><loc>{escape(urls.public(url, path))}</loc>"
        f"<lastmod>{day.isoformat()}</lastmod></{entry}>\n"
        for path, day in dated
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{root} xmlns="{_NAMESPACE}">\n{entries}</{root}>\n'.encode()
