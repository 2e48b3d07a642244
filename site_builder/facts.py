"""What the pages ask of the rule base: which rules stand, who owes what, what a notice is called.

Everything comes back in a fixed order, so that the same rule base gives the same pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from kb.models import KnowledgeBase, clause_of
from kb.nameless import nameless
from kb.schema import DeadlineRule, DepartmentRule, Record, Rule
from site_builder.wording.shortened import shortened

_R = TypeVar("_R", bound="Rule")
#: deadlines by document and clause
_Deadlines = dict[tuple[str, str], list[tuple[Record, DeadlineRule]]]

#: what the text before the first numbered clause is called
FRONT = "版头与导语"
_LONGEST_NAME = 32
#: the roles of a department, in the order they are shown
ROLES = ("lead", "responsible", "support")


@dataclass(frozen=True, slots=True)
class Duty:
    """One clause that gives a department something to do."""

    record: Record
    rule: DepartmentRule


@dataclass(frozen=True)
class Department:
    """An organ with all its duties.

    ``known`` says that its full name is established, ``printed`` how notices name it,
    ``deadlines`` are those of the clauses in which it has a duty, ``issued`` the notices it issued.
    """

    name: str
    known: bool
    printed: tuple[str, ...]
    duties: tuple[Duty, ...]
    deadlines: tuple[tuple[Record, DeadlineRule], ...]
    issued: tuple[Record, ...]

    def in_role(self, role: str) -> tuple[Duty, ...]:
        """The duties of one role, in the order of documents and text."""
        return tuple(duty for duty in self.duties if duty.rule.role == role)


def title_of(record: Record) -> str:
    """What to call the notice: its title, else its number, its issuer and day, how it begins."""
    document = record.document
    return document.title or document.number or nameless(record)


def clause_name(record: Record, path: str) -> str:
    """``二/(三) 落实企业职工技能提升培训补贴政策``; the front matter has a name too."""
    clause = clause_of(record, path)
    # a heading may be a sentence of two hundred characters (晋人社厅函〔2021〕600号 九/(二))
    named = shortened(clause.heading, _LONGEST_NAME) if clause else ""
    return f"{clause.path} {named}".strip() if clause else FRONT


def standing_rules(record: Record) -> tuple[Rule, ...]:
    """The rules that no person has rejected, in the order of the text."""
    rules = (rule for rule in record.rules if rule.review.status != "rejected")
    return tuple(sorted(rules, key=lambda rule: (rule.span, rule.id)))


def of_kind(rules: Iterable[Rule], kind: type[_R]) -> tuple[_R, ...]:
    """The rules of one class."""
    return tuple(rule for rule in rules if isinstance(rule, kind))


def full_name(rule: DepartmentRule) -> str:
    """The full name of the department where it is established, else the name as printed."""
    return rule.canonical or rule.name


def departments(base: KnowledgeBase) -> tuple[Department, ...]:
    """Every department with a duty; the busiest first."""
    duties: dict[str, list[Duty]] = defaultdict(list)
    deadlines: _Deadlines = defaultdict(list)
    issued: dict[str, list[Record]] = defaultdict(list)
    for record in base.records:
        for issuer in dict.fromkeys(record.document.issuers):
            issued[issuer].append(record)
        for rule in standing_rules(record):
            if isinstance(rule, DepartmentRule):
                duties[full_name(rule)].append(Duty(record, rule))
            elif isinstance(rule, DeadlineRule):
                deadlines[record.document.id, rule.clause].append((record, rule))
    found = (_department(n, owed, issued.get(n, ()), deadlines) for n, owed in duties.items())
    return tuple(sorted(found, key=lambda d: (-len(d.duties), d.name)))


def years(base: KnowledgeBase) -> tuple[tuple[int | None, tuple[Record, ...]], ...]:
    """Notices by year of issue, the latest first, those without a year last."""
    by_year: dict[int | None, list[Record]] = defaultdict(list)
    for record in base.records:
        by_year[record.document.issued_year].append(record)
    ordered = sorted(by_year, key=lambda year: -(year or 0))
    return tuple((year, tuple(sorted(by_year[year], key=latest_first))) for year in ordered)


def latest_first(record: Record) -> tuple[int, str]:
    """A key that puts the notice issued last first."""
    issued = (record.document.issued or "0").replace("-", "")
    return -int(issued.ljust(8, "0")), record.document.id


def _department(
    name: str, owed: list[Duty], issued: Iterable[Record], deadlines: _Deadlines
) -> Department:
    clauses = dict.fromkeys((duty.record.document.id, duty.rule.clause) for duty in owed)
    return Department(
        name=name,
        known=any(duty.rule.canonical for duty in owed),
        printed=tuple(sorted({duty.rule.name for duty in owed})),
        duties=tuple(owed),
        deadlines=tuple(found for clause in clauses for found in deadlines.get(clause, ())),
        issued=tuple(issued),
    )
