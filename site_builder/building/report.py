"""What a build of the site tells: how much there is, and what leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.building.links import DeadLink


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
