"""Turns the documents of a workspace into its rule base, one document's failure at no other's cost.

What a person has reviewed outlives every build, and a document that fails keeps its earlier record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import listing, readers
from corpus.errors import (
    DocumentError,
    DuplicateDocument,
    EmptyDocument,
    PolicyError,
    RuleBaseError,
)
from corpus.limits import USUAL, Limits
from corpus.readers.formats import SUFFIXES
from corpus.workspace import Workspace
from extractor.pipeline import extract
from kb import store
from kb.force import curated_file
from kb.force.curated import Curated, moved
from kb.force.graph import identities
from kb.force.linking import linked
from kb.force.resolution import Resolution
from kb.models import KnowledgeBase
from kb.records import record_of
from kb.reviews import Orphan, inherit, orphans_of
from kb.schema import Record, Rule

#: told of the stage, how much of it is done, and how much there is
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The rule base as it is now, what was read, what failed, and what a person should know."""

    base: KnowledgeBase
    read: tuple[Record, ...]
    failures: tuple[PolicyError, ...]
    notes: tuple[str, ...]


def build(workspace: Workspace, progress: Progress, *, ocr: bool = False) -> BuildReport:
    """Reads every document and brings the rule base on disk up to date, all at once.

    With ``ocr`` pictures of text are recognised. The caller holds the workspace. Raises
    ``PolicyError`` where nothing can be built at all; the rule base is then untouched.
    """
    listed = listing.documents(workspace)
    _refuse_empty(workspace, listed)
    kept = store.load_tolerant(workspace.rule_base, cache=workspace.records_cache)
    orphans = store.load_orphans(workspace.rule_base)
    limits = replace(workspace.limits, ocr=ocr)
    reading = _Reading(workspace, limits, failures=list(listed.problems))
    for done, path in enumerate(listed.paths):
        progress("documents", done, len(listed.paths))
        reading.take(path)
    progress("documents", len(listed.paths), len(listed.paths))
    merging = _Merging(kept, orphans)
    merging.take(reading.records)
    merging.give_up(_stale(kept, reading, listed.paths, workspace.root))
    return merging.save(workspace, reading)


def _refuse_empty(workspace: Workspace, listed: listing.Listing) -> None:
    if not listed.paths:
        for problem in listed.problems:
            raise problem
        where = readers.shown_path(workspace.documents, workspace.root)
        remedy = f"Put documents into it ({SUFFIXES}); the rule base is untouched."
        raise EmptyDocument("there is no document in this folder", where=where, remedy=remedy)


def read_record(path: Path, *, root: Path, limits: Limits = USUAL) -> Record:
    """The record of the document at ``path``; raises ``DocumentError``."""
    source = readers.read(path, root=root, limits=limits)
    try:
        return record_of(extract(source), source)
    except Exception as error:
        # one document that nobody foresaw must not cost the others
        what = f"it could not be understood ({type(error).__name__}: {error})"
        remedy = "Please report it with the document; --debug shows where."
        raise DocumentError(what, where=str(source.path), remedy=remedy) from error


@dataclass(slots=True)
class _Reading:
    """The documents read so far, in the order of their paths."""

    workspace: Workspace
    limits: Limits
    failures: list[PolicyError]
    records: list[Record] = field(default_factory=list)
    _known: dict[object, Record] = field(default_factory=dict)

    def take(self, path: Path) -> None:
        try:
            record = read_record(path, root=self.workspace.root, limits=self.limits)
            self._refuse_duplicate(record)
        except DocumentError as error:
            self.failures.append(error)
            return
        self.records.append(record)
        self._known.update({_identity(record): record, record.document.id: record})

    def _refuse_duplicate(self, record: Record) -> None:
        document = record.document
        first = self._known.get(_identity(record)) or self._known.get(document.id)
        if first is not None:
            named = document.number or document.id
            what = f"{named} has already been read from {first.document.source.path}"
            remedy = "Take one of the two away, or rename it if it is another document."
            raise DuplicateDocument(what, where=document.source.path, remedy=remedy)


