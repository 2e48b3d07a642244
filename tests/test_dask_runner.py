"""Workers of a cluster read what one process would read, to the byte, whatever becomes of them."""

import os
import signal

import pytest
from conftest import notice
from distributed import LocalCluster

from corpus.errors import UsageError
from corpus.workspace import create
from kb.build import build
from kb.building import dask_runner
from kb.building.dask_runner import DaskRunner
from kb.building.entries import EntryStore
from kb.building.runners import local
from kb.building.shared import SharedFolder

pytestmark = [
    # what distributed leaves to the collector as it closes
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
COUNT = 40


def silent(stage, done, total):
    pass


def files(space):
    return {p.relative_to(space.root): p.read_bytes() for p in space.rule_base.rglob("*.*")}


def filled(root, count=COUNT):
    space = create(root)
    for serial in range(1, count + 1):
        (space.documents / f"{serial:03}.txt").write_text(notice(serial), "utf-8")
    (space.documents / "empty.txt").write_text("")
    return space


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """The rule base as one process makes it."""
    space = filled(tmp_path_factory.mktemp("one") / "space")
    report = build(space, silent)
    assert len(report.failures) == 1
    return files(space)


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as running:
        yield running


def run_on(cluster, space, shared=None):
    return DaskRunner(cluster.scheduler_address, EntryStore(space.extracted), shared)


def test_several_processes_give_the_same(expected, tmp_path):
    space = filled(tmp_path / "space")
    report = build(space, silent, runner=local(space.extracted, 2))
    assert (files(space), report.fresh) == (expected, COUNT)
    assert "empty.txt: there is no text" in str(report.failures[0])


def test_a_cluster_gives_the_same(cluster, expected, tmp_path):
    space = filled(tmp_path / "space")
    report = build(space, silent, runner=run_on(cluster, space))
    assert (files(space), report.fresh) == (expected, COUNT)
    assert "empty.txt: there is no text" in str(report.failures[0])
    assert build(space, silent, runner=run_on(cluster, space)).fresh == 0


def test_documents_and_entries_pass_through_a_shared_folder(cluster, expected, tmp_path):
    space, shared = filled(tmp_path / "space"), tmp_path / "shared"
    runner = run_on(cluster, space, f"file://{shared}")
    assert build(space, silent, runner=runner).fresh == COUNT
    assert files(space) == expected
    assert not [path for path in shared.rglob("*") if path.is_file()]


def test_a_worker_that_is_killed_loses_nothing(cluster, expected, tmp_path):
    space = filled(tmp_path / "space")
    victims = list(cluster.scheduler_info["workers"].values())
    killed = []

    def kill(stage, done, total):
        if done > 5 and not killed:
            killed.append(next(iter(cluster.workers.values())).process.process.pid)
            os.kill(killed[0], signal.SIGKILL)

    assert len(victims) == 2
    report = build(space, kill, runner=run_on(cluster, space))
    assert killed
    assert (files(space), report.fresh) == (expected, COUNT)


def test_workers_with_other_code_are_refused(cluster, tmp_path, monkeypatch):
    space = filled(tmp_path / "space", 1)
    monkeypatch.setattr(dask_runner, "code_version", lambda: "0" * 16)
    with pytest.raises(UsageError, match="another version of policykb"):
        build(space, silent, runner=run_on(cluster, space))
    assert not space.rule_base.exists()


def test_an_address_where_nobody_answers_is_told(tmp_path, monkeypatch):
    space = filled(tmp_path / "space", 1)
    monkeypatch.setattr(dask_runner, "_PATIENCE", "1s")
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        runner = DaskRunner(address, EntryStore(space.extracted))
        with pytest.raises(UsageError, match="no Dask scheduler answers at"):
            build(space, silent, runner=runner)


def test_a_missing_package_is_told(tmp_path, monkeypatch):
    space = filled(tmp_path / "space", 1)
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(UsageError, match="needs the extra cluster"):
        build(space, silent, runner=DaskRunner("tcp://x:1", EntryStore(space.extracted)))
    with pytest.raises(UsageError, match="there is no way to nowhere://x"):
        DaskRunner("tcp://x:1", EntryStore(space.extracted), "nowhere://x")


@pytest.mark.parametrize("scheme", ["memory://policykb-test", "file://{}"])
def test_a_shared_folder_keeps_whole_files(scheme, tmp_path):
    folder = SharedFolder(scheme.format(tmp_path))
    folder.put("a/b", b"1")
    folder.put("a/b", b"2")
    assert folder.get("a/b") == b"2"
    folder.drop("a/b")
    folder.drop("a/b")
    with pytest.raises(OSError):
        folder.get("a/b")
