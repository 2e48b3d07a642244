"""Processes that make the site end with the one that they were forked from, and hold no lock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

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
