"""The notes beside a clause: its rules by kind, and what other documents do to it.

Every rule that stands is told of once; those in tables are counted, for the table shows them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.models import TextSpan
from kb.force.models import End
from kb.models import KIND_NAMES, anchor_of
from kb.schema import AmountRule, DepartmentRule, Record, Rule
from site_builder import urls
from site_builder.contexts import Field, Kind, StateMark
from site_builder.facts import full_name
from site_builder.holdings import Holdings, end_of_rule, whole
from site_builder.relating import Tie, ties_by_clause
from site_builder.words import REVIEWS, rule_details, rule_subject, rule_value

#: kinds that are names, and how many of them are shown at first beside the text that has them
_NAMES = {"department": 3, "group": 0}


@dataclass(frozen=True, slots=True)
class Note:
    """A rule beside its clause. ``mark`` is the id of its words in the text.

    ``href`` is the page of its department, ``page`` its own; ``state`` is told where it is not
    that of the document.
    """

    mark: str
    subject: str
    value: str
    details: tuple[Field, ...]
    review: str
    href: str
    page: str
    state: StateMark | None


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """The rules of one kind in one clause; those in its tables are counted, not repeated."""

    kind: Kind
    notes: tuple[Note, ...]
    in_tables: int

    @property
    def folded(self) -> bool:
        """Whether it is only counted at first: names that the text beside it says as well."""
        return self.kind.code in _NAMES and len(self.notes) > _NAMES[self.kind.code]

    @property
    def size(self) -> int:
        """How many rules."""
        return len(self.notes) + self.in_tables


@dataclass(frozen=True, slots=True)
class Beside:
    """All that stands beside a clause; ``state`` is told where it is not that of the document."""

    groups: tuple[NoteGroup, ...] = ()
    ties: tuple[Tie, ...] = ()
    state: StateMark | None = None

    @property
    def size(self) -> int:
        """How many rules."""
        return sum(group.size for group in self.groups)


def notes(
    holdings: Holdings, record: Record, rules: Sequence[Rule], *, linked: bool
) -> dict[str, Beside]:
    """What stands beside each clause, by its anchor; ``front`` is what stands before them all.

    ``linked`` says that rules have pages of their own.
    """
    writer = _Writer(holdings, record, linked)
    ties = ties_by_clause(holdings.graph, record)
    held: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        held[anchor_of(record, rule.clause)].append(rule)
    anchors = dict.fromkeys(("front", *(clause.anchor for clause in record.clauses)))
    paths = {clause.anchor: clause.path for clause in record.clauses}
    return {
        anchor: Beside(
            groups=writer.groups(held.get(anchor, ())),
            ties=ties.get(anchor, ()),
            state=writer.state_of_clause(paths.get(anchor, "")),
        )
        for anchor in anchors
    }


@dataclass(frozen=True)
class _Writer:
    holdings: Holdings
    record: Record
    linked: bool

    def groups(self, rules: Sequence[Rule]) -> tuple[NoteGroup, ...]:
        found = (
            self._group(Kind(code, name), [rule for rule in rules if rule.kind == code])
            for code, name in KIND_NAMES.items()
        )
        return tuple(group for group in found if group.size)

    def state_of_clause(self, path: str) -> StateMark | None:
        """The state of a clause that words speak of."""
        touched = {end.clause for end in self._touched if not end.rule}
        terms = self.holdings.graph.clause_terms[self.record.document.id]
        if not path or path not in touched | {term.clause for term in terms}:
            return None
        return self._unlike_document(End(self.record.document.id, path))

    def _group(self, kind: Kind, rules: Iterable[Rule]) -> NoteGroup:
        every = tuple(rules)
        tables = [TextSpan(*table.span) for table in self.record.tables]
        told = [r for r in every if not any(t.holds(TextSpan(*r.span)) for t in tables)]
        return NoteGroup(kind, tuple(map(self._note, told)), in_tables=len(every) - len(told))

    def _note(self, rule: Rule) -> Note:
        organ = full_name(rule) if isinstance(rule, DepartmentRule) else ""
        own_page = self.linked and rule.id in self.holdings.with_page
        return Note(
            mark=urls.rule_anchor(rule.id),
            subject=rule_subject(rule),
            value=rule_value(rule),
            # the duty is the sentence that the note stands beside
            details=() if organ else tuple(Field(n, (said,)) for n, said in rule_details(rule)),
            review="" if rule.review.status == "extracted" else REVIEWS[rule.review.status],
            href=urls.href(urls.department_page(organ)) if organ else "",
            page=self.holdings.address(self.record, rule) if own_page else "",
            state=self._state_of_rule(rule),
        )

    def _state_of_rule(self, rule: Rule) -> StateMark | None:
        """Asking for all days is dear, so only what words can have touched is asked for."""
        ends = [e for e in self._touched if e.rule in (None, rule.id)]
        terms = self.holdings.graph.clause_terms[self.record.document.id]
        own = isinstance(rule, AmountRule) and (rule.from_ or rule.to)
        if not own and not ends and not any(term.clause == rule.clause for term in terms):
            return None
        return self._unlike_document(end_of_rule(self.record, rule))

    @property
    def _touched(self) -> list[End]:
        """The clauses and rules of the document that others do something to."""
        into = self.holdings.graph.into.get(self.record.document.id, ())
        return [r.target for r in into if r.target.clause or r.target.rule]

    def _unlike_document(self, subject: End) -> StateMark | None:
        mark = self.holdings.state(subject)
        return None if mark == self.holdings.state(whole(self.record)) else mark
