"""What the page 我能申领什么 loads and how long it takes to its first answer, in a real browser.

Of the bundled notices, of 500 made-up ones all over a province, and of the same all in one place.
"""

from __future__ import annotations

import gzip
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Request, sync_playwright

from bench.notices import RULE_BASE, notices
from extractor.lexicon import plain
from kb.force.graph import Graph
from kb.force.vocabulary import Vocabulary
from kb.models import KnowledgeBase
from kb.schema import RegionRecord
from kb.store import load
from site_builder.applying.files import claim_files
from site_builder.building.making import static_files
from site_builder.holdings import Holdings
from site_builder.page import Edition
from site_builder.pages import apply
from site_builder.render import render

_SERIALS = 500
#: what a first answer may weigh, packed
_MOST = 150_000
_HERE = RegionRecord(code="140000", name="山西省", level="province")


def main() -> None:
    """Prints files, bytes as served and packed, and milliseconds; fails over 150 kB."""
    made = notices(_SERIALS)
    bases = {"bundled": (load(RULE_BASE), "141121"), "500, spread": (made, "140302")}
    bases["500, one region"] = (gathered(made), "141121")
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        packed = {name: _measured(browser, name, *asked) for name, asked in bases.items()}
        browser.close()
    if over := {name: size for name, size in packed.items() if size > _MOST}:
        raise RuntimeError(f"a first answer weighs over {_MOST} bytes: {over}")


def gathered(base: KnowledgeBase) -> KnowledgeBase:
    """The same notices as if one province had issued them all."""
    return KnowledgeBase.of(
        record.model_copy(update={"document": record.document.model_copy(update={"region": _HERE})})
        for record in base.records
    )


def put(base: KnowledgeBase, site: Path) -> None:
    """The page with its scripts and data."""
    holdings = Holdings(Graph(base, Vocabulary.of(plain("measures"))), date(2025, 3, 1))
    files = {**static_files(), **claim_files(holdings)}
    edition = Edition("测", holdings.built, "", claims="0")
    files |= {page.path: render(page) for page in apply.pages(holdings, edition)}
    for path, content in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


def _measured(browser: Browser, name: str, base: KnowledgeBase, region: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        making = time.perf_counter()
        put(base, site)
        made = time.perf_counter() - making
        page, asked = browser.new_page(), list[Request]()
        page.on("request", lambda request: asked.append(request))
        query = f"?kind=评价机构&region={region}&certificate=初级工&on=2024-10-01"
        started = time.perf_counter()
        page.goto(f"{(site / 'apply.html').as_uri()}{query}")
        page.wait_for_selector("#claim-list section")
        took = 1000 * (time.perf_counter() - started)
        told = page.locator("#claim-status").inner_text()
        page.close()
        loaded = [r.url.split("?")[0].rpartition("/apply/")[2] for r in asked if "/apply/" in r.url]
        contents = [(site / "apply" / file).read_bytes() for file in loaded]
        packed = sum(len(gzip.compress(content)) for content in contents)
        sizes = [path.stat().st_size for path in (site / "apply").iterdir()]
    kilobytes = f"{sum(map(len, contents)) / 1000:.0f} of {sum(sizes) / 1000:.0f} kB"
    print(f"   {name}: {told}")
    print(f"      {len(loaded)} of {len(sizes)} files, {kilobytes}, {packed / 1000:.1f} kB packed")
    print(f"      answered in {took:.0f} ms; made in {made:.1f} s")
    return packed
