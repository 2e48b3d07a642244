"""What a run of ``evaluate`` is asked for: mistakes to list, and the least its figures may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from corpus.errors import UsageError
from kb.same_fact import KINDS


def known_errors(names: Iterable[str]) -> frozenset[str]:
    """``names`` as what mistakes can be listed of; raises ``UsageError`` for another name."""
    known = {"all", "meta", "quote", *(kind.name for kind in KINDS)}
    known |= {f"{kind.name}.{attribute}" for kind in KINDS for attribute in kind.attributes}
    if unknown := sorted(set(names) - known):
        kinds = ", ".join(sorted(name for name in known if "." not in name))
        remedy = f"Name one of {kinds}, or amount.per and the like."
        raise UsageError(f"there are no mistakes called {', '.join(unknown)}", remedy=remedy)
    return frozenset(names)


def shortfalls(figures: Mapping[str, Any], required: Iterable[str]) -> tuple[str, ...]:
    """Which of the ``required`` KEY=MIN the ``figures`` miss; raises ``UsageError`` for others."""
    known = {name: figure for name, figure in figures.items() if name != "missing"}
    short = []
    for wish in required:
        key, _, least = wish.partition("=")
        try:
            missed = float(known[key]) < float(least)
        except (KeyError, ValueError):
            remedy = f"Figures are {', '.join(known)}."
            raise UsageError(f'"{wish}" is no FIGURE=LEAST', remedy=remedy) from None
        if missed:
            short.append(f"{key} {known[key]} < {least}")
    return tuple(short)
