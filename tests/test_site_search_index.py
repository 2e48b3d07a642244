"""The index holds the place of every pair of neighbouring characters of all that can be found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import site_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import store
from kb.models import KnowledgeBase
from kb.search.traditional import SIMPLIFIED
from site_builder.building.links import dead_links
from site_builder.building.making import static_files
from site_builder.building.write import build_site
from site_builder.holdings import Holdings, end_of_rule
from site_builder.pages import rule as rule_pages
from site_builder.search.folding import FOLD, fold
from site_builder.search.index import TEXTS, index_files, padded, version
from site_builder.search.items import Item
from site_builder.search.numbering import Blocks, Numbering, items, numbered
from site_builder.search.packing import (
    BASE,
    pack,
    pack_groups,
    pack_rising,
    pack_runs,
    pack_sparse,
)
from site_builder.search.postings import Frequent, Text, sequences
from site_builder.search.standing import Standing, best, changes, merged
from site_builder.search.terms import terms
from tests.force_samples import graph

TEXTS_OF_ANYTHING = st.text(alphabet="晋政办发〔2019〕(）［68号 　a\uff21\n\t，,～~", max_size=40)
BUNDLED = Path(__file__).parent.parent / "kb"


def holdings(base: KnowledgeBase | None = None) -> Holdings:
    return Holdings(samples.graph(base), samples.DAY)


def made_files(held: Holdings) -> dict[str, bytes]:
    return dict(index_files(held))


def read(files: dict[str, bytes], name: str) -> Any:
    head, tail = f'PolicyIndex.accept("{name}",', ");\n"
    script = files[f"search/{name}.js"].decode()
    assert script.startswith(head)
    assert script.endswith(tail)
    return json.loads(script[len(head) : -len(tail)])


def unpacked(text: str) -> list[int]:
    numbers, value, scale = [], 0, 1
    for character in text:
        digit = ord(character) - (36 if ord(character) > 0x5C else 35)
        value += digit % BASE * scale
        scale *= BASE
        if digit < BASE:
            numbers.append(value)
            value, scale = 0, 1
    return numbers


def shards(files: dict[str, bytes]) -> Iterator[dict[str, str]]:
    for number in range(sum(name.startswith("search/shard-") for name in files)):
        yield read(files, f"shard-{number}")


def rows(files: dict[str, bytes], total: int) -> list[list[Any]]:
    blocks = (read(files, f"texts-{n}") for n in range(-(-total // TEXTS)))
    return [
        [block["documents"][row[0]] if row[0] >= 0 else None, *row[1:]]
        for block in blocks
        for row in block["rows"]
    ]


# ── folding, numbers, packing ──


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("晋政办发〔2019〕68号", "晋政办发[2019]68号"),
        ("晋政办发〔2019〕68号", "晋政办发（２０１９）６８号"),
        ("晋政办发【2019】68 号", "晋政办发﹝2019﹞68号"),
        ("总人数 5000 名", "总人数5000名"),
        ("“人人持证”", '"人人持证"'),
        ("\uff21\uff30\uff30", "app"),
        ("3—6个月", "3-6个月"),
        ("80％", "80%"),
        ("關於補貼標準", "关于补贴标准"),
    ],
)
def test_spellings_of_the_same_words_fold_together(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


def test_the_page_has_the_same_table_of_traditional_characters() -> None:
    script = static_files()["static/traditional.js"].decode()
    groups = script.partition('"')[2].rpartition('"')[0].split()
    assert {one: group[0] for group in groups for one in group[1:]} == SIMPLIFIED
    # what a browser cannot tell by GB 2312 every page knows
    assert {one for one in SIMPLIFIED if is_plain(one)} < FOLD.keys()
    assert len(FOLD.keys() & SIMPLIFIED.keys()) == 16


def is_plain(character: str) -> bool:
    return character.encode("gb2312", "ignore") != b""


def test_book_titles_and_brackets_stay_apart() -> None:
    assert fold("《办法》") != fold("（办法）")


@given(TEXTS_OF_ANYTHING)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("1万元", ["10000元"]),
        ("一万元", ["10000元"]),
        ("10,000元", ["10000元"]),
        ("１００００元", ["10000元"]),
        ("1.15亿元", ["115000000元"]),
        ("贰仟元整", ["2000元"]),
        ("二〇二四年", ["2024年"]),
        ("百分之八十", ["80%"]),
        ("两百五十人", ["250人"]),
        ("〔2019〕第068号", ["(2019)68号", "68号"]),
        # 财政部 税务总局公告2022年第10号
        ("公告2022年第10号", ["(2022)10号", "2022年", "10号"]),
        ("2021年12月10号", ["2021年", "12月", "10号"]),
        ("第三十二条", ["32条"]),
        ("4.2021年承担", ["2021年"]),
        # what is a part of another number, a plan, or not exact counts nothing
        ("数十元", []),
        ("“十四五”项目", []),
        ("三四个月", []),
        ("1万余元", []),
        ("万元以上", []),
        ("统一部署", []),
    ],
)
def test_a_number_has_one_spelling(printed: str, told: list[str]) -> None:
    assert [term.text for term in terms(fold(printed))] == told


def test_a_term_knows_where_it_is_printed() -> None:
    text = "每人不超过一万元"
    (term,) = terms(text)
    assert text[term.start : term.start + term.length] == "一万元"


@given(st.lists(st.integers(min_value=0, max_value=10**9)))
def test_numbers_come_back_from_short_text(numbers: list[int]) -> None:
    assert unpacked(pack(numbers)) == numbers
    assert list(accumulate(unpacked(pack_rising(sorted(numbers))))) == sorted(numbers)


@given(st.lists(st.lists(st.integers(0, 2**40), min_size=1), max_size=6))
def test_groups_are_packed_as_each_alone(groups: list[list[int]]) -> None:
    groups = [sorted(group) for group in groups]
    starts = np.cumsum([0, *map(len, groups)])[: len(groups)]
    numbers = np.array([number for group in groups for number in group], np.int64)
    assert pack_groups(numbers, starts) == [pack_rising(group) for group in groups]


def test_runs_and_rows_are_counted() -> None:
    assert unpacked(pack_runs([7, 7, 0])) == [2, 7, 1, 0]
    assert unpacked(pack_sparse([(), (5,), (), (1, 2)])) == [1, 1, 5, 2, 2, 1, 2]


def test_no_packed_text_needs_escaping() -> None:
    text = pack(range(5000))
    assert json.dumps(text) == f'"{text}"'


# ── what is found ──


def test_all_kinds_can_be_found() -> None:
    found = items(holdings())
    kinds = [item.kind for item in found]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "document": 2,
        "measure": 5,
        "organ": 2,
        "target": 2,
        "group": 1,
        "amount": 7,
        "deadline": 1,
        "department": 2,
        "clause": 10,
    }


def test_every_word_of_every_notice_stands_in_a_clause() -> None:
    base = samples.base()
    for position, record in enumerate(base.records):
        clauses = [i for i in items(holdings()) if (i.kind, i.documents) == ("clause", (position,))]
        for line in record.text.split("\n"):
            assert any(line in item.text for item in clauses), line


def test_the_item_of_a_document_has_the_number_of_its_record() -> None:
    base = samples.base()
    for number, (record, item) in enumerate(zip(base.records, items(holdings()), strict=False)):
        assert (item.kind, item.documents) == ("document", (number,))
        assert item.text.startswith(record.document.number or "")


def test_a_card_holds_each_value_with_its_clause_and_words() -> None:
    card = next(i.card for i in items(holdings()) if i.title.startswith("取证补贴 · 高级工"))
    assert card is not None
    assert {"评价补贴", "三级"} <= set(card.names)
    told = [(value.words, value.citation) for value in card.values]
    assert told == [
        (
            "800元/证",
            "《关于印发山西省职业技能提升行动实施方案的通知》（晋政办发〔2019〕68号）第一部分（一）",
        ),
        (
            "800元/人",
            "《山西省文化和旅游厅办公室关于开展“文化和旅游从业人员技能提升”培训的通知》"
            "（晋文旅办发〔2021〕123号）第三部分（二）",
        ),
    ]
    assert all(value.quote and "#" in value.sentence for value in card.values)


def test_parts_of_a_document_stand_as_the_graph_says() -> None:
    """The whole bundled rule base, with what is told of parts once for all of a document."""
    if not any((BUNDLED / "rules").glob("*.yaml")):
        pytest.skip("kb/rules is empty; `policykb build` fills it")
    held = holdings(store.load(BUNDLED))
    standing = Standing(held)
    for record, rule in held.base.rules():
        end = end_of_rule(record, rule)
        if rule.id not in held.timeline_of:
            assert standing.of_rule(record, rule, end) == changes(held.periods(end)), rule.id


def test_a_value_of_a_measure_stands_as_its_own_page_says() -> None:
    if not any((BUNDLED / "rules").glob("*.yaml")):
        pytest.skip("kb/rules is empty; `policykb build` fills it")
    held = holdings(store.load(BUNDLED))
    found = {item.page: item.states for item in items(held) if item.page}
    told = {
        p.path: p.context.mark for p in rule_pages.pages(held, samples.EDITION) if p.context.measure
    }
    assert len(told) > 10
    for path, mark in told.items():
        states = [(day, state) for day, state, _ in json.loads(mark.periods)]
        assert list(found[path]) == list(merged(states)), path
    assert "applies" in {mark.state for mark in told.values()}


def test_the_best_of_several_states_counts() -> None:
    one = (("0001-01-01", "not_yet"), ("2019-01-01", "in_force"), ("2021-01-01", "repealed"))
    other = (("0001-01-01", "not_yet"), ("2020-01-01", "unknown"))
    assert best((one, other)) == (
        ("0001-01-01", "not_yet"),
        ("2019-01-01", "in_force"),
        ("2021-01-01", "unknown"),
    )


# ── files ──


def test_the_index_holds_exactly_the_places_of_every_pair() -> None:
    found = items(holdings())
    text = "".join(padded(fold(item.words)) for item in found)
    keys = {
        key: packed for shard in shards(made_files(holdings())) for key, packed in shard.items()
    }
    assert list(keys) == sorted(keys)
    told = {key: list(accumulate(unpacked(keys[key]))) for key in keys if key[0] not in "=@#"}
    expected: dict[str, list[int]] = {}
    for at, (one, other) in enumerate(pairwise(text)):
        if one != "\n":
            expected.setdefault(one if other == "\n" else one + other, []).append(at)
    assert {k: v for k, v in told.items() if len(k) < 3} == {
        key: places for key, places in expected.items() if key[0] not in "=@#"
    }


def test_what_stands_nearly_everywhere_is_told_with_its_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if every pair stood that often."""
    monkeypatch.setattr("site_builder.search.postings._FREQUENT_PLACES", 1)
    found = items(holdings())
    text = "".join(padded(fold(item.words)) for item in found)
    keys = {k: packed for shard in shards(made_files(holdings())) for k, packed in shard.items()}
    triples = {text[at : at + 3] for at in range(len(text) - 2)}
    for triple in sorted(t for t in triples if "\n" not in t and t[0] not in "=@#"):
        places = list(accumulate(unpacked(keys[triple])))
        assert places == [at for at in range(len(text)) if text.startswith(triple, at)], triple
    # the ends of lines are no pairs
    assert not [key for key in keys if key[0] == "#" and len(key) != 3]
    assert {key for key in keys if len(key) == 2 and key[0] not in "=@#"} == {
        text[at : at + 2]
        for at in range(len(text) - 1)
        if "\n" not in text[at : at + 2] and text[at] not in "=@#"
    }
    all_, _ = keys["#补贴"].split(" ")
    holders = [n for n, item in enumerate(found) if "补贴" in fold(item.words)]
    assert list(accumulate(unpacked(all_))) == holders


