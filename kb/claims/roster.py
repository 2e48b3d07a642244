"""Reads a list of people, CSV or XLSX, a line a person, to be answered line by line.

Columns are known by Chinese or English heads; those that nothing here asks for are named and
left aside, and what a cell says that cannot be is told with its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from corpus.errors import DocumentError, UsageError
from corpus.readers import sheets
from kb.claims.applicability import Amounts, Answers
from kb.claims.inputs import Inputs
from kb.claims.profile import Profile, profile_of
from kb.quantity_words import number

#: heads of columns -> key of a profile
COLUMNS: dict[str, str] = {
    **dict.fromkeys(("姓名", "name"), "name"),
    **dict.fromkeys(("对象", "人群", "人员类别", "groups"), "groups"),
    **dict.fromkeys(("培训类型", "training"), "training"),
    **dict.fromkeys(("证书等级", "等级", "certificate"), "certificate"),
    **dict.fromkeys(("年龄", "age"), "age"),
    **dict.fromkeys(("天数", "培训天数", "days"), "days"),
    **dict.fromkeys(("月数", "months"), "months"),
    **dict.fromkeys(("学时", "hours"), "hours"),
    **dict.fromkeys(("取得证书日期", "发证日期", "obtained"), "obtained"),
    **dict.fromkeys(("就业", "是否就业", "employed"), "employed"),
}
_LISTS = ("groups", "training", "certificate")
_WHOLE = ("age",)
_YES = {"是", "已就业", "就业", "1", "true", "yes", "y"}
_NO = {"否", "未就业", "0", "false", "no", "n", "无"}


@dataclass(frozen=True, slots=True)
class Line:
    """One person: the line of the file, the name if there is one, the profile and its numbers."""

    number: int
    name: str | None
    profile: Profile
    inputs: Inputs


@dataclass(frozen=True, slots=True)
class Roster:
    """All people of a file; ``ignored`` are the heads that say nothing here."""

    lines: tuple[Line, ...]
    ignored: tuple[str, ...]


def answers(amounts: Amounts, roster: Roster, on: date) -> tuple[tuple[Line, Answers], ...]:
    """What is to be had for each line on the day ``on``."""
    return tuple((line, amounts.answers(line.profile, on, line.inputs)) for line in roster.lines)


def read_roster(data: bytes, *, shown: str, profile: Profile) -> Roster:
    """The people in the file named ``shown``; what a line leaves out is as in ``profile``."""
    try:
        table = sheets.rows(data, shown=shown)
    except DocumentError as error:
        raise UsageError(error.what, where=error.where, remedy=error.remedy) from None
    rows = [(n, row) for n, row in table if any(cell not in (None, "") for cell in row)]
    if not rows:
        raise UsageError("the roster is empty", where=shown, remedy=_HEADS)
    heads = [str(cell or "").strip() for cell in rows[0][1]]
    keys = [COLUMNS.get(head.lower()) for head in heads]
    if not any(keys):
        what = f"no head of a column is known ({'、'.join(h for h in heads if h)[:80]})"
        raise UsageError(what, where=f"{shown}:{rows[0][0]}", remedy=_HEADS)
    said = [(n, _values(row, keys, heads, f"{shown}:{n}")) for n, row in rows[1:]]
    rate = _rate(values for _, values in said)
    lines = tuple(_line(n, values, profile, rate, f"{shown}:{n}") for n, values in said)
    return Roster(lines, tuple(h for h, key in zip(heads, keys, strict=True) if h and not key))


_HEADS = f"Heads are {'、'.join(dict.fromkeys(h for h in COLUMNS if not h.isascii()))}."


def _values(
    row: Iterable[Any], keys: list[str | None], heads: list[str], where: str
) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for key, head, cell in zip(keys, heads, row, strict=False):
        if key and cell not in (None, ""):
            said[key] = _cell(key, head, cell, where)
    return said


def _cell(key: str, head: str, cell: Any, where: str) -> Any:
    if isinstance(cell, datetime):
        return cell.date()
    text = str(cell).strip()
    if key == "employed":
        return _yes(text, head, where)
    if key in _LISTS:
        return [part for part in re.split(r"[、,，;；/]", text) if part]
    if key in _WHOLE and re.fullmatch(r"\d+\.0", text):
        return text.removesuffix(".0")
    if key == "obtained":
        return re.sub(r"[年月/.](\d)(?!\d)", r"-0\1", text).replace("日", "").replace("/", "-")
    return text


def _yes(text: str, head: str, where: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    what = f'{head} is "{text}", which is neither 是 nor 否'
    raise UsageError(what, where=where, remedy="Write 是 or 否.")


def _rate(said: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """The employment rate of the whole roster, where every line tells."""
    told = [values.get("employed") for values in said]
    if not told or None in told:
        return None
    return Decimal(sum(map(bool, told))) / len(told)


def _line(
    at: int, values: dict[str, Any], profile: Profile, rate: Decimal | None, where: str
) -> Line:
    employed = values.pop("employed", None)
    own = profile.model_dump(exclude_defaults=True)
    for key in ("people", "certificates", "employed", "employment_rate"):
        own.pop(key, None)
    try:
        line = profile_of({**own, **values, "people": 1})
    except UsageError as error:
        raise UsageError(error.what, where=where, remedy=error.remedy) from None
    given = {**line.inputs.given}
    if line.certificate:
        given["certificates"] = Decimal(len(line.certificate))
    if rate is None:
        rate = profile.employment_rate
    if rate is not None:
        given["employment_rate"] = rate
        line = line.model_copy(update={"employment_rate": rate})
    if employed is not None:
        given["employed"] = Decimal(employed)
        line = line.model_copy(update={"employed": Decimal(employed)})
    return Line(at, line.name, line, Inputs(given))


def sums(answered: Iterable[tuple[Line, Answers]]) -> dict[str, tuple[int, Decimal]]:
    """Per rule how many lines are 符合, and what they come to together where that is exact."""
    found: dict[str, tuple[int, Decimal]] = {}
    for _, told in answered:
        for offer in told.offers:
            if offer.answer == "符合" and offer.sum and offer.sum.total is not None:
                many, total = found.get(offer.rule.id, (0, Decimal(0)))
                found[offer.rule.id] = (many + 1, total + offer.sum.total)
    return found


def said_sum(many: int, total: Decimal) -> str:
    """3 行符合，合计 2400 元."""
    return f"{many} 行符合，合计 {number(total)} 元"
