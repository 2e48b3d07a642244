"""How long the status of a rule takes to tell among many rules and relations.

The documents are made here, the same ones on every run. Half of the relations end what they point
at; loading is what happens once, before the first question. Times are of the processor.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import median, quantiles

from bench import made
from extractor.lexicon import plain
from kb.force.curated import Curated, RelationEntry
from kb.force.graph import Graph
from kb.force.models import End
from kb.force.status import status
from kb.force.vocabulary import Vocabulary
from kb.models import KnowledgeBase
from kb.schema import AmountRule, ClauseRecord, Record

RULES_A_DOCUMENT = 40
TYPES = ("supersedes", "repeals", "repeals_part", "based_on", "implements", "specialises")
ITEMS = (
    "培训补贴",
    "取证补贴",
    "生活费补贴",
    "购房补贴",
    "租房补贴",
    "创业补贴",
    "稳岗返还",
    "社保补贴",
)
LIMIT_MS = 50
QUESTIONS = 500


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table. ``--rules`` and ``--relations`` say how many, ``--seed`` chooses others."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench_status", description=__doc__)
    parser.add_argument("--rules", type=int, default=10_000)
    parser.add_argument("--relations", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=2019)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    records = list(_records(options.rules, chance))
    entries = tuple(_entries(records, options.relations, chance))
    started = time.process_time()
    graph = Graph(
        KnowledgeBase.of(records), Vocabulary.of(plain("measures")), Curated(relations=entries)
    )
    held = len(graph.relations), len(graph.into), len(list(graph.base.rules()))
    # what else is built once, whoever asks first
    _ = graph.measures.from_on(""), graph.moving(End(""))
    loading = time.process_time() - started
    print(f"{held[2]:,} rules, {held[0]:,} relations of {len(records):,} documents")
    times = sorted(_times(graph, records, chance))
    p95 = quantiles(times, n=20)[-1]
    print(f"{'':10}{'load s':>8}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    print(f"{'status':10}{loading:>8.1f}{median(times):>9.2f}{p95:>9.2f}{times[-1]:>9.2f}")
    if times[-1] > LIMIT_MS:
        raise RuntimeError(f"a question took {times[-1]:.0f} ms, over {LIMIT_MS}")


def _times(graph: Graph, records: list[Record], chance: random.Random) -> Iterator[float]:
    for _ in range(QUESTIONS):
        subject, day = _subject(chance.choice(records), chance), _day(chance)
        started = time.process_time()
        status(graph, subject, day)
        yield (time.process_time() - started) * 1e3


def _subject(record: Record, chance: random.Random) -> End:
    rule = chance.choice(record.rules)
    whole, clause = End(record.document.id), End(record.document.id, rule.clause)
    return chance.choice((whole, clause, End(record.document.id, rule.clause, rule.id)))


def _day(chance: random.Random) -> date:
    return date(2015, 1, 1) + timedelta(days=chance.randrange(5000))


def _records(rules: int, chance: random.Random) -> Iterator[Record]:
    for serial in range(1, -(-rules // RULES_A_DOCUMENT) + 1):
        yield _record(
            serial, min(RULES_A_DOCUMENT, rules - (serial - 1) * RULES_A_DOCUMENT), chance
        )


def _record(serial: int, count: int, chance: random.Random) -> Record:
    document, text = f"1400{serial % 12:02}-jincefa-2021-{serial}", "晋测发"
    clauses, rules = [], []
    for n in range(1, count + 1):
        value, item = chance.randrange(1, 90) * 100, chance.choice(ITEMS)
        body = f"{n}. {item}每人{value}元"
        span = (len(text) + 1, len(text) + 1 + len(body))
        text = f"{text}\n{body}"
        clauses.append(ClauseRecord(path=str(n), anchor=f"i{n}", level=1, heading=item, span=span))
        rules.append(_rule(document, n, item, value, body, span))
    return Record(
        document=made.document(
            document,
            f"晋测发〔2021〕{serial}号",
            text,
            region=document[:6],
            issuers=("山西省人民政府",),
            issued=_day(chance).isoformat(),
        ),
        text=text,
        clauses=tuple(clauses),
        rules=tuple(rules),
    )


def _rule(
    document: str, n: int, item: str, value: int, body: str, span: tuple[int, int]
) -> AmountRule:
    return AmountRule(
        id=f"{document}#i{n}.amount.{n:04}",
        clause=str(n),
        quote=body,
        span=span,
        item=item,
        category=f"第{n}类",
        min=value,
        max=value,
        per=("person",),
    )


def _entries(records: list[Record], count: int, chance: random.Random) -> Iterator[RelationEntry]:
    for n in range(count):
        source, target = (chance.choice(chance.choice(records).rules) for _ in range(2))
        # one in a thousand ends a whole document
        to = target.id if n % 1000 else target.id.partition("#")[0]
        entry = {"type": chance.choice(TYPES), "from": source.id, "to": to, "by": "测"}
        yield RelationEntry.model_validate({**entry, "effective": _day(chance).isoformat()})


if __name__ == "__main__":
    main(sys.argv[1:])
