"""How fast search takes in clauses and answers, beside jieba's analyzer in Whoosh on the same.

The clauses are recombined from sentences of the bundled notices, the same ones on every run. Both
find the first twenty and the total; ours cuts the excerpts and counts the kinds besides.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import made, postgres_server
from kb.models import KnowledgeBase
from kb.schema import ClauseRecord, Record
from kb.search.analyzer import fold
from kb.search.engine import Query, SearchEngine
from kb.search.items import Item, items_of
from kb.search.postgres_engine import PostgresEngine
from kb.search.whoosh_engine import WhooshEngine

NOTICES = Path(__file__).parent.parent / "corpus" / "notices"
CLAUSES_A_DOCUMENT = 40
ASKED = ("培训", "技能人才", "取证补贴", "级工", "不超过1000元", "5天", "每人每天", "省人社厅")
QUERIES = 50
_READERS = 8


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table. ``--clauses`` says how many there are, ``--seed`` chooses others."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench_search", description=__doc__)
    parser.add_argument("--clauses", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=2019)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    base = KnowledgeBase.of(made_records(options.clauses, chance))
    items = [item for record in base.records for item in items_of(record)]
    queries = _queries(items, chance)
    size = sum(len(item.text) for item in items) / len(items)
    print(f"{len(items):,} clauses of {size:.0f} characters, {len(queries)} queries")
    print(f"{'':18}{'clauses/s':>10}{'p50 ms':>9}{'p95 ms':>9}{'index MB':>10}{'exact':>8}")
    with tempfile.TemporaryDirectory() as folder:
        _whoosh(Path(folder) / "ours", base, items, queries)
        _postgresql(Path(folder), base, items, queries)
        _peer(Path(folder) / "peer", items, queries)


# ── what is searched ──


def _sentences() -> list[str]:
    texts = (file.read_text("utf-8") for file in sorted(NOTICES.iterdir()))
    joined = (re.sub(r"\s*\n\s*", "", text) for text in texts)
    cut = (sentence for text in joined for sentence in re.split(r"(?<=[。；;])", text))
    return [sentence for sentence in cut if 8 < len(sentence) < 200]


def made_records(clauses: int, chance: random.Random) -> Iterator[Record]:
    """Notices of ``CLAUSES_A_DOCUMENT`` clauses each."""
    sentences = _sentences()
    numbers = [number for sentence in sentences for number in re.findall(r"\d+", sentence)]
    for serial in range(1, -(-clauses // CLAUSES_A_DOCUMENT) + 1):
        # one item of a document is its front matter
        count = min(CLAUSES_A_DOCUMENT, clauses - (serial - 1) * CLAUSES_A_DOCUMENT) - 1
        bodies = [_body(sentences, numbers, chance) for _ in range(count)]
        yield _record(serial, bodies)


def _body(sentences: list[str], numbers: list[str], chance: random.Random) -> str:
    body = "".join(chance.choices(sentences, k=chance.randint(1, 4)))
    # now and then a number of another clause, or each would stand as often as its sentence
    return re.sub(r"\d+", lambda m: chance.choice((m[0], m[0], chance.choice(numbers))), body)


def _record(serial: int, bodies: list[str]) -> Record:
    number = f"晋测发〔2021〕{serial}号"
    text, clauses = f"{number}\n各市人民政府：", []
    for n, body in enumerate(bodies, 1):
        start = len(text) + 1
        text = f"{text}\n{body}"
        span = (start, len(text))
        clauses.append(
            ClauseRecord(path=str(n), anchor=f"i{n}", level=1, heading=body[:16], span=span)
        )
    made_up = made.document(f"140000-jincefa-2021-{serial}", number, text)
    return Record(document=made_up, text=text, clauses=tuple(clauses))


def _queries(items: list[Item], chance: random.Random) -> list[str]:
    """What people ask for, then stretches of the clauses as somebody would copy them."""
    queries = list(ASKED)
    while len(queries) < QUERIES:
        text = chance.choice(items).text
        start = chance.randrange(len(text))
        stretch = text[start : start + chance.randint(2, 12)]
        if not re.search(r"[\s\"“”]", stretch) and stretch not in queries:
            queries.append(stretch)
    return queries


# ── who searches ──


def _whoosh(folder: Path, base: KnowledgeBase, items: list[Item], queries: list[str]) -> None:
    engine = WhooshEngine(folder)
    _ours("in Whoosh", engine, base, items, queries, lambda: _megabytes(folder))
    engine.close()


def _postgresql(folder: Path, base: KnowledgeBase, items: list[Item], queries: list[str]) -> None:
    """The same on a server of its own, with the settings that PostgreSQL comes with."""
    if postgres_server.programs() is None:
        print(f"{'in PostgreSQL':18}not installed (Debian: postgresql)")
        return
    with postgres_server.running() as address:
        engine = PostgresEngine(address, "bench", folder)
        _ours("in PostgreSQL", engine, base, items, queries, lambda: _megabytes_of(address))
        _readers(address, folder, queries)
        engine.close()


def _megabytes_of(address: str) -> float:
    import psycopg

    with psycopg.connect(address) as connection:
        size = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND "
        row = connection.execute(size + "relnamespace = 'bench'::regnamespace").fetchone()
    return float(row[0]) / 1e6 if row else 0.0


def _readers(address: str, folder: Path, queries: list[str]) -> None:
    """How many answers a second eight readers get together."""
    engines = [PostgresEngine(address, "bench", folder) for _ in range(_READERS)]

    def read(engine: PostgresEngine) -> None:
        for query in queries:
            engine.search(Query(query))

    with ThreadPoolExecutor(_READERS) as pool:
        spent = _seconds(lambda: list(pool.map(read, engines)))
    for engine in engines:
        engine.close()
    print(f"{'':18}{_READERS} readers at once: {_READERS * len(queries) / spent:.0f} answers/s")


def _ours(
    name: str,
    engine: SearchEngine,
    base: KnowledgeBase,
    items: list[Item],
    queries: list[str],
    size: Callable[[], float],
) -> None:
    # jieba's dictionary takes a second to load, however much there is to search
    engine.update(KnowledgeBase.of(base.records[:1]))
    engine.update(KnowledgeBase.of(()))
    spent = _seconds(lambda: engine.update(base))
    times = [_seconds(lambda q=q: engine.search(Query(q))) for q in queries]
    right = sum(
        {hit.id for hit in engine.search(Query(query, limit=len(items))).hits}
        == _holders(items, query)
        for query in queries
    )
    _row(name, len(items) / spent, times, size(), right)
    renamed = base.records[0].model_copy(update={"schema_version": 2})
    changed = KnowledgeBase.of((renamed, *base.records[1:]))
    print(f"{'':18}one document changed: {_seconds(lambda: engine.update(changed)) * 1e3:.0f} ms")


def _peer(folder: Path, items: list[Item], queries: list[str]) -> None:
    """``jieba.analyse.ChineseAnalyzer`` as its documentation uses it, with the query in quotes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        from jieba.analyse import ChineseAnalyzer
    from whoosh import fields, index
    from whoosh.qparser import QueryParser

    folder.mkdir()
    jieba.dt.tmp_dir = str(folder.parent)
    jieba.initialize()
    schema = fields.Schema(
        id=fields.ID(stored=True), text=fields.TEXT(stored=True, analyzer=ChineseAnalyzer())
    )
    built = index.create_in(folder, schema)
    spent = _seconds(lambda: _fill(built, items))
    parser = QueryParser("text", schema)
    parsed = {query: parser.parse('"{}"'.format(query.replace('"', ""))) for query in queries}
    with built.searcher() as searcher:
        times = [_seconds(lambda q=q: len(searcher.search(parsed[q], limit=20))) for q in queries]
        right = sum(
            {hit["id"] for hit in searcher.search(parsed[query], limit=None)}
            == _holders(items, query)
            for query in queries
        )
    _row("jieba in Whoosh", len(items) / spent, times, _megabytes(folder), right)


def _fill(index: Any, items: list[Item]) -> None:
    writer = index.writer(limitmb=512)
    for item in items:
        writer.add_document(id=item.id, text=fold(item.text))
    writer.commit()


# ── how it is measured ──


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _holders(items: list[Item], query: str) -> set[str]:
    return {item.id for item in items if fold(query) in fold(item.text)}


def _megabytes(folder: Path) -> float:
    files = (file for file in folder.iterdir() if file.name != "jieba.cache")
    return sum(file.stat().st_size for file in files) / 1e6


def _row(name: str, rate: float, times: list[float], megabytes: float, right: int) -> None:
    p50, p95 = median(times) * 1e3, quantiles(times, n=20)[-1] * 1e3
    exact = f"{right}/{len(times)}"
    print(f"{name:18}{rate:>10,.0f}{p50:>9.1f}{p95:>9.1f}{megabytes:>10.1f}{exact:>8}")


if __name__ == "__main__":
    main(sys.argv[1:])
