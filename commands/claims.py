"""Commands that tell what somebody may claim, and how much: apply, calculate.

Wiring only: they read the profile and the roster, ask ``kb.claims``, and print.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import console
from commands.console import OutputOption, WorkspaceOption
from commands.days import asked_day
from commands.lookup import graph_of
from corpus.errors import UsageError

# what reads Chinese takes a second to import, so every command imports what it needs
if TYPE_CHECKING:
    from kb.claims.applicability import Answers
    from kb.claims.calculation import Calculation
    from kb.claims.roster import Line
    from kb.models import KnowledgeBase
    from kb.schema import AmountRule, Record


def register(app: typer.Typer) -> None:
    """Add these commands to ``app``."""
    for command in (apply, calculate):
        app.command()(command)


def apply(
    context: typer.Context,
    profile: Annotated[
        Path, typer.Option(metavar="FILE", help="Who asks, in YAML: policykb schema profile.")
    ],
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The day, 2021-12-01; today if left out."),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A list of people, CSV or XLSX, answered by line."),
    ] = None,
    format: OutputOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Say what a profile may claim on a day, how much, by which clause, and whom to ask.

    Each amount is 符合, 不符合 or 需人工判断. What has ended is not offered; what only presumably
    has stands beneath its successor.

    \b
    Examples:
      policykb apply --profile profile.yaml --on 2024-10-01
      policykb apply --profile profile.yaml --roster people.xlsx --format json
    """
    from kb.claims.applicability import Amounts
    from kb.claims.profile import read_profile
    from kb.claims.roster import answers, read_roster

    day = asked_day(on)
    asked = read_profile(_bytes(profile), shown=str(profile))
    people = read_roster(_bytes(roster), shown=str(roster), profile=asked) if roster else None
    graph, failed = graph_of(console.workspace(context, workspace))
    amounts = Amounts.in_graph(graph)
    if people:
        _tell_people(answers(amounts, people, day), people.ignored, format)
    else:
        _tell_answers(amounts.answers(asked, day), format)
    console.finish(failed)


def _tell_answers(found: Answers, format: str) -> None:
    """Prints the answers for a profile."""
    from kb.claims import plain
    from site_builder.terminal.claims import answer_lines

    if format == "json":
        console.print_json(plain.answers(found))
    else:
        print("\n".join(answer_lines(found)))


def _tell_people(
    told: tuple[tuple[Line, Answers], ...], ignored: tuple[str, ...], format: str
) -> None:
    """Prints the answers for a roster."""
    from kb.claims import plain
    from site_builder.terminal.claims import roster_lines

    if format == "json":
        console.print_json(plain.roster(told, ignored))
    else:
        print("\n".join(roster_lines(told, ignored)))


def calculate(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of an amount.")],
    people: Annotated[str | None, typer.Option(metavar="N", help="人数")] = None,
    days: Annotated[str | None, typer.Option(metavar="N", help="天数")] = None,
    months: Annotated[str | None, typer.Option(metavar="N", help="月数")] = None,
    hours: Annotated[str | None, typer.Option(metavar="N", help="学时（小时）数")] = None,
    certificates: Annotated[str | None, typer.Option(metavar="N", help="证书数")] = None,
    employed: Annotated[str | None, typer.Option(metavar="N", help="就业人数")] = None,
    employment_rate: Annotated[
        str | None, typer.Option(metavar="RATE", help="就业率, from 0 to 1: 0.75")
    ] = None,
    base: Annotated[
        str | None, typer.Option(metavar="YUAN", help="What a share is a share of, in yuan.")
    ] = None,
    count: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=N", help="Any other number: mu=3, houses=1."),
    ] = None,
    format: OutputOption = "text",
    workspace: WorkspaceOption = None,
) -> None:
    """Calculate what an amount comes to, number by number, each with its quote or input.

    Numbers that are needed and not given are asked for by name. A ceiling stays a ceiling.

    \b
    Examples:
      policykb calculate 140000-jinwenlvbanfa-2021-123#s3-2.amount.1131 --days 7 --people 40
      policykb calculate 140000-jinrenshetinghan-2021-600#s9-1.amount.9557 --people 50
    """
    from kb.claims.calculation import calculate as calculated

    named = (people, days, months, hours, certificates, employed, employment_rate, base)
    given = {**dict(zip(_NUMBERS, named, strict=True)), **_counted(count or ())}
    loaded, failed = console.base(console.workspace(context, workspace))
    _tell(calculated(*_amount(loaded, rule), given), format)
    console.finish(failed)


#: the numbers that have an option of their own, in the order of the options of ``calculate``
_NUMBERS = (
    *("people", "days", "months", "hours", "certificates"),
    *("employed", "employment_rate", "base"),
)


def _counted(pairs: Iterable[str]) -> dict[str, str]:
    """Numbers given as ``mu=3``."""
    split = {pair: pair.partition("=") for pair in pairs}
    for pair, (name, _, value) in split.items():
        if not name.strip() or not value.strip():
            raise UsageError(f'--count is "{pair}"', remedy="Write it as --count mu=3.")
    return {name.strip(): value.strip() for name, _, value in split.values()}


def _tell(found: Calculation, format: str) -> None:
    """Prints a calculation for people or for programs."""
    from kb.claims import plain
    from site_builder.terminal.claims import calculation_lines

    if format == "json":
        console.print_json(plain.calculation(found))
    else:
        print("\n".join(calculation_lines(found)))


def _amount(base: KnowledgeBase, name: str) -> tuple[Record, AmountRule]:
    """The amount that ``name`` names; raises ``UsageError`` with the nearest, or its clause's."""
    from kb.schema import AmountRule

    found = base.rule(name)
    if found and isinstance(found[1], AmountRule):
        return found[0], found[1]
    if found:
        what = f"{name} is a {found[1].kind}, and only an amount can be calculated"
        raise UsageError(what, remedy=_amounts_in(base, name.rpartition(".")[0]))
    if inside := _amounts_in(base, name):
        raise UsageError(f"{name} is not the id of one amount", remedy=inside)
    known = [rule.id for _, rule in base.rules("amount")]
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    guess = f'; did you mean "{near[0]}"?' if near else ""
    remedy = None if near else "policykb search --kind amount finds the ids of amounts."
    raise UsageError(f'there is no amount "{name}" in the rule base{guess}', remedy=remedy)


def _amounts_in(base: KnowledgeBase, name: str) -> str | None:
    """The amounts of the clause or document ``name``, as a remedy."""
    near = [
        r.id for _, r in base.rules("amount") if name and r.id.startswith((f"{name}.", f"{name}#"))
    ]
    return f"Its amounts are {', '.join(near[:8])}." if near else None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"cannot be read ({reason})", where=path, remedy="Check it.") from None
