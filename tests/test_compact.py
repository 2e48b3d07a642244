"""Records that share their parts say what they said before."""

from __future__ import annotations

from pathlib import Path

import store_samples as samples
from hypothesis import given, settings

from kb import rule_file
from kb.compact import compact
from kb.schema import Record
from kb.store import load


@settings(deadline=None)
@given(samples.records)
def test_nothing_that_can_be_read_changes(record: Record) -> None:
    before = rule_file.dump(record)
    told = record.model_dump(), record.model_dump(exclude_unset=True), hash(record.rules)
    made = compact(record.model_copy(deep=True))
    assert made == record
    assert (made.model_dump(), made.model_dump(exclude_unset=True), hash(made.rules)) == told
    assert rule_file.dump(made) == before


def test_a_copy_with_a_change_leaves_the_others_alone() -> None:
    record = compact(load(Path(__file__).parent.parent / "kb").records[0])
    one, other = record.rules[0], record.rules[1]
    given = set(other.model_fields_set)
    changed = one.model_copy(update={"page": 7, "clause": "一"})
    assert changed.page == 7
    assert one.page != 7
    assert other.model_fields_set == given


def test_rules_share_what_they_were_given_and_that_nobody_has_seen_them() -> None:
    rules = [rule for _, rule in load(Path(__file__).parent.parent / "kb").rules()]
    assert len({id(rule.review) for rule in rules}) < 3
    assert len({id(rule.model_fields_set) for rule in rules}) < 100 < len(rules)
