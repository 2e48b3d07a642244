"""Disks and folders that refuse: a small disk to fill, folders that may not be written.

Mounting needs root; without it, permissions are taken away.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """``folder`` as a disk of its own of ``size``, which needs root."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def bound_read_only(folder: Path) -> Iterator[None]:
    """``folder`` as it is, but not to be written, not even by root, who alone can do this."""
    subprocess.run(["mount", "--bind", folder, folder], check=True, capture_output=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True, capture_output=True)
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def without_write(folder: Path) -> Iterator[None]:
    """``folder`` without the permission to write, which stops everybody but root."""
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    try:
        yield
    finally:
        for path in folders:
            path.chmod(0o755)


def may_mount(folder: Path) -> bool:
    """Whether this process may mount things."""
    try:
        with mounted(folder / "may-mount", "1m"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def filler(disk: Path) -> Callable[[int], None]:
    """What fills ``disk`` up but for so many bytes, and empties it again for -1."""
    ballast = disk / "ballast"

    def fill(room: int) -> None:
        ballast.unlink(missing_ok=True)
        if room >= 0:
            free = shutil.disk_usage(disk).free - room
            with ballast.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, max(free, 1))

    return fill
