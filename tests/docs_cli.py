"""Writes docs/cli.md from the command line itself, so that the page says what the code does.

``reference()`` is the page; run as a program (``make docs``) this module puts it in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

import policykb

PAGE = Path(__file__).parents[1] / "docs" / "cli.md"
_HEAD = """\
# The command line

Made from `policykb.py` by `make docs`; a test compares the two. Every command says the same when
asked with `--help`.
"""
_STATUS = re.compile(r"Exit status: (.+?)\.(?:\s|$)", re.DOTALL)
_EXAMPLES = re.compile(r"\n\x08\nExamples?:\n(.*)", re.DOTALL)


def reference() -> str:
    """The whole page as Markdown."""
    group: Any = get_command(policykb.app)
    with group.make_context("policykb", [], resilient_parsing=True) as context:
        sections = [_links(group), _section(group, context)]
        for name, command in group.commands.items():
            with command.make_context(name, [], parent=context, resilient_parsing=True) as own:
                sections.append(_section(command, own))
    return "\n".join([_HEAD, *sections, _exit_status()])


def _links(group: Any) -> str:
    return " · ".join(f"[{name}](#policykb-{name})" for name in group.commands) + "\n"


def _section(command: Any, context: Any) -> str:
    """Usage, what it does, arguments and options, examples."""
    text, examples = _told(command.help)
    usage = " ".join(command.get_usage(context).split()).removeprefix("Usage: ")
    parts = [f"## {context.command_path}", f"`{usage}`", text, _table(command, context)]
    if examples:
        parts.append(f"```sh\n{examples}\n```")
    return "\n\n".join(part for part in parts if part) + "\n"


def _told(docstring: str) -> tuple[str, str]:
    """The paragraphs of a command's help, and its examples line by line."""
    found = _EXAMPLES.search(docstring)
    text = docstring[: found.start()] if found else docstring
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    lines = found[1].splitlines() if found else []
    return "\n\n".join(p for p in paragraphs if p), "\n".join(line.strip() for line in lines)


def _table(command: Any, context: Any) -> str:
    rows = list(_rows(command, context))
    head = ["| argument or option | meaning |", "|---|---|"]
    return "\n".join([*head, *rows]) if rows else ""


def _rows(command: Any, context: Any) -> Iterator[str]:
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record and record[0] != "--help":
            name, meaning = (" ".join(cell.split()).replace("|", "\\|") for cell in record)
            yield f"| `{name}` | {meaning} |"


def _exit_status() -> str:
    found = _STATUS.search(policykb.__doc__ or "")
    told = re.split(r", (?=\d)", " ".join(found[1].split())) if found else []
    rows = ["| {} | {} |".format(*case.split(" ", 1)) for case in told]
    head = ["## Exit status", "", "| status | meaning |", "|---|---|"]
    tail = [
        "",
        "Answers are on stdout. Errors are on stderr, a line each: what, where, what to do.",
    ]
    return "\n".join([*head, *rows, *tail]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
    print(f"Wrote {PAGE.relative_to(PAGE.parents[1])}.")
