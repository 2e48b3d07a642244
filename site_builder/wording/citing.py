"""The words by which a clause is cited: 《title》（文号）第二部分（三）, 第三条第（一）项.

Every path that an outline gives has words, and they can be pasted into running text: they hold
no line break and nothing that turns the writing direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from corpus.models import TextSpan
from kb.nameless import nameless, plain
from kb.schema import ClauseRecord, EnclosedRecord, Record

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
_SECOND_RANK = str.maketrans("“”", "‘’")
_LINES_OF_A_TITLE = 4
_QUOTED = re.compile(r"(?<=.)《([^《》]+)》$")
#: the day under a signature
_DAY = re.compile(
    r"[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)
#: the path of a clause that a text may open with
_OPENING = re.compile(r"(?:第[一1][编章节条]|一|\(一\)|1)$")
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


def quotation(cited: str, words: str) -> str:
    """A citation with the words that it cites: 《…》（文号）第二部分（三）：“…”. Inner marks are of
    the second rank (GB/T 15834-2011), as ``static/copy.js`` has them.
    """
    return f"{cited}：“{words.translate(_SECOND_RANK)}”" if words else cited


def works_of(record: Record) -> dict[str, str]:
    """The work that each clause is cited as a part of, by its anchor."""
    notice, carried = cited_work(record), cited_work(record, carried=True)
    inside = carried_clauses(record)
    works = {c.anchor: carried if c.anchor in inside else notice for c in record.clauses}
    return {FRONT_MATTER: notice, **works}


def cited_work(record: Record, *, carried: bool = False) -> str:
    """The notice, or the text that it carries, as it is cited: ``《title》（文号）``."""
    document = record.document
    title, number = document.title, document.number or ""
    if carried and document.enclosed:
        title = carried_title(document.enclosed)
    named = f"《{plain(title).translate(_INNER)}》" if title else ""
    known = f"{named}（{plain(number)}）" if named and number else named or plain(number)
    return known or nameless(record)


def carried_title(enclosed: EnclosedRecord) -> str:
    """The title of the carried text, without those who wrote it where it stands in marks: 国办函
    〔2026〕65号 forwards 生态环境部等部门《群众身边水体保护治理行动方案》.
    """
    quoted = _QUOTED.search(enclosed.title)
    return quoted[1] if quoted else enclosed.title


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
    """Where the text that the notice carries begins: at its title on lines of its own, else at the
    first article or 一、 after the hand and the day that sign the notice.
    """
    enclosed = record.document.enclosed
    if enclosed is None:
        return None
    heading = carried_heading(record)
    return heading.start if heading else _after_signature(record, _lines(record.text))


def carried_heading(record: Record) -> TextSpan | None:
    """The lines over the carried text that print its title."""
    enclosed = record.document.enclosed
    if enclosed is None:
        return None
    return _titled(record.text, _lines(record.text), _names_of(carried_title(enclosed)))


def begins_with_clause(record: Record) -> ClauseRecord | None:
    """The clause that opens the text that the notice carries, where that prints no title."""
    start = carried_at(record)
    return next((c for c in record.clauses if c.span[0] == start), None)


def _names_of(title: str) -> frozenset[str]:
    """The ways a carried text may print its title over itself, for comparison.

    The notice's title may name who wrote it and leave out a 的: 国办发〔1996〕32号 forwards
    国家教委关于…有关问题请示, printed 关于…有关问题的请示.
    """
    names = {title, title[max(title.find("关于"), 0) :]}
    return frozenset(map(_comparable, names))


def _titled(text: str, lines: Sequence[TextSpan], wanted: frozenset[str]) -> TextSpan | None:
    for first, line in enumerate(lines):
        said = ""
        for more in lines[first : first + _LINES_OF_A_TITLE]:
            said += _comparable(more.of(text))
            if said in wanted:
                return TextSpan(line.start, more.end)
            if not any(name.startswith(said) for name in wanted):
                break
    return None


def _after_signature(record: Record, lines: Iterable[TextSpan]) -> int | None:
    """The first clause behind a day on a line of its own that stands under prose; there the
    numbering must begin, or the clause is the notice's own.
    """
    prose = False
    for line in lines:
        words = line.of(record.text).strip()
        if prose and _DAY.match(words):
            behind = (c for c in record.clauses if c.span[0] > line.start)
            clause = min(behind, key=lambda c: (c.span[0], c.level), default=None)
            return clause.span[0] if clause and _OPENING.match(clause.path) else None
        prose = prose or words.endswith("。")
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


def _comparable(words: str) -> str:
    return re.sub(r"[\s《》的]", "", words)
