"""One digest of code: any other file, name or library changes it, and no other machine does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.building.code_version import HOME, code_version, version_of
from site_builder.building import memory

LIBRARIES = {"lxml": "6.0.0", "spacy": "none"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "kb").mkdir()
    for name in ("a.py", "b.py"):
        (tmp_path / "kb" / name).write_text(f"# {name}", "utf-8")
    return tmp_path


def version(root: Path) -> str:
    return version_of(root, sorted(root.rglob("*.py")), LIBRARIES)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "kb/a.py").write_text("# b", "utf-8"),
        lambda root: (root / "kb/a.py").unlink(),
        lambda root: (root / "kb/a.py").rename(root / "kb/c.py"),
        # the same name elsewhere is other code
        lambda root: (root / "kb/a.py").rename(root / "a.py"),
    ],
)
def test_any_other_code_is_told(root: Path, change: Callable[[Path], object]) -> None:
    before = version(root)
    assert version(root) == before
    change(root)
    assert version(root) != before


def test_another_version_of_a_library_is_other_code(root: Path) -> None:
    assert version_of(root, (), LIBRARIES) != version_of(root, (), {**LIBRARIES, "spacy": "3.8.0"})


def test_the_same_code_elsewhere_is_the_same(root: Path, tmp_path: Path) -> None:
    before = version(root)
    moved = tmp_path / "moved"
    moved.mkdir()
    (root / "kb").rename(moved / "kb")
    assert version(moved) == before


def test_a_site_is_made_by_more_than_what_reads_documents() -> None:
    assert len(code_version()) == 16
    assert not memory._program().startswith(code_version())
    assert (HOME / "site_builder").is_dir()
