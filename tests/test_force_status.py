"""What is in force on a day, and why."""

from datetime import date, timedelta

import pytest

from kb.force.models import End
from kb.force.status import STATES, status
from site_builder.terminal.force import status_lines
from tests.force_samples import (
    NEW,
    NEW_ID,
    OLD,
    OLD_ID,
    bundled,
    graph,
    graph_of,
    needs_real,
    on,
    real_records,
)

SHANXI_68 = "140000-jinzhengbanfa-2019-68"
SHANXI_600 = "140000-jinrenshetinghan-2021-600"
SENIOR = f"{SHANXI_68}#s2-6.amount.9cbd"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2020-03-31", "not_yet"),
        ("2020-04-01", "in_force"),
        ("2022-06-30", "in_force"),
        ("2022-07-01", "repealed"),
        ("2030-01-01", "repealed"),
    ],
)
def test_a_document_is_in_force_until_another_repeals_it(day, state) -> None:
    assert on(graph(OLD, NEW), OLD_ID, day).state == state


@pytest.mark.parametrize(("day", "state"), [("2025-03-31", "in_force"), ("2025-04-01", "expired")])
def test_a_term_ends_with_its_last_day(day, state) -> None:
    assert on(graph(OLD), OLD_ID, day).state == state


@pytest.mark.parametrize(
    ("words", "last_day"),
    [
        ("自2022年10月1日起废止", "2022-09-30"),
        ("将于2028年1月1日废止", "2027-12-31"),
        ("自本办法施行之日起废止", "2022-06-30"),
    ],
)
def test_what_is_announced_holds_from_its_own_day(words, last_day) -> None:
    known = graph(OLD.replace("，有效期五年", ""), NEW.replace("同时废止", words))
    day = date.fromisoformat(last_day)
    assert on(known, OLD_ID, last_day).state == "in_force"
    assert on(known, OLD_ID, str(day + timedelta(days=1))).state == "repealed"


def test_another_document_that_lasts_longer_is_not_the_citing_one() -> None:
    said = f"{CITED}有效期已满，该办法继续执行至2027年6月30日。"
    known = graph(OLD, LATER.format(words=said))
    assert on(known, OLD_ID, "2027-06-30").state == "in_force"
    assert on(known, OLD_ID, "2027-07-01").state == "expired"
    assert known.terms["140000-jinzhengbanfa-2024-7"].end is None


@pytest.mark.parametrize(
    ("name", "day", "line"),
    [
        (OLD_ID, "2020-03-31", "2020-03-31  尚未施行  not_yet（最早自2020-04-01）"),
        (OLD_ID, "2020-04-01", "2020-04-01  有效  in_force（自2020-04-01）"),
        (OLD_ID, "2022-07-01", "2022-07-01  已废止  repealed（自2022-07-01）"),
    ],
)
def test_a_state_reads_as_people_would_say_it(name, day, line) -> None:
    known = graph(OLD, NEW)
    lines = list(status_lines(on(known, name, day), known))
    assert line in lines
    assert len([said for said in lines if "本办法自2020年4月1日起施行" in said]) <= 1


def test_a_day_that_is_not_known_is_said_in_words() -> None:
    lines = list(status_lines(on(bundled(), SENIOR, "2021-12-01"), bundled()))
    (state,) = [line for line in lines if line.startswith("2021-12-01")]
    assert state.endswith("（自2021年1月1日至2021年7月8日之间的某一天）")


def test_what_repeals_it_is_quoted() -> None:
    found = on(graph(OLD, NEW), OLD_ID, "2022-07-01")
    assert "同时废止" in found.reasons[0].evidence.quote
    assert "晋政办发〔2022〕9号" in found.reasons[0].text
    assert "2022年7月1日" in found.reasons[0].text


def test_rules_and_clauses_go_with_their_document() -> None:
    known = graph(OLD, NEW)
    rules = [rule.id for rule in known.base.by_id[OLD_ID].rules]
    assert rules
    assert {on(known, rule, "2022-07-01").state for rule in rules} == {"repealed"}
    assert on(known, f"{OLD_ID}#第一条", "2022-07-01").state == "repealed"


def test_a_part_that_is_repealed_leaves_the_rest() -> None:
    part = NEW.replace("（晋政办发〔2020〕5号）同时废止", "（晋政办发〔2020〕5号）第二条同时废止")
    known = graph(OLD, part)
    assert on(known, OLD_ID, "2022-07-01").state == "partly_superseded"
    assert on(known, f"{OLD_ID}#第二条", "2022-07-01").state == "repealed"
    assert on(known, f"{OLD_ID}#第三条", "2022-07-01").state == "in_force"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2019-06-30", "not_yet"),
        ("2020-01-01", "in_force"),
        ("2021-12-01", "presumed_superseded"),
        ("2024-01-01", "presumed_superseded"),
    ],
)
def test_a_value_is_presumed_superseded_by_a_later_one(day, state) -> None:
    assert on(bundled(), SENIOR, day).state == state


