"""What the table of faults calls broken is noticed: a whole workspace has no flaw, harm has one."""

import pytest

from bench.bed import Bed


@pytest.fixture(scope="module")
def bed(tmp_path_factory):
    made = Bed(tmp_path_factory.mktemp("bed") / "workspace")
    made.write(100)
    assert made.build().returncode == 0
    return made


def first(folder, pattern):
    return sorted(folder.rglob(pattern))[0]


def test_what_is_whole_has_no_flaw(bed):
    assert bed.flaws(100) == ([], 0)


def test_other_amounts_than_the_old_or_the_new_are_noticed(bed):
    flaws, lost = bed.flaws(200, 300)
    assert (flaws, lost) == (["amounts are [100], not all old or all new"], 0)


@pytest.mark.parametrize(
    ("folder", "pattern", "told", "missing"),
    [
        ("site", "index.html", "index.html is cut off", 0),
        ("rule_base", "*.yaml", ".yaml", 1),
        ("rule_base", "*.txt", "text", 1),
    ],
)
def test_what_is_cut_in_half_is_noticed(bed, folder, pattern, told, missing):
    path = first(getattr(bed.space, folder), pattern)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    try:
        flaws, lost = bed.flaws(100)
    finally:
        path.write_bytes(whole)
    assert any(told in flaw for flaw in flaws)
    assert lost == missing
