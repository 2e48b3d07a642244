"""What a search in the browser costs beside Pagefind, on the same pages: bytes, time, size, recall.

The clauses are recombined from sentences of the bundled notices, the same ones on every run. Every
query is the first one of a new browser, so that all it needs is loaded; bytes are those of a
server that compresses. Pagefind comes from ``make peers``; without it only our figures are told.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import html
import http.server
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from bench.bench_search import ASKED, made_records
from extractor.lexicon import plain
from kb.force.curated import Curated
from kb.force.graph import Graph
from kb.force.measures import Vocabulary
from kb.models import KnowledgeBase
from site_builder.building.making import static_files
from site_builder.holdings import Holdings
from site_builder.page import Edition
from site_builder.pages import search
from site_builder.render import render
from site_builder.search.folding import fold
from site_builder.search.index import index_files, version
from site_builder.search.items import Item
from site_builder.search.numbering import items

PEER = Path(__file__).parent.parent / ".venv-peers" / "bin" / "python"
DAY = date(2025, 3, 1)
MOST_BYTES, MOST_MS, FEWEST_A_SECOND = 120_000, 150, 10_000
STRETCHES = 40
_HEADS = "  items/s  bundle MB  files  kB p50    max  ms p50    max   exact"
#: an item as Pagefind reads it
_PAGE = '<!doctype html><html lang="zh-CN"><title>{0}</title><h1>{0}</h1><p>{1}</p></html>'
# ten results are what a page shows at first
_OURS = """async query => {
    const started = performance.now();
    const { results } = await PolicySearch.find(query, { exact: true });
    const shown = await Promise.all(results.slice(0, 10).map(PolicySearch.describe));
    return [performance.now() - started, results.map(r => r.n), shown.length];
}"""
_THEIRS = """async query => {
    const started = performance.now();
    const pagefind = await import("/pagefind/pagefind.js");
    await pagefind.options({ excerptLength: 30 });
    const { results } = await pagefind.search(query);
    const shown = await Promise.all(results.slice(0, 10).map(r => r.data()));
    const took = performance.now() - started;
    const all = await Promise.all(results.map(r => r.data()));
    return [took, all.map(r => r.url), shown.length];
}"""


@dataclass(frozen=True)
class Answer:
    """What the first query of a browser took and found."""

    query: str
    bytes: int
    ms: float
    found: frozenset[Any]


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table. ``--clauses`` says how many there are, ``--seed`` chooses others."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench_site_search", description=__doc__)
    parser.add_argument("--clauses", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2019)
    parser.add_argument("--alone", action="store_true", help="without Pagefind")
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    base = KnowledgeBase.of(made_records(options.clauses, chance))
    holdings = Holdings(Graph(base, Vocabulary.of(plain("measures")), Curated()), DAY)
    found = items(holdings)
    asked = [*ASKED, "取证补贴 高级工", *_stretches(found, chance)]
    print(f"{len(found):,} items in {len(base.records)} documents, {len(asked)} first queries")
    print(f"{'':10}{_HEADS}")
    with tempfile.TemporaryDirectory() as folder:
        _ours(Path(folder) / "ours", base, found, asked)
        if options.alone:
            return
        if PEER.exists():
            _peer(Path(folder) / "peer", base, found, asked)
        else:
            print("pagefind   not here: run `make peers`")


def _stretches(found: Sequence[Item], chance: random.Random) -> Iterator[str]:
    """As somebody would copy them."""
    lines = [line for item in found for line in fold(item.words).split("\n") if len(line) > 12]
    for _ in range(STRETCHES):
        line = chance.choice(lines).replace('"', "")
        start = chance.randrange(max(1, len(line) - 12))
        yield line[start : start + chance.randint(2, 12)]


# ── ours ──


def _ours(folder: Path, base: KnowledgeBase, found: Sequence[Item], asked: list[str]) -> None:
    holdings = Holdings(Graph(base, Vocabulary.of(plain("measures")), Curated()), DAY)
    # relations are the graph's, which every page of the site asks for
    _ = holdings.graph.relations
    started, cpu = time.perf_counter(), time.process_time()
    index = dict(index_files(holdings))
    spent, worked = time.perf_counter() - started, time.process_time() - cpu
    page = next(iter(search.pages(Edition("x", DAY, version(index.items())))))
    _write(folder, {**index, **static_files(), page.path: render(page)})
    with _served(folder, "search") as address:
        answers = _answers(f"{address}search.html", _OURS, asked, address)
    truth = {query: _holders(found, query) for query in asked}
    right = sum(answer.found == truth[answer.query] for answer in answers)
    rate = len(found) / worked
    _row("policykb", rate, index, answers, right)
    print(f"{'':10}index built in {spent:.1f} s, of which {worked:.1f} s on the processor")
    _goals(rate, answers, right)


def _goals(rate: float, answers: Sequence[Answer], right: int) -> None:
    heaviest = max(answers, key=lambda answer: answer.bytes)
    slowest = max(answers, key=lambda answer: answer.ms)
    goals = (
        (
            heaviest.bytes < MOST_BYTES,
            f"first query under {MOST_BYTES // 1000} kB",
            f"{heaviest.bytes / 1000:.0f} kB for {heaviest.query}",
        ),
        (
            slowest.ms < MOST_MS,
            f"answer under {MOST_MS} ms",
            f"{slowest.ms:.0f} ms for {slowest.query}",
        ),
        (rate >= FEWEST_A_SECOND, f"at least {FEWEST_A_SECOND:,} items/s", f"{rate:,.0f} items/s"),
        (right == len(answers), "everything found and nothing else", f"{right} of {len(answers)}"),
    )
    for is_met, goal, worst in goals:
        print(f"{'':10}{'met   ' if is_met else 'MISSED'}  {goal}: {worst}")


def _holders(found: Sequence[Item], query: str) -> frozenset[int]:
    words = [fold(word) for word in query.split()]
    return frozenset(
        n for n, item in enumerate(found) if all(word in fold(item.words) for word in words)
    )


# ── Pagefind ──


def _peer(folder: Path, base: KnowledgeBase, found: Sequence[Item], asked: list[str]) -> None:
    """A page a clause, which is what it can tell apart; the site's own address is the clause's."""
    _write(folder, {f"{n}.html": _page(item) for n, item in enumerate(found)})
    started = time.perf_counter()
    told = subprocess.run(
        [PEER, "-m", "pagefind", "--site", folder], capture_output=True, text=True, check=False
    )
    spent = time.perf_counter() - started
    if told.returncode:
        print(f"pagefind   failed: {told.stderr.strip()[-200:]}")
        return
    bundle = {str(p): p.read_bytes() for p in (folder / "pagefind").rglob("*") if p.is_file()}
    (folder / "empty.html").write_text("<!doctype html><title>x</title>", "utf-8")
    with _served(folder, "pagefind") as address:
        answers = _answers(f"{address}empty.html", _THEIRS, asked, address)
    right = 0
    for answer in answers:
        truth = frozenset(f"/{n}.html" for n in _holders(found, answer.query))
        right += answer.found == truth
    _row("pagefind", len(found) / spent, bundle, answers, right)
    wanted = [frozenset(f"/{n}.html" for n in _holders(found, a.query)) for a in answers]
    pairs = list(zip(answers, wanted, strict=True))
    recall = sum(len(a.found & w) for a, w in pairs) / max(1, sum(map(len, wanted)))
    precision = sum(len(a.found & w) for a, w in pairs) / max(1, sum(len(a.found) for a in answers))
    print(
        f"{'':10}finds {recall:.0%} of what holds the words; {precision:.0%} of what it finds does"
    )


def _page(item: Item) -> bytes:
    return _PAGE.format(html.escape(item.title), html.escape(item.text)).encode()


# ── how it is measured ──


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files as a server that keeps them compressed, and counts what it sends."""

    # one connection for many files, as every web server of today
    protocol_version = "HTTP/1.1"
    # headers and content are written one after the other: without this the second waits for the
    # browser to acknowledge the first, 40 ms on each connection
    disable_nagle_algorithm = True
    sent = 0

    def log_message(self, format: str, *args: Any) -> None:
        """Quietly."""

    def do_GET(self) -> None:
        """The file in gzip."""
        path = Path(self.translate_path(self.path.split("?")[0]))
        if not path.is_file():
            self.send_error(404)
            return
        content = _compressed(path)
        _Compressing.sent += len(content)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@contextmanager
