"""The home page: what changed, what falls due, the ways in; and lists that lead to places."""

from __future__ import annotations

from datetime import date

import force_samples
import pytest
import site_samples as samples

from kb.force.graph import Graph
from kb.force.review import WEIGHTS
from kb.models import KnowledgeBase
from kb.schema import Record
from site_builder.contexts import Entry
from site_builder.holdings import Holdings
from site_builder.organ_kinds import is_general
from site_builder.page import COLUMNS, Page
from site_builder.pages import awaiting
from site_builder.pages.awaiting import AwaitingPage
from site_builder.pages.department import DepartmentPage
from site_builder.pages.departments import DepartmentsPage
from site_builder.pages.documents import DocumentsPage
from site_builder.pages.groups import GroupPage, GroupsPage
from site_builder.pages.home import HomePage, measure_entries
from site_builder.render import render

ALL = KnowledgeBase.of((samples.training(), samples.carrier(), samples.served()))


def contexts(graph: Graph, built: date = samples.DAY) -> dict[str, object]:
    made = samples.pages_of(Holdings(graph, built))
    return {page.path: page.context for page in made}


def home(graph: Graph, built: date = samples.DAY) -> HomePage:
    page = contexts(graph, built)["index.html"]
    assert isinstance(page, HomePage)
    return page


def test_an_empty_base_has_a_home_that_says_so() -> None:
    page = home(samples.graph(KnowledgeBase.of(())))
    assert (page.newest, page.documents, page.changes) == (None, (), ())
    assert (page.ahead.passed, page.ahead.events) == (True, ())
    assert [figure.remark for figure in page.figures if figure.name == "份文件"] == ["0"]


def test_one_document_is_the_newest_and_what_changed() -> None:
    page = home(samples.graph(samples.base(samples.carrier())))
    assert page.newest == Entry(
        "晋政办发〔2019〕68号", "documents/140000-jinzhengbanfa-2019-68.html", "2019年8月22日"
    )
    assert [(line.when, line.name) for line in page.changes] == [("2019年8月22日", "发文")]
    assert page.ahead.events == ()


def test_what_falls_due_next_comes_first_and_recurs_once() -> None:
    page = home(samples.graph(ALL), date(2023, 9, 20))
    assert not page.ahead.passed
    assert [(line.when, line.name) for line in page.ahead.events] == [
        ("2023年9月26日", "期限"),
        ("2023年9月30日", "期限"),
        ("2025年", "期限"),
    ]
    assert all(line.kind != "due" for line in page.changes)


def test_where_nothing_lies_ahead_the_last_that_passed_is_told() -> None:
    page = home(samples.graph(samples.base()), date(2026, 11, 30))
    assert page.ahead.passed
    assert [line.when for line in page.ahead.events] == ["2021年11月30日"]


def test_many_amounts_replaced_by_one_document_are_one_change() -> None:
    page = home(force_samples.bundled(), date(2026, 11, 30))
    replaced = [line for line in page.changes if line.name == "推定替代"]
    assert [line.times for line in replaced] == [3]
    assert replaced[0].by is not None
    assert replaced[0].by.name.startswith("晋人社厅函〔2021〕600号")
    # what ended says so itself
    assert all(line.state is None for line in page.changes if line.kind == "ends")


def test_that_a_notice_applies_from_its_issue_is_no_second_change() -> None:
    text = force_samples.OLD.replace("自2020年4月1日起施行", "自印发之日起施行")
    page = home(force_samples.graph(text), date(2021, 1, 1))
    assert [line.name for line in page.changes] == ["发文"]


def test_a_plan_of_the_year_it_was_issued_in_is_one_change() -> None:
    page = home(force_samples.bundled(), date(2026, 11, 30))
    told = [line for line in page.changes if line.place.startswith("文人社字〔2024〕20号")]
    assert [(line.when, line.name) for line in told] == [("2024年", "发文")]
    assert told[0].state is not None
    assert told[0].state.label == "推定已到期"
    # one that was issued in an earlier year has changed since
    later = [line for line in page.changes if line.place.startswith("晋政办发〔2019〕68号")]
    assert [(line.when, line.name) for line in later][:1] == [("2021年", "推定到期")]
    # and while it lies ahead its end is told
    ahead = home(force_samples.bundled(), date(2024, 5, 1)).ahead.events
    assert "推定到期" in [line.name for line in ahead]


def test_measures_are_led_to_by_how_many_documents_speak_of_them() -> None:
    holdings = Holdings(force_samples.bundled(), samples.DAY)
    entries = measure_entries(holdings.timelines)
    spread = [int(entry.remark.split()[0]) for entry in entries]
    assert spread == sorted(spread, reverse=True)
    assert all(entry.href.startswith("measures/") for entry in entries)


def test_home_leads_to_measures() -> None:
    page = home(force_samples.bundled())
    html = render(Page("index.html", "home.html", page)).decode()
    assert page.measures
    assert 'href="measures.html"' in html


def test_the_menu_leads_to_pages_that_are_made() -> None:
    found = contexts(samples.graph(ALL))
    missing = {f"{code}.html" for code, _ in COLUMNS} - set(found)
    assert not missing


