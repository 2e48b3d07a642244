"""How a clause is addressed: its path of printed numerals (二/(三)) and its ASCII anchor (s2-3).

Equal numerals give equal addresses, whatever brackets and marks they are printed with.
"""

from __future__ import annotations

import re

from corpus.models import TextSpan
from extractor.lines import BARE, DECIMAL, OPENING_WORDS, Marker, Style

_DECIMAL_STYLE = {depth: Style(f"decimal{depth}", 6, DECIMAL, "") for depth in range(1, 6)}


_HEADING_END = re.compile(r"[。；;]|(?<=[\u4e00-\u9fff）)])[:：]$")


def decimal(text: str, at: int) -> Marker | None:
    """The numeral 1.1 or 1.1.1 at ``at``, or a bare number at the head of a short line."""
    match = DECIMAL.match(text, at)
    if match:
        depth = match["n"].count(".")
        return Marker(
            _DECIMAL_STYLE[depth], int(match["n"].split(".")[-1]), match["n"], match.end()
        )
    match = BARE.match(text, at) if at == 0 and len(text) < 30 else None
    if match:
        style = Style("decimal", 6, BARE, "")
        return Marker(style, int(match["n"]), match["n"], match.end())
    return None


def is_reference(text: str, found: Marker) -> bool:
    """“第三条规定的…” at the head of a line speaks of an article and opens none."""
    following = text[found.end :].lstrip(" \u3000")
    if found.style.name in ("part", "chapter", "section", "article"):
        return following[:2] in ("规定", "所列", "第一", "第二", "第三", "第四") or following[
            :1
        ] in tuple("、和至或的")
    if following[:2] in OPENING_WORDS:
        return False
    return following[:1] in tuple("项款、") or not following


_LABEL_END = re.compile(r"[\s\u3000、．.]+$")


def path_label(mark: Marker) -> str:
    """The numeral as it stands in a path: 一, (三), 1, 第三条, 附件1."""
    if mark.style.name.startswith(("decimal", "circled")):
        return mark.label
    bare = _LABEL_END.sub("", mark.label)
    return bare.replace("（", "(").replace("）", ")").replace(" ", "")


def anchor(mark: Marker, above: str | None, parent: Style | None) -> str:
    """The ASCII address of a clause below ``above``: s2-3, ch2-art3-i1."""
    if mark.style.name.startswith("decimal"):
        own = "d" + mark.label.replace(".", "-")
        return own if above is None or parent is not None else f"{above}-{own}"
    letter = mark.style.anchor if mark.style.rank <= 4 else ""
    if not letter and (parent is None or parent.name == "article"):
        letter = "i"
    own = f"{letter}{mark.number}"
    return f"{above}-{own}" if above else own


def heading_span(text: str, start: int, end: int) -> TextSpan:
    """The first sentence of a clause, without its stop."""
    line_end = text.find("\n", start, end)
    stop = line_end if line_end >= 0 else end
    match = _HEADING_END.search(text, start, stop)
    return TextSpan(min(start, stop), match.start() if match else stop)
