"""Reads tables of indicators (主要指标): a goal a row, named by the row, its value under the year
it is planned for.

Of two years without more words the first is where things stand; ≥, >, 以上 and [ ] are read as
bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.models import TextSpan
from extractor.components.table_words import Grid
from extractor.models import Tag, Target
from extractor.numerals import to_decimal
from extractor.reading import Reading
from extractor.tables import cell_spans
from extractor.widths import fold

_NAME = re.compile(r"(?:主要|核心|具体|发展)?(?:指标|目标)(?:名称|内容)?|指标项")
_YEAR = re.compile(r"(?P<y>20\d\d)年?(?:底|末)?(?P<goal>目标值?|规划值?|计划值?|指标值?)?")
#: 目标值 alone: the year is the title's, or none
_GOAL = re.compile(r"(?:规划|计划)?目标值?|指标值")
_UNIT_COLUMN = re.compile(r"(?:计量)?单位")
_NUMBERED = re.compile(
    r"^(?:[（(]?\d{1,2}[）)]|\d{1,2}[.．、]|[（(][一二三四五六七八九十]+[）)])\s*"
)
#: 参保率（%）, 培训人数（万人）, 累计数[万人]
_UNIT = re.compile(
    r"[（(\[](?P<u>[百千万亿]*(?:[%％‰]|[\u4e00-\u9fff]{1,3}(?:[/／][\u4e00-\u9fff]{1,4})?))[）)\]]"
)
_SCALED = re.compile(r"(?P<scale>[十百千万亿]+)(?P<unit>[\u4e00-\u9fff]{1,4})")
#: what stands in no bracket: ≥95, >7.5%, 95以上, [20]
_VALUE = re.compile(
    r"[\[［]?(?P<sign>[≥≧>≤≦<]|不低于|不少于|超过|大于|达到?|不高于|不超过|控制在)?\s*"
    r"(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<u>[%％])?(?P<side>以上|以下|以内|左右)?[\]］]?"
)
_LOWER = {"≥", "≧", ">", "不低于", "不少于", "超过", "大于", "达", "达到", "以上"}
_UPPER = {"≤", "≦", "<", "不高于", "不超过", "控制在", "以下", "以内"}
_EXCLUDED = {">", "<", "超过", "大于"}


def indicator_targets(reading: Reading, grid: Grid) -> Iterator[Tag] | None:
    """The goals of a table of indicators; None if ``grid`` is no such table."""
    names = [grid.header(i) for i in range(len(grid.table.header))]
    named = next((i for i, name in enumerate(names) if _NAME.fullmatch(name)), None)
    planned = None if named is None else _planned(names, named)
    if named is None or planned is None:
        return None
    unit = next((i for i, name in enumerate(names) if _UNIT_COLUMN.fullmatch(name)), None)
    return _goals(reading, grid, named, planned, unit)


def _planned(names: list[str], named: int) -> tuple[int, str | None] | None:
    """The column that holds what is planned, and its year."""
    years = [
        (i, match)
        for i, name in enumerate(names)
        if i > named and (match := _YEAR.fullmatch(re.sub(r"[（(].*[）)]$", "", name)))
    ]
    called = [(i, match) for i, match in years if match["goal"]]
    if years:
        column, match = max(called or years, key=lambda pair: pair[1]["y"])
        return column, match["y"]
    plain = [i for i, name in enumerate(names) if i > named and _GOAL.fullmatch(name)]
    return (plain[0], None) if plain else None


def _goals(
    reading: Reading, grid: Grid, named: int, planned: tuple[int, str | None], unit: int | None
) -> Iterator[Tag]:
    column, year = planned
    for index, row in enumerate(grid.rows):
        if max(named, column) >= len(row) or not row[named]:
            continue
        value = _VALUE.fullmatch(fold(row[column]).strip())
        number = to_decimal(value["n"]) if value else None
        if value is None or number is None:
            continue
        printed = _UNIT.search(row[named])
        counted = value["u"] or (printed["u"] if printed else "")
        counted = counted or (row[unit] if unit is not None and unit < len(row) else "")
        if "元" in counted or not counted:
            continue
        scale, said = _scaled(fold(counted))
        words = {value["sign"], value["side"]}
        least = None if words & _UPPER else number * scale
        most = None if words & _LOWER else number * scale
        fact = Target(
            metric=_UNIT.sub("", _NUMBERED.sub("", row[named])).strip(),
            min=least,
            max=most,
            unit=said,
            by=f"{year}-12-31" if year else None,
            exclusive=bool(words & _EXCLUDED),
        )
        cells = cell_spans(reading.notice.text, grid.table.row_spans[index], len(row))
        quote = TextSpan(cells[named].start, cells[column].end)
        yield Tag(grid.table.clause, quote, fact)


def _scaled(unit: str) -> tuple[Decimal, str]:
    match = _SCALED.fullmatch(unit)
    scale = to_decimal(f"1{match['scale']}") if match else None
    return (scale, match["unit"]) if match and scale else (Decimal(1), unit)
