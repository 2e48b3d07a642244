"""Brings together what was read and what people have said, and saves what is new of it.

A review outlives every build; a file that somebody has broken is not written over; a record of
which nothing has changed is neither loaded nor written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import listing
from corpus.errors import RuleBaseError
from kb import rule_file
from kb.building.cards import Card, Citing
from kb.building.entries import Entry
from kb.building.files import Files
from kb.building.intake import Intake, Taken
from kb.building.ledger import Row
from kb.building.linking import LinkTable
from kb.record_cache import Links, digest, linked, with_links
from kb.reviews import Orphan, inherit, is_reviewed, orphans_of
from kb.schema import Rule
from kb.store import Saving


@dataclass(frozen=True, slots=True)
class _Left:
    """A record that stays although its document was not read; with its row if it has one."""

    card: Card
    row: Row | None


class Merging:
    """The new state of the rule base as it comes together.

    After ``sort_out``: ``read`` are the cards of the documents that were read and will be kept,
    ``cards`` those of all records. After ``save``: ``notes`` for people, and ``sound``, the ids of
    all records that can be read.
    """

    def __init__(self, files: Files, intake: Intake, waiting: Sequence[Orphan]) -> None:
        self.notes: list[str] = []
        self._files, self._intake, self._waiting = files, intake, waiting
        self._earlier: dict[str, tuple[Rule, ...]] = {}
        self._errors: dict[str, RuleBaseError] = {}
        self._taken: dict[str, Taken] = {}
        self._left: dict[str, _Left] = {}
        self._removed: list[str] = []
        self._orphans: list[Orphan] = []
        self._rows: dict[str, Row] = {}
        self._back: dict[str, list[Rule]] = defaultdict(list)
        for orphan in waiting:
            self._back[orphan.document].append(orphan.rule)

    @property
    def read(self) -> list[Card]:
        """The cards of the documents that were read, in the order of their paths."""
        return [taken.card for taken in self._taken.values()]

    @property
    def cards(self) -> Mapping[str, Card]:
        """The cards of all records there will be."""
        left = {name: left.card for name, left in self._left.items()}
        return left | {name: taken.card for name, taken in self._taken.items()}

    @property
    def sound(self) -> list[str]:
        """The ids of all records that can be read."""
        return [name for name in self.cards if name not in self._errors or name in self._taken]

    def still_broken(self) -> list[RuleBaseError]:
        """What is wrong with files that were not written."""
        return [self._errors[n] for n in sorted(self._errors) if n not in self._taken]

    # ── what there is ──

    def sort_out(self, root: Path) -> None:
        """Finds out what becomes of each record that there was."""
        for taken in self._intake.taken:
            name = taken.card.document
            # a file that cannot be read may hold reviews, so it is not written over
            if name not in self._files.names or self._can_be_replaced(name, taken):
                self._taken[name] = taken
        new = {taken.card.path: taken.card.document for taken in self._intake.taken}
        for name in sorted(self._files.names - set(new.values())):
            self._keep_or_remove(name, new, root)

    def _can_be_replaced(self, name: str, taken: Taken) -> bool:
        row = self._files.row(name)
        if row is not None and not row.reviewed:
            return True
        if row is None and self._files.is_plain(name, self._intake.entry(taken)):
            return True
        record, error = self._files.record(name)
        if error is not None:
            self._errors[name] = error
        if record is not None:
            self._earlier[name] = tuple(rule for rule in record.rules if is_reviewed(rule))
        return record is not None

    def _keep_or_remove(self, name: str, new: Mapping[str, str], root: Path) -> None:
        row = self._files.row(name)
        record = None
        if row is None or row.reviewed:
            record, error = self._files.record(name)
            if error is not None:
                self._errors[name] = error
            if record is None or error is not None:
                return
        card = row.card if row else Card.of(record)  # type: ignore[arg-type]  # one of the two
        why = _why_stale(card.path, new, self._intake.present, root)
        if why is None:
            self._left[name] = _Left(card, row)
            return
        self._removed.append(name)
        self.notes.append(f"{name}: removed, {why}")
        self._set_aside(orphans_of(record) if record else (), known=frozenset())

    def _set_aside(self, orphans: Iterable[Orphan], known: frozenset[str]) -> None:
        for orphan in orphans:
            self._orphans.append(orphan)
            if orphan.rule.id not in known:
                what = "no longer found; rule and review are kept in reviews/orphaned.yaml"
                self.notes.append(f"{orphan.rule.id}: {what}")

    # ── what is written of it ──

    def save(
        self, saving: Saving, table: LinkTable, progress: Callable[[str, int, int], None]
    ) -> None:
        """Saves every record of which something is new, and what has been set aside."""
        gone = self.notes
        self.notes = []
        for done, (name, taken) in enumerate(self._taken.items()):
            progress("rules", done, len(self._taken))
            self._rows[name] = self._saved(saving, taken, table.links[name])
        progress("rules", len(self._taken), len(self._taken))
        self.notes += gone
        for name in self._removed:
            saving.remove(name)
        untouched = [o for o in self._waiting if o.document not in self._taken]
        saving.orphans((*untouched, *self._orphans))

    def _saved(self, saving: Saving, taken: Taken, links: Links) -> Row:
        name = taken.card.document
        row = self._files.row(name)
        same = row is not None and row.key == taken.key and row.links == links
        if row is not None and same and name not in self._back:
            return replace(row, entry=self._intake.look(taken.key))
        entry = self._intake.entry(taken)
        if self._earlier.get(name) or name in self._back:
            rules, reviewed = self._with_reviews(saving, name, entry, links)
        else:
            rules, reviewed = _plain(entry, taken.card, links), False
            saving.written(name, rules, entry.text)
            saving.points(rules, taken.key, links)
        look, text = self._intake.look(taken.key), digest(entry.text)
        return Row(taken.card, taken.key, look, links, digest(rules), text, reviewed, seen="")

    def _with_reviews(
        self, saving: Saving, name: str, entry: Entry, links: Links
    ) -> tuple[bytes, bool]:
        back = self._back.get(name, [])
        merged = inherit(entry.to_record(), (*back, *self._earlier.get(name, ())))
        returned = {rule.id for rule in back} - {orphan.rule.id for orphan in merged.orphans}
        self.notes += [f"{rule_id}: found again, with its review" for rule_id in sorted(returned)]
        self._set_aside(merged.orphans, known=frozenset(rule.id for rule in back))
        record = with_links(merged.record, links)
        return saving.record(record), any(map(is_reviewed, record.rules))

    def rows(self) -> dict[str, Row]:
        """The rows of the new ledger, once everything is saved."""
        read = {
            name: row if row.seen else replace(row, seen=self._files.look(name))
            for name, row in self._rows.items()
        }
        return read | {name: left.row for name, left in self._left.items() if left.row}


def _plain(entry: Entry, card: Card, links: Links) -> bytes:
    """The YAML of a record of which nobody has said anything."""
    citations = linked(Citing.from_json(card.citing).citations, links)
    return b"".join((entry.head, rule_file.dump_citations(citations).encode(), entry.tail))


def _why_stale(
    path: str, new: Mapping[str, str], present: frozenset[str], root: Path
) -> str | None:
    """Why a record goes: its document is gone, or now gives another id. None if it stays."""
    if path in new:
        return f"{path} is now {new[path]}"
    gone = path not in present and not listing.still_there(root, path)
    return f"{path} is gone" if gone else None
