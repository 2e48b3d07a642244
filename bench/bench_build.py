"""How fast documents become a rule base and a site: each step, whole builds of growing size, and
rebuilds.

The notices are whole text files of about 5,000 characters (``bench/documents.py``). The floor is
what nobody can do without: reading the same files and cutting them into words with jieba.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import documents
from corpus import readers
from corpus.workspace import Workspace, create, load
from extractor.pipeline import extract
from kb import store
from kb.building.entries import Entry
from kb.force.linking import linked
from kb.force.resolution import Resolution
from kb.models import KnowledgeBase
from kb.records import record_of

#: characters a second on two cores and seconds of a rebuild: of rules alone, and with the site
GOALS = {False: (400_000, 2.0), True: (200_000, 5.0)}
GOAL_MEMORY, GOAL_GROWTH = 3e9, 1.15
_STEPS = 200
_PROGRAM = Path(__file__).parent.parent / "policykb.py"
_PAGES = re.compile(r"^site +(\d+) pages", re.MULTILINE)


def main(arguments: Sequence[str] = ()) -> None:
    """Print the tables. ``--sizes`` are numbers of documents, ``--jobs`` the processes."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench_build", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 3_000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--site", type=int, nargs="*", default=[300], help="sizes with the site")
    parser.add_argument("--folder", type=Path, help="Keep the workspaces here.")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as passing:
        folder = options.folder or Path(passing)
        _steps(_workspace(folder, _STEPS))
        _sizes(folder, options.sizes, options.jobs, site=False)
        _sizes(folder, options.site, options.jobs[-1:], site=True)


# ── step by step ──


def _steps(space: Workspace) -> None:
    """Seconds of processor, for other work may share the machine."""
    paths = sorted(space.documents.rglob("*.txt"))
    characters = sum(len(path.read_text("utf-8")) for path in paths)
    print(f"{len(paths)} documents, {characters / len(paths):,.0f} characters each, one process")
    print(f"{'':34}{'documents/s':>12}{'characters/s':>14}")

    def row(name: str, work: Callable[[], object]) -> object:
        started = time.process_time()
        made = work()
        spent = time.process_time() - started
        print(f"{name:34}{len(paths) / spent:>12,.0f}{characters / spent:>14,.0f}", flush=True)
        return made

    record_of(extract(first := readers.read(paths[0], root=space.root)), first)
    _floor(paths, row)
    sources = [readers.read(path, root=space.root) for path in paths]
    row("read", lambda: [readers.read(path, root=space.root) for path in paths])
    extracted = [extract(source) for source in sources]
    row("extract", lambda: [extract(source) for source in sources])
    pairs = list(zip(extracted, sources, strict=True))
    records = [record_of(*pair) for pair in pairs]
    row("make records", lambda: [record_of(*pair) for pair in pairs])
    row("write YAML and entry", lambda: [Entry.of(record).pack() for record in records])
    base = KnowledgeBase.of(records)
    row("link", lambda: linked(base, Resolution(base)))
    row("save", lambda: store.save(space.rule_base, records, cache=space.cache))
    row("load from YAML", lambda: store.load_tolerant(space.rule_base))
    row("load what is remembered", lambda: store.load_tolerant(space.rule_base, space.cache))


