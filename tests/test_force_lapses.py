"""What holds when that which superseded a rule has ended itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.force.status import status
from kb.force.timeline import Step, timeline, timelines
from site_builder.terminal.force import timeline_lines
from tests.force_measures import TRAINING, notice
from tests.force_samples import NEW, OLD, OLD_ID, graph, on

STANDING = notice(TRAINING.format(300), 2019)
RAISED = notice(
    TRAINING.format(500) + "\n二、本通知自2020年6月1日起施行，有效期至2020年12月31日。", 2020
)
LATER = notice(TRAINING.format(400), 2022)
OTHER = notice("一、对创业培训给予每人900元培训补贴。", 2022, serial=8)
REPEAL = "\n二、《山西省人民政府关于做好职业技能提升工作的通知》（晋政发〔2020〕3号）同时废止。"


def rule_of(known, document: str) -> str:
    return known.base.by_id[document].rules[0].id


def states(known, document, *days):
    return [on(known, rule_of(known, document), day).state for day in days]


FIRST = "140000-jinzhengfa-2019-3"


def test_after_a_temporary_raise_nobody_knows() -> None:
    known = graph(STANDING, RAISED)
    days = ("2020-05-31", "2020-06-01", "2020-12-31", "2021-01-01", "2030-01-01")
    assert states(known, FIRST, *days) == [
        *("unknown", "presumed_superseded", "presumed_superseded", "unknown", "unknown")
    ]


def test_it_is_told_what_ended_and_what_speaks_for_and_against() -> None:
    known = graph(STANDING, RAISED)
    found = on(known, rule_of(known, FIRST), "2021-01-01")
    quotes = [r.evidence.quote for r in found.reasons if r.evidence]
    assert any("有效期至2020年12月31日" in quote for quote in quotes)
    assert any("废止" in reason.text for reason in found.pro)
    assert any("替代" in reason.text and reason.evidence for reason in found.contra)
    assert [r.type for r in found.relations] == ["supersedes"]


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ((), "unknown"),
        ((OTHER,), "unknown"),
        ((LATER,), "presumed_superseded"),
        # of a county and of another province nothing follows for the province
        ((notice(TRAINING.format(400), 2022, of="文水县"),), "unknown"),
        ((notice(TRAINING.format(400), 2022, of="陕西省"),), "unknown"),
    ],
)
def test_what_sets_the_measure_after_it_decides(more, state) -> None:
    known = graph(STANDING, RAISED, *more)
    assert states(known, FIRST, "2021-06-01", "2023-01-01") == ["unknown", state]


@pytest.mark.parametrize(("value", "state"), [("400", "presumed_superseded"), (None, "unknown")])
def test_what_is_repealed_by_a_rule_of_the_measure_has_a_heir(value, state) -> None:
    lasting = notice(TRAINING.format(500), 2020)
    body = TRAINING.format(value) if value else "一、调整有关文件。"
    known = graph(STANDING, lasting, notice(body + REPEAL, 2022))
    assert states(known, FIRST, "2021-01-01", "2023-01-01") == ["presumed_superseded", state]


def test_what_is_repealed_does_not_come_back() -> None:
    ending = NEW.replace("自2022年7月1日起施行。", "自2022年7月1日起施行，有效期两年。")
    known = graph(OLD, ending)
    found = on(known, OLD_ID, "2024-07-01")
    assert found.state == "repealed"
    (reason,) = [r for r in found.reasons if "不因此自行恢复" in r.text]
    assert reason.evidence and "有效期两年" in reason.evidence.quote
    assert not [r for r in on(known, OLD_ID, "2024-06-30").reasons if "恢复" in r.text]


def test_of_the_days_before_a_late_prolongation_nobody_says() -> None:
    late = notice("一、将晋政发〔2020〕3号有效期延长至2022年12月31日。", 2021)
    document, known = "140000-jinzhengfa-2020-3", graph(RAISED, late)
    days = ("2020-12-31", "2021-01-01", "2021-04-30", "2021-05-01", "2022-12-31", "2023-01-01")
    assert [on(known, document, day).state for day in days] == [
        *("in_force", "unknown", "unknown", "in_force", "in_force", "expired")
    ]
    told = on(known, document, "2021-02-01").reasons
    assert any("延长" in reason.text for reason in told)


def test_a_later_value_goes_past_one_that_had_ended_or_only_repeated() -> None:
    repeated = notice(TRAINING.format(300), 2020)
    assert states(graph(STANDING, repeated, LATER), FIRST, "2023-01-01") == ["presumed_superseded"]
    same = RAISED.replace("500元", "300元")
    assert states(graph(STANDING, same, LATER), FIRST, "2023-01-01") == ["presumed_superseded"]


def test_a_timeline_tells_the_open_days() -> None:
    known = graph(STANDING, RAISED, LATER)
    (found,) = timelines(known, "企业职工培训补贴")
    assert found.steps[0].open == ((date(2021, 1, 1), date(2022, 4, 30)),)
    told = "\n".join(timeline_lines(found, known))
    assert "2021-01-01至2022-04-30  替代它的规定也已终止，是否恢复执行无法判断" in told


OVER = ("expired", "repealed", "superseded")
ENDS = st.sampled_from(
    [
        "",
        "\n二、本通知自{year}年7月1日起施行。",
        "\n二、本通知自{year}年6月1日起施行，有效期至{year}年12月31日。",
        "\n二、本通知自{year}年7月1日起施行，有效期两年。",
        "\n二、《山西省人民政府关于做好职业技能提升工作的通知》（晋政发〔{before}〕3号）同时废止。",
        "\n二、《山西省人民政府关于做好职业技能提升工作的通知》（晋政发〔{before}〕3号）第一条同时废止。",
        "\n二、将晋政发〔{before}〕3号有效期延长至{after}年12月31日。",
    ]
)
TITLES = st.sampled_from(["做好职业技能提升工作", "印发2021年职业技能培训工作要点"])
PLACES = st.sampled_from(["山西省"] * 4 + ["国务院", "文水县"])


def made(year: int, value: int, ends: str, title: str, place: str) -> str:
    said = ends.format(year=year, before=year - 1, after=year + 1)
    return notice(TRAINING.format(value) + said, year, of=place, title=title)


def series(parts) -> tuple[str, ...]:
    return tuple(made(2018 + n, *part) for n, part in enumerate(parts))


SERIES = st.lists(
    st.tuples(st.sampled_from([300, 400]), ENDS, TITLES, PLACES), min_size=2, max_size=5
).map(series)
DAYS = st.dates(date(2018, 1, 1), date(2026, 1, 1))


def is_open(step: Step, day: date) -> bool:
    return any(first <= day <= (last or date.max) for first, last in step.open)


def agrees(step: Step, state: str, day: date) -> bool:
    """Whether a line of a timeline and a status say the same of a day."""
    if step.start and day < step.start.first:
        return state == "not_yet"
    if step.end and step.end.last < day:
        return state in OVER
    if step.end_presumed and step.end_presumed.last <= day:
        open_states = ("unknown", "presumed_expired")
        return state in (open_states if is_open(step, day) else PRESUMED)
    return state in ("in_force", "unknown")


PRESUMED = ("presumed_superseded", "presumed_expired")


@given(SERIES, st.lists(DAYS, min_size=1, max_size=6))
@settings(max_examples=120, deadline=None)
def test_timeline_and_status_agree_on_every_day(texts, days) -> None:
    known = graph(*texts)
    for measure in known.measures.all:
        for entry, step in zip(measure.entries, timeline(known, measure).steps, strict=True):
            turns = [d + timedelta(n) for d in edges(step) for n in (-1, 0, 1)]
            for day in (*days, *turns):
                state = status(known, entry.end_of, day).state
                assert agrees(step, state, day), (step, state, day)


def edges(step: Step) -> list[date]:
    """The days on which the line of a timeline turns."""
    known = [d for i in (step.start, step.end, step.end_presumed) if i for d in (i.first, i.last)]
    return known + [day for span in step.open for day in span if day]
