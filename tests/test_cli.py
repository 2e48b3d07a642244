"""The command line: what it prints where, and with which exit status."""

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml
from typer.main import get_command

import policykb
from commands import console
from corpus import workspace as workspaces
from kb.plain import json_schema
from kb.schema import Record

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-W", "error::ResourceWarning", str(ROOT / "policykb.py")]
FIRST = "141121-wencaizi-2021-1"


@pytest.fixture
def built(space, add, run):
    add("a.txt", 1)
    add("b.md", 2)
    assert run("build").status == 0
    return space


def test_build_says_what_it_has_done_and_where_to_look(space, add, run):
    add("a.txt", 1)
    outcome = run("build")
    assert outcome.status == 0
    assert "documents  1 read, 0 failed\n" in outcome.out
    assert re.search(r"rules +\d+  金额 1 · 期限 1 · 责任部门 \d", outcome.out)
    assert f"Open {space.site / 'index.html'} in a browser, or run policykb serve." in outcome.out
    assert outcome.err == "documents: 1 of 1\nrules: 1 of 1\n" + "".join(
        f"{line}\n" for line in outcome.err.splitlines()[2:]
    )
    assert (space.site / "index.html").is_file()
    assert (space.rule_base / f"rules/{FIRST}.yaml").is_file()


def test_a_build_without_site_leaves_the_one_that_stands(built, add, run):
    before = {p: p.read_bytes() for p in built.site.rglob("*") if p.is_file()}
    add("c.txt", 3)
    outcome = run("build", "--no-site")
    assert outcome.status == 0
    assert "documents  3 read, 0 failed\n" in outcome.out
    assert "site       left as it was: policykb build brings it up to date" in outcome.out
    assert {p: p.read_bytes() for p in built.site.rglob("*") if p.is_file()} == before
    assert run("show", FIRST.replace("-1", "-3")).status == 0
    # nothing is remembered that would keep the next build from making it
    run("build")
    assert (built.site / f"documents/{FIRST.replace('-1', '-3')}.html").is_file()


def test_a_build_without_site_does_not_ask_whose_folder_it_is(space, add, run):
    add("a.txt", 1)
    space.site.mkdir()
    (space.site / "thesis.doc").write_text("x")
    assert run("build", "--no-site").status == 0


def test_a_build_of_the_same_day_is_the_same_to_the_byte(built, run, monkeypatch):
    def site():
        return {p: p.read_bytes() for p in built.site.rglob("*") if p.is_file()}

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1633046400")
    run("build")
    before = site()
    assert any("2021年10月1日".encode() in page for page in before.values())
    run("build")
    assert site() == before


