"""A share of many things, so that several processes can each make some of them.

Every thing falls to exactly one share, whatever their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Share:
    """Every ``count``-th thing from ``number`` on, which counts from 0."""

    number: int
    count: int

    def of(self, things: Sequence[Thing]) -> Iterator[Thing]:
        """Those of ``things``; long ones, which are often neighbours, fall to several shares."""
        return islice(things, self.number, None, self.count)


WHOLE = Share(0, 1)


def shares(things: int, most: int) -> tuple[Share, ...]:
    """As many shares of so many things as make none larger than ``most``; at least one."""
    count = max(1, -(-things // most))
    return tuple(Share(number, count) for number in range(count))
