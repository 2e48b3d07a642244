"""Prints a notice back to the text it was parsed from: ``unparse(parse(text)) == text``.

The text is put together from the tree (label, heading, own paragraphs, what no clause owns), so
that a line the outline lost, doubled or moved shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.models import Clause, Notice


def unparse(notice: Notice) -> str:
    """The text of ``notice``, a paragraph a line."""
    words: list[str] = []
    line_end = None
    for start, end, text in _printed(notice):
        if line_end is not None:
            # two pieces of one line touch; a new line leaves room for its break
            words.append("\n" * (start - line_end))
        words.append(text)
        line_end = end
    return "".join(words)


def _printed(notice: Notice) -> Iterator[tuple[int, int, str]]:
    """Every piece with the words that its clause prints there."""
    opened = {clause.span.start: clause for clause in notice.clauses}
    for span, owner in notice.pieces:
        clause = opened.get(span.start)
        if clause is not None and owner is not None and notice.clauses[owner] is clause:
            yield span.start, span.end, _opening(notice, clause, span.end)
        else:
            yield span.start, span.end, span.of(notice.text)


def _opening(notice: Notice, clause: Clause, end: int) -> str:
    """A clause's first line: its label as printed, what parts it from the heading, the rest."""
    if clause.heading_span.start == clause.span.start:
        return notice.text[clause.span.start : end]
    gap = notice.text[clause.span.start + len(clause.label) : clause.heading_span.start]
    return clause.label + gap + notice.text[clause.heading_span.start : end]
