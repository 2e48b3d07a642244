"""Gives a text the title that its page prints above it, once.

Only what reads as the title of a notice is taken, never a headline or the name of a site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.readers.html.kinds import Kind, is_title, kind
from corpus.readers.html.lines import Line

_ABOUT = re.compile("关于|印发|转发|批转")
_NAMED = re.compile(r"title|(?:^|[\s_-])(?:tit|bt|biaoti)(?=$|[\s_\d-])", re.IGNORECASE)
_SITE = re.compile(r"[-_|—–]")
_MARKS = re.compile(r"[\W_]+")
#: the head of a text has no more lines, its title no more parts
_HEAD, _PARTS = 12, 4
_LONGEST = 200


def titled(text: Sequence[Line], above: Sequence[Line], titles: Sequence[str]) -> tuple[Line, ...]:
    """``text`` under its title: its own, else one of ``above``, else what the page calls itself."""
    lines = _without_echo(text)
    if not lines or _has_title(_head(lines)):
        return lines
    told = _bare("".join(line.text for line in lines[:_HEAD]))
    for candidate in _candidates(above, titles):
        about = _ABOUT.search(candidate)
        if _bare(candidate[about.start() :] if about else candidate) in told:
            return lines
        return (Line(candidate, lines[0].within), *lines)
    return lines


def _without_echo(text: Sequence[Line]) -> tuple[Line, ...]:
    """Without a headline that the head of the text prints again."""
    lines = tuple(text)
    while lines and is_title(lines[0].text):
        rest = _bare("".join(line.text for line in _head(lines[1:])))
        if _bare(lines[0].text) not in rest:
            break
        lines = lines[1:]
    return lines


def _head(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines before the addressees or the first sentence."""
    for at, line in enumerate(lines[:_HEAD]):
        if kind(line) is Kind.PROSE or line.text.endswith(("：", ":")) or line.row:
            return lines[:at]
    return lines[:_HEAD]


def _has_title(head: Sequence[Line]) -> bool:
    joined = ("".join(x.text for x in head[a : a + n]) for a in range(len(head)) for n in _parts())
    return any(_ABOUT.search(words) and is_title(words) for words in joined)


def _parts() -> range:
    return range(1, _PARTS + 1)


def _candidates(above: Sequence[Line], titles: Sequence[str]) -> Iterator[str]:
    headings = (x for x in reversed(above) if x.heading or _NAMED.search(x.within.names))
    for words in (*(x.text for x in headings if x.linked < 0.5), *titles):
        # 关于印发…的通知_政府信息公开_文水县人民政府
        ends = [match.start() for match in _SITE.finditer(words[:_LONGEST])]
        starts = (words[:end].strip() for end in (len(words), *reversed(ends)))
        yield from (start for start in starts if is_title(start))


def _bare(words: str) -> str:
    """``words`` without marks: 《办法》 or 办法."""
    return _MARKS.sub("", words)
