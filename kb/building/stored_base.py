"""The rule base as it lies on the disk: a record is loaded when somebody asks for it.

Whoever asks for all of them has them all, as ``KnowledgeBase`` promises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from kb import store
from kb.models import KnowledgeBase
from kb.record_cache import RecordCache
from kb.schema import Record


class StoredBase(KnowledgeBase):
    """The records of ``documents`` in the folder ``rule_base``."""

    def __init__(self, rule_base: Path, documents: Sequence[str], remembered: RecordCache) -> None:
        self.__dict__.update(_by_id=_Records(rule_base, sorted(documents), remembered))

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All records, in the order of their ids."""
        return tuple(self.by_id.values())

    @property
    def by_id(self) -> Mapping[str, Record]:
        """Records by document id."""
        records: Mapping[str, Record] = self.__dict__["_by_id"]
        return records


class _Records(Mapping[str, Record]):
    def __init__(self, rule_base: Path, documents: list[str], remembered: RecordCache) -> None:
        self._rule_base, self._remembered = rule_base, remembered
        self._loaded: dict[str, Record | None] = dict.fromkeys(documents)

    def __getitem__(self, document: str) -> Record:
        record = self._loaded[document]
        if record is None:
            loaded = store.load_named(self._rule_base, [document], self._remembered)
            for error in loaded.errors.values():
                raise error
            self._loaded[document] = record = loaded.base.records[0]
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)

    def __contains__(self, document: object) -> bool:
        return document in self._loaded


class RecordsRead(Sequence[Record]):
    """The records of ``documents``, each loaded when somebody asks for it."""

    def __init__(self, base: KnowledgeBase, documents: Sequence[str]) -> None:
        self._base, self._documents = base, documents

    def __len__(self) -> int:
        return len(self._documents)

    def __getitem__(self, at: int) -> Record:  # type: ignore[override]  # nobody slices
        return self._base.by_id[self._documents[at]]
