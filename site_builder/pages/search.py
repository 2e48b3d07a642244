"""The page that searches; the browser does the rest.

``static/search.js`` finds, ``static/results.js`` shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder import urls
from site_builder.contexts import Shell
from site_builder.page import Edition, Page, Templates


@dataclass(frozen=True, slots=True)
class SearchPage:
    """search.html"""

    shell: Shell


TEMPLATES: Templates = {"search.html": SearchPage}


def pages(edition: Edition) -> Iterator[Page]:
    """The search page."""
    shell = edition.shell(urls.SEARCH, "检索", "search")
    yield Page(urls.SEARCH, "search.html", SearchPage(shell))
