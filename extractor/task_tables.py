"""Knows task tables (任务分解表): which column says what is to be done, by whom and by when.

A table is one of tasks where a column of its header names a role (牵头单位, 责任单位, 配合单位).
"""

from __future__ import annotations

import re

from extractor.models import Table

#: 责任单位, 牵头责任单位, 协同配合单位: what labels a list, and heads a column
ROLE_NAME = (
    r"(?:主要|协同|共同|具体)?(?:牵头|责任|主办|主管|主责|负责|配合|协办|参与|参加|协同|承办|落实)"
    r"(?:责任|配合|落实)?(?:单位|部门)"
)
_BODIES = re.compile(rf"{ROLE_NAME}(?:[（(](?:单位|部门)[）)])?")
_DUE = re.compile(
    r"(?:计划|预计|要求)?(?:完成|办理|整改|落实|推进)?(?:时限|期限|时间节点|时间要求|时限要求)|"
    r"(?:计划|预计|要求)?(?:完成|办结|整改)(?:时间|日期)"
)
_TASK = re.compile(r"任务|内容|措施|事项|目标|举措|要求$")
_NO_TASK = re.compile(r"序号|编号|备注|领导|责任人|联系|电话|[单科处]位|部门")


def role_columns(table: Table) -> dict[int, str]:
    """The columns that name who is responsible, with their headers."""
    return {i: name for i, name in enumerate(_names(table)) if _BODIES.fullmatch(name)}


def due_column(table: Table) -> int | None:
    """The column that says by when."""
    return next((i for i, name in enumerate(_names(table)) if _DUE.fullmatch(name)), None)


def task_columns(table: Table) -> list[int]:
    """The columns that say what is to be done: by their headers, else the wordiest (民生实事) of a
    table of tasks.
    """
    names = _names(table)
    named = [i for i, name in enumerate(names) if _TASK.search(name)]
    if named or not role_columns(table):
        return named
    free = [
        i for i, name in enumerate(names) if not _NO_TASK.search(name) and i != due_column(table)
    ]
    return [max(free, key=lambda i: _words(table, i))] if free else []


def _words(table: Table, column: int) -> int:
    return sum(len(row[column]) for row in table.rows if column < len(row))


def _names(table: Table) -> list[str]:
    return [re.sub(r"\s+", "", name) for name in table.header]