def _identity(record: Record) -> object:
    """Number and issuers; a document without a number is only known by its id."""
    document = record.document
    known = document.number is not None
    return (document.number, frozenset(document.issuers)) if known else document.id


@dataclass(slots=True)
class _Merging:
    """The new state of the rule base as it comes together."""

    kept: store.Loaded
    waiting: tuple[Orphan, ...]
    records: dict[str, Record] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def take(self, records: Iterable[Record]) -> None:
        for record in records:
            name = record.document.id
            # a file that cannot be read may hold reviews, so it is not written over
            if name not in self.kept.broken:
                self._inherit(record, name)

    def _inherit(self, record: Record, name: str) -> None:
        back = [orphan.rule for orphan in self.waiting if orphan.document == name]
        merged = inherit(record, (*back, *self._earlier(name)))
        self.records[name] = merged.record
        returned = {rule.id for rule in back} - {orphan.rule.id for orphan in merged.orphans}
        self.notes += [f"{rule_id}: found again, with its review" for rule_id in sorted(returned)]
        self._set_aside(merged.orphans, known={rule.id for rule in back})

    def _earlier(self, name: str) -> tuple[Rule, ...]:
        earlier = self.kept.base.by_id.get(name) or self.kept.textless.get(name)
        return earlier.rules if earlier else ()

    def _set_aside(self, orphans: Iterable[Orphan], known: frozenset[str] | set[str]) -> None:
        for orphan in orphans:
            self.orphans.append(orphan)
            if orphan.rule.id not in known:
                what = "no longer found; rule and review are kept in reviews/orphaned.yaml"
                self.notes.append(f"{orphan.rule.id}: {what}")

    def give_up(self, stale: Iterable[tuple[Record, str]]) -> None:
        for record, why in stale:
            self.removed.append(record.document.id)
            self.notes.append(f"{record.document.id}: removed, {why}")
            self._set_aside(orphans_of(record), known=frozenset())

    def save(self, workspace: Workspace, reading: _Reading) -> BuildReport:
        untouched = [o for o in self.waiting if o.document not in self.records]
        left = {k: r for k, r in self.kept.base.by_id.items() if k not in self.removed}
        curated = _curated(workspace, reading)
        base = _linked(KnowledgeBase.of((left | self.records).values()), curated)
        self.notes += _outdated(base, curated)
        read = tuple(base.by_id[name] for name in self.records)
        store.save(
            workspace.rule_base,
            read,
            removed=self.removed,
            orphans=(*untouched, *self.orphans),
            cache=workspace.records_cache,
        )
        failures = (*reading.failures, *self._still_broken())
        return BuildReport(base, read, failures, tuple(self.notes))

    def _still_broken(self) -> list[PolicyError]:
        return [error for name, error in self.kept.errors.items() if name not in self.records]


def _curated(workspace: Workspace, reading: _Reading) -> Curated:
    """What people have said of relations; a file that cannot be read costs no build."""
    try:
        return curated_file.load(workspace.rule_base)
    except RuleBaseError as error:
        reading.failures.append(error)
        return Curated()


def _linked(base: KnowledgeBase, curated: Curated) -> KnowledgeBase:
    """``base`` with the documents that its citations lead to."""
    return KnowledgeBase.of(linked(base, Resolution(base, identities(curated))))


def _outdated(base: KnowledgeBase, curated: Curated) -> list[str]:
    what = "the words this was decided on have changed; policykb review shows old and new"
    return [f"{d.id}: {what}" for d in curated.decisions if moved(d, base)]


def _stale(
    kept: store.Loaded, reading: _Reading, paths: Iterable[Path], root: Path
) -> list[tuple[Record, str]]:
    """Records whose document is gone, or now gives another id; why, for each."""
    new = {record.document.source.path: record.document.id for record in reading.records}
    present = {readers.shown_path(path, root) for path in paths}
    stale = []
    for record in kept.base.records:
        name, path = record.document.id, record.document.source.path
        if name in new.values():
            continue
        if path in new:
            stale.append((record, f"{path} is now {new[path]}"))
        elif path not in present and not listing.still_there(root, path):
            stale.append((record, f"{path} is gone"))
    return stale
