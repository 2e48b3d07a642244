"""The relations that people have read in real notices, and none that nobody has."""

import json
import re

import pytest

from extractor.numerals import to_int
from kb.force.resolution import number_of
from kb.force.said import folded
from tests.force_samples import REAL, graph_of, needs_real, on, reads, real_records

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


def clause_number(printed: str | None) -> int | None:
    """18 of 第十八条 and of （十八）; None where the whole document is meant."""
    return to_int(re.sub("[第条（）()]", "", printed)) if printed else None


def is_found(known, row) -> bool:
    said_by = row.get("said_by")
    sources = documents(known, None if said_by else row["from"], row["from_number"])
    targets = documents(known, row["to_file"], row["to"])
    for relation in known.relations:
        at = relation.source.document
        if relation.type != row["relation"] or not {at, number_of(at)} & sources:
            continue
        if clause_number(relation.target.clause) != clause_number(row["scope"]):
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


#: 为贯彻落实《个人所得税法》…、国发〔2018〕41号…: the list says refers, the text more
SAYS_MORE = {("06_ndrc_sat_iit_credit.pdf", "国发〔2018〕41号"): "implements"}


def test_the_relations_read_by_hand_are_found_with_direction_and_scope(known) -> None:
    said = [r | {"relation": SAYS_MORE.get((r["from"], r["to"]), r["relation"])} for r in rows()]
    assert [row for row in said if readable(row) and not is_found(known, row)] == []
    assert all(readable(row) for row in rows()) or not (reads(".html") and reads(".pdf"))


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("scope", "（十七）"), ("scope", None), ("relation", "repeals"), ("to", "昆政办〔2023〕62号")],
)
def test_a_relation_of_another_kind_or_scope_is_not_taken_for_it(known, key, wrong) -> None:
    (row,) = [row for row in rows() if row["scope"]]
    assert is_found(known, row)
    assert not is_found(known, row | {key: wrong})


def test_the_housing_fund_of_2022_ends_on_the_day_its_successor_starts(known) -> None:
    assert on(known, "330100-42-hz-gjj-2022", "2024-10-08").state == "in_force"
    assert on(known, "330100-42-hz-gjj-2022", "2024-10-09").state == "repealed"


def test_nothing_is_repealed_that_nobody_has_read(known) -> None:
    told = {number_of(row["to"]) for row in rows() if row["relation"] == "repeals"}
    told.add("330100-42-hz-gjj-2022")
    ended = {r.target.document for r in known.relations if r.type in ENDING}
    assert {number_of(name) for name in ended} <= told | {number_of(t) for t in told}


def test_inferences_are_few(known) -> None:
    assert not [r for r in known.relations if r.asserted_by == "inferred"]
