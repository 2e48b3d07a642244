"""Pieces that several pages are given: frozen dataclasses with ready words and addresses inside.

A template's own context stands in the module of its page. Addresses are relative to the site's
root and quoted; a template only puts ``shell.root`` before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from site_builder.wording.filters import day


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page needs: its title, the site's, the way to the root, the day it last changed.

    ``index`` is the version of the search index where the page searches, ``feed`` the feed of
    changes where there is one, ``linked_data`` what the page says in JSON-LD. ``columns`` are the
    entries of the menu: the page without .html, and its name.
    """

    title: str
    site: str
    root: str
    section: str
    day: date
    index: str
    columns: tuple[tuple[str, str], ...]
    feed: str = ""
    linked_data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def built(self) -> str:
        """The day in words."""
        return day(self.day.isoformat())


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that leads somewhere, with a count or a remark."""

    name: str
    href: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A name with its values; no values means that the text prints none."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateMark:
    """Whether something stands: the state on the day of building, and on every other day.

    ``periods`` is JSON: from which day on which state, with its name, for ``static/day.js``.
    """

    state: str
    label: str
    periods: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A notice in a list."""

    title: str
    href: str
    number: str
    issuers: str
    issued: str
    tally: str
    state: StateMark | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule or mark: its code, its name, and its name in running text."""

    code: str
    name: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class CitationLine:
    """Another document that the notice names; ``href`` is empty where the rule base lacks it."""

    document: str
    name: str
    relation: str
    quote: str
    place: str
    clause: str
    href: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Something a person should look at."""

    severity: str
    label: str
    message: str
    quote: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in a list, with the notice and clause it stands in."""

    subject: str
    value: str
    details: tuple[Field, ...]
    quote: str
    href: str
    document: str
    clause: str
    review: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something dated in a list: ``when`` in words, ``name`` what happens, ``subject`` to what.

    ``iso`` is the day for programs, empty where no day is known. ``by`` is the document that does
    it, if another one does; ``times`` how many such things the line stands for.
    """

    when: str
    iso: str
    kind: str
    name: str
    subject: str
    href: str
    place: str
    quote: str
    by: Entry | None = None
    times: int = 1
    state: StateMark | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of a list. ``entries`` are numbers with their pages; none is a gap, ``…``."""

    number: int
    count: int
    previous: str
    next: str
    entries: tuple[Entry | None, ...]
