"""Finds rules of one measure that stand against each other while neither has ended.

Both quotes come with what would decide it; a pair of which a person or a text has ended one side
is no conflict any more.
"""

from __future__ import annotations

from datetime import date

from kb.force.graph import Graph
from kb.force.models import Relation
from kb.force.status import status

_OVER = ("expired", "superseded", "repealed", "suspended", "not_yet")


def conflicts(graph: Graph, on: date | None = None) -> tuple[Relation, ...]:
    """The conflicts there are, on the day ``on`` if it is given: those whose sides both stand."""
    found = [r for r in graph.relations if r.type == "conflicts_with"]
    if on is None:
        return tuple(found)
    return tuple(r for r in found if not _is_over(graph, r, on))


def _is_over(graph: Graph, relation: Relation, on: date) -> bool:
    sides = (relation.source, relation.target)
    return any(status(graph, side, on).state in _OVER for side in sides)
