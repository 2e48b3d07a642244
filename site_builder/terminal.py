"""Records, clauses and rules as lines for a terminal.

Every line says what the record says, in the order of the text; nothing is cut off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kb.models import KIND_NAMES, KnowledgeBase, clause_of
from kb.schema import ClauseRecord, Record, Rule
from site_builder.facts import clause_name, title_of
from site_builder.words import REVIEWS, SEVERITIES, rule_words


def document_lines(record: Record) -> Iterator[str]:
    """Identity, outline with the rules of each clause, and what a person should look at."""
    document = record.document
    yield title_of(record)
    yield from _fields(
        ("编号", document.id),
        ("文号", document.number),
        ("发文机关", "、".join(document.issuers)),
        ("主送", "、".join(document.addressees)),
        ("成文日期", document.issued),
        ("地区", document.region.name if document.region else None),
        ("来源", document.source.path),
    )
    yield from _fields(("规则", rule_counts(record.rules)))
    for finding in record.findings:
        yield f"  {SEVERITIES[finding.severity]}  {finding.message}"
    for clause in record.clauses:
        indent = "  " * clause.level
        yield f"{indent}{clause.path}  {clause.heading}  #{clause.anchor}"
    for rule in record.rules:
        yield f"  [{KIND_NAMES[rule.kind]}] {rule.clause or '正文'}  {rule_words(rule)}"


def clause_lines(record: Record, clause: ClauseRecord) -> Iterator[str]:
    """The clause in its own words, and the rules in it."""
    yield f"{title_of(record)}  {clause_name(record, clause.path)}"
    yield record.text[slice(*clause.span)]
    for rule in record.rules:
        if rule.clause == clause.path:
            yield f"  [{KIND_NAMES[rule.kind]}] {rule_words(rule)}  {rule.id}"


def rule_lines(record: Record, rule: Rule) -> Iterator[str]:
    """What the rule says, with its words and where they stand."""
    clause = clause_of(record, rule.clause)
    yield f"[{KIND_NAMES[rule.kind]}] {rule_words(rule)}"
    yield from _fields(
        ("编号", rule.id),
        ("原文", rule.quote),
        ("位置", f"{rule.span[0]}–{rule.span[1]}"),
        ("条款", f"{rule.clause}  {clause.heading}" if clause else "正文"),
        ("文件", f"{title_of(record)}  {record.document.number or ''}".rstrip()),
        ("核对", REVIEWS[rule.review.status]),
        ("备注", rule.review.note),
    )


def rule_counts(rules: tuple[Rule, ...]) -> str:
    """How many rules there are of each kind: 金额 33 · 期限 27."""
    counts = Counter(rule.kind for rule in rules)
    return " · ".join(f"{name} {counts[kind]}" for kind, name in KIND_NAMES.items()) or "0"


def _fields(*pairs: tuple[str, str | None]) -> Iterator[str]:
    for name, value in pairs:
        if value:
            yield f"  {name}{'　' * (4 - len(name))}  {value}"


def known_names(base: KnowledgeBase) -> Iterator[str]:
    """Everything that ``policykb show`` can be asked for."""
    for record in base.records:
        yield record.document.id
        if record.document.number:
            yield record.document.number
        yield from (f"{record.document.id}#{clause.anchor}" for clause in record.clauses)
        yield from (rule.id for rule in record.rules)


def clause_named(record: Record, anchor: str) -> ClauseRecord | None:
    """The clause of ``anchor`` or of the path that stands in its place."""
    matches = (c for c in record.clauses if anchor in (c.anchor, c.path))
    return next(matches, None)
