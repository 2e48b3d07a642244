"""Makes a page's HTML from its template and context.

Whatever a document says is escaped, and cannot turn the direction of writing around it; a template
that asks for what its context does not hold fails.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import markupsafe
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.compiler import CodeGenerator

from site_builder.page import Page

_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
#: what opens a stretch of another direction (UAX #9), and what closes it
_CLOSES = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
TEMPLATE_FOLDER = Path(__file__).parent / "templates"


class _Writing(CodeGenerator):
    """Lets every value of a template be written by ``written``.

    Jinja makes a Markup of each, which took a third of the time of all pages.
    """

    def _output_child_pre(self, *_: Any) -> None:
        self.write("environment.written(")

    def _output_child_post(self, *_: Any) -> None:
        self.write(")")


class _Environment(Environment):
    code_generator_class = _Writing

    @staticmethod
    def written(value: object) -> str:
        """``value`` as it stands in a page: escaped, unless it is mark-up already."""
        if type(value) is str:
            words = escape(isolated(value), quote=False)
            return words.replace('"', "&#34;").replace("'", "&#39;")
        return str(markupsafe.escape(value))


@cache
def environment() -> Environment:
    """The templates of the site."""
    made = _Environment(
        loader=FileSystemLoader(TEMPLATE_FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    # data blocks: tojson escapes what could end one
    made.policies["json.dumps_function"] = _json
    return made


def _json(value: object, **_: object) -> str:
    """JSON in which Chinese is not escaped, and marks of writing direction are."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _DIRECTION.sub(lambda mark: f"\\u{ord(mark[0]):04x}", plain)


def isolated(words: str) -> str:
    """Words that hold marks of writing direction, closed off against the page around them.

    A name that ends in an open U+202E would turn the rest of its line: 800元 would read 元008.
    """
    # most words hold none, and this is asked a thousand times a page
    if words.isascii() or not _DIRECTION.search(words):
        return words
    return f"\u2068{_closed(words)}\u2069"


def _closed(words: str) -> str:
    """``words`` without closing marks that nothing opened, and with those that are missing."""
    said, opened = [], []
    for character in words:
        if character in _CLOSES:
            opened.append(_CLOSES[character])
        elif character in _CLOSES.values():
            if opened[-1:] != [character]:
                continue
            opened.pop()
        said.append(character)
    return "".join([*said, *reversed(opened)])


def render(page: Page) -> bytes:
    """The page in UTF-8."""
    values = {field.name: getattr(page.context, field.name) for field in fields(page.context)}
    return environment().get_template(page.template).render(values).encode()
