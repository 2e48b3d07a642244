"""What can befall a build, done to a small workspace from outside, and what is left of it then.

Each fault promises that no document is lost: rules, texts, index and pages are whole after it, and
the next build gives what an undisturbed one gives.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus import workspace as workspaces
from corpus.errors import PolicyError
from corpus.workspace import Workspace
from kb import store
from kb.search.engine import Query
from kb.search.whoosh_engine import WhooshEngine

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, str(ROOT / "policykb.py"))
#: documents of the workspace, and the day on which all builds but those of the clock take place
DOCUMENTS, DAY = 3, "1764547200"
_DAYS = {"far ahead": "4102444800", "long ago": "946684800", "today": DAY}
_NOTICE = """文水县财政局文件
文财字〔2021〕{serial}号
文水县财政局关于发放第{serial}批培训补贴的通知
各乡镇人民政府：
一、补贴标准
（一）对企业职工给予每人{subsidy}元培训补贴。
（二）县财政局要在2021年12月31日前完成拨付。
文水县财政局
2021年3月1日
"""


@dataclass(slots=True)
class Fault:
    """A row of the table: how often it was tried, what it cost, and what was said."""

    name: str
    times: int = 0
    lost: int = 0
    broken: list[str] = field(default_factory=list)
    message: str = "–"

    def took_place(self, flaws: list[str], lost: int) -> None:
        """Counts one time, with what was then found broken and how many documents were missing."""
        self.times += 1
        self.lost += lost
        self.broken += flaws


class Bed:
    """A workspace of three notices in a folder, and what undisturbed builds of them give."""

    def __init__(self, folder: Path) -> None:
        self.space = workspaces.create(folder)
        self._expected: dict[int, dict[str, str]] = {}

    def write(self, subsidy: int) -> None:
        """Gives all documents the amount ``subsidy``."""
        for serial in range(1, DOCUMENTS + 1):
            text = _NOTICE.format(serial=serial, subsidy=subsidy)
            (self.space.documents / f"{serial}.txt").write_text(text, "utf-8")

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


def said(ran: subprocess.CompletedProcess[str]) -> str:
    """The first line that a command has complained in."""
    lines = [line for line in ran.stderr.splitlines() if line.startswith("policykb: ")]
    return lines[0].removeprefix("policykb: ") if lines else "–"


def shown(said: str, folder: str) -> str:
    """``said`` as a table shows it: without the folder it happened in, ids and long numbers."""
    plain = said.replace(folder, "…").replace("|", "\\|")
    return re.sub(r"process \d+", "process …", re.sub(r"\d{6}-wencaizi-[^ :\".]+", "ID", plain))


# ── the faults ──


def killed(bed: Bed, times: int, seed: int = 9) -> Fault:
    """kill -9 at a random moment of a build; then the next build."""
    fault, chance = Fault("kill -9 while building"), random.Random(seed)
    subsidies = (100, 200)
    for subsidy in subsidies:
        bed.learn(subsidy)
    bed.write(subsidies[0])
    began = time.monotonic()
    bed.build()
    took = time.monotonic() - began
    for turn in range(times):
        old, new = subsidies[turn % 2], subsidies[(turn + 1) % 2]
        bed.write(new)
        running = bed.start()
        time.sleep(chance.uniform(0.2, 1.05) * took)
        running.kill()
        running.communicate()
        flaws, lost = bed.flaws(old, new)
        # the next build is killed too; of five the last one may finish
        if turn % 5 == 4 or turn == times - 1:
            finished = bed.build()
            flaws += [f"the next build ends with {finished.returncode}"] * bool(finished.returncode)
            flaws += bed.differs(new)
        fault.took_place(flaws, lost)
    return fault


def full_disk(bed: Bed, rooms: tuple[int, ...], fill: Callable[[int], None]) -> Fault:
    """No room for all that a build writes; ``fill`` leaves so many bytes, and all again for -1."""
    fault = Fault("disk full")
    bed.learn(300)
    bed.learn(400)
    for room in rooms:
        bed.write(300)
        bed.build()
        bed.write(400)
        fill(room)
        ran = bed.build()
        fill(-1)
        flaws, lost = bed.flaws(300, 400)
        fault.message = said(ran) if ran.returncode else fault.message
        flaws += [f"a traceback: {ran.stderr[-300:]}"] * ("Traceback" in ran.stderr)
        bed.build()
        fault.took_place(flaws + bed.differs(400), lost)
    return fault


def file_limit(bed: Bed, most: tuple[int, ...]) -> Fault:
    """No file may grow longer than so many bytes, as on a disk with no room for it."""

    def limit(room: int) -> None:
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard if room < 0 else room, hard))

    fault = full_disk(bed, most, limit)
    fault.name = "no room for a file"
    return fault


def read_only(bed: Bed, locked: Callable[[Path], object]) -> Fault:
    """The folders of rules, site and cache may not be written; ``locked`` is a context manager."""
    fault = Fault("read-only folders")
    bed.learn(500)
    bed.learn(600)
    for name in ("rule_base", "site", "cache"):
        bed.write(500)
        bed.build()
        bed.write(600)
        with locked(getattr(bed.space, name)):  # type: ignore[attr-defined]
            ran = bed.build()
        flaws, lost = bed.flaws(500, 600)
        flaws += [f"{name}: ends with {ran.returncode}"] * (ran.returncode not in (1, 2))
        flaws += [f"a traceback: {ran.stderr[-300:]}"] * ("Traceback" in ran.stderr)
        fault.message = said(ran)
        bed.build()
        fault.took_place(flaws + bed.differs(600), lost)
    return fault


def clock(bed: Bed) -> Fault:
    """The clock jumps between builds, and files have been changed before they were made."""
    fault = Fault("clock jumps ahead and back")
    for subsidy, (_, day) in enumerate(_DAYS.items(), 700):
        bed.write(subsidy)
        for path in bed.space.documents.iterdir():
            os.utime(path, (int(day), int(day)))
        ran = bed.build(SOURCE_DATE_EPOCH=day)
        flaws, lost = bed.flaws(subsidy)
        flaws += [f"ends with {ran.returncode}"] * bool(ran.returncode)
        fault.took_place(flaws, lost)
    return fault


def two_at_once(bed: Bed, times: int) -> Fault:
    """Two builds of one workspace: one does it, the other says who does."""
    fault = Fault("two builds at once")
    bed.learn(800)
    for _ in range(times):
        bed.write(800)
        both = [bed.start(), bed.start()]
        told = [running.communicate()[1] for running in both]
        ends = sorted(running.returncode for running in both)
        flaws, lost = bed.flaws(800)
        refused = [
            line for text in told for line in text.splitlines() if "another policykb" in line
        ]
        fault.message = refused[0].removeprefix("policykb: ") if refused else fault.message
        # where the first is done before the second begins, both come to their end
        flaws += [f"they end with {ends}"] * (ends != ([0, 1] if refused else [0, 0]))
        fault.took_place(flaws + bed.differs(800), lost)
    return fault


def damaged_cache(bed: Bed) -> Fault:
    """A byte is turned over in each file that policykb remembers things in; then each is cut."""
    fault = Fault("damaged cache")
    bed.learn(900)
    bed.write(900)
    bed.build()
    names = [p.relative_to(bed.space.cache) for p in bed.space.cache.rglob("*") if p.is_file()]
    for harm in (_flip, _cut):
        for path in map(bed.space.cache.joinpath, sorted(names)):
            if not path.is_file():
                continue
            harm(path)
            ran = bed.build()
            flaws, lost = bed.flaws(900)
            flaws += [f"{path.name}: ends with {ran.returncode}"] * bool(ran.returncode)
            notes = [line for line in ran.stdout.splitlines() if "made anew" in line]
            fault.message = notes[0] if notes else fault.message
            fault.took_place(flaws + bed.differs(900), lost)
    return fault


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes()) or bytearray(b"x")
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def nonsense(bed: Bed) -> Fault:
    """A rule file is edited into nonsense: named with its line and key, and the others served."""
    fault = Fault("rule file edited into nonsense")
    bed.learn(1000)
    bed.write(1000)
    bed.build()
    path = sorted((bed.space.rule_base / "rules").glob("*.yaml"))[0]
    whole = path.read_text("utf-8")
    for edited in NONSENSE(whole):
        path.write_text(edited, "utf-8")
        loaded = store.load_tolerant(bed.space.rule_base)
        told = [str(error) for error in loaded.errors.values()]
        flaws = [] if told and f"rules/{path.name}:" in told[0] else [f"said: {told}"]
        kept = len(loaded.base.records)
        flaws += [f"{kept} others are served"] * (kept != DOCUMENTS - 1)
        fault.message = told[0] if told else fault.message
        path.write_text(whole, "utf-8")
        fault.took_place(flaws, DOCUMENTS - 1 - kept)
    ran = bed.build()
    fault.broken += [f"ends with {ran.returncode}"] * bool(ran.returncode) + bed.differs(1000)
    return fault


def NONSENSE(whole: str) -> Iterator[str]:  # noqa: N802 (a table that needs the file)
    """A rule file as hasty hands leave it."""
    yield whole[: len(whole) // 2] + '"'
    yield whole.replace("rules:", "rules: 7 #", 1)
    yield whole.replace("kind: amount", "kind: amuont", 1)
    yield whole.replace("kind: amount", "kind: [amount", 1)
    yield whole.replace("document:", "document: &a", 1) + "again: *a\n"
    yield whole.replace("  id:", "\tid:", 1)
    yield whole.replace("clauses:", "clauses:\n  - path", 1)
    yield whole + "document: {}\n"
    yield whole.replace("min: ", "min: viele ", 1)
    yield "[" * 5000
    yield "schema_version: 99\n" + whole.split("\n", 1)[1]
    yield whole.replace("schema_version: 1", "schema_version: 1\nmeine: 1", 1)
    yield "\x00\x01" + whole
    yield "just words\n"


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
