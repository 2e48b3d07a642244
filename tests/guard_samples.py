"""Readers that behave as badly as documents can make them; the guard runs them."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.errors import LockedDocument
from corpus.limits import Limits
from corpus.models import Finding, TextSpan
from corpus.readers.body import Body


def told(data: bytes, where: str, limits: Limits) -> Body:
    """Says everything that a body can say."""
    finding = Finding("info", "code", f"{where} {limits.ocr}", "通知", TextSpan(0, 2))
    return Body(
        data.decode(),
        "utf-8",
        noise=(TextSpan(1, 2),),
        page_starts=(0, 3),
        portal=(("索引号", "1"),),
        findings=(finding,),
        furniture=4,
        reflowed=True,
        recognised=True,
    )


def shut(_data: bytes, where: str, _limits: Limits) -> Body:
    raise LockedDocument("a password keeps it shut", where=where, remedy="Open it.")


def hang(data: bytes, _where: str, _limits: Limits) -> Body:
    Path(data.decode()).write_text(str(os.getpid()), "ascii")
    while True:
        time.sleep(1)


def hang_with_a_program(data: bytes, _where: str, _limits: Limits) -> Body:
    program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(data.decode()).write_text(str(program.pid), "ascii")
    program.wait()
    return Body("", "")


def leave_a_program(data: bytes, _where: str, _limits: Limits) -> Body:
    program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(data.decode()).write_text(str(program.pid), "ascii")
    return Body("通知", "")


def leave_a_file(_data: bytes, _where: str, _limits: Limits) -> Body:
    name = tempfile.mkstemp()[1]
    return Body(name, "")


def swell(_data: bytes, _where: str, limits: Limits) -> Body:
    return Body("x" * (limits.document_memory + 1), "")


def name_the_room(_data: bytes, _where: str, _limits: Limits) -> Body:
    return Body(str(os.getppid()), "")


def talk(_data: bytes, _where: str, limits: Limits) -> Body:
    print("a library talks")
    print("and complains", file=sys.stderr)
    return Body("通知", "")


def crash(_data: bytes, _where: str, _limits: Limits) -> Body:
    os.kill(os.getpid(), signal.SIGSEGV)
    return Body("", "")


def leave(_data: bytes, _where: str, _limits: Limits) -> Body:
    os._exit(3)


def dig(_data: bytes, _where: str, _limits: Limits) -> Body:
    return dig(_data, _where, _limits)


def stumble(_data: bytes, _where: str, _limits: Limits) -> Body:
    raise KeyError("Pages")


def end_the_room(_data: bytes, _where: str, _limits: Limits) -> Body:
    os.kill(os.getppid(), signal.SIGKILL)
    return Body("", "")
