"""What all commands share: the workspace they act on, the day it is, how they print and end.

Errors are one line on stderr; a command that has failed in part ends with status 1.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from corpus import workspace as workspaces
from corpus.errors import UsageError
from corpus.workspace import Workspace

# what reads Chinese takes a second to import, so every command imports what it needs
if TYPE_CHECKING:
    from kb.models import KnowledgeBase

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="The folder with policykb.toml."),
]
Output = Literal["text", "json"]
OcrOption = Annotated[
    bool, typer.Option("--ocr", help="Recognise pages that are pictures; needs tesseract.")
]
OutputOption = Annotated[Output, typer.Option("--format", help="For people or for programs.")]


def workspace(context: typer.Context, given: Path | None) -> Workspace:
    """The workspace that is named, else the nearest one; raises ``NoWorkspace``."""
    chosen = given or context.obj
    return workspaces.load(chosen) if chosen else workspaces.find(Path.cwd())


def base(space: Workspace) -> tuple[KnowledgeBase, bool]:
    """What can be read of the rule base, and whether something could not."""
    from kb.store import load_tolerant

    loaded = load_tolerant(space.rule_base, cache=space.cache)
    for error in loaded.errors.values():
        complain(error)
    if not loaded.base.records and not loaded.errors:
        remedy = "Run policykb build first."
        raise UsageError("the rule base is empty", where=space.rule_base, remedy=remedy)
    return loaded.base, bool(loaded.errors)


def base_of(space: Workspace, document: str) -> KnowledgeBase | None:
    """That document alone, by its id; None where there is none or it cannot be read."""
    from kb import store

    if document not in store.names(space.rule_base):
        return None
    loaded = store.load_named(space.rule_base, [document], store.remembering(space.cache))
    return None if loaded.errors else loaded.base


def today() -> date:
    """The day it is; SOURCE_DATE_EPOCH (seconds) makes what is made repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f'SOURCE_DATE_EPOCH is "{epoch}", not seconds since 1970') from None


def print_json(value: Any) -> None:
    """Print ``value`` as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def complain(what: object) -> None:
    """One line on stderr."""
    line = " ".join(str(what).split("\n"))
    print(f"policykb: {line}", file=sys.stderr)


def finish(failed: object) -> None:
    """End with status 1 if anything has failed."""
    if failed:
        raise typer.Exit(1)
