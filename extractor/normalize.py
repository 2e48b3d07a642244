"""Heals what page and format did to a text: wraps, furniture, stray spaces, marks. Wording and
punctuation stay.

The result has one paragraph (or table row, cells parted by tabs) a line and no blank lines, and
every character of it knows its offset in the source. A tab stands before the pipe of a printed row.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from itertools import pairwise

from corpus.models import SourceText, TextSpan
from extractor import rows
from extractor.lines import MARKER, opens_something

#: soft hyphens, zero-width characters, byte order marks: no reader sees them
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")
#: line ends, and private-use glyphs that some portals print in their place (U+E004)
_BREAK = re.compile("[\n\r\v\f\u0085\u2028\u2029\ue000-\uf8ff]")
_BLANK = " \u3000\xa0\u2002-\u200a\u202f\u205f"
_PADDING = re.compile(f"[{_BLANK}]+")
#: two ideographic spaces open a paragraph where a page has lost its line breaks
_INDENT = re.compile("\u3000\u3000+")
_PAGE_NUMBER = re.compile(
    r"[—–\-－·‐]+\s*\d{1,4}\s*[—–\-－·‐]+|"
    r"第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_CJK_MARK = "，。；：、？！（）《》〈〉“”‘’〔〕【】"
#: spaces that typesetting put beside a digit or a mark: 5000 名, 〔2019〕 68 号, “ 人人持证
_TYPESET = re.compile(
    f"(?<=[{_HAN}{_CJK_MARK}])[{_BLANK}]+(?=[0-9A-Za-z{_CJK_MARK}%％])"
    f"|(?<=[0-9A-Za-z%％])[{_BLANK}]+(?=[{_HAN}{_CJK_MARK}])"
    f"|(?<=[{_CJK_MARK}])[{_BLANK}]+(?=[{_HAN}])"
)
#: 几 个 问 题 的 通 知: a title spaced letter by letter
_LETTER_SPACED = re.compile(f"(?:(?<![{_HAN}])|^)[{_HAN}](?:[{_BLANK}]+[{_HAN}](?![{_HAN}])){{3,}}")
_SENTENCE_END = tuple("。！？；：…!?;:")
_BODY_MARK = re.compile("[，。；：,;]")
#: …等服务。(省人社厅负责) ends a paragraph even at the margin
_CLOSED_BY_BRACKET = re.compile(r"[。；][（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]$")
_WHOLE_LINE = 400


@dataclass(frozen=True, slots=True)
class NormalText:
    """Healed text with the source offset of each of its characters.

    ``furniture`` counts the lines taken out as page numbers and the like.
    """

    text: str
    offsets: array[int]
    furniture: int

    def to_source(self, span: TextSpan) -> TextSpan:
        """Where the words at ``span`` stand in the source text."""
        if span.start == span.end:
            at = self.offsets[span.start] if span.start < len(self.offsets) else 0
            return TextSpan(at, at)
        return TextSpan(self.offsets[span.start], self.offsets[span.end - 1] + 1)


@dataclass(slots=True)
class _Line:
    text: str
    offsets: array[int]
    indented: bool
    after_blank: bool

    def without(self, pattern: re.Pattern[str], keep: str = "") -> _Line:
        """The line with each match of ``pattern`` cut to its first ``len(keep)`` characters."""
        matches = list(pattern.finditer(self.text))
        if not matches:
            return self
        text, offsets, last = [], array("I"), 0
        for match in matches:
            text += [self.text[last : match.start()], keep]
            offsets += self.offsets[last : match.start() + len(keep)]
            last = match.end()
        text.append(self.text[last:])
        offsets += self.offsets[last:]
        return _Line("".join(text), offsets, self.indented, self.after_blank)

    def as_row(self, cuts: tuple[rows.Cut, ...]) -> _Line:
        """The line with its cells parted by tabs; what is put in stands where it was cut."""
        text, offsets, last = [], array("I"), 0
        for cut in cuts:
            text += [self.text[last : cut.start], cut.put]
            offsets += self.offsets[last : cut.start]
            offsets.extend([self.offsets[min(cut.start, len(self.offsets) - 1)]] * len(cut.put[:1]))
            offsets.extend([self.offsets[max(cut.start, cut.end - 1)]] * len(cut.put[1:]))
            last = cut.end
        text.append(self.text[last:])
        offsets += self.offsets[last:]
        return _Line("".join(text), offsets, self.indented, self.after_blank)


def normalize(source: SourceText) -> NormalText:
    """Heal ``source``; the same source always gives the same text."""
    lines = list(_lines(source.text, source.noise))
    kept = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]
    healed = [_tidy(line) for line in _rows(kept)]
    furniture = len(lines) - len(kept) + source.furniture
    return _joined(healed, furniture, whole=source.reflowed)


def normalize_text(text: str) -> NormalText:
    """Heal free text that comes from no file."""
    lines = [_tidy(line) for line in _rows(list(_lines(text, ())))]
    return _joined(lines, 0)


def _rows(lines: list[_Line]) -> list[_Line]:
    """The lines with the cells of tables parted, and without the lines drawn between rows."""
    printed = [line for line in lines if not rows.is_rule(line.text)]
    cuts = rows.cuts([line.text for line in printed])
    as_rows = [line.as_row(cut) if cut else line for line, cut in zip(printed, cuts, strict=True)]
    return [line for line in as_rows if line.text]


def _lines(text: str, noise: tuple[TextSpan, ...]) -> list[_Line]:
    """Physical lines with their offsets, blank ones dropped but remembered."""
    cuts = sorted([(n.start, n.end) for n in noise] + [m.span() for m in _INVISIBLE.finditer(text)])
    ends = [m.start() for m in _BREAK.finditer(text)] + [len(text)]
    result: list[_Line] = []
    every = array("I", range(len(text)))
    start, blank, cut = 0, False, 0
    for end in ends:
        while cut < len(cuts) and cuts[cut][1] <= start:
            cut += 1
        offsets = _kept(every, start, end, cuts, cut)
        whole = len(offsets) == end - start
        printed = text[start:end] if whole else "".join(map(text.__getitem__, offsets))
        in_table = bool(result) and "\t" in result[-1].text
        for line in _split_at_indents(printed, offsets, blank, in_table):
            result.append(line)
            blank = False
        if not result or result[-1].offsets[0] < start:
            blank = True
        start = end + 1
    return result


def _kept(
    every: array[int], start: int, end: int, cuts: list[tuple[int, int]], first: int
) -> array[int]:
    """The offsets ``start..end`` out of ``every`` one, without those that are cut."""
    offsets, at = array("I"), start
    for index in range(first, len(cuts)):
        cut_start, cut_end = cuts[index]
        if cut_start >= end:
            break
        offsets += every[at : max(at, cut_start)]
        at = max(at, cut_end)
    offsets += every[at : max(at, end)]
    return offsets


def _split_at_indents(text: str, offsets: array[int], blank: bool, in_table: bool) -> list[_Line]:
    """A stripped line; several where a whole page came as one line with indents for breaks."""
    bounds = [0, len(text)]
    if len(text) > _WHOLE_LINE:
        inner = [m.start() for m in _INDENT.finditer(text) if m.start() > 0]
        bounds = [0, *inner, len(text)] if len(inner) >= 4 else bounds
    pieces = (_stripped(text, offsets, a, b, blank, in_table) for a, b in pairwise(bounds))
    return [piece for piece in pieces if piece is not None]


def _stripped(
    text: str, offsets: array[int], start: int, end: int, blank: bool, in_table: bool
) -> _Line | None:
    piece = text[start:end]
    # a tab that ends a line is a blank cell where the line above is a row
    row = "\t" in (piece.lstrip() if in_table else piece.strip())
    edge = " \u3000\xa0\u2003" if row else None
    left = len(piece) - len(piece.lstrip(edge))
    right = len(piece.rstrip(edge))
    if left >= right:
        return None
    indented = left >= 2 or piece[:1] == "\u3000"
    return _Line(piece[left:right], offsets[start + left : start + right], indented, blank)


def _tidy(line: _Line) -> _Line:
    if not _PADDING.search(line.text):
        return line
    spaced = _LETTER_SPACED.search(line.text)
    if spaced and len(spaced[0]) > 0.6 * len(line.text):
        return line.without(_PADDING)
    return line.without(_PADDING, keep=" ").without(_TYPESET)


def _joined(lines: list[_Line], furniture: int, *, whole: bool = False) -> NormalText:
    """Lines put together to paragraphs; as they are where each is ``whole`` already."""
    width = _wrap_width(lines)
    text: list[str] = []
    offsets = array("I")
    paragraph = ""
    for index, line in enumerate(lines):
        if index and (whole or not _continues(lines[index - 1], paragraph, line, width)):
            text.append("\n")
            offsets.append(lines[index - 1].offsets[-1] + 1)
            paragraph = ""
        elif (
            index
            and paragraph[-1:].isascii()
            and paragraph[-1:].isalpha()
            and line.text[0].isascii()
            and line.text[0].isalpha()
        ):
            text.append(" ")
            offsets.append(lines[index - 1].offsets[-1] + 1)
        text.append(line.text)
        offsets += line.offsets
        paragraph += line.text
    return NormalText("".join(text), offsets, furniture)


def _wrap_width(lines: list[_Line]) -> float | None:
    """The column at which the page broke its lines; None where a line is a paragraph."""
    widths = sorted(_width(line.text) for line in lines if "\t" not in line.text)
    if len(widths) < 8:
        return None
    margin = widths[int(len(widths) * 0.9)]
    near = sum(0.82 * margin <= width <= margin * 1.12 for width in widths)
    return margin if margin <= 60 and near >= 0.4 * len(widths) else None


def _width(text: str) -> float:
    # half-width are U+0000 to U+00FF, which is what Latin-1 can write
    return len(text) - 0.5 * len(text.encode("latin-1", "ignore"))


#: 联系人：王建军，联系电话：0971-6138729: who signs stands below it
_CONTACT_END = re.compile(r"(?:电话|传真|手机|邮箱)[：:\s]*[A-Za-z\d@._\-—]{7,30}$")


_SIGNS = re.compile(
    r"[\u4e00-\u9fff（）()]{2,30}(?:政府|委员会|办公[厅室]|[厅局委部院会]|中心|指挥部|领导小组)"
)


def _continues(before: _Line, paragraph: str, line: _Line, width: float | None) -> bool:
    """Whether ``line`` goes on with the paragraph that ``before`` ended by the page's margin
    only.
    """
    if "\t" in before.text or "\t" in line.text:
        return False
    if _open_bracket(paragraph, line.text):
        return True
    if opens_something(line.text) or line.indented:
        return False
    if paragraph.endswith(("）", ")")) and _CLOSED_BY_BRACKET.search(paragraph):
        return False
    if _CONTACT_END.search(before.text[-40:]) and _SIGNS.fullmatch(line.text):
        return False
    ended = before.text.endswith(_SENTENCE_END)
    if width is not None:
        return _width(before.text) >= 0.82 * width
    heading = MARKER.match(paragraph) and not _BODY_MARK.search(paragraph)
    long = len(paragraph) > 20 and _BODY_MARK.search(paragraph)
    closed = before.text.endswith(("）", ")", "”", "》"))
    listed = paragraph.startswith("附件")
    return bool(long) and not ended and not heading and not closed and not listed


_PAIRS = (("《", "》"), ("〔", "〕"), ("（", "）"), ("(", ")"))


def _open_bracket(paragraph: str, following: str) -> bool:
    """Whether the line break fell inside a bracket that the next line closes."""
    tail = paragraph[-120:]
    for opening, closing in _PAIRS:
        at = max(tail.rfind(opening), -1)
        if at >= 0 and tail.rfind(closing) < at:
            close = following.find(closing)
            reopened = following.find(opening)
            if close >= 0 and not 0 <= reopened < close:
                return True
    return False
