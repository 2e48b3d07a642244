"""Lists the files of a documents folder: every one once, in the order of their paths.

Links that go in circles and folders that cannot be opened become problems; the rest is listed.
"""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DocumentError, UnreadableDocument
from corpus.readers import shown_path, unreadable
from corpus.workspace import SETTINGS_NAME, Workspace


@dataclass(frozen=True, slots=True)
class Listing:
    """The files to read, and what could not even be listed."""

    paths: tuple[Path, ...]
    problems: tuple[DocumentError, ...]


def documents(workspace: Workspace) -> Listing:
    """Every file under the documents folder, without hidden ones and the workspace's own.

    A file that several links lead to is listed once, under its own name if that is in the folder.
    """
    walk = _Walk(workspace)
    walk.run()
    found = sorted(walk.found.values(), key=lambda path: path.parts)
    return Listing(tuple(found), tuple(walk.problems))


def still_there(root: Path, shown: str) -> bool:
    """Whether there is still a file, readable or not, at the path that a record names."""
    return os.path.lexists(root / shown)


class _Walk:
    """Goes through the documents folder, real folders before links to folders."""

    def __init__(self, workspace: Workspace) -> None:
        self.found: dict[tuple[int, int], Path] = {}
        self.problems: list[DocumentError] = []
        self._root, self._top = workspace.root, workspace.documents
        own = (workspace.rule_base, workspace.site, workspace.cache, workspace.catalogue)
        self._own = {os.path.realpath(path) for path in (*own, workspace.root / SETTINGS_NAME)}
        self._entered: set[str] = set()
        self._folders: dict[Path, str] = {}

    def run(self) -> None:
        folders, linked = deque([self._top]), deque[Path]()
        while folders or linked:
            folder = folders.popleft() if folders else linked.popleft()
            for child in self._children(folder):
                # Path.is_dir() fails in a folder that may be listed but not searched
                if not os.path.isdir(child):  # noqa: PTH112
                    self._take(child)
                elif child.is_symlink():
                    linked.append(child)
                else:
                    folders.append(child)

    def _children(self, folder: Path) -> list[Path]:
        if not self._may_enter(folder):
            return []
        try:
            return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError as error:
            self.problems.append(unreadable(error, folder, shown_path(folder, self._root)))
            return []

    def _may_enter(self, folder: Path) -> bool:
        real = os.path.realpath(folder)
        if folder != self._top and Path(os.path.realpath(folder.parent)).is_relative_to(real):
            what = "the link leads back to a folder that it stands in"
            where = shown_path(folder, self._root)
            self.problems.append(UnreadableDocument(what, where=where, remedy="Take it away."))
            return False
        fresh = real not in self._entered and real not in self._own
        self._entered.add(real)
        return fresh

    def _take(self, path: Path) -> None:
        try:
            status = path.stat()
        except OSError as error:
            self.problems.append(unreadable(error, path, shown_path(path, self._root)))
            return
        known = self.found.get((status.st_dev, status.st_ino))
        better = known is None or (known.is_symlink() and not path.is_symlink())
        if better and self._real(path) not in self._own:
            self.found[status.st_dev, status.st_ino] = path

    def _real(self, path: Path) -> str:
        """Where ``path`` really lies; its folder is looked up once for all in it."""
        folder = self._folders.get(path.parent)
        if folder is None:
            folder = self._folders[path.parent] = os.path.realpath(path.parent)
        return os.path.realpath(path) if path.is_symlink() else f"{folder}/{path.name}"
