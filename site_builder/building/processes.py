"""Work done by several processes that share what their parent knows.

They are forked: what the parent has read is there without being sent. One that is killed ends the
work with a message, and never leaves it waiting.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from corpus.errors import UsageError

Result = TypeVar("Result")
_Jobs = Sequence[Callable[[], Any]]

#: prctl(2)
_DIE_WITH_PARENT = 1
#: Python counts references in the objects themselves, so a process copies what it only reads. One
#: that has worked for so many seconds makes room for another, which begins with nothing copied; the
#: shorter its life, the more is copied anew: 5 take a fifth more time over 2,000 notices than 30
_LIFE = 30.0


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
    # a collection in a child would touch, and so copy, all that it shares with its parent
    gc.freeze()
    crew = _Crew(jobs)
    try:
        yield from crew.work(processes)
    finally:
        crew.end()
        gc.unfreeze()


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


class _Crew:
    """The processes at work on ``jobs``, each on one at a time."""

    def __init__(self, jobs: _Jobs) -> None:
        self._jobs = jobs
        self._left = iter(range(len(jobs)))
        self._hands: dict[Connection, _Hand] = {}

    def work(self, processes: int) -> Iterator[tuple[int, Any]]:
        for _ in range(processes):
            self._take_on()
        while self._hands:
            ready = wait(list(self._hands))
            for hand in [hand for channel, hand in self._hands.items() if channel in ready]:
                yield self._taken(hand)

    def end(self) -> None:
        """Ends all without waiting for jobs that have begun."""
        while self._hands:
            self._hands.popitem()[1].end()

    def _take_on(self) -> None:
        """One more process, if there is something left to do."""
        number = next(self._left, None)
        if number is not None:
            hand = _Hand(self._jobs, tuple(self._hands))
            self._hands[hand.channel] = hand
            hand.give(number)

    def _taken(self, hand: _Hand) -> tuple[int, Any]:
        number, result, problem = hand.take()
        if problem:
            raise problem
        following = None if hand.is_old else next(self._left, None)
        if following is not None:
            hand.give(following)
        else:
            del self._hands[hand.channel]
            hand.end()
            self._take_on()
        return number, result


class _Hand:
    """A forked process, and the channel on which it is given numbers of jobs."""

    def __init__(self, jobs: _Jobs, others: Sequence[Connection]) -> None:
        context = multiprocessing.get_context("fork")
        self.channel, theirs = context.Pipe()
        # a channel ends when nobody holds it any more: who is forked lets go of all but its own
        ours = (self.channel, *others)
        self._process = context.Process(
            target=_serve, args=(jobs, theirs, ours, os.getpid()), daemon=True
        )
        self._process.start()
        theirs.close()
        self._begun = time.monotonic()

    @property
    def is_old(self) -> bool:
        return time.monotonic() - self._begun > _LIFE

    def give(self, number: int) -> None:
        # one that has just died is found out when its result is taken
        with suppress(OSError):
            self.channel.send(number)

    def take(self) -> tuple[int, Any, BaseException | None]:
        try:
            taken: tuple[int, Any, BaseException | None] = self.channel.recv()
        except (EOFError, OSError) as problem:
            raise UsageError(
                "a process that made pages was killed before it was done",
                remedy="Memory may be short: build with --jobs 1. "
                "The site that stood is untouched.",
            ) from problem
        return taken

    def end(self) -> None:
        self.channel.close()
        # one that has just been killed is no error
        self._process.terminate()
        self._process.join()
        self._process.close()


def _serve(jobs: _Jobs, channel: Connection, others: Sequence[Connection], parent: int) -> None:
    """What a forked process does: job after job until it is ended."""
    _belong_to(parent)
    for other in others:
        other.close()
    with suppress(EOFError, OSError):
        while True:
            number = channel.recv()
            channel.send_bytes(_outcome(number, jobs[number]))


def _outcome(number: int, job: Callable[[], Any]) -> bytes:
    """The number, what the job gives, and what it raises, which may be nothing that can be sent."""
    try:
        return pickle.dumps((number, job(), None))
    except Exception as problem:
        # where it was raised is known only here
        problem.add_note("".join(traceback.format_tb(problem.__traceback__)))
        with suppress(Exception):
            return pickle.dumps((number, None, problem))
        told = RuntimeError("".join(traceback.format_exception(problem)))
        return pickle.dumps((number, None, told))


def _belong_to(parent: int) -> None:
    """Ctrl-C goes to all processes of a terminal, and the parent ends the others; one whose parent
    is killed ends too, before it writes into the folder of the next build.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
