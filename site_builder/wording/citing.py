"""The words by which a clause is cited: 《title》（文号）第二部分（三）, 第三条第（一）项.

Every path that an outline gives has words, and they can be pasted into running text: they hold
no line break and nothing that turns the writing direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.models import TextSpan
from kb.nameless import nameless, plain
from kb.schema import ClauseRecord, Record

_CN = "一二三四五六七八九十百〇零"
_ANNEX = re.compile(r"附[件表录]")
_ARTICLE = re.compile(r"第[^编章节条]+条$")
_DIVISION = re.compile(r"第[^编章节条]+[编章节]$")
_PLAIN = re.compile(rf"[{_CN}]+$")
_BRACKETED = re.compile(rf"\((?P<n>[{_CN}]+)\)$")
_ARABIC = re.compile(r"\d{1,2}(?:\.\d{1,2})*$")
_ARABIC_BRACKETED = re.compile(r"\((?P<n>\d+)\)$")
_HALF = re.compile(r"(?P<n>\d+)\)$")
#: inside 《》 a title is marked with 〈〉 (GB/T 15834-2011 on 书名号)
_INNER = str.maketrans("《》", "〈〉")
_LINES_OF_A_TITLE = 4
#: the anchor of what stands before the first clause
FRONT_MATTER = "front"


def citation(record: Record, clause: ClauseRecord | None = None) -> str:
    """How ``clause`` is cited, or the whole notice: ``《title》（文号）第二部分（三）``.

    A clause of the text that a notice carries is cited by that text's title and the notice's
    number. What a notice does not print is left out.
    """
    carried = clause is not None and clause.anchor in carried_clauses(record)
    return cited_work(record, carried=carried) + (clause_words(clause.path) if clause else "")


def citations(record: Record) -> dict[str, str]:
    """How every clause is cited, by its anchor; the notice itself by that of its front matter."""
    works = works_of(record)
    clauses = {c.anchor: works[c.anchor] + clause_words(c.path) for c in record.clauses}
    return {FRONT_MATTER: works[FRONT_MATTER], **clauses}


def works_of(record: Record) -> dict[str, str]:
    """The work that each clause is cited as a part of, by its anchor."""
    notice, carried = cited_work(record), cited_work(record, carried=True)
    inside = carried_clauses(record)
    works = {c.anchor: carried if c.anchor in inside else notice for c in record.clauses}
    return {FRONT_MATTER: notice, **works}


def cited_work(record: Record, *, carried: bool = False) -> str:
    """The notice, or the text that it carries, as it is cited: ``《title》（文号）``."""
    document = record.document
    enclosed = document.enclosed if carried else None
    title, number = enclosed.title if enclosed else document.title, document.number or ""
    named = f"《{plain(title).translate(_INNER)}》" if title else ""
    known = f"{named}（{plain(number)}）" if named and number else named or plain(number)
    return known or nameless(record)


def carried_clauses(record: Record) -> frozenset[str]:
    """The anchors of the clauses of the text that the notice carries; annexes are the notice's."""
    start = carried_at(record)
    inside = (c for c in record.clauses if start is not None and c.span[0] >= start)
    return frozenset(c.anchor for c in inside if not _ANNEX.match(c.path))


@lru_cache(20_000)
def clause_words(path: str) -> str:
    """The words for a clause's path: ``二/(三)`` is 第二部分（三）; none for the front matter."""
    parts = tuple(_telling(tuple(filter(None, path.split("/")))))
    return "".join(_words(parts[:at], part) for at, part in enumerate(parts))


def carried_at(record: Record) -> int | None:
    """Where the text that the notice carries begins: at its title on lines of its own."""
    enclosed = record.document.enclosed
    wanted = _squeezed(enclosed.title) if enclosed else ""
    lines = _lines(record.text)
    for first in range(len(lines)) if wanted else ():
        said = ""
        for line in lines[first : first + _LINES_OF_A_TITLE]:
            said += _squeezed(line.of(record.text))
            if said == wanted:
                return lines[first].start
            if not wanted.startswith(said):
                break
    return None


def _telling(parts: tuple[str, ...]) -> Iterator[str]:
    """The parts that are said: articles count through their chapters, 1.1 holds its 1."""
    last_article = max((n for n, part in enumerate(parts) if _ARTICLE.match(part)), default=-1)
    for n, part in enumerate(parts):
        below = parts[n + 1] if n + 1 < len(parts) else ""
        counted_through = n < last_article and not _ANNEX.match(part)
        if not counted_through and not below.startswith(f"{part}."):
            yield part


def _words(above: tuple[str, ...], part: str) -> str:
    """What ``part`` is called below ``above``."""
    in_article = any(_ARTICLE.match(other) for other in above)
    first = not above or bool(_ANNEX.match(above[-1]) or _DIVISION.match(above[-1]))
    if _ANNEX.match(part) or _ARTICLE.match(part) or _DIVISION.match(part):
        return part
    if match := _BRACKETED.match(part):
        return f"第（{match['n']}）项" if in_article or first else f"（{match['n']}）"
    if _PLAIN.match(part):
        return f"第{part}项" if in_article else f"第{part}部分"
    if _ARABIC.match(part):
        return f"第{part}{_below_article(above) if in_article else '点'}"
    return _small(part, first=first)


def _below_article(above: tuple[str, ...]) -> str:
    """项 directly below an article, 目 below an item (立法法: 编、章、节、条、款、项、目)."""
    return "项" if _ARTICLE.match(above[-1]) else "目"


def _small(part: str, *, first: bool) -> str:
    match = _ARABIC_BRACKETED.match(part)
    said = f"（{match['n']}）" if match else part.replace(")", "）").replace("(", "（")
    if half := _HALF.match(part):
        said = f"{half['n']}）"
    return f"第{said}项" if first and not half else said


def _lines(text: str) -> list[TextSpan]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append(TextSpan(start, start + len(line)))
        start += len(line) + 1
    return found


def _squeezed(words: str) -> str:
    return re.sub(r"[\s《》]", "", words)
