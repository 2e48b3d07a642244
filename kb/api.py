"""The rule base for Python programs: ``load`` gives a ``Base``; docs/python.md shows it at work.

Names, arguments and types of this module are stable: they change with the major version only.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus import workspace
from corpus.errors import NoWorkspace, UsageError
from extractor.lexicon import plain
from kb import store
from kb.claims import applicability, calculation
from kb.claims.applicability import Amounts, Answers
from kb.claims.calculation import Calculation
from kb.claims.conditions import conditions
from kb.claims.modelled import Modelled, modelled
from kb.claims.models import Condition
from kb.claims.profile import Profile, profile_of, region_code
from kb.force import curated_file, status
from kb.force.curated import Curated
from kb.force.graph import Graph
from kb.force.models import End
from kb.force.region_chain import chain
from kb.force.status import Status
from kb.force.vocabulary import Vocabulary
from kb.models import KnowledgeBase
from kb.schema import RULE_KINDS, AmountRule, Record, Rule

__all__ = ["Answers", "Base", "Calculation", "Found", "Modelled", "Profile", "Status", "load"]
_GONE = ("not_yet", "expired", "superseded", "repealed", "suspended")


@dataclass(frozen=True)
class Found:
    """A rule with the record that it stands in."""

    rule: Rule
    record: Record

    @property
    def id(self) -> str:
        """DOCUMENT#ANCHOR.KIND.HASH."""
        return self.rule.id

    @property
    def kind(self) -> str:
        """amount, deadline, department, target or group."""
        return self.rule.kind

    @property
    def document(self) -> str:
        """The id of its document."""
        return self.record.document.id

    @property
    def number(self) -> str | None:
        """The 文号 of its document."""
        return self.record.document.number

    @property
    def clause(self) -> str:
        """The path of its clause: 七/(二)."""
        return self.rule.clause

    @property
    def quote(self) -> str:
        """The words that state it; they stand at ``span`` of the record's text."""
        return self.rule.quote

    @property
    def span(self) -> tuple[int, int]:
        """First character and the one after the last, in ``record.text``."""
        return self.rule.span


@dataclass(frozen=True)
class Base:
    """A rule base, open for questions. It never changes; load it anew to see what has."""

    knowledge: KnowledgeBase
    graph: Graph

    @property
    def records(self) -> tuple[Record, ...]:
        """Every notice, by id."""
        return self.knowledge.records

    def rules(
        self,
        kind: str | None = None,
        on: date | str | None = None,
        document: str | None = None,
        region: str | None = None,
    ) -> tuple[Found, ...]:
        """Rules in the order of documents and text.

        ``kind`` is one of the five. ``on`` leaves out what on that day has certainly ended or
        not yet begun; what only presumably has stays, ``status`` tells. ``document`` is an id or
        a 文号, ``region`` a place of GB/T 2260 by code or name: rules that hold there, those from
        above included.
        """
        if kind is not None and kind not in RULE_KINDS:
            raise _unknown("kind", kind, RULE_KINDS)
        wanted = self.record(document).document.id if document else None
        day, code = as_day(on), region_code(region)
        if region is not None and code is None:
            raise UsageError(f'"{region}" is no place', remedy="Give its code or full name.")
        return tuple(
            Found(rule, record)
            for record, rule in self.knowledge.rules(kind)
            if wanted in (None, record.document.id)
            and (code is None or _holds_in(record, code))
            and (day is None or self.status(rule.id, day).state not in _GONE)
        )

    def rule(self, rule_id: str) -> Found:
        """The rule of that id; raises ``UsageError`` that names the nearest."""
        found = self.knowledge.rule(rule_id)
        if found is None:
            raise _unknown("rule", rule_id, [rule.id for _, rule in self.knowledge.rules()])
        return Found(found[1], found[0])

    def record(self, name: str) -> Record:
        """The record of an id or 文号; raises ``UsageError`` that names the nearest."""
        called = self.graph.resolution.documents_called(name)
        if len(called) == 1:
            return self.knowledge.by_id[called[0]]
        numbers = [r.document.number for r in self.records if r.document.number]
        raise _unknown("document", name, [*self.knowledge.by_id, *numbers])

    def status(self, rule_id: str, on: date | str) -> Status:
        """Whether the rule is in force on the day, and why."""
        found = self.rule(rule_id)
        day = as_day(on)
        if day is None:
            raise UsageError("a day is needed", remedy="Write it as 2021-12-01.")
        return status.status(self.graph, End(found.document, found.clause, found.id), day)

    def conditions(self, rule_id: str) -> tuple[Condition, ...]:
        """What must hold for the amount of that id."""
        found = self._amount(rule_id)
        return conditions(found[0], found[1]).of

    def calculate(self, rule_id: str, **numbers: Any) -> Calculation:
        """What the amount comes to: ``calculate(id, days=12, people=30, employment_rate=0.75)``.

        Raises ``MissingInput``, whose ``names`` are the numbers it needs.
        """
        return calculation.calculate(*self._amount(rule_id), numbers)

    def apply(self, profile: Profile | Mapping[str, Any], on: date | str) -> Answers:
        """What the profile may claim on the day, amount by amount."""
        day = as_day(on)
        if day is None:
            raise UsageError("a day is needed", remedy="Write it as 2021-12-01.")
        asked = profile if isinstance(profile, Profile) else profile_of(profile)
        return self._amounts.answers(asked, day)

    def coverage(self) -> Mapping[str, Modelled]:
        """How much of what each measure asks a machine can decide, by the measure's key."""
        return modelled(self._amounts)

    @cached_property
    def _amounts(self) -> Amounts:
        return applicability.Amounts.in_graph(self.graph)

    def _amount(self, rule_id: str) -> tuple[Record, AmountRule]:
        found = self.rule(rule_id)
        if not isinstance(found.rule, AmountRule):
            what = f"{rule_id} is a {found.kind}, and no amount"
            raise UsageError(what, remedy='rules(kind="amount") has those.')
        return found.record, found.rule


def load(path: str | Path) -> Base:
    """The rule base of the workspace at ``path``, or in that folder; raises ``PolicyError``."""
    folder = Path(path)
    with suppress(NoWorkspace):
        folder = workspace.load(folder).rule_base
    knowledge = store.load(folder)
    if not knowledge.records:
        remedy = "Name a workspace or its rule base; policykb build makes one."
        raise UsageError("there is no rule base here", where=folder, remedy=remedy)
    return base_of(knowledge, curated_file.load(folder))


def base_of(knowledge: KnowledgeBase, curated: Curated | None = None) -> Base:
    """A base of records that are loaded already, with what people have said of relations."""
    vocabulary = Vocabulary.of(plain("measures"))
    return Base(knowledge, Graph(knowledge, vocabulary, curated or Curated()))


def as_day(on: date | str | None) -> date | None:
    """A day that may be written 2021-12-01; raises ``UsageError`` for what is none."""
    if on is None or isinstance(on, date):
        return on
    try:
        return date.fromisoformat(on)
    except ValueError:
        raise UsageError(f'"{on}" is no day', remedy="Write it as 2021-12-01.") from None


def _holds_in(record: Record, region: str) -> bool:
    return record.document.region is not None and record.document.region.code in chain(region)


def _unknown(what: str, name: str, known: Any) -> UsageError:
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    guess = f'; did you mean "{near[0]}"?' if near else ""
    return UsageError(f'there is no {what} "{name}"{guess}')
