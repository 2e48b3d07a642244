"""Long lists on several pages, 100 entries a page, so that no page grows with the rule base.

A list has at least one page, and every entry stands on exactly one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from site_builder import urls
from site_builder.contexts import Entry, Pager

_T = TypeVar("_T")

SIZE = 100
#: how many neighbours of a page are named beside it
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Leaf(Generic[_T]):
    """One page of a list: where it stands, which it is of how many, and its entries.

    ``first`` is the place of its first entry in the whole list, from 0.
    """

    path: str
    number: int
    count: int
    first: int
    items: tuple[_T, ...]
    _base: str

    @property
    def pager(self) -> Pager | None:
        """The way to the other pages; None where there is only this one."""
        if self.count == 1:
            return None
        return Pager(
            number=self.number,
            count=self.count,
            previous=self._href(self.number - 1),
            next=self._href(self.number + 1),
            entries=tuple(map(self._entry, _shown(self.number, self.count))),
        )

    def _entry(self, number: int | None) -> Entry | None:
        return Entry(str(number), self._href(number)) if number else None

    def _href(self, number: int) -> str:
        within = 1 <= number <= self.count
        return urls.href(urls.numbered(self._base, number)) if within else ""

    def title(self, name: str) -> str:
        """The page's title: ``文件``, ``文件（第2页）``."""
        return name if self.number == 1 else f"{name}（第{self.number}页）"


def leaves(path: str, items: Sequence[_T], size: int = SIZE) -> tuple[Leaf[_T], ...]:
    """``items`` on pages from ``path`` on."""
    starts = range(0, max(len(items), 1), size)
    return tuple(
        Leaf(
            path=urls.numbered(path, number),
            number=number,
            count=len(starts),
            first=start,
            items=tuple(items[start : start + size]),
            _base=path,
        )
        for number, start in enumerate(starts, start=1)
    )


def page_of(path: str, place: int, size: int = SIZE) -> str:
    """The page on which the entry at ``place``, from 0, of the list at ``path`` stands."""
    return urls.numbered(path, place // size + 1)


def _shown(number: int, count: int) -> tuple[int | None, ...]:
    """First, last and neighbours; a gap of one page is that page, a longer one is None."""
    near = {1, count, *range(number - _BESIDE, number + _BESIDE + 1)}
    told: list[int | None] = []
    for page in sorted(page for page in near if 1 <= page <= count):
        last = next((p for p in reversed(told) if p), 0)
        if page - last == _BESIDE:
            told.append(page - 1)
        elif page - last > _BESIDE:
            told.append(None)
        told.append(page)
    return tuple(told)
