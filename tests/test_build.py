"""A build brings the rule base up to date and loses nothing that people have said."""

import re

import pytest
from conftest import notice

from corpus.errors import DocumentError, EmptyDocument, RuleBaseError
from kb import store
from kb.build import build
from kb.building import step as building
from kb.checks import check

FIRST, SECOND = "141121-wencaizi-2021-1", "141121-wencaizi-2021-2"


def silent(stage, done, total):
    pass


@pytest.fixture
def built(space, add):
    add("a.txt", 1)
    add("b.txt", 2)
    build(space, silent)
    return space


def edit(space, document, old, new):
    path = space.rule_base / f"rules/{document}.yaml"
    text = path.read_text("utf-8")
    assert re.search(old, text)
    path.write_text(re.sub(old, new, text, count=1), "utf-8")


def amount(space, document=FIRST):
    rules = store.load(space.rule_base).by_id[document].rules
    return next(rule for rule in rules if rule.kind == "amount")


CONFIRM = (
    r"(?s)(kind: amount.*?review: )\{status: extracted\}",
    r"\1{status: confirmed, by: 张三, note: 已核对}",
)


def test_every_document_gives_a_sound_record(built):
    base = store.load(built.rule_base)
    assert [record.document.id for record in base.records] == [FIRST, SECOND]
    assert {"amount", "deadline", "department"} <= {rule.kind for _, rule in base.rules()}
    assert check(base) == ()
    assert base.by_id[FIRST].document.source.path == "documents/a.txt"


def test_building_again_changes_no_byte(built):
    before = {path: path.read_bytes() for path in built.rule_base.rglob("*.*")}
    report = build(built, silent)
    assert {path: path.read_bytes() for path in built.rule_base.rglob("*.*")} == before
    assert report.notes == ()


def test_progress_is_told_from_first_to_last(built):
    told = []
    build(built, lambda *step: told.append(step))
    stages = [(stage, done, 2) for stage in ("documents", "rules") for done in range(3)]
    assert told == stages


def test_a_review_is_kept(built):
    edit(built, FIRST, *CONFIRM)
    build(built, silent)
    assert amount(built).review.model_dump()["by"] == "张三"
    assert amount(built).review.note == "已核对"


def test_a_corrected_value_is_kept(built):
    edit(built, FIRST, r"(?s)(kind: amount.*?)min: 300", r"\g<1>min: 250")
    edit(built, FIRST, r"(?s)(kind: amount.*?status: )extracted", r"\1corrected")
    build(built, silent)
    assert (amount(built).min, amount(built).max) == (250, 300)


def test_an_uncorrected_value_is_read_again(built):
    edit(built, FIRST, r"(?s)(kind: amount.*?)min: 300", r"\g<1>min: 250")
    build(built, silent)
    assert amount(built).min == 300


def test_a_review_waits_while_its_rule_is_gone(built, add):
    edit(built, FIRST, *CONFIRM)
    reviewed = amount(built)
    add("a.txt", 1, subsidy=400)
    report = build(built, silent)
    assert amount(built).review.status == "extracted"
    assert [orphan.rule for orphan in store.load_orphans(built.rule_base)] == [reviewed]
    assert [note for note in report.notes if reviewed.id in note]
    assert build(built, silent).notes == ()
    assert len(store.load_orphans(built.rule_base)) == 1

    add("a.txt", 1)
    report = build(built, silent)
    assert amount(built) == reviewed
    assert "found again" in report.notes[0]
    assert store.load_orphans(built.rule_base) == ()


def test_a_document_that_fails_keeps_its_record(built):
    before = store.load(built.rule_base).by_id[FIRST]
    (built.documents / "a.txt").write_bytes(b"\0\0\0")
    report = build(built, silent)
    assert store.load(built.rule_base).by_id[FIRST] == before
    assert ["a.txt" in str(failure) for failure in report.failures] == [True]
    assert [record.document.id for record in report.read] == [SECOND]
    assert {record.document.id for record in report.base.records} == {FIRST, SECOND}


