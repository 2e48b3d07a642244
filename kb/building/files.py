"""What is known of the rule base's files before a build: which are as the last one has left them.

A file that somebody has touched is read again; one that is as it was is not even opened.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import ValidationError

from corpus.errors import RuleBaseError
from corpus.located_yaml import YamlFile
from corpus.workspace import Workspace
from kb import rule_file, store
from kb.building.cards import Card, Citing
from kb.building.entries import Entry
from kb.building.ledger import Ledger, Row, digest_of, look_of
from kb.record_cache import RecordCache
from kb.schema import CitationRecord, Record


class Files:
    """The records on the disk, by document."""

    def __init__(self, workspace: Workspace, ledger: Ledger, remembered: RecordCache) -> None:
        self._rule_base, self._ledger = workspace.rule_base, ledger
        self._remembered = remembered
        self.names = frozenset(store.names(workspace.rule_base))
        self._rows: dict[str, Row | None] = {}

    def row(self, name: str) -> Row | None:
        """What the ledger says of a record whose two files are as the ledger knows them."""
        if name not in self._rows:
            self._rows[name] = self._believed(name)
        return self._rows[name]

    def _believed(self, name: str) -> Row | None:
        row = self._ledger.rows.get(name) if name in self.names else None
        if row is None:
            return None
        seen = self.look(name)
        if seen and row.seen == seen:
            return row
        rules, text = store.files_of(self._rule_base, name)
        same = row.rules == digest_of(rules) and row.text == digest_of(text)
        return replace(row, seen=seen) if same else None

    def look(self, name: str) -> str:
        """How the files of a record look from outside."""
        # as store.files_of has it; building paths takes longer than looking
        folder = str(self._rule_base)
        return look_of(f"{folder}/rules/{name}.yaml", f"{folder}/texts/{name}.txt")

    def record(self, name: str) -> tuple[Record | None, RuleBaseError | None]:
        """The record, without its text if that is lost, and what is wrong with its files."""
        loaded = store.load_named(self._rule_base, [name], self._remembered)
        return loaded.base.by_id.get(name) or loaded.textless.get(name), loaded.errors.get(name)

    def is_plain(self, name: str, entry: Entry) -> bool:
        """Whether the YAML is what a build writes of ``entry`` where nobody has said anything."""
        rules, _ = store.files_of(self._rule_base, name)
        try:
            found = rules.read_bytes()
        except OSError:
            return False
        if not (found.startswith(entry.head) and found.endswith(entry.tail)):
            return False
        between = found[len(entry.head) : len(found) - len(entry.tail)]
        cited = Citing.from_json(Card.from_json(entry.card).citing).citations
        return _lead_somewhere(between.decode("utf-8", "replace"), cited)


def _lead_somewhere(source: str, citations: tuple[CitationRecord, ...]) -> bool:
    """Whether ``source`` is the YAML of ``citations``, wherever they lead."""
    try:
        plain = YamlFile.parse(source, shown="").value["citations"]
        found = tuple(CitationRecord.model_validate(citation) for citation in plain)
    except (RuleBaseError, ValidationError, KeyError, TypeError):
        return False
    nowhere = {"target": None, "candidates": None}
    bare = tuple(citation.model_copy(update=nowhere) for citation in found)
    return bare == citations and rule_file.dump_citations(found) == source
