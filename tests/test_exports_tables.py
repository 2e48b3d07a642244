"""JSON, CSV and SQLite, each read back by a program that others read it with."""

import csv
import json
import sqlite3
import subprocess
from contextlib import closing

import pytest
from exports_samples import ON, bundled_content, content_of, of_records, with_first_rejected

from kb.exports.csv_files import csv_files
from kb.exports.json_file import json_file
from kb.exports.sqlite_file import FILE, sqlite_file
from kb.force.models import End
from kb.force.status import status
from kb.plain import rule_to_plain
from tests.claims_samples import STEPS, base, notice

CONTENT = bundled_content()
TEXTS = {record.document.id: record.text for record in CONTENT.records}
FROM_WHERE = ("document", "number", "clause", "quote", "state", "review_status")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All three, on disk."""
    made = tmp_path_factory.mktemp("exports")
    for export in (json_file(CONTENT), csv_files(CONTENT), sqlite_file(CONTENT)):
        for name, content in export.files.items():
            (made / name).write_bytes(content)
    return made


@pytest.fixture
def database(folder):
    with closing(sqlite3.connect(folder / FILE)) as connected:
        connected.row_factory = sqlite3.Row
        yield connected


def test_the_life_of_a_rule_is_what_the_state_of_every_day_says():
    for told in CONTENT.told[::7]:
        subject = End(told.record.document.id, told.rule.clause or None, told.rule.id)
        for stretch in told.states:
            for day in filter(None, (stretch.first, stretch.last)):
                assert status(CONTENT.graph, subject, day).state == stretch.state


def test_json_holds_every_rule_with_its_words_state_and_review(folder):
    told = json.loads((folder / "policykb.json").read_text("utf-8"))
    assert told["on"] == ON.isoformat()
    by_id = {rule["id"]: rule for rule in told["rules"]}
    assert by_id.keys() == {rule.id for _, rule in CONTENT.graph.base.rules()}
    for record, rule in CONTENT.graph.base.rules():
        held = by_id[rule.id]
        assert held.items() >= rule_to_plain(rule).items()
        assert (held["document"], held["number"]) == (
            record.document.id,
            record.document.number,
        )
        assert TEXTS[held["document"]][slice(*held["span"])] == held["quote"]
        assert held["state"] == base().status(rule.id, ON).state


def test_an_amount_of_json_tells_what_it_needs_and_whom_an_employment_rate_counts(folder):
    told = json.loads((folder / "policykb.json").read_text("utf-8"))
    steps = next(rule for rule in told["rules"] if rule["id"] == STEPS)
    assert [n["name"] for n in steps["needs"]] == ["people", "days", "employment_rate"]
    employment = next(c for c in steps["requirements"] if c["asks"] == "employment")["employment"]
    assert employment["floor"] == 80
    assert employment["below_source"]["quote"].startswith("就业率达不到")
    assert steps["life"][0]["first"] > "2024"


def read(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["amounts", "deadlines", "departments", "targets", "groups"])
def test_every_row_of_csv_tells_where_its_values_come_from(folder, name):
    rows = read(folder, name)
    rules = {r.id: r for _, r in CONTENT.graph.base.rules(name.removesuffix("s"))}
    assert [row["id"] for row in rows] == [t.rule.id for t in CONTENT.told if t.rule.id in rules]
    for row in rows:
        place = slice(int(row["span_start"]), int(row["span_end"]))
        assert TEXTS[row["document"]][place] == row["quote"] == rules[row["id"]].quote
        assert all(row[column] or column == "clause" for column in FROM_WHERE)


def test_lists_and_exact_numbers_stand_in_cells_of_csv():
    made = csv_files(content_of("对种粮农户给予每亩120.5元补贴。")).files
    row = next(csv.DictReader(made["amounts.csv"].decode("utf-8-sig").splitlines()))
    assert (row["max"], json.loads(row["per"])) == ("120.5", ["mu"])


_PANDAS = """
import duckdb, pandas, sys
frame = pandas.read_csv(sys.argv[1] + "/amounts.csv")
print(len(frame), int(frame.loc[frame.item == "取证补贴", "max"].sum()))
rows = duckdb.sql(f"select count(*), max(cap_max) from '{sys.argv[1]}/amounts.csv'").fetchall()
print(*rows[0])
"""


def test_pandas_and_duckdb_read_the_numbers_of_csv(folder, consumers):
    amounts = [rule for _, rule in CONTENT.graph.base.rules("amount")]
    total = sum(rule.max for rule in amounts if rule.item == "取证补贴" and rule.max)
    said = subprocess.run(
        [consumers, "-X", "utf8", "-c", _PANDAS, folder], capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == [*map(str, (len(amounts), total, len(amounts))), "5000"]


def test_tables_of_sqlite_are_typed_and_tied(database):
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    tied = database.execute("PRAGMA foreign_key_list(amounts)").fetchall()
    assert {(key["table"], key["from"], key["to"] or "id") for key in tied} == {
        ("rules", "rule", "id")
    }
    amounts = database.execute("SELECT * FROM amount_rules").fetchall()
    rules = {rule.id: rule for _, rule in CONTENT.graph.base.rules("amount")}
    assert {row["id"]: row["max"] for row in amounts} == {
        name: None if rule.max is None else int(rule.max) for name, rule in rules.items()
    }
    for row in amounts:
        assert TEXTS[row["document"]][row["span_start"] : row["span_end"]] == row["quote"]
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("INSERT INTO amount_tiers VALUES ('no rule', 1, NULL, NULL, 1)")


@pytest.mark.parametrize("words", ["培训前10天", "实际就业人数", "取证补贴"])
def test_full_text_finds_chinese_words_inside_others(database, words):
    found = database.execute(
        "SELECT clauses.* FROM clauses_fts JOIN clauses ON clauses.rowid = clauses_fts.rowid "
        "WHERE clauses_fts MATCH ?",
        (f'"{words}"',),
    ).fetchall()
    holding = [r for r in database.execute("SELECT * FROM clauses") if words in r["text"]]
    assert holding
    assert {row["id"] for row in found} >= {row["id"] for row in holding}
    assert all(words in row["text"] + row["heading"] for row in found)


def test_datasette_opens_the_database_and_searches_it(folder, consumers):
    def get(path):
        command = [consumers, "-m", "datasette", folder / FILE, "--get", path]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
        return json.loads(said.stdout)

    amounts = get("/policykb/amounts.json?_shape=array&_size=max&_labels=on")
    assert len(amounts) == len(list(CONTENT.graph.base.rules("amount")))
    found = get("/policykb/rules.json?_shape=array&_search=培训前10天")
    assert STEPS in {row["id"] for row in found}


def test_a_rejected_rule_is_listed_and_not_told():
    content = of_records(with_first_rejected(notice("对企业职工培训给予每人300元培训补贴。")))
    first = content.graph.base.records[0].rules[0].id
    told = json.loads(json_file(content).files["policykb.json"])
    assert first not in {rule["id"] for rule in told["rules"]}
    assert [(f["rule"], f["why"]) for f in told["left_out"]] == [(first, "rejected by 张三")]
    assert first.encode() in csv_files(content).files["left_out.csv"]
    assert first.encode() not in csv_files(content).files["rules.csv"]


def test_an_empty_rule_base_has_all_tables():
    made = csv_files(of_records()).files
    assert made["amounts.csv"].startswith("\ufeffid,kind,document".encode())
    assert made["amounts.csv"].count(b"\n") == 1
    assert sqlite_file(of_records()).files[FILE].startswith(b"SQLite format 3")


# the command


@pytest.fixture
def built(add, run):
    """A small workspace with a rule base."""
    add("a.txt", 1)
    assert run("build").status == 0


def test_the_command_says_what_it_wrote(built, run, tmp_path):
    outcome = run("export", "sqlite", "--out", tmp_path / "new" / "a.sqlite")
    assert outcome.out == f"written    {tmp_path / 'new' / 'a.sqlite'}\n"
    with closing(sqlite3.connect(tmp_path / "new" / "a.sqlite")) as connected:
        assert connected.execute("SELECT max FROM amounts").fetchall() == [(300,)]
    assert run("export", "json").out == "written    policykb.json\n"


def test_a_folder_is_filled_again_and_only_if_it_is_ours(built, run, tmp_path):
    folder = tmp_path / "out"
    assert run("export", "csv", "--out", folder, "--on", "2021-10-01").status == 0
    listed = json.loads((folder / "export.json").read_text("utf-8"))
    assert listed["on"] == "2021-10-01"
    assert {path.name for path in folder.iterdir()} == {*listed["files"], "export.json"}
    (folder / "mine.txt").write_text("kept")
    # what an older version wrote goes, what lies outside never does
    listed["files"] += ["gone.csv", "../policykb.toml"]
    (folder / "gone.csv").write_text("")
    (tmp_path / "policykb.toml").write_text("")
    (folder / "export.json").write_text(json.dumps(listed))
    assert run("export", "csv", "--out", folder).status == 0
    assert not (folder / "gone.csv").exists()
    assert (folder / "mine.txt").exists()
    assert (tmp_path / "policykb.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("csv", "--out", "-"), "14 files, and stdout takes one. Name a folder: --out DIR."),
        (("csv", "--out", "documents"), "policykb did not export, so it is not replaced. Empty it"),
        (("json", "--on", "soon"), '--on is "soon", which is no day. Write it as 2021-12-01.'),
        (("json", "--out", "documents"), "cannot be written (is a directory)"),
        (("parquet",), "'parquet' is not one of"),
    ],
)
def test_the_command_refuses_in_one_line(built, run, arguments, words):
    outcome = run("export", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1
