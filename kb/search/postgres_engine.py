"""The search engine on PostgreSQL: an index on a server, shared by many readers.

An update is one transaction, so that a reader sees the old state or the new one; answers and their
order are those of every other engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import PolicyError
from kb.models import KnowledgeBase
from kb.schema import Record
from kb.search import postgres_schema
from kb.search.analyzer import WordCutter, fold, words_typed
from kb.search.engine import Hit, Query, Results, UpdateReport
from kb.search.excerpts import excerpt
from kb.search.items import items_of
from kb.search.postgres_query import Known, Statement, grams_asked, letters_asked
from kb.search.postgres_schema import DOCUMENT_COLUMNS, ITEM_COLUMNS, VERSION, digest
from kb.search.postgres_server import PostgresServer
from kb.search.whoosh_schema import stamp

if TYPE_CHECKING:
    import psycopg

    Cursor = psycopg.Cursor[Any]

_REMOVE = """
WITH gone AS (DELETE FROM items_{v} WHERE document = ANY(%(documents)s) RETURNING grams),
lost AS (SELECT gram, count(*) AS times FROM gone, unnest(grams) AS gram GROUP BY gram),
lowered AS (
    UPDATE grams_{v} AS g SET holders = holders - times FROM lost WHERE g.gram = lost.gram
)
SELECT count(*) FROM gone"""
_RAISE = """
INSERT INTO grams_{v} AS g (gram, holders)
SELECT * FROM unnest(%s::text[], %s::integer[])
ON CONFLICT (gram) DO UPDATE SET holders = g.holders + excluded.holders"""
_NAMED = """
SELECT name, id FROM documents_{v}, unnest(names) AS name
WHERE names && %(names)s::text[] AND name = ANY(%(names)s::text[])"""


class PostgresEngine:
    """Keeps its index in ``schema`` of the database at ``url``.

    ``cache`` is a folder for jieba's compiled dictionary. Raises ``UsageError`` where psycopg is
    missing or ``url`` is none.
    """

    def __init__(self, url: str, schema: str, cache: Path) -> None:
        self._server = PostgresServer(url, schema)
        self._schema, self._cache = schema, cache
        self._cut = WordCutter(cache)

    def update(self, base: KnowledgeBase) -> UpdateReport:
        """See ``SearchEngine.update``."""
        stamps = {document: stamp(record) for document, record in base.by_id.items()}
        # whoever has nothing to write needs no right to write
        if self._known_to_readers() == stamps:
            return UpdateReport.between(stamps, stamps)
        self._cache.mkdir(parents=True, exist_ok=True)
        with self._server.changing() as cursor:
            made, rebuilt_because = self._prepare(cursor)
            known = _stamps(cursor)
            outdated = [name for name, was in known.items() if stamps.get(name) != was]
            fresh = [r for name, r in base.by_id.items() if known.get(name) != stamps[name]]
            gone = _remove(cursor, outdated)
            change = self._add(cursor, fresh) - gone
            cursor.execute("UPDATE state SET entries = entries + %s", (change,))
            if made:
                cursor.execute(postgres_schema.indexes(VERSION).encode())
            if len(fresh) > len(known):
                # or the next questions are planned for the few rows that there were
                cursor.execute(postgres_schema.analysis(VERSION).encode())
        return UpdateReport.between(known, stamps, rebuilt_because)

    def search(self, query: Query) -> Results:
        """See ``SearchEngine.search``."""
        words = words_typed(query.text)
        with self._server.reading() as cursor:
            entries = self._entries(cursor)
            if not _storable(query, words):
                return Results(0, ())
            known = _known(cursor, query, words, entries)
            statement = Statement(query, words, known)
            rows = cursor.execute(statement.sql().encode(), statement.parameters).fetchall()
        counts = rows[0][0] or {}
        return Results(
            total=sum(n for kind, n in counts.items() if kind in query.kinds or not query.kinds),
            hits=tuple(_hit(row[1:], words) for row in rows if row[1] is not None),
            counts=counts,
            documents=known.documents,
        )

    def close(self) -> None:
        """See ``SearchEngine.close``."""
        self._server.close()

    def _entries(self, cursor: Cursor) -> int:
        version, entries = cursor.execute("SELECT version, entries FROM state").fetchone() or (0, 0)
        if version != VERSION:
            raise self._other_version(version)
        return int(entries)

    def _other_version(self, version: int) -> PolicyError:
        age = "a newer" if version > VERSION else "an earlier"
        what = f"the search index was written by {age} version"
        newer = "Bring policykb up to date, or set another schema under [search] in policykb.toml."
        remedy = newer if version > VERSION else "Run policykb build to make it anew."
        return PolicyError(what, where=self._server.where, remedy=remedy)

    def _known_to_readers(self) -> dict[str, str] | None:
        """The stamps of the documents in the index; None where there is none of this version."""
        with self._server.reading() as cursor:
            return _stamps(cursor) if _version(cursor, self._schema) == VERSION else None

    def _prepare(self, cursor: Cursor) -> tuple[bool, str | None]:
        """Leaves tables of this version: whether they were made, and why others could not stay."""
        version = _version(cursor, self._schema)
        if version == VERSION:
            return False, None
        if version is not None and version > VERSION:
            raise self._other_version(version)
        why = self._clear(cursor, version)
        cursor.execute(f"{postgres_schema.STATE}; {postgres_schema.tables(VERSION)}".encode())
        cursor.execute("INSERT INTO state VALUES (%s, 0)", (VERSION,))
        return True, why

    def _clear(self, cursor: Cursor, version: int | None) -> str | None:
        """Takes away what cannot stay and says why; makes the schema where there is none."""
        if not _has(cursor, "SELECT FROM pg_namespace WHERE nspname = %s", self._schema):
            name = cursor.execute("SELECT quote_ident(%s)", (self._schema,)).fetchone() or ("",)
            cursor.execute(f"CREATE SCHEMA {name[0]}".encode())
            return None
        known = {VERSION, version if version is not None else VERSION}
        names = (
            "state",
            *(name for one in sorted(known) for name in postgres_schema.names_of(one)),
        )
        there = [name for name in names if _is_there(cursor, self._schema, name)]
        for name in there:
            cursor.execute(f"DROP TABLE {name}".encode())
        if not there:
            return None
        return "part of it is missing" if version is None else "it was written by another version"

    def _add(self, cursor: Cursor, records: Collection[Record]) -> int:
        """Takes ``records`` in; how many rows they are."""
        if not records:
            return 0
        rows, holders = 0, Counter[str]()
        with cursor.copy(_copy("items", ITEM_COLUMNS)) as copy:
            for record in records:
                for item in items_of(record):
                    grams = postgres_schema.grams_of(item)
                    holders.update(grams)
                    copy.write_row((*postgres_schema.item_row(item, self._cut), grams))
                    rows += 1
        with cursor.copy(_copy("documents", DOCUMENT_COLUMNS)) as copy:
            for record in records:
                copy.write_row(postgres_schema.document_row(record))
        cursor.execute(_of_version(_RAISE), (list(holders), list(holders.values())))
        return rows + len(records)


def _of_version(statement: str) -> bytes:
    return statement.format(v=VERSION).encode()


def _copy(table: str, columns: Iterable[str]) -> bytes:
    return f"COPY {table}_{VERSION} ({', '.join(columns)}) FROM STDIN".encode()


def _has(cursor: Cursor, statement: str, *parameters: object) -> bool:
    return cursor.execute(statement.encode(), parameters).fetchone() is not None


def _is_there(cursor: Cursor, schema: str, table: str) -> bool:
    return _has(
        cursor, "SELECT FROM pg_tables WHERE schemaname = %s AND tablename = %s", schema, table
    )


def _version(cursor: Cursor, schema: str) -> int | None:
    """The version of the index; None where there is none, or not all of it."""
    if not _is_there(cursor, schema, "state"):
        return None
    version = int((cursor.execute("SELECT version FROM state").fetchone() or (0,))[0])
    whole = all(_is_there(cursor, schema, name) for name in postgres_schema.names_of(VERSION))
    return version if whole or version != VERSION else None


def _stamps(cursor: Cursor) -> dict[str, str]:
    return dict(cursor.execute(_of_version("SELECT id, stamp FROM documents_{v}")).fetchall())


def _remove(cursor: Cursor, documents: list[str]) -> int:
    """Takes ``documents`` out; how many rows they were."""
    if not documents:
        return 0
    (items,) = cursor.execute(_of_version(_REMOVE), {"documents": documents}).fetchone() or (0,)
    cursor.execute(_of_version("DELETE FROM documents_{v} WHERE id = ANY(%s)"), (documents,))
    cursor.execute(_of_version("DELETE FROM grams_{v} WHERE holders <= 0"))
    return int(items) + len(documents)


def _storable(query: Query, words: Iterable[str]) -> bool:
    """Whether the question is of whole characters: half a one is found nowhere."""
    told = (*words, query.department or "", query.document or "")
    return all(postgres_schema.storable(text) == text for text in told)


def _known(cursor: Cursor, query: Query, words: tuple[str, ...], entries: int) -> Known:
    named = _named(cursor, {*words, fold(query.text).strip()} - {""})
    asked = list(grams_asked(words))
    counted = _of_version("SELECT gram, holders FROM grams_{v} WHERE gram = ANY(%s)")
    begun = _of_version("SELECT gram FROM grams_{v} WHERE gram LIKE %s")
    return Known(
        entries=entries,
        holders=dict(cursor.execute(counted, (asked,)).fetchall()) if asked else {},
        beginning={
            letter: [gram for (gram,) in cursor.execute(begun, (f"{letter}%",))]
            for letter in letters_asked(words)
        },
        named=named,
        documents=tuple(sorted(frozenset().union(*named.values()))),
    )


def _named(cursor: Cursor, asked: set[str]) -> dict[str, frozenset[str]]:
    """The documents that each of ``asked`` names, a number or title in whole."""
    digests = {word: digest(word.removeprefix("《").removesuffix("》")) for word in asked}
    if not digests:
        return {}
    rows = cursor.execute(_of_version(_NAMED), {"names": list(digests.values())}).fetchall()
    return {
        word: frozenset(document for name, document in rows if name == wanted)
        for word, wanted in digests.items()
    }


def _hit(row: tuple[Any, ...], words: tuple[str, ...]) -> Hit:
    kind, identity, document, clause, anchor, title, heading, own, score = row
    shown, marks = excerpt(own, words)
    return Hit(kind, identity, document, clause, anchor, title, heading, shown, marks, score)
