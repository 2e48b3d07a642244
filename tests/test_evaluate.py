"""What counts as the same fact, and how facts are counted."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.limits import USUAL
from kb.demands import known_errors, shortfalls
from kb.evaluate import Sample, evaluate, is_optional, meet
from kb.same_fact import KINDS
from kb.samples import first_run, samples

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
BY_NAME = {kind.name: kind for kind in KINDS}
shared = pytest.mark.skipif(
    not (SHARED / "eval/gold").is_dir(), reason="the gold facts in ../shared are not here"
)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("clause", {"label": "二/(三)"}, {"path": "二/（三）"}),
        ("amount", {"clause": "一", "min": 800, "max": 800}, {"clause": "一", "max": "800.0"}),
        ("amount", {"cap": {"max": 5000}, "min": 150}, {"min": 5000, "max": 150}),
        ("amount", {"tiers": [{"rate": 150}, {"rate": 100}]}, {"min": 100, "max": 150}),
        ("amount", {"percent_min": 60}, {"percent_max": 60.0}),
        ("deadline", {"date": "2021-12-31"}, {"from": "2021-12-31T00:00"}),
        ("deadline", {"date": "2021"}, {"to": "2021"}),
        (
            "deadline",
            {"type": "recurrence", "rrule": "RRULE:FREQ=MONTHLY;BYMONTHDAY=26,12"},
            {"type": "recurrence", "rrule": "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=12,26;BYDAY=MO"},
        ),
        (
            "deadline",
            {"type": "recurrence", "rrule": "FREQ=QUARTERLY"},
            {"type": "recurrence", "rrule": "FREQ=MONTHLY;INTERVAL=3"},
        ),
        (
            "deadline",
            {"type": "recurrence", "freq": "每 年"},
            {"type": "recurrence", "freq": "每年"},
        ),
        (
            "deadline",
            {"type": "duration", "duration": "P3M"},
            {"type": "duration", "duration": "P3M/P6M"},
        ),
        (
            "deadline",
            {"type": "period", "from": "2019-01-01", "to": "2021-12-31"},
            {"type": "period", "from": "2019-01", "to": "2021-12"},
        ),
        ("department", {"name": "县人社局（办）"}, {"name": "县人社局 (办)"}),
        ("target", {"min": 100, "unit": "名"}, {"min": "100", "unit": "人"}),
        ("group", {"clause": "一", "name": "企业"}, {"clause": "一/", "name": "农民"}),
        ("cite", {"number": "国办发[2019]24号"}, {"number": "国办发〔2019〕24号", "title": "x"}),
        ("cite", {"title": "《办法》"}, {"title": "办法"}),
        ("cite", {"unnamed": True, "relation": "overrides"}, {"relation": "overrides"}),
        (
            "validity",
            {"event": "印发之日", "delay": "P30D"},
            {"event": "公布之日", "after": "P30D"},
        ),
    ],
)
def test_the_same_fact_has_the_same_key(kind, one, other):
    assert BY_NAME[kind].key(one) == BY_NAME[kind].key(other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("clause", {"label": "二/(三)"}, {"path": "二/(四)"}),
        ("amount", {"clause": "一", "min": 800}, {"clause": "二", "min": 800}),
        ("amount", {"min": 800}, {"min": 800, "cap": {"max": 900}}),
        ("deadline", {"date": "2021-12-31"}, {"date": "2021-12-30"}),
        ("deadline", {"type": "date", "date": "2021"}, {"type": "period", "from": "2021"}),
        ("department", {"name": "县财政局"}, {"name": "财政局"}),
        ("target", {"min": 100}, {"max": 100}),
        ("cite", {"title": "办法"}, {"title": "细则"}),
        ("validity", {"effective_from": "2021-07-01"}, {"effective_to": "2021-07-01"}),
    ],
)
def test_another_fact_has_another_key(kind, one, other):
    assert BY_NAME[kind].key(one) != BY_NAME[kind].key(other)


def test_a_statement_that_fixes_nothing_is_no_fact():
    assert BY_NAME["validity"].key({"quote": "有效"}) == ()


@pytest.mark.parametrize(
    ("kind", "name", "gold", "found", "agrees"),
    [
        ("amount", "bound", {"min": 1, "max": 1}, {"percent_min": 2, "percent_max": 2.0}, True),
        ("amount", "bound", {"max": 1}, {"min": 1, "max": 1}, False),
        ("amount", "bound", {"min": 1, "max": 2}, {"min": 1}, False),
        ("amount", "per", {"per": ["day", "person"]}, {"per": ["person", "day"]}, True),
        ("amount", "per", {"per": ["day"]}, {}, False),
        ("amount", "item", {"item": "培训补贴"}, {"item": "职业培训补贴"}, True),
        ("amount", "item", {"item": "补贴"}, {"item": "企业职工岗前培训补贴"}, False),
        ("amount", "item", {"item": "取证补贴标准"}, {"item": "取证补贴的标准"}, True),
        ("amount", "item", {"item": ["甲乙", "丙丁"]}, {"item": ["丙丁", "甲乙"]}, True),
        ("amount", "item", {"item": ["甲乙", "丙丁"]}, {"item": ["甲乙"]}, False),
        ("deadline", "workdays", {"workdays": True}, {"workdays": True}, True),
        ("deadline", "workdays", {"workdays": True}, {}, False),
        ("clause", "heading", {"heading": "目标任务。"}, {"heading": "目标 任务"}, True),
        ("clause", "heading", {"heading": "目标任务"}, {"heading": "任务目标"}, False),
    ],
)
def test_attributes_agree(kind, name, gold, found, agrees):
    row = BY_NAME[kind]
    assert row.attributes[name](row.value(name, gold), row.value(name, found)) is agrees


@pytest.mark.parametrize(
    ("fact", "optional"),
    [
        ({"optional": True}, True),
        ({"note": "borderline: a condition"}, True),
        ({"note": "also the time limit of a target"}, True),
        ({"role": "threshold"}, True),
        ({"note": "not borderline", "role": "cap"}, False),
    ],
)
def test_facts_that_count_neither_way(fact, optional):
    assert is_optional(fact) is optional


def test_each_fact_meets_one_and_required_ones_come_first():
    gold = [
        {"clause": "一", "min": 1, "item": "乙乙", "optional": True},
        {"clause": "一", "min": 1, "item": "甲甲"},
    ]
    found = [{"clause": "一", "min": 1, "item": "甲甲"}]
    meeting = meet(BY_NAME["amount"], gold, found)
    assert meeting.met == ((gold[1], found[0]),)
    assert meeting.counts == (1, 0, 0)


def test_the_closest_of_equals_is_met():
    gold = [{"clause": "一", "min": 1, "item": "甲甲"}]
    found = [{"clause": "一", "min": 1, "item": name} for name in ("乙乙", "甲甲", "丙丙")]
    meeting = meet(BY_NAME["amount"], gold, found)
    assert meeting.met[0][1]["item"] == "甲甲"
    assert meeting.counts == (1, 0, 2)


def test_optional_facts_take_their_findings_out_of_the_count():
    gold = [{"clause": "一", "min": 1, "optional": True}]
    assert meet(BY_NAME["amount"], gold, [{"clause": "一", "min": 1}]).counts == (0, 0, 0)
    assert meet(BY_NAME["amount"], gold, []).counts == (0, 0, 0)


def test_groups_meet_by_name():
    gold = [{"clause": "一", "name": "企业职工"}]
    other = [{"clause": "一", "name": "农民"}]
    assert meet(BY_NAME["group"], gold, other).counts == (0, 1, 1)


TEXT = "每人300元补贴，〔转发的批复全文在此〕"
STANDS = {"quote": "每人300元", "span": [0, 6]}
RECORD = {
    "document": {"title": "题", "enclosed": {"title": "方案"}, "attachments": [{"title": "表"}]},
    "text": TEXT,
    "rules": [
        {
            "id": "x",
            "kind": "amount",
            "clause": "",
            "min": 300,
            "quote": "每人300元",
            "span": [0, 6],
        }
    ],
    "findings": [{"quote": "转发的批复全文在此"}],
}
GOLD = (
    {"kind": "amount", "clause": "", "min": 300, "quote": "每人300元"},
    {"kind": "amount", "clause": "", "min": 500, "quote": "500元"},
    {"kind": "meta", "field": "title", "value": "《题》"},
    {"kind": "meta", "field": "enclosed", "value": "方案"},
    {"kind": "meta", "field": "attachments", "value": ["表"]},
    {"kind": "meta", "field": "issued", "value": "2021-03-01"},
    {"kind": "meta", "field": "status", "value": "有效"},
    {"kind": "noise", "quote": "转发的批复全文在此，共三条"},
)


def test_figures_of_one_document():
    result = evaluate([Sample("a", GOLD, RECORD, TEXT)])
    figures = result.figures()
    assert figures["amount"] == 0.6667
    assert figures["amount.bound"] == 1.0
    assert (result.meta, result.noise, result.quotes) == ((3, 4), (1, 1), 0)
    assert result.sound


def test_mistakes_are_listed_when_asked_for():
    def listed(*show):
        return evaluate([Sample("a", GOLD, RECORD, TEXT)], show=frozenset(show)).details

    assert listed() == []
    assert listed("amount") == ["a MISSED amount ('', (500.0,)) 500元"]
    assert listed("meta") == ["a META ('issued', '2021-03-01', None)"]
    assert len(listed("all")) == 2


@pytest.mark.parametrize(
    ("text", "source", "why"),
    [("每人500元补贴", None, "not at its span"), (TEXT, "每人500元补贴", "not in the source")],
)
def test_a_quote_that_does_not_stand_is_counted(text, source, why):
    sample = Sample("a", GOLD, {**RECORD, "text": text}, source)
    result = evaluate([sample], show=frozenset({"quote"}))
    assert (result.quotes, result.sound) == (1, False)
    assert why in result.details[0]


def test_marks_and_page_numbers_may_stand_within_a_quote():
    source = "**每人**\n — 3 — \n300 元补贴"
    assert evaluate([Sample("a", GOLD, RECORD, source)]).quotes == 0


def test_a_document_without_a_record_counts_as_missed():
    result = evaluate([Sample("a", GOLD, {})])
    assert (result.missing, result.sound) == (["a"], False)
    assert result.tallies["amount"].missed == 2
    assert "no prediction for: a" in result.report()


def test_kinds_that_were_not_annotated_are_not_counted():
    only = {"kind": "meta", "field": "annotated_kinds", "value": ["target"]}
    assert evaluate([Sample("a", (only, *GOLD), RECORD)]).tallies["amount"].missed == 0


def test_shortfalls_name_figure_and_limit():
    figures = {"amount": 0.9, "quotes": 0, "missing": []}
    assert shortfalls(figures, ["amount=0.93", "amount=0.9"]) == ("amount 0.9 < 0.93",)
    for wrong in ("amont=1", "amount", "amount=x", "missing=1"):
        with pytest.raises(UsageError, match="is no FIGURE=LEAST"):
            shortfalls(figures, [wrong])


@pytest.mark.parametrize("line", ["[1]", '{"a": 1}', "{"])
def test_gold_that_is_no_fact_is_told_with_its_line(tmp_path, line):
    (tmp_path / "a.jsonl").write_text(f'{{"kind": "noise"}}\n\n{line}\n')
    with pytest.raises(UsageError, match=r"a\.jsonl:3: this is no fact"):
        list(samples(tmp_path, [tmp_path], USUAL))


def test_a_folder_without_gold_is_told(tmp_path):
    with pytest.raises(UsageError, match="no facts in this folder"):
        list(samples(tmp_path, [], USUAL))


@shared
@pytest.mark.parametrize("show", [(), ("all", "amount.item", "deadline.actor")])
def test_the_report_is_that_of_the_reference_scorer(run, tmp_path, monkeypatch, show):
    monkeypatch.chdir(ROOT)
    gold, real = SHARED / "eval/gold", SHARED / "corpus/real"
    stems = {path.stem for path in gold.glob("*.jsonl")}
    folders = (ROOT / "corpus/notices", real)
    inputs = [path for folder in folders for path in folder.iterdir() if path.stem in stems]
    assert run("extract", *inputs, "--format", "json", "-o", tmp_path / "out").status == 0
    options = [word for kind in show for word in ("--errors", kind)]
    texts = [word for folder in folders for word in ("--texts", folder)]
    figures = ["--json", tmp_path / "theirs.json"]
    theirs = subprocess.run(
        [
            sys.executable,
            SHARED / "eval/score.py",
            tmp_path / "out",
            gold,
            *texts,
            *options,
            *figures,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = run("evaluate", gold, "--texts", real, *options, "--json", tmp_path / "ours.json")
    assert ours.out == theirs.stdout
    assert ours.status == theirs.returncode
    said = [json.loads((tmp_path / f"{who}.json").read_text()) for who in ("ours", "theirs")]
    assert said[0] == said[1]


def test_a_first_run_that_is_none_is_named(tmp_path):
    assert first_run(tmp_path) == {}
    (tmp_path / "first_run.json").write_text('{"a": {"clause": 1.0}}')
    assert first_run(tmp_path) == {"a": {"clause": 1.0}}
    for broken in ("{", "[1]", '{"a": 1}'):
        (tmp_path / "first_run.json").write_text(broken)
        with pytest.raises(UsageError, match="no figures"):
            first_run(tmp_path)


def test_mistakes_of_an_unknown_kind_cannot_be_listed():
    assert known_errors(["amount", "amount.per", "all"]) == {"amount", "amount.per", "all"}
    with pytest.raises(UsageError, match=r"no mistakes called foo\. Name one of all, amount"):
        known_errors(["foo"])
