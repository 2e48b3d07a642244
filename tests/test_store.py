"""The rule base on disk: what is saved is loaded, what is broken is named, the rest is served."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from store_samples import TEXT, records, small_record

from corpus.errors import RuleBaseError, UsageError
from kb import rule_file, store
from kb.models import KnowledgeBase
from kb.reviews import Orphan
from kb.schema import Review

FIRST = small_record(document="141121-wencaizi-2021-7")
SECOND = small_record(document="141121-wencaizi-2021-8")


@pytest.fixture
def folder(tmp_path):
    store.save(tmp_path / "kb", [FIRST, SECOND])
    return tmp_path / "kb"


def test_what_is_saved_is_loaded(folder):
    assert store.load(folder) == KnowledgeBase.of([FIRST, SECOND])
    assert store.load_record(folder / "rules/141121-wencaizi-2021-7.yaml") == FIRST
    assert (folder / "texts/141121-wencaizi-2021-7.txt").read_text("utf-8") == TEXT


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records)
def test_any_record_survives_the_disk_to_the_byte(record, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kb")
    document = record.document.model_copy(update={"id": "00-a"})
    record = record.model_copy(update={"document": document})
    store.save(folder, [record])
    before = (folder / "rules/00-a.yaml").read_bytes()
    loaded = store.load(folder)
    assert loaded.records == (record,)
    store.save(folder, loaded.records)
    assert (folder / "rules/00-a.yaml").read_bytes() == before


def test_saving_again_touches_no_file(folder):
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}
    store.save(folder, store.load(folder).records)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")} == before


def test_a_removed_document_leaves_nothing(folder):
    store.save(folder, [], removed=[FIRST.document.id])
    assert store.load(folder).records == (SECOND,)
    assert len(list(folder.glob("*/*"))) == 2


def test_a_broken_file_is_named_and_the_rest_is_served(folder):
    path = folder / "rules/141121-wencaizi-2021-7.yaml"
    path.write_text(path.read_text("utf-8").replace("  item:", "  itme:"), "utf-8")
    loaded = store.load_tolerant(folder)
    assert loaded.base.records == (SECOND,)
    assert list(loaded.errors) == [FIRST.document.id]
    assert 'unknown key "itme"' in str(loaded.errors[FIRST.document.id])
    assert loaded.broken == {FIRST.document.id}
    with pytest.raises(RuleBaseError, match="itme"):
        store.load(folder)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_record_without_its_text_is_named_but_not_lost(folder, content):
    path = folder / "texts/141121-wencaizi-2021-7.txt"
    path.unlink()
    if content:
        path.write_bytes(content)
    loaded = store.load_tolerant(folder)
    assert loaded.base.records == (SECOND,)
    assert "kb/texts/141121-wencaizi-2021-7.txt: " in str(loaded.errors[FIRST.document.id])
    assert loaded.textless[FIRST.document.id].rules == FIRST.rules
    assert not loaded.broken


def test_a_file_that_cannot_be_opened_is_named(folder):
    (folder / "rules/00-x.yaml").mkdir()
    assert "kb/rules/00-x.yaml: cannot be read" in str(store.load_tolerant(folder).errors["00-x"])


def test_a_folder_without_rules_is_an_empty_base(tmp_path):
    assert store.load(tmp_path / "none") == KnowledgeBase(())


@pytest.mark.parametrize("document", ["../escape", "a/b", "", ".hidden", "名"])
def test_an_id_cannot_lead_out_of_the_folder(tmp_path, document):
    with pytest.raises(RuleBaseError, match="cannot name a file"):
        store.save(tmp_path, [small_record(document=document)])
    assert not list(tmp_path.iterdir())


def test_orphans_are_kept_in_order_and_go_with_the_last(folder):
    rules = [r.model_copy(update={"review": Review(status="confirmed")}) for r in FIRST.rules]
    orphans = tuple(Orphan(document=FIRST.document.id, rule=rule) for rule in rules)
    store.save(folder, [], orphans=orphans[::-1])
    assert store.load_orphans(folder) == orphans
    written = (folder / "reviews/orphaned.yaml").read_text("utf-8")
    assert written.startswith("# Reviewed rules")
    store.save(folder, [], orphans=None)
    assert store.load_orphans(folder) == orphans
    store.save(folder, [], orphans=())
    assert store.load_orphans(folder) == ()
    assert not (folder / "reviews/orphaned.yaml").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a: b\n", "orphaned.yaml:1: there must be a list"),
        ("- document: x\n- {}\n", "orphaned.yaml:1: entry 1 is no reviewed rule: field required"),
        ("- [", "orphaned.yaml:2: this is not YAML"),
    ],
)
def test_broken_orphans_are_told(folder, content, words):
    (folder / "reviews").mkdir()
    (folder / "reviews/orphaned.yaml").write_text(content, "utf-8")
    with pytest.raises(RuleBaseError, match=words):
        store.load_orphans(folder)


def test_a_whole_file_replaces_the_old_one(tmp_path):
    path = tmp_path / "out/a.json"
    store.write_whole(path, "一")
    store.write_whole(path, "二")
    assert path.read_text("utf-8") == "二"
    assert [child.name for child in path.parent.iterdir()] == ["a.json"]


def test_what_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be written"):
        store.write_whole(tmp_path / "file/a.json", "一")


def test_the_committed_rule_base_is_as_it_would_be_written():
    root = Path(__file__).parents[1] / "kb"
    for path in sorted((root / "rules").glob("*.yaml")):
        assert rule_file.dump(store.load_record(path)).encode() == path.read_bytes()
