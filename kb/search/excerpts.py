"""Cuts from a text the stretch that shows best what was looked for, and marks it.

An excerpt is the text itself, on one line; marks are offsets into the excerpt and never overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kb.search.analyzer import fold
from kb.search.document_numbers import printed

Marks = tuple[tuple[int, int], ...]
#: characters shown, and how many of them before the first match
WIDTH, LEAD = 120, 24
#: a character that fills a clause is not looked at more often than this to place the excerpt
_TRIES = 64


def excerpt(text: str, words: tuple[str, ...]) -> tuple[str, Marks]:
    """At most ``WIDTH`` characters of ``text`` and the places of the folded ``words`` in them.

    Where the text goes on, … stands; it is counted in the marks and not in the width.
    """
    found = sorted(_occurrences(fold(text), words))
    start, end = _window(text, found)
    lead = "…" if start else ""
    shown = re.sub(r"\s", " ", text[start:end])
    shift = len(lead) - start
    marks = (
        (max(s, start) + shift, min(e, end) + shift) for s, e, _ in found if s < end and e > start
    )
    return lead + shown + ("…" if end < len(text) else ""), _joined(marks)


def _occurrences(folded: str, words: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    for number, word in enumerate(words):
        at = folded.find(word)
        while at >= 0:
            yield at, at + len(word), number
            at = folded.find(word, at + 1)
    # a 文号 as it is printed: 商服贸函2026年第322号 where 商服贸函(2026)322号 is looked for
    sought = [(number, word) for number, word in enumerate(words) if "(" in word]
    for found in printed(folded) if sought else ():
        for number, word in sought:
            # what stands before the year is printed alike
            at = found.text.rfind(word)
            if at >= 0 and found.text.endswith(word):
                yield found.start + at, found.end, number


def _window(text: str, found: list[tuple[int, int, int]]) -> tuple[int, int]:
    starts = [max(0, start - LEAD) for start, _, _ in found[:_TRIES]] or [0]
    best = max(
        starts, key=lambda start: _words_shown(found, start)
    )  # max keeps the first of equals
    start = max(0, min(best, len(text) - WIDTH))
    return start, min(start + WIDTH, len(text))


def _words_shown(found: list[tuple[int, int, int]], start: int) -> int:
    return len({word for s, e, word in found if start <= s and e <= start + WIDTH})


def _joined(marks: Iterable[tuple[int, int]]) -> Marks:
    joined: list[tuple[int, int]] = []
    for start, end in marks:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
