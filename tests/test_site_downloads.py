"""What the site offers to programs: files that keep to schemas, a feed, a sitemap, examples."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import force_samples
import pytest
import site_samples as samples
from jsonschema import Draft202012Validator

from kb.force.graph import Graph
from kb.models import KnowledgeBase
from kb.store import load
from site_builder import urls
from site_builder.building.contents import pages
from site_builder.building.write import build_site
from site_builder.downloads.feed import feed
from site_builder.downloads.files import SHAPES, in_memory
from site_builder.downloads.guide import guide
from site_builder.downloads.legislation import legislation
from site_builder.downloads.shapes import schema_of
from site_builder.downloads.sitemap import sitemaps
from site_builder.holdings import Holdings
from site_builder.page import Edition
from site_builder.pages.data import DataPage
from site_builder.serve import server

ROOT = Path(__file__).parents[1]
DAY = date(2025, 3, 1)
URL = "https://kb.example/a"
EDITION = Edition("知识库", DAY, "", URL)
ATTACK = samples.hostile().document.title
BASES = {
    "bundled": lambda: load(ROOT / "kb"),
    "samples": lambda: samples.base(samples.training(), samples.carrier(), samples.hostile()),
    "empty": lambda: KnowledgeBase.of(()),
}


@cache
def holdings(name: str = "bundled") -> Holdings:
    return Holdings(samples.graph(BASES[name]()), DAY)


@cache
def files(name: str = "bundled") -> dict[str, bytes]:
    return in_memory(holdings(name))


def told(path: str, name: str = "bundled") -> Any:
    return json.loads(files(name)[path])


# ── data ──


@pytest.mark.parametrize("name", BASES)
@pytest.mark.parametrize("path", SHAPES)
def test_every_file_keeps_to_its_schema(path: str, name: str) -> None:
    schema = schema_of(SHAPES[path])
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema)
    every = [path] if path in files(name) else [urls.record_file(i) for i in ids(name)]
    for one in every:
        assert [
            f"{e.json_path}: {e.message[:99]}" for e in check.iter_errors(told(one, name))
        ] == []


def ids(name: str) -> list[str]:
    return [record.document.id for record in holdings(name).base.records]


@pytest.mark.parametrize("path", SHAPES)
def test_a_schema_refuses_what_is_wrong(path: str) -> None:
    check = Draft202012Validator(schema_of(SHAPES[path]))
    right = told(path if path in files() else urls.record_file(ids("bundled")[0]))
    assert check.is_valid(right)
    assert not check.is_valid({**right, "surplus": 1})
    first = next(name for name, value in right.items() if isinstance(value, list) and value)
    assert not check.is_valid({**right, first: [*right[first], {}]})


@pytest.mark.parametrize("path", SHAPES)
def test_every_key_says_what_it_holds(path: str) -> None:
    schema = schema_of(SHAPES[path])
    silent = [
        f"{described['title']}.{key}"
        for described in (schema, *schema.get("$defs", {}).values())
        for key, value in described.get("properties", {}).items()
        if not value.get("description")
    ]
    assert silent == []


def test_status_is_all_of_time_without_a_gap() -> None:
    for rule in told(urls.RULES_FILE)["rules"]:
        stretches = rule["status"]
        assert (stretches[0]["from"], stretches[-1]["to"]) == (None, None)
        for one, next_one in pairwise(stretches):
            day = date.fromisoformat(one["to"])
            assert date.fromisoformat(next_one["from"]).toordinal() == day.toordinal() + 1
            assert one["state"] != next_one["state"]


def test_measures_tell_the_value_of_each_place_and_when_it_stood() -> None:
    found = {m["name"]: m for m in told(urls.MEASURES_FILE)["measures"]}
    measure = next(m for name, m in found.items() if "高级工" in name)
    values = [(e["number"], e["value"], e["status"][-1]["state"]) for e in measure["entries"]]
    assert ("晋政办发〔2019〕68号", "600元/人") in [(number, value) for number, value, _ in values]
    assert "presumed_superseded" in [state for _, _, state in values]


def test_relations_read_both_ways_and_name_documents_that_are_not_here() -> None:
    held = told(urls.RELATIONS_FILE)
    based = next(r for r in held["relations"] if r["type"] == "based_on")
    assert (based["name"], based["reverse"]) == ("依据", "被依据")
    assert {r["to"]["document"] for r in held["relations"]} & {s["name"] for s in held["stubs"]}
    for record in holdings().base.records:
        own = told(urls.record_file(record.document.id))["relations"]
        touching = [
            r["id"]
            for r in held["relations"]
            if record.document.id in (r["from"]["document"], r["to"]["document"])
        ]
        assert sorted(r["id"] for r in own) == sorted(touching)


def test_the_bulk_file_is_every_document_a_line_packed_or_not() -> None:
    lines = files()[urls.RECORDS_FILE].splitlines()
    assert [json.loads(line)["document"]["id"] for line in lines] == ids("bundled")
    assert b"\n".join(lines) + b"\n" == b"".join(
        files()[urls.record_file(i)] for i in ids("bundled")
    )
    packed = files()[urls.PACKED_RECORDS_FILE]
    assert gzip.decompress(packed) == files()[urls.RECORDS_FILE]
    assert packed[4:8] == bytes(4), "the head of the packed file names a time"


# ── feed, sitemap, llms.txt ──


def parsed(content: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import feedparser
    return feedparser.parse(content)


def force(*records: Any) -> Holdings:
    graph: Graph = force_samples.graph(*records)
    return Holdings(graph, DAY)


def test_the_feed_tells_what_happened_until_the_day_of_building_the_newest_first() -> None:
    found = parsed(feed(force(force_samples.OLD, force_samples.NEW), EDITION))
    assert (found.bozo, found.version) == (False, "atom10")
    assert found.feed.id == "https://kb.example/a/feed.xml"
    entries = [(e.updated[:10], e.tags[0].term, e.title.partition("：")[0]) for e in found.entries]
    assert ("2022-07-01", "repealed", "废止") in entries
    assert ("2020-04-01", "starts", "施行") in entries
    assert entries == sorted(entries, key=lambda e: e[0], reverse=True)
    repealed = next(e for e in found.entries if e.tags[0].term == "repealed")
    page = f"https://kb.example/a/documents/{force_samples.OLD_ID}.html"
    assert repealed.link == page
    assert repealed.id.startswith(f"{page}#repealed-2022-07-01-rel-")
    assert "废止" in repealed.summary
    assert max(e.updated for e in found.entries)[:10] == found.feed.updated[:10]


def test_ids_of_entries_are_unique_and_outlive_the_day_and_other_documents() -> None:
    alone = Holdings(samples.graph(samples.base(samples.carrier())), DAY)
    both = Holdings(samples.graph(), date(2026, 1, 1))
    before = [e.id for e in parsed(feed(alone, EDITION)).entries]
    after = [e.id for e in parsed(feed(both, EDITION)).entries]
    assert before
    assert set(before) < set(after)
    assert len(after) == len(set(after))


def test_hostile_words_stay_words_in_the_feed() -> None:
    record = samples.training()
    title = f"{ATTACK}\x00\x0b]]>\ud800"
    document = record.document.model_copy(update={"title": title})
    held = Holdings(
        samples.graph(samples.base(record.model_copy(update={"document": document}))), DAY
    )
    content = feed(held, EDITION)
    ElementTree.fromstring(content)
    found = parsed(content)
    assert not found.bozo
    assert "<img src=x onerror=alert(1)>" in ElementTree.fromstring(content)[-1][0].text


def test_an_empty_feed_is_a_feed() -> None:
    found = parsed(feed(holdings("empty"), EDITION))
    assert (found.bozo, found.entries) == (False, [])


def test_a_sitemap_tells_every_page_with_the_day_it_changed() -> None:
    changed = {"index.html": DAY, "documents/a b.html": date(2024, 1, 1)}
    ((path, content),) = sitemaps(f"{URL}/", changed)
    assert path == "sitemap.xml"
    assert locations(content) == [
        ("https://kb.example/a/documents/a%20b.html", "2024-01-01"),
        ("https://kb.example/a/index.html", "2025-03-01"),
    ]


def locations(content: bytes) -> list[tuple[str, str]]:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.fromstring(content)
    return [(e.find(f"{space}loc").text, e.find(f"{space}lastmod").text) for e in root]


def test_a_long_sitemap_is_parted_under_an_index() -> None:
    changed = {f"{n}.html": date(2025, 1, n) for n in range(1, 6)}
    made = dict(sitemaps(URL, changed, most=2))
    assert sorted(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert b"<sitemapindex" in made["sitemap.xml"]
    assert locations(made["sitemap.xml"])[-1] == (
        "https://kb.example/a/sitemap-3.xml",
        "2025-01-05",
    )
    parts = [page for n in (1, 2, 3) for page, _ in locations(made[f"sitemap-{n}.xml"])]
    assert len(parts) == 5


def test_llms_txt_leads_to_files_that_are_there(tmp_path: Path) -> None:
    build_site(samples.graph(), tmp_path / "site", title="知[识]库", built=DAY)
    text = (tmp_path / "site" / "llms.txt").read_text("utf-8")
    assert text.startswith("# 知\\[识\\]库\n\n> 2 份公文，")
    links = [
        line.partition("](")[2].partition(")")[0] for line in text.splitlines() if "](" in line
    ]
    assert len(links) > 8
    assert all((tmp_path / "site" / link).is_file() for link in links)
    public = guide(holdings(), EDITION).decode()
    assert "https://kb.example/a/data/rules.json" in public


def test_sitemap_and_feed_need_a_public_address(tmp_path: Path) -> None:
    build_site(samples.graph(), tmp_path / "local", title="x", built=DAY)
    assert not (tmp_path / "local" / "sitemap.xml").exists()
    assert not (tmp_path / "local" / "feed.xml").exists()
    assert "atom+xml" not in (tmp_path / "local" / "index.html").read_text("utf-8")
    report = build_site(samples.graph(), tmp_path / "public", title="x", built=DAY, url=URL)
    assert report.dead_links == ()
    page = (tmp_path / "public" / "documents" / "140000-jinzhengbanfa-2019-68.html").read_text()
    assert 'href="../feed.xml"' in page
    sitemap = (tmp_path / "public" / "sitemap.xml").read_bytes()
    assert len(locations(sitemap)) == report.pages


# ── linked data ──


def linked(held: Holdings, document: str, url: str = "") -> dict[str, Any]:
    return legislation(held, held.base.by_id[document], url)


def test_a_document_as_linked_data_says_what_is_known() -> None:
    said = linked(holdings(), "140000-jinzhengbanfa-2019-68", URL)
    assert said["@type"] == "Legislation"
    assert said["legislationIdentifier"] == "晋政办发〔2019〕68号"
    assert said["legislationDate"] == "2019-08-22"
    assert said["@id"] == "https://kb.example/a/documents/140000-jinzhengbanfa-2019-68.html"
    assert said["legislationPassedBy"][0]["name"] == "山西省人民政府办公厅"
    assert said["legislationJurisdiction"]["identifier"] == "140000"
    assert "legislationLegalForce" not in said, "nothing says whether it is in force"
    assert "@id" not in linked(holdings(), "140000-jinzhengbanfa-2019-68")


def test_linked_data_tell_force_and_what_is_repealed() -> None:
    held = force(force_samples.OLD, force_samples.NEW)
    assert linked(held, force_samples.OLD_ID)["legislationLegalForce"].endswith("/NotInForce")
    repeals = linked(held, force_samples.NEW_ID)["legislationRepeals"]
    assert [r["legislationIdentifier"] for r in repeals] == ["晋政办发〔2020〕5号"]


# ── the page and its examples ──


@contextmanager
def served(site: Path) -> Iterator[str]:
    with server(site, 0) as web:
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{web.server_port}/"
        finally:
            web.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("downloads") / "site"
    build_site(samples.graph(load(ROOT / "kb")), site, title="知识库", built=DAY)
    return site


def data_page() -> DataPage:
    sizes = {path: len(content) for path, content in files().items()}
    edition = Edition("知识库", DAY, "")
    found = next(p for p in pages(holdings(), edition, sizes) if p.template == "data.html")
    assert isinstance(found.context, DataPage)
    return found.context


def node() -> str:
    import playwright

    assert isinstance(playwright, ModuleType)
    return str(Path(str(playwright.__file__)).parent / "driver" / "node")


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_the_examples_run_and_find_what_is_there(bundled: Path, language: str) -> None:
    example = getattr(data_page(), language)
    with served(bundled) as address:
        code = example.replace("http://127.0.0.1:8000/", address)
        assert code != example
        run = (
            [sys.executable, "-c"]
            if language == "python"
            else [node(), "--input-type=module", "-e"]
        )
        done = subprocess.run([*run, code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) >= 4
    assert any("600" in line for line in lines)
    assert not any("5400000" in line for line in lines)


def test_examples_are_short() -> None:
    assert all(example.count("\n") < 10 for example in (data_page().python, data_page().javascript))


def test_the_page_tells_every_key_of_every_thing() -> None:
    for thing in data_page().keys:
        assert all(words for _, words in thing.held), thing.name
    assert "span" in {key for thing in data_page().keys for key, _ in thing.held}


def test_the_page_does_not_grow_with_the_documents() -> None:
    def length(name: str) -> int:
        sizes = {path: len(content) for path, content in files(name).items()}
        made = next(p for p in pages(holdings(name), EDITION, sizes) if p.template == "data.html")
        return len(made.context.files)

    assert length("bundled") == length("samples")
