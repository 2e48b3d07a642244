"""Hostile words stay words: scripts, templates, addresses, marks of writing direction."""

from __future__ import annotations

import re

import pytest
import site_samples as samples
from markupsafe import Markup

from kb.schema import Record
from site_builder.render import environment, isolated, render


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("补贴800元", "补贴800元"),
        ("甲\u202e乙", "\u2068甲\u202e乙\u202c\u2069"),
        ("甲\u202e乙\u202c丙", "\u2068甲\u202e乙\u202c丙\u2069"),
        ("\u2067甲\u202b乙", "\u2068\u2067甲\u202b乙\u202c\u2069\u2069"),
        # what closes nothing of its own would close what the page has opened
        ("甲\u2069\u202c乙", "\u2068甲乙\u2069"),
        ("甲\u200f", "\u2068甲\u200f\u2069"),
    ],
)
def test_what_turns_the_direction_of_writing_is_closed_off(words: str, shown: str) -> None:
    assert isolated(words) == shown


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a<b>&\"'", "a&lt;b&gt;&amp;&#34;&#39;"),
        (Markup("<b>"), "<b>"),
        (800, "800"),
        (None, "None"),
        ("甲\u202e<乙", "\u2068甲\u202e&lt;乙\u202c\u2069"),
    ],
)
def test_a_value_is_written_as_jinja_would_but_for_its_direction(
    value: object, written: str
) -> None:
    template = "<p>{{ value }}</p>{% macro again(x) %}{{ x }}{% endmacro %}{{ again(value) }}"
    page = environment().from_string(template).render(value=value)
    assert page == f"<p>{written}</p>{written}"


ATTACKS = (
    "<script>alert(1)</script>",
    "{{ 7 * 191 }}{% raw %}",
    "javascript:alert(1)",
    "翻\u202e转",
    "'\"><img src=x onerror=alert(1)>",
)


def attacked(words: str) -> Record:
    """A notice that says nothing but ``words``, wherever it says something."""
    text = f"{words}\n一、{words}。\n{words}"
    start, quoted = text.index("一、"), samples.quoted(text, words)
    facts = {"item": words, "min": 1, "payee": words, "conditions": (words,)}
    rules = [
        samples.rule(text, "x", "s1", "amount", "一", words, nth=1, **facts),
        samples.rule(text, "x", "s1", "department", "一", words, nth=2, name=words, duty=words),
    ]
    return Record.model_validate(
        {
            "document": samples.document(
                "x",
                text,
                number=words,
                title=words,
                issuers=(words,),
                portal={words: words},
                contacts=({"department": words, "phone": words},),
                enclosed={"title": words},
            ),
            "text": text,
            "validity": {
                "statements": [{"clause": "一", **quoted, "effective_from": "2021-07-01"}]
            },
            "clauses": [samples.clause("一", "s1", 1, words, start, len(text))],
            "rules": rules,
            "citations": [
                {
                    "clause": "一",
                    **samples.quoted(text, words),
                    "relation": "repeals",
                    "title": words,
                }
            ],
            "findings": [{"severity": "error", "code": "x", "message": words, "quote": words}],
        }
    )


@pytest.mark.parametrize("words", ATTACKS)
def test_hostile_words_are_text_on_every_page(words: str) -> None:
    for page in samples.made_pages(samples.base(samples.training(), attacked(words))):
        html = render(page).decode()
        assert "<script>" not in html, page.path
        assert "<img" not in html, page.path
        assert "1337" not in html, page.path
        assert not re.search(r'(?:href|src|action)="\s*javascript:', html), page.path
        openings, closings = (
            len(re.findall("[\u202a\u202b\u202d\u202e]", html)),
            html.count("\u202c"),
        )
        assert openings == closings, page.path
        assert html.count("\u2068") == html.count("\u2069"), page.path
