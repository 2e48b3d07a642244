"""Whatever is wrong with a document or a crash: one clear line, the others done, nothing lost."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import needs_permissions, notice
from pdf_samples import Sheet, pdf, typed

from corpus import lock
from corpus.readers.formats import SUFFIXES
from kb import store

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, str(ROOT / "policykb.py")]


def policykb(space, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own."""
    return subprocess.run(
        [*COMMAND, *arguments], cwd=space.root, capture_output=True, text=True, check=False
    )


def complaints(said: str) -> list[str]:
    lines = said.splitlines()
    return [line.removeprefix("policykb: ") for line in lines if line.startswith("policykb: ")]


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


#: what makes the bad file, its name, and the line that it must give
BAD = {
    "empty": (
        lambda path: path.write_bytes(b""),
        "m.txt",
        "documents/m.txt: there is no text in this file. Put the notice's text into it, or take"
        " the file away.",
    ),
    "blank": (
        lambda path: path.write_bytes(b"\n \t\xe3\x80\x80\n"),
        "m.md",
        "documents/m.md: there is no text in this file. Put the notice's text into it, or take"
        " the file away.",
    ),
    "binary": (
        lambda path: path.write_bytes(bytes(range(256)) * 99),
        "m.txt",
        "documents/m.txt: this is a binary file, not text. Save it as UTF-8 text.",
    ),
    "a PDF under a text's name": (
        lambda path: path.write_bytes(b"%PDF-1.4\n%\xe2\xe3"),
        "m.txt",
        "documents/m.txt: this is a PDF file, not text. Save its text, or give the file the"
        " suffix that belongs to it.",
    ),
    "cut-off UTF-8": (
        lambda path: path.write_bytes(notice(9).rstrip().encode()[:-1]),
        "m.txt",
        "documents/m.txt: truncated encoding: its last UTF-8 character is cut off at byte {cut}."
        " Part of the file is missing: fetch it again.",
    ),
    "cut-off GB18030": (
        lambda path: path.write_bytes(notice(9).rstrip().encode("gb18030")[:-1]),
        "m.txt",
        "documents/m.txt: truncated encoding: its last GB18030 character is cut off at byte {cut}."
        " Part of the file is missing: fetch it again.",
    ),
    "200 MB": (
        large,
        "m.txt",
        "documents/m.txt: the file has 209.7 MB, the limit is 52.4 MB. Split it, or raise"
        " document_bytes under [limits] in policykb.toml.",
    ),
    "unknown format": (
        lambda path: path.write_bytes(b"x"),
        "m.ofd",
        f'documents/m.ofd: ".ofd" files cannot be read. Save the text in one of: {SUFFIXES}.',
    ),
    "a DOCX file cut off": (
        lambda path: path.write_bytes(b"PK\x03\x04"),
        "m.docx",
        "documents/m.docx: this is no ZIP file, or part of it is missing (File is not a zip file)."
        " Fetch the file again, or open it in its own program and save it anew.",
    ),
    "a bundle of nothing": (
        lambda path: path.write_bytes(b"PK\x05\x06" + bytes(18)),
        "m.zip",
        "documents/m.zip: there is no file in this bundle. Put the notice and its annexes into it,"
        " in a format that can be read.",
    ),
    "no document with the suffix of one": (
        lambda path: path.write_bytes(b"x"),
        "m.wps",
        "documents/m.wps: this is no document of Word, WPS or OpenDocument. Fetch the file again,"
        " or open it in its own program and save it anew.",
    ),
    "a PDF cut off": (
        lambda path: path.write_bytes(b"%PDF-1.7"),
        "m.pdf",
        "documents/m.pdf: this is no whole PDF. Open it in the program that made it and save it"
        " anew.",
    ),
    "a PDF with a password": (
        lambda path: path.write_bytes(pdf(*typed(["一、总则"]), locked=True)),
        "m.pdf",
        "documents/m.pdf: a password keeps it shut. Save it without its password, or print it to a"
        " new PDF.",
    ),
    "a scan": (
        lambda path: path.write_bytes(pdf(Sheet().picture(0, 0, 595, 842))),
        "m.pdf",
        "documents/m.pdf: needs-ocr: it holds no characters, only pictures of them (page 1). Run"
        " it with --ocr, which needs the tesseract program and its chi_sim data (Debian:"
        " tesseract-ocr, tesseract-ocr-chi-sim).",
    ),
    "spaces and quotes": (
        lambda path: path.write_bytes(b""),
        "m 'q' \"通 知\" $(ls).txt",
        "documents/m 'q' \"通 知\" $(ls).txt: there is no text in this file. Put the notice's"
        " text into it, or take the file away.",
    ),
    "a newline in the name": (
        lambda path: path.write_bytes(b""),
        "m\nn.txt",
        "documents/m n.txt: there is no text in this file. Put the notice's text into it, or take"
        " the file away.",
    ),
    "a name that is no UTF-8": (
        lambda path: path.write_bytes(b""),
        os.fsdecode("书.txt".encode("gbk")),
        r"documents/\xca\xe9.txt: there is no text in this file. Put the notice's text into it,"
        " or take the file away.",
    ),
    "the same number and issuer": (
        lambda path: path.write_text(notice(1), "utf-8"),
        "m.txt",
        "documents/m.txt: 文财字〔2021〕1号 has already been read from documents/a.txt. Take one"
        " of the two away, or rename it if it is another document.",
    ),
    "a link to itself": (
        link_to_itself,
        "m.txt",
        "documents/m.txt: the link leads back to itself. Take the link away.",
    ),
    "a link to its own folder": (
        lambda path: path.symlink_to(path.parent),
        "m",
        "documents/m: the link leads back to a folder that it stands in. Take it away.",
    ),
    "a link to nothing": (
        lambda path: path.symlink_to("nowhere"),
        "m.txt",
        "documents/m.txt: the link leads to a file that is not there. Take the link away.",
    ),
    "a pipe": (
        os.mkfifo,
        "m.txt",
        "documents/m.txt: this is not a file. Name the documents themselves.",
    ),
    "no permission": (
        lambda path: (path.write_text("x"), path.chmod(0)),
        "m.txt",
        "documents/m.txt: no permission to read it. Allow it (chmod +r) or take the file away.",
    ),
}
FIRST, LAST = "141121-wencaizi-2021-1", "141121-wencaizi-2021-2"


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[needs_permissions] * (name == "no permission")) for name in BAD],
)
def test_a_bad_document_gives_one_line_and_the_others_are_built(name, space, add, run):
    make, file, says = BAD[name]
    add("a.txt", 1)
    add("z.txt", 2)
    bad = space.documents / file
    make(bad)
    # GB18030 loses one byte of two, UTF-8 one of three; the character begins before that
    cut = bad.stat().st_size - ("UTF-8" in name) if "cut-off" in name else 0
    ran = run("build")
    assert ran.status == 1
    assert complaints(ran.err) == [says.format(cut=cut)]
    assert store.load(space.rule_base).by_id.keys() == {FIRST, LAST}
    assert "documents  2 read, 1 failed\n" in ran.out
    assert (space.site / "index.html").is_file()


