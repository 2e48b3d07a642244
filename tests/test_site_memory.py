"""A site is kept only where nothing has changed that it is made of, and nothing in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.building.links import DeadLink
from site_builder.building.memory import Memory
from site_builder.building.report import SiteReport

BUILT = SiteReport(pages=3, unchanged=1, files=4, bytes=50, dead_links=())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for path, words in (
        ("kb/rules/a.yaml", "a: 1"),
        ("kb/texts/a.txt", "一、"),
        ("kb/relations/curated.yaml", "[]"),
        ("site/index.html", "<p>"),
        ("site/documents/a.html", "<p>"),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(words, "utf-8")
    return tmp_path


def memory(place: Path, *settings: str) -> Memory:
    return Memory(place / ".policykb" / "site.json", place / "kb", settings)


def test_what_has_not_changed_is_told_as_it_was(place: Path) -> None:
    assert memory(place, "题").standing(place / "site") is None
    memory(place, "题").keep(place / "site", BUILT)
    told = memory(place, "题").standing(place / "site")
    assert told == SiteReport(pages=3, unchanged=3, files=4, bytes=50, dead_links=())


def _same_size_and_time(path: Path) -> None:
    before = path.stat()
    path.write_text("b: 2", "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        lambda place: (place / "kb/rules/b.yaml").write_text("b: 1", "utf-8"),
        lambda place: _same_size_and_time(place / "kb/rules/a.yaml"),
        lambda place: (place / "kb/texts/a.txt").write_text("二、", "utf-8"),
        lambda place: (place / "kb/relations/curated.yaml").unlink(),
        lambda place: (place / "site/index.html").write_text("<p>mine", "utf-8"),
        lambda place: (place / "site/index.html").unlink(),
        lambda place: (place / "site/stray.html").write_text("", "utf-8"),
        lambda place: (place / "site/documents/a.html").rename(place / "site/documents/b.html"),
        lambda place: (place / ".policykb/site.json").write_text('{"made_of": 1', "utf-8"),
        lambda place: (place / ".policykb/site.json").unlink(),
    ],
)
def test_any_change_is_seen(place: Path, change: Callable[[Path], object]) -> None:
    memory(place).keep(place / "site", BUILT)
    assert memory(place).standing(place / "site")
    change(place)
    assert memory(place).standing(place / "site") is None


def test_other_settings_are_a_change(place: Path) -> None:
    memory(place, "题", "2025-03-01").keep(place / "site", BUILT)
    assert memory(place, "题", "2025-03-02").standing(place / "site") is None


def test_what_is_edited_while_the_site_is_built_is_not_taken_for_built(place: Path) -> None:
    building = memory(place)
    assert building.standing(place / "site") is None
    (place / "kb/rules/a.yaml").write_text("a: 2", "utf-8")
    building.keep(place / "site", BUILT)
    assert memory(place).standing(place / "site") is None


def test_dead_links_are_told_by_every_build(place: Path) -> None:
    memory(place).keep(place / "site", BUILT)
    dead = DeadLink("index.html", "x.html", "no such file")
    memory(place).keep(place / "site", SiteReport(3, 0, 4, 50, (dead,)))
    assert memory(place).standing(place / "site") is None


def test_a_folder_that_cannot_be_written_costs_only_time(place: Path) -> None:
    (place / ".policykb").write_text("a file", "utf-8")
    memory(place).keep(place / "site", BUILT)
    assert memory(place).standing(place / "site") is None
