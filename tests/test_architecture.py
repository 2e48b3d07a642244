"""Holds the plan of the house: docs/architecture.md."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: each room may import those before it
ROOMS = ("corpus", "extractor", "kb", "site_builder", "commands", "policykb")
LONGEST_MODULE = 350

#: modules that may touch disk, network or clock
EDGES = (
    "corpus/catalogue.py",
    "corpus/workspace.py",
    "corpus/listing.py",
    "corpus/folder_state.py",
    "corpus/lock.py",
    "corpus/readers/*.py",
    "kb/store.py",
    "kb/transaction.py",
    "kb/record_cache.py",
    "kb/building/code_version.py",
    "kb/building/entries.py",
    "kb/building/ledger.py",
    "kb/building/intake.py",
    "kb/building/files.py",
    "kb/building/processes.py",
    "kb/building/worker.py",
    "kb/building/dask_runner.py",
    "kb/building/cluster_step.py",
    "kb/building/shared.py",
    "kb/samples.py",
    "kb/force/curated_file.py",
    "kb/exports/sqlite_file.py",
    "kb/search/postgres_engine.py",
    "kb/search/postgres_server.py",
    "kb/search/whoosh_engine.py",
    "kb/search/whoosh_folder.py",
    "kb/search/seal.py",
    "kb/search/in_step.py",
    "site_builder/building/making.py",
    "site_builder/building/memory.py",
    "site_builder/building/processes.py",
    "site_builder/building/staging.py",
    "site_builder/building/links.py",
    "site_builder/serve.py",
    "commands/*.py",
    "policykb.py",
)
#: modules that may read the lexicons beside them
LEXICON_READERS = (
    "extractor/regions.py",
    "extractor/organ_lexicon.py",
    "extractor/lexicon.py",
    "kb/search/traditional.py",
)

WORLD_MODULES = {
    *("os", "shutil", "tempfile", "glob", "fcntl", "mmap", "sqlite3"),
    *("socket", "subprocess", "urllib", "http", "ssl"),
    *("time", "random", "secrets"),
}
#: of those, what only turns one string into another
PURE = ("urllib.parse", "xml.sax.saxutils")
WORLD_METHODS = {
    *("read_text", "read_bytes", "write_text", "write_bytes", "open"),
    *("unlink", "mkdir", "rmdir", "touch", "rename", "symlink_to", "iterdir", "rglob"),
    *("exists", "is_file", "is_dir", "stat", "cwd", "home"),
    *("now", "utcnow", "today"),
}
LEXICON_METHODS = {"read_text", "open"}

#: the only places that may import a library
OWNERS: dict[str, str | tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("pdfplumber", "pdfminer", "pypdfium2", "docx", "lxml", "bs4", "html5lib"),
            *("markdown", "markdown_it", "zipfile", "xml", "charset_normalizer"),
        ),
        "corpus/readers/*.py",
    ),
    "openpyxl": ("corpus/readers/*.py", "kb/exports/xlsx_file.py"),
    "spacy": "extractor/*.py",
    "psycopg": "kb/search/postgres_*.py",
    "whoosh": "kb/search/*.py",
    "dateutil": "kb/force/recurrences.py",
    "icalendar": "site_builder/downloads/icalendar_files.py",
    "jinja2": "site_builder/*.py",
    "typer": ("policykb.py", "commands/*.py"),
    "distributed": "kb/building/dask_runner.py",
    "fsspec": "kb/building/shared.py",
    "rich": "commands/build_progress.py",
}
NAMES_OF_NOTHING = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}


def modules() -> dict[str, str]:
    """The source of every module of the house by its path."""
    rooms = (ROOT / room for room in ROOMS[:-1])
    paths = [*(path for room in rooms for path in room.rglob("*.py")), ROOT / "policykb.py"]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted(paths)}


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of every import, at any depth of the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def backward_imports(path: str, source: str) -> list[str]:
    """Imports from a room to the right, of policykb, and relative ones, which hide their way."""
    room = ROOMS.index(path.removesuffix(".py").split("/")[0])
    return [
        f"{path}:{line} imports {name}"
        for line, name in imported(ast.parse(source))
        if name.startswith(".") or (_room_of(name) > room) or name.split(".")[0] == "policykb"
    ]


def _room_of(name: str) -> int:
    top = name.split(".")[0]
    return ROOMS.index(top) if top in ROOMS else -1


def touches_of_the_world(path: str, source: str) -> list[str]:
    """Uses of disk, network, clock and chance in a module that is not an edge."""
    if any(fnmatch(path, edge) for edge in EDGES):
        return []
    tree = ast.parse(source)
    reads_lexicon = path in LEXICON_READERS
    allowed = LEXICON_METHODS if reads_lexicon else set()
    found = [
        f"{path}:{line} imports {name}"
        for line, name in imported(tree)
        if (name.split(".")[0] in WORLD_MODULES and not name.startswith(PURE))
        or (name.startswith("importlib.resources") and not reads_lexicon)
    ]
    return found + [
        f"{path}:{call.lineno} calls {name}()"
        for call, name in _calls(tree)
        if name in WORLD_METHODS - allowed
    ]


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, node.func.attr
            elif isinstance(node.func, ast.Name) and node.func.id == "open":
                yield node, "open"


def misplaced_libraries(path: str, source: str) -> list[str]:
    """Imports of a library outside the modules that own it."""
    return [
        f"{path}:{line} imports {name}; only {owner} may"
        for line, name in imported(ast.parse(source))
        if (owner := OWNERS.get(name.split(".")[0]))
        and not any(fnmatch(path, one) for one in ((owner,) if isinstance(owner, str) else owner))
        and not name.startswith(PURE)
    ]


def bad_manners(path: str, source: str) -> list[str]:
    """A module without a docstring, of a name that says nothing, or too long to keep in mind."""
    lines = source.count("\n")
    complaints = {
        "has no docstring": not ast.get_docstring(ast.parse(source)),
        "is named for nothing a reader looks up": Path(path).stem in NAMES_OF_NOTHING,
        f"has {lines} lines, over {LONGEST_MODULE}": lines > LONGEST_MODULE,
    }
    return [f"{path} {complaint}" for complaint, holds in complaints.items() if holds]


CHECKS = (backward_imports, touches_of_the_world, misplaced_libraries, bad_manners)


@pytest.mark.parametrize("check", CHECKS)
def test_the_house_stands(check) -> None:  # type: ignore[no-untyped-def]  # a row
    found = [complaint for path, source in modules().items() for complaint in check(path, source)]
    assert not found, "\n" + "\n".join(found)


def test_every_room_is_looked_at() -> None:
    seen = {path.split("/")[0] for path in modules()}
    assert seen == {*ROOMS[:-1], "policykb.py"}


def test_the_map_names_every_module_and_every_door() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    doors = told.split("## Doors")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `(.+?)`", doors, re.MULTILINE)) == EDGES
    # corpus/readers/html/lines.py is named html/lines.py, for extractor/lines.py is another
    parts = [Path(path).parts for path in modules() if not path.endswith("__init__.py")]
    names = {"/".join(p[2:] or p[-1:]) for p in parts}
    assert not {name for name in names if not re.search(rf"[`/]{name}`", told)}


def test_every_edge_named_is_there() -> None:
    paths = modules()
    gone = [p for p in (*EDGES, *LEXICON_READERS) if not any(fnmatch(path, p) for path in paths)]
    assert not gone


@pytest.mark.parametrize(
    ("check", "path", "source", "complaint"),
    [
        (backward_imports, "corpus/a.py", "import kb.store", "corpus/a.py:1 imports kb.store"),
        (backward_imports, "kb/a.py", "from site_builder import urls", "site_builder.urls"),
        (backward_imports, "extractor/a.py", "def f():\n    import kb", "extractor/a.py:2"),
        (backward_imports, "site_builder/a.py", "import policykb", "imports policykb"),
        (backward_imports, "policykb.py", "import policykb", "imports policykb"),
        (backward_imports, "kb/search/a.py", "from . import engine", "imports ..engine"),
        (touches_of_the_world, "kb/a.py", "import os.path", "imports os.path"),
        (touches_of_the_world, "kb/a.py", "from time import time", "imports time.time"),
        (touches_of_the_world, "kb/a.py", "from urllib import request", "imports urllib.request"),
        (touches_of_the_world, "kb/a.py", "def f(p):\n    open(p)", "kb/a.py:2 calls open()"),
        (touches_of_the_world, "kb/a.py", "path.read_text()", "calls read_text()"),
        (touches_of_the_world, "kb/a.py", "datetime.now()", "calls now()"),
        (touches_of_the_world, "kb/a.py", "datetime.date.today()", "calls today()"),
        (touches_of_the_world, "kb/a.py", "from importlib import resources", "resources"),
        (
            touches_of_the_world,
            "extractor/organ_lexicon.py",
            "p.write_text('')",
            "calls write_text()",
        ),
        (touches_of_the_world, "extractor/organ_lexicon.py", "import random", "imports random"),
        (misplaced_libraries, "extractor/a.py", "import pdfplumber", "only corpus/readers/*.py"),
        (misplaced_libraries, "kb/a.py", "from whoosh import index", "only kb/search/*.py"),
        (bad_manners, "kb/utils.py", '"""All sorts."""\n', "is named for nothing"),
        (bad_manners, "kb/a.py", "x = 1\n", "has no docstring"),
        (bad_manners, "kb/a.py", '"""Long."""\n' + "x = 1\n" * 350, "has 351 lines, over 350"),
    ],
)
def test_each_check_sees_what_it_is_for(check, path, source, complaint) -> None:  # type: ignore[no-untyped-def]  # a row
    found = check(path, source)
    assert len(found) == 1
    assert complaint in found[0]


@pytest.mark.parametrize(
    ("check", "path", "source"),
    [
        (backward_imports, "kb/a.py", "import corpus.models\nfrom extractor import models"),
        (backward_imports, "policykb.py", "from site_builder import write"),
        (touches_of_the_world, "kb/store.py", "import os\nopen('x')"),
        (touches_of_the_world, "corpus/readers/pdf.py", "path.read_bytes()"),
        (touches_of_the_world, "extractor/organ_lexicon.py", "from importlib import resources"),
        (touches_of_the_world, "kb/a.py", "from urllib.parse import quote"),
        (touches_of_the_world, "kb/a.py", "from datetime import date\ndate(2021, 12, 1)"),
        (misplaced_libraries, "corpus/readers/pdf.py", "import pdfplumber"),
        (bad_manners, "kb/status.py", '"""In force on a day."""\n'),
    ],
)
def test_no_check_cries_wolf(check, path, source) -> None:  # type: ignore[no-untyped-def]  # a row
    assert check(path, source) == []
