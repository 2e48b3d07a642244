"""Whether something stands, told for every day there is: reasons in sentences, with their words.

One stretch of days is shown without scripts, that of the day of building; ``static/day.js`` shows
the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kb.force.models import End, Evidence, Reason
from kb.force.periods import Period, on_day
from kb.models import KnowledgeBase, anchor_of
from site_builder import urls
from site_builder.holdings import Holdings
from site_builder.wording.filters import day

_LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, and the clause they stand in; ``href`` is empty where it is not here."""

    words: str
    href: str
    place: str


@dataclass(frozen=True, slots=True)
class Told:
    """A reason: a sentence, and the words it rests on."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``first`` on, until the next one begins, this is what is known.

    ``pro`` and ``contra`` speak for and against its being in force where nobody can tell.
    """

    first: str
    shown: bool
    reasons: tuple[Told, ...]
    pro: tuple[Told, ...]
    contra: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A row of the history: in which days which state, and the first reason for it."""

    days: str
    state: str
    label: str
    why: Told


def stretches(holdings: Holdings, subject: End) -> tuple[Stretch, ...]:
    """What is known of ``subject`` on every day, in the order of time."""
    found = holdings.periods(subject)
    now = on_day(found, holdings.built)
    return tuple(_stretch(holdings.base, period, shown=period is now) for period in found)


def history(holdings: Holdings, subject: End) -> tuple[Turn, ...]:
    """The states of ``subject`` through time; days on which only a reason changes are one."""
    found: list[Period] = []
    for period in holdings.periods(subject):
        if not found or found[-1].state != period.state:
            found.append(period)
    ends = [period.first for period in found[1:]]
    return tuple(
        Turn(_days(period.first, end), period.state, period.status.label, why)
        for period, end in zip(found, [*ends, None], strict=True)
        for why in told(holdings.base, period.status.reasons[:1])
    )


def told(base: KnowledgeBase, reasons: Iterable[Reason]) -> tuple[Told, ...]:
    """``reasons`` with where their words stand; a sentence that rests on several is told once."""
    found: dict[str, list[Quote]] = {}
    for reason in reasons:
        quotes = found.setdefault(reason.text, [])
        quotes += [quoted(base, reason.evidence)] if reason.evidence else []
    return tuple(Told(text, tuple(dict.fromkeys(quotes))) for text, quotes in found.items())


def quoted(base: KnowledgeBase, words: Evidence) -> Quote:
    """``words`` with the address of their clause, relative to the site's root."""
    record = base.by_id.get(words.document)
    if record is None:
        return Quote(_brief(words.quote), "", "")
    page = urls.document_page(record.document.id)
    href = urls.href(page, anchor_of(record, words.clause))
    return Quote(_brief(words.quote), href, words.clause or "文首")


def _stretch(base: KnowledgeBase, period: Period, *, shown: bool) -> Stretch:
    status = period.status
    return Stretch(
        first=period.first.isoformat(),
        shown=shown,
        reasons=told(base, status.reasons),
        pro=told(base, status.pro),
        contra=told(base, status.contra),
    )


def _days(first: date, end: date | None) -> str:
    last = day((end - timedelta(days=1)).isoformat()) if end else ""
    if first == date.min:
        return f"{last}及以前" if last else "任何一天"
    return f"{day(first.isoformat())}{f'至{last}' if last else '起'}"


def _brief(quote: str) -> str:
    # a relation may rest on a whole paragraph; its clause is one click away
    line = quote.split("\n")[0]
    line = line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1]
    return line if line == quote else f"{line}…"
