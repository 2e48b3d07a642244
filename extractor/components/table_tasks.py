"""Reads task tables (任务分解表): who leads and who helps, from the columns 牵头单位, 责任单位,
配合单位, and by when, from 完成时限.

A table is one of tasks where a column of its header names a role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.components.organ_lists import Given, names_in, role_of_label
from extractor.models import Deadline, Quantity, Table, Tag
from extractor.names import Named
from extractor.reading import Reading, Sentence
from extractor.tables import cell_spans
from extractor.task_tables import due_column, role_columns, task_columns

_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a task table: what is to be done, by whom, and the cell that says by when."""

    words: str | None
    bodies: tuple[tuple[Sentence, Given], ...]
    due: Sentence | None


def tasks(reading: Reading) -> Iterator[Task]:
    """The tasks of every table of a notice, in order."""
    for table in reading.notice.tables:
        roles = {i: role_of_label(name) for i, name in role_columns(table).items()}
        if roles:
            told, due = next(iter(task_columns(table)), None), due_column(table)
            for index in range(len(table.rows)):
                yield _task(reading, table, index, roles, told, due)


def _task(
    reading: Reading,
    table: Table,
    index: int,
    roles: dict[int, str],
    told: int | None,
    due: int | None,
) -> Task:
    row = table.rows[index]
    cells = cell_spans(reading.notice.text, table.row_spans[index], len(row))
    bodies: list[tuple[Sentence, Given]] = []
    for column, role in roles.items():
        if column < len(row) and row[column]:
            sentence = reading.cell(table, cells[column])
            bodies += [(sentence, Given(name, role)) for name in _bodies(sentence.text)]
    return Task(
        row[told] if told is not None and told < len(row) else None,
        tuple(bodies),
        reading.cell(table, cells[due]) if due is not None and due < len(row) else None,
    )


def _bodies(words: str) -> Iterator[Named]:
    """The bodies of a cell, where blanks part them as marks do."""
    for chunk in _CHUNK.finditer(words):
        yield from names_in(words, *chunk.span())


def table_deadlines(reading: Reading) -> Iterator[Tag]:
    """When the tasks of tables are due: a day, or the last of the month or quarter named."""
    for task in tasks(reading):
        if task.due is None:
            continue
        leads = [name.name for _, (name, role) in task.bodies if role != "support"]
        for quantity in task.due.quantities:
            day = _last_day(quantity)
            if day is not None:
                fact = Deadline(
                    type="date",
                    bound="by",
                    date=day,
                    action=task.words[:60] if task.words else None,
                    actor=leads[0] if leads else None,
                    inferred_year=quantity.inferred_year,
                    precision=quantity.precision,
                )
                yield Tag(task.due.path, quantity.span, fact)


def _last_day(quantity: Quantity) -> str | None:
    if quantity.kind not in ("date", "period") or quantity.bound == "from":
        return None
    return quantity.to or quantity.date