def _served(folder: Path, bundle: str) -> Iterator[str]:
    for path in (folder / bundle).rglob("*"):
        if path.is_file():
            _compressed(path)
    handler = functools.partial(_Compressing, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _answers(page: str, script: str, asked: Sequence[str], address: str) -> list[Answer]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        return [_answer(browser, page, script, query) for query in asked]


def _answer(browser: Any, page: str, script: str, query: str) -> Answer:
    context = browser.new_context()
    opened = context.new_page()
    _Compressing.sent = 0
    opened.goto(page)
    # results are counted with all scripts of the page, and without further pages of results
    ms, found, _ = opened.evaluate(script, query)
    sent = _Compressing.sent
    context.close()
    return Answer(query, sent, ms, frozenset(found))


def _row(
    name: str, rate: float, bundle: dict[str, bytes], answers: Sequence[Answer], right: int
) -> None:
    megabytes = sum(map(len, bundle.values())) / 1e6
    sizes, times = [a.bytes / 1e3 for a in answers], [a.ms for a in answers]
    print(
        f"{name:10}{rate:>9,.0f}{megabytes:>11.1f}{len(bundle):>7}{median(sizes):>8.0f}{max(sizes):>7.0f}"
        f"{median(times):>8.0f}{max(times):>7.0f}{f'{right}/{len(answers)}':>8}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
