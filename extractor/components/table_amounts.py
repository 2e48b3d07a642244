"""Reads amounts out of tables: 工种 × 等级 × 标准, district × rate, one a cell.

The header gives item, unit and basis, the words of the row the category; a matrix (rows 工种,
columns 等级) takes them from the heading above it, and its columns are categories too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.models import TextSpan
from extractor.bases import bases_after, bases_before, bases_named
from extractor.components.table_words import (
    TOTAL,
    Grid,
    bare,
    grid_of,
    item_of_title,
    names_figure,
)
from extractor.items import items
from extractor.models import Amount, Tag
from extractor.quantities import quantities
from extractor.reading import Reading
from extractor.tables import cell_spans
from extractor.widths import fold

_MONEY_HEADER = re.compile(
    r"元|标准|金额|补贴|补助|奖励|资金|预算|限额|经费|津贴|保障金|单价|费用|价格|工资|低保|"
    r"特困|供养|救助"
)
_MONEY_TABLE = re.compile(r"标准|补贴|补助|奖励|价格|资金|预算|经费|限额|津贴|工资|低保|救助|供养")
#: 补助比例（%） is a share of money, 完成率（%） is none
_PERCENT_HEADER = re.compile(
    r"(?:补[贴助偿]|奖|资金|财政|负担|承担|分担|配套|返还|扣除|减征|首付|金额|费用|贴息)[^（(]*"
    r"(?:比例|率|[（(][%％])|费率|税率|利率|(?:中央|省|市|县|区)级?(?:补[贴助])?(?:比例|[（(][%％])"
)
_NO_MONEY = re.compile(
    r"序号|编号|电话|代码|备注|时间|日期|人数|任务|数量|名额|面积|年限|年份|年龄|身份|联系|户数|"
    r"标准号|账号|邮编|文号|页码|台数|头数|排名|得分|分值|规格|型号|参数|档次|批次|"
    r"年度$|^.{0,6}总?数$"
)
_UNIT = re.compile(r"(?P<scale>[万亿千百]*)元(?P<per>[^）)，、；]*)")
#: （户）, (亩): the column counts things
_COUNTED = re.compile(r"[（(](?:单位[：:])?(?![^（）()]*元)[^（）()]{1,6}[）)]$")
_BUDGET = re.compile(r"预算|资金|总额|合计|经费|下达|分配|拨付|安排")
_CEILING = re.compile(r"最高|限额|上限|不超过|封顶")
_ORDER = re.compile(r"序号|编号|备注|联系|电话|代码")
#: a header that leaves the name to the title of the table
_NAMELESS = re.compile(
    r"(?:[每月年日]|小时|人均)?(?:补贴|补助|奖励|资助|救助|发放|执行|保障|调整后)?"
    r"(?:标准|金额|资金|额度|数额|单价|限额|价格|补贴|补助|奖励)?(?:合计|小计)?"
)
_SCALE = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


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
        grid = grid_of(reading.notice, table)
        columns = [c for i in range(grid.width) if (c := _column(i, grid)) is not None]
        for index in range(len(grid.rows)):
            for column in columns:
                tag = _cell(reading, grid, index, column)
                if tag is not None:
                    yield tag


def _column(index: int, grid: Grid) -> _Column | None:
    header = fold(grid.header(index))
    counted = _COUNTED.search(header) and not _PERCENT_HEADER.search(header)
    if counted or not grid.is_figures(index):
        return None
    own = _UNIT.search(header)
    if own is None and (_NO_MONEY.search(bare(header)) or not header):
        return None
    if own is None and _PERCENT_HEADER.search(header):
        return _named(index, grid, header, None, percent=True)
    unit = own or _UNIT.search(fold(grid.unit))
    if own or (_MONEY_HEADER.search(header) and (unit or _says_money(grid, index))):
        return _named(index, grid, header, unit, percent=False)
    if unit and _MONEY_TABLE.search(grid.above) and not names_figure(grid.above):
        return _matrix(index, grid, header, unit)
    return None


def _says_money(grid: Grid, index: int) -> bool:
    return any("元" in cell for cell in grid.column(index))


def _named(
    index: int, grid: Grid, header: str, unit: re.Match[str] | None, *, percent: bool
) -> _Column:
    """A column whose header says what its figures are."""
    name = bare(header)
    whole = name if names_money(name) else None
    item = whole or item_of_title(grid.titles) or next((i.name for i in items(name)), None) or name
    per = _per(unit, header) or bases_named(item)
    said = name if whole or re.search(r"标准|补|奖|单价", name) else " ".join([name, *grid.titles])
    return _Column(index, item or None, _scale(unit), per, _role(said), percent)


def names_money(name: str) -> bool:
    """Whether a header tells this money from other money: 城市低保标准, not 补贴标准."""
    return not _NAMELESS.fullmatch(re.sub(r"^\d{4}年度?", "", name))


def _matrix(index: int, grid: Grid, header: str, unit: re.Match[str]) -> _Column:
    """A column that names a category (初级工, 中级工) under a title that names the money."""
    item = item_of_title(grid.titles)
    per = _per(unit, grid.above) or bases_named(item)
    category = None if re.search(r"合计|小计|总计", header) else bare(header).removeprefix("其中：")
    return _Column(index, item, _scale(unit), per, _role(grid.above), False, category)


def _scale(unit: re.Match[str] | None) -> int:
    scale = 1
    for character in unit["scale"] if unit else "":
        scale *= _SCALE[character]
    return scale


def _per(unit: re.Match[str] | None, header: str) -> tuple[str, ...]:
    after = bases_after(unit["per"], 0)[0] if unit else ()
    return after or bases_before(header)


def _role(header: str) -> str:
    if _CEILING.search(header):
        return "cap"
    budget = _BUDGET.search(header) and not re.search(r"标准|补贴额", header)
    return "budget" if budget else "standard"


def _cell(reading: Reading, grid: Grid, index: int, column: _Column) -> Tag | None:
    row = grid.rows[index]
    if column.index >= len(row):
        return None
    read = _values(fold(row[column.index]), column)
    if read is None:
        return None
    low, high, per = read
    cells = cell_spans(reading.notice.text, grid.table.row_spans[index], len(row))
    labels = grid.labels(index, column.index)
    total = any(TOTAL.fullmatch(label) for label in labels)
    category = _one_label([*labels, *([column.category] if column.category else [])])
    places = [c for c, cell in zip(cells, row, strict=True) if cell and bare(cell) in labels]
    start = min([p.start for p in places if p.start < cells[column.index].start], default=None)
    begin = cells[column.index].start if start is None else start
    span = TextSpan(begin, cells[column.index].end)
    if column.percent:
        fact = Amount(column.item, "share", percent_min=low, percent_max=high, category=category)
        return Tag(grid.table.clause, span, fact)
    # 合计 of a column of money is what all of them come to, whatever one of them is
    role = "budget" if total else column.role
    fact = Amount(
        column.item,
        role,
        min=None if role == "cap" else low,
        max=high if high is not None or role != "cap" else low,
        currency="CNY",
        per=() if total else per,
        category=category,
    )
    return Tag(grid.table.clause, span, fact)


def _one_label(labels: list[str]) -> str | None:
    """一级 and 因战 are 一级因战, as one says it; a dot parts labels of figures or letters."""
    label = labels[0] if labels else ""
    for other in labels[1:]:
        words = re.search(r"[\u4e00-\u9fff）]$", label) and re.match(r"[\u4e00-\u9fff（]", other)
        label += other if words else f"·{other}"
    return label or None


_Values = tuple[Decimal | None, Decimal | None, tuple[str, ...]]
_FIGURE = re.compile(
    r"(?:(?:不(?:超过|高于|低于|少于)|最高|至少|[≤≥<>])\s*)?\d[\d,]*(?:\.\d+)?"
    r"(?:\s*[-—–~～至]\s*\d[\d,]*(?:\.\d+)?)?\s*%?(?:以[内上下])?"
)


def _values(cell: str, column: _Column) -> _Values | None:
    """Both ends of a cell and its basis: 1000, 800-1200, 不超过500, 1000元/人."""
    if "元" in cell:
        return _money(cell, column)
    figure = _FIGURE.fullmatch(cell)
    if figure is None:
        return None
    sign = "%" if column.percent else "元"
    words = re.sub(r"(\d)%?(?=\D*$)", rf"\1{sign}", re.sub(r"[≤<]", "不超过", cell))
    found = [q for q in quantities(re.sub(r"[≥>]", "不低于", words)) if q.kind != "count"]
    if len(found) != 1:
        return None
    scale = 1 if column.percent else column.scale
    low, high = (None if v is None else v * scale for v in (found[0].min, found[0].max))
    return low, high, column.per


def _money(cell: str, column: _Column) -> _Values | None:
    money = [q for q in quantities(cell) if q.kind == "money"]
    if len(money) != 1:
        return None
    after = bases_after(cell, money[0].core.end)[0] or bases_before(cell) or column.per
    return money[0].min, money[0].max, after