def test_all_bad_documents_at_once_cost_no_other(space, add):
    add("a.txt", 1)
    add("z/z.txt", 2)
    rows = [row for name, row in BAD.items() if name != "no permission"]
    for number, (make, file, _) in enumerate(rows):
        folder = space.documents / f"{number:02}"
        folder.mkdir()
        make(folder / file)
    ran = policykb(space, "build")
    assert ran.returncode == 1
    assert len(complaints(ran.stderr)) == len(rows)
    assert "Traceback" not in ran.stderr
    assert store.load(space.rule_base).by_id.keys() == {FIRST, LAST}
    assert policykb(space, "check").returncode == 0


def test_extract_names_what_it_cannot_read_and_does_the_rest(space, add):
    add("a.txt", 1)
    (space.documents / "e.txt").write_bytes(b"")
    names = ("missing.txt", "documents/e.txt", "documents", "documents/a.txt")
    ran = policykb(space, "extract", *names, "--format", "json", "-o", "out")
    assert ran.returncode == 1
    assert [line.split(". ")[0] for line in complaints(ran.stderr)] == [
        "missing.txt: there is no such file",
        "documents/e.txt: there is no text in this file",
        "documents: this is a folder",
    ]
    assert [path.name for path in (space.root / "out").iterdir()] == ["a.json"]


@pytest.mark.parametrize("missing", [False, True])
def test_a_build_without_documents_leaves_the_rules_untouched(space, add, run, missing):
    add("a.txt", 1)
    assert run("build").status == 0
    before = {p: p.read_bytes() for p in space.root.rglob("*") if p.is_file() and "kb" in p.parts}
    shutil.rmtree(space.documents)
    if not missing:
        space.documents.mkdir()
    ran = run("build")
    assert (ran.status, ran.out) == (1, "")
    assert complaints(ran.err)[0].startswith(
        "documents: there is no such file" if missing else "documents: there is no document in"
    )
    after = {p: p.read_bytes() for p in space.root.rglob("*") if p.is_file() and "kb" in p.parts}
    assert after == before


def test_a_second_build_at_the_same_time_is_refused(space, add):
    add("a.txt", 1)
    with lock.writing(space):
        ran = policykb(space, "build")
    assert (ran.returncode, ran.stdout) == (1, "")
    words = f"another policykb (process {os.getpid()}) is writing to this workspace. Wait"
    assert words in complaints(ran.stderr)[0]
    assert not (space.rule_base / "rules").exists()
    assert policykb(space, "build").returncode == 0


def test_a_killed_build_leaves_the_old_state_or_the_new(space, add, run):
    """Ten times kill -9 at a random moment; the next command finds all old or all new."""
    source = random.Random(9)
    numbers = range(1, 9)

    def write(subsidy: int) -> None:
        for number in numbers:
            add(f"{number}.txt", number, subsidy)

    def subsidies() -> set[int]:
        base = store.load(space.rule_base)
        assert len(base.records) == len(numbers)
        return {int(rule.min or 0) for _, rule in base.rules("amount")}

    write(100)
    started = time.monotonic()
    assert policykb(space, "build").returncode == 0
    took = time.monotonic() - started
    built = 100
    for attempt in range(10):
        subsidy = 101 + attempt
        write(subsidy)
        running = subprocess.Popen(
            [*COMMAND, "build"],
            cwd=space.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(source.uniform(0.3, 1) * took)
        running.kill()
        running.wait()
        checked = run("check")
        assert (checked.status, checked.err) == (0, ""), checked.out
        assert subsidies() in ({built}, {subsidy})
        assert not [path for path in space.rule_base.iterdir() if path.name.startswith(".")]
        assert (space.site / "index.html").is_file()
        built = min(subsidies())
    assert run("build").status == 0
    assert subsidies() == {110}
    assert run("search", "110元").status == 0
    leftovers = [path.name for path in space.root.iterdir() if "policykb-" in path.name]
    assert leftovers == []
