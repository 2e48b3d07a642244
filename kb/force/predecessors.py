"""Finds the earlier values of a measure that a later one meets: few, however many there are.

Of its own scope that is the last value, and of every other scope the last one since that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kb.force.comparisons import disjoint, figures
from kb.force.entries import Entry, Scope
from kb.force.region_chain import chain


def _lists() -> defaultdict[object, list[Entry]]:
    return defaultdict(list)


@dataclass(frozen=True, slots=True)
class Before:
    """The values of a measure so far, each list in the order of time.

    ``_scopes`` names the scopes of a region; ``_below`` holds by region all that lies below it.
    What is of another period or unit never compares, so it is kept apart.
    """

    _own: defaultdict[object, list[Entry]] = field(default_factory=_lists)
    _below: defaultdict[object, list[Entry]] = field(default_factory=_lists)
    _scopes: defaultdict[object, dict[Scope, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, entries: Iterable[Entry]) -> None:
        """Take in the values of a document, which never compare with each other."""
        for entry in entries:
            self._own[entry.scope].append(entry)
            self._scopes[entry.region, *_apart(entry)][entry.scope] = None
            for region in chain(entry.region)[:-1]:
                self._below[region, *_apart(entry)].append(entry)

    def met_by(self, later: Entry) -> Iterator[Entry]:
        """The values that ``later`` meets."""
        last = _last(self._own[later.scope], later)
        yield from _replaced(later, self._own[later.scope])
        since = last.order if last else ("",)
        for region in chain(later.region):
            for scope in self._scopes[region, *_apart(later)]:
                found = _last(self._own[scope], later) if scope != later.scope else None
                if found and found.order > since and _one_sector(found, later):
                    yield found
        yield from self._since(later, since)

    def _since(self, later: Entry, since: tuple[object, ...]) -> Iterator[Entry]:
        """The last value of each scope below the region of ``later`` that came after ``since``."""
        seen: set[Scope] = set()
        for entry in reversed(self._below[later.region, *_apart(later)]):
            if entry.order <= since:
                return
            if entry.scope not in seen and entry.document != later.document:
                seen.add(entry.scope)
                if _one_sector(entry, later):
                    yield entry


def _apart(entry: Entry) -> tuple[str | None, str | None]:
    return entry.period, entry.unit


def _last(held: list[Entry], later: Entry) -> Entry | None:
    return next((e for e in reversed(held) if e.document != later.document), None)


def _replaced(later: Entry, own: list[Entry]) -> Iterator[Entry]:
    """The last value of its own scope; those before it where it repeated them or had ended."""
    newer: Entry | None = None
    for earlier in reversed(own):
        if earlier.document == later.document:
            continue
        if newer and not _repeats(newer, earlier, later) and not disjoint(newer, later):
            # what stood before the last value is that value's affair
            return
        yield earlier
        newer = earlier


def _repeats(newer: Entry, earlier: Entry, later: Entry) -> bool:
    return figures(newer) == figures(earlier) != figures(later)


def _one_sector(a: Entry, b: Entry) -> bool:
    return a.sector is None or b.sector is None or a.sector == b.sector
