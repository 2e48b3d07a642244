"""Tells which rules are one measure (政策事项): one subsidy or duty, across documents and years.

A measure is a region chain, an item and a category. Group, payee and basis are compared, and
never split a measure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb.force.days import Interval, read
from kb.force.models import Evidence
from kb.force.terms import ClauseTerm, Term
from kb.models import KnowledgeBase
from kb.schema import AmountRule, Record

#: what is a standard that somebody may have, not a sum that somebody has planned
_ROLES = ("standard", "cap", "share", "threshold")
_NATION = "00"


@dataclass(frozen=True)
class Vocabulary:
    """The wordings of measures, as ``lexicons/measures.yaml`` has them."""

    items: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, str]
    vague: frozenset[str]
    levels: Mapping[str, tuple[str, ...]]
    level_item: str
    categories: Mapping[str, Mapping[str, tuple[str, ...]]]
    general: frozenset[str]
    general_organs: tuple[str, ...]
    mentioned: tuple[str, ...]

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Vocabulary:
        """The vocabulary in a mapping of plain values; raises ``KeyError`` where one is missing."""
        return cls(
            items={name: tuple(words) for name, words in plain["items"].items()},
            endings=dict(plain["endings"]),
            vague=frozenset(plain["vague"]),
            levels={name: tuple(words) for name, words in plain["levels"].items()},
            level_item=plain["level_item"],
            categories={
                item: {name: tuple(words) for name, words in named.items()}
                for item, named in plain["categories"].items()
            },
            general=frozenset(plain["general"]),
            general_organs=tuple(plain["general_organs"]),
            mentioned=tuple(plain["mentioned"]),
        )

    def level(self, words: str) -> str | None:
        """The certificate level that ``words`` names; the longest wording wins."""
        return _longest(words, self.levels)

    def item(self, rule: AmountRule) -> str | None:
        """What the amount is for; None where that is too vague to compare."""
        said = rule.item or ""
        known = _longest(said, self.items)
        if known:
            return known
        if said in self.vague and self._certifies(rule):
            return self.level_item
        return None if not said or said in self.vague else self.common(said)

    def _certifies(self, rule: AmountRule) -> bool:
        return "证书" in rule.quote and self.level(rule.category or "") is not None

    def common(self, words: str) -> str:
        """``words`` without blanks, with the one ending for all of its kind."""
        words = re.sub(r"\s+", "", words)
        for ending in sorted(self.endings, key=len, reverse=True):
            if words.endswith(ending) and not words.endswith(self.endings[ending]):
                return words.removesuffix(ending) + self.endings[ending]
        return words

    def category(self, item: str, rule: AmountRule) -> str:
        """What kind of the item the amount is for; empty for the item in general."""
        said = re.sub(r"\s+", "", rule.category or "")
        level = self.level(said) if item == self.level_item else None
        known = level or _longest(said, self.categories.get(item, {}))
        if known:
            return known
        plain = item in self.items and item != self.level_item and item not in self.categories
        return "" if plain or said in self.general or item in said else self.common(said)

    def sector(self, record: Record) -> str | None:
        """The sector an organ speaks for: 文化和旅游; None where the rule holds for all."""
        issuers = record.document.issuers
        if not issuers or any(o in i for i in issuers for o in self.general_organs):
            return None
        place = record.document.region.name if record.document.region else ""
        return re.sub(r"(?:厅|局|委员会|委|办公室|部)+$", "", issuers[0].removeprefix(place))


def _longest(words: str, table: Mapping[str, Iterable[str]]) -> str | None:
    fits = [(len(w), name) for name, wordings in table.items() for w in wordings if w in words]
    return max(fits)[1] if fits else None


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a measure is known by: the first two digits of its region, item and category."""

    root: str
    item: str
    category: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in (self.root, self.item, self.category) if part)


@dataclass(frozen=True)
class Entry:
    """One place where a measure stands: a rule, or a clause that prolongs or only mentions it."""

    document: str
    clause: str
    region: str
    sector: str | None
    issued: Interval | None
    start: Interval | None
    end: Interval | None
    evidence: Evidence
    rule: AmountRule | None = field(default=None, repr=False)
    kind: str = "value"

    @property
    def order(self) -> tuple[str, str, int]:
        """By time, then by document and place."""
        begins = self.issued or self.start
        at = self.evidence.span[0] if self.evidence.span else 0
        return (begins.last.isoformat() if begins else "9999", self.document, at)


@dataclass(frozen=True)
class Measure:
    """A measure with every place it stands at, in the order of time."""

    key: Key
    region: str
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """取证补贴 · 高级工（山西省）."""
        kind = f"{self.key.item} · {self.key.category}" if self.key.category else self.key.item
        return f"{kind}（{self.region}）"


