"""A change of many files is made whole or not at all, wherever the process is killed."""

import fcntl
import os
import subprocess
import sys
import textwrap
from pathlib import Path, PurePosixPath

import pytest

from corpus.errors import RuleBaseError
from kb import transaction

ROOT = Path(__file__).parents[1]
OLD = {"rules/a.yaml": b"a1", "rules/b.yaml": b"b1", "texts/a.txt": b"ta1", "texts/gone.txt": b"g"}
NEW = {"rules/a.yaml": b"a2", "rules/b.yaml": b"b1", "texts/a.txt": b"ta2", "new/c.yaml": b"c2"}
CHANGE = {PurePosixPath(name): content for name, content in NEW.items()} | {
    PurePosixPath("texts/gone.txt"): None
}


class Killed(BaseException):
    """Stands for the end of the process: nothing may catch it."""


def state(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def folder(tmp_path):
    return fresh(tmp_path)


def test_a_change_writes_and_removes(folder):
    transaction.change(folder, CHANGE)
    assert state(folder) == NEW


def test_files_that_stay_equal_are_not_written_again(folder):
    before = (folder / "rules/b.yaml").stat().st_mtime_ns, (folder / "rules/b.yaml").stat().st_ino
    transaction.change(folder, CHANGE)
    after = (folder / "rules/b.yaml").stat().st_mtime_ns, (folder / "rules/b.yaml").stat().st_ino
    assert before == after


#: every call by which a change reaches the disk
STEPS = (
    (Path, "mkdir"),
    (Path, "open"),
    (Path, "rename"),
    (Path, "replace"),
    (Path, "unlink"),
    (os, "fsync"),
    (transaction.shutil, "rmtree"),
)


def killed_before(step: int, monkeypatch) -> None:
    """Lets the ``step``-th call of ``STEPS``, from now on, be the end."""
    calls = iter(range(step + 1))

    def deadly(function):
        def call(*arguments, **options):
            if next(calls, step) == step:
                raise Killed
            return function(*arguments, **options)

        return call

    for owner, name in STEPS:
        monkeypatch.setattr(owner, name, deadly(getattr(owner, name)))


def fresh(folder: Path) -> Path:
    transaction.change(folder, {PurePosixPath(name): old for name, old in OLD.items()})
    return folder


def change(folder: Path) -> None:
    transaction.change(folder, CHANGE)


def look(folder: Path) -> None:
    with transaction.reading(folder):
        pass


def killed_at(step: int, monkeypatch, act, folder: Path) -> bool:
    """Whether the ``step``-th call came before ``act`` was done."""
    with monkeypatch.context() as patch:
        killed_before(step, patch)
        try:
            act(folder)
        except Killed:
            return True
    return False


def test_a_kill_at_any_step_leaves_old_or_new(tmp_path, monkeypatch):
    outcomes = []
    for step in range(1000):
        folder = fresh(tmp_path / str(step))
        if not killed_at(step, monkeypatch, change, folder):
            break
        with transaction.reading(folder):
            assert state(folder) in (OLD, NEW)
            outcomes.append(state(folder) == NEW)
        transaction.change(folder, CHANGE)
        assert state(folder) == NEW
    assert len(outcomes) > 30
    assert outcomes == sorted(outcomes), "once decided, a change stays decided"
    assert {True, False} == set(outcomes)


@pytest.mark.parametrize("second", range(0, 15, 2))
def test_a_kill_while_recovering_is_recovered_from(second, tmp_path, monkeypatch):
    for first in range(0, 45, 2):
        folder = fresh(tmp_path / str(first))
        killed_at(first, monkeypatch, change, folder)
        killed_at(second, monkeypatch, look, folder)
        with transaction.reading(folder):
            assert state(folder) in (OLD, NEW)


def test_a_full_disk_leaves_the_old_files_and_says_so(folder, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(RuleBaseError, match=r"no space left on device\); nothing was changed"):
            transaction.change(folder, CHANGE)
    assert state(folder) == OLD


def test_a_reader_waits_for_a_writer(folder):
    held = os.open(folder, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    with pytest.raises(subprocess.TimeoutExpired):
        reader.wait(1)
    (folder / "rules/a.yaml").write_bytes(b"a2")
    os.close(held)
    out, _ = reader.communicate(timeout=300)
    assert out == b"a2"


READER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from kb import transaction
    folder = Path(sys.argv[1])
    with transaction.reading(folder):
        sys.stdout.write((folder / "rules/a.yaml").read_text())
""")


def test_a_folder_that_is_not_there_can_be_read(tmp_path):
    with transaction.reading(tmp_path / "none"):
        pass
    assert not (tmp_path / "none").exists()
