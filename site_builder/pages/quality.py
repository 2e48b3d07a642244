"""How far the extraction can be trusted: counts, findings, and what is unresolved.

Nothing is left out because it looks bad.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.models import KIND_NAMES, KnowledgeBase
from kb.schema import Record
from site_builder import urls
from site_builder.contexts import CitationLine, FindingLine, Shell
from site_builder.entries import citation_line, finding_line, kinds_of
from site_builder.facts import standing_rules, title_of
from site_builder.holdings import Holdings
from site_builder.page import Edition, Page, Templates

_COLUMNS = ("条款", "表格", *KIND_NAMES.values(), "引用", "未找到的引用", "已人工核对", "待查")


@dataclass(frozen=True, slots=True)
class QualityLine:
    """The counts of one notice, in the order of the page's columns."""

    title: str
    href: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of one notice."""

    title: str
    href: str
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class QualityPage:
    """quality.html"""

    shell: Shell
    columns: tuple[str, ...]
    lines: tuple[QualityLine, ...]
    totals: tuple[int, ...]
    findings: tuple[Findings, ...]
    unresolved: tuple[CitationLine, ...]


def _quality(base: KnowledgeBase, edition: Edition) -> QualityPage:
    lines = tuple(map(_quality_line, base.records))
    return QualityPage(
        shell=edition.shell(urls.QUALITY, "数据质量", "quality"),
        columns=_COLUMNS,
        lines=lines,
        totals=tuple(sum(line.counts[n] for line in lines) for n in range(len(_COLUMNS))),
        findings=tuple(map(_findings, filter(lambda r: r.findings, base.records))),
        unresolved=tuple(
            citation_line(base, record, citation)
            for record in base.records
            for citation in record.citations
            if not citation.target and not citation.unnamed
        ),
    )


def _quality_line(record: Record) -> QualityLine:
    kinds = kinds_of(standing_rules(record))
    counts = (
        len(record.clauses),
        len(record.tables),
        *(kinds[kind] for kind in KIND_NAMES),
        len(record.citations),
        sum(not c.target and not c.unnamed for c in record.citations),
        sum(rule.review.status != "extracted" for rule in record.rules),
        len(record.findings),
    )
    return QualityLine(title_of(record), urls.href(urls.document_page(record.document.id)), counts)


def _findings(record: Record) -> Findings:
    page = urls.href(urls.document_page(record.document.id))
    return Findings(title_of(record), page, tuple(map(finding_line, record.findings)))


TEMPLATES: Templates = {"quality.html": QualityPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The page on quality."""
    yield Page(urls.QUALITY, "quality.html", _quality(holdings.base, edition))
