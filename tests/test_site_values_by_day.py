"""Which value of a measure stands on which day, row by row over the bundled notices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import pytest

from kb.force.curated import Curated, Decision, Seen
from kb.force.models import INFERRED
from kb.force.timeline import Timeline
from kb.schema import RegionRecord
from site_builder.holdings import Holdings
from site_builder.timelines.day_blocks import NOTHING_NOW, NOTHING_YET, PRESUMED_OVER, day_blocks
from site_builder.timelines.values_by_day import Course, course, mark
from tests.force_samples import NEW, NEW_ID, OLD, OLD_ID, bundled, graph, graph_of

BUILT = date(2026, 11, 30)


@dataclass(frozen=True)
class Row:
    """A measure on a day: the values that stand with their claims, in order."""

    measure: str
    day: str
    stands: tuple[tuple[str, str], ...]


ROWS = (
    Row("取证补贴 · 初级工（山西省）", "2019-06-30", ()),
    Row("取证补贴 · 初级工（山西省）", "2020-06-01", (("300元/人", "in_force"),)),
    # 晋人社厅函〔2021〕600号 may have been issued or not
    Row(
        "取证补贴 · 初级工（山西省）",
        "2021-03-01",
        (("300元/人", "in_force"), ("400元/证", "unknown")),
    ),
    Row(
        "取证补贴 · 初级工（山西省）",
        "2022-01-01",
        (("400元/证", "applies"), ("300元/人", "presumed_superseded")),
    ),
    # the value for all comes before the later one of 文化和旅游
    Row(
        "取证补贴 · 高级工（山西省）",
        "2021-12-01",
        (("800元/证", "applies"), ("800元/人", "unknown"), ("600元/人", "presumed_superseded")),
    ),
    # the province's value comes before the later one of 文水县
    Row(
        "培训补贴 · 企业职工培训（山西省）",
        "2026-01-01",
        (("300元/人", "presumed_expired"), ("300元/人", "presumed_expired")),
    ),
    Row("以工代训（山西省）", "2021-12-31", (("执行至2021-12-31", "in_force"),)),
    Row("以工代训（山西省）", "2022-01-01", ()),
    Row("生活费补贴（山西省）", "2024-06-01", (("15元/人/天", "presumed_expired"),)),
)


@pytest.fixture(scope="module")
def holdings() -> Holdings:
    return Holdings(bundled(), BUILT)


def told(holdings: Holdings, name: str) -> Course:
    return course(holdings, next(t for t in holdings.timelines if t.measure.name == name))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.measure} {row.day}")
def test_the_row_stands(holdings: Holdings, row: Row) -> None:
    found = told(holdings, row.measure)
    stretch = found.on(date.fromisoformat(row.day))
    steps = found.held.steps
    assert tuple((steps[s.number].value, s.claim) for s in stretch.stands) == row.stands


def test_stretches_cover_all_time_and_each_differs_from_the_one_before(holdings: Holdings) -> None:
    for held in holdings.timelines:
        found = course(holdings, held)
        firsts = [stretch.first for stretch in found.stretches]
        assert firsts[0] == date.min
        assert firsts == sorted(set(firsts))
        whats = [(s.stands, s.over, s.disputed) for s in found.stretches]
        assert all(a != b for a, b in pairwise(whats))


def test_claims_of_a_step_are_those_of_the_stretches(holdings: Holdings) -> None:
    for held in holdings.timelines:
        found = course(holdings, held)
        for stretch in found.stretches:
            claims = {stand.number: stand.claim for stand in stretch.stands}
            for number in found.claims:
                assert found.claim(number, stretch.first) == claims.get(number, "")


def test_both_sides_of_a_conflict_count_until_it_is_settled(holdings: Holdings) -> None:
    found = told(holdings, "培训补贴 · 定向培训（山西省）")
    blocks = day_blocks(holdings, found, 60)
    now = next(block for block in blocks if block.shown)
    assert now.disputed
    assert {value.short for value in now.main} == {"不超过8000元/人", "不超过1万元/人"}


def test_a_block_says_why_there_is_no_value(holdings: Holdings) -> None:
    gone = day_blocks(holdings, told(holdings, "以工代训（山西省）"), 60)
    assert (gone[0].said, gone[-1].said) == (NOTHING_YET, NOTHING_NOW)
    assert [(v.short, v.label) for v in gone[-1].past] == [("执行至2021年12月31日", "已到期")]
    presumed = day_blocks(holdings, told(holdings, "生活费补贴（山西省）"), 60)
    assert presumed[-1].said == PRESUMED_OVER
    assert [value.full for value in presumed[-1].main] == ["每人每天15元"]


def test_of_many_stretches_the_latest_are_told(holdings: Holdings) -> None:
    found = told(holdings, "取证补贴 · 高级工（山西省）")
    all_of_them, some = day_blocks(holdings, found, 60), day_blocks(holdings, found, 3)
    assert len(some) == 3
    assert some[1:] == all_of_them[-2:]
    assert (some[0].first, some[0].main) == ("0001-01-01", ())


def confirmed() -> Holdings:
    """The bundled notices, with the change from 600 to 800 confirmed."""
    relation = next(
        r
        for r in bundled().relations
        if r.type == "supersedes" and r.against and "高级工" in r.against.quote
    )
    assert relation.asserted_by == INFERRED
    assert relation.evidence and relation.against
    seen = Seen(
        what="relation",
        type=relation.type,
        source=relation.source.document,
        source_quote=relation.evidence.quote,
        target=relation.target.document,
        target_quote=relation.against.quote,
    )
    decision = Decision(
        id=relation.id, status="confirmed", by="张三", at="2026-11-01", note="见来函", seen=seen
    )
    known = bundled()
    return Holdings(
        type(known)(known.base, known.vocabulary, Curated(decisions=(decision,))), BUILT
    )


def test_what_a_person_has_confirmed_is_no_presumption() -> None:
    held = confirmed()
    found = told(held, "取证补贴 · 高级工（山西省）")
    assert [s.claim for s in found.on(BUILT).stands] == ["confirmed", "presumed_expired"]
    assert mark(held, found, 0).label == "已被替代"


def test_a_repeal_ends_a_value_and_marks_tell_every_day() -> None:
    held = Holdings(graph(OLD, NEW), BUILT)
    found = told(held, "培训补贴 · 企业职工培训（山西省）")
    old = mark(held, found, 0)
    assert (old.state, old.label) == ("repealed", "已废止")
    assert '["2020-04-01","in_force","有效"],["2022-07-01","repealed","已废止"]' in old.periods
    values = [[found.held.steps[s.number].value for s in x.stands] for x in found.stretches]
    assert values[-2:] == [["300元/人"], ["400元/人"]]


def test_the_value_of_a_measures_own_region_comes_before_that_of_the_nation() -> None:
    known = graph(OLD, NEW.replace("同时废止", "继续有效"))
    above = next(r for r in known.base.records if r.document.id == NEW_ID)
    nation = RegionRecord(code="00", name="全国", level="national")
    raised = above.model_copy(
        update={"document": above.document.model_copy(update={"region": nation})}
    )
    held = Holdings(graph_of([known.base.by_id[OLD_ID], raised]), BUILT)
    province, of_nation = (
        next(t for t in held.timelines if t.measure.name == f"培训补贴 · 企业职工培训（{name}）")
        for name in ("山西省", "全国")
    )
    whole = Timeline(
        replace(province.measure, entries=province.measure.entries + of_nation.measure.entries),
        province.steps + of_nation.steps,
    )
    stands = course(held, whole).on(date(2023, 1, 1)).stands
    values = dict.fromkeys(whole.steps[stand.number].value for stand in stands)
    assert list(values) == ["300元/人", "400元/人"]
    alone = course(held, of_nation).on(date(2023, 1, 1)).stands
    assert [of_nation.steps[stand.number].value for stand in alone] == ["400元/人"]
