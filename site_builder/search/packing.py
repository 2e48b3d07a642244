"""Numbers as short text: most take one or two characters of ASCII that no script has to escape.

A number is its digits of base 45, the lowest first; all but the last are from the upper half of
the alphabet. Half the size of decimal digits, before and after compression.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import sub

BASE = 45
#: from # on, without the backslash
_ALPHABET = [chr(code) for code in range(0x23, 0x7F) if code != 0x5C]
_LAST, _MORE = _ALPHABET[:BASE], _ALPHABET[BASE : 2 * BASE]


class _Codes(dict[int, str]):
    def __missing__(self, number: int) -> str:
        written, rest = "", number
        while rest >= BASE:
            written += _MORE[rest % BASE]
            rest //= BASE
        return self.setdefault(number, written + _LAST[rest])


_CODES = _Codes()


def pack(numbers: Iterable[int]) -> str:
    """``numbers``, none below nought."""
    return "".join(map(_CODES.__getitem__, numbers))


def pack_rising(numbers: Iterable[int]) -> str:
    """``numbers`` that rise, as the steps from each to the next."""
    steps = list(numbers)
    return pack(map(sub, steps, chain((0,), steps)))


def pack_runs(numbers: Iterable[int]) -> str:
    """``numbers`` of which many neighbours are equal: how many, and what."""
    return pack(n for value, run in groupby(numbers) for n in (len(list(run)), value))


def pack_sparse(rows: Iterable[tuple[int, ...]]) -> str:
    """Rows of numbers of which most are empty: steps to the next that is not, how many, which."""
    return pack(_sparse(rows))


def _sparse(rows: Iterable[tuple[int, ...]]) -> Iterator[int]:
    before = 0
    for place, row in enumerate(rows):
        if row:
            yield from (place - before, len(row), *row)
            before = place
