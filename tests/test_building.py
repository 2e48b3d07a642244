"""A build does the work that is new, wherever it is done, and never mistakes old for new."""

import os
import signal
import subprocess
import sys
import time

import pytest
from conftest import ROOT, notice

from kb import store
from kb.build import build
from kb.building import intake, ledger, processes, step
from kb.building.entries import Damaged, Entry, EntryStore
from kb.building.processes import Processes
from kb.building.runners import Serial, local
from kb.building.step import read_record
from kb.building.tasks import Task
from kb.checks import check


def silent(stage, done, total):
    pass


@pytest.fixture
def built(space, add):
    for serial in range(1, 5):
        add(f"{serial}.txt", serial)
    assert build(space, silent).fresh == 4
    return space


def rules(space):
    return {p.relative_to(space.root): p.read_bytes() for p in space.rule_base.rglob("*.*")}


def from_nothing(space):
    """The rule base as a build without any memory makes it."""
    for folder in (space.cache, space.rule_base):
        subprocess.run(["rm", "-r", folder], check=True)
    build(space, silent)
    return rules(space)


def test_what_has_not_changed_is_not_read_again(built, monkeypatch):
    monkeypatch.setattr(step, "extract", lambda source: pytest.fail("read again"))
    report = build(built, silent)
    assert (report.fresh, len(report.read), report.notes) == (0, 4, ())
    assert check(report.base) == ()


def test_one_changed_document_is_one_document_of_work(built, add):
    add("2.txt", 2, subsidy=450)
    assert build(built, silent).fresh == 1
    assert rules(built) == from_nothing(built)


@pytest.mark.parametrize("change", ["moved", "renumbered", "gone", "new"])
def test_whatever_changes_the_result_is_that_of_a_build_from_nothing(built, add, change):
    first = built.documents / "1.txt"
    match change:
        case "moved":
            first.rename(built.documents / "moved.txt")
        case "renumbered":
            add("1.txt", 9)
        case "gone":
            first.unlink()
        case "new":
            text = notice(7).replace("一、", "根据《通知》（文财字〔2021〕1号）要求，\n一、", 1)
            (built.documents / "7.txt").write_text(text, "utf-8")
    build(built, silent)
    assert rules(built) == from_nothing(built)


def test_links_follow_the_document_they_lead_to(built, add):
    text = notice(7).replace("一、", "根据《通知》（文财字〔2021〕8号）要求，\n一、", 1)
    (built.documents / "7.txt").write_text(text, "utf-8")
    base = build(built, silent).base
    cited = base.by_id["141121-wencaizi-2021-7"].citations
    assert [c.target for c in cited] == [None]
    add("8.txt", 8)
    report = build(built, silent)
    assert report.fresh == 1
    loaded = store.load(built.rule_base)
    cited = loaded.by_id["141121-wencaizi-2021-7"].citations
    assert [c.target for c in cited] == ["141121-wencaizi-2021-8"]
    assert report.base.records == loaded.records


def test_other_code_reads_everything_anew(built, monkeypatch):
    for module in (intake, ledger, step):
        monkeypatch.setattr(module, "code_version", lambda: "another")
    assert build(built, silent).fresh == 4


def test_a_file_that_was_touched_but_not_changed_is_left_alone(built):
    path = built.rule_base / "rules/141121-wencaizi-2021-1.yaml"
    os.utime(path, (1, 1))
    build(built, silent)
    assert path.stat().st_mtime == 1


def test_a_value_that_was_edited_is_put_right(built):
    path = built.rule_base / "rules/141121-wencaizi-2021-1.yaml"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"min: 300", b"min: 999"))
    build(built, silent)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", [lambda b: b[:-9], lambda b: b"", lambda b: b[:99] + b"?" * 9])
