"""What is said of one amount: its conditions in words, the sentences, payer, deadlines, contacts.

A sentence is kept once a document, with the clause that it can be read in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb.claims.guidance import Guidance, guidance
from kb.claims.relative import relative
from kb.force.models import End, Evidence
from kb.force.values import worth
from kb.schema import DeadlineRule, Record
from site_builder import urls
from site_builder.applying.rows import Claim
from site_builder.facts import title_of
from site_builder.holdings import Holdings
from site_builder.wording.words import rule_subject


def name_of(record: Record) -> str:
    """How a notice is called: its 文号, else its title."""
    return record.document.number or title_of(record)


@dataclass(frozen=True)
class Places:
    """Where sentences of the rule base are read."""

    records: Mapping[str, Record]

    def place(self, found: Evidence) -> list[str]:
        """Name of the notice, its page, the clause, the clause's anchor, and the words."""
        record = self.records[found.document]
        page = urls.href(urls.document_page(found.document))
        anchor = self.anchors.get((found.document, found.clause), "")
        return [name_of(record), page, found.clause, anchor, found.quote]

    @cached_property
    def anchors(self) -> Mapping[tuple[str, str], str]:
        """The anchor of every clause, by document and path."""
        return {
            (name, clause.path): clause.anchor
            for name, record in self.records.items()
            for clause in record.clauses
        }


@dataclass
class Sentences:
    """All that is said of the amounts of one document; ``sentences`` grow with each."""

    holdings: Holdings
    places: Places
    _known: dict[Evidence, int] = field(default_factory=dict)

    def of(self, claim: Claim) -> dict[str, Any]:
        """What is said of one amount; sentences by their number."""
        rule, held = claim.rule, claim.held
        timeline = self.holdings.timeline_of.get(rule.id)
        own = Evidence(claim.record.document.id, rule.clause, rule.quote, rule.span)
        told = {
            "name": [part for part in (rule.item, rule.category) if part] or [rule_subject(rule)],
            "page": urls.href(urls.rule_page(rule.id)),
            "measure": urls.href(urls.measure_page(str(timeline.measure.key))) if timeline else "",
            "formula": worth(rule),
            "quote": self._number(own),
            "force": [
                [status.label, judgement.because, self._number(judgement.condition.evidence),
                 [self._named(relation.source) for relation in status.relations]]
                for _, status, judgement in claim.force
            ],
            "says": [condition.says for condition in held.of],
            "evidence": [self._number(condition.evidence) for condition in held.of],
            "stacking": [self._number(evidence) for evidence in held.stacking],
            "relative": self._relative(claim),
            **self._besides(guidance(claim.record, rule, held)),
        }  # fmt: skip
        return {key: value for key, value in told.items() if value not in ("", [])}

    def _relative(self, claim: Claim) -> list[Any]:
        """What it does to another amount, the sentence, and id and page of that other."""
        found = relative(claim.record, claim.rule)
        if found is None:
            return []
        other = [found.rule, urls.href(urls.rule_page(found.rule))] if found.rule else []
        return [found.says, self._number(found.evidence), *other]

    def _besides(self, found: Guidance) -> dict[str, Any]:
        payer = found.payer
        return {
            "deadlines": [self._deadline(deadline) for deadline in found.deadlines],
            "payer": [payer.name, self._number(payer.evidence)] if payer else [],
            "apply": [self._number(evidence) for evidence in found.apply_to],
            "departments": list(dict.fromkeys(d.canonical or d.name for d in found.departments)),
        }

    def _deadline(self, rule: DeadlineRule) -> list[str]:
        return [rule.quote, rule.clause, urls.rule_anchor(rule.id)]

    def _named(self, end: End) -> list[str]:
        """What took the place of an amount: its id, how it is called, and where it is read."""
        record = self.holdings.base.by_id.get(end.document)
        if record is None:
            return [str(end), end.document, ""]
        found = self.holdings.base.rule(end.rule) if end.rule else None
        clause = f" {end.clause}" if end.clause else ""
        address = (
            self.holdings.address(record, found[1])
            if found
            else urls.href(urls.document_page(end.document))
        )
        return [str(end), f"{name_of(record)}{clause}", address]

    def _number(self, evidence: Evidence) -> int:
        return self._known.setdefault(evidence, len(self._known))

    @property
    def sentences(self) -> list[list[str]]:
        """Every sentence in the order of its number."""
        return [self.places.place(evidence) for evidence in self._known]


def contacts(record: Record) -> list[list[str]]:
    """Whom to ask: department, name, telephone, e-mail, as far as they are printed."""
    found = (
        [part for part in (c.department, c.name, c.phone, c.email) if part]
        for c in record.document.contacts
    )
    return [parts for parts in found if parts]
