"""Reads saved web pages and pieces of them: the notice, without the page around it.

Every line is a paragraph or a row of a table; what the portal says of the notice stands apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import EmptyDocument
from corpus.limits import USUAL, Limits
from corpus.readers.body import Body
from corpus.readers.html import main_text
from corpus.readers.html.lines import Line, read
from corpus.readers.html.markup import Markup, markup

_INDENT = "\u3000\u3000"
#: how a paragraph may end; a page that breaks lines at its margin breaks them anywhere
_ENDS = ("。", "；", "：", "！", "？", "”", "）", "》", ";", ":", ".", ")")
#: lines as long as the margin allows, in full characters; and how many tell a margin
_NARROWEST, _WIDEST, _ENOUGH = 12, 60, 8


def parse(data: bytes, where: str, _limits: Limits = USUAL) -> Body:
    """The notice in the page ``data``; raises ``NotText`` with ``where`` as the place."""
    return of_page(markup(data, where), where)


def of_page(page: Markup, where: str) -> Body:
    """The notice in ``page``."""
    shown = read(page.text, where)
    found = main_text.find(shown)
    if shown.pictures and not found.lines:
        what = f"the page shows no text, only pictures ({shown.pictures})"
        remedy = "Save the file that it links, or the text of the pictures."
        raise EmptyDocument(what, where=where, remedy=remedy)
    wrapped = _is_wrapped(found.lines)
    return Body(
        text="\n".join(_as_printed(found.lines) if wrapped else _paragraphs(found.lines)),
        encoding=page.encoding,
        portal=found.portal,
        findings=(*page.findings, *found.findings),
        furniture=found.furniture,
        reflowed=not wrapped,
    )


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether the page breaks its lines at a margin, in the middle of sentences."""
    widths = sorted(len(line.text) for line in lines if not line.row)
    margin = widths[len(widths) * 9 // 10] if len(widths) >= _ENOUGH else 0
    if not _NARROWEST <= margin <= _WIDEST:
        return False
    full = [line for line in lines if 0.85 * margin <= len(line.text) <= 1.15 * margin]
    open_ended = sum(not line.text.endswith(_ENDS) for line in full)
    return len(full) * 2 >= len(widths) and open_ended * 2 >= len(full)


def _as_printed(lines: Sequence[Line]) -> list[str]:
    return [_INDENT + line.text if line.indented else line.text for line in lines]


def _paragraphs(lines: Sequence[Line]) -> list[str]:
    """One line a paragraph: a line break after a comma ends none."""
    result: list[str] = []
    runs_on = False
    for line in lines:
        if runs_on:
            result[-1] += line.text
        else:
            result.append(line.text)
        runs_on = line.broken and line.text.endswith(("，", "、"))
    return result
