"""The one command line: parse options, call the packages, print. Nothing imports it.

Exit status: 0 done, 1 some documents or checks failed, 2 the command could not be carried out as
given, 130 interrupted. Errors are one line on stderr; ``--debug`` shows where they come from.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from decimal import Decimal, InvalidOperation
from importlib.metadata import version as installed_version
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, cast

import typer
from typer.main import get_command

from commands import relations, review
from commands.console import OutputOption, WorkspaceOption
from commands.console import base as _base
from commands.console import complain as _complain
from commands.console import finish as _finish
from commands.console import print_json as _print_json
from commands.console import today as _today
from commands.console import workspace as _workspace
from corpus import workspace as workspaces
from corpus.errors import NoWorkspace, PolicyError, RuleBaseError
from corpus.limits import USUAL
from corpus.workspace import Workspace

# what reads Chinese takes a second to import, so every command imports what it needs
if TYPE_CHECKING:
    from kb.build import BuildReport

app = typer.Typer(
    name="policykb",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"policykb {installed_version('policykb')}")
        raise typer.Exit


def _yuan(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise typer.BadParameter(f"{text!r} is no number of yuan") from None


def _yuan_option(help: str) -> Any:
    return typer.Option(parser=_yuan, metavar="YUAN", help=help)


RecordFormat = Literal["yaml", "json"]
OcrOption = Annotated[
    bool, typer.Option("--ocr", help="Recognise pages that are pictures; needs tesseract.")
]


@app.callback()
def policykb(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where errors come from.")] = False,
) -> None:
    """Knowledge base of Chinese official notices (党政机关公文) with rule extraction.

    Commands act on the nearest parent folder that holds a policykb.toml.

    \b
    Examples:
      policykb build
      policykb search 取证补贴 --kind amount
      policykb tag "每人每天150元，最高不超过1000元"
    """
    context.obj = workspace


@app.command()
def build(
    context: typer.Context, ocr: OcrOption = False, workspace: WorkspaceOption = None
) -> None:
    """Bring rule base, search index and site up to date.

    Reads all documents. One that fails is named and keeps its earlier record; what people have
    said about rules is kept.

    \b
    Examples:
      policykb build
      policykb build --workspace ~/notices
    """
    from corpus import lock
    from kb.build import build as build_rules
    from kb.search.whoosh_engine import WhooshEngine
    from site_builder.write import build_site, refuse_foreign

    space, today = _workspace(context, workspace), _today()
    refuse_foreign(space.site)
    with lock.writing(space):
        with _progress() as progress:
            report = build_rules(space, progress, ocr=ocr)
        _print_report(report)
        with _progress() as progress:
            progress("search index", 0, 1)
            WhooshEngine(space.index).update(report.base)
            progress("search index", 1, 1)
            built = build_site(
                report.base,
                space.site,
                title=space.title,
                built=today,
                progress=progress,
                url=space.site_url,
            )
    for dead in built.dead_links:
        _complain(f"site: dead link {dead}")
    print(f"site       {built.pages} pages in {space.site}")
    print(f"Open {space.site / 'index.html'} in a browser, or run policykb serve.")
    _finish(report.failures or built.dead_links)


@app.command()
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
    from kb.build import read_record
    from kb.exports import file_names, record_text
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
            _complain(error)
    _finish(failed)


@app.command()
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
        _print_json(tag_text(sys.stdin.read() if text is None else text, day))
        return
    failed = False
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            answer = tag_line(line, day)
            print(json.dumps(answer, ensure_ascii=False), flush=True)
            if "error" in answer:
                failed = True
                _complain(f"line {number}: {answer['error']}")
    _finish(failed)


@app.command()
def search(
    context: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(help='Words, or a "phrase".')] = None,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="One of amount ... group, clause.")
    ] = None,
    department: Annotated[
        str | None, typer.Option(metavar="NAME", help="As printed, or in full.")
    ] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="One document.")] = None,
    region: Annotated[str | None, typer.Option(metavar="CODE", help="GB/T 2260: 14, 1411.")] = None,
    min: Annotated[Decimal | None, _yuan_option("Amounts that reach YUAN.")] = None,
    max: Annotated[Decimal | None, _yuan_option("Amounts that begin at YUAN or below.")] = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="Year of issue.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    format: OutputOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Find rules and clauses; the index is made on first use.

    \b
    Examples:
      policykb search 取证补贴
      policykb search '"不超过1000元"' --kind amount --min 500
      policykb search 晋政办发〔2019〕68号 --format json
    """
    from kb.search.engine import Query
    from kb.search.hints import unmet
    from kb.search.whoosh_engine import WhooshEngine
    from site_builder.terminal import result_lines

    space = _workspace(context, workspace)
    asked = Query(
        text=" ".join(query or ()),
        kinds=tuple(kind or ()),
        department=department,
        document=document,
        region=region,
        amount_min=min,
        amount_max=max,
        year=year,
        limit=limit,
    )
    base, failed = _base(space)
    engine = WhooshEngine(space.index)
    engine.update(base)
    results = engine.search(asked)
    if format == "json":
        _print_json(asdict(results))
    else:
        for line in result_lines(results, _emphasise):
            print(line)
    for line in () if results.total else unmet(base, asked):
        print(f"policykb: {line}", file=sys.stderr)
    _finish(failed)


