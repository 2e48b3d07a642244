from __future__ import annotations

import pytest

from kb.models import KnowledgeBase
from kb.search.engine import Query
from kb.search.hints import unmet
from tests.search_samples import RECORDS


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return KnowledgeBase.of(RECORDS)


def test_filters_that_something_meets_are_not_spoken_of(base):
    record = base.records[0]
    name = next(rule.name for _, rule in base.rules("department"))
    met = Query(department=name, document=record.document.id, year=record.document.issued_year)
    assert list(unmet(base, met)) == []


def test_a_name_nobody_has_is_told_with_what_is_near(base):
    name = next(rule.name for _, rule in base.rules("department"))
    (line,) = unmet(base, Query(department=name + "x"))
    assert name + "x" in line
    assert f"near it: {name}" in line


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (Query(region="99"), "of region 99"),
        (Query(year=1949), "of the year 1949; there are"),
    ],
)
def test_each_filter_has_its_line(base, query, told):
    (line,) = unmet(base, query)
    assert told in line
