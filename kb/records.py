"""Turns an extraction into a record: ids, plain values, quotes at their spans.

A rule's id hashes its quote and the value that identifies it, so it survives an insertion before
it and two facts on one quote stay apart. Equal extractions give equal records.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from corpus.models import SourceText, TextSpan
from extractor.models import (
    Amount,
    Citation,
    Deadline,
    Department,
    Elements,
    Group,
    Notice,
    Quantity,
    Tag,
    Target,
    Validity,
)
from extractor.pipeline import Extracted
from extractor.regions import id_prefix
from kb.schema import Record

_KINDS = {
    Amount: "amount",
    Deadline: "deadline",
    Department: "department",
    Target: "target",
    Group: "group",
}
#: the fields that tell two facts on one quote apart
_IDENTITY = {
    "amount": ("min", "max", "percent_min", "percent_max", "cap", "tiers", "category", "item"),
    "deadline": ("type", "date", "from", "to", "rrule", "duration"),
    "department": ("name", "role"),
    "target": ("metric", "min", "max", "unit", "subject", "period"),
    "group": ("name",),
}


def record_of(extracted: Extracted, source: SourceText) -> Record:
    """The record of one document; its citations are not resolved yet."""
    extraction = extracted.extraction
    notice = extraction.notice
    document = _document(extracted, source)
    ids = _Ids(document["id"], notice)
    rules = [
        ids.named(rule) | _page_key(tag.span, source, extracted)
        for tag in extraction.tags
        if (rule := _rule(tag, notice))
    ]
    return Record.model_validate(
        {
            "document": document,
            "text": notice.text,
            "validity": {
                "statements": [
                    _quoted(t, notice) for t in extraction.tags if isinstance(t.fact, Validity)
                ]
            },
            "clauses": [_clause(notice, i, source, extracted) for i in range(len(notice.clauses))],
            "tables": [_table(table) for table in notice.tables],
            "rules": rules,
            "citations": [
                _quoted(t, notice) for t in extraction.tags if isinstance(t.fact, Citation)
            ],
            "findings": [_finding(f) for f in (*source.findings, *extraction.findings)],
        }
    )


def tagged(extracted: Extracted, text: str) -> dict[str, Any]:
    """Tags and quantities of free ``text`` as plain values whose spans point into ``text``."""
    notice = extracted.extraction.notice
    rules = []
    for tag in extracted.extraction.tags:
        plain = _rule(tag, notice) or {"kind": _other(tag), **_quoted(tag, notice)}
        span = extracted.normal.to_source(tag.span)
        rules.append({**plain, "quote": span.of(text), "span": [span.start, span.end]})
    quantities = [_quantity(q, extracted, text) for q in extracted.extraction.quantities]
    return {"rules": rules, "quantities": quantities}


def _other(tag: Tag) -> str:
    return "citation" if isinstance(tag.fact, Citation) else "validity"


def _quantity(quantity: Quantity, extracted: Extracted, text: str) -> dict[str, Any]:
    span = extracted.normal.to_source(quantity.span)
    plain = _plain(quantity)
    for key in ("core", "kind", "span"):
        plain.pop(key, None)
    if quantity.kind in ("money", "percent", "count"):
        plain.setdefault("unit", None)
    return {"kind": quantity.kind, "text": span.of(text), "span": [span.start, span.end], **plain}


def _document(extracted: Extracted, source: SourceText) -> dict[str, Any]:
    notice, elements = extracted.extraction.notice, extracted.extraction.notice.elements
    return {
        "id": document_id(elements, source),
        "number": str(elements.number) if elements.number else None,
        "title": elements.title,
        "kind": elements.kind,
        "enclosed": asdict(elements.enclosed) if elements.enclosed else None,
        "issuers": elements.issuers,
        "addressees": elements.addressees,
        "copied_to": elements.copied_to,
        "issued": elements.issued,
        "issued_year": elements.issued_year,
        "printed": elements.printed,
        "publicity": elements.publicity,
        "region": asdict(elements.region) if elements.region else None,
        "attachments": [asdict(a) for a in elements.attachments],
        "contacts": [asdict(c) for c in elements.contacts],
        "portal": dict(source.portal),
        "source": {
            "path": str(source.path),
            "sha256": source.sha256,
            "media_type": source.media_type,
            "reader": source.reader,
            "characters": len(source.text),
            "text_sha256": hashlib.sha256(notice.text.encode()).hexdigest(),
            "page_furniture": extracted.normal.furniture,
            "pages": len(source.page_starts) or None,
        },
    }


def document_id(elements: Elements, source: SourceText) -> str:
    """Region code and the pinyin of the number; without a number, of the file's stem."""
    prefix = id_prefix(elements.region)
    if elements.number:
        return f"{prefix}-{elements.number.slug}"
    # it takes a quarter of a second to import, which few documents need
    from pypinyin import lazy_pinyin

    stem = source.path.name.rsplit(".", 1)[0]
    slug = re.sub(r"[^a-z0-9]+", "-", "-".join(lazy_pinyin(stem)).lower()).strip("-")
    return f"{prefix}-{slug[:80] or hashlib.sha256(stem.encode()).hexdigest()[:12]}"


