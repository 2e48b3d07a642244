"""Targets, duties and deadlines as measures: what is one, and how little is inferred of it."""

import pytest

from kb.force import plain
from kb.force.timeline import timelines
from tests.force_measures import notice
from tests.force_samples import bundled, graph

TALENT = "一、{}新增高技能人才{}{}。"
LEAD = "一、{}牵头，开展高危行业安全技能实训基地建设，{}配合。"
MONTHLY = "一、各市人民政府于每月{}日前向省人社厅报送实名制培训台账。"
ISSUE = "一、人社部门应当自受理之日起{}个工作日内核发技能等级证书。"


def talent(number: int, year: int, period: str = "2021年全省", unit: str = "万人", **more) -> str:
    return notice(TALENT.format(period, number, unit), year, **more)


def lead(organ: str, year: int, help_: str = "省财政厅", **more) -> str:
    return notice(LEAD.format(organ, help_), year, **more)


def inferred(*texts):
    found = [r for r in graph(*texts).relations if r.asserted_by == "inferred"]
    return [r.type for r in found]


FIRST = talent(15, 2021)


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (talent(18, 2021, serial=9, day="8月1日"), ["supersedes"]),
        (talent(15, 2021, serial=9, day="8月1日"), ["restates"]),
        (talent(18, 2022, period="2022年全省"), []),
        (talent(18, 2022, period="全省"), []),
        (talent(18, 2021, period="2021年各技工院校", serial=9, day="8月1日"), []),
        (talent(18, 2021, unit="%", serial=9, day="8月1日"), []),
        # the same day: nobody knows which came first
        (talent(18, 2021, serial=9), []),
        (talent(900, 2021, "2021年全县", "人", of="文水县", day="8月1日"), ["specialises"]),
        # more than the whole province is no share of it
        (talent(18, 2021, "2021年全县", of="文水县", day="8月1日"), []),
        (talent(18, 2021, of="陕西省", day="8月1日"), []),
        (talent(18, 2021, "2021年全国", of="国务院", day="8月1日"), []),
    ],
)
def test_what_a_later_target_does_to_one_of_2021(later, expected) -> None:
    assert inferred(FIRST, later) == expected


@pytest.mark.parametrize(
    ("metric", "title", "expected"),
    [
        ("新建公厕{}座", "做好职业技能提升工作", ["supersedes"]),
        ("新建公厕{}座", "改善农村人居环境", []),
        ("森林覆盖率达到{}%", "改善农村人居环境", ["supersedes"]),
        ("新建高标准基本农田{}万亩", "改善农村人居环境", ["supersedes"]),
    ],
)
def test_a_number_takes_the_place_of_one_of_its_own_matter(metric, title, expected) -> None:
    body = f"一、2021年{metric}。"
    later = notice(body.format(30), 2021, title=title, serial=9, day="8月1日")
    assert inferred(notice(body.format(20), 2021), later) == expected


def test_a_rate_has_no_shares() -> None:
    body = "一、2025年人均体育场地面积达到{}平方米。"
    nation = notice(body.format(2.6), 2021, of="国务院")
    for own in (2.5, 2.8):
        assert inferred(nation, notice(body.format(own), 2022)) == ["specialises"]


def test_a_target_of_the_nation_is_shared_out() -> None:
    nation = talent(300, 2021, "2021年全国", of="国务院", day="2月1日")
    assert inferred(nation, FIRST) == ["specialises"]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (lead("省应急厅", 2022), ["supersedes"]),
        (lead("省人社厅", 2022), ["restates"]),
        # of the same lead with other helpers, of several and of no single organ nothing is said
        (lead("省人社厅", 2022, "省教育厅"), ["restates"]),
        (lead("省应急厅、省教育厅", 2022), []),
        (lead("各市人民政府", 2022), []),
        (lead("省应急厅", 2022, of="陕西省"), []),
        (lead("县应急局", 2022, "县财政局", of="文水县"), ["specialises"]),
    ],
)
def test_what_a_later_notice_does_to_a_duty(later, expected) -> None:
    assert inferred(lead("省人社厅", 2020), later) == expected


HEADED = "（一）{}。（{}牵头，省财政厅配合）"


