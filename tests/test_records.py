"""From extraction to record: ids that last, plain values, quotes at their spans."""

import pytest
from extractor_samples import NOTICE, paragraphs, source
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.models import Elements, Region
from extractor.pipeline import extract, tag
from extractor.regions import NATIONAL
from kb.plain import to_plain
from kb.records import document_id, record_of, tagged
from kb.schema import Record

HEAD, BODY = NOTICE.split("一、目标任务")


def record(text: str, name: str = "notice.txt") -> Record:
    given_source = source(text, name)
    return record_of(extract(given_source), given_source)


def quoted(found: Record) -> list:
    return [*found.rules, *found.citations, *found.validity.statements]


def test_the_id_of_a_document():
    assert record(NOTICE).document.id == "140000-jinwenlvbanfa-2021-123"


@pytest.mark.parametrize(
    ("name", "document"),
    [("关于 培训.txt", "xx-guan-yu-pei-xun"), ("A-1.md", "xx-a-1"), ("2024.v2.txt", "xx-2024-v2")],
)
def test_without_a_number_the_id_is_the_files(name, document):
    assert document_id(Elements(), source("", name)) == document


def test_a_name_that_spells_nothing_still_has_an_id():
    first, second = (
        document_id(Elements(), source("", f"{stem}.txt")) for stem in ("！！", "？？")
    )
    assert first != second
    assert first.startswith("xx-")


@pytest.mark.parametrize(
    ("region", "prefix"),
    [(Region("141121", "文水县", "county"), "141121"), (NATIONAL, "00"), (None, "xx")],
)
def test_the_region_opens_the_id(region, prefix):
    assert document_id(Elements(region=region), source("", "a.txt")) == f"{prefix}-a"


def test_every_quote_stands_at_its_span():
    found = record(NOTICE)
    for one in quoted(found):
        assert found.text[slice(*one.span)] == one.quote != ""


def test_every_rule_is_named_for_its_document_clause_and_kind():
    found = record(NOTICE)
    anchors = {clause.path: clause.anchor for clause in found.clauses}
    for rule in found.rules:
        document, _, rest = rule.id.partition("#")
        anchor, kind, digest = rest.rsplit(".", 2)
        assert (document, kind) == (found.document.id, rule.kind)
        assert anchor == anchors.get(rule.clause, "front")
        assert len(digest) >= 4


@settings(max_examples=25)
@given(st.lists(paragraphs, min_size=1, max_size=2))
def test_ids_survive_an_insertion_before_them(words):
    before = record(HEAD + "一、目标任务" + BODY)
    after = record(
        HEAD + "".join(f"　　{paragraph}\n" for paragraph in words) + "　　一、目标任务" + BODY
    )
    old = {rule.id for rule in before.rules if rule.clause}
    assert old <= {rule.id for rule in after.rules}


def test_ids_survive_a_new_clause_before_them_in_their_clause():
    before = record("一、甲\n（一）每人补贴300元。\n二、乙\n每户补贴500元。")
    after = record("一、甲\n（一）每人补贴300元。\n（二）每人奖励200元。\n二、乙\n每户补贴500元。")
    assert {rule.id for rule in before.rules} <= {rule.id for rule in after.rules}


def test_two_facts_on_one_quote_have_two_ids():
    several = "取得高级工、中级工证书人数要分别达到10万人以上。"
    found = record(f"一、任务\n{several}\n2020年、2021年各培训100万人次以上。")
    ids = [rule.id for rule in found.rules]
    assert len(set(ids)) == len(ids) >= 4


def test_the_same_words_twice_have_two_ids():
    found = record("一、甲\n每人补贴300元。\n每人补贴300元。")
    ids = [rule.id for rule in found.rules if rule.kind == "amount"]
    assert len(set(ids)) == 2


def test_the_same_notice_gives_the_same_record():
    assert record(NOTICE) == record(NOTICE)


def test_a_record_survives_json():
    found = record(NOTICE)
    assert Record.model_validate_json(found.model_dump_json(by_alias=True)) == found
    assert Record.model_validate(to_plain(found)) == found


def test_the_source_is_told():
    found = record(NOTICE).document.source
    assert (found.path, found.media_type, found.characters) == (
        "notice.txt",
        "text/plain",
        len(NOTICE),
    )
    assert found.pages is None


def test_pages_are_told_where_there_are_any():
    text = "一、甲\n每人补贴300元。\n二、乙\n每户补贴500元。\n"
    given_source = source(text, page_starts=(0, text.index("二、乙")))
    found = record_of(extract(given_source), given_source)
    assert [clause.page for clause in found.clauses] == [1, 2]
    assert found.document.source.pages == 2


def test_free_text_gives_spans_of_the_text_given():
    text = "　　培训 5000 名，\n每人 补贴３００元。"
    plain = tagged(tag(text), text)
    assert plain["quantities"]
    for fact in plain["quantities"]:
        assert text[slice(*fact["span"])] == fact["text"]
    for fact in plain["rules"]:
        assert text[slice(*fact["span"])] == fact["quote"]


def test_numbers_are_plain():
    text = "按契税总额1.5%给予补贴，每人最高300元。"
    values = {fact["kind"]: fact for fact in tagged(tag(text), text)["quantities"]}
    assert values["percent"]["min"] == 1.5
    assert type(values["money"]["max"]) is int
    assert "min" not in values["money"]
    assert values["money"]["unit"] == "CNY"


def test_a_count_without_a_unit_says_so():
    text = "三年培训3万新型学徒。"
    (count,) = [fact for fact in tagged(tag(text), text)["quantities"] if fact["kind"] == "count"]
    assert "unit" in count
    assert count["unit"] is None
