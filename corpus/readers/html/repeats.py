"""Finds a text that a page prints twice: for the screen and the printer, the desk and the phone.

Of two copies the fuller one stays; a seventh of the other at most is in nothing that stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.readers.html.kinds import is_title, squeezed
from corpus.readers.html.lines import Line

#: a copy has as many characters; forms repeat a paragraph at most
_SHORTEST = 60
#: how much of a copy may differ, and how much shorter than the other it may be
_DIFFERENT, _SHORTER = 0.15, 0.5
#: a copy in one line is longer than any paragraph but some
_LUMP = 200
#: how many lines there may be between two copies, in neither of them
_BETWEEN = 6
#: how far the next paragraph may stand in a copy that is one single line
_GAP = 200


@dataclass(frozen=True, slots=True)
class Once:
    """A text without its copy, and the lines of the copy that stand nowhere in the text."""

    lines: tuple[Line, ...]
    lost: tuple[Line, ...]


def once(lines: Sequence[Line]) -> Once:
    """``lines`` with whatever they print twice printed once."""
    kept = tuple(lines)
    while (shorter := _without_lump(kept) or _without_half(kept)) is not None:
        kept = shorter
    stays = {squeezed(line.text) for line in kept}
    lost = (line for line in lines if squeezed(line.text) not in stays)
    # a copy in one line is no loss
    return Once(kept, tuple(line for line in lost if len(line.text) < _LUMP))


def _without_lump(lines: tuple[Line, ...]) -> tuple[Line, ...] | None:
    """Without the line that holds what all others print; None where there is none."""
    words = [squeezed(line.text) for line in lines]
    total = sum(map(len, words))
    for index, lump in enumerate(words):
        rest = total - len(lump)
        if len(lump) >= _LUMP and _alike(len(lump), rest):
            others = words[:index] + words[index + 1 :]
            if _held(others, lump) >= (1 - _DIFFERENT) * rest:
                return (*lines[:index], *lines[index + 1 :])
    return None


def _alike(one: int, other: int) -> bool:
    return min(one, other) >= max(_SHORTEST, _SHORTER * max(one, other))


def _held(words: list[str], lump: str) -> int:
    """How many characters of ``words`` stand in ``lump`` in their order."""
    at = held = 0
    for word in words:
        found = lump.find(word, at, at + len(word) + _GAP)
        if found >= 0:
            at = found + len(word)
            held += len(word)
    return held


def _without_half(lines: tuple[Line, ...]) -> tuple[Line, ...] | None:
    """Without the half that the other half repeats; None where none does."""
    words = [squeezed(line.text) for line in lines]
    sizes = [0, *accumulate(map(len, words))]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        places[word].append(at)
    same = _same_across(places, len(words))
    middle = _middle(lines, _same_across(_once_a_copy(places), len(words)), same)
    halves = (
        (sizes[-1] - sizes[middle], lines[middle:], lines[:middle]),
        (sizes[middle], lines[:middle], lines[middle:]),
    )
    # of two that are alike the first stays
    size, dropped, kept = min(halves, key=lambda half: half[0])
    several = len({squeezed(line.text) for line in dropped}) * 2 >= len(dropped)
    alike = _alike(size, sizes[-1] - size) and same[middle] >= (1 - _DIFFERENT) * size
    return kept if alike and several else None


def _once_a_copy(places: dict[str, list[int]]) -> dict[str, list[int]]:
    """The words that every copy has once: an issuer stands above a text and below it."""
    sizes: Counter[int] = Counter()
    for word, found in places.items():
        if len(found) > 1:
            sizes[len(found)] += len(word)
    copies = max(sizes, key=sizes.__getitem__, default=0)
    return {word: found for word, found in places.items() if len(found) == copies}


def _same_across(places: dict[str, list[int]], count: int) -> list[int]:
    """For every place between two of ``count`` lines, the characters that stand on both sides."""
    change = [0] * (count + 1)
    for word, found in places.items():
        for before, at in enumerate(found):
            after = len(found) - before
            change[at + 1] += len(word) * (min(before + 1, after - 1) - min(before, after))
    return list(accumulate(change))


def _middle(lines: Sequence[Line], once_a_copy: list[int], same: list[int]) -> int:
    """Where the second copy begins: with its headline, if it has one of its own."""
    first, last = _plateau(once_a_copy, 0, len(once_a_copy))
    if last - first > _BETWEEN:
        return first
    first, last = _plateau(same, first, last + 1)
    heads = (at for at in range(first, last) if lines[at].heading or is_title(lines[at].text))
    return next(heads, last)


def _plateau(heights: list[int], start: int, stop: int) -> tuple[int, int]:
    """The first and the last place of the first stretch that is as high as any."""
    most = max(heights[start:stop])
    first = heights.index(most, start)
    last = next((at for at in range(first, stop) if heights[at] < most), stop) - 1
    return first, last
