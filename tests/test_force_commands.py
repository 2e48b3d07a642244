"""The commands on what is in force, from the command line."""

import json

import pytest

from corpus import lock
from kb import store
from tests.force_samples import NEW, NEW_ID, OLD, OLD_ID
from tests.test_force_inferred import province


@pytest.fixture
def built(space, run):
    """A workspace with four notices, built."""
    texts = {"old": OLD, "new": NEW, "a": province(300, 2019), "b": province(400, 2021)}
    for name, text in texts.items():
        (space.documents / f"{name}.txt").write_text(text, "utf-8")
    assert run("build").status == 0
    return space


def asked(run, *arguments):
    told = run(*arguments, "--format", "json")
    assert told.status == 0, told.err
    return json.loads(told.out)


def incoming(run, document, relation):
    return [r for r in asked(run, "relations", document)["incoming"] if r["id"] == relation]


def inference(run) -> dict:
    return asked(run, "review", "--kind", "supersession")[0]


def test_status_of_a_document_by_its_number(built, run) -> None:
    shown = asked(run, "status", "晋政办发[2020]5号", "--on", "2022-07-01")
    assert (shown["id"], shown["state"], shown["presumed"]) == (OLD_ID, "repealed", False)
    assert "同时废止" in shown["reasons"][0]["quote"]
    told = run("status", OLD_ID, "--on", "2022-06-30")
    assert "有效  in_force" in told.out


def test_status_of_today_where_no_day_is_given(built, run, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1590000000")
    assert asked(run, "status", OLD_ID)["on"] == "2020-05-20"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("status", "140000-jinzhengbanfa-2020-6"), 'did you mean "140000-jinzhengbanfa-2020-5"'),
        (("status", f"{OLD_ID}#第九条"), "did you mean"),
        (("status", "没有的文件"), "policykb search finds"),
        (("status", OLD_ID, "--on", "明天"), "Write it as 2021-12-01"),
        (("review", "--kind", "x"), "It is one of"),
        (("relations", "nothing at all"), "there is no"),
        (("diff", OLD_ID, "nowhere.txt"), "there is no"),
        (("confirm", "rel-0", "--by", "张三"), "to decide"),
        (("confirm", "rel-0"), "--by"),
    ],
)
def test_an_error_says_what_to_do(built, run, arguments, told) -> None:
    outcome = run(*arguments)
    assert outcome.status == 2
    assert told in outcome.err
    assert outcome.out == ""


def test_timeline_in_json_is_a_list_of_measures(built, run) -> None:
    found = asked(run, "timeline", "企业职工培训补贴")
    assert [m["name"] for m in found] == ["培训补贴 · 企业职工培训（山西省）"]
    entry = found[0]["entries"][0]
    keys = {"rule", "document", "clause", "value", "from", "to", "relation", "asserted_by", "quote"}
    assert keys <= set(entry)
    assert "没有叫“购房补贴”的事项" in run("timeline", "购房补贴").out


def test_relations_read_both_ways(built, run) -> None:
    out = [r["type"] for r in asked(run, "relations", NEW_ID)["outgoing"]]
    assert "repeals" in out
    (back,) = [r for r in asked(run, "relations", OLD_ID)["incoming"] if r["type"] == "repeals"]
    assert (back["name"], back["reverse"]) == ("废止", "被废止")
    assert "被废止 晋政办发〔2022〕9号" in run("relations", OLD_ID).out


def test_a_document_that_is_not_here_says_who_cites_it(built, run) -> None:
    text = province(200, 2023, serial=8).replace("一、", "一、根据晋办发〔2021〕6号文件，")
    (built.documents / "c.txt").write_text(text, "utf-8")
    run("build")
    stub = asked(run, "relations", "晋办发〔2021〕6号")["stub"]
    assert [place["document"] for place in stub["cited_by"]] == ["140000-jincaifa-2023-8"]
    assert asked(run, "status", "晋办发[2021]6号", "--on", "2022-01-01")["state"] == "unknown"


def test_a_confirmation_makes_a_fact_that_outlives_a_build(built, run) -> None:
    item = inference(run)
    target = item["evidence"][1]["document"]
    (presumed,) = incoming(run, target, item["id"])
    rule = presumed["to"]["rule"]
    assert asked(run, "status", rule, "--on", "2021-06-01")["state"] == "presumed_superseded"
    assert run("confirm", item["id"], "--by", "张三", "--note", "核实").status == 0
    assert run("build").status == 0
    (relation,) = incoming(run, target, item["id"])
    assert (relation["asserted_by"], relation["review"]["note"]) == ("张三", "核实")
    assert asked(run, "status", rule, "--on", "2021-06-01")["state"] == "superseded"
    assert asked(run, "status", target, "--on", "2021-06-01")["state"] == "partly_superseded"
    assert "张三" in (built.rule_base / "relations" / "curated.yaml").read_text("utf-8")


