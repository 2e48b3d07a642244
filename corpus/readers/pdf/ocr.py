"""Reads words off the picture of a page, by the tesseract program and its data for Chinese.

What is read carries how sure the program is of it; what is hardly sure is left out.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from corpus.errors import NeedsOcr
from corpus.readers.pdf.glyphs import Glyph

#: dots per inch that tesseract is trained for
DOTS = 300
_NUMBERS = ("left", "top", "width", "height", "conf")
_LANGUAGE = "chi_sim"
_INSTALL = "Install tesseract and its chi_sim data (Debian: tesseract-ocr, tesseract-ocr-chi-sim)."
#: lines read with less confidence, of 100, are pictures and stains
_LEAST = 40.0
#: lines whose size differs from the usual by less than this share are set in one size
_ONE_SIZE = 0.3
_HAN = "\u3400-\u9fff"
#: between Chinese characters tesseract prints marks as Latin ones
_WIDE = str.maketrans("(),:;?!", "（），：；？！")
#: brackets that tesseract mistakes: 【2020]2号, 《一）总体要求
_YEAR = re.compile(r"[（(【\[〔《]((?:19|20)\d\d)[）)】\]〕》](?=第?\d+号)")
_NUMERAL = re.compile(r"^[《〈(（]([一二三四五六七八九十]{1,3})[》〉)）]")
_NARROW = re.compile(rf"(?<=[{_HAN}”》）】〕])[(),:;?!]|[(),:;?!](?=[{_HAN}“《（【〔])")


@dataclass(frozen=True, slots=True)
class Recognised:
    """Glyphs in points from the upper left corner, and how sure of them tesseract is, of 100."""

    glyphs: tuple[Glyph, ...]
    confidence: float

    @property
    def text(self) -> str:
        """What has been read, without blanks."""
        return "".join(glyph.text for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its box in dots and its confidence."""

    line: tuple[str, ...]
    text: str
    left: float
    top: float
    width: float
    height: float
    confidence: float

    @property
    def weight(self) -> int:
        return len(self.text)


def recognise(picture: Any, where: str) -> Recognised:
    """What stands on ``picture``, a page of ``DOTS`` per inch as ``PIL`` has it.

    Raises ``NeedsOcr`` where tesseract or its data are not installed.
    """
    buffer = io.BytesIO()
    picture.save(buffer, "PPM")
    words = [word for line in _lines(_words(_tesseract(buffer.getvalue(), where))) for word in line]
    weight = sum(word.weight for word in words)
    sure = sum(word.confidence * word.weight for word in words) / weight if weight else 0.0
    return Recognised(tuple(_glyphs(words)), sure)


def _tesseract(picture: bytes, where: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise NeedsOcr("tesseract is not installed", where=where, remedy=_INSTALL)
    arguments = [program, "stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(DOTS), "tsv"]
    # its threads wait for each other longer than they work
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(arguments, input=picture, capture_output=True, env=alone, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        what = f"tesseract stops: {said[-1] if said else done.returncode}"
        raise NeedsOcr(what, where=where, remedy=_INSTALL)
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> Iterator[_Word]:
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        text = (row["text"] or "").strip()
        if row["level"] == "5" and text:
            line = (row["block_num"], row["par_num"], row["line_num"])
            left, top, width, height, sure = (float(row[key]) for key in _NUMBERS)
            yield _Word(line, text, left, top, width, height, sure)


def _lines(words: Iterable[_Word]) -> Iterator[Sequence[_Word]]:
    """The words line by line, without lines that are hardly legible."""
    lines: dict[tuple[str, ...], list[_Word]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    for line in lines.values():
        weight = sum(word.weight for word in line)
        if sum(word.confidence * word.weight for word in line) >= _LEAST * weight:
            yield line


def _glyphs(words: Sequence[_Word]) -> Iterator[Glyph]:
    """A glyph for each character, as high as the font of its line."""
    lines: dict[tuple[str, ...], list[_Word]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    sizes = {line: _size(inside) for line, inside in lines.items()}
    usual = median(sizes.values()) if sizes else 0.0
    for line, inside in lines.items():
        alike = abs(sizes[line] - usual) < _ONE_SIZE * usual
        middle = median(word.top + word.height / 2 for word in inside)
        high = usual if alike else sizes[line]
        text = _widened([word.text for word in inside])
        for word, characters in zip(_side_by_side(inside), text, strict=True):
            yield from _spread(characters, word, middle - high / 2, middle + high / 2)


def _side_by_side(words: Sequence[_Word]) -> Iterator[_Word]:
    """The words of a line in its order; boxes that tesseract lets overlap are cut."""
    end = 0.0
    for word, following in zip(words, (*words[1:], None), strict=True):
        left = max(word.left, end)
        right = max(word.left + word.width, left + 1)
        if following is not None and left < following.left < right:
            right = following.left
        yield replace(word, left=left, width=right - left)
        end = right


def _size(words: Sequence[_Word]) -> float:
    """The font size of a line: a character's share of its width; marks make it look higher."""
    high = max(w.top + w.height for w in words) - min(w.top for w in words)
    wide = max(w.left + w.width for w in words) - min(w.left for w in words)
    return min(high, wide / sum(map(_share, "".join(w.text for w in words))))


def _share(character: str) -> float:
    """How wide it is, in sizes of the font."""
    return 0.5 if character < "\u0250" else 1.0


def _widened(words: Sequence[str]) -> list[str]:
    """The words of a line with the marks that Chinese print has in their places."""
    line = _NARROW.sub(lambda match: match[0].translate(_WIDE), "".join(words))
    line = _NUMERAL.sub(r"（\1）", _YEAR.sub(r"〔\1〕", line))
    pieces, start = [], 0
    for word in words:
        pieces.append(line[start : start + len(word)])
        start += len(word)
    return pieces


def _spread(characters: str, word: _Word, top: float, bottom: float) -> Iterator[Glyph]:
    scale = 72 / DOTS
    unit, x = word.width / sum(map(_share, characters)), word.left
    for character in characters:
        end = x + unit * _share(character)
        yield Glyph(character, x * scale, end * scale, top * scale, bottom * scale)
        x = end
