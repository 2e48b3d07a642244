"""What an export is: files by their names, and the rules that its format cannot express.

Nothing is dropped silently: whatever is not in the files stands in ``left_out`` with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.schema import Record, Rule


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A rule that is not in an export, or only in part, and why."""

    rule: str
    document: str
    number: str | None
    clause: str
    quote: str
    span: tuple[int, int]
    why: str

    @classmethod
    def of(cls, record: Record, rule: Rule, why: str) -> LeftOut:
        """``rule`` of ``record``, left out because of ``why``."""
        document = record.document
        return cls(rule.id, document.id, document.number, rule.clause, rule.quote, rule.span, why)


@dataclass(frozen=True, slots=True)
class Export:
    """Files by their names inside the export; ``listed_in`` is the one that has ``left_out``."""

    files: Mapping[str, bytes]
    left_out: tuple[LeftOut, ...] = ()
    listed_in: str | None = None


def rejected(pairs: Iterable[tuple[Record, Rule]]) -> tuple[LeftOut, ...]:
    """The rules that a person has said are none."""
    return tuple(
        LeftOut.of(record, rule, f"rejected by {rule.review.by or 'a person'}")
        for record, rule in pairs
        if rule.review.status == "rejected"
    )
