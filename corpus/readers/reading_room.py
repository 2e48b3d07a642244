"""The process that ``guard`` starts: it forks a child for each document and watches over it.

It parses nothing itself, so whatever a document does to the child, the room stays as it was.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import signal
import socket
import struct
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from corpus.errors import DocumentError
from corpus.limits import Limits

_LENGTH = struct.Struct(">Q")
_CHUNK = 1 << 16


def send(channel: socket.socket, *messages: bytes) -> None:
    """Writes each message with its length before it."""
    for message in messages:
        channel.sendall(_LENGTH.pack(len(message)))
        channel.sendall(message)


def receive(channel: socket.socket) -> bytes:
    """The next message; raises ``EOFError`` where there is none."""
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    return _exactly(channel, length)


def _exactly(channel: socket.socket, length: int) -> bytes:
    parts = []
    while length:
        part = channel.recv(min(length, _CHUNK))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def serve(descriptor: int) -> None:
    """Answers what comes through the socket ``descriptor`` until its other end is closed."""
    with socket.socket(fileno=descriptor) as channel, suppress(EOFError, OSError):
        while True:
            asked, data = json.loads(receive(channel)), receive(channel)
            send(channel, _answer(asked, data, channel))


def _answer(asked: dict[str, Any], data: bytes, channel: socket.socket) -> bytes:
    # imported here, so that a child starts with its libraries at hand
    resolve_name(asked["parse"])
    # and does not copy their memory as it collects
    gc.freeze()
    # whatever ends the child, its files go
    with tempfile.TemporaryDirectory(prefix="policykb-", ignore_cleanup_errors=True) as folder:
        ours, theirs = os.pipe()
        child = os.fork()
        if not child:
            os.close(ours)
            channel.close()
            _read_and_go(asked, data, theirs, folder)
        os.close(theirs)
        try:
            return _watched(child, ours, channel, _limits(asked))
        finally:
            os.close(ours)


def _watched(child: int, pipe: int, channel: socket.socket, limits: Limits) -> bytes:
    """What the child writes until it ends; it is killed when its time or its caller is gone."""
    said, end = bytearray(), time.monotonic() + limits.seconds
    verdict = ""
    while True:
        watched = [pipe, channel.fileno()]
        ready, _, _ = select.select(watched, [], [], max(0.0, end - time.monotonic()))
        if channel.fileno() in ready:
            _end(child)
            raise EOFError
        part = os.read(pipe, _CHUNK) if ready else b""
        said += part
        verdict = "" if ready else "time"
        verdict = "memory" if len(said) > limits.document_memory else verdict
        if verdict or not part:
            break
    status = _end(child) if verdict else _ended(child)
    if verdict:
        return json.dumps({"verdict": verdict}).encode("ascii")
    if os.WIFSIGNALED(status) or not said:
        return json.dumps({"verdict": "crash", "why": _why(status)}).encode("ascii")
    return bytes(said)


def _end(child: int) -> int:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return _ended(child)


def _ended(child: int) -> int:
    """The status of the child; the programs that it has started and left behind end with it."""
    status = os.waitpid(child, 0)[1]
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    return status


def _why(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"its reader crashed ({signal.Signals(os.WTERMSIG(status)).name})"
    return "its reader gave up"


def _limits(asked: dict[str, Any]) -> Limits:
    return Limits(**asked["limits"])


# ── in the child ──


def _read_and_go(asked: dict[str, Any], data: bytes, pipe: int, folder: str) -> None:
    """Reads the document, writes the answer and ends the process, whatever happens."""
    try:
        # a group of its own, to which the programs belong that it starts
        os.setpgid(0, 0)
        # what a document builds lives until it is read; looking it over takes a tenth of the time
        gc.set_threshold(100_000, 20, 100)
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        limits = _limits(asked)
        _bind(limits)
        answer = _reading(asked, data, limits)
        _unbind()
        said = json.dumps(answer).encode("ascii")
        while said:
            said = said[os.write(pipe, said) :]
    finally:
        # not exit(): nothing of the room may be flushed or closed twice
        os._exit(0)


def _bind(limits: Limits) -> None:
    """Limits memory and, in case the room is killed, time; leaves no core behind."""
    bounds = {
        resource.RLIMIT_AS: _size() + limits.document_memory,
        resource.RLIMIT_CPU: limits.seconds + 5,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        _, hard = resource.getrlimit(kind)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (bound, hard))


def _unbind() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _size() -> int:
    """The address space of this process in bytes; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _reading(asked: dict[str, Any], data: bytes, limits: Limits) -> dict[str, Any]:
    try:
        body = resolve_name(asked["parse"])(data, asked["where"], limits)
        return {"verdict": "read", "body": body.to_plain()}
    except DocumentError as error:
        said = {"kind": type(error).__name__, "what": error.what, "remedy": error.remedy}
        return {"verdict": "refused", **said}
    except Exception as error:
        return _failure(error)


def _failure(error: BaseException) -> dict[str, Any]:
    causes = list(_causes(error))
    if any(isinstance(cause, MemoryError) for cause in causes):
        return {"verdict": "memory"}
    if any(isinstance(cause, RecursionError) for cause in causes):
        return {"verdict": "crash", "why": "its parts are nested too deeply or hold each other"}
    names = {type(cause).__name__ for cause in causes}
    return {"verdict": "crash", "why": f"its reader stops at {', '.join(sorted(names))}"}


def _causes(error: BaseException | None) -> list[BaseException]:
    """The error, what it wraps and what it came from."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found += [error, *(part for part in error.args if isinstance(part, BaseException))]
        error = error.__cause__ or error.__context__
    return found
