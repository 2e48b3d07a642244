"""Runs a reader in a process of its own, with a limit to its time and its memory.

However a document hangs, swells or crashes its reader, the caller gets one ``DocumentError``.
"""

from __future__ import annotations

import atexit
import json
import socket
import subprocess
import sys
import threading
from dataclasses import asdict
from typing import Any

from corpus import errors
from corpus.errors import DamagedDocument, DocumentError, TooCostly
from corpus.limits import Limits
from corpus.readers.body import Body
from corpus.readers.reading_room import receive, send

_SMALLER = "Split it, or raise {key} under [limits] in policykb.toml."
_SAVE_ANEW = "Open it in the program that made it and save it anew."
#: the room imports what the caller would, from where the caller would
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from corpus.readers import reading_room; reading_room.serve(int(sys.argv[1]))"
)


def run(parse: str, data: bytes, where: str, limits: Limits) -> Body:
    """What ``parse`` ("module:function") makes of ``data``, ``where`` and ``limits``.

    Raises the ``DocumentError`` that it raises, or one that says how it went over ``limits``.
    """
    asked = {"parse": parse, "where": where, "limits": asdict(limits)}
    with _LOCK:
        answer = _ask(asked, data)
    if answer["verdict"] == "read":
        return Body.from_plain(answer["body"])
    raise _error(answer, where, limits)


def _error(answer: dict[str, Any], where: str, limits: Limits) -> DocumentError:
    match answer["verdict"]:
        case "refused":
            return _refusal(answer, where)
        case "time":
            what = f"reading it takes more than {limits.seconds} s"
            return TooCostly(what, where=where, remedy=_SMALLER.format(key=limits.seconds_key))
        case "memory":
            what = f"reading it takes more than {limits.document_memory / 1e6:.0f} MB of memory"
            return TooCostly(what, where=where, remedy=_SMALLER.format(key="document_memory"))
    what = f"the file is damaged: {answer['why']}"
    return DamagedDocument(what, where=where, remedy=_SAVE_ANEW)


def _refusal(answer: dict[str, Any], where: str) -> DocumentError:
    kind = getattr(errors, answer["kind"], DocumentError)
    error: DocumentError = kind(answer["what"], where=where, remedy=answer["remedy"])
    return error


class _Room:
    """The process in which documents are read, and the channel to it."""

    def __init__(self) -> None:
        self.channel, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-c", _START, str(theirs.fileno()), json.dumps(sys.path)]
            # of its own session, so that Ctrl-C reaches only the one who waits for it; what
            # libraries print goes nowhere
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )

    def close(self) -> None:
        """Ends the process, which goes when nobody holds the other end of its channel."""
        self.channel.close()
        self._process.wait()


_LOCK = threading.Lock()
_rooms: list[_Room] = []


def _ask(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The room's answer; a room that has gone down is told of, and opened anew the next time."""
    room = _room()
    try:
        send(room.channel, json.dumps(asked).encode("ascii"), data)
        answer: dict[str, Any] = json.loads(receive(room.channel))
        return answer
    except BaseException as error:
        _close()
        if isinstance(error, EOFError | OSError | ValueError):
            return {"verdict": "crash", "why": "it ends the process that reads it"}
        raise


def _room() -> _Room:
    if not _rooms:
        _rooms.append(_Room())
    return _rooms[0]


@atexit.register
def _close() -> None:
    while _rooms:
        _rooms.pop().close()
