"""Who reads the documents of a build: this process or several, here or elsewhere.

A build knows only ``Runner``; whichever it has, the rule base comes out the same to the byte.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Protocol

from kb.building.entries import EntryStore
from kb.building.tasks import Outcome, Task

#: tasks with their outcomes, as they are done; closing it ends the work
Work = Generator[tuple[Task, Outcome], None, None]


class Runner(Protocol):
    """Carries tasks out, leaving their entries in the store that it was made with."""

    def run(self, tasks: Iterable[Task]) -> Work:
        """Every task with its outcome, in any order; few tasks are taken ahead of the outcomes.

        Closing the iterator ends the work that has not been asked for.
        """
        ...


class Serial:
    """One document after another, in this process."""

    def __init__(self, store: EntryStore) -> None:
        self._store = store

    def run(self, tasks: Iterable[Task]) -> Work:
        """See ``Runner.run``."""
        for task in tasks:
            # what reads Chinese takes a second to import, which a build without news can save
            from kb.building.step import carry_out

            yield task, carry_out(task, self._store)


#: more processes seldom help a machine that people work on, and each takes 200 MB
_USUAL_JOBS = 4


def local(folder: Path, jobs: int | None = None) -> Runner:
    """Who reads on this machine: ``jobs`` processes, else one a core up to four; entries go to
    ``folder``.
    """
    from kb.building.processes import Processes

    jobs = jobs or usual_jobs()
    store = EntryStore(folder)
    return Serial(store) if jobs == 1 else Processes(store, jobs)


def usual_jobs() -> int:
    """How many processes work where nobody says how many."""
    from kb.building.processes import cores

    return min(cores(), _USUAL_JOBS)