def test_a_presumption_tells_its_chain_of_reasons() -> None:
    found = on(bundled(), SENIOR, "2021-12-01")
    assert found.is_presumed
    assert found.label.startswith("推定")
    said = "\n".join(reason.text for reason in found.reasons)
    for word in ("层级", "时间", "范围", "600元/人 → 800元/证", "领取方", "互不提及"):
        assert word in said


@pytest.mark.parametrize(("day", "state"), [("2021-12-31", "in_force"), ("2022-01-01", "expired")])
def test_a_policy_that_is_prolonged_expires_after_its_day(day, state) -> None:
    assert on(bundled(), f"{SHANXI_600}#s2", day).state == state


def test_silence_is_unknown_and_says_what_speaks_for_and_against() -> None:
    found = on(bundled(), SHANXI_68, "2020-01-01")
    assert found.state == "unknown"
    assert any("成文日期" in reason.text for reason in found.pro)
    assert any("没有写明施行日期和有效期" in reason.text for reason in found.contra)


def test_a_target_year_that_has_passed_is_a_presumption() -> None:
    assert on(bundled(), SHANXI_68, "2022-01-01").state == "presumed_expired"
    assert on(bundled(), "141121-wenrenshezi-2024-20", "2025-01-01").state == "presumed_expired"


def test_every_quote_of_a_reason_stands_in_its_text() -> None:
    for record in bundled().base.records:
        for rule in record.rules:
            found = on(bundled(), rule.id, "2022-06-01")
            assert found.state in STATES
            for reason in (*found.reasons, *found.pro, *found.contra):
                if reason.evidence and reason.evidence.span:
                    start, end = reason.evidence.span
                    text = bundled().base.by_id[reason.evidence.document].text
                    assert text[start:end] == reason.evidence.quote


LATER = """山西省人民政府办公厅文件
晋政办发〔2024〕7号
山西省人民政府办公厅关于有关文件事项的通知
各市人民政府：
一、{words}
二、本通知自2024年6月1日起施行。
山西省人民政府办公厅
2024年5月20日
"""
CITED = "《山西省人民政府办公厅关于印发山西省技能培训补贴办法的通知》（晋政办发〔2020〕5号）"


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("{}停止执行。", ("repealed", "repealed", "repealed")),
        ("本通知代替{}。", ("superseded", "superseded", "superseded")),
        ("{}第二条废止。", ("partly_superseded", "expired", "expired")),
        ("将{}第一条修改为“每人500元”。", ("partly_superseded", "expired", "expired")),
        ("{}有效期延长至2027年12月31日。", ("in_force", "in_force", "expired")),
        ("{}继续有效，有效期延续三年。", ("in_force", "in_force", "in_force")),
        ("根据{}规定，开展培训。", ("in_force", "expired", "expired")),
    ],
)
def test_what_a_later_document_does_to_it(words, states) -> None:
    known = graph(OLD, LATER.format(words=words.format(CITED)))
    assert on(known, OLD_ID, "2024-05-31").state == "in_force"
    days = ("2024-06-01", "2025-04-01", "2028-01-01")
    assert tuple(on(known, OLD_ID, day).state for day in days) == states


@needs_real
@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2022-06-09", "not_yet"),
        ("2024-10-08", "in_force"),
        ("2024-10-09", "repealed"),
    ],
)
def test_the_housing_fund_notice_of_2022_is_repealed_in_2024(day, state) -> None:
    known = graph_of(real_records().values())
    assert on(known, "330100-42-hz-gjj-2022", day).state == state


def test_a_new_document_stays_in_force() -> None:
    assert on(graph(OLD, NEW), NEW_ID, "2040-01-01").state == "in_force"


LIMITED = """清河县人民政府文件
清政发〔2018〕39号
清河县人民政府关于做好促进就业工作的通知
各有关单位：
一、支持企业
（一）培训补贴。{first}
清河县人民政府
2018年11月16日
"""


@pytest.mark.parametrize(
    ("first", "state"),
    [
        ("2019年1月1日至2020年12月31日，对困难企业给予每人500元补贴。", "expired"),
        (
            "对困难企业给予每人500元补贴；2019年1月1日至2020年12月31日，对其中的贫困人员"
            "给予每人300元生活费补贴。",
            "unknown",
        ),
    ],
)
def test_a_term_within_a_clause_does_not_end_what_the_clause_grants_before(first, state) -> None:
    known = graph(LIMITED.format(first=first))
    document = known.base.records[0].document.id
    found = status(known, End(document, "一/(一)"), date(2026, 12, 1))
    assert found.state == state
    told = [*found.reasons, *found.contra]
    assert any("2019年1月1日至2020年12月31日" in reason.text for reason in told)


def test_an_event_without_a_day_is_told_as_such() -> None:
    text = LIMITED.format(first="对困难企业给予补贴。本通知自发布之日起施行。")
    known = graph(text.replace("2018年11月16日\n", "").replace("〔2018〕", ""))
    found = status(known, End(known.base.records[0].document.id), date(2026, 12, 1))
    assert any("没有载明发布之日是哪一天" in reason.text for reason in found.contra)