class _Ids:
    """Names rules; a hash that is taken grows until it is free."""

    def __init__(self, document: str, notice: Notice) -> None:
        self._document = document
        # of two clauses on one path the first
        self._anchors = {c.path: c.anchor for c in reversed(notice.clauses)}
        self._taken: set[str] = set()

    def named(self, rule: dict[str, Any]) -> dict[str, Any]:
        anchor = self._anchors.get(rule["clause"], "front")
        identity = [str(rule.get(key, "")) for key in _IDENTITY[rule["kind"]]]
        digest = hashlib.sha256("\x1f".join([rule["quote"], *identity]).encode()).hexdigest()
        for size in range(4, len(digest)):
            name = f"{self._document}#{anchor}.{rule['kind']}.{digest[:size]}"
            if name not in self._taken:
                break
        self._taken.add(name)
        return {"id": name, **rule}


def _rule(tag: Tag, notice: Notice) -> dict[str, Any] | None:
    kind = _KINDS.get(type(tag.fact))
    return {"kind": kind, **_quoted(tag, notice)} if kind else None


def _quoted(tag: Tag, notice: Notice) -> dict[str, Any]:
    return {
        "clause": tag.clause,
        **_plain(tag.fact),
        "quote": tag.span.of(notice.text),
        "span": [tag.span.start, tag.span.end],
    }


def _plain(fact: Any) -> dict[str, Any]:
    """The fields of a fact that say something, keys as in the record (``from_`` is ``from``)."""
    pairs = ((name, key, getattr(fact, name)) for name, key in _keys(fact.__class__))
    return {key: _value(value) for _, key, value in pairs if _says(value)}


@cache
def _keys(kind: Any) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, field.name.rstrip("_")) for field in fields(kind))


def _says(value: Any) -> bool:
    return value is not None and value is not False and value != () and value != []


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return tuple(_value(item) for item in value)
    return _plain(value) if is_dataclass(value) else value


def _clause(notice: Notice, index: int, source: SourceText, extracted: Extracted) -> dict[str, Any]:
    clause = notice.clauses[index]
    return {
        "path": clause.path,
        "anchor": clause.anchor,
        "level": clause.level,
        "heading": clause.heading,
        "span": [clause.span.start, clause.span.end],
        "page": _page(clause.span, source, extracted),
    }


def _page(span: TextSpan, source: SourceText, extracted: Extracted) -> int | None:
    if not source.page_starts:
        return None
    at = extracted.normal.to_source(span).start
    return sum(start <= at for start in source.page_starts)


def _page_key(span: TextSpan, source: SourceText, extracted: Extracted) -> dict[str, int]:
    page = _page(span, source, extracted)
    return {} if page is None else {"page": page}


def _table(table: Any) -> dict[str, Any]:
    return {
        "clause": table.clause,
        "header": table.header,
        "rows": table.rows,
        "span": [table.span.start, table.span.end],
        "caption": table.caption,
    }


def _finding(finding: Any) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "quote": finding.quote,
        "span": [finding.span.start, finding.span.end] if finding.span else None,
    }
