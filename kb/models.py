"""The rule base as one value: records, and the questions that need no computing.

A ``KnowledgeBase`` never changes; every question returns records in the order of their ids and
rules in the order of their text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.schema import ClauseRecord, Record, Rule

#: what the reader is shown for a kind of rule
KIND_NAMES = {
    "amount": "金额",
    "deadline": "期限",
    "department": "责任部门",
    "target": "目标任务",
    "group": "适用对象",
}


@dataclass(frozen=True)
class KnowledgeBase:
    """All records of a workspace."""

    records: tuple[Record, ...]

    @classmethod
    def of(cls, records: Iterable[Record]) -> KnowledgeBase:
        """A knowledge base of ``records``, sorted by document id."""
        return cls(tuple(sorted(records, key=lambda r: r.document.id)))

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """Records by document id."""
        return {record.document.id: record for record in self.records}

    @cached_property
    def _rules(self) -> dict[str, tuple[Record, Rule]]:
        return {rule.id: (record, rule) for record in self.records for rule in record.rules}

    def rule(self, rule_id: str) -> tuple[Record, Rule] | None:
        """The rule of that id and the record it stands in, or None."""
        return self._rules.get(rule_id)

    def rules(self, kind: str | None = None) -> Iterator[tuple[Record, Rule]]:
        """Every rule with its record; of one ``kind`` if given."""
        return (pair for pair in self._rules.values() if kind in (None, pair[1].kind))


def clause_of(record: Record, path: str) -> ClauseRecord | None:
    """The clause at ``path``; None for the front matter."""
    return next((clause for clause in record.clauses if clause.path == path), None)


def anchor_of(record: Record, path: str) -> str:
    """The anchor of ``path``; the front matter's is ``front``."""
    clause = clause_of(record, path)
    return clause.anchor if clause else "front"
