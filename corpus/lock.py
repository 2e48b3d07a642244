"""Lets one process at a time write to a workspace.

The lock goes with the process: one that is killed leaves no lock behind.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import BusyError, UsageError
from corpus.workspace import Workspace

_held: set[int] = set()


def _let_go() -> None:
    """In a forked process: it must not hold on to the lock when its parent has been killed."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_let_go)


@contextmanager
def writing(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace for writing; raises ``BusyError`` naming the process that has it."""
    path = workspace.cache / "lock"
    descriptor = _open(path, workspace.root)
    _held.add(descriptor)
    try:
        _take(descriptor, path, workspace.root)
        yield
    finally:
        _held.discard(descriptor)
        os.close(descriptor)


def _open(path: Path, root: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        reason = (error.strerror or "").lower()
        remedy = "Give yourself the right to write to this folder."
        raise UsageError(
            f"cannot write to {path.parent.name} ({reason})", where=root, remedy=remedy
        ) from None


def _take(descriptor: int, path: Path, root: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = path.read_text("ascii").strip() or "unknown"
        what = f"another policykb (process {holder}) is writing to this workspace"
        raise BusyError(what, where=root, remedy="Wait until it is done, or end it.") from None
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
