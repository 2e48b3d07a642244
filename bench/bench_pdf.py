"""Reading PDFs beside bare text extraction by pdfplumber, on the same files in the same run.

Prints pages a second of both and their ratio; under 0.75 in all is a failure. The files are those
of ``../shared/corpus/real`` without its scans; where there are none, the bundled notices are set
as PDFs, which are lighter than any that people make, and nothing fails.
"""

from __future__ import annotations

import io
import logging
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

from corpus.errors import NeedsOcr
from corpus.readers import read
from tests.pdf_samples import pdf, typed

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "corpus" / "real"
ROUNDS = 3
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
LEAST = 0.75


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        # scans are told in no time, where pdfplumber takes seconds: that is no measure
        files = [path for path in sorted(REAL.glob("*.pdf")) or _set(Path(name)) if _typed(path)]
        rows = [(path, _pages(path), *_measured(path)) for path in files]
    for path, pages, ours, theirs in rows:
        _print(path.stem, pages, ours, theirs)
    pages, ours, theirs = (sum(row[at] for row in rows) for at in (1, 2, 3))
    _print("all", pages, ours, theirs)
    if REAL.is_dir() and theirs / ours < LEAST:
        raise RuntimeError(f"reading is slower than pdfplumber by more than {1 - LEAST:.0%}")


def _print(name: str, pages: float, ours: float, theirs: float) -> None:
    speeds = f"policykb {pages / ours:6.1f} pages/s   pdfplumber {pages / theirs:6.1f} pages/s"
    print(f"{name:28} {pages:3.0f} pages   {speeds}   ratio {theirs / ours:.2f}")


def _measured(path: Path) -> tuple[float, float]:
    """The best times of both, in seconds; they take turns, so that both have the same machine."""
    times = [(_timed(_ours, path), _timed(_theirs, path)) for _ in range(ROUNDS)]
    return min(ours for ours, _ in times), min(theirs for _, theirs in times)


def _timed(work: Callable[[Path], object], path: Path) -> float:
    start = time.perf_counter()
    work(path)
    return time.perf_counter() - start


def _typed(path: Path) -> bool:
    try:
        return bool(_ours(path))
    except NeedsOcr:
        return False


def _ours(path: Path) -> str:
    return read(path, root=path.parent).text


def _theirs(path: Path) -> str:
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as file:
        return "\n".join(page.extract_text() for page in file.pages)


def _pages(path: Path) -> int:
    with pdfplumber.open(path) as file:
        return len(file.pages)


def _set(folder: Path) -> list[Path]:
    """The bundled notices as PDFs in ``folder``."""
    paths = []
    for notice in sorted((ROOT / "corpus" / "notices").iterdir()):
        lines = read(notice, root=ROOT).text.replace("\t", " ").split("\n")
        paths.append(folder / f"{notice.stem}.pdf")
        paths[-1].write_bytes(pdf(*typed(line for line in lines if line.strip())))
    return paths
