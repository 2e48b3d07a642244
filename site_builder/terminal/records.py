"""Records, clauses, rules and search results as lines for a terminal.

Every line says what the record says, in the order of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from corpus import numbering
from corpus.errors import UsageError
from kb.models import KIND_NAMES, KnowledgeBase, clause_of
from kb.plain import to_plain
from kb.schema import ClauseRecord, Record, Rule
from kb.search.engine import Hit, Results
from site_builder.facts import title_of
from site_builder.wording.shortened import shortened
from site_builder.wording.words import REVIEWS, SEVERITIES, rule_words

#: characters of a heading in a list of hits
_HEADING = 30
_KINDS = {**KIND_NAMES, "clause": "条款"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing of the rule base, for people and for programs."""

    lines: tuple[str, ...]
    plain: dict[str, Any]


def shown(base: KnowledgeBase, name: str) -> Shown:
    """The rule, document or clause that ``name`` names; raises ``UsageError`` with the nearest."""
    if found := base.rule(name):
        return _rule(*found)
    document, _, anchor = name.partition("#")
    record = base.by_id.get(document) or _numbered(base, document)
    if record is None:
        raise _unknown(base, name)
    if not anchor:
        return Shown(tuple(_document_lines(record)), to_plain(record))
    for clause in record.clauses:
        if anchor in (clause.anchor, clause.path):
            return _clause(record, clause)
    raise _unknown(base, name)


def _numbered(base: KnowledgeBase, text: str) -> Record | None:
    number = numbering.parse(text)
    if number is None:
        return next((r for r in base.records if r.document.number == text), None)
    numbered = (r for r in base.records if r.document.number)
    return next((r for r in numbered if numbering.parse(r.document.number or "") == number), None)


def _unknown(base: KnowledgeBase, name: str) -> UsageError:
    near = get_close_matches(name, list(_names(base)), n=1, cutoff=0.5)
    guess = f'; did you mean "{near[0]}"?' if near else ""
    remedy = None if near else "policykb search finds the ids of rules and clauses."
    return UsageError(f'there is no "{name}" in the rule base{guess}', remedy=remedy)


def _names(base: KnowledgeBase) -> Iterator[str]:
    for record in base.records:
        yield from (record.document.id, record.document.number or "")
        yield from (f"{record.document.id}#{clause.anchor}" for clause in record.clauses)
        yield from (rule.id for rule in record.rules)


def _rule(record: Record, rule: Rule) -> Shown:
    clause = clause_of(record, rule.clause)
    lines = _fields(
        ("编号", rule.id),
        ("原文", rule.quote),
        ("位置", f"{rule.span[0]}–{rule.span[1]}"),
        ("条款", f"{rule.clause}  {clause.heading}" if clause else "正文"),
        ("文件", f"{title_of(record)}  {record.document.number or ''}".rstrip()),
        ("核对", REVIEWS[rule.review.status]),
        ("备注", rule.review.note),
    )
    plain = next(plain for plain in to_plain(record)["rules"] if plain["id"] == rule.id)
    return Shown((_rule_line(rule), *lines), {"document": record.document.id, **plain})


def _clause(record: Record, clause: ClauseRecord) -> Shown:
    rules = [rule for rule in record.rules if rule.clause == clause.path]
    text = record.text[slice(*clause.span)]
    head = f"{title_of(record)}  {clause.path}  {clause.heading}"
    plain = to_plain(record)
    of_clause = [r for r in plain["rules"] if r["clause"] == clause.path]
    outline = next(c for c in plain["clauses"] if c["path"] == clause.path)
    return Shown(
        (head, "", text.strip(), "", *(f"{_rule_line(rule)}  {rule.id}" for rule in rules)),
        {"document": record.document.id, **outline, "text": text, "rules": of_clause},
    )


def _document_lines(record: Record) -> Iterator[str]:
    document = record.document
    yield title_of(record)
    yield from _fields(
        ("编号", document.id),
        ("文号", document.number),
        ("发文机关", "、".join(document.issuers)),
        ("主送机关", "、".join(document.addressees)),
        ("成文日期", document.issued),
        ("地区", document.region.name if document.region else None),
        ("来源", document.source.path),
        ("规则", rule_counts(record.rules)),
    )
    for finding in record.findings:
        yield f"  {SEVERITIES[finding.severity]}  {finding.message}"
    by_clause: dict[str, list[Rule]] = {"": []}
    for rule in record.rules:
        by_clause.setdefault(rule.clause, []).append(rule)
    yield from (f"  {_rule_line(rule)}" for rule in by_clause[""])
    for clause in record.clauses:
        indent = "  " * clause.level
        yield f"{indent}{clause.path}  {clause.heading}  #{clause.anchor}"
        yield from (f"{indent}    {_rule_line(rule)}" for rule in by_clause.get(clause.path, ()))


def _rule_line(rule: Rule) -> str:
    return f"[{KIND_NAMES[rule.kind]}] {rule_words(rule)}"


def rule_counts(rules: Iterable[Rule]) -> str:
    """How many rules there are of each kind: 金额 33 · 期限 27."""
    return counted(Counter[str](rule.kind for rule in rules))


def counted(counts: Mapping[str, int]) -> str:
    """The same of rules that have been counted by kind."""
    return " · ".join(f"{name} {counts.get(kind, 0)}" for kind, name in KIND_NAMES.items())


def findings_told(findings: Iterable[tuple[str, str, str]], most: int = 20) -> Iterator[str]:
    """What a person should look at, a line each: document, severity and message; ``most`` lines
    at most.
    """
    lines = [f"{SEVERITIES[s]}  {document}: {message}" for document, s, message in findings]
    yield from lines[:most]
    if len(lines) > most:
        yield f"and {len(lines) - most} more to look at; policykb show ID lists a document's"


def result_lines(results: Results, emphasise: Callable[[str], str]) -> Iterator[str]:
    """The hits with what was looked for made visible, and how many there are."""
    for number, hit in enumerate(results.hits, 1):
        # a clause without a title has its first sentence for one
        place = f"{hit.clause}  {shortened(hit.heading, _HEADING)}".strip() or "正文"
        yield f"{number}. [{_KINDS[hit.kind]}] {hit.title}  {place}"
        yield f"   {_emphasised(hit, emphasise)}"
        yield f"   {hit.id}"
    counts = " · ".join(f"{_KINDS[kind]} {count}" for kind, count in results.counts.items())
    yield f"{len(results.hits)} / {results.total}  {counts}".rstrip()


def _emphasised(hit: Hit, emphasise: Callable[[str], str]) -> str:
    pieces, at = [], 0
    for start, end in hit.marks:
        pieces += [hit.excerpt[at:start], emphasise(hit.excerpt[start:end])]
        at = end
    return "".join((*pieces, hit.excerpt[at:]))


def _fields(*pairs: tuple[str, str | None]) -> tuple[str, ...]:
    return tuple(f"  {name}{'　' * (4 - len(name))}  {value}" for name, value in pairs if value)
