"""Where a workspace keeps its documents, its rules and its site.

``policykb.toml`` is read into one frozen value; a mistake in it is told with its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from corpus import limits
from corpus.errors import NoWorkspace, UsageError
from corpus.limits import Limits

SETTINGS_NAME = "policykb.toml"
#: every key of the settings with its default, by section; "" is the top
_DEFAULTS: dict[str, dict[str, str | int]] = {
    "": {"title": "政策知识库"},
    "paths": {
        "documents": "documents",
        "catalogue": "catalogue.yaml",
        "rule_base": "kb",
        "site": "site",
    },
    "limits": {**limits.SETTINGS},
    "site": {"url": ""},
    "search": {"engine": "whoosh", "url": "", "schema": "policykb"},
}
_KIND_NAMES = {str: "a text in quotes", int: "a whole number above zero"}


@dataclass(frozen=True, slots=True)
class Search:
    """What searches: an engine, and the database and schema of one that needs them."""

    engine: str = "whoosh"
    url: str = ""
    schema: str = "policykb"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders of one knowledge base; all paths are absolute."""

    root: Path
    title: str
    documents: Path
    catalogue: Path
    rule_base: Path
    site: Path
    cache: Path
    limits: Limits
    site_url: str
    search: Search = Search()

    @property
    def extracted(self) -> Path:
        """Where what documents were read to is kept, for the next build."""
        return self.cache / "extracted"

    @property
    def ledger(self) -> Path:
        """Where a build notes what it has made of which document."""
        return self.cache / "ledger.json"

    @property
    def index(self) -> Path:
        """Where the search index is."""
        return self.cache / "index"


def find(start: Path) -> Workspace:
    """The workspace of ``start`` or of its nearest parent; raises ``NoWorkspace``."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_NAME).is_file():
            return load(folder)
    remedy = "Run policykb init DIR to make a workspace, or name one with --workspace DIR."
    raise NoWorkspace(f"no {SETTINGS_NAME} here or above", where=start, remedy=remedy)


def load(root: Path) -> Workspace:
    """The workspace of the folder ``root``; raises ``UsageError`` with the line of a mistake."""
    settings = root / SETTINGS_NAME
    if not settings.is_file():
        remedy = "Run policykb init DIR to make a workspace."
        raise NoWorkspace(f"no {SETTINGS_NAME} in this folder", where=root, remedy=remedy)
    source = _source(settings)
    values = _values(_parsed(source, settings), source, settings)
    base = root.resolve()
    return Workspace(
        root=base,
        title=str(values["", "title"]),
        documents=base / str(values["paths", "documents"]),
        catalogue=base / str(values["paths", "catalogue"]),
        rule_base=base / str(values["paths", "rule_base"]),
        site=base / str(values["paths", "site"]),
        cache=base / ".policykb",
        limits=_limits(values),
        site_url=str(values["site", "url"]),
        search=Search(*(str(values["search", key]) for key in _DEFAULTS["search"])),
    )


def _limits(values: Mapping[tuple[str, str], Any]) -> Limits:
    return Limits(**{key: values["limits", key] for key in limits.SETTINGS})


def create(root: Path) -> Workspace:
    """A new workspace at ``root``; files that are there already stay as they are.

    Raises ``UsageError`` where there is one already or the folder cannot be written.
    """
    if (root / SETTINGS_NAME).exists():
        remedy = "Use it as it is, or name another folder."
        raise UsageError("this is a workspace already", where=root, remedy=remedy)
    try:
        (root / "documents").mkdir(parents=True, exist_ok=True)
        for name, content in _NEW_FILES.items():
            if not (root / name).exists():
                (root / name).write_text(content, "utf-8")
    except OSError as error:
        reason = (error.strerror or "").lower()
        remedy = "Name a folder that can be written."
        raise UsageError(f"cannot be made ({reason})", where=root, remedy=remedy) from None
    return load(root)


_NEW_FILES = {
    SETTINGS_NAME: """\
# A policykb workspace. Commands act on the nearest parent folder that holds this file.
title = "政策知识库"

[paths]
documents = "documents"      # what is read
catalogue = "catalogue.yaml" # where each document comes from, and its hash; may be missing
rule_base = "kb"             # rules/ID.yaml and texts/ID.txt
site = "site"                # what is built

[limits]
document_bytes = 52428800    # 50 MB; a larger file is reported and skipped
document_seconds = 60        # reading one document is given up after that, and understanding it
document_memory = 1073741824 # 1 GB, what reading one document may take
document_pages = 1000
unpacked_bytes = 268435456   # 256 MB, what a packed document may grow to
unpacked_ratio = 250         # ... and how many times its size one file of it may
packed_files = 5000          # how many files a packed document may hold
ocr_seconds = 1800           # in place of document_seconds with --ocr

[site]
url = ""                     # the public address, if there is one

[search]
engine = "whoosh"            # or "postgresql": an index that many share
url = ""                     # postgresql://USER@HOST/DATABASE
schema = "policykb"          # where in it the index is
""",
    "README.md": """\
# 政策知识库

把公文（.txt、.md、.html、.pdf、.docx 等）放进 documents/，然后运行：

    policykb build     # 提取规则，建立索引和网站
    policykb serve     # 在浏览器里查看
    policykb search 补贴

规则在 kb/rules/，可以人工核对：把 review 的 status 改为 confirmed、corrected 或 rejected。
重建时保留这些核对。
""",
    ".gitignore": "site/\n.policykb/\n",
}


def _source(settings: Path) -> str:
    try:
        return settings.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = "the settings cannot be read" if isinstance(error, OSError) else "this is not UTF-8"
        raise UsageError(what, where=settings, remedy="Check the file.") from None


def _parsed(source: str, settings: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        what = f"this is not TOML: {error}"
        raise UsageError(what, where=settings, remedy="Texts stand in quotes.") from None


def _values(
    parsed: Mapping[str, Any], source: str, settings: Path
) -> dict[tuple[str, str], str | int]:
    values = {(s, key): value for s, keys in _DEFAULTS.items() for key, value in keys.items()}
    for section, key, value in _entries(parsed):
        where = f"{settings}:{_line_of(source, section, key)}"
        name = f"{section}.{key}" if section else key
        if (section, key) not in values:
            raise _unknown(name, where)
        wanted = type(values[section, key])
        if type(value) is not wanted or (isinstance(value, int) and value < 1):
            raise UsageError(f'"{name}" must be {_KIND_NAMES[wanted]}', where=where)
        values[section, key] = value
    return values


def _entries(parsed: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for name, value in parsed.items():
        if isinstance(value, dict) and name in _DEFAULTS:
            yield from ((name, key, inner) for key, inner in value.items())
        else:
            yield "", name, value


def _unknown(name: str, where: str) -> UsageError:
    known = [f"{s}.{key}" if s else key for s, keys in _DEFAULTS.items() for key in keys]
    near = get_close_matches(name, [*_DEFAULTS, *known], n=1, cutoff=0.6)
    guess = f'; did you mean "{near[0]}"?' if near else ""
    remedy = "" if near else f"Known keys: {', '.join(known)}."
    return UsageError(f'unknown key "{name}"{guess}', where=where, remedy=remedy or None)


def _line_of(source: str, section: str, key: str) -> int:
    heading = ""
    for number, line in enumerate(source.splitlines(), 1):
        if match := re.match(r"\s*\[+\s*([\w.-]+)", line):
            heading = match[1]
        at_key = re.match(rf"\s*[\"']?{re.escape(key)}\b", line) and heading == section
        if at_key or (not section and heading == key):
            return number
    return 1
