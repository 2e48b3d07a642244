"""Reads the goals of task tables: one a row and numeric column, its subject the row's
institution, 合计 too.

Which columns hold goals is told by their headers; a bare header (任务数) takes its name from the
heading of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.models import TextSpan
from extractor.models import Table, Tag, Target
from extractor.numerals import to_decimal
from extractor.reading import Reading

_SUBJECT = re.compile(
    r"单位|名称|地区|县区|区县|市州|城市|县市|机构|学校|院校|企业|部门|乡镇|街道|省份|市别|"
    r"地市|项目|类别|行政区|区域|主体"
)
_GOAL = re.compile(r"任务|目标|指标|名额|计划|人数|数量|数(?:[（(]|$)|规模数|完成数")
_NOT_GOAL = re.compile(
    r"序号|编号|电话|联系|代码|备注|时间|金额|资金|元|标准|比例|地址|规模[（(]人|得分|分值|"
    r"身份|年龄|招生"
)
_UNIT = re.compile(r"[（(](?:单位[：:])?(?P<u>[^（）()]{1,6})[）)]")
_YEAR = re.compile(r"(20\d\d)年")
_NUMBER = re.compile(r"\d[\d,，.]*")


def table_targets(reading: Reading) -> Iterator[Tag]:
    """Every goal that a table of the notice sets."""
    for table in reading.notice.tables:
        columns = _columns(table)
        subject = _subject_column(table)
        if subject is None or not columns:
            continue
        for row, span in zip(table.rows, table.row_spans, strict=True):
            yield from _row(reading, table, row, span, subject, columns)


def _columns(table: Table) -> list[int]:
    return [i for i, h in enumerate(table.header) if _GOAL.search(h) and not _NOT_GOAL.search(h)]


def _subject_column(table: Table) -> int | None:
    return next(
        (i for i, h in enumerate(table.header) if _SUBJECT.search(h) and not _GOAL.search(h)), None
    )


def _row(
    reading: Reading,
    table: Table,
    row: tuple[str, ...],
    span: TextSpan,
    subject: int,
    columns: list[int],
) -> Iterator[Tag]:
    if subject >= len(row) or not row[subject]:
        return
    cells = cell_spans(reading.notice.text, span)
    for column in columns:
        if column >= len(row) or not _NUMBER.fullmatch(row[column]):
            continue
        value = to_decimal(row[column])
        if value is None:
            continue
        metric, unit = _metric(reading, table, column)
        fact = Target(
            metric=metric,
            min=value,
            max=value,
            unit=unit,
            period=_period(reading, table),
            subject=row[subject],
        )
        quote = TextSpan(cells[min(subject, column)].start, cells[max(subject, column)].end)
        yield Tag(table.clause, quote, fact)


def cell_spans(text: str, row: TextSpan) -> list[TextSpan]:
    """Where the cells of a row stand."""
    spans, at = [], row.start
    for cell in row.of(text).split("\t"):
        lead = len(cell) - len(cell.lstrip())
        spans.append(TextSpan(at + lead, at + max(lead, len(cell.rstrip()))))
        at += len(cell) + 1
    return spans


def _metric(reading: Reading, table: Table, column: int) -> tuple[str, str]:
    header = table.header[column]
    unit = _UNIT.search(header)
    name = _UNIT.sub("", header).strip()
    heading = heading_of(reading, table)
    if re.fullmatch(r"任务数?|目标数?|指标数?|名额|计划数?|数量|人数|任务指标|目标任务", name):
        name = _merged(re.sub(r"(?:分解|一览|汇总|情况|计划|安排)*表?$", "", heading), name)
    if unit:
        return name, unit["u"]
    said = re.search(r"单位[：:]\s*([\u4e00-\u9fff]{1,3})", heading)
    return name, said[1] if said else "人" if re.search(r"培训|人|学员|名额", name) else "个"


def _merged(heading: str, name: str) -> str:
    """高级工证书取证任务 + 任务数 → 高级工证书取证任务数."""
    for size in range(len(name), 0, -1):
        if heading.endswith(name[:size]):
            return heading + name[size:]
    return heading + name


def heading_of(reading: Reading, table: Table) -> str:
    """The heading of the clause that a table stands in, else its caption."""
    clause = next((c for c in reading.notice.clauses if c.path == table.clause), None)
    return clause.heading if clause else table.caption or ""


def _period(reading: Reading, table: Table) -> str | None:
    match = _YEAR.search(heading_of(reading, table)) or _YEAR.search(table.caption or "")
    return match[1] if match else None