def test_a_day_that_is_none_is_told(built, run, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    outcome = run("build")
    assert (outcome.status, outcome.out) == (2, "")
    assert 'SOURCE_DATE_EPOCH is "yesterday"' in outcome.err


def test_a_folder_that_is_not_ours_is_not_replaced_by_the_site(space, add, run):
    add("a.txt", 1)
    space.site.mkdir()
    (space.site / "thesis.doc").write_text("x")
    outcome = run("build")
    assert outcome.status == 2
    assert (space.site / "thesis.doc").exists()
    assert not (space.rule_base / "rules").exists()


def test_commands_act_on_the_nearest_workspace_or_the_one_named(built, run, monkeypatch, tmp_path):
    monkeypatch.chdir(built.documents)
    assert run("check").status == 0
    monkeypatch.chdir(tmp_path)
    outcome = run("check")
    assert outcome.status == 2
    assert "no policykb.toml here or above. Run policykb init DIR" in outcome.err
    assert run("check", "--workspace", built.root).status == 0
    assert run("--workspace", built.root, "check").status == 0
    assert run("check", "--workspace", tmp_path).status == 2


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_extract_prints_the_record(space, add, run, format):
    outcome = run("extract", add("a.txt", 1), "--format", format)
    read = (yaml.safe_load if format == "yaml" else json.loads)(outcome.out)
    assert (outcome.status, outcome.err) == (0, "")
    assert read["document"]["id"] == FIRST
    assert ("text" in read) == (format == "json")
    assert not space.rule_base.exists()
    if format == "json":
        Record.model_validate(read)


def test_extract_writes_a_file_for_each_input(space, add, run):
    files = [add("a.txt", 1), add("b.txt", 2), add("b.md", 3)]
    outcome = run("extract", *files, "--format", "json", "-o", "out/x")
    assert (outcome.status, outcome.out) == (0, "")
    written = sorted(path.name for path in Path("out/x").iterdir())
    assert written == ["a.json", "b.md.json", "b.txt.json"]
    read = json.loads(Path("out/x/b.md.json").read_text("utf-8"))
    assert read["document"]["number"] == "文财字〔2021〕3号"
    assert read["document"]["source"]["path"] == "documents/b.md"


def test_extract_of_several_gives_a_line_each(add, run, space):
    outcome = run("extract", add("a.txt", 1), add("b.txt", 2), "--format", "json")
    ids = [json.loads(line)["document"]["id"] for line in outcome.out.splitlines()]
    assert ids == [FIRST, "141121-wencaizi-2021-2"]


def test_extract_needs_no_workspace(run, add, tmp_path, monkeypatch):
    path = add("a.txt", 1)
    monkeypatch.chdir(tmp_path)
    assert json.loads(run("extract", path, "--format", "json").out)["document"]["id"] == FIRST


def test_tag_prints_rules_and_quantities(run):
    text = "每人每天１５０元，最高不超过1000元"
    read = json.loads(run("tag", text).out)
    assert read["rules"][0]["kind"] == "amount"
    assert read["rules"][0]["min"] == 150
    for found in (*read["quantities"], *read["rules"]):
        start, end = found["span"]
        assert text[start:end] == found.get("text", found.get("quote"))
    assert [q["max"] for q in read["quantities"]] == [150, 1000]
    assert read["quantities"][1]["unit"] == "CNY"


def test_tag_counts_relative_days_from_the_day_given(run):
    text = "明年6月底前完成"
    assert "2025-06-30" in run("tag", text, "--on", "2024-10-09").out
    assert "2025" not in run("tag", text).out


def test_tag_reads_json_lines(run, monkeypatch):
    lines = [
        {"text": "每人300元"},
        {"text": "明年6月底前完成", "on": "2024-10-09"},
        {"text": ""},
    ]
    given = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    outcome = run("tag", "-")
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert (outcome.status, outcome.err, len(answers)) == (0, "", 3)
    assert all(answer.keys() == {"rules", "quantities"} for answer in answers)
    assert answers[0]["quantities"][0]["min"] == 300
    assert "2025-06-30" in json.dumps(answers[1])
    assert answers[2] == {"rules": [], "quantities": []}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "this is not JSON"),
        (b"\xff", "this is not JSON"),
        (b"[" * 100_000, "this is not JSON"),
        (b"5", 'there is no text under "text"'),
        (b'{"text": 5}', 'there is no text under "text"'),
        (b'{"text": "x", "on": "soon"}', '"soon" is no day like 2024-10-09'),
        (b'{"text": "x", "on": 5}', '"on" must be a day'),
    ],
)
def test_tag_answers_a_bad_line_and_goes_on(run, monkeypatch, line, words):
    given = line + b'\n{"text": "300\xe5\x85\x83"}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    outcome = run("tag", "-")
    bad, good = (json.loads(answer) for answer in outcome.out.splitlines())
    assert outcome.status == 1
    assert words in bad["error"]
    assert outcome.err == f"policykb: line 1: {bad['error']}\n"
    assert good["quantities"][0]["min"] == 300


def test_tag_of_a_bad_day_is_a_usage_error(run):
    outcome = run("tag", "x", "--on", "2024-13-01")
    assert (outcome.status, outcome.out) == (2, "")
    assert '"2024-13-01" is no day' in outcome.err


