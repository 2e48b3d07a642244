"""The index holds every pair of neighbouring characters of everything that can be found."""

from __future__ import annotations

import json
from datetime import date
from itertools import accumulate
from typing import Any

import pytest
import site_samples as samples
from hypothesis import given
from hypothesis import strategies as st

from site_builder.links import dead_links
from site_builder.search_index import fold, grams, index_files, items, version
from site_builder.write import gather

TEXTS = st.text(alphabet="晋政办发〔2019〕(）［68号 　a\uff21\n\t，,～~", max_size=40)


def read(files: dict[str, bytes], name: str) -> Any:
    head, tail = f'PolicyIndex.accept("{name}",', ");\n"
    script = files[f"search/{name}.js"].decode()
    assert script.startswith(head)
    assert script.endswith(tail)
    return json.loads(script[len(head) : -len(tail)])


def postings(files: dict[str, bytes]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    shards = read(files, "manifest")["shards"]
    for number in range(shards):
        for gram, steps in read(files, f"shard-{number}").items():
            assert ord(gram[0]) % shards == number
            found[gram] = set(accumulate(steps))
    return found


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
    ],
)
def test_spellings_of_the_same_words_fold_together(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


def test_book_titles_and_brackets_stay_apart() -> None:
    assert fold("《办法》") != fold("（办法）")


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS, TEXTS)
def test_whoever_holds_the_words_holds_their_pairs(before: str, words: str) -> None:
    line = words.replace("\n", "").replace("\t", "")
    pairs = {pair for pair in grams(line) if len(pair) == 2}
    assert pairs <= grams(f"{before}{line}后")


@given(TEXTS)
def test_every_character_begins_a_gram(text: str) -> None:
    assert {gram[0] for gram in grams(text)} == set(fold(text)) - {"\n"}


def test_no_pair_runs_across_a_line_or_a_cell() -> None:
    assert grams("补\n贴\t元") == {"补", "贴", "元"}


def test_the_index_points_to_exactly_the_items_that_hold_a_pair() -> None:
    base = samples.base()
    found = postings(index_files(base))
    expected: dict[str, set[int]] = {}
    for number, item in enumerate(items(base)):
        for gram in grams(item.words):
            expected.setdefault(gram, set()).add(number)
    assert found == expected


def test_rules_clauses_documents_and_departments_can_be_found() -> None:
    found = items(samples.base())
    kinds = [item.kind for item in found]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "document": 2,
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
        clauses = [i for i in items(base) if (i.kind, i.document) == ("clause", position)]
        for line in record.text.split("\n"):
            assert any(line in item.text for item in clauses), line


def test_the_items_come_back_in_blocks_and_their_addresses_lead_somewhere() -> None:
    base = samples.base()
    files = gather(samples.graph(base), title="x", built=date(2025, 3, 1), progress=lambda *_: None)
    manifest = read(files, "manifest")
    rows = [row for n in range(len(manifest["starts"])) for row in read(files, f"items-{n}")]
    assert len(rows) == manifest["total"] == len(items(base))
    pages = [about[2] for about in manifest["documents"]]
    links = [row[2] if row[1] < 0 else f"{pages[row[1]]}#{row[2]}" for row in rows]
    html = "".join(f'<a href="{link}"></a>' for link in links).encode()
    assert dead_links({**files, "search.html": html}) == ()


def test_the_rules_and_clauses_of_a_document_stand_where_the_manifest_says() -> None:
    base = samples.base()
    found = items(base)
    manifest = read(index_files(base), "manifest")
    for position, about in enumerate(manifest["documents"]):
        inside = {n for start, end in about[4:] for n in range(start, end)}
        assert inside == {
            n
            for n, item in enumerate(found)
            if item.document == position and item.kind != "document"
        }


def test_the_version_changes_with_the_index() -> None:
    one, other = (index_files(base) for base in (samples.base(), samples.base(samples.carrier())))
    assert version(one) == version(dict(reversed(one.items())))
    assert version(one) != version(other)
