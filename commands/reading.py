"""Commands that read a document or a free text and print what it says."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from commands import console
from commands.console import OcrOption, WorkspaceOption
from corpus.errors import NoWorkspace, PolicyError
from corpus.limits import USUAL
from corpus.workspace import Workspace

RecordFormat = Literal["yaml", "json"]


def extract(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Documents to read.")],
    format: Annotated[RecordFormat, typer.Option(help="JSON has the text, too.")] = "yaml",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write DIR/STEM.FORMAT.")
    ] = None,
    ocr: OcrOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Print the records of documents; the rule base stays as it is.

    Two inputs of one stem are written as STEM.EXT.json. Several records on stdout are parted
    by --- in YAML and stand on a line each in JSON.

    \b
    Examples:
      policykb extract notice.txt
      policykb extract *.md --format json -o records/
    """
    from kb.building.step import read_record
    from kb.exports.record_files import file_names, record_text
    from kb.store import write_whole

    space = _workspace_or_none(context, workspace)
    root = space.root if space else Path.cwd()
    limits = replace(space.limits if space else USUAL, ocr=ocr)
    names, failed = file_names(files, format), False
    for path, name in names.items():
        try:
            record = read_record(path, root=root, limits=limits)
            content = record_text(record, format, whole=output is not None or len(names) == 1)
            if output is None:
                print(content, end="", flush=True)
            else:
                write_whole(output / name, content)
        except PolicyError as error:
            failed = True
            console.complain(error)
    console.finish(failed)


def tag(
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT|-", help="Text, or - for JSON lines.")
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day that relative dates count from.")
    ] = None,
) -> None:
    """Print rules and quantities of free text as JSON.

    Without TEXT, stdin is the text. With -, every line of stdin is an object
    {"text": ..., "on": ...} and is answered by one line; a bad line by {"error": ...}.

    \b
    Examples:
      policykb tag "力争到2027年底前培训300万人次以上"
      policykb tag "收到申请后15个工作日内办结" --on 2024-10-09
      policykb tag - < texts.jsonl > tags.jsonl
    """
    from kb.json_lines import parse_day, tag_line, tag_text

    day = parse_day(on) if on else None
    if text != "-":
        console.print_json(tag_text(sys.stdin.read() if text is None else text, day))
        return
    failed = False
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            answer = tag_line(line, day)
            print(json.dumps(answer, ensure_ascii=False), flush=True)
            if "error" in answer:
                failed = True
                console.complain(f"line {number}: {answer['error']}")
    console.finish(failed)


def schema(
    of: Annotated[
        Literal["record", "profile"], typer.Argument(metavar="[record|profile]", help="Of what.")
    ] = "record",
) -> None:
    """Print the JSON Schema of a record, or of a profile of policykb apply.

    \b
    Examples:
      policykb schema > record.schema.json
      policykb schema profile
    """
    from kb.claims.profile import profile_schema
    from kb.plain import json_schema

    console.print_json(json_schema() if of == "record" else profile_schema())


def _workspace_or_none(context: typer.Context, given: Path | None) -> Workspace | None:
    try:
        return console.workspace(context, given)
    except NoWorkspace:
        if given or context.obj:
            raise
        return None