@dataclass(frozen=True)
class Measures:
    """All measures of a knowledge base."""

    base: KnowledgeBase
    vocabulary: Vocabulary
    terms: Mapping[str, Term]
    clause_terms: Mapping[str, tuple[ClauseTerm, ...]]

    @cached_property
    def all(self) -> tuple[Measure, ...]:
        """Every measure, by region, item and category."""
        entries: dict[Key, list[Entry]] = defaultdict(list)
        for record in self.base.records:
            for key, entry in self._of(record):
                entries[key].append(entry)
        for key, entry in self._mentions(frozenset(entries)):
            entries[key].append(entry)
        return tuple(self._measure(key, entries[key]) for key in sorted(entries))

    def key_of(self, record: Record, rule: AmountRule) -> Key | None:
        """The measure a rule belongs to; None where its item is too vague."""
        if rule.role not in _ROLES or rule.review.status == "rejected":
            return None
        item = self.vocabulary.item(rule)
        return Key(root_of(record), item, self.vocabulary.category(item, rule)) if item else None

    def _of(self, record: Record) -> Iterable[tuple[Key, Entry]]:
        for rule in record.rules:
            if isinstance(rule, AmountRule) and (key := self.key_of(record, rule)):
                yield key, self._entry(record, rule)
        for term in self.clause_terms[record.document.id]:
            quoted = term.said.evidence
            item = _longest(quoted.quote, self.vocabulary.items) if quoted else None
            if item and quoted:
                yield Key(root_of(record), item), self._prolonged(record, term, quoted)

    def _entry(self, record: Record, rule: AmountRule) -> Entry:
        term = self.terms[record.document.id]
        governing = governing_term(self.clause_terms[record.document.id], rule.clause, rule.span)
        return Entry(
            document=record.document.id,
            clause=rule.clause,
            region=region_of(record),
            sector=self.vocabulary.sector(record),
            issued=term.issued or term.start,
            start=read(rule.from_) or (governing and governing.start) or term.effective,
            end=read(rule.to) or (governing and governing.end) or term.end,
            evidence=Evidence(record.document.id, rule.clause, rule.quote, rule.span),
            rule=rule,
        )

    def _prolonged(self, record: Record, term: ClauseTerm, quoted: Evidence) -> Entry:
        issued = self.terms[record.document.id].issued
        start = term.start or issued
        return Entry(
            *(record.document.id, term.clause, region_of(record), None, issued, start, term.end),
            evidence=quoted,
            kind="extends" if "延" in quoted.quote else "period",
        )

    def _mentions(self, known: frozenset[Key]) -> Iterable[tuple[Key, Entry]]:
        """Places that name a measure without a value: 严格落实生活费补贴."""
        for record in self.base.records:
            keys = {key for key, _ in self._of(record)}
            for item in self.vocabulary.mentioned:
                key = Key(root_of(record), item)
                if key in known and key.item not in {k.item for k in keys}:
                    yield from ((key, e) for e in self._mention(record, item))

    def _mention(self, record: Record, item: str) -> Iterable[Entry]:
        at = record.text.find(item)
        clauses = [c for c in record.clauses if c.span[0] <= at < c.span[1]]
        if at < 0 or not clauses:
            return
        stop = min(
            (i for s in "，。；\n" if (i := record.text.find(s, at)) > 0), default=at + len(item)
        )
        clause = max(clauses, key=lambda c: c.level)
        quoted = Evidence(record.document.id, clause.path, record.text[at:stop], (at, stop))
        issued = self.terms[record.document.id].issued
        place = (record.document.id, clause.path, region_of(record), None, issued, issued, None)
        yield Entry(*place, evidence=quoted, kind="refers")

    def _measure(self, key: Key, entries: list[Entry]) -> Measure:
        broadest = min(entries, key=lambda e: (len(chain(e.region)), e.order))
        region = self.base.by_id[broadest.document].document.region
        return Measure(
            key,
            region.name if region else "地区不明",
            tuple(sorted(entries, key=lambda e: e.order)),
        )


def governing_term(
    terms: Iterable[ClauseTerm], clause: str, span: tuple[int, int]
) -> ClauseTerm | None:
    """The stated term of the clause that stands before ``span`` in it, the nearest one."""
    before = [t for t in terms if t.clause == clause and t.span[0] <= span[1]]
    return max(before, key=lambda t: t.span[0], default=None)


def region_of(record: Record) -> str:
    """The code of the issuer's region; xx where it is not known."""
    return record.document.region.code if record.document.region else "xx"


def root_of(record: Record) -> str:
    """The first two digits of the region: 14 for 山西省 and all below it."""
    return region_of(record)[:2]


def chain(code: str) -> tuple[str, ...]:
    """A region and all above it, the highest first: 00, 140000, 141100, 141121."""
    if code.startswith("xx") or not code[:2].isdigit():
        return (code,)
    if code.startswith(_NATION):
        return (_NATION,)
    steps = (_NATION, f"{code[:2]}0000", f"{code[:4]}00", code)
    return tuple(dict.fromkeys(steps))[: 1 + _depth(code)]


def _depth(code: str) -> int:
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3
