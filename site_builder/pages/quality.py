"""How far the extraction can be trusted: what was read, reviewed, doubted, and what is not here.

Nothing is left out because it looks bad, and no score is given that the rule base does not hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kb.force.models import Stub
from kb.models import KIND_NAMES, anchor_of
from kb.schema import Record
from site_builder import urls
from site_builder.contexts import Entry, Pager, Shell
from site_builder.facts import clause_name, standing_rules, title_of
from site_builder.holdings import Holdings
from site_builder.lists.entries import kinds_of
from site_builder.lists.paging import Leaf, leaves
from site_builder.page import Edition, Page, Templates
from site_builder.pages import awaiting
from site_builder.unread import Unread
from site_builder.wording.words import REVIEWS

_COLUMNS = ("条款", "表格", *KIND_NAMES.values(), "引用", "未收录的引用", "已人工核对", "待查")
_COMMANDS = """\
policykb review
policykb confirm 标识 --by 姓名 --note 理由
policykb correct 标识 --by 姓名 --note 理由 --effective 2022-07-01
policykb reject 标识 --by 姓名 --note 理由"""
#: so many places that cite an absent document are named
_CITING = 5


@dataclass(frozen=True, slots=True)
class KindLine:
    """Something for a person, by kind: how many there are, and what is to be decided."""

    name: str
    href: str
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class QualityPage:
    """quality.html"""

    shell: Shell
    extracted: tuple[Entry, ...]
    unread: tuple[Unread, ...]
    reviews: tuple[Entry, ...]
    awaiting: tuple[KindLine, ...]
    absent: int
    commands: str


@dataclass(frozen=True, slots=True)
class QualityLine:
    """The counts of one notice, in the order of the page's columns."""

    title: str
    href: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CountedPage:
    """counted.html: the counts of every notice; ``totals`` are those of all pages."""

    shell: Shell
    columns: tuple[str, ...]
    lines: tuple[QualityLine, ...]
    totals: tuple[int, ...]
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class AbsentLine:
    """A document that is cited and not here, with the first places that cite it."""

    name: str
    title: str
    times: int
    citing: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class AbsentPage:
    """absent.html"""

    shell: Shell
    total: int
    lines: tuple[AbsentLine, ...]
    pager: Pager | None


def _quality(holdings: Holdings, edition: Edition) -> QualityPage:
    return QualityPage(
        shell=edition.shell(urls.QUALITY, "数据质量", "quality"),
        extracted=_extracted(holdings),
        unread=edition.unread,
        reviews=_reviews(holdings),
        awaiting=_awaiting(holdings),
        absent=len(holdings.graph.stubs),
        commands=_COMMANDS,
    )


def _extracted(holdings: Holdings) -> tuple[Entry, ...]:
    records = holdings.base.records
    rules = kinds_of(rule for record in records for rule in standing_rules(record))
    return (
        Entry("文件", urls.DOCUMENTS, str(len(records))),
        Entry("条款", urls.COUNTED, str(sum(len(record.clauses) for record in records))),
        *(
            Entry(name, f"{urls.SEARCH}?kind={code}", str(rules[code]))
            for code, name in KIND_NAMES.items()
        ),
    )


def _reviews(holdings: Holdings) -> tuple[Entry, ...]:
    """Rules by what people have said of them, and the relations they have spoken of."""
    said = Counter(str(rule.review.status) for _, rule in holdings.base.rules())
    decided = len(holdings.graph.curated.decisions) + len(holdings.graph.curated.relations)
    return (
        *(Entry(words, "", str(said[status])) for status, words in REVIEWS.items()),
        Entry("人工核定的关系和引用", "", str(decided)),
    )


def _awaiting(holdings: Holdings) -> tuple[KindLine, ...]:
    begins = awaiting.places(holdings)
    return tuple(
        KindLine(*_named(kind, begins[kind]), count)
        for kind, count in awaiting.counts(holdings).items()
    )


def _named(kind: str, href: str) -> tuple[str, str, str]:
    name, meaning = awaiting.KINDS[kind]
    return name, href, meaning


def _counted(
    holdings: Holdings, edition: Edition, leaf: Leaf[Record], totals: tuple[int, ...]
) -> CountedPage:
    return CountedPage(
        shell=edition.shell(leaf.path, leaf.title("各文件的数量"), "quality"),
        columns=_COLUMNS,
        lines=tuple(_quality_line(holdings, record) for record in leaf.items),
        totals=totals,
        pager=leaf.pager,
    )


def _quality_line(holdings: Holdings, record: Record) -> QualityLine:
    page = urls.href(urls.document_page(record.document.id))
    return QualityLine(title_of(record), page, _counts(record))


def _counts(record: Record) -> tuple[int, ...]:
    kinds = kinds_of(standing_rules(record))
    return (
        len(record.clauses),
        len(record.tables),
        *(kinds[kind] for kind in KIND_NAMES),
        len(record.citations),
        sum(not c.target and not c.unnamed for c in record.citations),
        sum(rule.review.status != "extracted" for rule in record.rules),
        len(record.findings),
    )


def _totals(holdings: Holdings) -> tuple[int, ...]:
    columns = zip(*map(_counts, holdings.base.records), strict=True)
    return tuple(map(sum, columns)) or (0,) * len(_COLUMNS)


def _absent_line(holdings: Holdings, stub: Stub) -> AbsentLine:
    title = f"《{stub.title}》" if stub.title else ""
    return AbsentLine(
        name=stub.name,
        title="" if title == stub.name else title,
        times=len(stub.cited_by),
        citing=tuple(
            Entry(*_place(holdings, said.document, said.clause)) for said in stub.cited_by[:_CITING]
        ),
    )


def _place(holdings: Holdings, document: str, clause: str) -> tuple[str, str]:
    record = holdings.base.by_id[document]
    name = f"{record.document.number or title_of(record)} {clause_name(record, clause)}"
    return name, urls.href(urls.document_page(document), anchor_of(record, clause))


def _by_weight(holdings: Holdings) -> list[Stub]:
    """The documents that are cited most come first: those to be collected next."""
    return sorted(holdings.graph.stubs.values(), key=lambda s: (-len(s.cited_by), s.name))


TEMPLATES: Templates = {
    "quality.html": QualityPage,
    "counted.html": CountedPage,
    "absent.html": AbsentPage,
}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The page on quality, the counts of every notice, and the documents that are not here."""
    yield Page(urls.QUALITY, "quality.html", _quality(holdings, edition))
    totals = _totals(holdings)
    for counted in leaves(urls.COUNTED, holdings.base.records):
        yield Page(counted.path, "counted.html", _counted(holdings, edition, counted, totals))
    stubs = _by_weight(holdings)
    for leaf in leaves(urls.ABSENT, stubs):
        lines = tuple(_absent_line(holdings, stub) for stub in leaf.items)
        shell = edition.shell(leaf.path, leaf.title("未收录的文件"), "quality")
        yield Page(leaf.path, "absent.html", AbsentPage(shell, len(stubs), lines, leaf.pager))
