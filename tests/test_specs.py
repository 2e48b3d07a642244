"""Every row of specs/ is read as it says; a known gap that closes fails until it is unmarked."""

from typing import Any

import pytest
from spec_rows import KEYS, KINDS, SPECS, Fact, Row, misplaced, missing, read, rows

ROWS = rows()
#: rows that a folder holds at the least
FEWEST = {"quantities": 250}


def _parameter(row: Row) -> Any:
    why = row.value.get("unsupported")
    marks = [pytest.mark.xfail(reason=why, strict=True, raises=AssertionError)] if why else []
    return pytest.param(row, id=row.name, marks=marks)


@pytest.mark.parametrize("row", [_parameter(row) for row in ROWS])
def test_row(row):
    found, misplaced = read(row)
    assert not misplaced, "\n".join(misplaced)
    unmet, extra = missing(row.wanted, found)
    assert not unmet, _report(row, "not read", unmet, found)
    assert not (row.exact and extra), _report(row, "read though it is not there", extra, found)


def _report(row: Row, what: str, facts: list[Fact], found: list[Fact]) -> str:
    wrong = "\n".join(f"    {_shown(fact)}" for fact in facts)
    instead = "\n".join(f"    {_shown(fact)}" for fact in found) or "    nothing"
    return f"specs/{row.name}: {row.value['input']}\n  {what}:\n{wrong}\n  read:\n{instead}"


def _shown(fact: Fact) -> str:
    return ", ".join(
        f"{k}: {v}" for k, v in fact.items() if k not in ("clause", "span", "currency")
    )


def test_every_row_says_only_what_is_understood():
    for row in ROWS:
        assert row.folder in KINDS, row.name
        assert row.value.keys() <= KEYS, row.name
        assert row.value.keys() >= {"input", "results"}, row.name
        assert all(isinstance(fact, dict) for fact in row.wanted), row.name


def test_no_row_stands_twice():
    seen: dict[tuple[str, str], str] = {}
    for row in ROWS:
        key = (
            row.folder,
            str({k: v for k, v in row.value.items() if k not in ("results", "exactly")}),
        )
        assert key not in seen, f"{row.name} repeats {seen[key]}"
        seen[key] = row.name


@pytest.mark.parametrize("folder", KINDS)
def test_every_tagger_has_its_rows(folder):
    assert (SPECS / folder).is_dir()
    supported = [r for r in ROWS if r.folder == folder and "unsupported" not in r.value]
    assert len(supported) >= FEWEST.get(folder, 12)


# the runner itself


@pytest.mark.parametrize(
    ("wanted", "found", "agrees"),
    [
        ({"max": 1000}, {"max": 1000, "min": 5}, True),
        ({"max": 1000}, {"max": 1000.5}, False),
        ({"min": None}, {"max": 1000}, True),
        ({"min": None}, {"min": 1}, False),
        ({"exclusive": False}, {}, True),
        ({"exclusive": False}, {"exclusive": True}, False),
        ({"per": ["person"]}, {"per": ["person", "day"]}, False),
        ({"cap": {"max": 5}}, {"cap": {"max": 5, "per": ["person"]}}, True),
        ({"cap": {"max": 5}}, {"cap": {"max": 6}}, False),
        ({"tiers": [{"rate": 1}, {"rate": 2}]}, {"tiers": [{"rate": 1}]}, False),
        ({"item": "培训补贴"}, {"item": "职业培训补贴"}, True),
        ({"item": "培训补贴"}, {"item": "购房奖励"}, False),
        ({"item": "培训补贴"}, {}, False),
        ({"name": "省人社厅"}, {"name": "省人社"}, False),
    ],
)
def test_a_row_meets_what_it_says(wanted, found, agrees):
    unmet, _ = missing([wanted], [found])
    assert (not unmet) is agrees


def test_one_fact_meets_one_row():
    unmet, extra = missing([{"max": 1}, {"max": 1}], [{"max": 1}, {"max": 2}])
    assert (unmet, extra) == ([{"max": 1}], [{"max": 2}])


def test_a_quote_elsewhere_is_seen():
    assert misplaced({"quote": "补贴", "span": [0, 2]}, "补贴") is None
    assert misplaced({"text": "补贴", "span": [0, 2]}, "发放补贴")
    assert misplaced({"text": "", "span": [1, 1]}, "发放补贴")
