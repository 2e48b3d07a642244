"""The figures of each notice on its own, beside those of the first time the extractor saw it.

A Markdown table, so that it can stand in a page as it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.evaluate import Evaluation, Sample, evaluate
from kb.same_fact import KINDS

#: what no fact was read of has no figure
_NONE = "–"

First = Mapping[str, Mapping[str, float]]


def by_notice(samples: Iterable[Sample], first: First) -> str:
    """A row a notice: F1 of each kind and the share of elements that are right, as 0.80 → 0.93
    where ``first`` knows another figure. ``first`` maps the notice's stem to figures by name.
    """
    names = [*(kind.name for kind in KINDS), "meta"]
    head = f"| notice | {' | '.join(names)} |"
    rows = [_row(sample, first.get(sample.name, {})) for sample in samples]
    return "\n".join([head, "|---" * (len(names) + 1) + "|", *rows])


def _row(sample: Sample, first: Mapping[str, float]) -> str:
    result = evaluate([sample])
    cells = [_cell(now, first.get(name)) for name, now in _figures(result)]
    return f"| {sample.name} | {' | '.join(cells)} |"


def _figures(result: Evaluation) -> Iterator[tuple[str, float | None]]:
    figures = result.figures()
    for name, tally in result.tallies.items():
        yield name, figures[name] if tally.met + tally.missed else None
    yield "meta", figures["meta"] if result.meta[1] else None


def _cell(now: float | None, before: float | None) -> str:
    if now is None:
        return _NONE
    shown = f"{now:.2f}"
    return shown if before is None or f"{before:.2f}" == shown else f"{before:.2f} → {shown}"