def _floor(paths: Sequence[Path], row: Callable[[str, Callable[[], object]], object]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    row("floor: read and cut into words", lambda: [_cut(jieba, path) for path in paths])


def _cut(jieba: object, path: Path) -> int:
    return sum(1 for _ in jieba.cut(path.read_text("utf-8")))  # type: ignore[attr-defined]


# ── whole builds ──


def _sizes(folder: Path, sizes: Sequence[int], jobs: Sequence[int], *, site: bool) -> None:
    if not sizes:
        return
    what = "rules, site and its search index" if site else "rules"
    print(f"\nbuilds of {what}; CPU are seconds of processor of all processes, wall in brackets")
    head = ["documents", "jobs", "cold, CPU", "ms a doc.", "characters/s", "peak MB", "nothing new"]
    head += ["one changed", *["pages"] * site]
    print("".join(f"{name:>16}" for name in head))
    costs = {}
    for size in sizes:
        space = _workspace(folder, size)
        for number in jobs if size == min(sizes) else [max(jobs)]:
            costs[size] = _row(space, size, number, site=site)
    if len(costs) > 1:
        growth = costs[max(costs)] / costs[min(costs)]
        verdict = "met" if growth <= GOAL_GROWTH else "MISSED"
        print(f"cost of a document at {max(costs):,} / at {min(costs):,}: {growth:.2f} ({verdict})")


def _row(space: Workspace, size: int, jobs: int, *, site: bool) -> float:
    for made in (space.cache, space.rule_base, space.site):
        shutil.rmtree(made, ignore_errors=True)
    goal_rate, goal_rebuild = GOALS[site]
    characters = sum(len(path.read_text("utf-8")) for path in space.documents.rglob("*.txt"))
    cold, quiet = _built(space, jobs, site=site), _built(space, jobs, site=site)
    changed = next(space.documents.rglob("*.txt"))
    text = changed.read_text("utf-8")
    changed.write_text(text.replace("。", "。另行通知。", 1), "utf-8")
    one = _built(space, jobs, site=site)
    changed.write_text(text, "utf-8")
    assert site or (cold["fresh"], quiet["fresh"], one["fresh"]) == (size, 0, 1)
    # two cores in full, whatever else runs here
    rate = characters / (cold["cpu"] / 2 if jobs > 1 else cold["cpu"])
    cells = [
        f"{size:,}",
        f"{jobs}",
        f"{cold['cpu']:.1f} ({cold['wall']:.1f})",
        f"{cold['cpu'] / size * 1e3:.1f}",
        f"{rate:,.0f}{_verdict(rate >= goal_rate, jobs > 1)}",
        f"{cold['memory'] / 1e6:,.0f}{_verdict(cold['memory'] < GOAL_MEMORY, True)}",
        f"{quiet['cpu']:.1f} ({quiet['wall']:.1f})",
        f"{one['cpu']:.1f} ({one['wall']:.1f}){_verdict(one['wall'] < goal_rebuild, jobs > 1)}",
    ]
    if site:
        cells.append(f"{cold['pages']:,}")
    print("".join(f"{cell:>16}" for cell in cells), flush=True)
    return cold["cpu"] / size


def _verdict(met: bool, asked: bool) -> str:
    return (" met" if met else " MISSED") if asked else ""


def _built(space: Workspace, jobs: int, *, site: bool) -> dict[str, float]:
    """What a build in a process of its own takes, its start and imports included."""
    program = "import sys; from bench.bench_build import told; told(*sys.argv[1:])"
    command = [sys.executable, "-c", program, str(space.root), str(jobs)]
    if site:
        command = [sys.executable, str(_PROGRAM), "build", "--jobs", str(jobs)]
        command += ["--workspace", str(space.root)]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    most = _Most(running.pid)
    said, _ = running.communicate()
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    made = {"pages": int(_PAGES.findall(said)[0])} if site else json.loads(said)
    return {**made, "cpu": cpu, "wall": wall, "memory": most.stop()}


def told(root: str, jobs: str) -> None:
    """Builds the workspace at ``root`` and prints what it did as JSON."""
    from kb.build import build
    from kb.building.runners import local

    space = load(Path(root))
    report = build(space, lambda *_: None, runner=local(space.extracted, int(jobs)))
    print(json.dumps({"fresh": report.fresh, "failed": len(report.failures)}))


class _Most:
    """The most memory that a process and its children have had at one moment, in bytes.

    What they share counts once.
    """

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._end = pid, 0.0, threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()

    def _look(self) -> None:
        while not self._end.wait(0.5):
            self._most = max(self._most, sum(map(_resident, _family(self._pid))))

    def stop(self) -> float:
        self._end.set()
        self._looking.join()
        return self._most


def _family(pid: int) -> list[int]:
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return [pid]
    return [pid, *(member for child in listed for member in _family(int(child)))]


def _resident(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return next((int(row.split()[1]) * 1024 for row in told.splitlines() if "Pss:" in row), 0)


def _workspace(folder: Path, count: int) -> Workspace:
    root = folder / f"notices-{count}"
    if root.exists():
        return load(root)
    space = create(root)
    documents.write(space.documents, count)
    return space


if __name__ == "__main__":
    main(sys.argv[1:])
