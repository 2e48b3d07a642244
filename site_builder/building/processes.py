"""Work done by several processes that share what their parent knows.

They are forked: what the parent has read is there without being sent. One that is killed ends the
work with a message, and never leaves it waiting.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from corpus.errors import UsageError

Result = TypeVar("Result")

#: prctl(2)
_DIE_WITH_PARENT = 1
#: the jobs of this process's parent; set before it forks
_jobs: Sequence[Callable[[], Any]] = ()


def done(jobs: Sequence[Callable[[], Result]], processes: int) -> Iterator[tuple[int, Result]]:
    """What each job gives, with its number, as soon as it is done.

    Results of more than one process must be small: they are sent. Where the system cannot fork, or
    there is one process or job, all is done here. Raises what a job raises, and UsageError where a
    process ends before its job is done.
    """
    processes = min(processes, len(jobs))
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from ((number, job()) for number, job in enumerate(jobs))
        return
    yield from _forked(jobs, processes)


def in_order(
    jobs: Sequence[Callable[[], Result]], processes: int, tell: Callable[[int], None]
) -> list[Result]:
    """What each job gives, in their order; ``tell`` is told how many are done.

    Raises what ``done`` does.
    """
    given: dict[int, Result] = {}
    for number, result in done(jobs, processes):
        given[number] = result
        tell(len(given))
    return [given[number] for number in range(len(jobs))]


def _forked(jobs: Sequence[Callable[[], Result]], processes: int) -> Iterator[tuple[int, Result]]:
    global _jobs
    _jobs = jobs
    # a collection in a child would touch, and so copy, all that it shares with its parent
    gc.freeze()
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(
        processes, mp_context=context, initializer=_belong_to, initargs=(os.getpid(),)
    )
    try:
        numbers = {pool.submit(_do, number): number for number in range(len(jobs))}
        for future in as_completed(numbers):
            yield numbers[future], future.result()
    except BrokenProcessPool as problem:
        raise UsageError(
            "a process that made pages was killed before it was done",
            remedy="Memory may be short: build with --jobs 1. The site that stood is untouched.",
        ) from problem
    finally:
        _stop(pool)
        gc.unfreeze()
        _jobs = ()


def _do(number: int) -> Any:
    return _jobs[number]()


def _belong_to(parent: int) -> None:
    """Ctrl-C goes to all processes of a terminal, and the parent ends the others; one whose parent
    is killed ends too, before it writes into the folder of the next build.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _stop(pool: ProcessPoolExecutor) -> None:
    """Ends the pool without waiting for jobs that have begun."""
    for process in list((pool._processes or {}).values()):
        # one that has just been killed is no error
        process.terminate()
    pool.shutdown(wait=True, cancel_futures=True)
