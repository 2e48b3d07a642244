"""Commands that make things: rule base and site from documents, a web server, a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import build_progress, console, lookup
from commands.console import OcrOption, WorkspaceOption
from corpus import workspace as workspaces
from corpus.errors import UsageError

# what reads Chinese takes a second to import, so every command imports what it needs
if TYPE_CHECKING:
    from datetime import date

    from corpus.workspace import Workspace
    from kb.build import BuildReport, Progress
    from kb.building.runners import Runner
    from site_builder.building.report import SiteReport


def build(
    context: typer.Context,
    jobs: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes; else one a core, up to 4.")
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Read on the workers of this Dask scheduler."),
    ] = None,
    shared: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Folder that the workers reach, if not the workspace."),
    ] = None,
    index: Annotated[
        bool, typer.Option("--index", help="Make the search index now, not on first use.")
    ] = False,
    no_site: Annotated[
        bool, typer.Option("--no-site", help="Only the rule base; leave the site as it is.")
    ] = False,
    ocr: OcrOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Bring rule base and site up to date.

    Reads the documents that are new or have changed. One that fails is named and keeps its earlier
    record; what people have said about rules is kept. Ctrl-C stops at any time: what was read until
    then need not be read again. Of thousands of notices the site takes most of the time: with
    --no-site a changed notice is in the rule base within seconds.

    \b
    Examples:
      policykb build
      policykb build --jobs 2
      policykb build --no-site
      policykb build --dask tcp://scheduler:8786 --shared s3://bucket/policykb
    """
    from corpus import lock
    from kb.build import build as build_rules
    from kb.search.engines import is_shared
    from site_builder.building.write import refuse_foreign

    space, today = console.workspace(context, workspace), console.today()
    if not no_site:
        refuse_foreign(space.site)
    with lock.writing(space):
        with _stoppable(), build_progress.shown() as progress:
            runner = _runner(space, jobs, dask, shared)
            report = build_rules(space, progress, ocr=ocr, runner=runner)
        _print_report(report)
        with _stoppable(), build_progress.shown() as progress:
            if index or is_shared(space):
                _index(space, report, progress)
            built = None if no_site else _site(space, report, today, jobs, progress)
    if built:
        _print_site(space, built)
    else:
        print("site       left as it was: policykb build brings it up to date")
    console.finish(report.failures or (built and built.dead_links))


def _site(
    space: Workspace, report: BuildReport, today: date, jobs: int | None, progress: Progress
) -> SiteReport:
    """The site that stands, where nothing has changed that it is made of; else a new one."""
    from kb.building.runners import usual_jobs
    from site_builder.building.memory import Memory
    from site_builder.building.write import build_site
    from site_builder.unread import unread

    missing = unread(report.failures)
    settings = (space.title, space.site_url, today.isoformat(), repr(missing))
    memory = Memory(space.cache / "site.json", space.rule_base, settings)
    standing = memory.standing(space.site)
    if standing:
        return standing
    built = build_site(
        lookup.graph_over(space, report.base),
        space.site,
        title=space.title,
        built=today,
        progress=progress,
        url=space.site_url,
        jobs=jobs or usual_jobs(),
        unread=missing,
    )
    memory.keep(space.site, built)
    return built


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


def _runner(space: Workspace, jobs: int | None, dask: str | None, shared: str | None) -> Runner:
    """Who reads the documents: processes of this machine, or the workers of a cluster."""
    from kb.building.entries import EntryStore
    from kb.building.runners import local

    if dask is None:
        if shared is not None:
            raise UsageError("--shared means nothing without --dask")
        return local(space.extracted, jobs)
    if jobs is not None:
        raise UsageError("--jobs and --dask cannot both be given", remedy="Leave one away.")
    from kb.building.dask_runner import DaskRunner

    return DaskRunner(dask, EntryStore(space.extracted), shared)


def _print_report(report: BuildReport) -> None:
    from site_builder.terminal.records import counted, findings_told

    for failure in report.failures:
        console.complain(failure)
    for note in report.notes:
        print(f"note: {note}")
    for line in findings_told(report.findings):
        print(line)
    print(f"documents  {len(report.read)} read, {len(report.failures)} failed")
    print(f"rules      {sum(report.counts.values())}  {counted(report.counts)}")


def _print_site(space: Workspace, built: SiteReport) -> None:
    for dead in built.dead_links:
        console.complain(f"site: dead link {dead}")
    written = f"{built.pages - built.unchanged} written, {built.unchanged} unchanged"
    print(f"site       {built.pages} pages ({written}) in {space.site}")
    if not space.site_url:
        print("note: without site.url in policykb.toml there is no sitemap.xml and no feed.xml")
    print(f"Open {space.site / 'index.html'} in a browser, or run policykb serve.")


@contextmanager
def _stoppable() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        console.complain("stopped. What was read is kept: run policykb build again to go on.")
        raise


def _index(space: Workspace, report: BuildReport, progress: Progress) -> None:
    """Brings the index up to date; one that others search is the build's to keep in step."""
    from kb.search.engines import engine_of

    progress("search index", 0, 1)
    with closing(engine_of(space)) as engine:
        made = engine.update(report.base)
    progress("search index", 1, 1)
    if made.rebuilt_because:
        print(f"note: the search index was made anew: {made.rebuilt_because}")
