"""Commands that ask the rule base: search, and show a rule, a document or a clause."""

from __future__ import annotations

import sys
from contextlib import closing, suppress
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import console, lookup
from commands.console import OutputOption, WorkspaceOption
from corpus.errors import BrokenIndex, UsageError
from corpus.workspace import Workspace

if TYPE_CHECKING:
    from kb.models import KnowledgeBase
    from kb.search.engine import Query, Results, SearchEngine
    from kb.search.in_step import InStep
    from site_builder.terminal.records import Shown


def _yuan(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise typer.BadParameter(f"{text!r} is no number of yuan") from None


def _yuan_option(help: str) -> Any:
    return typer.Option(parser=_yuan, metavar="YUAN", help=help)


def search(
    context: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(help='Words, or a "phrase".')] = None,
    kind: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="One of amount ... group, clause.")
    ] = None,
    department: Annotated[
        str | None, typer.Option(metavar="NAME", help="As printed, or in full.")
    ] = None,
    document: Annotated[
        str | None, typer.Option(metavar="ID", help="One document: id or 文号.")
    ] = None,
    region: Annotated[str | None, typer.Option(metavar="CODE", help="GB/T 2260: 14, 1411.")] = None,
    min: Annotated[Decimal | None, _yuan_option("Amounts that reach YUAN.")] = None,
    max: Annotated[Decimal | None, _yuan_option("Amounts that begin at YUAN or below.")] = None,
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="Year of issue.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    engine: Annotated[
        str | None,
        typer.Option(metavar="ENGINE", help="whoosh, or postgresql://USER@HOST/DATABASE."),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Bring a shared index up to date first.")
    ] = False,
    format: OutputOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Find rules and clauses; the index is made on first use.

    An index in PostgreSQL, which many may share, is only read: policykb build keeps it up to date,
    or --update.

    \b
    Examples:
      policykb search 取证补贴
      policykb search '"不超过1000元"' --kind amount --min 500
      policykb search 晋政办发〔2019〕68号 --format json
      policykb search 取证补贴 --engine postgresql://reader@db.example/policy
    """
    from kb.search.engine import Query
    from kb.search.engines import is_shared
    from kb.search.hints import unmet
    from site_builder.terminal.records import result_lines

    space = console.workspace(context, workspace)
    rules = _Rules(space)
    asked = Query(
        text=" ".join(query or ()),
        kinds=tuple(kind or ()),
        department=department,
        document=_document(rules, document),
        region=region,
        amount_min=min,
        amount_max=max,
        year=year,
        limit=limit,
    )
    results = _found(asked, rules, engine, update)
    if format == "json":
        console.print_json(asdict(results))
    else:
        for line in result_lines(results, _emphasise):
            print(line)
    if not results.total and (update or not is_shared(space, engine)):
        for line in unmet(rules.base, asked):
            print(f"policykb: {line}", file=sys.stderr)
    console.finish(rules.failed)


class _Rules:
    """The rule base of a workspace, read once and only where it is needed."""

    def __init__(self, space: Workspace) -> None:
        self.space, self.failed = space, False

    @cached_property
    def base(self) -> KnowledgeBase:
        """What can be read of it; the rest is told, and ``failed`` says that there was some."""
        base, self.failed = console.base(self.space)
        return base


def _document(rules: _Rules, name: str | None) -> str | None:
    """The id of the document of that id, 文号 or title; raises UsageError where there is none."""
    from kb import store

    known = store.names(rules.space.rule_base) if name else []
    # a reader of an index that others keep may have no rule base
    if name is None or name in known or not known:
        return name
    found = lookup.end_named(lookup.graph_over(rules.space, rules.base), name).document
    if found not in rules.base.by_id:
        raise UsageError(
            f'"{name}" is only cited here', remedy="Add the document itself, then run build."
        )
    return found


def _found(asked: Query, rules: _Rules, engine: str | None, update: bool) -> Results:
    """What is found; an index of one's own is brought in step where the rule base has changed."""
    from kb.search.engines import engine_of, is_shared
    from kb.search.in_step import InStep

    with closing(engine_of(rules.space, engine)) as searching:
        if is_shared(rules.space, engine):
            # others keep it in step; who reads it needs no rule base
            if update:
                searching.update(rules.base)
            return searching.search(asked)
        now = InStep.of(rules.space)
        if update or not now.holds():
            _bring_in_step(searching, rules, now)
        try:
            return searching.search(asked)
        except BrokenIndex:
            _bring_in_step(searching, rules, now)
            return searching.search(asked)


def _bring_in_step(searching: SearchEngine, rules: _Rules, now: InStep) -> None:
    searching.update(rules.base)
    # what cannot be read is told by every search
    if not rules.failed:
        now.keep()


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
    from site_builder.terminal.records import shown

    space, failed = console.workspace(context, workspace), False
    found = _shown_alone(space, name)
    if found is None:
        base, failed = console.base(space)
        found = shown(base, name)
    if format == "json":
        console.print_json(found.plain)
    else:
        print("\n".join(found.lines))
    console.finish(failed)


def _shown_alone(space: Workspace, name: str) -> Shown | None:
    """What an id names, of which the document alone is read: a large rule base takes half a minute.

    None for all else; whoever misspells an id has the nearest one of the whole rule base named.
    """
    from site_builder.terminal.records import shown

    alone = console.base_of(space, name.partition("#")[0])
    if alone is not None:
        with suppress(UsageError):
            return shown(alone, name)
    return None


def _emphasise(words: str) -> str:
    return typer.style(words, bold=True, fg="red") if sys.stdout.isatty() else words
