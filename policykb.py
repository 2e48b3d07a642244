"""The one command line: its commands in order, and how they end. Nothing imports it.

Exit status: 0 done, 1 some documents or checks failed, 2 the command could not be carried out as
given, 130 interrupted. Errors are one line on stderr; ``--debug`` shows where they come from.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib.metadata import version as installed_version
from io import TextIOWrapper
from typing import Annotated, NoReturn, cast

import typer
from typer.main import get_command

from commands import asking, building, claims, exporting, measuring, reading, relations, review
from commands.console import WorkspaceOption, complain
from corpus.errors import PolicyError

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


for command in (
    building.build,
    reading.extract,
    reading.tag,
    asking.search,
    asking.show,
    measuring.check,
    measuring.evaluate,
    reading.schema,
    building.serve,
    building.init,
):
    app.command()(command)
relations.register(app)
claims.register(app)
exporting.register(app)
review.register(app)


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
            complain(error)
            return error.exit_code
        case typer.TyperException():
            _explain_usage(error)
            return error.exit_code
    what = f"unexpected {type(error).__name__}: {error}"
    complain(f"{what}. Please report it; --debug shows where it comes from.")
    return 1


def _explain_usage(error: typer.TyperException) -> None:
    context = getattr(error, "ctx", None)
    message = error.format_message()
    if message.startswith("Usage:"):
        print(message, file=sys.stderr)
    else:
        command = context.command_path if context else "policykb"
        end = "" if message.endswith((".", "?", "!")) else "."
        complain(f"{message}{end} See {command} --help.")


if __name__ == "__main__":
    main()
