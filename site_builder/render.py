"""Makes a page's HTML from its template and context.

Whatever a document says is escaped; a template that asks for what its context does not hold fails.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from site_builder.page import Page

TEMPLATE_FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates of the site."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATE_FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # data blocks: tojson escapes what could end one, and Chinese need not be escaped
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return made


def render(page: Page) -> bytes:
    """The page in UTF-8."""
    values = {field.name: getattr(page.context, field.name) for field in fields(page.context)}
    return environment().get_template(page.template).render(values).encode()
