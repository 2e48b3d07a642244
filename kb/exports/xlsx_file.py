"""Sheets as a workbook that an office prints: A4 across, the head on every page, pages numbered.

Words of documents stay words: nothing in a cell is taken for a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

FILE = "policykb.xlsx"
_LINE = Side(style="thin")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="EDEDED")
#: characters that no workbook may hold
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title and a note above it; ``heads`` are names of columns and their widths.

    ``unprinted`` columns at the end are for programs: they lie outside what is printed.
    """

    name: str
    title: str
    note: str
    heads: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str | int, ...], ...]
    unprinted: int = 0


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as an .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    printed = get_column_letter(len(sheet.heads) - sheet.unprinted)
    for row, text, size in ((1, sheet.title, 18), (2, sheet.note, 10)):
        page.merge_cells(f"A{row}:{printed}{row}")
        page.cell(row, 1, text).font = Font(name="宋体", size=size, bold=row == 1)
        page.cell(row, 1).alignment = Alignment(horizontal="center" if row == 1 else "left")
    for column, (name, width) in enumerate(sheet.heads, 1):
        page.column_dimensions[get_column_letter(column)].width = width
        _cell(page, 3, column, name).fill = _HEAD
        page.cell(3, column).font = Font(name="宋体", size=11, bold=True)
    for at, cells in enumerate(sheet.rows, 4):
        for column, value in enumerate(cells, 1):
            _cell(page, at, column, value)
    _for_print(page, f"A1:{printed}{max(3, page.max_row)}")
    page.auto_filter.ref = f"A3:{get_column_letter(len(sheet.heads))}{max(3, page.max_row)}"


def _cell(page: Any, row: int, column: int, value: str | int) -> Any:
    cell = page.cell(row, column)
    if isinstance(value, str):
        cell.value = _FORBIDDEN.sub("", value)[:_LONGEST_CELL]
        # =1+1 of a document is text and no sum
        cell.data_type = "s"
    else:
        cell.value = value
    cell.font, cell.border = Font(name="宋体", size=10), _BORDER
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _for_print(page: Any, area: str) -> None:
    page.print_area, page.print_title_rows, page.freeze_panes = area, "3:3", "A4"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.oddFooter.center.text = "第 &P 页，共 &N 页"
