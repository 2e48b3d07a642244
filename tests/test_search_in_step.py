"""A search reads the rule base only where it has changed since the index was brought in step."""

import shutil

import pytest

from commands import console
from kb.search.in_step import InStep
from kb.search.whoosh_snapshot import Snapshot


@pytest.fixture
def searched(space, add, run):
    """A workspace of two notices whose index is in step."""
    add("1.txt", 1)
    add("2.txt", 2, subsidy=450)
    assert run("build").status == 0
    assert run("search", "450元").status == 0
    return space


@pytest.fixture
def reads(monkeypatch):
    """How often the rule base has been read: an item each time."""
    known, read = [], console.base

    def counted(space):
        known.append(space)
        return read(space)

    monkeypatch.setattr(console, "base", counted)
    return known


def test_what_has_not_changed_is_not_read_again(searched, run, reads):
    told = run("search", "450元")
    assert not reads
    assert (told.status, told.err) == (0, "")
    assert "每人450元" in told.out


@pytest.mark.parametrize("where", ["rules", "texts"])
def test_a_file_that_has_changed_is_seen(searched, where, reads, run):
    path = next((searched.rule_base / where).iterdir())
    path.write_bytes(path.read_bytes())
    run("search", "450元")
    run("search", "450元")
    assert len(reads) == 1


def test_what_a_build_has_added_is_found(searched, add, run):
    add("3.txt", 3, subsidy=777)
    run("build")
    assert "每人777元" in run("search", "777元").out
    assert not run("search", "777元").err


def test_an_index_that_is_gone_is_made_anew(searched, run):
    shutil.rmtree(searched.index)
    assert "每人450元" in run("search", "450元").out


def test_an_index_that_is_damaged_is_made_anew(searched, run):
    for path in searched.index.iterdir():
        if path.is_file() and path.stat().st_size:
            path.write_bytes(b"x")
    assert "每人450元" in run("search", "450元").out


def test_what_cannot_be_read_is_told_once_by_every_search(searched, run):
    path = next((searched.rule_base / "rules").iterdir())
    path.write_text("document: [", "utf-8")
    # the last one finds nothing, and looks in the rule base for the reason
    for arguments in (["450元"], ["450元"], ["450元", "--region", "99"]):
        told = run("search", *arguments)
        assert told.err.count(path.name) == 1
        assert told.status == 1


def test_an_index_that_cannot_be_opened_is_made_anew(searched, run, monkeypatch):
    """As if another version of a library had written it, though every file is whole."""
    opened, broken = Snapshot.__init__, [True]

    def refuse(self, index):
        if broken.pop() if broken else False:
            raise ValueError("unsupported pickle protocol")
        opened(self, index)

    monkeypatch.setattr(Snapshot, "__init__", refuse)
    assert "每人450元" in run("search", "450元").out
    assert not broken


def test_a_filter_that_nothing_meets_is_told_though_nothing_was_read(searched, run):
    assert "no document is of region 99" in run("search", "450元", "--region", "99").err


def test_update_reads_in_any_case(searched, run, reads):
    run("search", "450元", "--update")
    assert len(reads) == 1


def test_a_state_that_cannot_be_kept_costs_no_search(searched, run):
    kept = InStep.of(searched).file
    kept.unlink()
    kept.mkdir()
    assert "每人450元" in run("search", "450元").out
    assert not InStep.of(searched).holds()


def test_a_document_may_be_named_by_its_number(searched, run):
    number = "文财字〔2021〕2号"
    assert "每人450元" in run("search", "补贴", "--document", number).out
    assert "每人450元" not in run("search", "补贴", "--document", "文财字〔2021〕1号").out


def test_a_document_that_is_not_here_is_told(searched, run):
    told = run("search", "补贴", "--document", "文财字〔2021〕9号")
    assert told.status == 2
    assert 'there is no "文财字〔2021〕9号" in the rule base; did you mean' in told.err
