"""Keeps the rule base on disk: rules/ID.yaml, texts/ID.txt, reviews/orphaned.yaml.

A file that is not changed keeps its bytes, a change of many files is made whole or not at all, and
a file that somebody has broken is named with its line while the others are served.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError

from corpus.errors import RuleBaseError, UsageError
from corpus.located_yaml import YamlFile
from kb import rule_file, transaction
from kb.building.entries import EntryStore
from kb.compact import compact
from kb.models import KnowledgeBase
from kb.record_cache import Links, RecordCache, digest
from kb.reviews import Orphan
from kb.schema import Record

_RULES, _TEXTS = PurePosixPath("rules"), PurePosixPath("texts")
_ORPHANED = PurePosixPath("reviews/orphaned.yaml")
# an id names files, so it must not lead out of the folder
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_ORPHANED_NOTE = (
    "# Reviewed rules that their documents no longer give; they return when found again.\n"
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read, and why the rest could not."""

    base: KnowledgeBase
    #: by id, which is the name of the file
    errors: Mapping[str, RuleBaseError]
    #: records that can be read but for their text
    textless: Mapping[str, Record]

    @property
    def broken(self) -> frozenset[str]:
        """Ids of the records of which nothing can be read."""
        return frozenset(self.errors.keys() - self.textless.keys())


def load(rule_base: Path) -> KnowledgeBase:
    """The whole rule base; raises the first ``RuleBaseError`` there is."""
    loaded = load_tolerant(rule_base)
    for error in loaded.errors.values():
        raise error
    return loaded.base


def load_tolerant(rule_base: Path, cache: Path | None = None) -> Loaded:
    """Every record that can be read, and an error for each that cannot.

    ``cache`` is the folder of a workspace in which records may be remembered.
    """
    remembered = remembering(cache)
    loaded = load_named(rule_base, names(rule_base), remembered)
    remembered.forget_others()
    return loaded


def remembering(cache: Path | None) -> RecordCache:
    """What a workspace whose cache is ``cache`` remembers of records; None remembers nothing."""
    if cache is None:
        return RecordCache(None)
    return RecordCache(cache / "records", EntryStore(cache / "extracted"))


def names(rule_base: Path) -> list[str]:
    """The ids of all records there are, sound or not, in order."""
    with transaction.reading(rule_base):
        return sorted(path.stem for path in (rule_base / _RULES).glob("*.yaml"))


def load_named(rule_base: Path, documents: Iterable[str], remembered: RecordCache) -> Loaded:
    """The records of ``documents`` that can be read, and an error for each that cannot."""
    records: list[Record] = []
    errors: dict[str, RuleBaseError] = {}
    textless: dict[str, Record] = {}
    with transaction.reading(rule_base):
        for name in documents:
            path = rule_base / _RULES / f"{name}.yaml"
            try:
                record = textless[name] = _without_text(path, remembered)
                whole = record.model_copy(update={"text": _text(rule_base, name)})
                records.append(compact(whole))
                del textless[name]
            except RuleBaseError as error:
                errors[name] = error
    return Loaded(KnowledgeBase.of(records), errors, textless)


def load_record(path: Path) -> Record:
    """The record in the file at ``path``, with its text from the folder texts beside rules."""
    record = _without_text(path, RecordCache(None))
    return record.model_copy(update={"text": _text(path.parent.parent, path.stem)})


def _without_text(path: Path, remembered: RecordCache) -> Record:
    shown = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    data = _bytes(path, shown)
    record = remembered.get(data)
    # a copy of a file has its bytes and not its name
    if record is None or record.document.id != path.stem:
        file = YamlFile.decode(data, shown=shown)
        record = rule_file.record_of(file)
        _refuse_other_id(record, path.stem, file)
        remembered.put(data, record)
    return record


def _refuse_other_id(record: Record, name: str, file: YamlFile) -> None:
    if record.document.id != name:
        what = f'the document names itself "{record.document.id}", the file "{name}"'
        raise file.error(("document", "id"), what, remedy="Make them the same.")


