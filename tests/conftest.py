"""Fixtures that several test modules share: a small workspace, and the command line."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

import policykb
from bench import postgres_server
from bench.bed import notice
from corpus.workspace import Workspace, create

ROOT = Path(__file__).parents[1]


def reads_everything() -> bool:
    """Whether this user opens files that nobody may read, as root does."""
    with tempfile.NamedTemporaryFile() as file:
        path = Path(file.name)
        path.chmod(0)
        return os.access(path, os.R_OK, effective_ids=True)


#: for tests of what may not be read
needs_permissions = pytest.mark.skipif(reads_everything(), reason="this user may read everything")


@dataclass(frozen=True)
class Outcome:
    """What a command has said, and its exit status."""

    status: int
    out: str
    err: str


def installed(what: str, *names: str) -> str:
    """The path of a program by one of its ``names``; without it CI fails, other machines skip."""
    return next(filter(None, map(shutil.which, names)), None) or missing(what)


def missing(what: str) -> NoReturn:
    """Tests need ``what``, which is not here: CI fails, other machines skip."""
    if os.environ.get("CI"):
        pytest.fail(f"no {what}: its tests have to run in CI")
    pytest.skip(f"no {what} on this machine; install it to run these tests")


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """LibreOffice's path."""
    return installed("LibreOffice", "soffice", "libreoffice")


@pytest.fixture(scope="session")
def consumers() -> Path:
    """The Python of an environment with the programs that read exports."""
    python = ROOT / ".venv-consumers" / "bin" / "python"
    return python if python.exists() else missing("reader of exports (make consumers)")


@pytest.fixture(scope="session")
def tesseract() -> str:
    """Tesseract's path; it knows simplified Chinese."""
    path = installed("Tesseract", "tesseract")
    said = subprocess.run([path, "--list-langs"], capture_output=True, text=True, check=False)
    if "chi_sim" not in said.stdout.split():
        missing("Tesseract's simplified Chinese (chi_sim)")
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of this run's own."""
    if postgres_server.programs() is None:
        missing("PostgreSQL")
    with postgres_server.running("fsync=off") as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once."""
    path = installed("Chromium", "chromium", "chromium-browser")
    # it takes a moment to import, which only tests with a browser should wait for
    from playwright.sync_api import expect, sync_playwright

    # a loaded machine needs more than the 5 s that an expectation waits by itself
    expect.set_options(timeout=30_000)

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs the command line in this process: ``run("check")``."""

    def call(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["policykb", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            policykb.main()
        said = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), said.out, said.err)

    return call


@pytest.fixture
def space(tmp_path, monkeypatch) -> Workspace:
    """A new workspace, which is the current folder."""
    workspace = create(tmp_path / "space")
    monkeypatch.chdir(workspace.root)
    return workspace


@pytest.fixture
def add(space):
    """Puts a notice into the documents folder: ``add("a.txt", 1)``."""

    def put(name: str, serial: int, subsidy: int = 300) -> Path:
        path = space.documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notice(serial, subsidy), "utf-8")
        return path

    return put