def test_search_finds_and_narrows(built, run):
    outcome = run("search", "培训补贴", "--kind", "amount", "--document", FIRST)
    assert outcome.status == 0
    assert f"   {FIRST}#s1-1.amount." in outcome.out
    assert "[金额] 文水县财政局关于发放第1批培训补贴的通知" in outcome.out
    assert outcome.out.splitlines()[-1].startswith("1 / 1")


def test_search_answers_programs(built, run):
    outcome = run("search", '"每人300元"', "--format", "json", "--limit", "1")
    read = json.loads(outcome.out)
    assert read["total"] >= 2
    assert len(read["hits"]) == 1
    hit = read["hits"][0]
    assert [hit["excerpt"][start:end] for start, end in hit["marks"]] == ["每人300元"]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--min", "301"], set()),
        (["--max", "300", "--kind", "amount"], {"1", "2"}),
        (["--year", "2020"], set()),
        (["--region", "1411", "--kind", "deadline"], {"1", "2"}),
        (["--region", "12"], set()),
        (["--department", "县财政局", "--kind", "department", "--document", FIRST], {"1"}),
    ],
)
def test_search_filters(built, run, options, ids):
    read = json.loads(run("search", *options, "--format", "json").out)
    assert {hit["document"][-1] for hit in read["hits"]} == ids


def test_search_sees_what_has_changed_since(built, run, add):
    add("a.txt", 1, subsidy=777)
    assert "0 / 0" in run("search", "777元").out
    run("build")
    assert "0 / 0" not in run("search", "777元").out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--kind", "amont"], "unknown kind 'amont'. Kinds are amount"),
        (["--min", "many"], "'many' is no number of yuan"),
        (["--min", "5", "--max", "1"], "run backwards"),
        (["--region", "山西"], "is no region code"),
        (["--limit", "0"], "Invalid value for '--limit'"),
        (["--colour"], "No such option: --colour"),
    ],
)
def test_search_that_cannot_be_carried_out_is_told(built, run, options, words):
    outcome = run("search", "补贴", *options)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_rule_base_that_is_empty_is_told(space, run):
    outcome = run("search", "补贴")
    assert outcome.status == 2
    assert "the rule base is empty. Run policykb build first." in outcome.err


def test_show_a_document_a_clause_and_a_rule(built, run):
    shown = run("show", FIRST).out
    assert "文财字〔2021〕1号" in shown
    assert "一/(一)" in shown
    assert run("show", "文财字[2021]1号").out == shown
    clause = run("show", f"{FIRST}#s1-1").out
    assert "（一）对企业职工给予每人300元培训补贴。" in clause
    rule = re.search(rf"{FIRST}#s1-1\.amount\.\w+", clause)[0]
    assert run("show", f"{FIRST}#一/(一)").out == clause
    text = run("show", rule).out
    assert "[金额]" in text and "每人300元" in text
    read = json.loads(run("show", rule, "--format", "json").out)
    assert (read["id"], read["document"], read["min"]) == (rule, FIRST, 300)
    assert json.loads(run("show", FIRST, "--format", "json").out)["document"]["id"] == FIRST
    plain = json.loads(run("show", f"{FIRST}#s1-1", "--format", "json").out)
    assert (plain["path"], plain["rules"][0]["min"]) == ("一/(一)", 300)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (f"{FIRST}#s1-9", f'did you mean "{FIRST}#s1'),
        ("141121-wencaizi-2021-3", 'did you mean "141121-wencaizi-2021-'),
        ("补贴", "policykb search finds the ids"),
    ],
)
def test_show_of_something_else_names_the_nearest(built, run, name, words):
    outcome = run("show", name)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err


