"""Periods are the status of all days at once: no day is told otherwise than its period."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.force.curated import Curated
from kb.force.models import End
from kb.force.periods import on_day, periods
from kb.force.status import status
from tests.force_measures import TRAINING, notice
from tests.force_samples import NEW, OLD, OLD_ID, bundled, graph, graph_of
from tests.test_force_properties import DAYS, RECORDS, RELATIONS, subjects


def test_a_repealed_document_has_its_days_before_and_after() -> None:
    found = periods(graph(OLD, NEW), End(OLD_ID))
    assert [(p.first.isoformat(), p.state) for p in found] == [
        ("0001-01-01", "not_yet"),
        ("2020-04-01", "in_force"),
        ("2022-07-01", "repealed"),
        ("2025-04-01", "repealed"),
    ]
    assert on_day(found, date(2022, 6, 30)).state == "in_force"
    assert on_day(found, date(2022, 7, 1)).state == "repealed"


@given(RECORDS, RELATIONS, DAYS)
@settings(max_examples=150, deadline=None)
def test_every_day_has_the_state_of_its_period(records, relations, day) -> None:
    known = graph_of(records, Curated(relations=relations))
    for subject in subjects(records):
        assert on_day(periods(known, subject), day).state == status(known, subject, day).state


@given(st.integers(-2, 2))
@settings(max_examples=5, deadline=None)
def test_the_days_around_each_cut_of_the_bundled_notices(shift) -> None:
    known = bundled()
    for subject in subjects(known.base.records):
        found = periods(known, subject)
        for period in found[1:]:
            day = period.first + timedelta(days=shift)
            assert on_day(found, day).state == status(known, subject, day).state


@given(st.dates(date(2019, 1, 1), date(2024, 1, 1)))
@settings(max_examples=150, deadline=None)
def test_what_lapses_is_told_by_its_periods_too(day) -> None:
    raised = "\n二、本通知自2020年6月1日起施行，有效期至2020年12月31日。"
    known = graph(
        notice(TRAINING.format(300), 2019),
        notice(TRAINING.format(500) + raised, 2020),
        notice(TRAINING.format(400), 2022),
    )
    for subject in subjects(known.base.records):
        assert on_day(periods(known, subject), day).state == status(known, subject, day).state
