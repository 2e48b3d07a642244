"""What the bundled notices say of subsidies through time, row by row."""

from dataclasses import dataclass

import pytest

from kb.force import plain
from kb.force.conflicts import conflicts
from kb.force.timeline import timelines
from site_builder.terminal.force import timeline_lines
from tests.force_samples import NEW, OLD, bundled, graph

N68, N600, N123 = "晋政办发〔2019〕68号", "晋人社厅函〔2021〕600号", "晋文旅办发〔2021〕123号"
N8, N20 = "晋教职成〔2021〕8号", "文人社字〔2024〕20号"


@dataclass(frozen=True)
class Row:
    """A measure, and what stands where: number, clause, value, relation."""

    question: str
    name: str
    steps: tuple[tuple[str, str, str | None, str | None], ...]


ROWS = (
    Row(
        "取证补贴 高级工",
        "取证补贴 · 高级工（山西省）",
        (
            (N68, "二/(六)", "600元/人", None),
            (N600, "九/(二)", "800元/证", "supersedes"),
            (N123, "三/(二)", "800元/人", "restates"),
        ),
    ),
    Row(
        "取证补贴 初级工",
        "取证补贴 · 初级工（山西省）",
        ((N68, "二/(六)", "300元/人", None), (N600, "九/(二)", "400元/证", "supersedes")),
    ),
    Row(
        "取证补贴 专项职业能力证书",
        "取证补贴 · 专项职业能力证书（山西省）",
        ((N68, "二/(六)", "150元/人", None), (N600, "九/(二)", "200元/证", "supersedes")),
    ),
    Row(
        "取证补贴 中级工",
        "取证补贴 · 中级工（山西省）",
        ((N600, "九/(二)", "600元/证", "new"),),
    ),
    Row(
        "山西省 培训补贴",
        "培训补贴（山西省）",
        (
            (N68, "二/(四)", "不超过1000元/人", None),
            (N123, "三/(二)", "150元/人/天，不超过1000元/人", "specialises"),
        ),
    ),
    Row(
        "企业职工培训补贴",
        "培训补贴 · 企业职工培训（山西省）",
        ((N68, "二/(三)", "300元/人", None), (N20, "三/(一)", "300元/人", "restates")),
    ),
    Row(
        "定向培训补贴",
        "培训补贴 · 定向培训（山西省）",
        (
            (N600, "九/(一)", "不超过8000元/人", "conflicts_with"),
            (N8, "二/(四)", "不超过1万元/人", "conflicts_with"),
        ),
    ),
    Row(
        "订单式、项目制培训补贴",
        "培训补贴 · 订单式、项目制培训（文水县）",
        ((N20, "七/(二)", "前10天150元/人/天，之后100元/人/天，不超过5000元/人", None),),
    ),
    Row(
        "生活费补贴",
        "生活费补贴（山西省）",
        ((N68, "二/(五)", "15元/人/天", None), (N20, "三/(四)", None, "refers")),
    ),
    Row(
        "以工代训",
        "以工代训（山西省）",
        ((N600, "二", "执行至2021-12-31", "extends"),),
    ),
)


def measure(question: str, name: str):
    return next(t for t in timelines(bundled(), question) if t.measure.name == name)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.question)
def test_the_bundled_notices_give_the_row(row) -> None:
    found = measure(row.question, row.name)
    number = {r.document.id: r.document.number for r in bundled().base.records}
    steps = [(number[s.document], s.clause, s.value, s.relation) for s in found.steps]
    assert tuple(steps) == row.steps


def test_what_a_person_has_not_said_is_said_to_be_inferred() -> None:
    steps = measure("取证补贴 高级工", "取证补贴 · 高级工（山西省）").steps
    assert [s.asserted_by for s in steps] == ["text", "inferred", "inferred"]
    changed = {c.field for c in steps[1].changes}
    assert changed == {"金额", "计算单位", "领取方"}
    assert str(steps[0].start) == "2019-07-01"
    assert str(steps[0].end_presumed) == "2021-01-01/2021-07-08"


def test_the_restating_rule_is_for_a_narrower_group() -> None:
    step = measure("取证补贴 高级工", "取证补贴 · 高级工（山西省）").steps[2]
    assert any("较小范围（文化和旅游系统）" in reason for reason in step.reasons)


def test_the_conflict_has_both_quotes_and_what_would_decide_it() -> None:
    (conflict,) = conflicts(bundled())
    assert conflict.evidence and "不超过1万元" in conflict.evidence.quote
    assert conflict.against and "不超过8000元" in conflict.against.quote
    assert any("互不提及" in reason for reason in conflict.reasons)
    assert any(reason.startswith("如何裁断") for reason in conflict.reasons)


def test_every_entry_quotes_its_text() -> None:
    for question in ("补贴", "以工代训"):
        for found in timelines(bundled(), question):
            for step in found.steps:
                text = bundled().base.by_id[step.document].text
                assert step.span and text[slice(*step.span)] == step.quote


def test_what_a_text_ends_is_no_presumption() -> None:
    (found,) = timelines(graph(OLD, NEW), "企业职工培训补贴")
    assert [(str(s.start), str(s.end) if s.end else None) for s in found.steps] == [
        ("2020-04-01", "2022-06-30"),
        ("2022-07-01", None),
    ]
    assert [s.relation for s in found.steps] == [None, None]


@pytest.mark.parametrize(
    "question", ["取证补贴高级工", "高级工取证补贴", "评价补贴 三级", "取证补贴 · 高级工"]
)
def test_a_measure_answers_to_every_wording(question) -> None:
    names = [t.measure.name for t in timelines(bundled(), question)]
    assert "取证补贴 · 高级工（山西省）" in names
    assert "取证补贴 · 初级工（山西省）" not in names


@pytest.mark.parametrize("question", ["购房补贴", "", "  "])
def test_what_is_not_there_is_not_found(question) -> None:
    assert timelines(bundled(), question) == ()


def test_programs_get_the_keys_that_are_promised() -> None:
    (found,) = timelines(bundled(), "以工代训")
    shown = plain.timeline(found, bundled())
    keys = {"rule", "document", "clause", "value", "from", "to", "relation", "asserted_by", "quote"}
    assert all(keys <= set(entry) for entry in shown["entries"])
    assert shown["entries"][0]["to"] == "2021-12-31"


def test_a_terminal_gets_value_place_and_quote() -> None:
    found = measure("取证补贴 高级工", "取证补贴 · 高级工（山西省）")
    told = "\n".join(timeline_lines(found, bundled()))
    assert "800元/证" in told
    assert "推定替代 晋政办发〔2019〕68号 二/(六)" in told
