"""The Atom feed (RFC 4287) of what has changed: documents issued, in force, ended, replaced.

An entry keeps its id for as long as its document and day stay; the newest hundred are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from kb.force.events import Event
from site_builder import urls
from site_builder.facts import title_of
from site_builder.holdings import Holdings
from site_builder.page import Edition
from site_builder.wording.filters import day as spoken

_MOST = 100
#: a day in China begins there; notices print days without hours
_MIDNIGHT = "T00:00:00+08:00"
#: what XML 1.0 may not hold, escaped or not
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(holdings: Holdings, edition: Edition) -> bytes:
    """The feed of what has happened until the day of building."""
    past = [event for event in changes(holdings) if event.when.last <= edition.built]
    newest = past[: -_MOST - 1 : -1]
    updated = newest[0].when.last if newest else edition.built
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        _element("title", f"{edition.title}：变动"),
        _element("id", urls.public(edition.url, urls.FEED)),
        _element("updated", updated.isoformat() + _MIDNIGHT),
        f"<author>{_element('name', edition.title)}</author>",
        _link("self", urls.public(edition.url, urls.FEED), "application/atom+xml"),
        _link("alternate", urls.public(edition.url, urls.HOME), "text/html"),
        *(_entry(event, holdings, edition) for event in newest),
        "</feed>\n",
    )
    return "\n".join(lines).encode()


def changes(holdings: Holdings) -> list[Event]:
    """What happens to documents and clauses that are here, on days that are known, in time."""
    return [
        event
        for event in holdings.events
        if event.when.is_day
        and not (event.rule or event.subject.rule)
        and event.subject.document in holdings.base.by_id
    ]


def _entry(event: Event, holdings: Holdings, edition: Edition) -> str:
    record = holdings.base.by_id[event.subject.document]
    page, day = urls.document_page(record.document.id), event.when.first.isoformat()
    what = f"{title_of(record)} {event.subject.clause or ''}".rstrip()
    lines = (
        "<entry>",
        _element("title", f"{event.name}：{what}"),
        _element("id", urls.public(edition.url, page, _name(event))),
        _element("updated", day + _MIDNIGHT),
        _link("alternate", urls.public(edition.url, page), "text/html"),
        f"<category term={_attribute(event.kind)} label={_attribute(event.name)}/>",
        _element("summary", "\n".join(_told(event, holdings))),
        "</entry>",
    )
    return "\n".join(lines)


def _name(event: Event) -> str:
    """What tells an event from all others of its document."""
    told = event.relation.id if event.relation else None
    parts = (event.kind, event.when.first.isoformat(), event.subject.clause, told)
    return "-".join(filter(None, parts))


def _told(event: Event, holdings: Holdings) -> Iterator[str]:
    """The event in a sentence, who brings it about, and the words that say so."""
    name = f"{holdings.graph.name(event.subject.document)} {event.subject.clause or ''}".rstrip()
    yield f"{spoken(event.when.first.isoformat())}，{name} {event.name}。"
    if event.relation:
        yield f"依据：{holdings.graph.name(event.relation.source.document)}"
    if event.evidence:
        yield f"原文：{event.evidence.quote}"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_FORBIDDEN.sub('', text))}</{name}>"


def _link(relation: str, address: str, kind: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href={_attribute(address)}/>'


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("", text))
