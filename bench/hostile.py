"""Inputs made to hurt, each given to the real command line, with what came of it.

A row is a rule file or a document by somebody who means harm; it is refused in one line or taken as
the plain text it is, within time and memory, and never costs another document or a file elsewhere.
"""

from __future__ import annotations

import io
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.bed import Bed
from corpus.workspace import Workspace
from kb import store

#: what a command may take; reading a document has closer limits of its own
SECONDS, MEGABYTES = 120, 3_000
_NESTED, _MANY = 100_000, 1_000_000
_TELLTALE = "window.hit=1"
_SCRIPT = f"<script>{_TELLTALE}</script>"
_HEAD = "文水县财政局文件\n文财字〔2021〕9号\n关于发放培训补贴的通知\n各乡镇人民政府：\n"


@dataclass(frozen=True, slots=True)
class Attack:
    """``harm`` makes the contents: of a rule file from the one that stood, or of a document.

    ``name`` is the file's, "" for a rule file; ``says`` is in the complaint, "" where the input is
    taken, and "?" where either may be.
    """

    what: str
    harm: Callable[[str], bytes]
    name: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attack: ``flaws`` are what must not be."""

    attack: Attack
    seconds: float
    megabytes: float
    said: str
    flaws: tuple[str, ...]


def _bomb(_: str) -> bytes:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


def _after(old: str, new: str) -> Callable[[str], bytes]:
    def harm(whole: str) -> bytes:
        if old not in whole:
            raise ValueError(f"the sample has no {old!r}")
        return whole.replace(old, new, 1).encode("utf-8", "surrogatepass")

    return harm


def _in_place_of(old: str, new: str) -> Callable[[str], bytes]:
    return lambda whole: re.sub(old, lambda _: new, whole, count=1).encode()


def _zip(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _docx(entities: str) -> bytes:
    body = (
        f'<?xml version="1.0"?><!DOCTYPE d [{entities}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&z;</w:t></w:r></w:p></w:body></w:document>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{relation}" Target="word/document.xml"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": body}
    return _zip(**{name: part.encode() for name, part in parts.items()})


def _laughs() -> str:
    steps = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return '<!ENTITY a0 "ha">' + "".join(steps) + '<!ENTITY z "&a11;">'


def _text(body: str) -> Callable[[str], bytes]:
    return lambda _: (_HEAD + body).encode()


RULE_FILES = (
    Attack("aliases that stand for 9¹¹ values", _bomb, says="aliases"),
    Attack("nesting, 100,000 levels", lambda _: b"[" * _NESTED, says="nested too deeply"),
    Attack("maps in maps, 100,000 levels", lambda _: b"{a: " * _NESTED, says="nested too deeply"),
    Attack("a number of 100,000 digits", _after("min: 1", "min: 1" + "0" * _NESTED), says=":"),
    Attack("1e999999999", _after("min: 100", "min: 1e999999999"), says=":"),
    Attack("'1e400000' as a text", _after("min: 100", "min: '1e400000'"), says="?"),
    Attack("not a number", _after("min: 100", "min: .nan"), says=":"),
    Attack(
        "a place beyond the text",
        _in_place_of(r"span: \[\d+, \d+\]", "span: [0, 999999999999]"),
        says="?",
    ),
    Attack("control characters", _after("kind: amount", "kind: amo\x07unt"), says="not YAML"),
    Attack("half a character", _after("kind: amount", 'kind: "\\ud800"'), says=":"),
    Attack("NUL in a value", _after("quote:", 'quote: "\\0" #'), says="?"),
    Attack("an id that is a path", _after("  id: ", "  id: ../../../x #"), says="names itself"),
    Attack("a key twice", lambda whole: (whole + "rules: []\n").encode(), says="stands here twice"),
    Attack(
        "a tag that calls os.system",
        _after("rules:", "x: !!python/object/apply:os.system [touch hit]\nrules:"),
        says="python/object",
    ),
    Attack("a merge key of itself", _after("document:", "document: &d\n  <<: *d"), says="aliases"),
    Attack("one line of 5 MB", lambda whole: ("# " + "x" * 5 * _MANY + "\n" + whole).encode()),
    Attack("no UTF-8", lambda _: b"document: \xff\xfe\xff", says="not UTF-8"),
    Attack("mark-up in a heading", _in_place_of("heading: [^,}]+", f'heading: "{_SCRIPT}"')),
    Attack("another file by a link", lambda _: b"LINK", says="?"),
)
DOCUMENTS = (
    Attack(
        "a bomb of zeros in a ZIP",
        lambda _: _zip(**{"a.txt": bytes(200 * _MANY)}),
        "m.zip",
        "m.zip",
    ),
    Attack(
        "a path out of the ZIP",
        lambda _: _zip(**{"../../hit.txt": _HEAD.encode()}),
        "m.zip",
        "m.zip",
    ),
    Attack(
        "a ZIP in a ZIP in a ZIP",
        lambda _: _zip(**{"a.zip": _zip(**{"b.zip": _zip(a=b"x")})}),
        "m.zip",
        "m.zip",
    ),
    Attack(
        "10,000 files in a ZIP",
        lambda _: _zip(**{f"{n}.txt": b"x" for n in range(10_000)}),
        "m.zip",
        "m.zip",
    ),
    Attack("entities that stand for 10¹¹ ha", lambda _: _docx(_laughs()), "m.docx", "m.docx"),
    Attack(
        "an entity that reads a file",
        lambda _: _docx('<!ENTITY z SYSTEM "file:///etc/passwd">'),
        "m.docx",
        "?",
    ),
    Attack("mark-up in a text", _text(f"一、{_SCRIPT}\n给予每人100元补贴。\n"), "m.txt"),
    Attack(
        "mark-up in a web page",
        lambda _: (
            f"<p>{_HEAD}<p>一、&lt;script&gt;{_TELLTALE}&lt;/script&gt;{_SCRIPT}"
            f"<img onerror='{_TELLTALE}'>"
        ).encode(),
        "m.html",
    ),
    Attack(
        "elements in elements, 100,000",
        lambda _: b"<div>" * _NESTED + _HEAD.encode(),
        "m.html",
        "?",
    ),
    Attack(
        "one line of 200,000 characters", _text("其他事项另行通知，" * (_MANY // 45)), "m.txt", "?"
    ),
    Attack("brackets in brackets, 100,000", _text("（" * _NESTED), "m.txt", "?"),
    Attack(
        "a number of 100,000 digits in a text",
        _text("一、补贴" + "9" * _NESTED + "元。"),
        "m.txt",
        "?",
    ),
    Attack(
        "a 文号 that is a path",
        lambda _: _HEAD.replace("2021", "../../../x").encode(),
        "m.txt",
        "?",
    ),
    Attack("control characters in a text", _text("一、补\x00\x1b[2J\x07贴100元。"), "m.txt", "?"),
    Attack("a name that is a command", _text("一、补贴100元。"), "$(touch hit);`touch hit`.txt"),
)


def attacked(bed: Bed, attack: Attack) -> Outcome:
    """What comes of ``attack`` on a workspace that is built."""
    canary = _files_around(bed.space)
    path = _place(bed, attack)
    standing = path.read_bytes() if path.exists() else None
    try:
        content = attack.harm(standing.decode() if standing is not None else "")
        if content == b"LINK":
            path.unlink()
            path.symlink_to("/etc/passwd")
        else:
            path.write_bytes(content)
        seconds, megabytes, status, told = _run(
            bed, *(["build"] if attack.name else ["search", "补贴"])
        )
        flaws = tuple(_flaws(bed, attack, status, told, canary))
    finally:
        path.unlink(missing_ok=True)
        if standing is not None:
            path.write_bytes(standing)
    said = next((x for x in told.splitlines() if x.startswith("policykb: ")), "taken as text")
    return Outcome(attack, seconds, megabytes, said.removeprefix("policykb: "), flaws)


def _place(bed: Bed, attack: Attack) -> Path:
    rules = sorted((bed.space.rule_base / "rules").glob("*.yaml"))
    return bed.space.documents / attack.name if attack.name else rules[0]


def _run(bed: Bed, *command: str) -> tuple[float, float, int, str]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 10**6 * 2,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    began = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        running = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent.parent / "policykb.py"), *command],
            cwd=bed.space.root,
            stdout=subprocess.DEVNULL,
            stderr=told,
            preexec_fn=limit,
        )
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        text = told.read()
    return time.monotonic() - began, used.ru_maxrss / 1e3, running.returncode, text


def _flaws(bed: Bed, attack: Attack, status: int, told: str, canary: set[str]) -> list[str]:
    complaints = [line for line in told.splitlines() if line.startswith("policykb: ")]
    kept = store.load_tolerant(bed.space.rule_base).base.records
    found = {
        f"it ends with {status}": status not in (0, 1),
        "a traceback": "Traceback" in told,
        f"nothing says {attack.says!r}": attack.says not in ("", "?")
        and not any(attack.says in line for line in complaints),
        f"it was refused: {complaints}": attack.says == "" and bool(status),
        f"only {len(kept)} documents are left": len(kept) < (3 if attack.name else 2),
        "a file stands where none should": _files_around(bed.space) != canary,
        "mark-up stands in a page": _has_markup(bed.space),
    }
    return [flaw for flaw, holds in found.items() if holds]


def _files_around(space: Workspace) -> set[str]:
    """What lies beside the workspace and at its top."""
    around = {path.name for path in space.root.parent.iterdir()}
    return around | {path.name for path in space.root.iterdir() if path.name != "index-copy"}


def _has_markup(space: Workspace) -> bool:
    pages = space.site.rglob("*.html")
    return any(
        _SCRIPT in text or "<img onerror" in text for text in (p.read_text("utf-8") for p in pages)
    )


def bed_in(folder: Path) -> Bed:
    """A workspace of three notices that is built, to be attacked."""
    bed = Bed(folder)
    bed.write(100)
    built = bed.build()
    if built.returncode:
        raise RuntimeError(built.stderr)
    return bed
