"""Writes the rule base for other programs: export.

What is written and where is the business of this module; the bytes come from ``kb.exports``.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands import console
from commands.console import WorkspaceOption
from commands.days import asked_day
from commands.lookup import graph_of
from corpus.errors import UsageError

# what reads Chinese takes a second to import, so every command imports what it needs
if TYPE_CHECKING:
    from kb.exports.content import Content
    from kb.exports.models import Export

Format = Literal["json", "csv", "sqlite", "xlsx", "ics", "openfisca"]
#: what marks a folder as ours, and lists the files in it
MARKER = "export.json"


def register(app: typer.Typer) -> None:
    """Add this command to ``app``."""
    app.command()(export)


def export(
    context: typer.Context,
    format: Annotated[
        Format, typer.Argument(metavar="FORMAT", help="json, csv, sqlite, xlsx, ics, openfisca.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="A file, - for stdout, or for several files a folder; "
            "policykb.FORMAT or policykb-FORMAT/ here if left out.",
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The day whose states are told; today."),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write the rule base for other programs.

    Every value comes with its document, 文号, clause, words and their place, its state on the day
    and its review. What a format cannot express is listed.

    \b
    Examples:
      policykb export sqlite --out rules.sqlite
      policykb export csv --on 2021-10-01
    """
    day = asked_day(on)
    space = console.workspace(context, workspace)
    graph, failed = graph_of(space)
    from kb.exports.content import Content

    made = _make(format, Content(graph, day), space.title)
    if out == Path("-"):
        _to_stdout(made)
    else:
        written = _write(made, out, format, day.isoformat())
        _tell(made, written)
    console.finish(failed)


def _make(format: Format, content: Content, title: str) -> Export:
    from kb.exports.csv_files import csv_files
    from kb.exports.json_file import json_file
    from kb.exports.openfisca.package import package
    from kb.exports.sqlite_file import sqlite_file

    match format:
        case "json":
            return json_file(content)
        case "csv":
            return csv_files(content)
        case "sqlite":
            return sqlite_file(content)
        case "xlsx":
            return _task_table(content)
        case "openfisca":
            return package(content)
        case "ics":
            return _calendar(content, title)


def _task_table(content: Content) -> Export:
    """任务分解表: all duties and deadlines, in the words of the site."""
    from kb.exports.models import Export
    from kb.exports.xlsx_file import FILE, workbook
    from site_builder.downloads.task_table import task_sheets

    kinds = (".deadline.", ".department.")
    left_out = tuple(r for r in content.rejected if any(kind in r.rule for kind in kinds))
    return Export({FILE: workbook(task_sheets(content))}, left_out)


def _calendar(content: Content, title: str) -> Export:
    """The calendar of the site."""
    from kb.exports.models import Export
    from site_builder.downloads.icalendar_files import whole_calendar, without_a_place
    from site_builder.holdings import Holdings
    from site_builder.page import Edition

    holdings = Holdings(content.graph, content.on)
    made = whole_calendar(holdings, Edition(title, content.on, index=""))
    rejected = (r for r in content.rejected if ".deadline." in r.rule)
    return Export({"policykb.ics": made}, (*without_a_place(holdings), *rejected))


def _to_stdout(made: Export) -> None:
    if len(made.files) > 1:
        what = f"this format has {len(made.files)} files, and stdout takes one"
        raise UsageError(what, remedy="Name a folder: --out DIR.")
    sys.stdout.buffer.write(next(iter(made.files.values())))


def _write(made: Export, out: Path | None, format: str, day: str) -> Path:
    """Where the export stands now; raises ``UsageError`` for what is not ours to replace."""
    try:
        if len(made.files) == 1:
            path = out or Path(next(iter(made.files)))
            _put(path, next(iter(made.files.values())))
        else:
            path = out or Path(f"policykb-{format}")
            _fill(path, made, {"format": format, "on": day})
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        where = error.filename or out
        raise UsageError(f"cannot be written ({reason})", where=where, remedy="Check it.") from None
    return path


def _put(path: Path, content: bytes) -> None:
    """The whole file or none of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _fill(folder: Path, made: Export, about: dict[str, str]) -> None:
    """The files of an export in place of those of the one before; nothing else is touched."""
    before = _files_before(folder)
    told = {**about, "files": sorted(made.files)}
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    # the list first: what is broken off leaves a folder that the next export fills
    _put(folder / MARKER, text.encode())
    for name, content in made.files.items():
        _put(folder / name, content)
    for name in before - set(made.files):
        (folder / name).unlink(missing_ok=True)


def _files_before(folder: Path) -> set[str]:
    marker = folder / MARKER
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return set()
    remedy = "Empty it, or name another folder with --out."
    if not marker.is_file():
        what = "this holds what policykb did not export, so it is not replaced"
        raise UsageError(what, where=folder, remedy=remedy)
    try:
        listed = json.loads(marker.read_text("utf-8"))["files"]
        return {name for name in listed if _is_inside(name)}
    except (ValueError, KeyError, TypeError):
        raise UsageError("this lists no files", where=marker, remedy=remedy) from None


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _tell(made: Export, written: Path) -> None:
    several = f"  {len(made.files)} files" if len(made.files) > 1 else ""
    print(f"written    {written}{several}")
    if not made.left_out:
        return
    listed = f", listed in {made.listed_in}" if made.listed_in else ""
    print(f"left out   {len(made.left_out)} rules{listed}")
    for why, many in Counter(found.why for found in made.left_out).most_common():
        print(f"  {many}  {why}")
        if not made.listed_in:
            print("\n".join(f"    {f.rule}" for f in made.left_out if f.why == why))
