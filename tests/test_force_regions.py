"""What the nation sets stands in every province's timeline, and no two provinces ever meet."""

import pytest

from kb.force.timeline import timelines
from site_builder.terminal.force import timeline_lines
from tests.force_measures import TRAINING, notice
from tests.force_samples import graph

CAP = "一、对企业职工培训给予每人不超过{}元培训补贴。"
NATION = notice(CAP.format(500), 2019, of="国务院")


def inferred(*texts):
    known = graph(*texts)
    return [
        (r.type, r.source.document[:6], r.target.document[:6])
        for r in known.relations
        if r.asserted_by == "inferred"
    ]


@pytest.mark.parametrize(
    ("value", "expected"), [(400, "specialises"), (600, "conflicts_with"), (500, "specialises")]
)
def test_a_province_is_held_against_the_ceiling_of_the_nation(value, expected) -> None:
    found = inferred(NATION, notice(TRAINING.format(value), 2021))
    assert found == [(expected, "140000", "00-guo")]


def test_a_province_that_repeats_the_nation_restates_it() -> None:
    found = inferred(NATION, notice(CAP.format(500), 2021))
    assert found == [("restates", "140000", "00-guo")]


def test_each_province_has_the_nation_in_its_timeline_and_no_other() -> None:
    known = graph(
        NATION,
        notice(TRAINING.format(400), 2021),
        notice(TRAINING.format(450), 2020, of="陕西省"),
        notice(TRAINING.format(450), 2022, of="文水县"),
    )
    held = {
        t.measure.region: [(s.level, s.document[:6]) for s in t.steps]
        for t in timelines(known, "企业职工培训补贴")
    }
    national, province, county = ("国家级", "00-guo"), ("省级", "140000"), ("县级", "141121")
    assert held == {
        "全国": [national],
        "山西省": [national, province, county],
        "陕西省": [national, ("省级", "610000")],
    }


def test_what_the_nation_sets_is_marked() -> None:
    known = graph(NATION, notice(TRAINING.format(400), 2021))
    (found,) = timelines(known, "山西省 企业职工培训补贴")
    assert "国发〔2019〕3号 一（国家）" in "\n".join(timeline_lines(found, known))


def test_in_the_timeline_of_the_nation_no_province_shows() -> None:
    known = graph(NATION, notice(TRAINING.format(600), 2021))
    (found,) = [t for t in timelines(known, "企业职工培训补贴") if t.measure.region == "全国"]
    assert [(s.relation, s.target) for s in found.steps] == [(None, None)]


def test_provinces_and_sibling_counties_never_meet() -> None:
    bodies = [TRAINING.format(value) for value in (300, 400, 500, 600)]
    places = ("山西省", "陕西省", "文水县", "交城县")
    apart = [notice(b, 2019 + n, of=p) for n, (b, p) in enumerate(zip(bodies, places, strict=True))]
    assert {frozenset(pair[1:]) for pair in inferred(*apart)} == {
        frozenset(("140000", "141121")),
        frozenset(("140000", "141122")),
    }
    counties = graph(*apart[2:])
    assert [t.measure.region for t in timelines(counties, "企业职工培训补贴")] == [
        "文水县",
        "交城县",
    ]


def test_documents_of_unknown_place_are_measures_of_their_own() -> None:
    nowhere = "一、对企业职工培训给予每人{}元培训补贴。\n{}年3月1日\n"
    known = graph(nowhere.format(300, 2019), nowhere.format(400, 2021))
    found = timelines(known, "企业职工培训补贴")
    assert [(t.measure.region, len(t.steps)) for t in found] == [("地区不明", 1)] * 2
    assert len({str(t.measure.key) for t in found}) == 2


@pytest.mark.parametrize("question", ["文水县 企业职工培训补贴", "山西省 文水县 企业职工培训补贴"])
def test_a_county_is_shown_what_lies_above_it_and_no_sibling(question) -> None:
    known = graph(
        NATION,
        notice(TRAINING.format(300), 2020),
        notice(TRAINING.format(310), 2021, of="吕梁市"),
        notice(TRAINING.format(320), 2022, of="文水县"),
        notice(TRAINING.format(330), 2023, of="交城县"),
    )
    (found,) = timelines(known, question)
    assert found.measure.name == "培训补贴 · 企业职工培训（文水县）"
    assert [s.level for s in found.steps] == ["国家级", "省级", "市级", "县级"]
    assert not any(s.document.startswith("141122") for s in found.steps)


def test_a_ministry_of_every_sector_rules_for_all_and_another_for_its_own() -> None:
    ministry = NATION.replace("国务院", "{}").replace("国发", "文旅发")
    every = ministry.format(*["人力资源社会保障部"] * 3)
    one = ministry.format(*["文化和旅游部"] * 3)
    province = notice(CAP.format(500), 2021)
    culture = province.replace("山西省人民政府", "山西省文化和旅游厅")
    forestry = province.replace("山西省人民政府", "山西省水利厅")
    assert [r[0] for r in inferred(every, forestry)] == ["restates"]
    assert [r[0] for r in inferred(one, culture)] == ["restates"]
    assert inferred(one, forestry) == []
