"""What awaits a person: conflicts, inferences, doubtful citations, findings, decisions gone stale.

The most consequential come first. Each tells the words it rests on and the id by which a person
answers it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from kb.force.models import Evidence, named
from kb.force.review import Item
from kb.models import KnowledgeBase, anchor_of
from site_builder import urls
from site_builder.contexts import Pager, Shell
from site_builder.facts import clause_name, title_of
from site_builder.holdings import Holdings
from site_builder.lists.paging import Leaf, leaves, page_of
from site_builder.page import Edition, Page, Templates
from site_builder.wording.words import finding_words

#: what an item of each kind is called, and what a person decides
KINDS: dict[str, tuple[str, str]] = {
    "stale": ("核定所据原文已变", "人工核定时的原文已经不在，核定不再适用，须重新核定。"),
    "conflict": ("待裁决的冲突", "同一事项有两种规定，先后或效力不明，须由人判断以哪个为准。"),
    "supersession": ("推定的替代", "较晚的规定推定替代较早的规定，没有文字写明，确认后才算数。"),
    "ending-citation": ("废止对象不明", "文中废止或替代的文件可能是几份中的一份。"),
    "error": ("错误", "文件里有不能照读的地方。"),
    "portal": (
        "网页与正文日期不同",
        "网页登记的施行或失效日期与正文不同，须查明以哪个为准。",
    ),
    "indirect": ("间接认定的对象", "被废止或替代的文件不是凭发文字号认定的。"),
    "warning": ("疑问", "文件里有须核对的地方。"),
    "citation": ("引用对象不明", "引用的文件可能是几份中的一份。"),
    "relation": ("推定的其他关系", "沿用、细化等关系是推出来的，确认后才算数。"),
    "rule": ("事项不明的金额", "金额没有写明用于什么，不能与别的规定比较。"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Words that an item rests on, and where they stand; ``href`` is empty where they are gone."""

    quote: str
    place: str
    href: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """Something for a person, with the id to answer it by."""

    id: str
    what: str
    reasons: tuple[str, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class KindSection:
    """The items of one kind, as far as they stand on this page."""

    anchor: str
    name: str
    meaning: str
    total: int
    items: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True)
class AwaitingPage:
    """awaiting.html"""

    shell: Shell
    total: int
    sections: tuple[KindSection, ...]
    pager: Pager | None


def counts(holdings: Holdings) -> dict[str, int]:
    """How many items of each kind there are, in the order they are listed."""
    held = Counter(item.kind for item in holdings.awaiting)
    return {kind: held[kind] for kind in KINDS if kind in held}


def places(holdings: Holdings) -> dict[str, str]:
    """Where the items of each kind begin."""
    first: dict[str, int] = {}
    for place, item in enumerate(holdings.awaiting):
        first.setdefault(item.kind, place)
    return {kind: urls.href(page_of(urls.AWAITING, at), kind) for kind, at in first.items()}


@dataclass(frozen=True, slots=True)
class _Told:
    """What all pages of the list share: findings in Chinese, how many of each kind, and where."""

    findings: Mapping[str, str]
    totals: Mapping[str, int]
    begins: Mapping[str, str]


def _awaiting(holdings: Holdings, edition: Edition, leaf: Leaf[Item], told: _Told) -> AwaitingPage:
    by_kind = groupby(leaf.items, key=lambda item: item.kind)
    return AwaitingPage(
        shell=edition.shell(leaf.path, leaf.title("待人工确认"), "quality"),
        total=len(holdings.awaiting),
        sections=tuple(
            KindSection(
                anchor=kind if told.begins[kind].startswith(f"{urls.href(leaf.path)}#") else "",
                name=KINDS[kind][0],
                meaning=KINDS[kind][1],
                total=told.totals[kind],
                items=tuple(_line(holdings.base, item, told.findings) for item in items),
            )
            for kind, items in by_kind
        ),
        pager=leaf.pager,
    )


def _line(base: KnowledgeBase, item: Item, told: Mapping[str, str]) -> ItemLine:
    return ItemLine(
        id=item.id,
        what=told.get(item.id, item.what),
        reasons=item.reasons,
        words=tuple(_words(base, said) for said in item.evidence),
    )


def _words(base: KnowledgeBase, said: Evidence) -> Words:
    record = base.by_id.get(said.document)
    if record is None:
        return Words(said.quote, said.document, "")
    name = record.document.number or title_of(record)
    page = urls.document_page(said.document)
    if not said.clause and said.span:
        return Words(said.quote, name, urls.href(page))
    place = f"{name} {clause_name(record, said.clause)}"
    return Words(said.quote, place, urls.href(page, anchor_of(record, said.clause)))


def _findings(base: KnowledgeBase) -> dict[str, str]:
    """Findings in Chinese by the id of their item."""
    return {
        named(
            "fnd", record.document.id, finding.code, finding.quote or "", finding.message
        ): f"{record.document.number or title_of(record)}："
        + finding_words(finding.code, finding.message)
        for record in base.records
        for finding in record.findings
    }


TEMPLATES: Templates = {"awaiting.html": AwaitingPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The pages of the list."""
    told = _Told(_findings(holdings.base), counts(holdings), places(holdings))
    for leaf in leaves(urls.AWAITING, holdings.awaiting):
        yield Page(leaf.path, "awaiting.html", _awaiting(holdings, edition, leaf, told))
