"""How fast the site is built, beside MkDocs Material and Hugo on the same made-up notices.

The peers get the notices as Markdown with their headings, and make a page of each with an outline,
MkDocs a search index besides. We make marked pages, lists, search, and files for programs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench import peer_site
from bench.notices import notices
from extractor.lexicon import plain
from kb.force.curated import Curated
from kb.force.graph import Graph
from kb.force.vocabulary import Vocabulary
from kb.models import KnowledgeBase
from kb.schema import Record
from kb.store import save
from site_builder.building.memory import Memory
from site_builder.building.write import build_site

DAY = date(2025, 3, 1)
MKDOCS = Path(__file__).parent.parent / ".venv-peers" / "bin" / "mkdocs"


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall, and of all processors, which others on the machine disturb less."""

    wall: float
    processors: float


@dataclass(frozen=True, slots=True)
class Figures:
    """One builder: times for all notices, again with nothing changed, again with one changed."""

    name: str
    folder: Path
    first: Spent
    again: Spent
    changed: Spent


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table. ``--documents`` says how many, ``--seed`` chooses others."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench_site", description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=2019)
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes of ours")
    parser.add_argument("--alone", action="store_true", help="without the peers")
    options = parser.parse_args(arguments)
    base = notices(options.documents, options.seed)
    characters = sum(len(record.text) for record in base.records) / len(base.records)
    rules = sum(len(record.rules) for record in base.records)
    print(f"{len(base.records):,} notices of {characters:,.0f} characters, {rules:,} rules")
    print("seconds on the wall, and of processor time in brackets")
    columns = (
        f"{'pages':>7}{'MB':>8}{'all':>15}{'pages/s':>9}{'nothing new':>15}{'one changed':>15}"
    )
    print(f"{'':30}{columns}")
    with tempfile.TemporaryDirectory() as folder:
        _row(_ours(Path(folder), base, options.jobs))
        if not options.alone:
            for peer in (_mkdocs, _hugo):
                figures = peer(Path(folder) / peer.__name__, base)
                if figures:
                    _row(figures)


def _ours(folder: Path, base: KnowledgeBase, jobs: int) -> Figures:
    """As ``policykb build`` does it, once the rule base is on disk."""
    site, rules = folder / "site", folder / "kb"

    def build(known: KnowledgeBase) -> None:
        memory = Memory(folder / "site.json", rules, ())
        if memory.standing(site) is None:
            # what reading relations takes is part of it
            report = build_site(_graph(known), site, title="测", built=DAY, jobs=jobs)
            memory.keep(site, report)

    save(rules, base.records)
    first, again = _seconds(lambda: build(base)), _seconds(lambda: build(base))
    edited = _edited(base)
    save(rules, edited.records)
    name = f"policykb, {jobs} processes"
    return Figures(name, site, first, again, _seconds(lambda: build(edited)))


def _graph(base: KnowledgeBase) -> Graph:
    return Graph(base, Vocabulary.of(plain("measures")), Curated())


def _edited(base: KnowledgeBase) -> KnowledgeBase:
    record = base.records[len(base.records) // 2]
    document = record.document.model_copy(update={"publicity": "此件公开发布"})
    changed = record.model_copy(update={"document": document})
    return KnowledgeBase.of(changed if r is record else r for r in base.records)


def _mkdocs(folder: Path, base: KnowledgeBase) -> Figures | None:
    if not MKDOCS.exists():
        print("MkDocs Material is left out: make peers installs it")
        return None
    peer_site.for_mkdocs(folder, base)
    said = _said([str(MKDOCS), "--version"]).split()
    material = _said([str(MKDOCS.parent / "pip"), "show", "mkdocs-material"]).split("\n")[1]
    name = f"MkDocs {said[2]}, Material {material.split()[-1]}"
    return _peer(name, [str(MKDOCS), "build", "--quiet"], ["--dirty"], folder, base)


def _hugo(folder: Path, base: KnowledgeBase) -> Figures | None:
    hugo = shutil.which("hugo")
    if hugo is None:
        print("Hugo is left out: install the package hugo")
        return None
    peer_site.for_hugo(folder, base)
    version = _said([hugo, "version"]).split()[1].partition("+")[0]
    return _peer(f"Hugo {version}", [hugo, "--quiet"], [], folder, base)


def _peer(
    name: str, command: list[str], again: list[str], folder: Path, base: KnowledgeBase
) -> Figures:
    """``again`` is what is said on the command line for a build over an earlier one."""

    def run(*more: str) -> Spent:
        return _seconds(lambda: _said([*command, *more], folder))

    first, unchanged = run(), run(*again)
    edited: Record = base.records[len(base.records) // 2]
    with peer_site.source_of(folder, edited).open("a", encoding="utf-8") as file:
        file.write("\n此件公开发布\n")
    return Figures(name, peer_site.site_of(folder), first, unchanged, run(*again))


def _said(command: list[str], folder: Path | None = None) -> str:
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=folder, env=quiet, check=True, capture_output=True, text=True
    )
    return done.stdout


def _seconds(work: Callable[[], object]) -> Spent:
    wall, processors = time.perf_counter(), sum(os.times()[:4])
    work()
    return Spent(time.perf_counter() - wall, sum(os.times()[:4]) - processors)


def _row(figures: Figures) -> None:
    files = [file for file in figures.folder.rglob("*") if file.is_file()]
    pages = sum(file.suffix == ".html" for file in files)
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    first, again, changed = (
        f"{spent.wall:.1f} ({spent.processors:.1f})"
        for spent in (figures.first, figures.again, figures.changed)
    )
    print(
        f"{figures.name:30}{pages:>7,}{megabytes:>8.1f}{first:>15}"
        f"{pages / figures.first.wall:>9.0f}{again:>15}{changed:>15}",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