# a loaded machine takes its time
@settings(deadline=None)
@given(TEXTS_OF_ANYTHING)
def test_no_pair_runs_across_a_line(text: str) -> None:
    words = f"{fold(text)}\n"
    naive: dict[str, list[int]] = {}
    for place, pair in enumerate(pairwise(words)):
        if pair[0] != "\n":
            naive.setdefault("".join(pair).rstrip("\n"), []).append(place)
    for at_once in (1, 3, 1_000):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("site_builder.search.postings._AT_ONCE", at_once)
            whole = Text.of(list(words))
            told = dict(sequences(whole, Frequent.of(whole)))
        assert {k: list(accumulate(unpacked(packed))) for k, packed in told.items()} == naive
        assert list(told) == sorted(told)


def test_items_come_by_document_and_their_numbers_by_kind() -> None:
    held = holdings()
    told = list(numbered(held, Numbering.of(held)))
    documents = [one.item.documents[0] for one in told if one.item.kind not in ("measure", "organ")]
    assert documents == sorted(documents)
    assert sorted(one.number for one in told) == [*range(Numbering.of(held).total)]
    clauses = {one.number: one.item for one in told if one.item.kind == "clause"}
    backed = [one for one in told if one.backing is not None]
    assert {one.item.kind for one in backed} == {
        "amount",
        "target",
        "group",
        "deadline",
        "department",
    }
    for one in backed:
        clause = clauses[one.backing or 0]
        assert (clause.documents, clause.clause) == (one.item.documents, one.item.clause)