@app.command()
def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Rule, document or clause.")],
    format: OutputOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Show a rule, a document or a clause.

    A document is named by its id or 文号, a clause by DOCUMENT#ANCHOR.

    \b
    Examples:
      policykb show 晋政办发〔2019〕68号
      policykb show 140000-jinzhengbanfa-2019-68#s2-3
    """
    from site_builder.terminal import shown

    base, failed = _base(_workspace(context, workspace))
    found = shown(base, name)
    if format == "json":
        _print_json(found.plain)
    else:
        print("\n".join(found.lines))
    _finish(failed)


@app.command()
def check(
    context: typer.Context, format: OutputOption = "text", workspace: WorkspaceOption = None
) -> None:
    """Check quotes, ids, anchors and texts of the rule base.

    Compares the documents with the catalogue, too, where there is one.

    \b
    Examples:
      policykb check
      policykb check --format json
    """
    from corpus import catalogue, listing
    from kb import checks, store
    from kb.force import curated_file

    space = _workspace(context, workspace)
    loaded = store.load_tolerant(space.rule_base, cache=space.records_cache)
    store.load_orphans(space.rule_base)
    files = listing.documents(space).paths
    listed = catalogue.check_file(space.catalogue, files, root=space.root)
    problems = [*loaded.errors.values(), *checks.check(loaded.base)]
    try:
        curated_file.load(space.rule_base)
    except RuleBaseError as error:
        problems.append(error)
    problems += [finding.message for finding in listed if finding.severity == "error"]
    if format == "json":
        _print_json([str(problem) for problem in problems])
    else:
        for finding in listed:
            if finding.severity == "info":
                print(f"note: {finding.message}")
        for problem in problems:
            print(problem)
        counts = len(loaded.base.records), len(list(loaded.base.rules())), len(problems)
        print("{} records, {} rules, {} problems".format(*counts))
    _finish(problems)


@app.command()
def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder of STEM.jsonl facts.")],
    texts: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="More folders of documents.")
    ] = None,
    errors: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="List mistakes: a kind, or all.")
    ] = None,
    require: Annotated[
        list[str] | None, typer.Option(metavar="KEY=MIN", help="Fail below: amount=0.93.")
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="A row a notice, beside first_run.json of GOLD_DIR.")
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures there.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Measure extraction against facts that people have read.

    Documents are looked for by stem in the workspace's documents and in --texts.

    \b
    Examples:
      policykb evaluate gold/
      policykb evaluate gold/ --texts more/ --errors amount --require amount=0.93
      policykb evaluate gold/ --each
    """
    from kb.by_notice import by_notice
    from kb.demands import known_errors, shortfalls
    from kb.evaluate import evaluate as measure
    from kb.samples import first_run, samples
    from kb.store import write_whole

    space = _workspace(context, workspace)
    folders = [space.documents, *(texts or ())]
    measured = list(samples(gold, folders, space.limits))
    asked_for = known_errors(errors or ())
    result = measure(measured, show=asked_for)
    for line in result.details:
        print(line)
    if each:
        print(by_notice(measured, first_run(gold)), end="\n\n")
    print(result.report())
    if json_file is not None:
        write_whole(json_file, json.dumps(result.figures(), ensure_ascii=False, indent=1))
    short = shortfalls(result.figures(), require or ())
    if short:
        print(f"short of: {'; '.join(short)}")
    _finish(short or not result.sound)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record.

    \b
    Example:
      policykb schema > record.schema.json
    """
    from kb.plain import json_schema

    _print_json(json_schema())


@app.command()
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
    workspace: WorkspaceOption = None,
) -> None:
    """Show the built site to browsers on this machine until Ctrl-C.

    \b
    Examples:
      policykb serve
      policykb serve --port 8080
    """
    from site_builder.serve import ADDRESS, server

    with server(_workspace(context, workspace).site, port) as web:
        print(f"http://{ADDRESS}:{web.server_port}/  (Ctrl-C stops it)", flush=True)
        web.serve_forever()


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="New or existing folder.")],
) -> None:
    """Make a new workspace.

    It gets a policykb.toml, a documents folder and a README; files that are there stay.

    \b
    Example:
      policykb init ~/notices
    """
    space = workspaces.create(folder)
    print(f"Made {space.root}. Put notices into {space.documents}, then run policykb build there.")


relations.register(app)
review.register(app)


# What the commands share


def _workspace_or_none(context: typer.Context, given: Path | None) -> Workspace | None:
    try:
        return _workspace(context, given)
    except NoWorkspace:
        if given or context.obj:
            raise
        return None


def _emphasise(words: str) -> str:
    return typer.style(words, bold=True, fg="red") if sys.stdout.isatty() else words


def _print_report(report: BuildReport) -> None:
    from site_builder.terminal import finding_lines, rule_counts

    rules = [rule for _, rule in report.base.rules()]
    for failure in report.failures:
        _complain(failure)
    for note in report.notes:
        print(f"note: {note}")
    for line in finding_lines(report.read):
        print(line)
    print(f"documents  {len(report.read)} read, {len(report.failures)} failed")
    print(f"rules      {len(rules)}  {rule_counts(rules)}")


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each stage on a terminal, a line when it is done elsewhere; both on stderr."""
    if not sys.stderr.isatty():
        yield _tell_end
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage)
            bars.update(tasks[stage], completed=done, total=total)

        yield tell


