"""A small workspace to do harm to from outside, and whether anything of it is half written.

What undisturbed builds of it give is learnt once, so that a harmed one can be held to the bytes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus import workspace as workspaces
from corpus.errors import PolicyError
from corpus.workspace import Workspace
from kb import store
from kb.search.engine import Query
from kb.search.whoosh_engine import WhooshEngine

COMMAND = (sys.executable, str(Path(__file__).parent.parent / "policykb.py"))
#: documents of the workspace, and the day on which all builds but those of the clock take place
DOCUMENTS, DAY = 3, "1764547200"


def notice(serial: int, subsidy: int = 300) -> str:
    """A short notice whose number is ``serial``."""
    return f"""文水县财政局文件
文财字〔2021〕{serial}号
文水县财政局关于发放第{serial}批培训补贴的通知
各乡镇人民政府：
一、补贴标准
（一）对企业职工给予每人{subsidy}元培训补贴。
（二）县财政局要在2021年12月31日前完成拨付。
文水县财政局
2021年3月1日
"""


class Bed:
    """A workspace of three notices in a folder, and what undisturbed builds of them give."""

    def __init__(self, folder: Path) -> None:
        self.space = workspaces.create(folder)
        self._expected: dict[int, dict[str, str]] = {}

    def write(self, subsidy: int) -> None:
        """Gives all documents the amount ``subsidy``."""
        for serial in range(1, DOCUMENTS + 1):
            path = self.space.documents / f"{serial}.txt"
            path.write_text(notice(serial, subsidy), "utf-8")

    def learn(self, subsidy: int) -> None:
        """Builds the documents with ``subsidy`` in a folder of their own, undisturbed."""
        other = Bed(self.space.root.with_name(f"{self.space.root.name}-{subsidy}"))
        other.write(subsidy)
        built = other.build()
        if built.returncode:
            raise RuntimeError(built.stderr)
        self._expected[subsidy] = digests(other.space)
        shutil.rmtree(other.space.root)

    def build(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """A build to its end."""
        return self.run("build", **environment)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A command of its own process."""
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.space.root,
            env=self._environment(environment),
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> subprocess.Popen[str]:
        """A build that runs."""
        return subprocess.Popen(
            [*COMMAND, "build"],
            cwd=self.space.root,
            env=self._environment({}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def flaws(self, *subsidies: int) -> tuple[list[str], int]:
        """What is not whole, and how many documents are missing; amounts are of ``subsidies``."""
        found = list(broken_parts(self.space))
        loaded = store.load_tolerant(self.space.rule_base)
        amounts = {int(rule.min or 0) for _, rule in loaded.base.rules("amount")}  # type: ignore[union-attr]
        if not any(amounts == {subsidy} for subsidy in subsidies):
            found.append(f"amounts are {sorted(amounts)}, not all old or all new")
        return found, DOCUMENTS - len(loaded.base.records)

    def differs(self, subsidy: int) -> list[str]:
        """Files that are not what an undisturbed build of ``subsidy`` gives."""
        now, wanted = digests(self.space), self._expected[subsidy]
        return sorted(
            name for name in now.keys() | wanted.keys() if now.get(name) != wanted.get(name)
        )

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        return {**os.environ, "SOURCE_DATE_EPOCH": DAY, **more}


def digests(space: Workspace) -> dict[str, str]:
    """The SHA-256 of every file of rule base and site by its path."""
    folders = (space.rule_base, space.site)
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(space.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def broken_parts(space: Workspace) -> Iterator[str]:
    """What is half written: rules, texts that are not theirs, pages, the search index."""
    loaded = store.load_tolerant(space.rule_base)
    yield from map(str, loaded.errors.values())
    for record in loaded.base.records:
        if hashlib.sha256(record.text.encode()).hexdigest() != record.document.source.text_sha256:
            yield f"{record.document.id}: its text is another one"
    for page in space.site.rglob("*.html"):
        if not page.read_text("utf-8").rstrip().endswith("</html>"):
            yield f"{page.name} is cut off"
    if space.site.exists() and not (space.site / "index.html").is_file():
        yield "the site has no first page"
    yield from _index_flaws(space, loaded)


def _index_flaws(space: Workspace, loaded: store.Loaded) -> Iterator[str]:
    """As ``policykb search`` opens it: an index that is not whole is noticed and made anew."""
    copy = space.cache.with_name("index-copy")
    shutil.rmtree(copy, ignore_errors=True)
    if space.index.is_dir():
        shutil.copytree(space.index, copy)
    engine = WhooshEngine(copy)
    try:
        engine.update(loaded.base)
        found = engine.search(Query("补贴", kinds=("amount",))).total
        if found != len(list(loaded.base.rules("amount"))):
            yield f"the index finds {found} amounts"
    except PolicyError as error:
        yield str(error)
    finally:
        engine.close()
        shutil.rmtree(copy, ignore_errors=True)
