"""Reads documents in several processes of this machine.

A process that dies costs one document: it is tried once more in a new one, then named. Ctrl-C
reaches only the build, which ends its processes with it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from select import select

from corpus.errors import DamagedDocument
from corpus.readers.reading_room import receive, send
from kb.building.entries import EntryStore
from kb.building.runners import Serial, Work
from kb.building.tasks import Outcome, Task

#: fewer documents are read at once where this module is loaded, as in programs and tests
_FEW, _READER = 4, "extractor.pipeline"
#: a process has one document in work and one at hand
_AHEAD = 2
#: the process imports what this one would, from where this one would
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from kb.building import worker; worker.serve(int(sys.argv[1]), sys.argv[3])"
)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """Up to ``jobs`` processes, each started with its first task and ended with the last of all."""

    def __init__(self, store: EntryStore, jobs: int) -> None:
        self._store, self._jobs = store, jobs

    def run(self, tasks: Iterable[Task]) -> Work:
        """See ``Runner.run``."""
        waiting = iter(tasks)
        # where all that reads Chinese is at hand, a process would take longer to start
        first = list(islice(waiting, _FEW)) if _READER in sys.modules else []
        if first and len(first) < _FEW:
            yield from Serial(self._store).run(first)
            return
        shift = _Shift(chain(first, waiting), self._store)
        try:
            yield from shift.work(self._jobs)
        finally:
            shift.end()


class _Shift:
    """The processes at work, and the tasks that are to be tried again."""

    def __init__(self, tasks: Iterator[Task], store: EntryStore) -> None:
        self._tasks, self._store = tasks, store
        self._again: deque[Task] = deque()
        self._tried: set[Task] = set()
        self._workers: list[_Worker] = []

    def work(self, jobs: int) -> Iterator[tuple[Task, Outcome]]:
        while True:
            self._hand_out(jobs)
            busy = [worker for worker in self._workers if worker.tasks]
            if not busy:
                return
            ready, _, _ = select([worker.channel for worker in busy], [], [])
            for worker in busy:
                if worker.channel in ready:
                    yield from self._taken(worker)

    def end(self) -> None:
        for worker in self._workers:
            worker.kill()

    def _hand_out(self, jobs: int) -> None:
        for ahead in range(_AHEAD):
            for at in range(jobs):
                if at < len(self._workers) and len(self._workers[at].tasks) > ahead:
                    continue
                task = self._next()
                if task is None:
                    return
                if at == len(self._workers):
                    self._workers.append(_Worker(self._store))
                self._workers[at].give(task)

    def _next(self) -> Task | None:
        return self._again.popleft() if self._again else next(self._tasks, None)

    def _taken(self, worker: _Worker) -> Iterator[tuple[Task, Outcome]]:
        try:
            yield worker.take()
        except (EOFError, OSError, ValueError):
            yield from self._lost(worker)

    def _lost(self, worker: _Worker) -> Iterator[tuple[Task, Outcome]]:
        """The document that the process had in work is its last; those at hand go to others."""
        worker.kill()
        self._workers.remove(worker)
        first, *others = worker.tasks
        self._again.extend(others)
        if first in self._tried:
            yield first, Outcome(error=_fatal(first))
        else:
            self._tried.add(first)
            self._again.append(first)


def _fatal(task: Task) -> DamagedDocument:
    what = "reading it ended the process that read it, twice"
    remedy = "Look at the document, and at the memory of this machine."
    return DamagedDocument(what, where=task.shown, remedy=remedy)


class _Worker:
    """A process that reads one document after another, and the channel to it."""

    def __init__(self, store: EntryStore) -> None:
        self.tasks: deque[Task] = deque()
        self.channel, theirs = socket.socketpair()
        with theirs:
            number, folder = str(theirs.fileno()), str(store.folder)
            # of its own session, so that Ctrl-C reaches only the one who waits for it
            self.process = subprocess.Popen(
                [sys.executable, "-c", _START, number, json.dumps(sys.path), folder],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )

    def give(self, task: Task) -> None:
        self.tasks.append(task)
        # one that has just died is found out when its outcome is taken
        with suppress(OSError):
            send(self.channel, json.dumps(task.to_plain()).encode())

    def take(self) -> tuple[Task, Outcome]:
        outcome = Outcome.from_plain(json.loads(receive(self.channel)))
        return self.tasks.popleft(), outcome

    def kill(self) -> None:
        self.channel.close()
        with suppress(OSError):
            self.process.kill()
        self.process.wait()
