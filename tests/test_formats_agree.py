"""The bundled notices, printed and saved in other formats, give the rules of the texts themselves.

LibreOffice and Chromium make the files; where they are missing, these tests say so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import html_samples
import printed
import pytest

from corpus.readers import read
from extractor.pipeline import extract
from kb.plain import to_plain
from kb.records import record_of
from kb.schema import Record

FOLDER = Path(__file__).parents[1] / "corpus" / "notices"
NAMES = sorted(path.stem for path in FOLDER.iterdir())
#: where a rule stands, which another format may tell otherwise
PLACES = ("span", "page")

Files = dict[str, Path]


def record(path: Path) -> Record:
    source = read(path, root=path.parent)
    return record_of(extract(source), source)


@pytest.fixture(scope="session")
def originals() -> dict[str, Record]:
    return {path.stem: record(path) for path in FOLDER.iterdir()}


@pytest.fixture(scope="session")
def texts(originals) -> dict[str, str]:
    return {name: original.text for name, original in originals.items()}


@pytest.fixture(scope="session")
def saved(libreoffice, texts, tmp_path_factory):
    """The notices as LibreOffice saves them: ``saved("pdf")``, each kind made once."""
    made: dict[str, Files] = {}

    def of_kind(kind: str) -> Files:
        if kind not in made:
            folder = tmp_path_factory.mktemp(kind)
            made[kind] = printed.save_in_office(libreoffice, texts, kind, folder)
        return made[kind]

    return of_kind


@pytest.fixture(scope="session")
def pages(texts, tmp_path_factory) -> Files:
    """The notices as pages of a portal."""
    folder = tmp_path_factory.mktemp("pages")
    files = {name: folder / f"{name}.html" for name in texts}
    for name, path in files.items():
        path.write_text(html_samples.page(f"<div>{printed.html_of(texts[name])}</div>"), "utf-8")
    return files


@pytest.fixture(scope="session")
def prints(browser, texts, tmp_path_factory) -> Files:
    """The notices as Chromium prints them."""
    folder = tmp_path_factory.mktemp("prints")
    return {
        name: printed.print_in_browser(browser, printed.html_of(text), folder, name)
        for name, text in texts.items()
    }


def assert_same(made: Path, original: Record) -> Record:
    """Rules, citations, own force and identity are those of the original, value for value."""
    again = record(made)
    one, other = to_plain(original), to_plain(again)
    assert rules(other) == rules(one)
    assert len(rules(one)) > 30
    for part in ("citations", "validity"):
        assert without_places(other[part]) == without_places(one[part])
    assert [(t["header"], t["rows"]) for t in other["tables"]] == [
        (t["header"], t["rows"]) for t in one["tables"]
    ]
    assert [(c["path"], c["anchor"]) for c in other["clauses"]] == [
        (c["path"], c["anchor"]) for c in one["clauses"]
    ]
    left = {**other["document"], "source": None} == {**one["document"], "source": None}
    assert left, "title, number, issuers or dates differ"
    return again


def rules(plain: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = without_places(plain["rules"])
    return found


def without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_places(v) for key, v in value.items() if key not in PLACES}
    return [without_places(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
def test_what_libreoffice_saves_gives_the_same_rules(saved, originals, kind, name):
    again = assert_same(saved(kind)[name], originals[name])
    assert not again.findings or {f.code for f in again.findings} <= {
        f.code for f in originals[name].findings
    }


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_what_a_browser_prints_gives_the_same_rules(prints, originals, name):
    again = assert_same(prints[name], originals[name])
    pages = [rule.page or 0 for rule in again.rules]
    assert pages[0] >= 1 and pages[-1] > 1


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_page_gives_the_same_rules(pages, originals, name):
    assert_same(pages[name], originals[name])
