from __future__ import annotations

from kb.by_notice import by_notice
from kb.evaluate import Sample

GOLD = (
    {"kind": "group", "clause": "一", "name": "企业"},
    {"kind": "group", "clause": "一", "name": "农民工"},
)
RECORD = {"rules": [{"kind": "group", "clause": "一", "name": "企业"}]}


def cells(table: str, row: int) -> list[str]:
    return [cell.strip() for cell in table.splitlines()[row].strip("|").split("|")]


def test_each_notice_has_a_row_and_what_was_not_read_no_figure():
    table = by_notice([Sample("a", GOLD, RECORD), Sample("b", GOLD, {})], {})
    named = dict(zip(cells(table, 0), cells(table, 2), strict=True))
    assert named["notice"] == "a"
    assert named["group"] == "0.67"
    assert named["amount"] == "–"
    assert cells(table, 3)[0] == "b"


def test_the_first_run_stands_before_todays_figure_where_they_differ():
    first = {"a": {"group": 0.5, "clause": 1.0}, "b": {"group": 0.6667}}
    table = by_notice([Sample("a", GOLD, RECORD), Sample("b", GOLD, RECORD)], first)
    at = cells(table, 0).index("group")
    assert cells(table, 2)[at] == "0.50 → 0.67"
    assert cells(table, 3)[at] == "0.67"
