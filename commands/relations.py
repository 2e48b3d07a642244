"""The commands that ask what is in force: status, timeline, relations, diff.

Wiring only: they load the rule base and what people have said, ask ``kb.force``, and print.
"""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import console
from commands.console import OutputOption, WorkspaceOption
from commands.lookup import end_named, graph_of
from corpus.errors import UsageError
from corpus.workspace import Workspace

# what reads Chinese takes a second to import, so every command imports what it needs
if TYPE_CHECKING:
    from kb.force.graph import Graph
    from kb.force.models import End
    from kb.schema import Record

OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day, 2021-12-01; today if left out.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to ``app``."""
    for command in (status, timeline, relations, diff):
        app.command()(command)


def status(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Rule, document or clause.")],
    on: OnOption = None,
    format: OutputOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Say whether a document, clause or rule is in force on a day, and why.

    What only an inference says is marked 推定; where nothing speaks the answer is unknown.

    \b
    Examples:
      policykb status 晋政办发〔2019〕68号 --on 2021-12-01
      policykb status 140000-jinrenshetinghan-2021-600#s2 --on 2022-01-01 --format json
    """
    from kb.force import plain
    from kb.force.status import status as status_of
    from site_builder.terminal.force import status_lines

    day = _day(on)
    graph, failed = graph_of(console.workspace(context, workspace))
    found = status_of(graph, end_named(graph, name), day)
    if format == "json":
        console.print_json(plain.status(found, graph))
    else:
        print("\n".join(status_lines(found, graph)))
    console.finish(failed)


def timeline(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(help="What it is called, and where.")],
    format: OutputOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Show the values of a subsidy, target, duty or deadline over time, across documents.

    \b
    Examples:
      policykb timeline 取证补贴 高级工
      policykb timeline 文水县 高技能人才
      policykb timeline 企业职工培训补贴 --format json
    """
    from kb.force import plain
    from kb.force.timeline import timelines
    from site_builder.terminal.force import timeline_lines

    graph, failed = graph_of(console.workspace(context, workspace))
    asked = " ".join(query)
    found = timelines(graph, asked)
    if format == "json":
        console.print_json([plain.timeline(measure, graph) for measure in found])
    else:
        for measure in found:
            print("\n".join(timeline_lines(measure, graph)))
        if not found:
            print(f"没有叫“{asked}”的事项。{_nearest_measure(graph, asked)}")
    console.finish(failed)


def relations(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Document, clause or rule.")],
    format: OutputOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """List what a document does to others and what they do to it, with the words that say so.

    A document that is cited and not here is named by its number.

    \b
    Examples:
      policykb relations 晋人社厅函〔2021〕600号
      policykb relations 晋办发〔2021〕6号 --format json
    """
    from kb.force import plain
    from site_builder.terminal.force import relation_lines, stub_lines

    graph, failed = graph_of(console.workspace(context, workspace))
    end = end_named(graph, name)
    out = [r for r in graph.out_of.get(end.document, ()) if _touches(r.source, end)]
    into = [r for r in graph.into.get(end.document, ()) if _touches(r.target, end)]
    stub = graph.stubs.get(end.document)
    if format == "json":
        console.print_json(
            {
                "id": str(end),
                "document": end.document,
                "outgoing": [plain.relation(r, graph) for r in out],
                "incoming": [plain.relation(r, graph) for r in into],
                "stub": plain.stub(stub) if stub else None,
            }
        )
    else:
        lines = stub_lines(stub, graph) if stub else iter((graph.name(end.document),))
        both = dict.fromkeys((*out, *into))
        print("\n".join(chain(lines, relation_lines(both, end.document, graph))))
    console.finish(failed)


def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="A", help="Document, rule or file.")],
    after: Annotated[str, typer.Argument(metavar="B", help="What to compare it with.")],
    format: OutputOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Compare two versions of a document, or two rules, by clause and by field.

    \b
    Examples:
      policykb diff 晋政办发〔2019〕68号 文人社字〔2024〕20号
      policykb diff old.txt new.txt --format json
    """
    from kb.force import plain
    from kb.force.diff import between, difference
    from site_builder.terminal.force import difference_lines, rule_change_lines

    space = console.workspace(context, workspace)
    graph, failed = graph_of(space)
    rules = [graph.base.rule(name) for name in (before, after)]
    if rules[0] and rules[1]:
        change = between(rules[0][1], rules[1][1])
        shown: Any = {"clauses": [], "rules": plain.rule_changes([change])}
        lines = rule_change_lines(change)
    else:
        old, new = (_record(graph, space, name) for name in (before, after))
        found = difference(old, new, graph.vocabulary)
        shown, lines = plain.difference(found), difference_lines(found, before, after)
    if format == "json":
        console.print_json(shown)
    else:
        print("\n".join(lines))
    console.finish(failed)


# What these commands share


def _day(text: str | None) -> date:
    if text is None:
        return console.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'"{text}" is no day', remedy="Write it as 2021-12-01.") from None


def _nearest_measure(graph: Graph, asked: str) -> str:
    names = [measure.name for measure in graph.measures.all]
    near = get_close_matches(asked, names, n=3, cutoff=0.2)
    return f"相近的有：{'、'.join(near)}" if near else ""


def _touches(mine: End, asked: End) -> bool:
    if asked.rule:
        return mine.rule == asked.rule
    clause = mine.clause or ""
    return asked.clause in (None, clause) or clause.startswith(f"{asked.clause}/")


def _record(graph: Graph, space: Workspace, name: str) -> Record:
    from kb.building.step import read_record

    if Path(name).is_file():
        return read_record(Path(name), root=space.root, limits=space.limits)
    record = graph.base.by_id.get(end_named(graph, name).document)
    if record is None or "#" in name:
        remedy = "Compare two documents, two files or two rules."
        raise UsageError(f'"{name}" has no text to compare', remedy=remedy)
    return record
