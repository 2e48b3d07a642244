"""The values that relations are told in: ends, evidence, relations, documents that are not here.

All are frozen. A relation reads both ways, and whatever it claims carries the words it rests on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from kb.force.days import Interval

Scope = Literal["whole", "clause", "value"]

#: how a relation reads from its source, and from its target
NAMES: dict[str, tuple[str, str]] = {
    "repeals": ("废止", "被废止"),
    "repeals_part": ("部分废止", "被部分废止"),
    "stops": ("停止执行", "被停止执行"),
    "suspends": ("暂停执行", "被暂停执行"),
    "resumes": ("恢复执行", "被恢复执行"),
    "replaces": ("替代", "被替代"),
    "amends": ("修改", "被修改"),
    "overrides": ("优先于", "让位于"),
    "extends": ("延长", "被延长"),
    "renews": ("续期", "被续期"),
    "based_on": ("依据", "被依据"),
    "implements": ("贯彻", "被贯彻"),
    "issues": ("印发", "由…印发"),
    "forwards": ("转发", "由…转发"),
    "replies_to": ("答复", "被答复"),
    "refers": ("提及", "被提及"),
    "supersedes": ("替代", "被替代"),
    "restates": ("沿用", "被沿用"),
    "specialises": ("细化", "被细化"),
    "conflicts_with": ("冲突", "冲突"),
}
#: relations that end what they point at
ENDING = {"repeals": "repealed", "stops": "repealed", "replaces": "superseded"}
ENDING |= {"supersedes": "superseded", "repeals_part": "repealed"}
#: what may change an answer; a law is named by thousands, and being named ends nothing
MOVING = frozenset({*ENDING, "amends", "extends", "renews", "suspends", "resumes"})
TEXT, INFERRED = "text", "inferred"
#: the only reason of a relation that a text states
STATED = "原文写明"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document that a claim rests on; ``span`` points into the document's text."""

    document: str
    clause: str
    quote: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a chain of reasons: a Chinese sentence, and the words it rests on if any."""

    text: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, order=True)
class End:
    """One end of a relation: a document, or one of its clauses or rules.

    ``document`` is the id of a record, or the printed name of a document that is not here.
    """

    document: str
    clause: str | None = None
    rule: str | None = None

    def __str__(self) -> str:
        return self.rule or (f"{self.document}#{self.clause}" if self.clause else self.document)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person has said of a relation."""

    status: Literal["open", "confirmed", "corrected", "rejected"] = "open"
    by: str | None = None
    at: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """``source`` does ``type`` to ``target``; ``when`` is when that takes effect, None if unknown.

    ``asserted_by`` is text, inferred, or the name of a person. ``evidence`` are the words on the
    side of the source, ``against`` those on the side of the target.
    """

    id: str
    type: str
    source: End
    target: End
    scope: Scope
    when: Interval | None
    asserted_by: str
    reasons: tuple[str, ...] = ()
    evidence: Evidence | None = None
    against: Evidence | None = None
    verdict: Verdict = field(default=Verdict())

    @property
    def is_presumed(self) -> bool:
        """Whether nothing but an inference says so."""
        return self.asserted_by == INFERRED

    @property
    def ends(self) -> str | None:
        """The state it puts the target in, None if it leaves the target in force."""
        return ENDING.get(self.type)


@dataclass(frozen=True, slots=True)
class Stub:
    """A document that is cited and not here, with everybody who cites it."""

    name: str
    number: str | None
    title: str | None
    cited_by: tuple[Evidence, ...]


def named(prefix: str, *parts: str) -> str:
    """An id of the words that something rests on, so that it outlives renumbering."""
    return f"{prefix}-{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:10]}"