def test_a_rejection_and_a_correction_are_kept(built, run) -> None:
    item = inference(run)
    assert run("correct", item["id"], "--by", "张三", "--type", "specialises").status == 0
    assert asked(run, "review", "--kind", "supersession") != [item]
    assert run("reject", item["id"], "--by", "李四").status == 0
    assert item["id"] not in {
        r["id"] for r in asked(run, "relations", "晋财发〔2019〕3号")["incoming"]
    }


def test_a_second_word_on_an_item_says_whose_it_replaces(built, run) -> None:
    item = inference(run)
    first = run("confirm", item["id"], "--by", "张三")
    assert first.out == f"{item['id']}  confirmed  张三  {item['what']}\n"
    assert "takes the place of what 张三 said on" in run("reject", item["id"], "--by", "李四").out
    assert "takes the place" not in run("reject", item["id"], "--by", "李四").out


def test_check_tells_of_words_on_documents_that_are_not_here(built, run) -> None:
    path = built.rule_base / "relations" / "curated.yaml"
    path.parent.mkdir()
    path.write_text("identities:\n- {document: x, number: 晋财发〔2019〕9号, by: 张三}\n", "utf-8")
    assert 'identities: there is no document "x" here' in run("check").out


def test_words_on_a_rule_are_written_into_its_record(built, run) -> None:
    rule = asked(run, "timeline", "企业职工培训补贴")[0]["entries"][0]["rule"]
    assert (
        run("correct", rule, "--by", "张三", "--set", "payee=企业", "--set", "max=310").status == 0
    )
    kept = store.load(built.rule_base).rule(rule)[1]
    assert (kept.payee, kept.max, kept.review.status) == ("企业", 310, "corrected")
    assert run("build").status == 0
    assert store.load(built.rule_base).rule(rule)[1] == kept


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--set", "categry=企业"), 'did you mean "category"'),
        (("--set", "max=很多"), '"max" does not fit'),
        (("--set", "max"), "is no FIELD=VALUE"),
        (("--type", "repeals"), "Say what is right with --set"),
        (("--set", "max=-5"), "cannot be less than 0"),
        (("--set", "min=500", "--set", "max=300"), "the least, 500, is more than the most, 300"),
        ((), "must say what is right"),
    ],
)
def test_a_correction_of_a_rule_that_does_not_fit_is_refused(built, run, more, told) -> None:
    rule = asked(run, "timeline", "企业职工培训补贴")[0]["entries"][0]["rule"]
    outcome = run("correct", rule, "--by", "张三", *more)
    assert outcome.status == 2
    assert told in outcome.err


def test_two_people_at_once_cannot_overwrite_each_other(built, run) -> None:
    item = inference(run)
    with lock.writing(built):
        outcome = run("confirm", item["id"], "--by", "张三")
    assert outcome.status == 1
    assert "another policykb" in outcome.err
    assert not (built.rule_base / "relations" / "curated.yaml").exists()


def test_a_broken_file_of_words_is_named_and_costs_no_build(built, run) -> None:
    path = built.rule_base / "relations" / "curated.yaml"
    path.parent.mkdir()
    path.write_text("decisions:\n- {id: rel-1}\n", "utf-8")
    outcome = run("build")
    assert outcome.status == 1
    assert "relations/curated.yaml:2" in outcome.err
    assert run("status", OLD_ID).status == 1
    checked = run("check")
    assert checked.status == 1
    assert "relations/curated.yaml:2" in checked.out


def test_a_build_tells_of_decisions_whose_words_have_changed(built, run) -> None:
    item = inference(run)
    run("confirm", item["id"], "--by", "张三")
    assert item["id"] not in run("build").out
    for name in ("a", "b", "old"):
        path = built.documents / f"{name}.txt"
        changed = path.read_text("utf-8").replace("每人300元", "每人333元")
        path.write_text(changed.replace("每人400元", "每人444元"), "utf-8")
    told = run("build")
    assert f"note: {item['id']}: the words this was decided on have changed" in told.out
    stale = asked(run, "review", "--kind", "stale")[0]
    assert "原为“" in stale["reasons"][0]
    assert "444元" in "".join(stale["reasons"])


def test_versions_are_compared_as_files(built, run) -> None:
    (built.root / "v2.txt").write_text(OLD.replace("300元", "350元"), "utf-8")
    shown = asked(run, "diff", "documents/old.txt", "v2.txt")
    assert [c["kind"] for c in shown["clauses"]] == ["changed"]
    assert "金额：300元 → 350元" in run("diff", OLD_ID, "v2.txt").out
    assert "没有差别" in run("diff", OLD_ID, "documents/old.txt").out


def test_citations_in_the_rule_base_have_their_targets(built) -> None:
    new = store.load(built.rule_base).by_id[NEW_ID]
    assert [c.target for c in new.citations if c.relation == "repeals"] == [OLD_ID]
