"""Which engine searches a workspace: Whoosh in its cache folder, or PostgreSQL for many.

Promises an engine that keeps ``SearchEngine``, or a ``UsageError`` that names those there are.
"""

from __future__ import annotations

from corpus.errors import UsageError
from corpus.workspace import Workspace
from kb.search.engine import SearchEngine

ENGINES = ("whoosh", "postgresql")
_ADDRESSES = ("postgresql://", "postgres://")


def is_shared(space: Workspace, asked: str | None = None) -> bool:
    """Whether others search the same index, so that asking it is no reason to write to it."""
    return _chosen(space, asked)[0] == "postgresql"


def engine_of(space: Workspace, asked: str | None = None) -> SearchEngine:
    """The engine that is ``asked`` for, an address or a name, else that of the settings."""
    name, url = _chosen(space, asked)
    if name == "whoosh":
        from kb.search.whoosh_engine import WhooshEngine

        return WhooshEngine(space.index)
    from kb.search.postgres_engine import PostgresEngine

    return PostgresEngine(url, space.search.schema, space.index)


def _chosen(space: Workspace, asked: str | None) -> tuple[str, str]:
    wanted = asked or space.search.engine
    if wanted.startswith(_ADDRESSES):
        return "postgresql", wanted
    if wanted not in ENGINES:
        remedy = (
            f"Engines are {' and '.join(ENGINES)}, the latter by its address too: postgresql://…"
        )
        raise UsageError(f'there is no search engine "{wanted}"', remedy=remedy)
    return wanted, space.search.url
