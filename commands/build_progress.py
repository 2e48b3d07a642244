"""Shows how far a build has come: bars on a terminal, now and then a line elsewhere; on stderr.

Each stage tells how many a second are done and how long the rest will take.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str, int, int], None]
#: seconds between two lines of one stage
_EVERY = 10.0


@contextmanager
def shown() -> Iterator[Tell]:
    """What is told (stage, done, total) until the end of the block."""
    if not sys.stderr.isatty():
        yield _Lines().tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = ("{task.description}", "{task.percentage:>3.0f}%", "{task.fields[rate]}")
    described, percent, rate = map(TextColumn, columns)
    bars = Progress(
        *(described, BarColumn(), percent, MofNCompleteColumn(), rate, Remaining()),
        console=Console(stderr=True),
        transient=True,
    )
    with bars:
        yield _Bars(bars).tell


class _Bars:
    def __init__(self, bars: object) -> None:
        self._bars, self._stages = bars, dict[str, object]()
        self._begun: dict[str, float] = {}

    def tell(self, stage: str, done: int, total: int) -> None:
        bars = self._bars
        if stage not in self._stages:
            self._begun[stage] = time.monotonic()
            self._stages[stage] = bars.add_task(stage, rate="")  # type: ignore[attr-defined]
        spent = time.monotonic() - self._begun[stage]
        rate = f"{done / spent:,.0f}/s" if spent > 1 else ""
        bars.update(self._stages[stage], completed=done, total=total, rate=rate)  # type: ignore[attr-defined]


class _Lines:
    """The end of each stage, and where it stands every ten seconds before that."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._begun: dict[str, float] = {}
        self._told: dict[str, float] = {}

    def tell(self, stage: str, done: int, total: int) -> None:
        now = self._now()
        begun = self._begun.setdefault(stage, now)
        if done == total and total:
            print(f"{stage}: {total} of {total}", file=sys.stderr, flush=True)
        elif now - self._told.setdefault(stage, now) >= _EVERY and done:
            self._told[stage] = now
            rate = done / (now - begun)
            left = _span((total - done) / rate)
            line = f"{stage}: {done} of {total}, {rate:,.1f}/s, {left} left"
            print(line, file=sys.stderr, flush=True)


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
