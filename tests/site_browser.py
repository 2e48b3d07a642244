"""How a browser reaches a built site: from the disk, or from the server that policykb brings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from site_builder.serve import server

WAYS = ("file", "http")


@contextmanager
def reached(site: Path, way: str) -> Iterator[str]:
    """The address of ``site`` by one of ``WAYS``."""
    if way == "file":
        yield site.as_uri()
        return
    with server(site, 0) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()
