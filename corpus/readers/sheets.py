"""Reads sheets, CSV or XLSX, as numbered rows of cells; no notice, but what is given beside one.

What is packed too high, damaged or no table raises a ``DocumentError`` that says so.
"""

from __future__ import annotations

import csv
import io
import zlib
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from corpus.errors import DamagedDocument, TooLarge
from corpus.limits import USUAL
from corpus.readers.encoding import decode
from corpus.readers.packed import Budget, damaged, unpack

#: a row with its number in the file, from 1
Row = tuple[int, list[Any]]
MOST_ROWS, _MOST_COLUMNS = 100_000, 200
#: whatever openpyxl raises over a workbook that has been tampered with
_FAULTS = (
    *(InvalidFileException, BadZipFile, zlib.error, SyntaxError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError),
)


def rows(data: bytes, *, shown: str) -> list[Row]:
    """The rows of the file named ``shown``; of a workbook those of its first sheet."""
    found = _workbook(data, shown) if data[:2] == b"PK" else _text(data, shown)
    if len(found) > MOST_ROWS:
        raise TooLarge(f"there are over {MOST_ROWS} rows", where=shown, remedy="Part the file.")
    return found


def _text(data: bytes, shown: str) -> list[Row]:
    text = decode(data, where=shown).text if data.strip() else ""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return [(reader.line_num, list[Any](row)) for row in reader]
    except csv.Error as error:
        where = f"{shown}:{reader.line_num}"
        raise DamagedDocument(
            f"this is no CSV: {error}", where=where, remedy="Save it anew."
        ) from None


def _workbook(data: bytes, shown: str) -> list[Row]:
    budget = Budget(USUAL)
    for member in unpack(data, shown, USUAL, budget).members:
        budget.spend(member, shown)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # a sheet may say that it is smaller than it is
        sheet.reset_dimensions()
        cells = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1, max_col=_MOST_COLUMNS)
        return [(number, list(row)) for number, row in enumerate(cells, 1)]
    except _FAULTS as error:
        raise damaged("this is no workbook that can be read", shown, error) from None
