"""What can befall a build, done to a small workspace from outside, and what is left of it then.

Each fault promises that no document is lost: rules, texts, index and pages are whole after it, and
the next build gives what an undisturbed one gives.
"""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.bed import DAY, DOCUMENTS, Bed
from kb import store

_DAYS = {"far ahead": "4102444800", "long ago": "946684800", "today": DAY}


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


def said(ran: subprocess.CompletedProcess[str]) -> str:
    """The first line that a command has complained in."""
    lines = [line for line in ran.stderr.splitlines() if line.startswith("policykb: ")]
    return lines[0].removeprefix("policykb: ") if lines else "–"


def shown(said: str, folder: str) -> str:
    """``said`` as a table shows it: without the folder it happened in, ids and long numbers."""
    plain = said.replace(folder, "…").replace("|", "\\|")
    return re.sub(r"process \d+", "process …", re.sub(r"\d{6}-wencaizi-[^ :\".]+", "ID", plain))


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
    for edited in _nonsense_of(whole):
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


def _nonsense_of(whole: str) -> Iterator[str]:
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