def _bytes(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise RuleBaseError(f"cannot be read ({reason})", where=shown) from None


def _text(rule_base: Path, document: str) -> str:
    path = rule_base / _TEXTS / f"{document}.txt"
    shown = f"{rule_base.name}/{_TEXTS}/{document}.txt"
    try:
        return path.read_bytes().decode("utf-8")
    except OSError:
        what, remedy = "the text of this record is missing", "Run policykb build."
    except UnicodeDecodeError:
        what, remedy = "this is not UTF-8", "Restore the file, or delete it and run policykb build."
    raise RuleBaseError(what, where=shown, remedy=remedy)


def load_orphans(rule_base: Path) -> tuple[Orphan, ...]:
    """The reviewed rules that have been set aside; raises ``RuleBaseError``."""
    path = rule_base / _ORPHANED
    with transaction.reading(rule_base):
        if not path.exists():
            return ()
        shown = f"{rule_base.name}/{_ORPHANED}"
        file = YamlFile.decode(_bytes(path, shown), shown=shown)
    if not isinstance(file.value, list):
        raise file.error((), "there must be a list", remedy=rule_file.HELP)
    return tuple(_orphan(file, index, value) for index, value in enumerate(file.value))


def _orphan(file: YamlFile, index: int, value: Any) -> Orphan:
    try:
        return Orphan.model_validate(value)
    except ValidationError as error:
        message = error.errors()[0]["msg"].lower()
        what = f"entry {index + 1} is no reviewed rule: {message}"
        raise file.error((index,), what, remedy=rule_file.HELP) from None


def save(
    rule_base: Path,
    records: Iterable[Record],
    *,
    removed: Iterable[str] = (),
    orphans: tuple[Orphan, ...] | None = None,
    cache: Path | None = None,
) -> None:
    """Writes ``records`` and takes the documents ``removed`` away, all in one change.

    ``orphans`` replaces the list of those set aside; None leaves it. In the folder ``cache`` the
    records are remembered.
    """
    with saving(rule_base, remembering(cache)) as save_one:
        for document in removed:
            save_one.remove(document)
        for record in records:
            save_one.record(record)
        if orphans is not None:
            save_one.orphans(orphans)


@contextmanager
def saving(rule_base: Path, remembered: RecordCache) -> Iterator[Saving]:
    """Takes what is to be saved piece by piece; all of it is saved at the end, or nothing."""
    with transaction.changing(rule_base) as changes:
        yield Saving(changes, remembered)


class Saving:
    """A change of the rule base as it comes together."""

    def __init__(self, changes: transaction.Changes, remembered: RecordCache) -> None:
        self._changes, self._remembered = changes, remembered

    def record(self, record: Record) -> bytes:
        """Saves ``record``; the bytes of its file."""
        written = rule_file.dump(record).encode()
        self.written(record.document.id, written, record.text.encode())
        self._remembered.put(written, record.model_copy(update={"text": ""}))
        return written

    def written(self, document: str, rules: bytes, text: bytes) -> None:
        """Saves the record of ``document`` whose YAML and text are these."""
        for path, new in zip(_paths(document), (rules, text), strict=True):
            self._changes.put(path, new)

    def points(self, rules: bytes, entry: str, links: Links) -> None:
        """Remembers that the YAML ``rules`` is the record of ``entry`` with ``links``."""
        self._remembered.point(digest(rules), entry, links)

    def remove(self, document: str) -> None:
        """Takes a record away."""
        for path in _paths(document):
            self._changes.put(path, None)

    def orphans(self, orphans: Iterable[Orphan]) -> None:
        """Replaces the list of the rules that are set aside."""
        self._changes.put(_ORPHANED, _dump_orphans(orphans))


def files_of(rule_base: Path, document: str) -> tuple[Path, Path]:
    """Where the YAML and the text of a record are."""
    rules, text = _paths(document)
    return rule_base / rules, rule_base / text


def _paths(document: str) -> tuple[PurePosixPath, PurePosixPath]:
    if not _ID.fullmatch(document):
        raise RuleBaseError(
            f'"{document}" cannot name a file', remedy="Ids are letters and digits."
        )
    return _RULES / f"{document}.yaml", _TEXTS / f"{document}.txt"


def _dump_orphans(orphans: Iterable[Orphan]) -> bytes | None:
    ordered = sorted(orphans, key=lambda orphan: (orphan.document, orphan.rule.id))
    if not ordered:
        return None
    plain = [_plain_orphan(orphan) for orphan in ordered]
    return (_ORPHANED_NOTE + rule_file.dump_plain(plain)).encode()


def _plain_orphan(orphan: Orphan) -> dict[str, Any]:
    rule = orphan.rule.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {"document": orphan.document, "rule": {"id": rule["id"], "kind": rule["kind"], **rule}}


def write_whole(path: Path, content: str) -> None:
    """Writes ``content`` to ``path``, which is never seen half written; raises ``UsageError``."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content.encode())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        what = f"cannot be written ({(error.strerror or '').lower()})"
        raise UsageError(what, where=path, remedy="Make room, or name another folder.") from None