@given(st.permutations(range(10)))
def test_a_block_is_given_as_soon_as_it_is_whole(order: list[int]) -> None:
    blocks = Blocks[int](4, 10)
    given_ = [block for number in order for block in blocks.put(number, number)]
    assert sorted(given_) == [(0, [0, 1, 2, 3]), (1, [4, 5, 6, 7]), (2, [8, 9])]


def test_a_rule_base_without_a_notice_has_an_index_without_a_key() -> None:
    files = made_files(holdings(KnowledgeBase(())))
    assert list(shards(files)) == []
    assert read(files, "manifest")["total"] == 0


def test_the_first_key_of_every_shard_is_on_a_page_of_keys() -> None:
    files = made_files(holdings())
    manifest = read(files, "manifest")
    pages = [read(files, f"keys-{n}") for n in range(len(manifest["pages"]))]
    assert [page[0] for page in pages] == manifest["pages"]
    assert [key for page in pages for key in page] == [next(iter(s)) for s in shards(files)]


def test_items_come_back_in_blocks_and_their_addresses_lead_somewhere(tmp_path: Path) -> None:
    base = samples.base()
    build_site(samples.graph(base), tmp_path, title="x", built=date(2025, 3, 1))
    files = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    found = items(holdings(base))
    told = rows(files, len(found))
    assert len(told) == read(files, "manifest")["total"] == len(found)
    links = [f"{row[0][2]}#{row[1]}" for row in told if row[0]]
    links += [value[6] for row in told if row[7] for value in row[7]]
    links += [row[1] for row, item in zip(told, found, strict=True) if item.kind == "organ"]
    html = "".join(f'<a href="{link}"></a>' for link in links).encode()
    assert dead_links({**files, "search.html": html}) == ()


