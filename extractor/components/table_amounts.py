"""Reads amounts out of tables: 工种 × 等级 × 标准, district × rate, one a cell.

The header gives item, unit and basis, the row its category; a matrix (rows 工种, columns 等级)
takes them from the heading above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.models import TextSpan
from extractor.bases import bases_after, bases_before
from extractor.components.table_targets import cell_spans, heading_of
from extractor.items import items
from extractor.models import Amount, Table, Tag
from extractor.numerals import to_decimal
from extractor.quantities import quantities
from extractor.reading import Reading
from extractor.widths import fold

_MONEY_HEADER = re.compile(
    r"元|标准|金额|补贴|补助|奖励|资金|预算|限额|经费|津贴|保障金|单价|费用|价格"
)
_PERCENT_HEADER = re.compile(r"[%％]|比例|费率|税率")
_NO_MONEY = re.compile(
    r"序号|编号|电话|代码|备注|时间|日期|人数|任务数|数量|名额|面积|年限|身份|联系|户数|标准号"
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_RANGE = re.compile(r"(\d[\d,.]*)\s*[-—–~～至]\s*(\d[\d,.]*)")
_UNIT = re.compile(r"(?P<scale>[万亿千百]?)元(?P<per>[^）)，、；]*)")
_BUDGET = re.compile(r"预算|资金|总额|合计|经费|下达|分配|拨付")
_CEILING = re.compile(r"最高|限额|上限|不超过|封顶")
_ORDER = re.compile(r"序号|编号|备注|联系|电话")
_SCALE = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class _Column:
    """How the cells of a column are to be read."""

    index: int
    item: str | None
    scale: int
    per: tuple[str, ...]
    role: str
    percent: bool
    category: str | None = None


def table_amounts(reading: Reading) -> Iterator[Tag]:
    """Every amount that a table of the notice states."""
    for table in reading.notice.tables:
        columns = _columns(reading, table)
        for row, span in zip(table.rows, table.row_spans, strict=True):
            for column in columns:
                tag = _cell(reading, table, row, span, column)
                if tag is not None:
                    yield tag


def _columns(reading: Reading, table: Table) -> list[_Column]:
    named = [_column(i, header, reading, table) for i, header in enumerate(table.header)]
    found = [column for column in named if column is not None]
    return found or _matrix(reading, table)


def _column(index: int, header: str, reading: Reading, table: Table) -> _Column | None:
    plain = fold(header)
    if _NO_MONEY.search(plain) or not (
        _MONEY_HEADER.search(plain) or _PERCENT_HEADER.search(plain)
    ):
        return None
    if not _mostly_numbers(table, index):
        return None
    unit = _UNIT.search(plain) or _UNIT.search(_said_unit(reading, table))
    percent = bool(_PERCENT_HEADER.search(plain)) and not _UNIT.search(plain)
    if unit is None and not percent and not _cells_say_money(table, index):
        return None
    name = re.sub(r"[（(][^（）()]*[）)]", "", plain)
    item = next((i.name for i in items(name)), None) or _item_above(reading, table) or name
    return _Column(index, item, _scale(unit), _per(unit, plain), _role(name), percent)


def _matrix(reading: Reading, table: Table) -> list[_Column]:
    """Columns that name categories (初级工, 中级工) under a heading that names the money."""
    above = _said_unit(reading, table)
    unit = _UNIT.search(above)
    if unit is None or not re.search(r"标准|补贴|补助|奖励|价格", above):
        return []
    item = _item_above(reading, table)
    return [
        _Column(i, item, _scale(unit), _per(unit, above), _role(above), False, header)
        for i, header in enumerate(table.header)
        if i
        and not _ORDER.search(header)
        and not _NO_MONEY.search(header)
        and _mostly_numbers(table, i)
    ]


def _mostly_numbers(table: Table, index: int) -> bool:
    cells = [row[index] for row in table.rows if index < len(row) and row[index]]
    return bool(cells) and sum(bool(re.match(r"\d", fold(cell))) for cell in cells) >= 0.6 * len(
        cells
    )


def _cells_say_money(table: Table, index: int) -> bool:
    return any("元" in row[index] for row in table.rows if index < len(row))


def _said_unit(reading: Reading, table: Table) -> str:
    """The heading, the caption and the line above the table, where 单位：元/人 stands."""
    before = reading.notice.text[max(0, table.span.start - 60) : table.span.start]
    return fold(
        " ".join(
            [
                heading_of(reading, table),
                table.caption or "",
                before.split("\n")[-2] if "\n" in before else "",
            ]
        )
    )


def _item_above(reading: Reading, table: Table) -> str | None:
    above = _said_unit(reading, table)
    return next((i.name for i in items(above) if i.benefit), None)


def _scale(unit: re.Match[str] | None) -> int:
    return _SCALE[unit["scale"]] if unit else 1


def _per(unit: re.Match[str] | None, header: str) -> tuple[str, ...]:
    after = bases_after(unit["per"], 0)[0] if unit else ()
    return after or bases_before(header)


def _role(header: str) -> str:
    if _CEILING.search(header):
        return "cap"
    return (
        "budget" if _BUDGET.search(header) and not re.search(r"标准|补贴额", header) else "standard"
    )


def _cell(
    reading: Reading, table: Table, row: tuple[str, ...], span: TextSpan, column: _Column
) -> Tag | None:
    if column.index >= len(row):
        return None
    read = _values(fold(row[column.index]), column)
    if read is None:
        return None
    low, high, per = read
    cells = cell_spans(reading.notice.text, span)
    labels = _labels(table, row, column)
    category = "·".join([*labels, *([column.category] if column.category else [])]) or None
    start = min(
        [cells[i].start for i in range(len(row)) if row[i] in labels] + [cells[column.index].start]
    )
    if column.percent:
        fact = Amount(column.item, "share", percent_min=low, percent_max=high, category=category)
    else:
        least = None if column.role == "cap" else low
        fact = Amount(
            column.item,
            column.role,
            min=least,
            max=high,
            currency="CNY",
            per=per,
            category=category,
        )
    return Tag(table.clause, TextSpan(start, cells[column.index].end), fact)


def _values(cell: str, column: _Column) -> tuple[Decimal, Decimal, tuple[str, ...]] | None:
    """Both ends of a cell and its basis: 1000, 1000-1500, 1000元/人."""
    if "元" in cell:
        money = [q for q in quantities(cell) if q.kind == "money"]
        if len(money) != 1:
            return None
        low, high = money[0].min, money[0].max
        value = low if low is not None else high
        top = high if high is not None else low
        after = bases_after(cell, money[0].core.end)[0] or bases_before(cell) or column.per
        return (value, top, after) if value is not None and top is not None else None
    range_ = _RANGE.fullmatch(cell)
    bare = cell.rstrip("%")
    low, high = (
        (to_decimal(range_[1]), to_decimal(range_[2])) if range_ else (to_decimal(bare),) * 2
    )
    if low is None or high is None or not (range_ or _NUMBER.fullmatch(bare)):
        return None
    return low * column.scale, high * column.scale, column.per


def _labels(table: Table, row: tuple[str, ...], column: _Column) -> list[str]:
    """The words of a row that name it: its cells that are no numbers, before the amount."""
    return [
        cell
        for i, cell in enumerate(row[: column.index])
        if cell
        and not re.match(r"[\d.]+$", cell)
        and not (i < len(table.header) and _ORDER.search(table.header[i]))
    ][:3]