@pytest.mark.parametrize(
    "name",
    [
        "各市",
        "各县（市、区）人民政府",
        "有关部门",
        "财政部门",
        "公安机关",
        "发改",
        "省级人民政府",
        "其户籍所在地的区级残联组织",
        "地方各级人民政府",
        "市、区公安机关",
        "各级农业农村（农村经管）部门",
        "我县",
    ],
)
def test_what_points_at_organs_is_general(name: str) -> None:
    assert is_general(name)


@pytest.mark.parametrize(
    "name",
    [
        "市财政局",
        "茂林镇人民政府",
        "自治区发展改革委（广西新能源汽车推广应用厅际联席会议办公室）",
        "省地方金融监管局",
        "国资委",
        "市住房公积金管理中心",
        "妇联",
        "人行武汉分行",
        "村(居)民委员会",
        "中共茂林镇委员会",
    ],
)
def test_what_names_an_organ_is_not(name: str) -> None:
    assert not is_general(name)


def test_general_names_stand_apart_from_organs_and_are_no_way_in() -> None:
    found = contexts(samples.graph(ALL))
    page = found["departments.html"]
    assert isinstance(page, DepartmentsPage)
    assert [(s.name, [d.name for d in s.departments]) for s in page.sections] == [
        ("机关", ["山西省人力资源和社会保障厅", "山西省财政厅"]),
        ("泛称", ["各市"]),
    ]
    assert [jump.href for jump in page.jumps] == [
        "departments.html#full",
        "departments.html#general",
    ]
    assert "各市" not in [entry.name for entry in home(samples.graph(ALL)).departments]


def test_a_group_of_many_clauses_has_a_page_and_its_amounts() -> None:
    found = contexts(samples.graph(ALL))
    listed = found["groups.html"]
    assert isinstance(listed, GroupsPage)
    workers = next(group for group in listed.groups if group.name == "企业职工")
    assert (workers.clauses, workers.documents, len(workers.places)) == (6, 1, 3)
    page = found[workers.page]
    assert isinstance(page, GroupPage)
    assert len(page.group.places) == 6
    assert page.group.places[0].amounts == ("培训补贴：每人300元",)
    assert page.group.places[1].amounts == ()


def test_an_amount_that_names_another_group_is_told_apart() -> None:
    record = samples.served()
    amount = next(rule for rule in record.rules if rule.kind == "amount")
    other = amount.model_copy(update={"group": "退役军人"})
    rules = tuple(other if rule is amount else rule for rule in record.rules)
    page = contexts(samples.graph(samples.base(record.model_copy(update={"rules": rules}))))
    listed = page["groups.html"]
    assert isinstance(listed, GroupsPage)
    place = listed.groups[0].places[0]
    assert (place.amounts, place.beside) == ((), ("培训补贴：每人300元",))


def many(count: int) -> KnowledgeBase:
    return KnowledgeBase.of(numbered(samples.carrier(), number) for number in range(count))


def numbered(record: Record, number: int) -> Record:
    update = {"id": f"{record.document.id}-{number:05}", "issued_year": 2018 + number // 130}
    document = record.document.model_copy(update={**update, "issued": None})
    rules = tuple(
        rule.model_copy(update={"id": rule.id.replace("#", f"-{number:05}#")})
        for rule in record.rules
    )
    return record.model_copy(update={"document": document, "rules": rules})


def test_documents_stand_on_pages_of_a_hundred_with_their_years() -> None:
    found = contexts(samples.graph(many(230)))
    pages = [found[f"documents{end}.html"] for end in ("", "-2", "-3")]
    assert all(isinstance(page, DocumentsPage) for page in pages)
    sections = [
        [(s.anchor, s.name, s.continued, len(s.documents)) for s in page.years]  # type: ignore[attr-defined]  # checked
        for page in pages
    ]
    assert sections == [
        [("y2019", "2019年", False, 100)],
        [("y2018", "2018年", False, 100)],
        [("", "2018年", True, 30)],
    ]
    jumps = pages[0].jumps  # type: ignore[attr-defined]  # checked
    assert [jump.href for jump in jumps] == ["documents.html#y2019", "documents-2.html#y2018"]


def test_a_department_of_many_duties_has_them_on_pages() -> None:
    record = samples.training()
    duty = next(rule for rule in record.rules if rule.kind == "department")
    duties = tuple(
        duty.model_copy(update={"id": f"{record.document.id}#s4-1.department.{number:04x}"})
        for number in range(150)
    )
    found = contexts(samples.graph(samples.base(record.model_copy(update={"rules": duties}))))
    pages = [c for c in found.values() if isinstance(c, DepartmentPage)]
    assert [[len(s.tasks) for s in page.sections] for page in pages] == [[100], [50]]
    assert [s.total for page in pages for s in page.sections] == [150, 150]


def test_what_awaits_a_person_is_told_with_its_id_and_words() -> None:
    page = contexts(force_samples.bundled())["quality/awaiting.html"]
    assert isinstance(page, AwaitingPage)
    assert [section.anchor for section in page.sections][:2] == ["conflict", "supersession"]
    replaced = page.sections[1].items[0]
    assert replaced.id.startswith("rel-")
    assert len(replaced.words) == 2
    assert all(words.quote and words.href for words in replaced.words)


def test_every_kind_of_item_has_a_name() -> None:
    assert list(awaiting.KINDS) == list(WEIGHTS)
