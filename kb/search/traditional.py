"""Knows which traditional characters are which simplified one: 補貼 is 补贴.

One character for one, so that a text keeps its length; what no table decides (著) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources


def _pairs() -> Iterator[tuple[str, str]]:
    # packed with the code, as the lexicons are
    rows = resources.files(__package__).joinpath("traditional.txt").read_text("utf-8")
    for row in rows.splitlines():
        if not row.startswith("#"):
            yield from ((one, row[0]) for one in row[1:])


#: the simplified character of each traditional one
SIMPLIFIED = dict(_pairs())