def _tell_end(stage: str, done: int, total: int) -> None:
    if done == total:
        print(f"{stage}: {total}", file=sys.stderr)


def main() -> NoReturn:
    """Entry point of ``policykb``."""
    for stream in (sys.stdout, sys.stderr):
        # a pipe may have no locale, and a file name may hold bytes that are no text
        cast(TextIOWrapper, stream).reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = sys.argv[1:]
    # understood before and after the command
    debug = "--debug" in arguments
    try:
        _carry_out([argument for argument in arguments if argument != "--debug"])
        sys.stdout.flush()
    except BaseException as error:
        if debug and not isinstance(error, typer.Exit | SystemExit):
            traceback.print_exc()
        sys.exit(_status(error))
    sys.exit(0)


def _carry_out(arguments: list[str]) -> None:
    command = get_command(app)
    with command.make_context("policykb", arguments) as context:
        command.invoke(context)


def _status(error: BaseException) -> int:
    """Tells what went wrong, and gives the exit status."""
    match error:
        case typer.Exit():
            return error.exit_code
        case KeyboardInterrupt():
            return 130
        case BrokenPipeError():
            # whoever read us has left; what is still buffered must not complain at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 141
        case PolicyError():
            _complain(error)
            return error.exit_code
        case typer.TyperException():
            _explain_usage(error)
            return error.exit_code
    what = f"unexpected {type(error).__name__}: {error}"
    _complain(f"{what}. Please report it; --debug shows where it comes from.")
    return 1


def _explain_usage(error: typer.TyperException) -> None:
    context = getattr(error, "ctx", None)
    message = error.format_message()
    if message.startswith("Usage:"):
        print(message, file=sys.stderr)
    else:
        command = context.command_path if context else "policykb"
        end = "" if message.endswith((".", "?", "!")) else "."
        _complain(f"{message}{end} See {command} --help.")


if __name__ == "__main__":
    main()
