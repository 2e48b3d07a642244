"""Tells the lines of a notice that are no prose: issuing line, number, titles, signature and day.

As GB/T 9704-2012 sets them: the issuing line over the number, the title in the middle, hand and day
that sign it at the right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.models import TextSpan
from kb.schema import Record
from site_builder.wording.citing import carried_heading

_DAY = re.compile(
    r"[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What tells the lines of ``record`` apart; its first prose ends before ``signed``."""

    record: Record
    carried: TextSpan | None
    signed: int

    @classmethod
    def of(cls, record: Record) -> Head:
        """The head of a record."""
        prose = re.search(r"。[ \u3000]*$", record.text, re.MULTILINE)
        return cls(record, carried_heading(record), prose.end() if prose else len(record.text))

    def look(self, line: TextSpan) -> str:
        """``issuer``, ``number``, ``title``, ``signature``, or empty for prose."""
        document, words = self.record.document, _squeezed(line.of(self.record.text))
        if document.number and words == _squeezed(document.number):
            return "number"
        if self.carried and self.carried.holds(line):
            return "title"
        if line.start >= self.signed:
            signs = self._names_issuers(line) or _DAY.fullmatch(words)
            return "signature" if signs else ""
        if self._names_issuers(line):
            return "title" if self._opens_title(line) else "issuer"
        return "title" if len(words) > 1 and words in _squeezed(document.title or "") else ""

    def _names_issuers(self, line: TextSpan) -> bool:
        """Whether nothing but issuers stands in the line: 公安部 民政部; 国务院办公厅文件."""
        words = line.of(self.record.text).strip().removesuffix("文件")
        issuers = {_squeezed(issuer) for issuer in self.record.document.issuers}
        return _squeezed(words) in issuers or all(w in issuers for w in words.split() or [""])

    def _opens_title(self, line: TextSpan) -> bool:
        """Whether the title goes on behind: 广州市人民政府办公厅, and then 关于印发…."""
        text = self.record.text
        if line.of(text).strip().endswith("文件"):
            return False
        at = line.end + 1
        while at < len(text):
            until = text.find("\n", at)
            below = TextSpan(at, len(text) if until < 0 else until)
            if not self._names_issuers(below):
                return below.of(text).lstrip().startswith("关于")
            at = below.end + 1
        return False


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)
