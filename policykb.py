"""The one command line: parse options, call the packages, print. Nothing imports it.

Exit status: 0 done, 1 some documents or checks failed, 2 the command could not be carried out as
given, 130 interrupted. Errors are one line on stderr; ``--debug`` shows where they come from.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.main import get_command

from corpus import workspace as workspaces
from corpus.errors import PolicyError, UsageError
from corpus.workspace import Workspace

# what reads Chinese takes a second to import, so every command imports what it needs
if TYPE_CHECKING:
    from kb.build import BuildReport
    from kb.models import KnowledgeBase
    from kb.schema import Record
    from kb.search.engine import Hit, Results

app = typer.Typer(name="policykb", no_args_is_help=True, add_completion=False, rich_markup_mode=None)
_chosen: dict[str, Path | None] = {"workspace": None}


class Format(StrEnum):
    """How a record is printed."""

    yaml = "yaml"
    json = "json"


class Output(StrEnum):
    """How an answer is printed."""

    text = "text"
    json = "json"


_Workspace = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="Folder with policykb.toml, or one below it."),
]
_Output = Annotated[Output, typer.Option("--format", help="For people or for programs.")]


@app.callback()
def policykb(
    workspace: _Workspace = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False,
) -> None:
    """Knowledge base of Chinese official notices (党政机关公文) with rule extraction.

    Commands act on the nearest parent folder that holds a policykb.toml.

    \b
    Examples:
      policykb build
      policykb search 取证补贴 --kind amount
      policykb tag "每人每天150元，最高不超过1000元"
    """
    _chosen["workspace"] = workspace


