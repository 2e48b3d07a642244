"""The 任务分解表 and the calendar, read back by openpyxl and icalendar."""

from datetime import date

import pytest
from exports_samples import ON, bundled_content, content_of, of_records, with_first_rejected
from icalendar import Calendar
from openpyxl import load_workbook

from kb.exports.content import GONE
from kb.exports.xlsx_file import FILE, Sheet, workbook
from kb.schema import DeadlineRule, DepartmentRule
from site_builder.downloads.icalendar_files import whole_calendar, without_a_place
from site_builder.downloads.task_table import task_sheets
from site_builder.holdings import Holdings
from site_builder.page import Edition
from tests.claims_samples import notice

CONTENT = bundled_content()
TEXTS = {record.document.id: record.text for record in CONTENT.records}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    made = tmp_path_factory.mktemp("office") / FILE
    made.write_bytes(workbook(task_sheets(CONTENT)))
    return made


def rows(path):
    """The rows of every sheet, by the names of columns."""
    for sheet in load_workbook(path):
        heads, *found = sheet.iter_rows(min_row=3, values_only=True)
        for row in found:
            yield sheet.title, dict(zip(heads, row, strict=True))


def test_every_duty_and_every_deadline_stands_once_with_whence_it_comes(path):
    told = {t.rule.id: t for t in CONTENT.told}
    wanted = sorted(
        name for name, t in told.items() if isinstance(t.rule, DepartmentRule | DeadlineRule)
    )
    found = list(rows(path))
    assert sorted(row["规则编号"] for _, row in found) == wanted
    for sheet, row in found:
        one = told[row["规则编号"]]
        start, end = map(int, row["原文位置"].split("-"))
        assert TEXTS[row["文件编号"]][start:end] == row["原文"]
        assert (row["效力"], row["核对"]) == (one.status.label, "未核对")
        assert (one.status.state in GONE) == sheet.startswith("未生效")


def test_a_duty_stands_beside_the_deadline_of_its_clause():
    made = content_of("县财政局负责补贴资金拨付，2024年6月30日前完成拨付。", on=date(2024, 4, 1))
    duties, deadlines = task_sheets(made)[:2]
    assert "2024年6月30日前" in duties.rows[0][4]
    assert duties.rows[0][1] in deadlines.rows[0][4]


def test_words_of_documents_are_no_formulas(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([Sheet("a", "a", "", (("b", 9),), (("=1+1",), ("坏\x0b字",)))]))
    page = load_workbook(path)["a"]
    assert [(page.cell(row, 1).value, page.cell(row, 1).data_type) for row in (4, 5)] == [
        ("=1+1", "s"),
        ("坏字", "s"),
    ]


def test_the_calendar_tells_state_review_and_place_of_every_deadline():
    holdings = Holdings(CONTENT.graph, ON)
    made = Calendar.from_ical(whole_calendar(holdings, Edition("知识库", ON, index="")))
    entries = {str(event["uid"]): event for event in made.walk("VEVENT")}
    left_out = {found.rule for found in without_a_place(holdings)}
    for told in CONTENT.told:
        if isinstance(told.rule, DeadlineRule):
            assert (told.rule.id in entries) != (told.rule.id in left_out)
            event = entries.get(told.rule.id)
            if event:
                start, end = map(int, event["x-policykb-span"].split("-"))
                quote = TEXTS[event["x-policykb-document"]][start:end]
                assert quote == told.rule.quote
                assert f"「{quote}」" in event["description"]
                assert event["x-policykb-state"] == told.status.state
                assert event["x-policykb-review"] == "extracted"


def test_a_term_that_runs_from_an_event_is_listed_with_the_reason():
    content = content_of("收到申请后15个工作日内办结，2024年6月30日前完成拨付。")
    found = list(without_a_place(Holdings(content.graph, ON)))
    assert [(f.quote[:4], f.why) for f in found] == [
        ("收到申请", "a term that runs from an event, whose day no text tells")
    ]


def test_a_rejected_duty_is_in_no_sheet():
    record = with_first_rejected(notice("县财政局负责补贴资金拨付。"))
    assert all(not sheet.rows for sheet in task_sheets(of_records(record)))


def test_the_commands_print_what_they_left_out(add, run):
    add("a.txt", 1)
    path = add("b.txt", 2)
    text = path.read_text("utf-8").replace("2021年12月31日前", "收到申请后15个工作日内")
    path.write_text(text, "utf-8")
    assert run("build").status == 0
    assert run("export", "xlsx").out == "written    policykb.xlsx\n"
    said = run("export", "ics", "--out", "a.ics").out.splitlines()
    assert said[:2] == ["written    a.ics", "left out   1 rules"]
    assert ".deadline." in said[3]
