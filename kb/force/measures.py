"""Tells which rules are one measure (政策事项): one subsidy, target or duty, across documents.

A measure is a region chain, an item and a category. Group, payee and basis are compared, and
never split a measure; those of the nation belong to each province's too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kb.force.entries import Entry, Key, Measure, Scope
from kb.force.places import Places
from kb.force.region_chain import NATION, UNKNOWN, chain, meet, short
from kb.force.terms import ClauseTerm, Term
from kb.force.vocabulary import Vocabulary
from kb.models import KnowledgeBase


@dataclass(frozen=True)
class Measures:
    """All measures of a knowledge base."""

    base: KnowledgeBase
    vocabulary: Vocabulary
    terms: Mapping[str, Term]
    clause_terms: Mapping[str, tuple[ClauseTerm, ...]]

    @cached_property
    def all(self) -> tuple[Measure, ...]:
        """Every measure that is worth a line: amounts first, then by region, item and category.

        A single target, duty or deadline is its document's affair: there are hundreds. One is a
        measure when it stands in two documents of one region chain.
        """
        return tuple(m for m in self._every if m.key.kind == "amount" or _is_shared(m))

    @cached_property
    def first_in(self) -> Mapping[tuple[str, str], Mapping[Key, str]]:
        """When each of ``all`` first has a place in a region, by its item and that region."""
        found: dict[tuple[str, str], dict[Key, str]] = defaultdict(dict)
        for measure in self.all:
            for entry in measure.entries:
                known, day = found[measure.key.item, entry.region], entry.order[0]
                known[measure.key] = min(day, known.get(measure.key, day))
        return found

    @cached_property
    def single(self) -> tuple[Measure, ...]:
        """The targets that stand in one document: what is answered when nothing else is."""
        return tuple(m for m in self._every if m.key.kind == "target" and not _is_shared(m))

    @cached_property
    def key_of(self) -> Mapping[str, Key]:
        """What each rule stands for, by its id: a key of ``placed``."""
        return {e.rule.id: key for key, held in self.placed.items() for e in held if e.rule}

    def from_on(self, rule: str) -> tuple[Entry, ...]:
        """The place of ``rule`` and those of its measure and scope that came after, in time."""
        key = self.key_of.get(rule)
        held, at = self._stands_at.get((key, rule), ((), 0))
        return tuple(held[at:])

    @cached_property
    def _stands_at(self) -> Mapping[tuple[Key | None, str], tuple[list[Entry], int]]:
        """Where a rule stands among the places of its measure and scope."""
        found: dict[tuple[Key | None, str], tuple[list[Entry], int]] = {}
        for key, entries in self.placed.items():
            scopes: dict[Scope, list[Entry]] = defaultdict(list)
            for entry in entries:
                if entry.rule:
                    of_scope = scopes[entry.scope]
                    of_scope.append(entry)
                    first = len(of_scope) - 1
                    while first and of_scope[first - 1].order == entry.order:
                        first -= 1
                    found.setdefault((key, entry.rule.id), (of_scope, first))
        return found

    @cached_property
    def placed(self) -> Mapping[Key, tuple[Entry, ...]]:
        """All places by province, item and category, in the order of time."""
        found: dict[Key, list[Entry]] = defaultdict(list)
        places = Places(self.vocabulary, self.terms, self.clause_terms)
        told: dict[str, set[str]] = defaultdict(set)
        for record in self.base.records:
            for key, entry in places.of(record):
                found[key].append(entry)
                told[record.document.id].add(key.item)
        known = frozenset(found)
        for record in self.base.records:
            silent = [i for i in self.vocabulary.mentioned if i not in told[record.document.id]]
            for key, entry in places.mentions(record, silent):
                if not known.isdisjoint({key, replace(key, root=NATION)}):
                    found[key].append(entry)
        return {k: tuple(sorted(found[k], key=lambda e: e.order)) for k in _sorted(found)}

    @cached_property
    def _every(self) -> tuple[Measure, ...]:
        found = [m for key, entries in self.placed.items() for m in self._parted(key, entries)]
        return tuple(sorted(found, key=lambda measure: measure.key.order))

    def _parted(self, key: Key, entries: tuple[Entry, ...]) -> Iterator[Measure]:
        """A measure for each region that no other one of them lies above."""
        regions = {entry.region for entry in entries}
        for top in sorted(r for r in regions if regions.isdisjoint(chain(r)[:-1])):
            below = [e for e in entries if top in chain(e.region)]
            if top == UNKNOWN:
                yield from self._unplaced(key, below)
                continue
            above = () if top == NATION else self.national(key)
            if any(e.kind != "refers" for e in (*below, *above)):
                together = tuple(sorted((*below, *above), key=lambda e: e.order))
                yield Measure(replace(key, root=short(top)), self._place(below), together)

    def _unplaced(self, key: Key, entries: list[Entry]) -> Iterator[Measure]:
        """A measure for each document: two of unknown place are not known to be of one."""
        for document in sorted({e.document for e in entries if e.kind != "refers"}):
            own = tuple(e for e in entries if e.document == document)
            yield Measure(replace(key, root=document), self._place(own), own)

    def national(self, key: Key) -> tuple[Entry, ...]:
        """The nation's places of the same item and category."""
        national = self.placed.get(replace(key, root=NATION), ())
        return tuple(e for e in national if e.kind != "refers")

    def _place(self, entries: Iterable[Entry]) -> str:
        broadest = min(entries, key=lambda e: (len(chain(e.region)), e.order))
        region = self.base.by_id[broadest.document].document.region
        return region.name if region else "地区不明"


def _is_shared(measure: Measure) -> bool:
    return len({entry.document for entry in measure.entries}) > 1


def _sorted(keys: Iterable[Key]) -> list[Key]:
    return sorted(keys, key=lambda key: key.order)


def seen_from(measure: Measure, region: str, name: str) -> Measure:
    """The measure as it concerns ``region``: what lies above it and below it, no sibling."""
    root = replace(measure.key, root=short(region))
    return Measure(root, name, tuple(e for e in measure.entries if meet(region, e.region)))