def test_check_counts_problems(built, run):
    outcome = run("check")
    assert (outcome.status, outcome.err) == (0, "")
    assert re.fullmatch(r"2 records, \d+ rules, 0 problems\n", outcome.out)
    path = built.rule_base / f"texts/{FIRST}.txt"
    path.write_text(path.read_text("utf-8").replace("300", "900"), "utf-8")
    outcome = run("check")
    assert outcome.status == 1
    assert "the text is not the one that was read" in outcome.out
    assert len(json.loads(run("check", "--format", "json").out)) >= 2


def test_check_names_a_broken_file_with_its_line(built, run):
    path = built.rule_base / f"rules/{FIRST}.yaml"
    path.write_text(path.read_text("utf-8").replace("  kind: amount", "  knid: amount"), "utf-8")
    outcome = run("check")
    assert outcome.status == 1
    assert re.search(rf"kb/rules/{FIRST}\.yaml:\d+: ", outcome.out)
    outcome = run("search", "补贴")
    assert outcome.status == 1
    assert "141121-wencaizi-2021-2" in outcome.out
    assert f"kb/rules/{FIRST}.yaml" in outcome.err


def test_check_looks_at_the_catalogue(built, run):
    (built.root / "catalogue.yaml").write_text(
        "documents:\n- {path: documents/a.txt, title: 题, source: 出处, sha256: '00'}\n", "utf-8"
    )
    outcome = run("check")
    assert outcome.status == 1
    assert "documents/a.txt is not the file that was catalogued" in outcome.out
    assert "note: documents/b.md is not in the catalogue" in outcome.out


def test_the_rule_base_of_the_repository_is_sound(run, monkeypatch):
    monkeypatch.chdir(ROOT)
    outcome = run("check")
    assert (outcome.status, outcome.err) == (0, ""), outcome.out


def test_evaluate_measures_and_can_require(built, run, tmp_path):
    gold = tmp_path / "gold"
    gold.mkdir()
    facts = [
        {"kind": "amount", "clause": "一/(一)", "min": 300, "max": 300, "quote": "每人300元"},
        {"kind": "amount", "clause": "一/(一)", "min": 301, "quote": "每人301元"},
        {"kind": "meta", "field": "annotated_kinds", "value": ["amount"]},
    ]
    (gold / "a.jsonl").write_text("\n".join(map(json.dumps, facts)), "utf-8")
    outcome = run("evaluate", gold, "--errors", "amount", "--json", tmp_path / "f.json")
    assert outcome.status == 0
    assert "a MISSED amount" in outcome.out
    assert re.search(r"amount +2 +1 +1\.000 +0\.500 +0\.667", outcome.out)
    assert json.loads((tmp_path / "f.json").read_text())["amount"] == 0.6667
    outcome = run("evaluate", gold, "--require", "amount=0.9", "--require", "amount=0.5")
    assert outcome.status == 1
    assert "short of: amount 0.6667 < 0.9\n" in outcome.out
    assert run("evaluate", gold, "--require", "amont=1").status == 2
    assert run("evaluate", tmp_path / "none").status == 2


def test_schema_prints_the_schema(run):
    assert json.loads(run("schema").out) == json_schema()


def test_init_makes_a_workspace_once(run, tmp_path, monkeypatch):
    outcome = run("init", tmp_path / "新 的")
    assert outcome.status == 0
    assert "then run policykb build" in outcome.out
    again = run("init", tmp_path / "新 的")
    assert (again.status, again.out) == (2, "")
    assert "this is a workspace already" in again.err


def test_version_and_help(run):
    assert re.fullmatch(r"policykb \d+\.\d+\.\d+\n", run("--version").out)
    outcome = run("--help")
    assert outcome.status == 0
    assert all(name in outcome.out for name in get_command(policykb.app).commands)