@pytest.mark.parametrize(
    ("heading", "title", "expected"),
    [
        ("完善信贷风险分担机制", "做好职业技能提升工作", ["supersedes"]),
        # of farms in one plan, of factories in the other
        ("完善信贷风险分担机制", "促进工业企业发展", []),
        ("开展高危行业安全技能实训基地建设", "促进工业企业发展", ["supersedes"]),
        ("加强组织领导", "做好职业技能提升工作", []),
    ],
)
def test_a_heading_is_the_duty_of_those_who_stand_behind_it(heading, title, expected) -> None:
    first = notice(HEADED.format(heading, "省人社厅"), 2020)
    assert (
        inferred(first, notice(HEADED.format(heading, "省工信厅"), 2022, title=title)) == expected
    )


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (notice(MONTHLY.format(5), 2020), notice(MONTHLY.format(10), 2022), ["supersedes"]),
        (notice(MONTHLY.format(5), 2020), notice(MONTHLY.format(5), 2022), ["restates"]),
        (notice(ISSUE.format(20), 2020), notice(ISSUE.format(10), 2022), ["supersedes"]),
        # another procedure of the same place
        (
            notice(ISSUE.format(20), 2020),
            notice(ISSUE.format(10), 2022, title="规范特种作业考核"),
            [],
        ),
        (
            notice("一、各市人民政府2020年9月底前建成公共实训基地。", 2020),
            notice("一、各市人民政府2022年10月底前建成公共实训基地。", 2022),
            [],
        ),
        (
            notice("一、各市人民政府2020年9月底前建成公共实训基地。", 2020),
            notice(
                "一、各市人民政府2020年10月底前建成公共实训基地。", 2020, serial=9, day="8月1日"
            ),
            ["supersedes"],
        ),
    ],
)
def test_what_a_later_notice_does_to_a_deadline(earlier, later, expected) -> None:
    assert inferred(earlier, later) == expected


def test_a_goal_of_one_document_is_no_line_but_is_found() -> None:
    known = graph(FIRST, lead("省应急厅", 2022))
    assert [m for m in known.measures.all if m.key.kind != "amount"] == []
    (found,) = timelines(known, "高技能人才")
    assert [(s.value, s.clause) for s in found.steps] == [("15万人（2021年）", "一")]


def test_amounts_come_first() -> None:
    aim = TALENT.format("2021年全省", 15, "万人").replace("一", "二", 1)
    paid = notice(f"一、对新录用的高技能人才给予每人500元高技能人才补贴。\n{aim}", 2021)
    known = graph(paid, talent(18, 2021, serial=9, day="8月1日"))
    assert [t.measure.key.kind for t in timelines(known, "高技能人才")] == ["amount", "target"]


@pytest.mark.parametrize(
    ("question", "name", "values"),
    [
        (
            "高技能人才",
            "新增高技能人才（山西省）",
            ["45万人（2021年12月31日前）", "500人", "160人（2024年）"],
        ),
        (
            "补贴性职业技能培训",
            "补贴性职业技能培训（山西省）",
            ["不低于300万人次（2019—2021年）", "2520人（2024年）"],
        ),
        (
            "非物质文化遗产传承人",
            "非物质文化遗产传承人、工艺美术从业人员、乡村旅游服务人员等职业技能培训（山西省）",
            ["文旅部门", "文旅部门"],
        ),
    ],
)
def test_the_bundled_notices_share_these(question, name, values) -> None:
    found = timelines(bundled(), question)
    assert [(t.measure.name, [s.value for s in t.steps]) for t in found] == [(name, values)]


def test_programs_are_told_the_kind() -> None:
    shown = [plain.timeline(t, bundled()) for t in timelines(bundled(), "高技能人才")]
    assert [(m["kind"], m["measure"]) for m in shown] == [("target", "14/target/新增高技能人才")]
    keys = {"rule", "document", "clause", "value", "from", "to", "relation", "asserted_by", "quote"}
    assert all(keys <= set(entry) and entry["quote"] for entry in shown[0]["entries"])


def test_of_the_bundled_notices_only_amounts_supersede() -> None:
    kinds = {r.source.rule.split(".")[1] for r in bundled().relations if r.type == "supersedes"}
    assert kinds == {"amount"}


def test_what_somebody_must_have_first_is_no_measure() -> None:
    body = "一、对年营业收入超过500万元的企业，给予每家10万元创业奖励。"
    known = graph(notice(body, 2021))
    assert [m.key.item for m in known.measures.all] == ["创业奖励"]
