"""Pairs gold facts with what is extracted afresh from their documents.

Facts stand in STEM.jsonl, the document is the first file of that stem in the folders given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError, UsageError
from corpus.limits import Limits
from kb.building.step import read_record
from kb.evaluate import Sample
from kb.plain import to_plain

_PLAIN = (".txt", ".md")


def samples(gold: Path, folders: Sequence[Path], limits: Limits) -> Iterator[Sample]:
    """A sample for each file of facts in ``gold``, in the order of their names.

    Raises ``UsageError`` where there are no facts or they are no JSON lines.
    """
    files = sorted(gold.glob("*.jsonl"))
    if not files:
        remedy = "Name the folder that holds STEM.jsonl files."
        raise UsageError("there are no facts in this folder", where=gold, remedy=remedy)
    for path in files:
        yield _sample(path, _document(path.stem, folders), limits)


def first_run(gold: Path) -> dict[str, dict[str, float]]:
    """What ``first_run.json`` beside the facts keeps: stem → figures by name; {} without one.

    Raises ``UsageError`` where it is no such file.
    """
    path = gold / "first_run.json"
    if not path.is_file():
        return {}
    try:
        figures = json.loads(path.read_text("utf-8"))
        return {stem: dict(named) for stem, named in figures.items()}
    except (ValueError, AttributeError, TypeError):
        what = "these are no figures: an object of objects, stem by stem"
        raise UsageError(what, where=path) from None


def _sample(facts: Path, document: Path | None, limits: Limits) -> Sample:
    record: dict[str, Any] = {}
    if document is not None:
        try:
            record = to_plain(read_record(document, root=document.parent, limits=limits))
        except DocumentError:
            # counted as missing, which the report names
            document = None
    plain = document is not None and document.suffix in _PLAIN
    source = document.read_text("utf-8", "replace") if document and plain else None
    return Sample(facts.stem, tuple(_facts(facts)), record, source)


def _facts(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                fact = json.loads(line)
                fact["kind"]
            except (ValueError, KeyError, TypeError):
                what = 'this is no fact: a JSON object with "kind"'
                raise UsageError(what, where=f"{path.name}:{number}") from None
            yield fact


def _document(stem: str, folders: Sequence[Path]) -> Path | None:
    for folder in folders:
        named = (path for path in folder.iterdir() if path.name.startswith(f"{stem}."))
        for path in sorted(named):
            return path
    return None
