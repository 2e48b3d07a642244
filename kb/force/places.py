"""Finds every place of a record where a measure stands: its amounts, targets, duties, deadlines.

A place that names an item without a value (严格落实生活费补贴), or only prolongs it, is one too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.force.days import read
from kb.force.entries import Entry, Key, Kind
from kb.force.models import Evidence
from kb.force.planned import titled_years
from kb.force.region_chain import region_of
from kb.force.terms import ClauseTerm, Term, governing_term
from kb.force.values import does
from kb.force.vocabulary import Vocabulary, longest
from kb.schema import AmountRule, DeadlineRule, DepartmentRule, Record, Rule, TargetRule

#: what somebody may have: no sum that is planned, and none that he must have spent or earned first
_ROLES = ("standard", "cap", "share")
#: between an organ and its duty may stand other organs that share it
_NEAR = 80
_BY_ROLE = ("lead", "responsible", "support")


@dataclass(frozen=True)
class Places:
    """What is needed to tell the places of a record."""

    vocabulary: Vocabulary
    terms: Mapping[str, Term]
    clause_terms: Mapping[str, tuple[ClauseTerm, ...]]

    def of(self, record: Record) -> Iterator[tuple[Key, Entry]]:
        """Every place of ``record`` with what is known of its measure."""
        for rule in record.rules:
            if rule.review.status != "rejected" and (key := self._key(record, rule)):
                yield key, self._entry(record, rule)
        yield from self._duties(record)
        for term in self.clause_terms[record.document.id]:
            quoted = term.said.evidence
            item = longest(quoted.quote, self.vocabulary.items) if quoted else None
            if item and quoted:
                yield Key(_root(record), item), self._prolonged(record, term, quoted)

    def _key(self, record: Record, rule: Rule) -> Key | None:
        named: tuple[Kind, str | None, str] | None = None
        if isinstance(rule, AmountRule) and rule.role in _ROLES:
            item = self.vocabulary.item(rule)
            named = "amount", item, self.vocabulary.category(item, rule) if item else ""
        if isinstance(rule, TargetRule) and not (rule.min is None and rule.max is None):
            whose = self.vocabulary.whose(rule.subject, record)
            named = "target", self.vocabulary.metrics.told(rule.metric), whose
        if isinstance(rule, DeadlineRule):
            whose = self.vocabulary.whose(rule.actor, record)
            named = "deadline", self.vocabulary.actions.told(rule.action), whose
        if named is None or named[1] is None:
            return None
        return Key(_root(record), named[1], named[2], named[0])

    def _duties(self, record: Record) -> Iterator[tuple[Key, Entry]]:
        """One place for each duty of a clause, whatever the number of organs that share it."""
        due = [(r.clause, r.action) for r in record.rules if isinstance(r, DeadlineRule)]
        for (clause, duty), peers in self._shared(record).items():
            said = _duty(record, peers[0])
            # 于每月5日前报送培训台账 is a deadline, and one measure is enough
            timed = any(action and action in said for where, action in due if where == clause)
            if not timed:
                peers.sort(key=lambda rule: _BY_ROLE.index(rule.role))
                yield Key(_root(record), duty, kind="duty"), self._entry(record, *peers)

    def _shared(self, record: Record) -> Mapping[tuple[str, str], list[DepartmentRule]]:
        """The organs by clause and duty."""
        organs: dict[tuple[str, str], list[DepartmentRule]] = defaultdict(list)
        for rule in record.rules:
            if isinstance(rule, DepartmentRule) and rule.review.status != "rejected":
                duty = self.vocabulary.duties.told(_duty(record, rule))
                if duty:
                    organs[rule.clause, duty].append(rule)
        return organs

    def _entry(self, record: Record, rule: Rule, *others: Rule) -> Entry:
        term = self.terms[record.document.id]
        governing = governing_term(self.clause_terms[record.document.id], rule.clause, rule.span)
        own = (read(rule.from_), read(rule.to)) if isinstance(rule, AmountRule) else (None, None)
        return Entry(
            document=record.document.id,
            clause=rule.clause,
            region=region_of(record),
            sector=self.vocabulary.sector(record),
            issued=term.issued or term.start,
            start=own[0] or (governing and governing.start) or term.effective,
            end=own[1] or (governing and governing.end) or term.end,
            evidence=_quoted(record, rule),
            rule=rule,
            words=self._printed(record, rule),
            period=_period(record, rule) if isinstance(rule, TargetRule) else None,
            unit=self._unit(rule),
            rate=isinstance(rule, TargetRule) and self.vocabulary.is_rate(rule),
            peers=(rule, *others),
        )

    def _unit(self, rule: Rule) -> str | None:
        """What a target is counted in; what an amount does to another one, which it never replaces:
        在原标准基础上另加200元 is no new standard.
        """
        if isinstance(rule, TargetRule):
            return self.vocabulary.unit(rule.unit)
        return does(rule) if isinstance(rule, AmountRule) else None

    def _printed(self, record: Record, rule: Rule) -> str:
        """What a target, duty or deadline is called: its words without what opens them."""
        if isinstance(rule, TargetRule):
            return self.vocabulary.metrics.named(rule.metric or "")
        if isinstance(rule, DeadlineRule):
            return self.vocabulary.actions.named(rule.action or "")
        if isinstance(rule, DepartmentRule):
            return self.vocabulary.duties.named(_duty(record, rule))
        return ""

    def _prolonged(self, record: Record, term: ClauseTerm, quoted: Evidence) -> Entry:
        issued = self.terms[record.document.id].issued
        start = term.start or issued
        return Entry(
            *(record.document.id, term.clause, region_of(record), None, issued, start, term.end),
            evidence=quoted,
            kind="extends" if "延" in quoted.quote else "period",
        )

    def mentions(self, record: Record, items: Iterable[str]) -> Iterator[tuple[Key, Entry]]:
        """The places of ``record`` that name one of ``items`` without a value."""
        for item in items:
            entry = self._mention(record, item)
            if entry is not None:
                yield Key(_root(record), item), entry

    def _mention(self, record: Record, item: str) -> Entry | None:
        at = record.text.find(item)
        clauses = [c for c in record.clauses if c.span[0] <= at < c.span[1]]
        if at < 0 or not clauses:
            return None
        stop = min(
            (i for s in "，。；\n" if (i := record.text.find(s, at)) > 0), default=at + len(item)
        )
        clause = max(clauses, key=lambda c: c.level)
        quoted = Evidence(record.document.id, clause.path, record.text[at:stop], (at, stop))
        issued = self.terms[record.document.id].issued
        place = (record.document.id, clause.path, region_of(record), None, issued, issued, None)
        return Entry(*place, evidence=quoted, kind="refers")


def _root(record: Record) -> str:
    """The first two digits of the region: 14 for 山西省 and all below it."""
    return region_of(record)[:2]


def _quoted(record: Record, rule: Rule) -> Evidence:
    """The words of a rule; those of a duty reach from the organ to the end of what it must do."""
    start, end = rule.span
    if isinstance(rule, DepartmentRule) and rule.duty:
        at = record.text.find(rule.duty, end, end + _NEAR + len(rule.duty))
        end = at + len(rule.duty) if at >= 0 else end
    return Evidence(record.document.id, rule.clause, record.text[start:end], (start, end))


def _duty(record: Record, rule: DepartmentRule) -> str:
    """What the organ must do; （省人社厅牵头，省财政厅配合） after a clause is for its heading."""
    if rule.duty:
        return rule.duty
    return next((c.heading for c in record.clauses if c.path == rule.clause), "")


def _period(record: Record, rule: TargetRule) -> str | None:
    """What the target is for: its own words, else the years in the title; None where unknown."""
    own = "/".join(part for part in (rule.period, rule.by) if part)
    return own or "-".join(map(str, titled_years(record))) or None
