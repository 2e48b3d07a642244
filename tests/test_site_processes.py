"""Processes that make the site end with the one that they were forked from, and hold no lock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from corpus.errors import UsageError
from site_builder.building import processes
from site_builder.building.processes import in_order

ROOT = Path(__file__).parent.parent
KILLED = """
import os, sys, time
from pathlib import Path
from corpus import lock, workspace
from site_builder.building.processes import done

def wait():
    (Path(sys.argv[1]) / f"{os.getpid()}.pid").write_text("here")
    time.sleep(60)

with lock.writing(workspace.load(Path(sys.argv[1]))):
    list(done([wait, wait], 2))
"""


def _wait_for(seen: object, seconds: float = 300.0) -> None:
    until = time.monotonic() + seconds
    while not seen():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_who_is_forked_ends_with_a_parent_that_is_killed_and_frees_the_workspace(
    tmp_path: Path,
) -> None:
    from corpus import lock, workspace

    space = workspace.create(tmp_path / "space")
    with subprocess.Popen([sys.executable, "-c", KILLED, str(space.root)], cwd=ROOT) as parent:
        _wait_for(lambda: len(list(space.root.glob("*.pid"))) == 2)
        os.kill(parent.pid, signal.SIGKILL)
    # freed at once, not when the last child has noticed
    with lock.writing(space):
        pass
    children = [int(path.stem) for path in space.root.glob("*.pid")]
    _wait_for(lambda: not any(map(_runs, children)))


def _numbered(number: int) -> tuple[int, int]:
    return number, os.getpid()


def _counted(jobs: list[Callable[[], object]]) -> list[object]:
    told: list[int] = []
    given = in_order(jobs, 2, told.append)
    assert told == list(range(1, len(jobs) + 1))
    return given


def test_results_come_in_the_order_of_jobs_from_several_processes() -> None:
    given = _counted([partial(_numbered, number) for number in range(20)])
    assert [number for number, _ in given] == list(range(20))  # type: ignore[misc]
    assert os.getpid() not in {process for _, process in given}  # type: ignore[misc]


def test_a_process_that_has_worked_for_long_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """So what it has copied of its parent is let go."""
    monkeypatch.setattr(processes, "_LIFE", -1.0)
    given = _counted([partial(_numbered, number) for number in range(6)])
    assert [number for number, _ in given] == list(range(6))  # type: ignore[misc]
    assert len({process for _, process in given}) == 6  # type: ignore[misc]


def _refuse() -> None:
    raise UsageError("there is no room", where="site", remedy="Make some.")


def _refuse_unknown() -> None:
    class Unknown(Exception):
        pass

    raise Unknown("of this place only")


def test_what_a_job_raises_is_raised_here_and_says_where_it_was() -> None:
    with pytest.raises(UsageError, match=r"site: there is no room\. Make some\.") as told:
        _counted([partial(_numbered, 1), _refuse])
    assert "_refuse" in "".join(told.value.__notes__)
    # an error that cannot be sent comes in words
    with pytest.raises(RuntimeError, match="of this place only"):
        _counted([partial(_numbered, 1), _refuse_unknown])


def test_a_process_that_is_killed_ends_the_work_with_a_message() -> None:
    with pytest.raises(UsageError, match="killed before it was done"):
        _counted([partial(_numbered, 1), _die, partial(_numbered, 2)])


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
