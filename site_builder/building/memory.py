"""Remembers what the site that stands was made of, so that what has not changed is not made again.

A site counts as unchanged only if the rule base, the settings, the day and the program are the same
and every one of its files is as the build left it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from corpus.folder_state import state_of
from kb.building.code_version import HOME, version_of
from site_builder.building.report import SiteReport

#: what makes pages: code, lexicons, templates, scripts and styles
_PACKAGES = ("corpus", "extractor", "kb", "site_builder")
_SOURCES = (".py", ".yaml", ".txt", ".tsv", ".csv", ".json", ".html", ".js", ".css", ".svg")
#: the rule base itself lies in the package of that name
_DATA = ("rules", "texts", "reviews", "relations")


@dataclass(frozen=True)
class Memory:
    """What is remembered in ``file`` of a site made of a rule base and ``settings``."""

    file: Path
    rule_base: Path
    settings: tuple[str, ...]

    def standing(self, site: Path) -> SiteReport | None:
        """The report of the build that made ``site``; None where anything may have changed."""
        made_of = self._made_of
        with suppress(OSError, ValueError, TypeError, KeyError):
            told = json.loads(self.file.read_text("utf-8"))
            if told["made_of"] == made_of and told["files"] == state_of(site):
                report = SiteReport(**told["report"], dead_links=())
                return replace(report, unchanged=report.pages)
        return None

    def keep(self, site: Path, report: SiteReport) -> None:
        """Remembers the site that has been built; one with dead links is built anew, and told."""
        plain = {name: value for name, value in asdict(report).items() if name != "dead_links"}
        told = {"made_of": self._made_of, "files": state_of(site), "report": plain}
        fresh = self.file.with_suffix(".new")
        with suppress(OSError):
            self.forget()
            if not report.dead_links:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                fresh.write_text(json.dumps(told), "utf-8")
                fresh.replace(self.file)

    def forget(self) -> None:
        """The next build makes everything."""
        self.file.unlink(missing_ok=True)

    @cached_property
    def _made_of(self) -> str:
        """Found out once, before the site is built: what is edited meanwhile is not in it."""
        parts = (*self.settings, _program(), self._digest)
        return sha256(json.dumps(parts).encode()).hexdigest()

    @property
    def _digest(self) -> str:
        return version_of(self.rule_base, _files(self.rule_base, _DATA), {})


@cache
def _program() -> str:
    """A digest of all that decides what a page looks like."""
    libraries = dict(sorted((found.name, found.version) for found in distributions()))
    sources = (
        path
        for path in _files(HOME, _PACKAGES)
        if path.suffix in _SOURCES and path.relative_to(HOME).parts[1] not in _DATA
    )
    return version_of(HOME, sources, libraries)


def _files(root: Path, folders: Iterable[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in (root / folder).rglob("*") if path.is_file())
