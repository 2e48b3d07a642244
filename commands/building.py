"""Commands that make things: rule base and site from documents, a web server, a workspace."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import console, lookup
from commands.console import OcrOption, WorkspaceOption
from corpus import workspace as workspaces

# what reads Chinese takes a second to import, so every command imports what it needs
if TYPE_CHECKING:
    from kb.build import BuildReport


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
    from kb.search.engines import engine_of
    from site_builder.write import build_site, refuse_foreign

    space, today = console.workspace(context, workspace), console.today()
    refuse_foreign(space.site)
    with lock.writing(space):
        with _progress() as progress:
            report = build_rules(space, progress, ocr=ocr)
        _print_report(report)
        with _progress() as progress:
            progress("search index", 0, 1)
            with closing(engine_of(space)) as engine:
                indexed = engine.update(report.base)
            progress("search index", 1, 1)
            built = build_site(
                lookup.graph_over(space, report.base),
                space.site,
                title=space.title,
                built=today,
                progress=progress,
                url=space.site_url,
            )
    if indexed.rebuilt_because:
        print(f"note: the search index was made anew: {indexed.rebuilt_because}")
    for dead in built.dead_links:
        console.complain(f"site: dead link {dead}")
    written = f"{built.pages - built.unchanged} written, {built.unchanged} unchanged"
    print(f"site       {built.pages} pages ({written}) in {space.site}")
    if not space.site_url:
        print("note: without site.url in policykb.toml there is no sitemap.xml and no feed.xml")
    print(f"Open {space.site / 'index.html'} in a browser, or run policykb serve.")
    console.finish(report.failures or built.dead_links)


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

    with server(console.workspace(context, workspace).site, port) as web:
        print(f"http://{ADDRESS}:{web.server_port}/  (Ctrl-C stops it)", flush=True)
        web.serve_forever()


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


def _print_report(report: BuildReport) -> None:
    from site_builder.terminal import finding_lines, rule_counts

    rules = [rule for _, rule in report.base.rules()]
    for failure in report.failures:
        console.complain(failure)
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
    if done == total and total:
        print(f"{stage}: {total}", file=sys.stderr)
