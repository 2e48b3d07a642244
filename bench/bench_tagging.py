"""The whole tagging pipeline beside JioNLP and Recognizers-Text, on the same texts in the same
run.

Prints characters a second of the best of several rounds (what a busy machine adds is nobody's
speed) and their ratio, what memory does as documents pass, and what each
makes of 33 phrases. The peers live in ``.venv-peers`` (``make peers``); without it only our side
is measured.
"""

from __future__ import annotations

import json
import resource
import subprocess
import time
from datetime import date
from pathlib import Path
from typing import Any

from corpus.models import SourceText
from corpus.readers import read
from extractor.models import Quantity
from extractor.pipeline import extract
from extractor.quantities import quantities

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".venv-peers" / "bin" / "python"
READING_DAY = date(2026, 11, 20)
ROUNDS = 12

#: phrase -> what it says; for the peers a value in their own units counts too
PHRASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("每人不超过1000元", ("..1000",)),
    ("不得高于5000元", ("..5000",)),
    ("最高8000元", ("..8000",)),
    ("不少于500元", ("500..",)),
    ("不低于2万元", ("20000..",)),
    ("5万元以上", ("50000..",)),
    ("3万元以下", ("..30000",)),
    ("10万元以内", ("..100000",)),
    ("15-20万元", ("150000..200000",)),
    ("8000至10000元", ("8000..10000",)),
    ("一千二百万元", ("12000000..12000000",)),
    ("贰仟元", ("2000..2000",)),
    ("1.2亿元", ("120000000..120000000",)),
    ("１０００元", ("1000..1000",)),
    ("约300万元", ("3000000..3000000",)),
    ("达到30%以上", ("30..",)),
    ("10%至20%", ("10..20",)),
    ("百分之五十", ("50..50",)),
    ("八五折", ("85..85",)),
    ("降低0.3个百分点", ("0.3..0.3",)),
    ("力争到2027年底前完成", ("2027-12-31",)),
    ("11月底前完成", ("2026-11-30",)),
    ("2024年10月9日起施行", ("2024-10-09",)),
    ("2019年至2021年", ("2019-01-01/2021-12-31",)),
    ("二〇二四年五月一日", ("2024-05-01",)),
    ("收到申请后2个月内拨付", ("P2M", '{"month": 2.0}', "5184000..5184000")),
    ("公示不少于5个工作日", ("P5D", '{"workday": 5.0}')),
    ("每期培训3-6个月", ("P3M/P6M", '[{"month": 3.0}, {"month": 6.0}]')),
    ("每月12日、26日报送", ("FREQ=MONTHLY;BYMONTHDAY=12,26",)),
    ("每季度报送一次", ("FREQ=MONTHLY;INTERVAL=3", '{"delta": {"month": 3}')),
    ("按照晋政办发〔2019〕68号执行", ()),
    ("实施三年行动计划", ()),
    ("要进一步统一一线标准", ()),
)


def main() -> None:
    """Measure and print."""
    sources = [read(path, root=ROOT) for path in _notices()]
    texts = [source.text for source in sources]
    characters = sum(map(len, texts))
    extract(sources[0])
    seconds, growth = _ours(sources)
    print(f"{len(texts)} documents, {characters} characters, the best of {ROUNDS} rounds")
    print(f"policykb (structure and all taggers)   {characters / seconds:10,.0f} characters/s")
    print(f"memory after {ROUNDS} rounds against {ROUNDS // 4}: {growth:+.1f} MB")
    peers = _peers(texts)
    for name, measured in peers.items():
        speed = characters / measured["seconds"]
        print(f"{name:38} {speed:10,.0f} characters/s   ratio {measured['seconds'] / seconds:.2f}")
    _table(peers)


def _notices() -> list[Path]:
    folder = ROOT / "corpus" / "notices"
    return sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md"))


def _ours(sources: list[SourceText]) -> tuple[float, float]:
    best, peak = float("inf"), 0.0
    for index in range(ROUNDS):
        start = time.perf_counter()
        for source in sources:
            extract(source)
        best = min(best, time.perf_counter() - start)
        if index == ROUNDS // 4 - 1:
            peak = _peak()
    return best, _peak() - peak


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _peers(texts: list[str]) -> dict[str, Any]:
    if not PEERS.exists():
        print("no peers here: `make peers` installs them into .venv-peers")
        return {}
    phrases = [phrase for phrase, _ in PHRASES]
    asked = json.dumps({"texts": texts, "rounds": ROUNDS, "phrases": phrases})
    script = Path(__file__).with_name("peer_tagging.py")
    done = subprocess.run(
        [str(PEERS), str(script)], input=asked, capture_output=True, text=True, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _table(peers: dict[str, Any]) -> None:
    """What each makes of the phrases: + right, - wrong or missed."""
    read_by = {"policykb": [[_word(q) for q in _read(phrase)] for phrase, _ in PHRASES]}
    read_by |= {name: measured["phrases"] for name, measured in peers.items()}
    print("  ".join(f"{name:>11}" for name in read_by) + "   phrase")
    right = dict.fromkeys(read_by, 0)
    for row, (phrase, wanted) in enumerate(PHRASES):
        marks = []
        for name, readings in read_by.items():
            good = _is_right(readings[row], wanted)
            right[name] += good
            marks.append(f"{'+' if good else '-':>11}")
        print("  ".join(marks) + f"   {phrase}")
    print("  ".join(f"{count:>8}/{len(PHRASES)}" for count in right.values()))


def _is_right(found: list[str], wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return not found
    return len(found) == 1 and any(found[0].startswith(one) for one in wanted)


def _read(phrase: str) -> list[Quantity]:
    counts_of_nothing = {"次"}
    found = quantities(phrase, READING_DAY.year)
    return [q for q in found if q.unit not in counts_of_nothing]


def _word(quantity: Quantity) -> str:
    if quantity.kind == "recurrence":
        return quantity.rrule or ""
    if quantity.kind == "duration":
        most = f"/{quantity.duration_max}" if quantity.duration_max else ""
        return (quantity.duration or "") + most
    if quantity.kind == "period":
        return f"{quantity.from_}/{quantity.to}"
    if quantity.kind == "date":
        return quantity.date or ""
    low, high = ("" if n is None else f"{n.normalize():f}" for n in (quantity.min, quantity.max))
    return f"{low}..{high}"
