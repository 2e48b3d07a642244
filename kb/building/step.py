"""The work of one document, wherever it is done: bytes in, an entry out.

Any process with the same code gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from corpus import readers
from corpus.errors import DocumentError, RuleBaseError, TooCostly
from corpus.limits import USUAL, Limits
from corpus.models import SourceText
from extractor.pipeline import extract
from kb.building.code_version import code_version
from kb.building.entries import Entry, key_of
from kb.building.tasks import Outcome, Task
from kb.building.time_limit import OutOfTime, within
from kb.records import record_of
from kb.schema import Record


def read_record(path: Path, *, root: Path, limits: Limits = USUAL) -> Record:
    """The record of the document at ``path``; raises ``DocumentError``."""
    return understood(readers.read(path, root=root, limits=limits), limits)


def understood(source: SourceText, limits: Limits = USUAL) -> Record:
    """The record of a document that has been read; raises ``DocumentError``."""
    try:
        with within(limits.document_seconds):
            return record_of(extract(source), source)
    except OutOfTime as error:
        what = f"to understand it takes more than {limits.document_seconds} s of the processor"
        remedy = "Split it, or raise document_seconds under [limits] in policykb.toml."
        raise TooCostly(what, where=str(source.path), remedy=remedy) from error
    except Exception as error:
        # one document that nobody foresaw must not cost the others
        what = f"it could not be understood ({type(error).__name__}: {error})"
        remedy = "Please report it with the document; --debug shows where."
        raise DocumentError(what, where=str(source.path), remedy=remedy) from error


class Store(Protocol):
    """Where entries are kept."""

    def put(self, key: str, packed: bytes) -> None:
        """Keeps a packed entry; raises ``OSError`` where that fails."""
        ...


def carry_out(task: Task, store: Store, data: bytes | None = None) -> Outcome:
    """Reads the document of ``task`` and keeps its entry in ``store``; a failure is an outcome.

    ``data`` are the bytes of a document that this machine does not see.
    """
    try:
        if data is None:
            record = read_record(Path(task.path), root=Path(task.root), limits=task.limits)
        else:
            record = understood(readers.of_bytes(data, task.shown, task.limits), task.limits)
        entry = Entry.of(record)
        store.put(key := entry_key(record, task.limits), entry.pack())
    except DocumentError as error:
        return Outcome(error=error)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        what = f"what was read cannot be kept ({reason})"
        return Outcome(error=RuleBaseError(what, where=task.shown, remedy="Make room."))
    return Outcome(key, entry.card)


def entry_key(record: Record, limits: Limits) -> str:
    """The key of the entry of ``record``."""
    source = record.document.source
    return key_of(source.sha256, source.path, ocr=limits.ocr, version=code_version())
