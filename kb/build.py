"""Turns the documents of a workspace into its rule base, one document's failure at no other's cost.

What a person has reviewed outlives every build, and a document that fails keeps its earlier record.
A document that has not changed is not read again, and nothing is written of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus import listing, readers
from corpus.errors import EmptyDocument, PolicyError, RuleBaseError
from corpus.readers.formats import SUFFIXES
from corpus.workspace import Workspace
from kb import store
from kb.building.cards import Card
from kb.building.entries import EntryStore
from kb.building.files import Files
from kb.building.intake import Intake
from kb.building.ledger import Ledger
from kb.building.linking import LinkTable
from kb.building.merging import Merging
from kb.building.runners import Runner, Serial
from kb.building.stored_base import RecordsRead, StoredBase
from kb.force import curated_file
from kb.force.curated import Curated, moved
from kb.models import KnowledgeBase
from kb.schema import Record

#: told of the stage, how much of it is done, and how much there is
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The rule base as it is now, what was read, what failed, and what a person should know.

    Records are loaded when asked for. ``counts`` are the rules of the whole base by kind,
    ``findings`` document, severity and message of what is no mere remark in what was read, and
    ``fresh`` how many documents had to be read: all others are as they were.
    """

    base: KnowledgeBase
    read: Sequence[Record]
    failures: tuple[PolicyError, ...]
    notes: tuple[str, ...]
    counts: Mapping[str, int]
    findings: tuple[tuple[str, str, str], ...]
    fresh: int


def build(
    workspace: Workspace, progress: Progress, *, ocr: bool = False, runner: Runner | None = None
) -> BuildReport:
    """Reads every document that is new and brings the rule base on disk up to date, all at once.

    With ``ocr`` pictures of text are recognised; ``runner`` says who reads, else this process. The
    caller holds the workspace. Raises ``PolicyError`` where nothing can be built at all; the rule
    base is then untouched.
    """
    listed = listing.documents(workspace)
    _refuse_empty(workspace, listed)
    orphans = store.load_orphans(workspace.rule_base)
    ledger, entries = Ledger.load(workspace.ledger), EntryStore(workspace.extracted)
    limits = replace(workspace.limits, ocr=ocr)
    intake = Intake(workspace, limits, entries, ledger)
    intake.take_all(listed.paths, runner or Serial(entries), progress)
    remembered = store.remembering(workspace.cache)
    merging = Merging(Files(workspace, ledger, remembered), intake, orphans)
    merging.sort_out(workspace.root)
    curated, failures = _curated(workspace)
    links = LinkTable.of(merging.cards, curated, ledger)
    with store.saving(workspace.rule_base, remembered) as saving:
        merging.save(saving, links, progress)
    new = Ledger(merging.rows(), links.digest)
    if new != ledger:
        new.save(workspace.ledger)
        entries.sweep(row.key for row in new.rows.values())
        remembered.forget_others(row.rules for row in new.rows.values())
    base = StoredBase(workspace.rule_base, merging.sound, remembered)
    return BuildReport(
        base=base,
        read=RecordsRead(base, [card.document for card in merging.read]),
        failures=(*listed.problems, *intake.failures, *failures, *merging.still_broken()),
        notes=(*merging.notes, *_outdated(base, curated), *_repaired(ledger, intake)),
        counts=_counts(merging.cards.values()),
        findings=_findings(merging.read),
        fresh=intake.fresh,
    )


def _refuse_empty(workspace: Workspace, listed: listing.Listing) -> None:
    if not listed.paths:
        for problem in listed.problems:
            raise problem
        where = readers.shown_path(workspace.documents, workspace.root)
        remedy = f"Put documents into it ({SUFFIXES}); the rule base is untouched."
        raise EmptyDocument("there is no document in this folder", where=where, remedy=remedy)


def _curated(workspace: Workspace) -> tuple[Curated, list[PolicyError]]:
    """What people have said of relations; a file that cannot be read costs no build."""
    try:
        return curated_file.load(workspace.rule_base), []
    except RuleBaseError as error:
        return Curated(), [error]


def _outdated(base: KnowledgeBase, curated: Curated) -> list[str]:
    what = "the words this was decided on have changed; policykb review shows old and new"
    return [f"{d.id}: {what}" for d in curated.decisions if moved(d, base)]


def _repaired(ledger: Ledger, intake: Intake) -> list[str]:
    count = intake.damaged + ledger.damaged
    what = "of the cache was damaged and has been made anew"
    return [f"{count} file{'s' * (count > 1)} {what}"] if count else []


def _counts(cards: Iterable[Card]) -> Mapping[str, int]:
    counts = Counter[str]()
    for card in cards:
        counts.update(card.counts)
    return counts


def _findings(cards: Iterable[Card]) -> tuple[tuple[str, str, str], ...]:
    return tuple((card.document, *finding) for card in cards for finding in card.findings)
