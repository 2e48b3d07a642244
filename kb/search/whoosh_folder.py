"""The folder of a Whoosh index: one writer at a time, and whole or known to be broken.

What it hands out can be read; an index that cannot is cleared away, and the reason told.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader
from whoosh.util.filelock import try_for

from corpus.errors import BrokenIndex, BusyError, PolicyError
from kb.search import seal
from kb.search.whoosh_schema import VERSION, schema

_NAME = "clauses"
_LOCK = "update.lock"
#: no part of the index: the lock, and the dictionary that jieba has compiled
_KEPT = frozenset({_LOCK, "jieba.cache"})
_UNSEALED = frozenset({f"{_NAME}_WRITELOCK", f"{_NAME}.tmp"})
#: seconds to wait for another process that updates the index
_PATIENCE = 60.0
#: segments of fewer items than ``_SMALL`` are put together once there are ``_MANY``
_SMALL, _MANY = 2_000, 8


class IndexFolder:
    """A folder that belongs to one index; other files in it may be deleted."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other processes from updating; ``BusyError`` if one does so for too long."""
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            lock = self._storage().lock(_LOCK)
            if not try_for(lock.acquire, timeout=_PATIENCE):
                raise self._busy()
            try:
                yield
            finally:
                lock.release()
        except OSError as error:
            raise self._unwritable(error) from error

    def recover(self, opens: Callable[[Any], object]) -> str | None:
        """Leaves an index that ``opens`` can read; says why the one there was could not stay."""
        if all(file.name in _KEPT for file in self._path.iterdir()):
            self._begin()
            return None
        flaw = seal.flaw(self._path, VERSION) or self._flaw_of_opening(opens)
        if flaw:
            self._clear()
            self._begin()
        return flaw

    def open(self, opens: Callable[[Any], object]) -> None:
        """Has ``opens`` read the index; ``BrokenIndex`` where there is none that can be read."""
        flaw = seal.flaw(self._path, VERSION) or self._flaw_of_opening(opens)
        if flaw:
            raise BrokenIndex(
                f"the search index cannot be used: {flaw}",
                where=self._path,
                remedy="Run policykb build to make it anew.",
            )

    @contextmanager
    def commit(self) -> Iterator[Any]:
        """A writer whose changes are all kept at the end of the block, or none if it fails."""
        writer = self._storage().open_index(_NAME).writer(limitmb=512)
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=_keep_few_segments)
        self._seal()

    def _storage(self) -> Any:
        return FileStorage(str(self._path))

    def _begin(self) -> None:
        self._storage().create_index(schema(), indexname=_NAME)
        self._seal()

    def _seal(self) -> None:
        files = {file.name for file in self._path.iterdir() if _NAME in file.name}
        seal.renew(self._path, files - _UNSEALED, VERSION)

    def _flaw_of_opening(self, opens: Callable[[Any], object]) -> str | None:
        try:
            opens(self._storage().open_index(_NAME))
        except Exception as error:  # a pickle of another Python or Whoosh raises anything
            return f"it cannot be read ({type(error).__name__}: {error})"
        return None

    def _clear(self) -> None:
        for file in self._path.iterdir():
            if file.name in _KEPT:
                continue
            if file.is_dir() and not file.is_symlink():
                shutil.rmtree(file)
            else:
                file.unlink()

    def _busy(self) -> BusyError:
        return BusyError(
            "another policykb is updating the search index",
            where=self._path,
            remedy="Try again when it is done.",
        )

    def _unwritable(self, error: OSError) -> PolicyError:
        return PolicyError(
            f"the search index cannot be written ({error.strerror or error})",
            where=self._path,
            remedy="Free the disk or make the folder writable, then try again.",
        )


def _keep_few_segments(writer: Any, segments: list[Any]) -> list[Any]:
    """Has ``writer`` take over worn segments, and small ones once there are many; returns the rest.

    Whoosh's own policy leaves a dozen small segments, each asked on every search, and deleted items
    for good.
    """
    alive = [segment for segment in segments if segment.doc_count()]
    worn = [s for s in alive if s.deleted_count() > s.doc_count()]
    small = [s for s in alive if s not in worn and s.doc_count() < _SMALL]
    taken = worn + (small if len(small) >= _MANY else [])
    for segment in taken:
        with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
            writer.add_reader(reader)
    return [segment for segment in alive if segment not in taken]