@pytest.mark.parametrize("name", sorted(get_command(policykb.app).commands))
def test_every_command_has_help_with_an_example(run, name):
    outcome = run(name, "--help")
    assert (outcome.status, outcome.err) == (0, "")
    assert re.search(rf"Examples?:\n +policykb {name}", outcome.out)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Usage: policykb"),
        (["bild"], "No such command 'bild'"),
        (["show"], "Missing argument 'ID'. See policykb show --help."),
        (["extract", "a.txt", "--format", "xml"], "policykb extract --help"),
        (["serve", "--port", "70000"], "Invalid value for '--port'"),
    ],
)
def test_wrong_usage_goes_to_stderr_with_status_2(space, run, arguments, words):
    outcome = run(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err


def test_an_unforeseen_error_is_one_line_and_debug_shows_where(space, run, monkeypatch):
    def broken(start):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(workspaces, "find", broken)
    outcome = run("check")
    assert outcome.status == 1
    assert outcome.err.startswith("policykb: unexpected ZeroDivisionError: oops. Please report")
    assert outcome.err.count("\n") == 1
    for arguments in (["--debug", "check"], ["check", "--debug"]):
        assert "Traceback" in run(*arguments).err


# what only a process of its own can show


def process(*arguments, **options):
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_a_reader_that_leaves_ends_the_command_quietly(built):
    lines = b'{"text": "300\xe5\x85\x83"}\n' * 5000
    with process("tag", "-", stdin=subprocess.PIPE) as running:
        running.stdout.close()
        try:
            running.stdin.write(lines)
            running.stdin.close()
        except BrokenPipeError:
            pass
        assert running.wait(60) == 141
        assert running.stderr.read() == b""


def test_ctrl_c_ends_the_command_with_130(built):
    with process("tag", "-", stdin=subprocess.PIPE) as running:
        running.stdin.write(b'{"text": "300"}\n')
        running.stdin.flush()
        assert running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert running.stderr.read() == b""


def test_serve_shows_the_site_until_ctrl_c(built):
    with process("serve", "--port", 0) as running:
        said = running.stdout.readline().decode()
        address = re.match(r"(http://127\.0\.0\.1:\d+/)  \(Ctrl-C stops it\)", said)[1]
        with urlopen(address) as page:
            assert page.read() == (built.site / "index.html").read_bytes()
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert running.stderr.read() == b""


def test_output_is_utf8_whatever_the_locale(built):
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with process("show", FIRST, env=plain) as running:
        out, err = running.communicate(timeout=300)
    assert (running.returncode, err) == (0, b"")
    assert "文财字〔2021〕1号" in out.decode("utf-8")


def test_a_terminal_sees_a_bar_and_marks(built):
    """On a terminal, progress is drawn and what was looked for is set off."""
    for arguments, sign in ((["build"], b"\x1b["), (["search", "培训补贴"], b"\x1b[")):
        ours, theirs = pty.openpty()
        running = subprocess.Popen(
            [*COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        said = b""
        try:
            while chunk := os.read(ours, 65536):
                said += chunk
        except OSError:
            # the other end has been closed
            pass
        assert running.wait(60) == 0
        os.close(ours)
        assert sign in said


def test_help_does_not_wait_for_what_it_does_not_need():
    heavy = "{'spacy', 'whoosh', 'jinja2', 'pydantic'} & {*sys.modules}"
    script = f"import sys, policykb; print(*sorted({heavy}))"
    out = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == ""
    subprocess.run([*COMMAND, "--help"], check=True, capture_output=True)


def test_what_has_an_id_is_shown_without_reading_the_rest(built, run, monkeypatch):
    """A document, a clause and a rule; a misspelt id is looked for everywhere."""
    read = []
    whole = console.base
    monkeypatch.setattr(console, "base", lambda space: read.append(space) or whole(space))
    rule = json.loads(run("show", FIRST, "--format", "json").out)["rules"][0]["id"]
    for name in (FIRST, f"{FIRST}#s1", rule):
        assert run("show", name).status == 0
    assert read == []
    assert "did you mean" in run("show", f"{FIRST}#s99").err
    assert len(read) == 1