def test_a_damaged_entry_is_made_anew_and_told_once(built, damage):
    before = rules(built)
    entry = next(iter(built.extracted.iterdir()))
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    report = build(built, silent)
    assert report.notes == ("1 file of the cache was damaged and has been made anew",)
    assert (entry.read_bytes(), rules(built)) == (whole, before)
    assert build(built, silent).notes == ()


@pytest.mark.parametrize("damage", [lambda b: b[:-9], lambda b: b"", lambda b: b[:200] + b"?"])
def test_a_damaged_ledger_costs_no_reading(built, damage):
    before = rules(built)
    built.ledger.write_bytes(damage(built.ledger.read_bytes()))
    report = build(built, silent)
    assert report.notes == ("1 file of the cache was damaged and has been made anew",)
    assert (report.fresh, rules(built)) == (0, before)
    assert build(built, silent).notes == ()


def test_entries_that_nobody_needs_are_swept(built, add):
    (built.extracted / "left.1.new").write_bytes(b"half")
    add("2.txt", 2, subsidy=450)
    build(built, silent)
    assert len(list(built.extracted.iterdir())) == 4


def test_an_entry_is_whole_or_not_there(space, add):
    record = read_record(add("1.txt", 1), root=space.root)
    packed = Entry.of(record).pack()
    assert Entry.unpack(packed).to_record() == record
    for broken in (packed[:-1], packed + b"x", b"", packed.replace(b"300", b"301", 1)):
        with pytest.raises(Damaged):
            Entry.unpack(broken)


# ── several processes ──


def tasks(space):
    root = str(space.root)
    return [Task(str(p), root, p.name) for p in sorted(space.documents.iterdir())]


def test_a_process_that_is_killed_costs_nothing(built, add, monkeypatch):
    for serial in range(10, 30):
        add(f"{serial}.txt", serial)
    honest, started = subprocess.Popen, []

    def start(*arguments, **options):
        started.append(honest(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(processes.subprocess, "Popen", start)
    done = {}
    for task, outcome in Processes(EntryStore(built.extracted), 2).run(tasks(built)):
        if len(done) == 3:
            os.kill(started[0].pid, signal.SIGKILL)
        done[task.shown] = outcome
    assert (len(done), len(started)) == (24, 3)
    assert all(outcome.error is None for outcome in done.values())


def test_a_document_that_kills_whoever_reads_it_is_named(built, monkeypatch, tmp_path):
    # the process imports what this one would: a sitecustomize that dies of one document
    deadly = "import os, extractor.pipeline as p\nhonest = p.extract\n"
    deadly += "def extract(s, **k):\n    s.path.name == '2.txt' and os.kill(os.getpid(), 9)\n"
    deadly += "    return honest(s, **k)\np.extract = extract\n"
    (tmp_path / "sitecustomize.py").write_text(deadly)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")
    found = dict(Processes(EntryStore(built.extracted), 2).run(tasks(built)))
    errors = {task.shown: outcome.error for task, outcome in found.items()}
    assert [name for name, error in errors.items() if error] == ["2.txt"]
    assert "2.txt: reading it ended the process that read it, twice" in str(errors["2.txt"])


def test_one_job_needs_no_process(space):
    assert isinstance(local(space.extracted, 1), Serial)
    assert isinstance(local(space.extracted, 3), Processes)


def test_ctrl_c_ends_a_build_and_the_next_one_goes_on(space, add):
    for serial in range(1, 300):
        add(f"{serial}.txt", serial)
    command = [sys.executable, str(ROOT / "policykb.py"), "build", "--jobs", "2"]
    running = subprocess.Popen(
        command, cwd=space.root, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    # what is still being written may be lost
    while len(entries := [e for e in space.extracted.glob("*") if e.suffix != ".new"]) < 5:
        time.sleep(0.02)
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=300)
    assert running.returncode == 130
    assert "stopped. What was read is kept" in told
    assert "Traceback" not in told
    assert not (space.rule_base / "rules").exists()
    assert build(space, silent).fresh <= 299 - len(entries)
    assert len(store.load(space.rule_base).records) == 299
