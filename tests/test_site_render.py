"""Templates and contexts fit each other exactly, and nothing a document says becomes markup."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from typing import Any, get_args, get_type_hints

import pytest
import site_samples as samples
from jinja2 import UndefinedError, meta, nodes

from kb.models import KnowledgeBase
from site_builder.building.contents import TEMPLATES
from site_builder.page import Page
from site_builder.render import TEMPLATE_FOLDER, environment, render

#: not pages: what pages extend and import
SHARED = {"base.html", "parts.html", "lists.html", "measure_parts.html"}


def parsed(name: str) -> nodes.Template:
    return environment().parse((TEMPLATE_FOLDER / name).read_text("utf-8"))


def with_referenced(name: str) -> set[str]:
    found = {name}
    for other in meta.find_referenced_templates(parsed(name)):
        assert other is not None, f"{name} computes the name of a template"
        found |= with_referenced(other)
    return found


def defined(template: nodes.Template) -> set[str]:
    """What a template makes itself: imports and macros, which blocks do not see."""
    imports = {node.target for node in template.find_all(nodes.Import)}
    return imports | {node.name for node in template.find_all(nodes.Macro)}


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_a_template_uses_exactly_the_fields_of_its_context(template: str) -> None:
    used = {
        key
        for name in with_referenced(template)
        for key in meta.find_undeclared_variables(parsed(name)) - defined(parsed(name))
    }
    assert used == {field.name for field in fields(TEMPLATES[template])}


def test_every_template_has_a_context_and_every_context_a_template() -> None:
    assert {path.name for path in TEMPLATE_FOLDER.iterdir()} == set(TEMPLATES) | SHARED


def nested(kind: Any) -> set[type]:
    """The dataclasses that a type is made of."""
    inside = {found for argument in get_args(kind) for found in nested(argument)}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        inside |= {kind} | {found for hint in hints.values() for found in nested(hint)}
    return inside


def test_every_field_inside_a_context_is_shown_somewhere() -> None:
    inner = {found for context in TEMPLATES.values() for found in nested(context)}
    inner -= set(TEMPLATES.values())
    shown = {
        node.attr for name in (*TEMPLATES, *SHARED) for node in parsed(name).find_all(nodes.Getattr)
    }
    unused = {
        f"{kind.__name__}.{field.name}"
        for kind in inner
        for field in fields(kind)
        if field.name not in shown
    }
    assert unused == set()


def made(base: KnowledgeBase) -> dict[str, str]:
    found = samples.made_pages(KnowledgeBase.of((*base.records, samples.served())))
    assert {page.template for page in found} == set(TEMPLATES)
    return {page.path: render(page).decode() for page in found}


class Markup(HTMLParser):
    """Collects what a browser would run: scripts, event handlers, addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        names = dict(attrs)
        self.handlers += [name for name in names if name.startswith("on") or name == "style"]
        # a type that is no script's makes a data block, which no browser runs
        if tag == "script" and "src" not in names and names.get("type") != "application/ld+json":
            self.inline.append(tag)


def test_words_of_a_document_never_become_markup() -> None:
    for path, html in made(samples.base(samples.training(), samples.hostile())).items():
        markup = Markup(html)
        assert "img" not in markup.tags, path
        assert not markup.handlers, path
        assert not markup.inline, path
        # the lines and boxes of a picture have titles, too
        assert markup.tags[: markup.tags.index("body")].count("title") == 1, path
        assert "svg" in markup.tags or markup.tags.count("title") == 1, path


def test_hostile_words_are_shown_as_they_are() -> None:
    html = made(samples.base(samples.training(), samples.hostile()))
    documents = html["documents.html"]
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in documents
    assert "<script>alert" not in "".join(html.values())


def test_pages_carry_no_inline_scripts_or_styles_and_load_nothing_from_elsewhere() -> None:
    for path, html in made(samples.base()).items():
        assert "<style" not in html, path
        assert not re.search(r"\sstyle=", html), path
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in html, path
        assert not re.search(r'(src|href)="(https?:)?//', html), path


def test_ids_on_a_page_are_unique() -> None:
    for path, html in made(samples.base()).items():
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), path


class Words(HTMLParser):
    """The text of the passages of a document page, block by block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.depth, self.inside, self.skipped = 0, 0, 0
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("link", "meta", "input"):
            return
        self.depth += 1
        kind = dict(attrs).get("class") or ""
        if kind == "words":
            self.inside = self.depth
        if kind == "permalink":
            self.skipped = self.depth

    def handle_endtag(self, tag: str) -> None:
        self.inside = 0 if self.depth == self.inside else self.inside
        self.skipped = 0 if self.depth == self.skipped else self.skipped
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipped:
            self.text.append(data)


def test_a_document_page_shows_its_text_word_for_word() -> None:
    html = made(samples.base())
    for record in samples.base().records:
        shown = "".join(Words(html[f"documents/{record.document.id}.html"]).text)
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", record.text)


def test_a_context_without_a_field_fails_loudly() -> None:
    search = next(p for p in samples.made_pages() if p.template == "search.html")
    with pytest.raises(UndefinedError, match="'figures' is undefined"):
        render(Page("index.html", "home.html", search.context))
