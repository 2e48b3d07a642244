"""Gives up what keeps the processor too long, so that one document cannot hold a whole build.

It needs the main thread and interval timers (setitimer(2)); elsewhere nothing is given up.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

#: seconds after which it is told again, if what it interrupted went on
_AGAIN = 1.0


class OutOfTime(Exception):
    """The work has had its time."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises ``OutOfTime`` where what is done inside takes more seconds of the processor."""
    if not _can_interrupt():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _can_interrupt() -> bool:
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and hasattr(signal, "setitimer")


def _stop(_signal: int, _frame: object) -> None:
    raise OutOfTime
