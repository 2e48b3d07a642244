"""The commands for people: review lists what needs them; confirm, correct, reject keep their words.

Whoever writes holds the workspace, so that two people cannot overwrite each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import console
from commands.console import OutputOption, WorkspaceOption
from commands.lookup import end_named, graph_of
from corpus.errors import UsageError

# what reads Chinese takes a second to import, so every command imports what it needs
if TYPE_CHECKING:
    from kb.force.curated import Decided, Decision
    from kb.schema import Review

ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why.")]
IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="An id of policykb review, or a rule.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to ``app``."""
    for command in (review, confirm, correct, reject):
        app.command()(command)


def review(
    context: typer.Context,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="Only conflict, supersession ...")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    format: OutputOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """List what needs a person, the most consequential first.

    Answer with confirm, correct or reject and the id.

    \b
    Examples:
      policykb review
      policykb review --kind conflict --format json
    """
    from kb.force import plain
    from kb.force.review import WEIGHTS
    from kb.force.review import review as to_review
    from site_builder.terminal.force import review_lines

    for unknown in (k for k in kind or () if k not in WEIGHTS):
        remedy = f"It is one of {', '.join(WEIGHTS)}."
        raise UsageError(f'there is no kind "{unknown}"', remedy=remedy)
    graph, failed = graph_of(console.workspace(context, workspace))
    found = [item for item in to_review(graph, console.today()) if not kind or item.kind in kind]
    if format == "json":
        console.print_json([plain.item(item) for item in found[:limit]])
    else:
        for item in found[:limit]:
            print("\n".join(review_lines(item)))
        print(f"{len(found)} 项待核定" + (f"，显示前 {limit} 项" if len(found) > limit else ""))
    console.finish(failed)


def confirm(
    context: typer.Context,
    name: IdArgument,
    by: ByOption,
    note: NoteOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Say that an inference, a citation or a rule is right; it is a fact from then on.

    \b
    Example:
      policykb confirm rel-ab8e2ef1d9 --by 张三 --note "与省人社厅核实"
    """
    _decide(context, workspace, name, "confirmed", by, note, {})


def correct(
    context: typer.Context,
    name: IdArgument,
    by: ByOption,
    note: NoteOption = None,
    type: Annotated[
        str | None, typer.Option(metavar="TYPE", help="What the relation is: specialises ...")
    ] = None,
    effective: Annotated[
        str | None, typer.Option(metavar="DATE", help="From when the relation holds.")
    ] = None,
    target: Annotated[
        str | None, typer.Option(metavar="ID", help="The document that is meant: id or 文号.")
    ] = None,
    set: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field of a rule.")
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Say what is right instead.

    \b
    Examples:
      policykb correct rel-9ee8ec8a72 --type supersedes --effective 2021-07-01 --by 张三
      policykb correct 140000-jinzhengbanfa-2019-68#s2-6.amount.9cbd --set payee=培训机构 --by 张三
    """
    says = {"type": type, "effective": effective, "target": target}
    _decide(context, workspace, name, "corrected", by, note, says, set or [])


def reject(
    context: typer.Context,
    name: IdArgument,
    by: ByOption,
    note: NoteOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Say that an inference, a citation or a rule is wrong; it counts no more.

    \b
    Example:
      policykb reject rel-9ee8ec8a72 --by 张三 --note "两项培训对象不同"
    """
    _decide(context, workspace, name, "rejected", by, note, {})


def _decide(
    context: typer.Context,
    given: Path | None,
    name: str,
    status: Decided,
    by: str,
    note: str | None,
    says: dict[str, str | None],
    fields: Iterable[str] = (),
) -> None:
    from corpus import lock
    from kb import store
    from kb.force import curated_file
    from kb.force.review import Word, called, decide
    from kb.force.rule_review import reviewed
    from kb.reviews import is_reviewed

    space = console.workspace(context, given)
    with lock.writing(space):
        graph, failed = graph_of(space)
        if target := says.get("target"):
            says = {**says, "target": end_named(graph, target).document}
        word = Word(status, by, console.today().isoformat(), note, **says)
        if found := graph.base.rule(name):
            before: Review | Decision | None = found[1].review if is_reviewed(found[1]) else None
            about = found[1].quote
            store.save(
                space.rule_base,
                [reviewed(found[0], name, word, fields)],
                cache=space.cache,
            )
        else:
            before = next((d for d in graph.curated.decisions if d.id == name), None)
            curated_file.save(space.rule_base, decide(graph, name, word))
            about = called(graph, name)
    print(f"{name}  {status}  {by}  {about}".rstrip())
    if before is not None and before.by and (before.by, before.status) != (by, status):
        at = f" on {before.at}" if before.at else ""
        print(f"This takes the place of what {before.by} said{at}: {before.status}.")
    console.finish(failed)
