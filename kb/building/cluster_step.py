"""What a worker of a cluster does: the step of one document, with the same code or not at all."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import Any

from kb.building.code_version import code_version
from kb.building.entries import EntryStore
from kb.building.shared import SharedFolder
from kb.building.step import carry_out
from kb.building.tasks import Outcome, Task

#: where documents and entries lie in a shared folder
DOCUMENTS, ENTRIES = "documents", "extracted"
# a worker may have several threads, which would only stand in one another's way
_ONE = threading.Lock()


def version_here() -> str:
    """The version of the code on this machine."""
    return code_version()


def read_here(plain: dict[str, Any], folder: str, url: str | None, version: str) -> dict[str, Any]:
    """The outcome of a task. Its entry goes to ``folder``, or to the shared folder at ``url``, from
    which the document then comes.
    """
    if code_version() != version:
        return {"kind": "UsageError", "what": OTHER_CODE, "where": None, "remedy": SAME_CODE}
    task = Task.from_plain(plain)
    with _ONE:
        if url is None:
            return carry_out(task, EntryStore(Path(folder))).to_plain()
        shared = SharedFolder(url)
        return _through(shared, task).to_plain()


def _through(shared: SharedFolder, task: Task) -> Outcome:
    data = shared.get(f"{DOCUMENTS}/{name_of(task)}")
    return carry_out(task, _Entries(shared), data)


class _Entries:
    """The entries of a shared folder."""

    def __init__(self, shared: SharedFolder) -> None:
        self._shared = shared

    def put(self, key: str, packed: bytes) -> None:
        self._shared.put(f"{ENTRIES}/{key}", packed)


def name_of(task: Task) -> str:
    """What the document of ``task`` is called in a shared folder."""
    return hashlib.sha256(task.shown.encode("utf-8", "surrogateescape")).hexdigest()


OTHER_CODE = "a worker of the cluster has another version of policykb or of its libraries"
SAME_CODE = "Install the same on every machine (docs/cluster.md)."
