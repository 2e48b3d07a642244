"""A folder that several machines reach, by the address that fsspec gives it: documents on their way
to those who read them, and entries on their way back.

``file:///mnt/x``, ``s3://bucket/x`` and ``memory://x`` are addresses; others need their package.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from corpus.errors import UsageError


class SharedFolder:
    """The folder at the address ``url``."""

    def __init__(self, url: str) -> None:
        self._files, self._base = _opened(url)

    def put(self, name: str, content: bytes) -> None:
        """Keeps ``content`` under ``name``, whole or not at all; raises ``OSError``."""
        path = self._path(name)
        fresh = f"{path}.{os.getpid()}.new"
        with suppress(FileExistsError):
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        self._files.pipe_file(fresh, content)
        self._files.mv(fresh, path)

    def get(self, name: str) -> bytes:
        """What is kept under ``name``; raises ``OSError``."""
        content: bytes = self._files.cat_file(self._path(name))
        return content

    def drop(self, name: str) -> None:
        """Takes ``name`` away, if it is there."""
        with suppress(OSError):
            self._files.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._base}/{name}"


def _opened(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        files, base = url_to_fs(url)
    except (ImportError, ValueError) as error:
        what = f"there is no way to {url} ({error})"
        raise UsageError(what, remedy="Install the package that fsspec names for it.") from None
    return files, str(base).rstrip("/")
