"""Takes the documents in: those that were read before by their bytes, the others from a runner.

What comes out stands in the order of the paths, whoever has read it and when.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus import readers
from corpus.errors import DocumentError, DuplicateDocument, PolicyError
from corpus.limits import Limits
from corpus.workspace import Workspace
from kb.building.cards import Card
from kb.building.code_version import code_version
from kb.building.entries import Damaged, Entry, EntryStore, key_of
from kb.building.ledger import Ledger
from kb.building.runners import Runner, Serial
from kb.building.tasks import Outcome, Task


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that has been read: its card and the key of its entry."""

    card: Card
    key: str


class Intake:
    """The documents of a build: ``taken`` and ``failures`` once ``take_all`` has come to its end.

    ``present`` are the paths of all that there are, as they are shown; ``fresh`` counts those that
    had to be read, ``damaged`` the entries that were no longer whole.
    """

    def __init__(
        self, workspace: Workspace, limits: Limits, entries: EntryStore, ledger: Ledger
    ) -> None:
        self.taken: list[Taken] = []
        self.present: frozenset[str] = frozenset()
        self.failures: list[PolicyError] = []
        self.fresh = self.damaged = 0
        self._root, self._limits, self._entries = workspace.root, limits, entries
        self._looks = entries.looks()
        self._rows = {row.card.path: row for row in ledger.rows.values()}
        self._found: dict[str, Taken | PolicyError] = {}

    def take_all(
        self, paths: Sequence[Path], runner: Runner, progress: Callable[[str, int, int], None]
    ) -> None:
        """Takes in the documents at ``paths``; raises ``PolicyError`` if no more can be kept."""
        progress("documents", 0, len(paths))
        named = {readers.shown_path(path, self._root): path for path in paths}
        self.present = frozenset(named)
        with closing(runner.run(self._to_read(named, progress))) as outcomes:
            for task, outcome in outcomes:
                self._note(task, outcome)
                progress("documents", len(self._found), len(named))
        known: dict[object, Card] = {}
        for shown in named:
            self._sort(self._found[shown], known)

    def _to_read(
        self, named: Mapping[str, Path], progress: Callable[[str, int, int], None]
    ) -> Iterator[Task]:
        for shown, path in named.items():
            taken = self._remembered(path, shown)
            if taken is None:
                yield Task(str(path), str(self._root), shown, self._limits)
            else:
                self._found[shown] = taken
                progress("documents", len(self._found), len(named))

    def _remembered(self, path: Path, shown: str) -> Taken | None:
        key = self._key(path, shown)
        if key is None or key not in self._looks:
            return None
        row = self._rows.get(shown)
        if row and row.key == key and row.entry == self._looks[key]:
            return Taken(row.card, key)
        try:
            return Taken(Card.from_json(self._entries.get(key).card), key)
        except Damaged:
            self.damaged += 1
            return None

    def _key(self, path: Path, shown: str) -> str | None:
        """The key of the document's entry; None for what its reader will refuse."""
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > self._limits.document_bytes:
                return None
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return None
        return key_of(sha256, shown, ocr=self._limits.ocr, version=code_version())

    def _note(self, task: Task, outcome: Outcome) -> None:
        error = outcome.error
        if error is not None and not isinstance(error, DocumentError):
            raise error
        self.fresh += error is None
        taken = error or Taken(Card.from_json(outcome.card), outcome.key)
        self._found[task.shown] = taken

    def _sort(self, found: Taken | PolicyError, known: dict[object, Card]) -> None:
        if isinstance(found, PolicyError):
            self.failures.append(found)
            return
        card = found.card
        first = known.get(_identity(card)) or known.get(card.document)
        if first is not None:
            self.failures.append(_duplicate(card, first))
            return
        self.taken.append(found)
        known.update({_identity(card): card, card.document: card})

    def entry(self, taken: Taken) -> Entry:
        """The entry of a document; one that is no longer whole is made anew."""
        try:
            return self._entries.get(taken.key)
        except Damaged:
            self.damaged += 1
        shown = taken.card.path
        task = Task(str(self._root / shown), str(self._root), shown, self._limits)
        for _, outcome in Serial(self._entries).run([task]):
            if outcome.error is not None:
                raise outcome.error
        return self._entries.get(taken.key)

    def look(self, key: str) -> str:
        """How an entry looks from outside."""
        return self._looks.get(key) or self._entries.look(key)


def _identity(card: Card) -> object:
    """Number and issuers; a document without a number is only known by its id."""
    return (card.number, frozenset(card.issuers)) if card.number is not None else card.document


def _duplicate(card: Card, first: Card) -> DuplicateDocument:
    what = f"{card.number or card.document} has already been read from {first.path}"
    remedy = "Take one of the two away, or rename it if it is another document."
    return DuplicateDocument(what, where=card.path, remedy=remedy)
