"""The relations that people have read in real notices, and none that nobody has."""

import json

import pytest

from kb.force.resolution import folded, number_of
from tests.force_samples import REAL, graph_of, needs_real, reads, real_records

pytestmark = needs_real
ENDING = {"repeals", "stops", "replaces", "repeals_part"}


@pytest.fixture(scope="module")
def known():
    return graph_of(real_records().values())


def rows():
    lines = (REAL / "relations.jsonl").read_text("utf-8").splitlines() if REAL.is_dir() else ()
    return [json.loads(line) for line in lines]


def documents(known, file: str | None, name: str) -> set[str]:
    """What a document may be called: its id, or the name it is cited by."""
    ids = {real_records()[file].document.id} if file in real_records() else set()
    return ids | {number_of(name) or "", folded(name)}


def is_found(known, row) -> bool:
    said_by = row.get("said_by")
    sources = documents(known, None if said_by else row["from"], row["from_number"])
    targets = documents(known, row["to_file"], row["to"])
    for relation in known.relations:
        at = relation.source.document
        if relation.type != row["relation"] or not {at, number_of(at)} & sources:
            continue
        to = relation.target.document
        unnamed = row["to"].startswith("(") and to.startswith("（")
        carried = known.base.by_id.get(to)
        enclosed = carried and carried.document.enclosed
        names = {to, number_of(to), folded(to), folded(enclosed.title if enclosed else "")}
        # 有关问题请示的通知 carries 有关问题的请示
        short = {(name or "").replace("的", "") for name in names}
        ends = {name.replace("的", "") for name in targets if len(name) > 6}
        if unnamed or names & targets or any(s and s.endswith(e) for s in short for e in ends):
            return True
    return False


def readable(row) -> bool:
    return (row.get("said_by") or row["from"]) in real_records()


def test_all_but_two_of_the_relations_read_by_hand_are_found(known) -> None:
    if not (reads(".html") and reads(".pdf")):
        pytest.skip("some of these notices are web pages and PDFs, for which there is no reader")
    missed = [row for row in rows() if not is_found(known, row)]
    assert len(missed) <= 2, missed


def test_those_of_notices_that_can_be_read_are_found(known) -> None:
    missed = [row for row in rows() if readable(row) and not is_found(known, row)]
    assert len(missed) <= 2, missed


def test_nothing_is_repealed_that_nobody_has_read(known) -> None:
    told = {number_of(row["to"]) for row in rows() if row["relation"] == "repeals"}
    told.add("330100-42-hz-gjj-2022")
    ended = {r.target.document for r in known.relations if r.type in ENDING}
    assert {number_of(name) for name in ended} <= told | {number_of(t) for t in told}


def test_inferences_are_few(known) -> None:
    assert not [r for r in known.relations if r.asserted_by == "inferred"]
