"""Finds what a command is asked about: the graph of a workspace, and what a name in it means.

A name that means nothing is an error that tells the nearest one.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from commands import console
from corpus.errors import UsageError
from corpus.workspace import Workspace

if TYPE_CHECKING:
    from kb.force.graph import Graph
    from kb.force.models import End
    from kb.models import KnowledgeBase


def graph_of(space: Workspace) -> tuple[Graph, bool]:
    """The graph of a workspace, and whether something of its rule base could not be read."""
    base, failed = console.base(space)
    return graph_over(space, base), failed


def graph_over(space: Workspace, base: KnowledgeBase) -> Graph:
    """The graph of ``base`` with what people have said in the workspace."""
    from extractor.lexicon import plain
    from kb.force import curated_file
    from kb.force.graph import Graph
    from kb.force.vocabulary import Vocabulary

    return Graph(base, Vocabulary.of(plain("measures")), curated_file.load(space.rule_base))


def end_named(graph: Graph, name: str) -> End:
    """What ``name`` names; raises ``UsageError`` with the nearest there is."""
    from kb.force.curated import end_of
    from kb.force.models import End
    from kb.force.resolution import number_of

    if graph.base.rule(name):
        return end_of(name, graph.base)
    document, _, place = name.partition("#")
    called = graph.resolution.documents_called(document)
    if len(called) > 1:
        remedy = f"Say which: {', '.join(called)}."
        raise UsageError(f'"{document}" is the name of {len(called)} documents', remedy=remedy)
    stub = number_of(document)
    if not called and not place and (document in graph.stubs or stub in graph.stubs):
        return End(document if document in graph.stubs else str(stub))
    if called and not place:
        return End(called[0])
    found = end_of(f"{called[0]}#{place}", graph.base) if called else None
    if found is None or found.clause not in {c.path for c in _clauses(graph, found.document)}:
        raise _unknown(graph, name)
    return found


def _clauses(graph: Graph, document: str) -> Any:
    record = graph.base.by_id.get(document)
    return record.clauses if record else ()


def _unknown(graph: Graph, name: str) -> UsageError:
    known = [*graph.base.by_id, *graph.stubs]
    known += [r.document.number for r in graph.base.records if r.document.number]
    known += [rule.id for _, rule in graph.base.rules()]
    known += [f"{d}#{c.anchor}" for d in graph.base.by_id for c in _clauses(graph, d)]
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    guess = f'; did you mean "{near[0]}"?' if near else ""
    remedy = None if near else "policykb search finds the ids of rules and clauses."
    return UsageError(f'there is no "{name}" in the rule base{guess}', remedy=remedy)
