"""However a document treats its reader, the caller gets its text or one error, and in time."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import guard_samples
import pytest

from corpus.errors import DamagedDocument, DocumentError, LockedDocument, TooCostly
from corpus.limits import Limits
from corpus.readers import guard
from corpus.readers.body import Body

#: a loaded machine takes more than a second to fill the memory that is allowed
PATIENT = Limits(document_seconds=60, document_memory=64 * 1024 * 1024)
SHORT = replace(PATIENT, document_seconds=1)


def run(reader: str, data: bytes = b"", limits: Limits = PATIENT) -> Body:
    return guard.run(f"guard_samples:{reader}", data, "a.pdf", limits)


def is_running(process: int) -> bool:
    """Whether it is there and no zombie; a process takes a moment to go."""
    for _ in range(1000):
        try:
            state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True


def test_the_room_says_what_the_reader_says():
    said = run("told", "通知如下".encode(), Limits(ocr=True))
    assert said == guard_samples.told("通知如下".encode(), "a.pdf", Limits(ocr=True))


def test_an_error_keeps_its_kind_and_its_remedy():
    with pytest.raises(LockedDocument) as caught:
        run("shut")
    assert str(caught.value) == "a.pdf: a password keeps it shut. Open it."


@pytest.mark.parametrize("reader", ["hang", "hang_with_a_program"])
def test_a_reader_that_hangs_is_ended_with_what_it_has_started(reader, tmp_path):
    told = tmp_path / "pid"
    with pytest.raises(TooCostly, match=r"more than 1 s.*document_seconds under \[limits\]"):
        run(reader, str(told).encode(), SHORT)
    assert not is_running(int(told.read_text("ascii")))


def test_a_program_that_outlives_its_reader_is_ended(tmp_path):
    told = tmp_path / "pid"
    assert run("leave_a_program", str(told).encode()).text == "通知"
    assert not is_running(int(told.read_text("ascii")))


def test_files_of_a_reader_go_with_it():
    name = Path(run("leave_a_file").text)
    assert name.parent.name.startswith("policykb-")
    assert not name.parent.exists()


@pytest.mark.parametrize(
    ("reader", "kind", "what"),
    [
        ("swell", TooCostly, r"more than 67 MB of memory\. .*document_memory"),
        ("crash", DamagedDocument, r"its reader crashed \(SIGSEGV\)\. .*save it anew"),
        ("leave", DamagedDocument, "its reader gave up"),
        ("dig", DamagedDocument, "nested too deeply"),
        ("stumble", DamagedDocument, "its reader stops at KeyError"),
        ("end_the_room", DamagedDocument, "it ends the process that reads it"),
    ],
)
def test_a_reader_that_fails_is_one_error_and_the_next_document_is_read(reader, kind, what):
    with pytest.raises(DocumentError, match=what) as caught:
        run(reader)
    assert type(caught.value) is kind
    assert run("told", b"x").text == "x"


def test_what_libraries_print_reaches_nobody(capfd):
    run("talk")
    assert capfd.readouterr() == ("", "")


def test_a_room_is_opened_once_and_not_for_each_document():
    rooms = {run("name_the_room").text for _ in range(5)}
    assert len(rooms) == 1
    assert rooms != {str(os.getpid())}


def test_a_caller_that_gives_up_leaves_no_reader_behind(tmp_path):
    told = tmp_path / "pid"
    code = (
        "import sys; sys.path[:] = sys.argv[2:]; from corpus.limits import USUAL; "
        "from corpus.readers import guard; "
        "guard.run('guard_samples:hang', sys.argv[1].encode(), 'a.pdf', USUAL)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(told), *sys.path]) as caller:
        while not told.exists() or not told.read_text("ascii"):
            time.sleep(0.02)
        caller.kill()
    assert not is_running(int(told.read_text("ascii")))
