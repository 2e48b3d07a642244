"""Finds the sentence that says something, as evidence with its place.

The numeral of its clause is left out: it changes when another clause is put in before it.
"""

from __future__ import annotations

import re

from kb.force.models import Evidence
from kb.schema import CitationRecord, Record

_LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]+[条章节]|[一二三四五六七八九十]+、|\d+[.．、]|"
    r"[（(][一二三四五六七八九十\d]+[）)])?\s*"
)


def evidence_of(record: Record, citation: CitationRecord) -> Evidence:
    """The sentence that cites, with its place."""
    start, end = sentence(record.text, citation.span)
    return Evidence(record.document.id, citation.clause, record.text[start:end], (start, end))


def sentence(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The sentence around ``span``, without the numeral of its clause, which may change."""
    start = max(text.rfind(stop, 0, span[0]) for stop in "。；\n") + 1
    ends = [at for stop in "。；\n" if (at := text.find(stop, span[1])) >= 0]
    end = min(ends, default=len(text))
    label = _LABEL.match(text, start, span[0])
    return (label.end() if label else start), end
