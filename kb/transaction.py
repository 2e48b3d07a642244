"""Changes many files of a folder as one: after a crash all of them are new or none is.

New contents are staged beside the old; renaming the staging folder is the moment of decision, what
comes after it is repeated by whoever opens the folder next.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from corpus.errors import RuleBaseError

_STAGING, _DECIDED, _DONE = ".staging", ".decided", ".done"
_PLAN, _FILES = "plan.json", "files"
#: so many files are brought to the disk with all others
_MANY = 64


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Holds off writers while ``folder`` is read, after finishing what a killed one has left.

    Raises ``RuleBaseError`` if that cannot be finished.
    """
    if not folder.is_dir():
        yield
        return
    if _pending(folder):
        with _locked(folder, fcntl.LOCK_EX):
            _settle(folder)
    with _locked(folder, fcntl.LOCK_SH):
        yield


def change(folder: Path, contents: Mapping[PurePosixPath, bytes | None]) -> None:
    """Gives every file named in ``contents`` its new bytes; None takes the file away.

    Paths are relative to ``folder``. Raises ``RuleBaseError`` if the disk does not take them; the
    old files are then still there.
    """
    with changing(folder) as changes:
        for path, new in contents.items():
            changes.put(path, new)


@contextmanager
def changing(folder: Path) -> Iterator[Changes]:
    """Takes new contents one by one, and gives them to the files at the end of the block.

    Nobody else reads or writes meanwhile. If the block fails nothing is changed; raises as
    ``change`` does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder, fcntl.LOCK_EX):
        _settle(folder)
        changes = Changes(folder)
        try:
            yield changes
            changes.decide()
        except OSError as error:
            reason = (error.strerror or "").lower()
            what = f"cannot be written ({reason}); nothing was changed"
            raise RuleBaseError(what, where=folder, remedy="Make room or allow it.") from None
        finally:
            shutil.rmtree(folder / _STAGING, ignore_errors=True)
        _settle(folder)


class Changes:
    """New contents beside the old: on the disk, not in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._staging = folder, folder / _STAGING
        self._written: list[PurePosixPath] = []
        self._removed: list[PurePosixPath] = []

    def put(self, path: PurePosixPath, new: bytes | None) -> None:
        """The file at ``path`` is to hold ``new``; None takes it away."""
        if _bytes(self._folder / path) == new:
            return
        if new is None:
            self._removed.append(path)
            return
        staged = self._staging / _FILES / path
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(new)
        self._written.append(path)

    def decide(self) -> None:
        """From here on the change is finished, by whoever opens the folder next."""
        if not self._written and not self._removed:
            return
        plan = {"write": sorted(map(str, self._written)), "remove": sorted(map(str, self._removed))}
        self._staging.mkdir(parents=True, exist_ok=True)
        (self._staging / _PLAN).write_bytes(json.dumps(plan).encode())
        _sync_tree(self._staging)
        self._staging.rename(self._folder / _DECIDED)
        _sync(self._folder)


@contextmanager
def _locked(folder: Path, operation: int) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, operation)
        yield
    finally:
        os.close(descriptor)


def _pending(folder: Path) -> bool:
    return any((folder / name).exists() for name in (_STAGING, _DECIDED, _DONE))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _settle(folder: Path) -> None:
    """Finishes a change that was decided, forgets one that was not."""
    if (folder / _DECIDED).exists():
        try:
            _carry_out(folder)
            (folder / _DECIDED).rename(folder / _DONE)
            _sync(folder)
        except OSError as error:
            reason = (error.strerror or "").lower()
            what = f"an interrupted change cannot be finished ({reason})"
            raise RuleBaseError(what, where=folder, remedy="Allow writing there.") from None
    for leftover in (_STAGING, _DONE):
        shutil.rmtree(folder / leftover, ignore_errors=True)


def _carry_out(folder: Path) -> None:
    decided = folder / _DECIDED
    plan = json.loads((decided / _PLAN).read_bytes())
    touched = set[Path]()
    for name in plan["write"]:
        staged, target = decided / _FILES / name, folder / name
        # gone when an earlier attempt has moved it
        if staged.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
        touched.add(target.parent)
    for name in plan["remove"]:
        (folder / name).unlink(missing_ok=True)
        touched.add((folder / name).parent)
    for parent in sorted(path for path in touched if path.is_dir()):
        _sync(parent)


def _sync_tree(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    if len(files) > _MANY:
        # one by one they cost a laptop's disk milliseconds each
        os.sync()
        return
    for path in (*files, folder, *(path for path in folder.rglob("*") if path.is_dir())):
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
