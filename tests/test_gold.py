"""How well extraction does against what people have read: floors that no change falls through."""

from pathlib import Path
from typing import Any

import pytest

from corpus.limits import USUAL
from kb.evaluate import evaluate
from kb.samples import samples

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
GOLD, OWN_GOLD = SHARED / "eval" / "gold", Path(__file__).parent / "gold"
FOLDERS = tuple(
    folder
    for folder in (ROOT / "corpus" / "notices", SHARED / "corpus" / "real")
    if folder.is_dir()
)
FLOORS = {
    "clause": 0.97,
    "amount": 0.93,
    "target": 0.95,
    "department": 0.90,
    "deadline": 0.85,
    "cite": 0.85,
    "meta": 0.90,
    "noise": 1.0,
}
#: on further notices, read by people first (docs/quality.md)
OWN_FLOORS: dict[str, float] = {
    "clause": 0.98,
    "amount": 0.93,
    "deadline": 0.92,
    "department": 0.92,
    "target": 0.90,
    "group": 0.60,
    "cite": 0.95,
    "meta": 0.95,
}


def figures(gold: Path) -> dict[str, Any]:
    return evaluate(list(samples(gold, FOLDERS, USUAL))).figures()


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    if not GOLD.is_dir():
        pytest.skip("the gold facts lie in ../shared, which is not here")
    return figures(GOLD)


@pytest.fixture(scope="module")
def own() -> dict[str, Any]:
    facts = sorted(OWN_GOLD.glob("*.jsonl")) if OWN_GOLD.is_dir() else []
    if not facts:
        pytest.skip("there are no facts in tests/gold")
    stems = {path.name.split(".")[0] for folder in FOLDERS for path in folder.iterdir()}
    missing = [path.stem for path in facts if path.stem not in stems]
    if missing:
        pytest.skip(f"the documents lie in ../shared, which is not here: {', '.join(missing)}")
    return figures(OWN_GOLD)


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_the_seven_gold_documents(measured, kind, floor):
    assert measured[kind] >= floor


def test_every_quote_of_the_seven_stands(measured):
    assert (measured["quotes"], measured["missing"]) == (0, [])


@pytest.mark.parametrize(("kind", "floor"), OWN_FLOORS.items())
def test_further_notices(own, kind, floor):
    assert own[kind] >= floor


def test_every_quote_of_the_further_notices_stands(own):
    assert (own["quotes"], own["missing"]) == (0, [])
