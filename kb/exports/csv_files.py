"""Tables as CSV: UTF-8 with a mark, so that office programs read the Chinese; lines end in CRLF.

Every table of rules repeats where each row comes from, so that one file is enough.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from kb.exports.columns import Cell, Table
from kb.exports.content import Content
from kb.exports.models import Export
from kb.exports.tables import flat_tables
from kb.quantity_words import number


def csv_files(content: Content) -> Export:
    """A file for every table."""
    files = {f"{table.name}.csv": _file(table) for table in flat_tables(content)}
    return Export(files, content.rejected, "left_out.csv")


def _file(table: Table) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str | int:
    if cell is None:
        return ""
    return number(cell) if isinstance(cell, Decimal) else cell
