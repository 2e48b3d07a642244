"""Tells the notice from its annexes in a bundle of files, and in which order they belong.

Names decide, 附件1：申报表.docx, and where they say nothing the list of annexes in the notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.models import TextSpan
from corpus.readers.body import Body

_HAN = "一二三四五六七八九"
_NUMERAL = rf"\d{{1,2}}|[{_HAN}]?十[{_HAN}]?|[{_HAN}]"
#: 附件1：申报表, 附件 二 流程, 附表3, annex 2; a number before it only sorts: 02-附件1
_NAME = re.compile(
    rf"^(?:\d{{1,3}}[-._、 ]+)?(?:附\s*[件表录]|annex|attachment|appendix)\s*[（(]?\s*"
    rf"(?P<n>{_NUMERAL})?\s*[）)]?[-_.．、:：\s]*",
    re.IGNORECASE,
)
#: what file systems and portals add to a name: 申报表(1), 申报表 - 副本, 申报表20210924
_ADDED = re.compile(r"\s*(?:[（(]\d{1,2}[）)]|-?\s*副本|[-_]?20\d{6,12})$")
#: 附件 or 附件2：流程 at the top of an annex
_HEAD = re.compile(
    rf"附[ \u3000]*[件表录][ \u3000]*(?P<n>{_NUMERAL})?[ \u3000]*[：:.．]?[ \u3000]*"
)
_LISTED = re.compile(
    r"(?m)^[ \u3000\t-]*(?:附\s*件\s*[：:]\s*)?(?P<n>\d{1,2})\s*[.．、][ \t]*(?P<title>\S.*)"
)
_SIGNS = re.compile(r"[\s《》“”\"（）()：:、，,.．_-]+")
_SHORT_TITLE = 3
_FIRST_ITEM = re.compile(r"1\s*[.．、]")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a bundle: its path there, and what it says."""

    path: PurePosixPath
    body: Body


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex with the label it is printed under, 附件2, and its title ("" where unknown)."""

    label: str
    title: str
    file: File

    @property
    def heading(self) -> str:
        """The lines to print above it; its title only where its text does not begin with it."""
        top = self._words.lstrip()[:200]
        lines = top.split("\n")
        said = any(same_title("".join(lines[:count]), self.title) for count in (1, 2, 3))
        if self.title and not _own_head(self.file) and not said:
            return f"{self.label}\n{self.title}\n"
        # right above “1.” the word would look like the beginning of a list of annexes
        return f"{self.label}\n" * (2 if _FIRST_ITEM.match(top) else 1)

    @property
    def noise(self) -> tuple[TextSpan, ...]:
        """The noise of its text, with its own 附件, which the heading has said already."""
        own = _own_head(self.file)
        spans = self.file.body.noise
        return tuple(sorted([*spans, TextSpan(*own.span())])) if own else spans

    @property
    def _words(self) -> str:
        own = _own_head(self.file)
        return self.file.body.text[own.end() :] if own else self.file.body.visible


def _own_head(file: File) -> re.Match[str] | None:
    """The word 附件 at the top of a text, with its number."""
    text, at = file.body.text, 0
    marks = {span.start: span.end for span in file.body.noise}
    while at < len(text) and (at in marks or text[at].isspace()):
        at = marks.get(at, at + 1)
    return _HEAD.match(text, at)


def is_annex(path: PurePosixPath) -> bool:
    """Whether a file is named as an annex, or lies in a folder that is."""
    return any(_NAME.match(part) for part in (*path.parent.parts, path.stem.strip()))


def notice_of(files: Sequence[File]) -> File | None:
    """The notice: the longest text that is not named an annex, else the longest of all."""
    candidates = [file for file in files if not is_annex(file.path)] or files
    return max(candidates, key=lambda file: len(file.body.visible), default=None)


def ordered(notice: File, others: Sequence[File]) -> list[Annex]:
    """The other files as annexes of ``notice``, by number, those without one by name."""
    listed = dict(_listed(notice.body.visible))
    named = {file.path: _number(file) or _announced(file, listed) for file in others}
    free = iter(n for n in range(1, len(others) + 100) if n not in named.values())
    alone = len(others) == 1 and not any(named.values())
    numbers = {path: n or (0 if alone else next(free)) for path, n in named.items()}
    by_number = sorted(others, key=lambda file: (numbers[file.path], natural(file.path)))
    return [_annex(file, numbers[file.path], listed) for file in by_number]


def natural(path: PurePosixPath) -> tuple[tuple[int, int, str], ...]:
    """A key that puts 附件2 before 附件10."""
    pieces = re.findall(r"\d{1,9}|\D+|\d+", str(path).lower())
    return tuple((0, int(p), "") if p.isdecimal() and len(p) < 10 else (1, 0, p) for p in pieces)


def same_title(first: str, second: str) -> bool:
    """Whether two titles differ only in signs, or the shorter begins the other."""
    one, other = sorted((_SIGNS.sub("", first), _SIGNS.sub("", second)), key=len)
    return one == other or (len(one) >= _SHORT_TITLE and other.startswith(one))


def _number(file: File) -> int | None:
    """The number in its name, in that of its folder, or at the top of its text."""
    names = (file.path.stem.strip(), *reversed(file.path.parent.parts))
    found = [*(_NAME.match(name) for name in names), _own_head(file)]
    return next((_value(match["n"]) for match in found if match and match["n"]), None)


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (_HAN.find(tens) + 1 or 1) * 10 * bool(ten) + _HAN.find(ones) + 1 if ones or ten else 0


def _listed(text: str) -> Iterator[tuple[int, str]]:
    """The list of annexes below a notice: 附件：1.申报表 and the lines after it."""
    start = re.search(r"(?m)^[ \u3000\t-]*附\s*件\s*[：:]", text)
    expected = 1
    for match in _LISTED.finditer(text, start.start() if start else len(text)):
        if int(match["n"]) != expected:
            return
        yield expected, match["title"].strip()
        expected += 1


def _announced(file: File, listed: dict[int, str]) -> int | None:
    title = _bare(file)
    return next((n for n, name in listed.items() if same_title(name, title)), None)


def _annex(file: File, number: int, listed: dict[int, str]) -> Annex:
    return Annex(f"附件{number or ''}", _bare(file) or listed.get(number, ""), file)


def _bare(file: File) -> str:
    """The name of a file without what makes it an annex and what was added to it."""
    return _ADDED.sub("", _NAME.sub("", file.path.stem.strip())).strip()
