"""Commands that measure: the rule base against itself, extraction against people's facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from commands import console
from commands.console import OutputOption, WorkspaceOption
from corpus.errors import RuleBaseError


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
    from kb.force.curated import strangers

    space = console.workspace(context, workspace)
    loaded = store.load_tolerant(space.rule_base, cache=space.cache)
    store.load_orphans(space.rule_base)
    files = listing.documents(space).paths
    listed = catalogue.check_file(space.catalogue, files, root=space.root)
    problems = [*loaded.errors.values(), *checks.check(loaded.base)]
    try:
        said = strangers(curated_file.load(space.rule_base), loaded.base)
        problems += [f"{space.rule_base.name}/relations/curated.yaml: {what}" for what in said]
    except RuleBaseError as error:
        problems.append(error)
    problems += [finding.message for finding in listed if finding.severity == "error"]
    if format == "json":
        console.print_json([str(problem) for problem in problems])
    else:
        for finding in listed:
            if finding.severity == "info":
                print(f"note: {finding.message}")
        for problem in problems:
            print(problem)
        counts = len(loaded.base.records), len(list(loaded.base.rules())), len(problems)
        print("{} records, {} rules, {} problems".format(*counts))
    console.finish(problems)


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

    space = console.workspace(context, workspace)
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
    console.finish(short or not result.sound)
