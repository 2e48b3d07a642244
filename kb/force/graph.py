"""Everything that is known of a knowledge base's documents and how they act on each other.

Computed once from the records and what people have said; the order of loading changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kb.force import curated as words
from kb.force.curated import Applied, Curated
from kb.force.explicit import explicit
from kb.force.inferred import Inference
from kb.force.measures import Measures
from kb.force.models import ENDING, MOVING, End, Relation, Stub, named
from kb.force.resolution import Identity, Key, Resolution
from kb.force.terms import ClauseTerm, Term, clause_terms, term_of
from kb.force.vocabulary import Vocabulary
from kb.models import KnowledgeBase
from kb.nameless import nameless

_ENDS_ALL = {type_ for type_ in ENDING if type_ != "repeals_part"}


@dataclass(frozen=True)
class Graph:
    """A knowledge base with its relations."""

    base: KnowledgeBase
    vocabulary: Vocabulary
    curated: Curated = field(default_factory=Curated)

    @cached_property
    def resolution(self) -> Resolution:
        """What the citations lead to."""
        return Resolution(self.base, identities(self.curated), self._decided)

    @property
    def _decided(self) -> Mapping[Key, str | None]:
        decided: dict[Key, str | None] = {}
        for decision in self.curated.decisions:
            if decision.seen.what == "citation" and decision.target:
                decided |= self._citations(decision.id, decision.target)
        return decided

    def _citations(self, wanted: str, target: str) -> dict[Key, str | None]:
        found = {}
        for record in self.base.records:
            for citation in record.citations:
                if named("cit", record.document.id, citation.quote) == wanted:
                    key = (record.document.id, *citation.span)
                    found[key] = target if target in self.base.by_id else None
        return found

    @cached_property
    def terms(self) -> dict[str, Term]:
        """When each document applies by its own words."""
        return {r.document.id: term_of(r) for r in self.base.records}

    @cached_property
    def clause_terms(self) -> dict[str, tuple[ClauseTerm, ...]]:
        """What governs single clauses."""
        return {r.document.id: clause_terms(r) for r in self.base.records}

    @cached_property
    def measures(self) -> Measures:
        """What is the same measure."""
        return Measures(self.base, self.vocabulary, self.terms, self.clause_terms)

    @cached_property
    def stated(self) -> tuple[Relation, ...]:
        """The relations that texts state."""
        return tuple(
            relation
            for record in self.base.records
            for relation in explicit(record, self.resolution, self.terms[record.document.id])
        )

    @cached_property
    def applied(self) -> Applied:
        """All relations, stated and inferred, with what people have said of them."""
        naming = frozenset((r.source.document, r.target.document) for r in self.stated)
        ended = frozenset(
            (r.source.document, r.target.document)
            for r in self.stated
            if r.type in _ENDS_ALL and r.scope == "whole"
        )
        inferred = Inference(self.measures, naming, ended).relations()
        return words.apply((*self.stated, *inferred), self.curated, self.base)

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Every relation that holds or is presumed, by id."""
        return self.applied.relations

    @property
    def stubs(self) -> Mapping[str, Stub]:
        """Documents that are cited and not here."""
        return self.resolution.stubs

    @cached_property
    def into(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by the document they act on."""
        return _by_document(self.relations, lambda r: r.target.document)

    @cached_property
    def out_of(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by the document they come from."""
        return _by_document(self.relations, lambda r: r.source.document)

    @cached_property
    def of_rule(self) -> Mapping[str, tuple[Relation, ...]]:
        """The relations that a rule is an end of, by the rule's id."""
        found: dict[str, list[Relation]] = defaultdict(list)
        for relation in self.relations:
            for rule in {relation.source.rule, relation.target.rule} - {None}:
                found[str(rule)].append(relation)
        return {rule: tuple(held) for rule, held in found.items()}

    def moving(self, subject: End) -> tuple[Relation, ...]:
        """What may change whether ``subject`` stands; what acts on another rule does not."""
        if subject.rule is None:
            return self._moving.get((subject.document, None), ())
        of_all = self._moving.get((subject.document, ""), ())
        own = self._moving.get((subject.document, subject.rule), ())
        return tuple(sorted((*of_all, *own), key=lambda r: r.id)) if own else of_all

    @cached_property
    def _moving(self) -> Mapping[tuple[str, str | None], tuple[Relation, ...]]:
        """By document and rule; by None all of a document, by "" those that act on no one rule."""
        found: dict[tuple[str, str | None], list[Relation]] = defaultdict(list)
        for relation in self.relations:
            if relation.type in MOVING:
                document = relation.target.document
                found[document, None].append(relation)
                found[document, relation.target.rule or ""].append(relation)
        return {place: tuple(held) for place, held in found.items()}

    @cached_property
    def acted_on(self) -> frozenset[str]:
        """Ids of the rules that a relation acts on by itself."""
        return frozenset(r.target.rule for r in self.relations if r.target.rule)

    @cached_property
    def acted_on_in_part(self) -> frozenset[str]:
        """Documents of which a relation acts on a clause, and on no one rule of it."""
        moving = (r.target for r in self.relations if r.type in MOVING and not r.target.rule)
        return frozenset(target.document for target in moving if target.clause)

    def name(self, document: str) -> str:
        """How reasons call a document: by its number, its title, or what ``nameless`` says."""
        record = self.base.by_id.get(document)
        if record is None:
            return document
        number = self.resolution.known_as.get(document)
        return number or _titled(record.document.title) or nameless(record)


def identities(curated: Curated) -> dict[str, Identity]:
    """The names that people have given documents."""
    return {i.document: Identity(i.number, i.title) for i in curated.identities}


def _titled(title: str | None) -> str | None:
    return f"《{title}》" if title else None


def _by_document(
    relations: Iterable[Relation], document: Callable[[Relation], str]
) -> Mapping[str, tuple[Relation, ...]]:
    found: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        found[document(relation)].append(relation)
    return {name: tuple(held) for name, held in found.items()}
