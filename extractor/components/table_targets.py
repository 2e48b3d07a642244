"""Reads the goals of task tables: one a row and numeric column, its subject the row's
institution, 合计 too.

Which columns hold goals is told by their headers, or by the title of the table; a bare header
(任务数) takes its name from the title. Values are multiplied out: 950 under 万亩 is 9500000亩.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.models import TextSpan
from extractor.components.indicator_tables import indicator_targets
from extractor.components.table_words import TOTAL, Grid, grid_of, names_figure
from extractor.models import Tag, Target
from extractor.numerals import to_decimal
from extractor.reading import Reading
from extractor.tables import cell_spans

_SUBJECT = re.compile(
    r"单位|名称|地区|县区|区县|市州|城市|县市|机构|学校|院校|企业|部门|乡镇|街道|省份|市别|"
    r"地市|项目|类别|行政区|区域|主体|省[（(、]|^[省市县区州盟旗镇村]别?$|镇街|街镇|地[州市]"
)
_PLACE = re.compile(
    r"(?:[省市县区州盟旗镇村地]|乡镇|街道|镇街|县区|市县)(?:[（(].*[）)]|份|别|名称)?"
)
_GOAL = re.compile(r"任务|目标|指标|名额|计划|人数|数量|数(?:[（(]|$)|规模数|完成数")
_NOT_GOAL = re.compile(
    r"序号|编号|电话|联系|代码|备注|时间|金额|资金|元|标准|比例|地址|规模[（(]人|得分|分值|"
    r"身份|年龄|招生"
)
#: 关于下达2022年高标准农田建设计划的通知: what its tables count is to be done
_HANDS_DOWN = re.compile(
    r"^(?!.*(?:资金|补[助贴]|经费|预算|情况|通报)).*(?:下达|分解|分配).*(?:计划|任务|指标|目标|名额)"
)
_UNIT = re.compile(r"[（(](?:单位[：:])?(?P<u>[^（）()]{1,6})[）)]")
_SCALED = re.compile(r"(?P<scale>[十百千万亿]+)(?P<unit>[\u4e00-\u9fff]{1,4}|㎡|m2)")
_BARE = re.compile(r"任务数?|目标数?|指标数?|名额|计划数?|数量|人数|任务指标|目标任务")
#: 营造林生产（封山育林）补充计划表: what is planned by area is a task too
_PLAN = re.compile(r"计划(?:任务)?(?:分解|分配|调整|明细|汇总)?表(?:[（(][^（）()]*[）)])?$")
#: 一、哈尔滨市, （二）直属林场: the number of a row is no part of its name
_NUMBERED = re.compile(r"^(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、)\s*")
_YEAR = re.compile(r"(20\d\d)年")
_ROW_YEAR = re.compile(r"(20\d\d)年度?")
_NUMBER = re.compile(r"\d[\d,，.]*")


def table_targets(reading: Reading) -> Iterator[Tag]:
    """Every goal that a table of the notice sets."""
    for table in reading.notice.tables:
        grid = grid_of(reading.notice, table)
        if (indicators := indicator_targets(reading, grid)) is not None:
            yield from indicators
            continue
        planned = _HANDS_DOWN.search(reading.notice.elements.title or "") is not None
        columns = [i for i in range(len(table.header)) if _is_goal(grid, i, planned)]
        subjects = _subjects(grid)
        if not subjects or not columns:
            continue
        for index in range(len(grid.rows)):
            yield from _row(reading, grid, index, subjects, columns)


def _is_goal(grid: Grid, index: int, planned: bool) -> bool:
    header = grid.header(index)
    if _NOT_GOAL.search(header):
        return False
    if _GOAL.search(header):
        return True
    # 作业面积（万亩） in a table of tasks: the column says only what is counted
    counted = _UNIT.search(header) or (grid.table.unit and "元" not in grid.table.unit)
    return bool(counted and header and (planned or _of_tasks(grid)) and grid.is_figures(index))


def _of_tasks(grid: Grid) -> bool:
    return names_figure(grid.above) or any(map(_PLAN.search, grid.titles))


def _subjects(grid: Grid) -> list[int]:
    """The columns that name whose goal it is; the first of words where no header tells."""
    named = [
        i
        for i in range(len(grid.table.header))
        if _SUBJECT.search(grid.header(i)) and not _GOAL.search(grid.header(i))
    ]
    words = [i for i in range(grid.width) if grid.is_words(i)]
    return named or words[:1]


def _row(
    reading: Reading, grid: Grid, index: int, subjects: list[int], columns: list[int]
) -> Iterator[Tag]:
    row, table = grid.rows[index], grid.table
    place = _subject(grid, row, subjects)
    if place is None:
        return
    year = _ROW_YEAR.fullmatch(row[place])
    cells = cell_spans(reading.notice.text, table.row_spans[index], len(row))
    for column in columns:
        value = to_decimal(row[column]) if column < len(row) else None
        if not value or not _NUMBER.fullmatch(row[column]):
            continue
        metric, scale, unit = _metric(grid, column)
        fact = Target(
            metric=metric,
            min=value * scale,
            max=value * scale,
            unit=unit,
            period=year[1] if year else _period(grid, column),
            subject=None if year else _NUMBERED.sub("", row[place]),
        )
        quote = TextSpan(cells[min(place, column)].start, cells[max(place, column)].end)
        yield Tag(table.clause, quote, fact)


def _subject(grid: Grid, row: tuple[str, ...], subjects: list[int]) -> int | None:
    """Where a row names its institution: the 县 within the 市 where both have columns."""
    total = next((i for i, cell in enumerate(row[:3]) if TOTAL.fullmatch(cell)), None)
    if total is not None:
        return total
    filled = [i for i in subjects if i < len(row) and row[i]]
    if not filled:
        return None
    places = all(_PLACE.fullmatch(grid.header(i)) for i in filled)
    return filled[-1] if places else filled[0]


def _metric(grid: Grid, column: int) -> tuple[str, Decimal, str]:
    """What is counted, by how many at a time, and in what: 作业面积, 10000, 亩."""
    header = grid.header(column)
    unit = _UNIT.search(header)
    name = _UNIT.sub("", header).strip() or header
    title = _title(grid)
    if _BARE.fullmatch(name):
        name = _merged(re.sub(r"(?:分解|一览|汇总|情况|计划|安排)*表?$", "", title), name)
    if unit:
        return name, *_scaled(unit["u"])
    said = re.search(r"单位[：:]\s*([\u4e00-\u9fff]{1,3})", title)
    if grid.table.unit and "元" not in grid.table.unit:
        return name, *_scaled(grid.table.unit)
    common = "人" if re.search(r"培训|人|学员|名额", name) else "个"
    return name, *_scaled(said[1] if said else common)


def _title(grid: Grid) -> str:
    """The nearest title that speaks of tasks: 高级工证书取证任务, not the 高等职业院校 below it."""
    tasks = (title for title in grid.titles if re.search(r"任务|目标|指标|名额", title))
    return next(tasks, grid.titles[-1] if grid.titles else "")


def _scaled(unit: str) -> tuple[Decimal, str]:
    match = _SCALED.fullmatch(unit)
    scale = to_decimal(f"1{match['scale']}") if match else None
    return (scale, match["unit"]) if match and scale else (Decimal(1), unit)


def _merged(heading: str, name: str) -> str:
    """高级工证书取证任务 + 任务数 → 高级工证书取证任务数."""
    for size in range(len(name), 0, -1):
        if heading.endswith(name[:size]):
            return heading + name[size:]
    return heading + name


def _period(grid: Grid, column: int) -> str | None:
    """The year of the column, else of the table."""
    places = (grid.header(column), *grid.titles)
    return next((match[1] for place in places if (match := _YEAR.search(place))), None)
