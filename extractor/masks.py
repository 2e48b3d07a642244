"""Where digits are no quantities: document numbers, titles, phones, addresses, identity codes,
references.

A reader of quantities skips these stretches; two thirds of false hits of general number taggers
stand in them.
"""

from __future__ import annotations

from corpus import numbering
from corpus.models import TextSpan
from extractor.scanning import scanner

_MASKS = scanner(
    r"A-Za-z\d_.+\-第附《令农（(",
    r"https?://[^\s，。；）)》]+|www\.[\w./-]+|(?<![\w.+-])"
    r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)"
    r"|(?<!\d)0\d{2,3}[-—－–]\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|"
    r"(?<!\d)\d{15,18}[Xx]?(?!\d)|\d{3}\*{3,}\d+"
    r"|(?<![\d.])\d{7,8}(?=[，。；、）)\s]|$)(?<!元)"
    r"|第\s*[\d一二三四五六七八九十百零〇]+\s*(?:条|款|项|章|节|号|届|次|批|期|位|类|名|轮|"
    r"代|个(?!月|工作日|百分点))"
    r"|附\s*[件表]\s*[\d一二三四五六七八九十]+|[VvGg][\d.]+|(?<!\d)\d+G(?![A-Za-z])|1\s*\+\s*X"
    r"|《[^《》]*(?:《[^《》]*》[^《》]*)*》"
    r"|(?:19|20)\d{2}\s*年?版(?!权)"
    # 农历二月初一 is another calendar's day
    r"|农历[正一二三四五六七八九十冬腊]{1,2}月(?:[初廿]?[一二三四五六七八九十]{1,2})?"
    r"|令\s*第\s*\d+\s*号|[（(](?:GB|DB|ISO)[^）)]*[）)]|\bGB/?T?\s*[\d-]+",
)


def masks(text: str) -> list[TextSpan]:
    """Stretches of ``text`` that hold no quantity, in order, not overlapping."""
    spans = [TextSpan(*m.span()) for m in _MASKS.finditer(text)]
    spans += [span for span, _ in numbering.find(text)]
    merged: list[TextSpan] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = TextSpan(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def blanked(text: str) -> str:
    """``text`` with every masked stretch replaced by as many neutral characters."""
    hidden = masks(text)
    if not hidden:
        return text
    pieces, at = [], 0
    for span in hidden:
        pieces += [text[at : span.start], "\x00" * (span.end - span.start)]
        at = span.end
    return "".join([*pieces, text[at:]])
