"""Profiles, rosters and days that cannot be: one line each, with the field and what to do."""

import json
from datetime import date
from io import BytesIO

import jsonschema
import pytest
import yaml
from openpyxl import Workbook

from corpus.errors import UsageError
from kb.claims.applicability import Amounts
from kb.claims.profile import known_values, profile_of, profile_schema, read_profile
from kb.claims.roster import answers, read_roster, sums
from tests.claims_samples import STEPS, base, rows

COURSE = {
    "kind": "培训机构",
    "region": "文水县",
    "training": "订单式培训",
    "filed": True,
    "qualified": True,
}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("kind: 培训机够\n", 1, '"培训机够", which is not known; did you mean "培训机构"?'),
        ("kind: 培训机够\n", 1, "Known are 评价机构、培训机构、企业"),
        ("region: 太原市\n", 1, '"kind" is missing. Say one of'),
        ("kind: 企业\nregoin: 太原市\n", 2, 'unknown key "regoin"; did you mean "region"?'),
        ("kind: 企业\nregion: 太元市\n", 2, "no place of GB/T 2260; did you mean"),
        ("kind: 企业\nregion: 朝阳区\n", 2, "which 2 places are called. Write one of"),
        ("kind: 企业\nregion: 朝阳区\n", 2, "北京市朝阳区 (110105)、长春市朝阳区 (220104)"),
        ("kind: 企业\nregion: '999999'\n", 2, "Write the full name with its province"),
        ("kind: 企业\ntraining: [岗前培训, 上岗培训]\n", 2, "Known are 企业职工培训、岗前培训"),
        ("kind: 企业\ncertificate: 特级\n", 2, "Known are 专项职业能力证书、初级工"),
        ("kind: 企业\n\ndays: -3\n", 3, "days is -3, which is below 0"),
        ("kind: 企业\npeople: 2.5\n", 2, "people is 2.5, which must be whole"),
        ("kind: 企业\npeople: many\n", 2, "\"people\" is 'many', and must be a number"),
        ("kind: 企业\nemployment_rate: 80\n", 2, "Write 75% as 0.75"),
        ("kind: 企业\npeople: 3\nemployed: 4\n", 3, "employed is 4, more than the 3 people"),
        ("kind: 个人\nage: -1\n", 2, "must be 0 or more"),
        ("kind: 个人\nobtained: 2019-02-30\n", 2, "must be a day such as 2024-03-01"),
        ("kind: 个人\nobtained: 1812-02-03\n", 2, "out of range"),
        ("kind: 企业\nfree: perhaps\n", 2, "must be true or false"),
        ("kind: 企业\ncounts: {muu: 3}\n", 2, 'did you mean "mu"?'),
        ("kind: 企业\nreceived: {year: -1}\n", 2, "below 0"),
        ("- 企业\n", 1, "a profile is a mapping with keys"),
        ("kind: [企业\n", 2, "this is not YAML"),
        ("kind: 企业\nkind: 学校\n", 2, 'the key "kind" stands here twice'),
    ],
)
def test_a_profile_that_is_wrong_is_told_with_line_key_and_remedy(text, line, words):
    with pytest.raises(UsageError) as caught:
        read_profile(text.encode(), shown="profile.yaml")
    assert str(caught.value).startswith(f"profile.yaml:{line}: ")
    assert words in str(caught.value)
    assert caught.value.remedy or "did you mean" in words


def test_profiles_meet_the_published_schema():
    schema = profile_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for row in rows("profiles.yaml"):
        shown = yaml.safe_dump(row["profile"], allow_unicode=True)
        # BaseLoader has left all of it text: what numbers and truths are is read anew
        plain = yaml.safe_load(shown.replace("'", "")) | {"region": row["profile"]["region"]}
        validator.validate(plain)
        assert profile_of(plain).kind == plain["kind"]
    for wrong in ({"kind": "工厂"}, {"region": "太原市"}, {"kind": "企业", "regoin": "x"}):
        assert not validator.is_valid(wrong)


def test_the_schema_lists_all_that_is_known(run):
    told = json.loads(run("schema", "profile").out)
    assert told == json.loads(json.dumps(profile_schema()))
    assert told["properties"]["kind"]["enum"] == list(known_values()["kind"])
    assert json.loads(run("schema").out)["title"] == "Record"


@pytest.fixture
def profile(tmp_path):
    """Writes a profile and gives its path."""

    def write(plain):
        path = tmp_path / "profile.yaml"
        path.write_text(yaml.safe_dump(plain, allow_unicode=True), "utf-8")
        return path

    return write


