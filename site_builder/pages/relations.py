"""How documents refer to, carry, change and end each other: a map, and the same as a table.

The map shows so many documents as can be followed; which those are the page says. The table has
every link, 100 a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from corpus import numbering
from kb.force.days import Interval
from kb.force.graph import Graph
from kb.force.models import INFERRED, TEXT
from kb.models import anchor_of
from kb.schema import Record
from site_builder import urls
from site_builder.contexts import Entry, Pager, Shell
from site_builder.facts import title_of
from site_builder.holdings import Holdings
from site_builder.lists.paging import Leaf, leaves
from site_builder.maps.document_links import MANNERS, STRONG, Link, document_links, links_left_out
from site_builder.maps.relation_map import Dot, Line, RelationMap, fit, relation_map
from site_builder.page import Edition, Page, Templates
from site_builder.wording.filters import when_words

#: so many documents, here and not here, can be followed on a map
_DRAWN, _STUBS = 40, 24
_LEVELS = {"national": "国家", "province": "省级", "city": "市级", "county": "县级"}
_LANES = (*_LEVELS.values(), "地区不明", "未收录的文件")
_UNPLACED, _ABSENT = len(_LANES) - 2, len(_LANES) - 1
_ASSERTED = {TEXT: "原文写明", INFERRED: "推定，待确认"}


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link in the table. ``times`` is in how many places it is said."""

    source: Entry
    words: str
    manner: str
    target: Entry
    when: str
    asserted: str
    quote: str
    href: str
    times: int


@dataclass(frozen=True, slots=True)
class Manner:
    """What a style of line means."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RelationsPage:
    """relations.html; ``map`` is None on the later pages of the table, and where nothing is drawn.

    ``here`` and ``absent`` are how many documents are drawn, ``left_out`` how many are not;
    ``unlisted`` is how many links the table leaves out.
    """

    shell: Shell
    total: int
    unlisted: int
    map: RelationMap | None
    here: int
    absent: int
    left_out: int
    manners: tuple[Manner, ...]
    links: tuple[LinkLine, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn: documents of the base, documents that are not in it, links among them."""

    here: tuple[str, ...]
    absent: tuple[str, ...]
    links: tuple[Link, ...]


def drawn(graph: Graph, links: Sequence[Link], most: int = _DRAWN, stubs: int = _STUBS) -> Drawn:
    """The documents that end or change most come first; all that are linked, where they fit."""
    strong = [link for link in links if link.manner in STRONG]
    ranks = _ranks(graph, links, strong)
    here = [name for name in ranks if name in graph.base.by_id]
    if len(here) > most:
        ended = {end for link in strong for end in (link.source, link.target)}
        here = [name for name in here if name in ended][:most]
    kept = set(here)
    near = {end for link in links for end in (link.source, link.target) if _meets(link, kept)}
    absent = [name for name in ranks if name not in graph.base.by_id and name in near][:stubs]
    shown = {*here, *absent}
    among = tuple(link for link in links if {link.source, link.target} <= shown)
    return Drawn(tuple(here), tuple(absent), among)


def _meets(link: Link, names: set[str]) -> bool:
    return link.source in names or link.target in names


def _ranks(graph: Graph, links: Sequence[Link], strong: Sequence[Link]) -> list[str]:
    """Linked documents: those in most endings and changes, then in most links, then the latest."""
    weight: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for place, counted in enumerate((strong, links)):
        for name in chain.from_iterable((link.source, link.target) for link in counted):
            weight[name][place] += 1
    return sorted(weight, key=lambda n: (*(-w for w in weight[n]), -(_year(graph, n) or 0), n))


def _year(graph: Graph, name: str) -> int | None:
    """The year of issue; of a document that is not here, that of its number."""
    record = graph.base.by_id.get(name)
    if record is not None:
        return record.document.issued_year
    number = numbering.parse(name)
    return number.year if number else None


def _map(graph: Graph, found: Drawn) -> RelationMap | None:
    if not found.links:
        return None
    ordered = sorted(found.here, key=lambda name: (_issued(graph, name), name))
    dots = [_dot(graph, name) for name in (*ordered, *sorted(found.absent))]
    linked = {end for link in found.links for end in (link.source, link.target)}
    return relation_map(
        [dot for dot in dots if dot.name in linked], _lines(graph, found.links), _LANES
    )


def _issued(graph: Graph, name: str) -> tuple[str, str]:
    issued: Interval | None = graph.terms[name].issued
    return (issued.first.isoformat(), issued.last.isoformat()) if issued else ("", "")


