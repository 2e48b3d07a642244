"""A PostgreSQL server of one's own for tests and benchmarks, in a temporary folder, on a socket.

It listens on no network address and is gone, with all it held, at the end of the ``with``.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: where Debian puts the programs, which are on nobody's path
_DEBIAN = Path("/usr/lib/postgresql")
#: who runs the server when this is root, for PostgreSQL refuses to run as root
_OTHERS = ("postgres", "nobody")
_PATIENCE = 60
USER = "policykb"


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``; None where they are not installed."""
    versions = sorted(_DEBIAN.glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    found = shutil.which("initdb")
    candidates = [*versions, *([Path(found).parent] if found else [])]
    wanted = ("initdb", "postgres")
    return next((c for c in candidates if all((c / name).exists() for name in wanted)), None)


@contextmanager
def running(*settings: str) -> Iterator[str]:
    """The address of a server that runs; ``settings`` are of postgresql.conf: ``fsync=off``."""
    found = programs()
    if found is None:
        raise FileNotFoundError("no PostgreSQL here; on Debian: apt install postgresql")
    # the path of a socket takes no more than 107 characters, so not under a long folder
    folder = Path(tempfile.mkdtemp(prefix="policykb-pg-", dir="/tmp"))
    started: list[subprocess.Popen[bytes]] = []
    try:
        user = _user_of(folder)
        _initialise(found, folder, user)
        server = subprocess.Popen(_command(found, folder, settings), **user)
        started.append(server)
        _wait(server, folder)
        yield f"postgresql://{USER}@/postgres?host={folder}"
    finally:
        for server in started:
            # at once: at a SIGTERM it would wait until its last client has left
            server.send_signal(signal.SIGINT)
            server.wait(_PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _user_of(folder: Path) -> dict[str, Any]:
    """How a process of the server is started, and ``folder`` made its own."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    if os.geteuid() != 0:
        return quiet
    entry = next(entry for name in _OTHERS if (entry := _entry(name)))
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {**quiet, "user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _initialise(found: Path, folder: Path, user: dict[str, Any]) -> None:
    choices = ("--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C", "--no-sync")
    subprocess.run([found / "initdb", "-D", folder / "data", *choices], check=True, **user)


def _command(found: Path, folder: Path, settings: Sequence[str]) -> list[str | Path]:
    # without an address it is reached through the socket alone
    given = (f"unix_socket_directories={folder}", "listen_addresses=", *settings)
    return [found / "postgres", "-D", folder / "data", *(x for s in given for x in ("-c", s))]


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    given_up = time.monotonic() + _PATIENCE
    pid = folder / "data" / "postmaster.pid"
    while not (pid.exists() and "ready" in pid.read_text("utf-8")):
        if server.poll() is not None or time.monotonic() > given_up:
            raise RuntimeError("PostgreSQL does not start")
        time.sleep(0.05)