def test_apply_prints_the_answers_for_people_and_for_programs(run, profile):
    path = profile({**COURSE, "days": 12, "people": 30, "employment_rate": 0.85})
    shown = run("apply", "--profile", path, "--on", "2024-10-01")
    assert shown.status == 0
    assert "[符合] 项目制培训补贴 · 订单式、项目制培训" in shown.out
    assert "金额  51000 元" in shown.out
    assert "期限  “各经办机构应在收到补贴资金申请后2个月内完成资金拨付”" in shown.out
    told = json.loads(run("apply", "--profile", path, "--on", "2024-10-01", "--format", "json").out)
    first = told["answers"][0]
    assert (first["answer"], first["rule"], first["amount"]["total"]) == ("符合", STEPS, 51000)
    assert first["decided_by"]["clause"] == "七/(二)"
    assert first["coverage"] == 1
    assert {c["asks"] for c in first["conditions"]} >= {"region", "training", "employment"}
    assert all("source" in condition for condition in first["conditions"])
    reasons = [left["why"] for left in told["left_out"]]
    assert any("预算" in why for why in reasons)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--on", "2024-13-01"), '--on is "2024-13-01", which is no day'),
        (("--on", "0199-01-01"), "out of range. Give a day from 1949-10-01 to 2199-12-31"),
        (("--roster", "nowhere.csv"), "nowhere.csv: cannot be read"),
    ],
)
def test_apply_refuses_in_one_line(run, profile, arguments, words):
    outcome = run("apply", "--profile", profile(COURSE), *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_profile_that_is_not_there_is_told(run):
    outcome = run("apply", "--profile", "nowhere.yaml")
    assert (outcome.status, outcome.err) == (
        2,
        "policykb: nowhere.yaml: cannot be read (no such file or directory). Check it.\n",
    )


# rosters

CSV = """姓名,身份证号,证书等级,是否就业,天数
张三,1,高级工,是,12
李四,2,高级工,否,12
王五,3,高级工,是,6
"""


def told(data, shown="people.csv"):
    """The roster in ``data``, answered for the order-based course in 2024."""
    roster = read_roster(data, shown=shown, profile=profile_of(COURSE))
    return roster, answers(Amounts.in_graph(base().graph), roster, date(2024, 10, 1))


def workbook(text):
    book = Workbook()
    for line in text.splitlines():
        book.active.append([int(c) if c.isdigit() else c for c in line.split(",")])
    data = BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [CSV.encode(), CSV.encode("utf-8-sig"), CSV.encode("gb18030"), workbook(CSV)],
    ids=["utf-8", "marked", "gb18030", "xlsx"],
)
def test_a_roster_is_answered_line_by_line(data):
    roster, answered = told(data)
    assert roster.ignored == ("身份证号",)
    courses = [
        (line.number, line.name, offer.answer, offer.sum and offer.sum.total)
        for line, found in answered
        for offer in found.offers
        if offer.rule.id == STEPS
    ]
    # two of three are employed, under 80%: who is not is not counted
    assert courses == [
        (2, "张三", "符合", 1700),
        (3, "李四", "不符合", 0),
        (4, "王五", "符合", 900),
    ]
    assert sums(answered)[STEPS] == (2, 2600)


def test_a_roster_that_reaches_the_rate_is_paid_whole():
    _, answered = told(CSV.replace(",否,", ",是,").encode())
    assert sums(answered)[STEPS] == (3, 4300)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "people.csv: the roster is empty"),
        ("甲,乙\n1,2\n".encode(), "people.csv:1: no head of a column is known (甲、乙)"),
        ("姓名,天数\n张三,12\n李四,十二\n".encode(), "people.csv:3: \"days\" is '十二'"),
        ("姓名,天数\n张三,-1\n".encode(), "people.csv:2: days is -1, which is below 0"),
        ("姓名,就业\n张三,也许\n".encode(), 'people.csv:2: 就业 is "也许", which is neither'),
        ("姓名,证书等级\n张三,特级\n".encode(), "people.csv:2: certificate is"),
        (b"PK\x03\x04 no workbook", "this is no ZIP file"),
        (workbook(CSV)[:2000], "people.csv: this is no ZIP file, or part of it is missing"),
    ],
)
def test_a_roster_that_is_wrong_is_told_with_its_line(data, words):
    with pytest.raises(UsageError) as caught:
        told(data)
    assert words in str(caught.value)
    assert caught.value.remedy


def test_the_command_answers_a_roster(run, profile, tmp_path):
    people = tmp_path / "people.xlsx"
    people.write_bytes(workbook(CSV))
    arguments = ("apply", "--profile", profile(COURSE), "--roster", people, "--on", "2024-10-01")
    shown = run(*arguments).out
    assert f"合计  {STEPS}  2 行符合，合计 2600 元" in shown
    assert shown.endswith("未使用的列  身份证号\n")
    plain = json.loads(run(*arguments, "--format", "json").out)
    assert plain["totals"][STEPS] == {"lines": 2, "total": 2600}
    assert [line["name"] for line in plain["lines"]] == ["张三", "李四", "王五"]


def test_a_rule_base_of_a_newer_version_is_refused(run, space, add):
    add("a.txt", 1)
    assert run("build").status == 0
    [record] = (space.rule_base / "rules").glob("*.yaml")
    record.write_text(record.read_text("utf-8").replace("schema_version: 1", "schema_version: 9"))
    outcome = run("calculate", STEPS)
    assert outcome.status == 2
    assert "schema_version 9 is newer than this policykb reads" in outcome.err
    assert "Install a newer policykb." in outcome.err