def made(base: KnowledgeBase, count: int) -> KnowledgeBase:
    """``count`` copies of the samples under other names."""
    copies = []
    for n in range(count):
        for record in base.records:
            document = record.document.model_copy(update={"id": f"{record.document.id}-{n}"})
            copies.append(record.model_copy(update={"document": document}))
    return KnowledgeBase.of(copies)


def test_the_manifest_does_not_grow_with_the_documents() -> None:
    small, large = (
        len(made_files(holdings(made(samples.base(), n)))["search/manifest.js"]) for n in (1, 100)
    )
    assert large - small < 200


def test_the_version_changes_with_the_index() -> None:
    one, other = (
        made_files(holdings(base)) for base in (samples.base(), samples.base(samples.carrier()))
    )
    assert version(one.items()) == version(list(one.items()))
    assert version(one.items()) != version(other.items())


#: a shortened 购房补贴 of 咸宁: the family is named once, before two sums
FAMILIES = """关于印发购房补贴实施细则的通知
一、对于在市城区购房的多孩家庭，符合条件的，在承诺期内分别给予每套3万元、4万元购房补贴。
"""


def test_an_amount_is_found_by_whom_it_is_for() -> None:
    found = items(Holdings(graph(FAMILIES), samples.DAY))
    amounts = [item for item in found if item.kind == "amount"]
    assert len(amounts) == 2
    assert all("多孩家庭" in item.words for item in amounts)
    assert all("多孩家庭" in item.words for item in found if item.kind == "measure")


def test_an_item_is_searched_by_its_names_and_its_text() -> None:
    item = Item("organ", (), "x.html", "省财政厅", "", "山西省财政厅", aliases="财政")
    assert item.words.split("\n") == ["省财政厅", "财政", "山西省财政厅"]