def test_a_document_that_nobody_foresaw_costs_only_itself(built, add, monkeypatch):
    add("a.txt", 1, subsidy=500)
    honest = building.extract

    def surprised(source):
        if source.path.name == "a.txt":
            raise ZeroDivisionError("oops")
        return honest(source)

    monkeypatch.setattr(building, "extract", surprised)
    report = build(built, silent)
    assert "a.txt: it could not be understood (ZeroDivisionError: oops)" in str(report.failures[0])
    assert isinstance(report.failures[0].__cause__, ZeroDivisionError)
    assert len(report.read) == 1
    assert store.load(built.rule_base).by_id.keys() == {FIRST, SECOND}


def test_a_document_that_is_gone_takes_its_record_along_but_not_its_reviews(built):
    edit(built, FIRST, *CONFIRM)
    reviewed = amount(built)
    (built.documents / "a.txt").unlink()
    report = build(built, silent)
    assert store.load(built.rule_base).by_id.keys() == {SECOND}
    assert f"{FIRST}: removed, documents/a.txt is gone" in report.notes
    assert [orphan.rule for orphan in store.load_orphans(built.rule_base)] == [reviewed]


def test_a_document_that_moves_keeps_its_reviews(built):
    edit(built, FIRST, *CONFIRM)
    (built.documents / "sub").mkdir()
    (built.documents / "a.txt").rename(built.documents / "sub/c.txt")
    assert build(built, silent).notes == ()
    record = store.load(built.rule_base).by_id[FIRST]
    assert record.document.source.path == "documents/sub/c.txt"
    assert amount(built).review.status == "confirmed"


def test_a_document_that_gets_another_number_replaces_its_record(built, add):
    add("a.txt", 9)
    report = build(built, silent)
    new = "141121-wencaizi-2021-9"
    assert store.load(built.rule_base).by_id.keys() == {SECOND, new}
    assert f"{FIRST}: removed, documents/a.txt is now {new}" in report.notes


def test_a_record_that_somebody_broke_is_not_written_over(built):
    edit(built, FIRST, "  kind: amount", "  kind: amonut")
    broken = (built.rule_base / f"rules/{FIRST}.yaml").read_bytes()
    report = build(built, silent)
    assert (built.rule_base / f"rules/{FIRST}.yaml").read_bytes() == broken
    assert ['did you mean "amount"?' in str(f) for f in report.failures] == [True]
    assert report.base.by_id.keys() == {SECOND}


def test_a_lost_text_is_made_again_and_reviews_stay(built):
    edit(built, FIRST, *CONFIRM)
    (built.rule_base / f"texts/{FIRST}.txt").unlink()
    assert build(built, silent).failures == ()
    assert amount(built).review.status == "confirmed"


def test_broken_orphans_stop_the_build_before_it_writes(built, add):
    (built.rule_base / "reviews").mkdir()
    (built.rule_base / "reviews/orphaned.yaml").write_text("a: b")
    add("c.txt", 3)
    with pytest.raises(RuleBaseError, match=r"orphaned\.yaml:1"):
        build(built, silent)
    assert store.load(built.rule_base).by_id.keys() == {FIRST, SECOND}


def test_the_second_document_of_one_number_is_told_and_left_out(built):
    (built.documents / "sub").mkdir()
    (built.documents / "sub/copy.md").write_text(notice(1, subsidy=900), "utf-8")
    report = build(built, silent)
    words = "documents/sub/copy.md: 文财字〔2021〕1号 has already been read from documents/a.txt."
    assert [str(failure)[: len(words)] for failure in report.failures] == [words]
    assert amount(built).min == 300


@pytest.mark.parametrize("missing", [False, True])
def test_a_folder_without_documents_leaves_the_rule_base_alone(built, missing):
    for path in built.documents.iterdir():
        path.unlink()
    if missing:
        built.documents.rmdir()
    with pytest.raises(DocumentError) as caught:
        build(built, silent)
    assert missing != isinstance(caught.value, EmptyDocument)
    assert len(store.load(built.rule_base).records) == 2
