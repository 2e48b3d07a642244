"""Tells by which code a document is read: one digest of all that can change what is read.

Equal digests read equal bytes alike, on this machine and on any other.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_HOME = Path(__file__).parents[2]
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
    told = hashlib.sha256(f"{sys.version_info[:2]}\n".encode())
    for path in _sources():
        told.update(f"{path.relative_to(_HOME)}\n".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    for library in _LIBRARIES:
        told.update(f"{library} {_installed(library)}\n".encode())
    return told.hexdigest()[:16]


def _sources() -> list[Path]:
    rooms = (path for room in _ROOMS for path in (_HOME / room).rglob("*") if path.suffix in _KINDS)
    read = [path for path in rooms if not set(path.parts) & set(_NO_CODE)]
    return sorted([*read, *(_HOME / "kb" / module for module in _MODULES)])


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
