"""Notices, rules, citations and findings as lines of a list, the same on every page.

Every line leads to the words it was read from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kb.models import KIND_NAMES, KnowledgeBase, anchor_of
from kb.schema import CitationRecord, FindingRecord, Record, Rule
from site_builder import urls
from site_builder.contexts import (
    CitationLine,
    DocumentLine,
    Field,
    FindingLine,
    RuleLine,
    StateMark,
)
from site_builder.facts import clause_name, standing_rules, title_of
from site_builder.wording.filters import day
from site_builder.wording.words import (
    MARK_LABELS,
    RELATIONS,
    REVIEWS,
    SEVERITIES,
    citation_name,
    finding_words,
    rule_details,
    rule_subject,
    rule_value,
)


def document_line(record: Record, state: StateMark | None = None) -> DocumentLine:
    """A notice with number, issuers, day and how many rules of each kind it holds."""
    document = record.document
    kinds = kinds_of(standing_rules(record))
    tally = [f"{MARK_LABELS[kind]} {kinds[kind]}" for kind in KIND_NAMES if kinds[kind]]
    return DocumentLine(
        title=title_of(record),
        href=urls.href(urls.document_page(document.id)),
        number=document.number or "",
        issuers="、".join(document.issuers),
        issued=day(document.issued) if document.issued else "",
        tally=" · ".join(tally),
        state=state,
    )


def kinds_of(rules: Iterable[Rule]) -> Counter[str]:
    """How many rules of each kind."""
    return Counter(rule.kind for rule in rules)


def rule_line(record: Record, rule: Rule) -> RuleLine:
    """A rule with its words, and where they stand."""
    page = urls.document_page(record.document.id)
    return RuleLine(
        subject=rule_subject(rule),
        value=rule_value(rule),
        details=tuple(Field(name, (words,)) for name, words in rule_details(rule)),
        quote=rule.quote,
        href=urls.href(page, urls.rule_anchor(rule.id)),
        document=title_of(record),
        clause=clause_name(record, rule.clause),
        review="" if rule.review.status == "extracted" else REVIEWS[rule.review.status],
    )


def finding_line(finding: FindingRecord) -> FindingLine:
    """A finding with its severity in words."""
    label = SEVERITIES[finding.severity]
    message = finding_words(finding.code, finding.message)
    return FindingLine(finding.severity, label, message, finding.quote or "")


def citation_line(base: KnowledgeBase, record: Record, citation: CitationRecord) -> CitationLine:
    """A citation with the notice that it leads to, if the rule base has it."""
    page = urls.document_page(record.document.id)
    return CitationLine(
        document=title_of(record),
        name=citation_name(citation),
        relation=RELATIONS.get(citation.relation, citation.relation),
        quote=citation.quote,
        place=urls.href(page, anchor_of(record, citation.clause)),
        clause=clause_name(record, citation.clause),
        href=target_of(base, citation),
    )


def target_of(base: KnowledgeBase, citation: CitationRecord) -> str:
    """The page of the notice that a citation leads to; empty where the rule base lacks it."""
    known = citation.target in base.by_id
    return urls.href(urls.document_page(citation.target)) if citation.target and known else ""
