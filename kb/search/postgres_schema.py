"""What the PostgreSQL index holds: a row for each item, for each document, and for each gram.

The names of the tables end in the version of their layout, so that what one version reads is never
what another one writes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from kb.schema import Record
from kb.search.analyzer import WordCutter, fold, grams
from kb.search.items import Item
from kb.search.whoosh_schema import source_of, stamp

#: grows whenever an index written before could no longer be read, or would answer otherwise
VERSION = 3
#: "C" compares bytes: the same order and the same matches on every server, whatever its locale
_TABLES = """
CREATE TABLE items_{v} (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL,
    document text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    clause text NOT NULL,
    anchor text NOT NULL,
    heading text NOT NULL,
    shown text NOT NULL,
    own text COLLATE "C" NOT NULL,
    more text COLLATE "C" NOT NULL,
    words text COLLATE "C" NOT NULL,
    word_count integer NOT NULL,
    heading_words text COLLATE "C" NOT NULL,
    departments text[] COLLATE "C" NOT NULL,
    fen_from bigint,
    fen_to bigint,
    grams text[] COLLATE "C" NOT NULL
);
CREATE TABLE documents_{v} (
    id text COLLATE "C" PRIMARY KEY,
    stamp text NOT NULL,
    title text NOT NULL,
    names text[] COLLATE "C" NOT NULL,
    region text COLLATE "C",
    year integer
);
CREATE TABLE grams_{v} (gram text COLLATE "C" PRIMARY KEY, holders integer NOT NULL);
"""
# made when the first documents are in: to fill an index row by row takes twice as long.
# Without fastupdate a search never has to read a list of what is not yet sorted in
_INDEXES = """
CREATE INDEX items_{v}_grams ON items_{v} USING gin (grams) WITH (fastupdate = off);
CREATE INDEX items_{v}_departments ON items_{v} USING gin (departments);
CREATE INDEX items_{v}_document ON items_{v} (document);
CREATE INDEX documents_{v}_names ON documents_{v} USING gin (names);
"""
_ANALYSIS = "ANALYZE items_{v}; ANALYZE documents_{v}; ANALYZE grams_{v}"
#: the one table of every version: which one the others are of, and how many rows they have
STATE = "CREATE TABLE state (version integer NOT NULL, entries bigint NOT NULL)"

ITEM_COLUMNS = (
    *("id", "document", "kind", "clause", "anchor", "heading", "shown", "own", "more"),
    *("words", "word_count", "heading_words", "departments", "fen_from", "fen_to", "grams"),
)
DOCUMENT_COLUMNS = ("id", "stamp", "title", "names", "region", "year")


def names_of(version: int) -> tuple[str, ...]:
    """The tables of a version, the state apart."""
    return tuple(f"{table}_{version}" for table in ("items", "documents", "grams"))


def tables(version: int) -> str:
    """What makes the tables of a version."""
    return _TABLES.format(v=version)


def indexes(version: int) -> str:
    """What makes their indexes."""
    return _INDEXES.format(v=version)


def analysis(version: int) -> str:
    """What tells the planner what is in them."""
    return _ANALYSIS.format(v=version)


def storable(text: str) -> str:
    """``text`` as PostgreSQL takes it: each NUL a space, each half of a character a ``?``."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def digest(name: str) -> str:
    """A folded number or title as it is looked up: an index takes no title of a whole page."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def document_row(record: Record) -> tuple[object, ...]:
    """The row of a document, in the order of ``DOCUMENT_COLUMNS``."""
    source = source_of(record)
    names = sorted({digest(name) for name in source.names})
    return source.id, stamp(record), storable(source.title), names, source.region, source.year


def grams_of(item: Item) -> list[str]:
    """The grams of an item, each once."""
    return sorted(set(map(storable, grams(fold(item.text)))))


def item_row(item: Item, cut: WordCutter) -> tuple[object, ...]:
    """The row of an item, in the order of ``ITEM_COLUMNS`` but for the last, its grams."""
    folded = fold(item.text)
    words = cut(folded)
    own, more = storable(item.text[: item.quoted]), storable(item.text[item.quoted :])
    return (
        *map(storable, (item.id, item.document, item.kind, item.clause, item.anchor)),
        *(storable(item.heading), own, fold(own), fold(more)),
        *(_as_terms(words), len(words), _as_terms(cut(fold(item.heading)))),
        [storable(fold(name)) for name in item.departments],
        *(item.fen or (None, None)),
    )


def as_term(word: str) -> str:
    """``word`` as it stands among the words of an item, one after the other."""
    return f"<{word}>"


def _as_terms(words: Iterable[str]) -> str:
    return storable("".join(map(as_term, words)))
