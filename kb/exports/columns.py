"""Columns and tables as values, and how a model of the record is spread over columns.

What has parts is spread (``cap_max``), lists of texts are JSON, a list of parts is a table apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel

Kind = Literal["TEXT", "INTEGER", "NUMERIC"]
Cell = str | int | Decimal | None
_KINDS: dict[Any, Kind] = {int: "INTEGER", bool: "INTEGER", Decimal: "NUMERIC"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``to`` is the table whose id it holds."""

    name: str
    kind: Kind = "TEXT"
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns; the first ``key`` columns tell a row from all others."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: int = 1


def columns_of(model: type[BaseModel], without: Iterable[str] = ()) -> Iterator[Column]:
    """The columns of a model; of a part of it ``cap_max``."""
    for name, alias, kind, part in _fields(model, without):
        if part is None:
            yield Column(alias, kind)
        else:
            yield from (Column(f"{name}_{inner.name}", inner.kind) for inner in columns_of(part))


def cells_of(
    value: BaseModel | None, model: type[BaseModel], without: Iterable[str] = ()
) -> Iterator[Cell]:
    """The cells of a value under ``columns_of`` its model."""
    for name, _, _, part in _fields(model, without):
        held = getattr(value, name) if value is not None else None
        if part is None:
            yield _cell(held)
        else:
            yield from cells_of(held, part)


def _fields(
    model: type[BaseModel], without: Iterable[str]
) -> Iterator[tuple[str, str, Kind, type[BaseModel] | None]]:
    """Name, alias and type of each field, and the model of one that has parts.

    A list of such has a table of its own.
    """
    hints = get_type_hints(model)
    for name, field in model.model_fields.items():
        hint = next((a for a in get_args(hints[name]) if a is not NoneType), hints[name])
        if get_origin(hints[name]) is Literal:
            hint = str
        inner = get_args(hint)[:1] if get_origin(hint) is tuple else ()
        if name in without or (inner and _is_model(inner[0])):
            continue
        yield name, field.alias or name, _KINDS.get(hint, "TEXT"), hint if _is_model(hint) else None


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return int(value)
    return as_list(value) if isinstance(value, tuple) else value


def as_list(values: Iterable[str] | None) -> str | None:
    """Texts as a JSON list; None where there are none."""
    return json.dumps(list(values), ensure_ascii=False) if values else None
