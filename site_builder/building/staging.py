"""The site in the making, beside the one that stands: files are put in, then both change places.

A file whose bytes stand already is linked and not written. Whatever ends a build early leaves the
site that stood as it was, and the next build clears up.
"""

from __future__ import annotations

import ctypes
import filecmp
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.errors import UsageError

MARKER = ".policykb-site"
_MARKER_TEXT = b"Built by policykb. This folder is replaced as a whole by the next build.\n"
_ELSEWHERE = "Empty it, or set another folder as paths.site in policykb.toml."
_PIECE = 1 << 20
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def refuse_foreign(out: Path) -> None:
    """Raises UsageError unless ``out`` is free, empty, or a site that policykb built."""
    if not out.exists() or (out.is_dir() and (out / MARKER).is_file()):
        return
    if not out.is_dir():
        raise UsageError(
            "the site needs a folder, and this is a file", where=out, remedy=_ELSEWHERE
        )
    if any(out.iterdir()):
        raise UsageError(
            "the folder holds files that policykb did not build, so it is not replaced",
            where=out,
            remedy=_ELSEWHERE,
        )


@dataclass
class Tally:
    """Files that were taken in, with their bytes; ``written`` counts those that are not as in the
    site that stands.
    """

    sizes: dict[str, int] = field(default_factory=dict)
    written: int = 0

    def add(self, other: Tally) -> None:
        """Counts what ``other`` has counted."""
        self.sizes |= other.sizes
        self.written += other.written


class Staging:
    """A site in the making that will stand at ``out``. Use it with ``with``.

    ``tally`` counts what has been taken in.
    """

    def __init__(self, out: Path) -> None:
        self.tally = Tally()
        self._out, self._stands = out, False
        self._new, self._old = _beside(out)
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        with _told(self._out):
            self._out.parent.mkdir(parents=True, exist_ok=True)
            recover(self._out)
        self._stands = self._out.exists()
        try:
            self.put(MARKER, _MARKER_TEXT)
        except BaseException:
            shutil.rmtree(self._new, ignore_errors=True)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._new, ignore_errors=True)
        if self._out.exists():
            shutil.rmtree(self._old, ignore_errors=True)

    @contextmanager
    def counting(self) -> Iterator[Tally]:
        """What is taken in meanwhile is counted apart: another process may have to be told."""
        whole, self.tally = self.tally, Tally()
        try:
            yield self.tally
        finally:
            self.tally = whole

    def standing(self, path: str) -> bytes | None:
        """The bytes of ``path`` in the site that stands; None where it has no such file."""
        if not self._stands:
            return None
        file = self._out / path
        try:
            return None if file.is_symlink() else file.read_bytes()
        except OSError:
            return None

    def put(self, path: str, content: bytes) -> bool:
        """Takes a file in; whether it differs from the one that stands."""
        return self.put_over(self.standing(path), path, content)

    def put_over(self, standing: bytes | None, path: str, content: bytes) -> bool:
        """The same where it is known what stands."""
        with _told(self._out):
            differs = standing != content
            if differs:
                self._place(path).write_bytes(content)
            else:
                self._keep(path)
        return self._counted(path, len(content), differs)

    def pour(self, path: str, chunks: Iterator[bytes]) -> bool:
        """Takes in a file that may be too long to be held in memory; whether it differs."""
        first, second = next(chunks, b""), next(chunks, None)
        if second is None:
            return self.put(path, first)
        target, standing = self._place(path), self._out / path
        with _told(self._out):
            with target.open("wb") as file:
                file.writelines(chain((first, second), chunks))
            size = target.stat().st_size
            plain = standing.is_file() and not standing.is_symlink()
            differs = not (plain and filecmp.cmp(target, standing, shallow=False))
            if not differs:
                target.unlink()
                self._keep(path)
        return self._counted(path, size, differs)

    def made(self, path: str) -> Iterator[bytes]:
        """The bytes of a file that was taken in, piece by piece."""
        with (self._new / path).open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece

    def swap(self) -> None:
        """Lets the new site stand where the old one stood; where both are the same, nothing."""
        if self.tally.written or len(self.tally.sizes) != _count(self._out):
            with _told(self._out):
                _swap(self._new, self._out, self._old)

    def _keep(self, path: str) -> None:
        """Links the file that stands; copies it, with its times, where links are refused."""
        standing, target = self._out / path, self._place(path)
        try:
            os.link(standing, target)
        except OSError:
            shutil.copy2(standing, target)

    def _place(self, path: str) -> Path:
        target = self._new / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        return target

    def _counted(self, path: str, size: int, differs: bool) -> bool:
        self.tally.sizes[path] = size
        self.tally.written += differs
        return differs


def recover(out: Path) -> None:
    """Brings back a site that an interrupted build had moved aside, and clears what it left."""
    new, old = _beside(out)
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in (new, old):
        if leftover.exists():
            shutil.rmtree(leftover)


def _beside(out: Path) -> tuple[Path, Path]:
    new, old = (out.with_name(f".{out.name}.policykb-{which}") for which in ("new", "old"))
    return new, old


def _count(folder: Path) -> int:
    return sum(len(files) for _, _, files in os.walk(folder))


def _swap(new: Path, out: Path, old: Path) -> None:
    if not out.exists():
        new.rename(out)
    elif not _exchange(new, out):
        out.rename(old)
        try:
            new.rename(out)
        except OSError:
            old.rename(out)
            raise


def _exchange(one: Path, other: Path) -> bool:
    """Lets two folders change places in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """What the system refuses becomes help."""
    try:
        yield
    except OSError as problem:
        raise UsageError(
            f"the site cannot be written: {problem.strerror or problem}",
            where=problem.filename or out,
            remedy="Make room there or name another folder; the site that was there is untouched.",
        ) from problem
