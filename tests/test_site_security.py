"""Nothing a notice says runs, loads or leads to a script; a browser and every page are asked."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import site_samples as samples
from playwright.sync_api import Browser
from test_site_downloads import served

from kb.schema import Record
from site_builder.building.links import check_folder
from site_builder.building.write import build_site

DAY = date(2025, 3, 1)
SCHEMES = (
    "javascript:window.hit=1",
    "JaVaScRiPt:window.hit=1",
    "data:text/html,<script>hit=1</script>",
)
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "object-src": "'none'",
}


def luring(address: str) -> Record:
    """A notice whose names, words and citations are addresses of scripts."""
    record = samples.hostile()
    text = f"{address}\n一、{address}\n</script><script>window.hit=1</script>"
    document = record.document.model_copy(
        update={
            "id": address,
            "title": f"</script><script>window.hit=1</script>{address}",
            "number": address,
            "issuers": (address,),
            "portal": {"来源": address, "网址": address},
            "source": record.document.source.model_copy(update={"path": address}),
        }
    )
    start = text.index("一、")
    clause = record.clauses[0].model_copy(update={"heading": address, "span": (start, len(text))})
    quoted = {"quote": address, "span": (0, len(address))}
    rules = tuple(
        rule.model_copy(update={**quoted, "id": f"{address}#s1.{rule.kind}.{n:04}"})
        for n, rule in enumerate(record.rules)
    )
    citation = record.citations[0].model_copy(
        update={**quoted, "title": address, "number": address, "target": address}
    )
    return record.model_copy(
        update={
            "document": document,
            "text": text,
            "clauses": (clause,),
            "rules": rules,
            "citations": (citation,),
        }
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("luring") / "site"
    known = samples.base(samples.training(), samples.hostile(), *map(luring, SCHEMES))
    report = build_site(
        samples.graph(known), site, title="知识库", built=DAY, url="https://kb.example/"
    )
    assert report.dead_links == ()
    return site


class Attributes(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_no_address_has_a_scheme_that_runs(site: Path) -> None:
    for path in site.rglob("*.html"):
        for tag, attributes in Attributes(path.read_text("utf-8")).tags:
            for name in ("href", "src", "action", "formaction", "data", "xlink:href"):
                address = (attributes.get(name) or "").strip()
                assert urlsplit(address).scheme in ("", "https", "webcal"), (path, tag, address)
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            assert tag not in ("iframe", "object", "embed", "base")
    assert check_folder(site) == ()


def test_every_page_has_the_whole_policy_before_anything_loads(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text("utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
        assert policy, path
        told = dict(part.strip().split(" ", 1) for part in policy[1].split(";"))
        assert POLICY.items() <= told.items(), path
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(policy[1].split())
        assert html.index("Content-Security-Policy") < html.index("<script")


def test_data_blocks_hold_json_that_ends_no_script(site: Path) -> None:
    found = 0
    for path in site.rglob("*.html"):
        for kind, block in re.findall(
            r"<script(?: type=\"([^\"]*)\")?>(.*?)</script>", path.read_text("utf-8"), re.DOTALL
        ):
            assert kind == "application/ld+json", path
            assert "<" not in block
            assert json.loads(block)["@type"] == "Legislation"
            found += 1
    assert found == 2 + len(SCHEMES)


@pytest.mark.browser
def test_a_browser_takes_data_blocks_and_runs_nothing_of_a_notice(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda m: trouble.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    with served(site) as address:
        pages = [p.relative_to(site).as_posix() for p in sorted(site.rglob("*.html"))]
        for path in pages:
            for start in (address, f"{site.as_uri()}/"):
                page.goto(start + path)
                assert page.evaluate("window.hit") is None
                for link in page.locator("main a").all():
                    target = str(link.evaluate("a => a.href"))
                    assert target.startswith((start, "webcal://")), (path, target)
    assert trouble == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("on_disk", [True, False])
def test_the_policy_lets_the_search_form_go(browser: Browser, site: Path, on_disk: bool) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(site) as address:
        page.goto(f"{site.as_uri() if on_disk else address.rstrip('/')}/documents.html")
        page.locator("form.quick input").fill("取证补贴")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=*")
    context.close()


@pytest.mark.browser
def test_the_server_repeats_the_policy_for_every_file(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(site) as address:
        for path in ("index.html", "data/rules.json", "static/icon.svg", "none.html"):
            answer = page.goto(address + path)
            assert answer is not None
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
    context.close()
