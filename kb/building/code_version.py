"""Tells by which code a document is read: one digest of all that can change what is read.

Equal digests read equal bytes alike, on this machine and on any other. What else is made by code,
as a site is, tells its own code in the same way.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

#: where all packages lie
HOME = Path(__file__).parents[2]
#: rooms that a document passes, and what makes a record of it
_ROOMS = ("corpus", "extractor")
_MODULES = (
    *("records.py", "schema.py", "plain.py", "rule_file.py", "yaml_text.py"),
    *("force/said.py", "building/step.py", "building/entries.py", "building/cards.py"),
)
_KINDS = (".py", ".csv", ".yaml")
_NO_CODE = ("notices", "__pycache__")
#: libraries that read documents, or write what was read
_LIBRARIES = (
    *("charset-normalizer", "lxml", "openpyxl", "pdfminer.six", "pdfplumber", "pydantic"),
    *("pypdfium2", "pypinyin", "python-docx", "pyyaml", "spacy"),
)


@cache
def code_version() -> str:
    """The digest, 16 hexadecimal digits; a fiftieth of a second, once a process."""
    return version_of(HOME, _sources(), {name: _installed(name) for name in _LIBRARIES})[:16]


def version_of(root: Path, sources: Iterable[Path], libraries: Mapping[str, str]) -> str:
    """A digest of files under ``root``, of the versions of libraries, and of Python's."""
    told = hashlib.sha256(f"{sys.version_info[:2]}\n".encode())
    for path in sources:
        told.update(f"{path.relative_to(root)}\n".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    for library, found in libraries.items():
        told.update(f"{library} {found}\n".encode())
    return told.hexdigest()


def _sources() -> list[Path]:
    rooms = (path for room in _ROOMS for path in (HOME / room).rglob("*") if path.suffix in _KINDS)
    read = [path for path in rooms if not set(path.parts) & set(_NO_CODE)]
    return sorted([*read, *(HOME / "kb" / module for module in _MODULES)])


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
