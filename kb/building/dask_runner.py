"""Reads documents on the workers of a Dask cluster.

Dask gives the tasks of a worker that dies to others; a document that has ended several workers is
named. Workers with other code are refused before they read anything.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.errors import DamagedDocument, DocumentError, PolicyError, UsageError
from kb.building.code_version import code_version
from kb.building.entries import EntryStore
from kb.building.runners import Work
from kb.building.shared import SharedFolder
from kb.building.tasks import Outcome, Task

#: tasks under way for each thread of the cluster: one in work, one at hand
_AHEAD = 2
_PATIENCE = "10s"


class DaskRunner:
    """The cluster whose scheduler is at ``address``; entries go to ``store``.

    Workers see the workspace under its own path, or else documents and entries pass through the
    folder at the address ``shared``. Raises ``UsageError`` where nobody answers, or nobody who
    could do the work.
    """

    def __init__(self, address: str, store: EntryStore, shared: str | None = None) -> None:
        self._address, self._store, self._url = address, store, shared
        self._shared = SharedFolder(shared) if shared else None
        self._away: set[str] = set()

    def run(self, tasks: Iterable[Task]) -> Work:
        """See ``Runner.run``."""
        first = next(waiting := iter(tasks), None)
        if first is None:
            return
        client = _connected(self._address)
        try:
            _refuse_other_code(client, self._address)
            yield from self._work(client, _from(first, waiting))
        finally:
            with suppress(Exception):
                client.close(timeout=2)

    def _work(self, client: Any, tasks: Iterator[Task]) -> Work:
        distributed = _library()
        threads = sum(client.nthreads().values())
        under_way = {self._given(client, t): t for t in islice(tasks, _AHEAD * threads)}
        done = distributed.as_completed(list(under_way), loop=client.loop)
        while under_way:
            future = self._next(done)
            task = under_way.pop(future)
            yield task, self._outcome(future, task)
            if (following := next(tasks, None)) is not None:
                under_way[more := self._given(client, following)] = following
                done.add(more)

    def _next(self, done: Any) -> Any:
        try:
            return next(done)
        except StopIteration:
            raise self._lost() from None

    def _given(self, client: Any, task: Task) -> Any:
        from kb.building.cluster_step import read_here

        if self._sent(task):
            asked = (task.to_plain(), str(self._store.folder), self._url, code_version())
            return client.submit(read_here, *asked, pure=False)
        return client.submit(dict, _refused(task, self._store).to_plain(), pure=False)

    def _sent(self, task: Task) -> bool:
        """Whether the workers can have the document; one that nobody can read stays here."""
        from kb.building.cluster_step import DOCUMENTS, name_of

        if self._shared is None:
            return True
        path = Path(task.path)
        try:
            if not path.is_file() or path.stat().st_size > task.limits.document_bytes:
                return False
            data = path.read_bytes()
        except OSError:
            return False
        self._shared.put(f"{DOCUMENTS}/{name_of(task)}", data)
        self._away.add(task.shown)
        return True

    def _outcome(self, future: Any, task: Task) -> Outcome:
        try:
            outcome = Outcome.from_plain(future.result())
        except _library().KilledWorker:
            return Outcome(error=_fatal(task))
        except Exception as error:
            raise self._lost(f"{type(error).__name__}: {error}") from error
        return self._fetched(outcome, task)

    def _fetched(self, outcome: Outcome, task: Task) -> Outcome:
        """The same outcome, once its entry is here."""
        from kb.building.cluster_step import DOCUMENTS, ENTRIES, name_of

        if self._shared and task.shown in self._away:
            self._away.discard(task.shown)
            self._shared.drop(f"{DOCUMENTS}/{name_of(task)}")
            if outcome.error is None:
                name = f"{ENTRIES}/{outcome.key}"
                self._store.put(outcome.key, self._shared.get(name))
                self._shared.drop(name)
        return outcome

    def _lost(self, why: str = "") -> PolicyError:
        what = f"the cluster at {self._address} is no more to be had" + (f" ({why})" if why else "")
        remedy = "What was read is kept: run policykb build again to go on."
        return PolicyError(what, remedy=remedy)


def _refused(task: Task, store: EntryStore) -> Outcome:
    """Why the document cannot be read, as its reader says it."""
    from kb.building.step import carry_out

    return carry_out(task, store)


def _from(first: Task, others: Iterator[Task]) -> Iterator[Task]:
    yield first
    yield from others


def _library() -> Any:
    try:
        return import_module("distributed")
    except ImportError:
        remedy = "Install it: pip install 'dask[distributed]'."
        raise UsageError("--dask needs the extra cluster", remedy=remedy) from None


def _connected(address: str) -> Any:
    distributed = _library()
    # what becomes of workers is told by outcomes
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        return distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        what = f"no Dask scheduler answers at {address} ({type(error).__name__})"
        remedy = "Give its address as dask scheduler prints it: tcp://host:8786."
        raise UsageError(what, remedy=remedy) from None


def _refuse_other_code(client: Any, address: str) -> None:
    from kb.building.cluster_step import OTHER_CODE, SAME_CODE, version_here

    try:
        versions = client.run(version_here)
    except Exception as error:
        what = f"a worker of the cluster cannot run policykb ({type(error).__name__}: {error})"
        raise UsageError(what, remedy=SAME_CODE) from None
    if not versions:
        remedy = f"Start some: dask worker {address} --nthreads 1 --nworkers N."
        raise UsageError(f"the cluster at {address} has no workers", remedy=remedy)
    if others := sorted(worker for worker, found in versions.items() if found != code_version()):
        raise UsageError(f"{OTHER_CODE}: {', '.join(others)}", remedy=SAME_CODE)


def _fatal(task: Task) -> DocumentError:
    what = "reading it ended several workers"
    remedy = "Look at the document, and at the memory of the workers."
    return DamagedDocument(what, where=task.shown, remedy=remedy)
