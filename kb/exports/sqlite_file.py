"""Tables as a SQLite database: typed, tied by foreign keys, with full text of rules and clauses.

It is made in memory and given away as bytes. The trigram tokenizer finds any three characters or
more of Chinese; shorter words are found by LIKE.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal

from corpus.errors import UsageError
from kb.exports.columns import Cell, Table
from kb.exports.content import Content
from kb.exports.models import Export
from kb.exports.tables import MODELS, tables

FILE = "policykb.sqlite"
#: raised with every change that readers of the file may notice
VERSION = 1
#: what is searched, column by column
_SEARCHED = {"rules": ("quote",), "clauses": ("heading", "text"), "documents": ("title",)}


def sqlite_file(content: Content) -> Export:
    """One database."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA foreign_keys = ON")
        base.execute(f"PRAGMA user_version = {VERSION}")
        for table in tables(content):
            base.execute(_schema(table))
            base.executemany(_insert(table), ([_value(c) for c in row] for row in table.rows))
            for column in table.columns:
                if column.to and column != table.columns[0]:
                    name, held = f"{table.name}_{column.name}", f"{table.name}"
                    base.execute(f'CREATE INDEX "{name}" ON "{held}" ("{column.name}")')
        for name in MODELS:
            base.execute(_view(name))
        _make_searchable(base)
        base.commit()
        return Export({FILE: base.serialize()}, content.rejected, FILE)


def _schema(table: Table) -> str:
    lines = [
        f'"{c.name}" {c.kind}' + (f' REFERENCES "{c.to}"' if c.to else "") for c in table.columns
    ]
    key = ", ".join(f'"{column.name}"' for column in table.columns[: table.key])
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)}, PRIMARY KEY ({key}))'


def _insert(table: Table) -> str:
    marks = ", ".join("?" for _ in table.columns)
    return f'INSERT INTO "{table.name}" VALUES ({marks})'


def _view(name: str) -> str:
    """A kind of rule with what all rules have, so that every value stands beside its words."""
    kind = name.removesuffix("s")
    return (
        f'CREATE VIEW "{kind}_rules" AS SELECT * FROM "rules" JOIN "{name}" '
        f'ON "{name}"."rule" = "rules"."id"'
    )


def _make_searchable(base: sqlite3.Connection) -> None:
    try:
        for name, columns in _SEARCHED.items():
            held = ", ".join(columns)
            base.execute(
                f'CREATE VIRTUAL TABLE "{name}_fts" USING fts5 '
                f'({held}, content="{name}", tokenize="trigram")'
            )
            base.execute(f'INSERT INTO "{name}_fts" ("{name}_fts") VALUES (\'rebuild\')')
    except sqlite3.OperationalError as error:
        what = f"the SQLite {sqlite3.sqlite_version} of this Python has no full text ({error})"
        raise UsageError(what, remedy="A Python with SQLite 3.34 or newer has it.") from None


def _value(cell: Cell) -> str | int | float | None:
    """A number as the shortest digits that it was read from."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell
