"""The Whoosh index on disk: damage, crashes, other writers, many updates."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from search_samples import BASE, PLAN, RECORDS, real_base
from whoosh.filedb.filestore import FileStorage

from corpus.errors import BusyError, PolicyError
from kb.models import KnowledgeBase
from kb.schema import FindingRecord
from kb.search import whoosh_engine, whoosh_folder
from kb.search.engine import Query
from kb.search.whoosh_engine import WhooshEngine

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "index"
    engine = WhooshEngine(folder)
    engine.update(BASE)
    engine.close()
    return folder


def answers(engine):
    return [engine.search(Query(text, limit=1000)).hits for text in ("补贴", "级工", "5", "")]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    engine = WhooshEngine(tmp_path_factory.mktemp("expected"))
    engine.update(BASE)
    found = answers(engine)
    engine.close()
    return found


def one(folder, pattern):
    (file,) = folder.glob(pattern)
    return file


def truncate(file):
    file.write_bytes(file.read_bytes()[:-40])


def flip(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def empty(file):
    file.write_bytes(b"")


DAMAGE = [
    ("*.seg", truncate, r"\.seg is damaged"),
    ("*.seg", flip, r"\.seg is damaged"),
    ("*.seg", empty, r"\.seg is damaged"),
    ("*.seg", Path.unlink, r"\.seg is missing"),
    ("*.toc", truncate, r"\.toc is damaged"),
    ("*.toc", Path.unlink, r"\.toc is missing"),
    ("seal.json", flip, r"seal\.json is damaged"),
    ("seal.json", empty, r"seal\.json is damaged"),
    ("seal.json", Path.unlink, "cut short"),
]


@pytest.mark.parametrize(("pattern", "damage", "why"), DAMAGE)
def test_a_damaged_index_is_built_again_and_the_report_says_so(
    folder, expected, pattern, damage, why
):
    damage(one(folder, pattern))
    engine = WhooshEngine(folder)
    with pytest.raises(PolicyError, match=why):
        engine.search(Query("补贴"))
    report = engine.update(BASE)
    assert (report.added, report.updated, report.unchanged) == (len(RECORDS), 0, 0)
    assert re.search(why, report.rebuilt_because or "")
    assert answers(engine) == expected
    assert engine.update(BASE).rebuilt_because is None
    engine.close()


def test_an_index_of_another_version_is_built_again(folder, monkeypatch):
    monkeypatch.setattr(whoosh_folder, "VERSION", "whoosh-next")
    engine = WhooshEngine(folder)
    assert engine.update(BASE).rebuilt_because == "it was written by another version"
    engine.close()


@pytest.mark.filterwarnings(
    # Whoosh leaves the file open that it cannot read
    "ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"
)
def test_an_index_that_is_whole_and_yet_unreadable_is_built_again(folder, expected):
    toc = one(folder, "*.toc")
    toc.write_bytes(b"from another world")
    whoosh_folder.IndexFolder(folder)._seal()
    engine = WhooshEngine(folder)
    assert "cannot be read" in (engine.update(BASE).rebuilt_because or "")
    assert answers(engine) == expected
    engine.close()


def test_a_first_index_is_no_rebuilt_one(tmp_path):
    engine = WhooshEngine(tmp_path / "deep" / "down")
    assert engine.update(BASE).rebuilt_because is None
    engine.close()


DIES = """
import os, sys
sys.path.insert(0, "tests")
from pathlib import Path
from search_samples import BASE, PLAN
from kb.models import KnowledgeBase
from kb.schema import FindingRecord
from kb.search import seal, whoosh_schema
from kb.search.whoosh_engine import WhooshEngine
from whoosh.writing import SegmentWriter
engine = WhooshEngine(Path(sys.argv[1]))
engine.update(KnowledgeBase.of([PLAN]))
die = lambda *_, **__: os._exit(9)
{dies} = die
engine.update(BASE)
"""


def dies_at(folder, place):
    done = subprocess.run(
        [sys.executable, "-c", DIES.format(dies=place), str(folder)], cwd=ROOT, check=False
    )
    assert done.returncode == 9


def test_a_crash_before_the_commit_leaves_the_index_as_it_was(tmp_path, expected):
    dies_at(tmp_path, "SegmentWriter.commit")
    engine = WhooshEngine(tmp_path)
    assert {hit.document for hit in engine.search(Query("补贴")).hits} == {PLAN.document.id}
    report = engine.update(BASE)
    assert (report.added, report.unchanged, report.rebuilt_because) == (3, 1, None)
    assert answers(engine) == expected
    engine.close()


@pytest.mark.parametrize("place", ["SegmentWriter._commit_toc", "seal.renew"])
def test_a_crash_within_the_commit_is_noticed_or_does_no_harm(tmp_path, expected, place):
    dies_at(tmp_path, place)
    engine = WhooshEngine(tmp_path)
    report = engine.update(BASE)
    assert bool(report.rebuilt_because) == (place == "seal.renew")
    assert answers(engine) == expected
    engine.close()


def test_a_failed_update_lets_go_of_the_index(folder, expected, monkeypatch):
    engine = WhooshEngine(folder)
    changed = PLAN.model_copy(update={"rules": ()})
    with monkeypatch.context() as broken:
        broken.setattr(whoosh_engine, "item_entry", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            engine.update(KnowledgeBase.of([changed]))
    assert answers(engine) == expected
    assert engine.update(KnowledgeBase.of([changed])).updated == 1
    engine.close()


def test_two_do_not_update_at_once(folder, monkeypatch):
    monkeypatch.setattr(whoosh_folder, "_PATIENCE", 0.2)
    lock = FileStorage(str(folder)).lock("update.lock")
    assert lock.acquire()
    engine = WhooshEngine(folder)
    with pytest.raises(BusyError, match="another policykb"):
        engine.update(BASE)
    assert engine.search(Query("补贴")).total  # reading goes on
    lock.release()
    assert engine.update(BASE).unchanged == len(RECORDS)
    engine.close()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(PolicyError, match=r"cannot be written.*make the folder writable"):
        WhooshEngine(tmp_path / "file" / "index").update(BASE)


def test_many_small_updates_leave_few_segments(tmp_path, expected):
    engine = WhooshEngine(tmp_path)
    for turn in range(40):
        noted = PLAN.model_copy(update={"findings": (_finding(turn),)})
        records = [noted, *RECORDS[1 : 1 + turn % 4]]
        assert engine.update(KnowledgeBase.of(records)).rebuilt_because is None
    assert len(list(tmp_path.glob("*.seg"))) <= 10
    engine.update(BASE)
    assert _ids(answers(engine)) == _ids(expected)
    engine.close()


def _finding(turn):
    return FindingRecord(severity="info", code="turn", message=str(turn))


def _ids(answers):
    # their order may differ: weights still count what was deleted
    return [sorted(hit.id for hit in hits) for hits in answers]


def test_a_large_base_is_committed_in_parts(tmp_path, monkeypatch):
    whole, parts = WhooshEngine(tmp_path / "whole"), WhooshEngine(tmp_path / "parts")
    base = real_base()
    whole.update(base)
    monkeypatch.setattr(whoosh_engine, "_BATCH", 4_000)
    assert parts.update(base).added == len(base.records)
    assert len(list((tmp_path / "parts").glob("*.seg"))) > 1
    assert answers(parts) == answers(whole)
    whole.close()
    parts.close()


def test_nothing_is_told_to_the_user(tmp_path):
    program = (
        "import sys; sys.path.insert(0, 'tests'); from pathlib import Path;"
        "from search_samples import BASE; from kb.search.engine import Query;"
        "from kb.search.whoosh_engine import WhooshEngine;"
        "engine = WhooshEngine(Path(sys.argv[1])); engine.update(BASE);"
        "print(engine.search(Query('补贴')).total)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", program, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 5
