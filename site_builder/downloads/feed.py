"""The Atom feed (RFC 4287) of what has changed: documents issued, in force, ended, replaced.

An entry keeps its id for as long as its document and day stay; the newest hundred are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from kb.schema import Record
from site_builder import urls
from site_builder.facts import title_of
from site_builder.filters import day as spoken
from site_builder.holdings import Holdings, whole
from site_builder.page import Edition

_MOST = 100
#: a day in China begins there; notices print days without hours
_MIDNIGHT = "T00:00:00+08:00"
#: what a change of state is called
_TURNS = {
    "in_force": "施行",
    "expired": "到期",
    "repealed": "废止",
    "superseded": "被替代",
    "partly_superseded": "部分失效",
    "presumed_superseded": "推定被替代",
    "presumed_expired": "推定到期",
}
#: what XML 1.0 may not hold, escaped or not
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a document on a day, and why."""

    day: date
    kind: str
    name: str
    record: Record
    reasons: tuple[str, ...] = ()


def feed(holdings: Holdings, edition: Edition) -> bytes:
    """The feed of what has happened until the day of building."""
    past = [change for change in changes(holdings) if change.day <= edition.built]
    newest = sorted(past, key=lambda c: (c.day, c.record.document.id, c.kind), reverse=True)[:_MOST]
    updated = newest[0].day if newest else edition.built
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        _element("title", f"{edition.title}：变动"),
        _element("id", urls.public(edition.url, urls.FEED)),
        _element("updated", updated.isoformat() + _MIDNIGHT),
        f"<author>{_element('name', edition.title)}</author>",
        _link("self", urls.public(edition.url, urls.FEED), "application/atom+xml"),
        _link("alternate", urls.public(edition.url, urls.HOME), "text/html"),
        *(_entry(change, edition) for change in newest),
        "</feed>\n",
    )
    return "\n".join(lines).encode()


def changes(holdings: Holdings) -> Iterator[Change]:
    """What happens to every document on a day that is known."""
    for record in holdings.base.records:
        term = holdings.graph.terms[record.document.id]
        if term.issued and term.issued.is_day:
            yield Change(term.issued.first, "issued", "发文", record)
        yield from _turns(holdings, record)


def _turns(holdings: Holdings, record: Record) -> Iterator[Change]:
    """The days on which the state of a document becomes another that says something."""
    before = ""
    for period in holdings.periods(whole(record)):
        name = _TURNS.get(period.state)
        if name and period.state != before and period.first > date.min:
            reasons = tuple(dict.fromkeys(reason.text for reason in period.status.reasons))
            yield Change(period.first, period.state, name, record, reasons)
        before = period.state


def _entry(change: Change, edition: Edition) -> str:
    document = change.record.document
    page = urls.document_page(document.id)
    day = change.day.isoformat()
    told = (f"{spoken(day)}，{document.number or title_of(change.record)} {change.name}。",)
    lines = (
        "<entry>",
        _element("title", f"{change.name}：{title_of(change.record)}"),
        _element("id", urls.public(edition.url, page, f"{change.kind}-{day}")),
        _element("updated", day + _MIDNIGHT),
        _link("alternate", urls.public(edition.url, page), "text/html"),
        f"<category term={_attribute(change.kind)} label={_attribute(change.name)}/>",
        _element("summary", "\n".join((*told, *change.reasons))),
        "</entry>",
    )
    return "\n".join(lines)


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_FORBIDDEN.sub('', text))}</{name}>"


def _link(relation: str, address: str, kind: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href={_attribute(address)}/>'


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("", text))
