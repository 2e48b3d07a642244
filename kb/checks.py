"""Whether the rule base keeps its promises: quotes at their spans, ids unique, every reference met.

Looks at loaded records only; each broken promise is one problem that names its record and rule.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kb.models import KnowledgeBase, anchor_of
from kb.schema import Record, Span

_ANCHOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
#: as kb.models.anchor_of names what stands above the first clause
_FRONT = "front"


@dataclass(frozen=True, slots=True)
class Problem:
    """``where`` is an id of a document or rule, ``code`` is stable, ``message`` a sentence."""

    where: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def check(base: KnowledgeBase) -> tuple[Problem, ...]:
    """Every broken promise, in the order of the records."""
    problems = [*_repeated_ids(base)]
    for record in base.records:
        for promise in _PROMISES:
            problems.extend(promise(record))
        problems.extend(_targets(record, base))
    return tuple(problems)


def _repeated_ids(base: KnowledgeBase) -> Iterator[Problem]:
    ids = Counter(rule.id for record in base.records for rule in record.rules)
    documents = Counter(record.document.id for record in base.records)
    for name, count in (*documents.items(), *ids.items()):
        if count > 1:
            yield Problem(name, "id-repeated", f"the id stands {count} times in the rule base")


@dataclass(frozen=True, slots=True)
class _Place:
    """Something of a record that points into its text."""

    where: str
    clause: str | None
    span: Span | None
    quote: str | None


def _places(record: Record) -> Iterator[_Place]:
    name = record.document.id
    for rule in record.rules:
        yield _Place(rule.id, rule.clause, rule.span, rule.quote)
    for n, citation in enumerate(record.citations, 1):
        yield _Place(f"{name} citation {n}", citation.clause, citation.span, citation.quote)
    for n, statement in enumerate(record.validity.statements, 1):
        yield _Place(f"{name} validity {n}", statement.clause, statement.span, statement.quote)
    for n, finding in enumerate(record.findings, 1):
        quote = finding.quote if finding.span else None
        yield _Place(f"{name} finding {n}", None, finding.span, quote)
    for n, table in enumerate(record.tables, 1):
        yield _Place(f"{name} table {n}", table.clause, table.span, None)
    for clause in record.clauses:
        yield _Place(f"{name} clause {clause.path}", None, clause.span, None)


def _text(record: Record) -> Iterator[Problem]:
    digest = hashlib.sha256(record.text.encode()).hexdigest()
    if digest != record.document.source.text_sha256:
        message = f"the text is not the one that was read (its SHA-256 is {digest[:12]}…)"
        yield Problem(record.document.id, "text-changed", message)


def _quotes(record: Record) -> Iterator[Problem]:
    for place in _places(record):
        if place.span is None:
            continue
        start, end = place.span
        if not 0 <= start <= end <= len(record.text):
            message = f"the span {start}..{end} is not in the text ({len(record.text)} characters)"
            yield Problem(place.where, "span-outside", message)
        elif place.quote is not None and record.text[start:end] != place.quote:
            message = f"the quote “{_short(place.quote)}” does not stand at {start}..{end}"
            yield Problem(place.where, "quote-moved", message)


def _clauses(record: Record) -> Iterator[Problem]:
    known = {"", *(clause.path for clause in record.clauses)}
    for place in _places(record):
        if place.clause is not None and place.clause not in known:
            message = f'there is no clause "{place.clause}" in the record'
            yield Problem(place.where, "clause-unknown", message)


def _anchors(record: Record) -> Iterator[Problem]:
    for anchor, count in Counter(clause.anchor for clause in record.clauses).items():
        if count > 1:
            message = f'{count} clauses have the anchor "{anchor}"'
            yield Problem(record.document.id, "anchor-repeated", message)
    for clause in record.clauses:
        if not _ANCHOR.fullmatch(clause.anchor) or clause.anchor == _FRONT:
            message = f'"{clause.anchor}" cannot be the anchor of clause {clause.path}'
            yield Problem(record.document.id, "anchor-invalid", message)


def _rule_ids(record: Record) -> Iterator[Problem]:
    for rule in record.rules:
        start = f"{record.document.id}#{anchor_of(record, rule.clause)}.{rule.kind}."
        if not rule.id.startswith(start):
            message = f'the id of a {rule.kind} in clause "{rule.clause}" begins with {start}'
            yield Problem(rule.id, "id-misplaced", message)


_PROMISES = (_text, _quotes, _clauses, _anchors, _rule_ids)


def _targets(record: Record, base: KnowledgeBase) -> Iterator[Problem]:
    for n, citation in enumerate(record.citations, 1):
        for target in (citation.target, *(citation.candidates or ())):
            if target is not None and target not in base.by_id:
                message = f'it leads to "{target}", which is not in the rule base'
                yield Problem(f"{record.document.id} citation {n}", "target-unknown", message)


def _short(quote: str) -> str:
    return quote if len(quote) <= 24 else f"{quote[:23]}…"
