"""Builds the site and puts it in place whole: a reader finds the old one or the new, never a part.

Everything is made beside the site's folder, by several processes if there are; not before all is
there do the two change places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from kb.force.graph import Graph
from site_builder.building.making import Made, Making
from site_builder.building.processes import in_order
from site_builder.building.report import SiteReport
from site_builder.building.staging import MARKER, Staging, refuse_foreign
from site_builder.holdings import Holdings
from site_builder.page import Edition
from site_builder.unread import Unread

__all__ = ["MARKER", "Progress", "SiteReport", "build_site", "refuse_foreign"]

#: told of the stage, how many of its parts are done, and how many there are
Progress = Callable[[str, int, int], None]
Jobs = Sequence[Callable[[], Any]]


def build_site(
    graph: Graph,
    out: Path,
    *,
    title: str,
    built: date,
    progress: Progress | None = None,
    url: str = "",
    jobs: int = 1,
    unread: tuple[Unread, ...] = (),
) -> SiteReport:
    """Replaces the site at ``out`` by one of ``graph``, made by so many processes as ``jobs`` says.

    The same graph, day and earlier site give the same bytes. ``url`` is the public address, which
    sitemap and feed need; ``unread`` are documents that are not in the graph. Raises UsageError
    where ``out`` is something else than a site of ours, or cannot be written.
    """
    out = out.resolve()
    refuse_foreign(out)
    with Staging(out) as staging:
        edition = Edition(title, built, "", url, unread=unread)
        making = Making(Holdings(graph, built), edition, staging)
        made = _make(making, jobs, progress or _silent)
        staging.tally.add(made.tally)
        dead = made.links.dead(staging.tally.sizes, lambda path: b"".join(staging.made(path)))
        staging.swap()
    return SiteReport(
        pages=len(made.changed),
        unchanged=made.unchanged,
        files=len(staging.tally.sizes),
        bytes=sum(staging.tally.sizes.values()),
        dead_links=dead,
    )


def _make(making: Making, processes: int, tell: Progress) -> Made:
    """Makes every file. What each job gives is counted in their order, so that chance decides
    nothing.
    """

    def together(stage: str, jobs: Jobs, more: int = 0) -> Sequence[Any]:
        return in_order(jobs, processes, lambda done: tell(stage, done, len(jobs) + more))

    making.holdings.prepare(partial(together, "conditions"))
    jobs, whole = making.jobs(), Made()
    for made in together("site", jobs, 1):
        whole.add(made)
    whole.add(making.rest(whole))
    tell("site", len(jobs) + 1, len(jobs) + 1)
    return whole


def _silent(stage: str, done: int, total: int) -> None:
    pass
