"""What has a date, in the order of time; what recurs, and when."""

from __future__ import annotations

from datetime import date

import force_samples as samples
import pytest

from kb.force.days import Interval, read
from kb.force.events import after, before, due, events
from kb.force.graph import Graph
from kb.force.recurrences import Recurrence, occurrences, recurrences
from kb.schema import DeadlineRule

#: deadlines of every precision, a period, and one that recurs
DATED = """山西省人民政府办公厅文件
晋政办发〔2023〕4号
山西省人民政府办公厅关于做好技能培训工作的通知
各市人民政府：
一、2023年9月底前完成培训任务。
二、到2025年，基本完成培训档案移交任务。
三、2023年10月20日至11月30日开展督查。
四、各培训机构每月12日、26日向省财政厅报送进展情况。
五、各市每季度报送资金使用情况。
六、自2023年7月1日起，全省不再受理纸质申请。
本通知自2023年6月1日起施行，有效期2年。
山西省人民政府办公厅
2023年5月10日
"""


def told(graph: Graph) -> list[tuple[str, str]]:
    return [(str(event.when), event.name) for event in events(graph)]


def test_all_that_is_dated_stands_in_the_order_of_time() -> None:
    assert told(samples.graph(DATED)) == [
        ("2023-05-10", "发文"),
        ("2023-06-01", "施行"),
        ("2023-07-01", "起始"),
        ("2023-09-30", "期限"),
        ("2023-11-30", "期限"),
        ("2025", "期限"),
        ("2025-05-31", "到期"),
    ]


def test_what_one_document_does_to_another_happens_on_its_day_with_its_words() -> None:
    (repeal,) = [e for e in events(samples.graph(samples.OLD, samples.NEW)) if e.relation]
    assert (str(repeal.when), repeal.name, repeal.presumed) == ("2022-07-01", "废止", False)
    assert (repeal.subject.document, repeal.document) == (samples.OLD_ID, samples.NEW_ID)
    assert repeal.evidence is not None
    assert "晋政办发〔2020〕5号" in repeal.evidence.quote


def test_presumptions_are_called_so() -> None:
    found = [e for e in events(samples.bundled()) if e.presumed]
    assert {e.name for e in found} == {"推定替代", "推定到期"}
    planned = next(e for e in found if e.document == "140000-jinzhengbanfa-2019-68")
    assert str(planned.when) == "2021"


def test_every_quote_of_an_event_stands_in_its_document() -> None:
    graph = samples.bundled()
    for event in events(graph):
        if event.evidence and event.evidence.span:
            text = graph.base.by_id[event.evidence.document].text
            assert text[slice(*event.evidence.span)] == event.evidence.quote


def test_a_rejected_deadline_is_no_event() -> None:
    record = samples.record(DATED)
    rules = tuple(
        rule.model_copy(update={"review": rule.review.model_copy(update={"status": "rejected"})})
        for rule in record.rules
    )
    graph = samples.graph_of([record.model_copy(update={"rules": rules})])
    assert [name for _, name in told(graph)] == ["发文", "施行", "到期"]
    assert recurrences(graph) == ()


def test_what_was_and_what_comes_meet_at_the_day() -> None:
    found = events(samples.graph(DATED))
    day = date(2023, 9, 30)
    assert str(before(found, day)[0].when) == "2023-07-01"
    assert [str(e.when) for e in after(found, day)] == [
        "2023-09-30",
        "2023-11-30",
        "2025-05-31",
        "2025",
    ]


@pytest.mark.parametrize(
    ("facts", "when"),
    [
        ({"type": "date", "date": "2023-09-30"}, "2023-09-30"),
        ({"type": "date", "date": "2025-12-31", "precision": "year"}, "2025"),
        ({"type": "date", "date": "2025-03-31", "precision": "quarter"}, "2025-01-01/2025-03-31"),
        ({"type": "date", "date": "2020-01", "precision": "year"}, "2020-01-01/2020-01-31"),
        ({"type": "date", "date": "2024-02-10", "precision": "ten-days"}, "2024-02-01/2024-02-10"),
        ({"type": "date", "date": "2024-02-29", "precision": "ten-days"}, "2024-02-21/2024-02-29"),
        ({"type": "date", "date": "2023-05-31", "precision": "ten-days"}, "2023-05-21/2023-05-31"),
        ({"type": "period", "from": "2023-10-20", "to": "2023-11-30"}, "2023-11-30"),
        ({"type": "duration", "duration": "P15D"}, None),
        ({"type": "recurrence", "rrule": "FREQ=YEARLY"}, None),
    ],
)
def test_a_deadline_is_due_as_exactly_as_it_is_printed(facts: dict[str, str], when: str) -> None:
    found = due(deadline(**facts))
    assert (None if found is None else str(found)) == when


def deadline(**facts: str) -> DeadlineRule:
    place = {"id": "a#s1.deadline.0000", "clause": "一", "quote": "期限", "span": (0, 2)}
    return DeadlineRule.model_validate({**place, **facts})


@pytest.mark.parametrize(
    ("rrule", "start", "end", "window", "found"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=12,26", "2021-09-24", None, "2021-09", ["2021-09-26"]),
        (
            "FREQ=MONTHLY;BYMONTHDAY=12,26",
            "2021-09-24",
            "2021-10-15",
            "2021",
            ["2021-09-26", "2021-10-12"],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2024-01-01", None, "2024-02", []),
        ("FREQ=MONTHLY;INTERVAL=3", "2023-05-10", None, "2023-06", ["2023-04-01/2023-06-30"]),
        ("FREQ=MONTHLY", "2024-02-10", None, "2024-02", ["2024-02-01/2024-02-29"]),
        ("FREQ=YEARLY", "2019-08-22", None, "2021-03", ["2021"]),
        ("FREQ=WEEKLY", "2024-02-28", "2024-03-05", "2024", None),
        # 每五年: from when the five years count, nobody says
        ("FREQ=YEARLY;INTERVAL=5", "2019-01-24", None, "2019", []),
        ("FREQ=YEARLY", None, None, "2019", []),
        ("FREQ=YEARLY", "2022-01-01", None, "2019", []),
    ],
)
def test_what_recurs_does_so_within_its_term_and_the_window(
    rrule: str, start: str | None, end: str | None, window: str, found: list[str] | None
) -> None:
    rule = deadline(type="recurrence", rrule=rrule)
    days = [read(day).first if day else None for day in (start, end)]  # type: ignore[union-attr]  # days
    asked = read(window)
    assert asked
    got = list(occurrences(Recurrence("a", rule, *days), asked.first, asked.last))
    if found is None:
        weeks = [Interval(date(2024, 2, 26), date(2024, 3, 3))]
        assert got == [*weeks, Interval(date(2024, 3, 4), date(2024, 3, 10))]
    else:
        assert [str(interval) for interval in got] == found


def test_what_recurs_ends_with_its_document() -> None:
    monthly, quarterly = recurrences(samples.graph(DATED))
    assert (monthly.start, monthly.end) == (date(2023, 6, 1), date(2025, 5, 31))
    assert (monthly.names_days, quarterly.names_days) == (True, False)
    assert not list(occurrences(monthly, date(2025, 6, 1), date(2030, 1, 1)))
