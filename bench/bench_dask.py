"""How much a second Dask worker adds on one machine, beside a second process of the build's own.

Every row reads the same notices; CPU is that of the workers. Workers are up before the clock starts
and have read one document each, as on a cluster that is there already.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench import documents
from corpus.limits import USUAL
from corpus.workspace import Workspace, create
from kb.building.dask_runner import DaskRunner
from kb.building.entries import EntryStore
from kb.building.runners import Runner, local
from kb.building.tasks import Task

#: times one worker's rate; share of what a second process of the build's own gains
GOAL_TWO, GOAL_SHARE = 1.6, 0.9


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table. ``--documents`` says how many there are, ``--rounds`` how often each row."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench_dask", description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        space = create(Path(folder) / "space")
        characters = documents.write(space.documents, options.documents)
        _table(space, characters, options.rounds)


def _table(space: Workspace, characters: int, rounds: int) -> None:
    from distributed import LocalCluster

    rates: dict[str, float] = {}
    # the rows take turns, so that other work on the machine meets all of them
    for _ in range(rounds):
        for count in (1, 2):
            _better(rates, f"--jobs {count}", characters / _seconds(space, local_of(space, count)))
            with LocalCluster(
                n_workers=count, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
            ) as cluster:
                runner = DaskRunner(cluster.scheduler_address, EntryStore(space.extracted))
                _better(rates, f"Dask, {count}", characters / _seconds(space, runner))
    print(f"{characters:,} characters, the best of {rounds} rounds")
    for name, rate in rates.items():
        print(f"{name:12}{rate:>12,.0f} characters/s")
    two = rates["Dask, 2"] / rates["Dask, 1"]
    share = two / (rates["--jobs 2"] / rates["--jobs 1"])
    print(f"two workers give {two:.2f} of one ({_verdict(two >= GOAL_TWO)} {GOAL_TWO})")
    print(
        f"which is {share:.2f} of the gain of --jobs ({_verdict(share >= GOAL_SHARE)} {GOAL_SHARE})"
    )


def local_of(space: Workspace, jobs: int) -> Runner:
    """``jobs`` processes; one also in a process of its own, as a Dask worker is."""
    from kb.building.processes import Processes

    store = EntryStore(space.extracted)
    return Processes(store, 1) if jobs == 1 else local(space.extracted, jobs)


def _seconds(space: Workspace, runner: Runner) -> float:
    """Seconds from the moment on which every worker has read something."""
    shutil.rmtree(space.cache, ignore_errors=True)
    root = str(space.root)
    paths = sorted(space.documents.rglob("*.txt"))
    tasks = (Task(str(p), root, p.relative_to(space.root).as_posix(), USUAL) for p in paths)
    started, warm = 0.0, 12
    for done, (task, outcome) in enumerate(runner.run(tasks), 1):
        assert outcome.error is None, task
        started = time.perf_counter() if done == warm else started
    return (time.perf_counter() - started) * len(paths) / (len(paths) - warm)


def _better(rates: dict[str, float], name: str, rate: float) -> None:
    rates[name] = max(rates.get(name, 0.0), rate)


def _verdict(met: bool) -> str:
    return "goal met:" if met else "goal MISSED:"


if __name__ == "__main__":
    main(sys.argv[1:])
