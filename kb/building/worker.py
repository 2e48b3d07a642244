"""The process that ``processes`` starts: it reads the documents that it is given, until its channel
is closed.
"""

from __future__ import annotations

import gc
import json
import socket
from contextlib import suppress
from pathlib import Path

from corpus.readers.reading_room import receive, send
from kb.building.entries import EntryStore
from kb.building.step import carry_out
from kb.building.tasks import Task


def serve(descriptor: int, folder: str) -> None:
    """Answers each task that comes through the socket ``descriptor``; entries go to ``folder``."""
    store = EntryStore(Path(folder))
    # what was imported stays; looking it over again and again takes a tenth of the time
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    with socket.socket(fileno=descriptor) as channel, suppress(EOFError, OSError):
        while True:
            task = Task.from_plain(json.loads(receive(channel)))
            send(channel, json.dumps(carry_out(task, store).to_plain()).encode())
