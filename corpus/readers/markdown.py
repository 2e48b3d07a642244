"""Reads Markdown: which marks are the format's and which characters are the notice's.

The text keeps its length and its words: marks become noise, and a tab parts the cells of a table,
before the pipe or in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from corpus.limits import USUAL, Limits
from corpus.models import TextSpan
from corpus.readers.body import Body
from corpus.readers.encoding import decode
from corpus.readers.text import unprinted

# stands for a character that is noise, or that a backslash has made literal; no rule matches it
_MASK = "\x1a"
_NOT_AFTER_OPENING = r"\s，。、；：！？）”’》〉」』】〕…*_"
_NOT_BEFORE_CLOSING = r"\s（“‘《〈「『【〔*_"
# neither a blank line nor the next mark, so that a file of opening marks alone is read once
_IN_BOLD = r"(?:[^*\n]|\*(?!\*)|\n(?![ \t]*\n))+?"
_IN_STRONG = r"(?:[^_\n]|_(?!_)|\n(?![ \t]*\n))+?"
_TAGS = "a|b|br|center|div|em|font|hr|i|img|p|s|span|strong|sub|sup|table|tbody|td|th|thead|tr|u"

Rule = tuple[re.Pattern[str], tuple[str | int, ...]]


def _rule(pattern: str, *noise: str | int, flags: int = 0) -> Rule:
    return re.compile(pattern, flags | re.MULTILINE), noise or (0,)


#: a pattern, and which of its groups are noise; each sees what the rows above it have left
_RULES: tuple[Rule, ...] = (
    # front matter of a site generator
    _rule(r"\A---\n(?:[A-Za-z_][\w-]*:.*\n|[ \t]+.*\n|- .*\n)+---[ \t]*(?:\n|\Z)"),
    _rule(r"<!--(?:(?!<!--|-->).)*-->", flags=re.DOTALL),
    _rule(r"^[ ]{0,3}(?:```|~~~).*$"),
    # a line of marks: a rule, or the underline of a heading
    _rule(r"^[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*)$"),
    _rule(r"^(?:[ ]{0,3}>[ ]?)+"),
    _rule(
        r"^(?P<open>[ ]{0,3}#{1,6}(?!#)[ \t]*).*?(?P<close>[ \t]{1,4}#{1,6}[ \t]{0,4})?$",
        "open",
        "close",
    ),
    # "- 9 -" is a page number, not an entry of a list
    _rule(r"^[ \t]*(?P<bullet>[-*][ \t]+)(?!\d+[ \t]*[-—–][ \t]*$)(?=\S)", "bullet"),
    _rule(r"!\[[^\]\n]*\]\([^()\s]*\)"),
    # an address is ASCII: 山西[2019](通知) is no link
    _rule(r"(?P<open>\[)[^\[\]\n]+(?P<close>\]\([!-'*-~]+(?: \"[^\"\n]*\")?\))", "open", "close"),
    _rule(r"(?P<open><)(?:https?|ftp|mailto):[^<>\s]+(?P<close>>)", "open", "close"),
    _rule(r"(?P<open><)[\w.+-]+@[\w.-]+(?P<close>>)", "open", "close"),
    _rule(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", flags=re.IGNORECASE),
    _rule(r"&(?:nbsp|emsp|ensp|zwnj);"),
    _rule(r"&(?P<rest>amp;)", "rest"),
    _rule(r"(?P<open>`++)[^`\n]+(?P<close>`++)", "open", "close"),
    # converters leave a space inside the marks of a heading: **（一） **
    _rule(r"^[ \t]*(?P<open>\*\*)[ \t]*[^*\s][^*\n]*(?P<close>\*\*)", "open", "close"),
    # 张**、李** are names made unreadable, not bold: hence what may not stand at the marks
    _rule(
        rf"(?<!\*)(?P<open>\*\*\*?)(?![{_NOT_AFTER_OPENING}]){_IN_BOLD}"
        rf"(?<![{_NOT_BEFORE_CLOSING}])(?P<close>\*\*\*?)(?!\*)",
        "open",
        "close",
        flags=re.DOTALL,
    ),
    # __年__月 is a blank to be filled in
    _rule(
        rf"(?<![\w])(?P<open>__)(?![{_NOT_AFTER_OPENING}]){_IN_STRONG}"
        rf"(?<![{_NOT_BEFORE_CLOSING}])(?P<close>__)(?![\w])",
        "open",
        "close",
        flags=re.DOTALL,
    ),
    _rule(
        rf"(?<![*\w])(?P<open>\*)(?![{_NOT_AFTER_OPENING}])[^*\n]+"
        rf"(?<![{_NOT_BEFORE_CLOSING}])(?P<close>\*)(?![*\w])",
        "open",
        "close",
    ),
)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_DELIMITER = re.compile(r"\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?")


def parse(data: bytes, where: str, _limits: Limits = USUAL) -> Body:
    """The text of ``data``; raises ``NotText`` with ``where`` as the place."""
    decoded = decode(data, where=where)
    text, noise = mark(decoded.text)
    return Body(text, decoded.encoding, noise)


def mark(text: str) -> tuple[str, tuple[TextSpan, ...]]:
    """The same text with tabs between table cells, and the stretches that are marks."""
    page = _Page(text)
    page.drop(unprinted(text))
    page.take_escapes()
    for pattern, groups in _RULES:
        page.drop(_matches(pattern, groups, page.masked))
    for lines in _tables(page.masked):
        page.take_table(lines)
    return page.text, page.noise


def _matches(pattern: re.Pattern[str], groups: Iterable[str | int], text: str) -> list[TextSpan]:
    spans = (match.span(group) for match in pattern.finditer(text) for group in groups)
    return [TextSpan(*span) for span in spans if span[0] >= 0]


class _Page:
    """The text while its marks are found: as it will be, as the rules see it, and what is noise."""

    def __init__(self, text: str) -> None:
        self._text, self._seen, self._dropped = list(text), list(text), bytearray(len(text))

    @property
    def text(self) -> str:
        return "".join(self._text)

    @property
    def masked(self) -> str:
        return "".join(self._seen)

    @property
    def noise(self) -> tuple[TextSpan, ...]:
        runs = re.finditer(rb"\x01+", self._dropped)
        return tuple(TextSpan(*run.span()) for run in runs)

    def drop(self, spans: Iterable[TextSpan]) -> None:
        for span in spans:
            for at in range(span.start, span.end):
                self._dropped[at] = 1
                # newlines stay, so that the rules still see where lines begin
                self._seen[at] = "\n" if self._seen[at] == "\n" else _MASK

    def take_escapes(self) -> None:
        for match in _ESCAPE.finditer(self.text):
            if self._seen[match.start()] != _MASK:
                self.drop([TextSpan(*match.span())])
                self._seen[match.end()] = _MASK

    def take_table(self, lines: list[TextSpan]) -> None:
        heading, delimiter, *rows = lines
        self.drop([TextSpan(delimiter.start, min(delimiter.end + 1, len(self._text)))])
        for line in (heading, *rows):
            self._take_row(line)

    def _take_row(self, line: TextSpan) -> None:
        row = "".join(self._seen[line.start : line.end])
        first, last = len(row) - len(row.lstrip(" \t")), len(row.rstrip(" \t")) - 1
        for at in (match.start() for match in re.finditer(r"\|", row)):
            self._take_pipe(line, line.start + at, outer=at in (first, last))

    def _take_pipe(self, line: TextSpan, pipe: int, *, outer: bool) -> None:
        start, end = pipe, pipe + 1
        while start > line.start and self._seen[start - 1] in " \t":
            start -= 1
        while end < line.end and self._seen[end] in " \t":
            end += 1
        self.drop([TextSpan(start, end)])
        if outer:
            return
        # a pipe with room before it stays behind its tab, so that the row reads as it is printed
        shared = pipe > line.start and self._dropped[pipe - 1] and self._text[pipe - 1] in " \t"
        roomy = start < pipe or shared
        at = pipe - 1 if roomy else pipe
        self._text[at], self._dropped[at] = "\t", 0
        self._dropped[pipe] = 0


def _tables(text: str) -> Iterator[list[TextSpan]]:
    """The lines of every table of pipes: heading, delimiter, rows."""
    lines = [TextSpan(*match.span()) for match in re.finditer(r"(?m)^.*$", text)]
    at = 1
    while at < len(lines):
        rows: list[TextSpan] = []
        if _DELIMITER.fullmatch(lines[at].of(text).strip()) and "|" in lines[at - 1].of(text):
            rows = list(takewhile(lambda line: "|" in line.of(text), islice(lines, at + 1, None)))
            yield [lines[at - 1], lines[at], *rows]
        at += len(rows) + 1
