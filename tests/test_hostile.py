"""Rule files and documents made to hurt: one line or plain text, in time, and no other is lost."""

import pytest

from bench import hostile


@pytest.fixture(scope="module")
def bed(tmp_path_factory):
    return hostile.bed_in(tmp_path_factory.mktemp("hostile") / "space")


@pytest.mark.parametrize(
    "attack",
    (*hostile.RULE_FILES, *hostile.DOCUMENTS),
    ids=lambda attack: f"{attack.name or 'rule'}-{attack.what}",
)
def test_it_costs_nothing_else(bed, attack):
    came = hostile.attacked(bed, attack)
    assert came.flaws == (), came.said
    assert came.seconds < hostile.SECONDS
    assert came.megabytes < hostile.MEGABYTES
