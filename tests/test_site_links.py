"""The link checker finds what is dead and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import site_samples as samples

from site_builder.building.links import check_folder, dead_links
from site_builder.building.write import build_site

INDEX = "index.html"


def page(body: str) -> bytes:
    return f"<!doctype html><title>x</title>{body}".encode()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<a href="gone.html">', "no such file"),
        ('<a href="documents/a.html#s9">', "no such anchor"),
        ('<a href="#nowhere">', "no such anchor"),
        ('<script src="static/gone.js"></script>', "no such file"),
        ('<form action="gone.html">', "no such file"),
        ('<link rel="stylesheet" href="https://cdn.example/x.css">', "loaded from elsewhere"),
        ('<script src="//cdn.example/x.js"></script>', "loaded from elsewhere"),
        ('<a href="/documents/a.html">', "not relative"),
        ('<a href="javascript:alert(1)">', "unknown scheme 'javascript'"),
    ],
)
def test_dead_links_are_found(body: str, reason: str) -> None:
    files = {INDEX: page(body), "documents/a.html": page('<p id="s1">')}
    assert [(dead.page, dead.reason) for dead in dead_links(files)] == [(INDEX, reason)]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="documents/a.html#s1">',
        '<a href="documents/a%20b.html#s%221">',
        '<p id="x"><a href="#x">',
        '<a href="#">',
        '<script src="static/site.js?v=1"></script>',
        '<a href="https://www.gov.cn/">',
        '<img src="data:image/png;base64,AA==">',
        "<a>",
    ],
)
def test_living_links_are_left_alone(body: str) -> None:
    files = {
        INDEX: page(body),
        "documents/a.html": page('<p id="s1">'),
        "documents/a b.html": page("<p id='s\"1'>"),
        "static/site.js": b"",
    }
    assert dead_links(files) == ()


def test_links_are_read_from_the_page_they_stand_on() -> None:
    files = {INDEX: page(""), "documents/a.html": page('<a href="../index.html">')}
    assert dead_links(files) == ()


def test_a_built_site_has_no_dead_link_and_a_planted_one_is_found(tmp_path: Path) -> None:
    site = tmp_path / "site"
    base = samples.base(samples.training(), samples.carrier(), samples.hostile())
    report = build_site(samples.graph(base), site, title="知识库", built=date(2025, 3, 1))
    assert report.dead_links == check_folder(site) == ()
    document = site / "documents" / "140000-jinzhengbanfa-2019-68.html"
    html = document.read_text("utf-8")
    document.write_text(html.replace('id="s1-1"', 'id="s9"'), "utf-8")
    assert {dead.link for dead in check_folder(site)} >= {"#s1-1"}
