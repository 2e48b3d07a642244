"""What is remembered is what was read, and never stands for something else."""

import pytest
from hypothesis import HealthCheck, given, settings
from store_samples import records, small_record

from kb import rule_file, store
from kb.record_cache import RecordCache

RECORD = small_record()
NAME = f"rules/{RECORD.document.id}.yaml"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records)
def test_any_record_is_remembered_as_it_was(record, tmp_path_factory):
    cache = RecordCache(tmp_path_factory.mktemp("cache"))
    cache.put(b"source", record)
    assert cache.get(b"source") == record
    assert cache.get(b"other") is None


@pytest.fixture
def folders(tmp_path):
    store.save(tmp_path / "kb", [RECORD])
    return tmp_path / "kb", tmp_path / "cache"


def test_a_file_that_was_read_is_not_read_again(folders, monkeypatch):
    rule_base, cache = folders
    assert store.load_tolerant(rule_base, cache).base.records == (RECORD,)
    with monkeypatch.context() as patch:
        patch.setattr(rule_file, "record_of", lambda file: pytest.fail("read again"))
        assert store.load_tolerant(rule_base, cache).base.records == (RECORD,)


def test_a_record_that_is_saved_is_remembered(tmp_path, monkeypatch):
    store.save(tmp_path / "kb", [RECORD], cache=tmp_path / "cache")
    monkeypatch.setattr(rule_file, "record_of", lambda file: pytest.fail("read again"))
    assert store.load_tolerant(tmp_path / "kb", tmp_path / "cache").base.records == (RECORD,)


def test_an_edited_file_is_read_again_and_the_old_entry_dropped(folders):
    rule_base, cache = folders
    store.load_tolerant(rule_base, cache)
    path = rule_base / NAME
    path.write_text(path.read_text("utf-8").replace("min: 300", "min: 250"), "utf-8")
    loaded = store.load_tolerant(rule_base, cache)
    assert loaded.base.records[0].rules[0].min == 250
    assert len(list((cache / "records").iterdir())) == 1


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-5], lambda b: b"", lambda b: b[:99] + b"x" + b[100:]]
)
def test_a_damaged_entry_only_costs_time(folders, damage):
    rule_base, cache = folders
    store.load_tolerant(rule_base, cache)
    for entry in (cache / "records").iterdir():
        entry.write_bytes(damage(entry.read_bytes()))
    assert store.load_tolerant(rule_base, cache).base.records == (RECORD,)


def test_a_copy_under_another_name_is_still_a_mistake(folders):
    rule_base, cache = folders
    store.load_tolerant(rule_base, cache)
    (rule_base / "rules/00-copy.yaml").write_bytes((rule_base / NAME).read_bytes())
    assert "names itself" in str(store.load_tolerant(rule_base, cache).errors["00-copy"])


def test_a_cache_that_cannot_be_written_is_done_without(folders):
    rule_base, cache = folders
    cache.write_text("in the way")
    assert store.load_tolerant(rule_base, cache).base.records == (RECORD,)
    assert cache.read_text() == "in the way"
