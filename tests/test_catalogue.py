"""The catalogue is compared with the documents that are there."""

import hashlib
from pathlib import Path

import pytest

from corpus import catalogue, listing
from corpus.catalogue import Entry
from corpus.errors import RuleBaseError
from corpus.workspace import load

ROOT = Path(__file__).parents[1]


def entry(path: str, content: bytes) -> Entry:
    return Entry(path, "题", "出处", hashlib.sha256(content).hexdigest())


def test_the_bundled_notices_are_those_that_were_catalogued():
    space = load(ROOT)
    entries = catalogue.load(space.catalogue)
    files = listing.documents(space).paths
    assert len(entries) == 5
    assert all(listed.title and listed.source for listed in entries)
    assert catalogue.check(entries, files, root=ROOT) == ()


def test_what_is_missing_changed_or_new_is_found(tmp_path):
    for name in ("same", "changed", "new"):
        (tmp_path / name).write_text(name)
    entries = [entry("same", b"same"), entry("changed", b"other"), entry("gone", b"gone")]
    files = [tmp_path / name for name in ("same", "changed", "new")]
    found = catalogue.check(entries, files, root=tmp_path)
    assert [(finding.severity, finding.code) for finding in found] == [
        ("error", "document-changed"),
        ("error", "document-missing"),
        ("info", "document-not-catalogued"),
    ]
    assert [finding.message.split()[0] for finding in found] == ["changed", "gone", "new"]


def test_a_document_that_cannot_be_read_is_found(tmp_path):
    (tmp_path / "a").mkdir()
    found = catalogue.check([entry("a", b"")], [tmp_path / "a"], root=tmp_path)
    assert [finding.code for finding in found] == ["document-unreadable"]


def test_a_workspace_without_a_catalogue_has_nothing_to_say(tmp_path):
    assert catalogue.load(tmp_path / "catalogue.yaml") == ()
    assert catalogue.check_file(tmp_path / "c.yaml", [tmp_path / "a"], root=tmp_path) == ()


GOOD = "- {path: a, title: 题, source: 出处, sha256: '00'}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("- a", 'catalogue.yaml:1: there must be a list under "documents"'),
        ("documents: 5", 'catalogue.yaml:1: there must be a list under "documents"'),
        (f"documents:\n{GOOD}\n- text", "catalogue.yaml:3: a document must have keys"),
        (f"documents:\n{GOOD}\n- {{path: b}}", 'catalogue.yaml:3: "title" must be given as text'),
        (
            f"documents:\n{GOOD}\n- path: b\n  titel: x",
            'catalogue.yaml:4: unknown key "titel". Each document has path, title, source, sha256',
        ),
        ("documents: [", "this is not YAML"),
    ],
)
def test_a_broken_catalogue_is_told_with_its_line(tmp_path, content, words):
    path = tmp_path / "catalogue.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(RuleBaseError) as caught:
        catalogue.load(path)
    assert words in str(caught.value)
