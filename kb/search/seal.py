"""Knows whether the files of an index are those that were committed.

The seal lists them with size and checksum and is renewed after each commit; a commit cut short
leaves a broken seal.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from pathlib import Path

SEAL = "seal.json"


def renew(folder: Path, files: Iterable[str], version: str) -> None:
    """Seals ``files`` of ``folder`` as they are; ``version`` names the layout of the index."""
    sums = {name: _measure(folder / name) for name in sorted(files)}
    fresh = folder / f"{SEAL}.new"
    fresh.write_text(json.dumps({"version": version, "files": sums}, indent=1), encoding="utf-8")
    fresh.replace(folder / SEAL)


def flaw(folder: Path, version: str) -> str | None:
    """What is wrong with the index in ``folder``; None if it is whole and of ``version``."""
    try:
        sealed = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        sealed_version, files = sealed["version"], dict(sealed["files"])
    except FileNotFoundError:
        return "its last update was cut short"
    except (ValueError, TypeError, KeyError):
        return f"{SEAL} is damaged"
    if sealed_version != version:
        return "it was written by another version"
    return next((f for name, sums in files.items() if (f := _flaw(folder / name, sums))), None)


def _flaw(file: Path, sums: object) -> str | None:
    if not file.is_file():
        return f"{file.name} is missing"
    return None if _measure(file) == sums else f"{file.name} is damaged"


def _measure(file: Path) -> list[int]:
    content = file.read_bytes()
    return [len(content), zlib.crc32(content)]