def _dot(graph: Graph, name: str) -> Dot:
    record = graph.base.by_id.get(name)
    if record is None:
        return Dot(
            name, _ABSENT, _year(graph, name), (fit(name), ""), f"{name}（未收录）", "", True
        )
    number, title = record.document.number or "", title_of(record)
    lines = (number, title) if number else (title, "")
    return Dot(
        name=name,
        lane=_lane(record),
        year=record.document.issued_year,
        lines=(fit(lines[0]), fit(_brief(lines[1]))),
        title=f"{title}（{number}）" if number else title,
        href=urls.href(urls.document_page(name)),
        stub=False,
    )


def _lane(record: Record) -> int:
    region = record.document.region
    return list(_LEVELS).index(region.level) if region and region.level in _LEVELS else _UNPLACED


def _brief(title: str) -> str:
    """What it is about: the words after 关于, which its issuers stand before."""
    before, about, after = title.partition("关于")
    return after if about and after else before


def _lines(graph: Graph, links: Iterable[Link]) -> list[Line]:
    """One line from one document to another, for the most consequential of its links."""
    held: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: link.rank):
        held[link.source, link.target].append(link)
    return [_line(graph, found) for found in held.values()]


def _line(graph: Graph, links: Sequence[Link]) -> Line:
    first = links[0]
    more = "等" if len(links) > 1 else ""
    said = "、".join(link.words for link in links)
    names = graph.name(first.source), graph.name(first.target)
    title = f"{names[0]} {said} {names[1]}"
    return Line(first.source, first.target, first.manner, first.presumed, first.words + more, title)


def _rows(holdings: Holdings, links: Sequence[Link]) -> list[Link]:
    """The latest document first, then the most consequential link."""
    graph = holdings.graph
    return sorted(links, key=lambda x: (-(_year(graph, x.source) or 0), x.source, x.rank, x.target))


def _link_line(holdings: Holdings, link: Link) -> LinkLine:
    first = link.relations[0]
    said = first.evidence
    return LinkLine(
        source=_end(holdings, link.source),
        words=link.words,
        manner=link.manner,
        target=_end(holdings, link.target),
        when=when_words(first.when) if first.when and link.manner in STRONG else "",
        asserted=_ASSERTED.get(first.asserted_by, f"{first.asserted_by}认定"),
        quote=said.quote if said else "",
        href=_place(holdings, said.document, said.clause) if said else "",
        times=len(link.relations),
    )


def _end(holdings: Holdings, name: str) -> Entry:
    record = holdings.base.by_id.get(name)
    if record is None:
        return Entry(name, "", "未收录")
    shown = holdings.graph.name(name)
    return Entry(shown, urls.href(urls.document_page(name)), _remark(record, shown))


def _remark(record: Record, shown: str) -> str:
    title = record.document.title or ""
    return "" if title in shown else title


def _place(holdings: Holdings, document: str, clause: str) -> str:
    record = holdings.base.by_id.get(document)
    if record is None:
        return ""
    return urls.href(urls.document_page(document), anchor_of(record, clause))


def _relations(
    holdings: Holdings, edition: Edition, leaf: Leaf[Link], found: Drawn, total: int, linked: int
) -> RelationsPage:
    first = leaf.number == 1
    shown: Mapping[str, None] = dict.fromkeys(link.manner for link in found.links)
    return RelationsPage(
        shell=edition.shell(leaf.path, leaf.title("关系"), "relations"),
        total=total,
        unlisted=holdings.once(("unlisted",), lambda: links_left_out(holdings.graph)),
        map=_map(holdings.graph, found) if first else None,
        here=len(found.here),
        absent=len(found.absent),
        left_out=linked - len(found.here) - len(found.absent),
        manners=tuple(Manner(code, name) for code, (name, _) in MANNERS.items() if code in shown),
        links=tuple(_link_line(holdings, link) for link in leaf.items),
        pager=leaf.pager,
    )


TEMPLATES: Templates = {"relations.html": RelationsPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The map and the pages of the table."""
    links = document_links(holdings.graph)
    found = drawn(holdings.graph, links)
    linked = len({end for link in links for end in (link.source, link.target)})
    for leaf in leaves(urls.RELATIONS, _rows(holdings, links)):
        page = _relations(holdings, edition, leaf, found, len(links), linked)
        yield Page(leaf.path, "relations.html", page)
