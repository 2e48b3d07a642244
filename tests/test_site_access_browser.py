"""Every kind of page: axe finds nothing at all, nothing is wider than a small screen, every target
can be hit. A new kind joins by standing in contents.TEMPLATES.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import site_samples as samples
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from kb import store
from kb.models import KnowledgeBase
from site_builder.building.contents import TEMPLATES
from site_builder.building.write import build_site

pytestmark = pytest.mark.browser

BUNDLED = Path(__file__).parent.parent / "kb"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
#: how many pages of a kind are looked at, spread over all there are
MOST = 2
#: what a page shows only when it is asked
ASKED = {
    "search.html": ("search.html?q=补贴", "search.html?q=火星"),
    "apply.html": (
        "apply.html?kind=评价机构&region=141121&on=2024-10-01&certificate=初级工&certificates=50",
        "apply.html?kind=企业&region=110000&people=-3",
    ),
}
#: off by default: WCAG 2.2, 2.5.8
OPTIONS = {"rules": {"target-size": {"enabled": True}}}


@pytest.fixture(scope="module")
def known() -> KnowledgeBase:
    """The rule base that comes with the project: real notices, with relations between them."""
    return store.load(BUNDLED)


@pytest.fixture(scope="module")
def site(known: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("access") / "site"
    build_site(samples.graph(known), out, title="技能培训政策知识库", built=samples.DAY)
    return out


@pytest.fixture(scope="module")
def by_template(known: KnowledgeBase, site: Path) -> dict[str, list[str]]:
    """Some pages of every kind that the site has."""
    found: dict[str, list[str]] = defaultdict(list)
    for page in samples.made_pages(known):
        assert (site / page.path).is_file()
        found[page.template].append(page.path)
    return {template: spread(paths) for template, paths in found.items()}


def spread(paths: list[str]) -> list[str]:
    """The first, the last and what lies between."""
    step = max(1, (len(paths) - 1) // (MOST - 1))
    return list(dict.fromkeys([*paths[::step][: MOST - 1], paths[-1]]))


def violations(page: Page) -> list[tuple[str, str]]:
    """Whatever axe finds: the rule and the element."""
    return [
        (violation["id"], node["html"][:200])
        for violation in Axe().run(page, options=OPTIONS).response["violations"]
        for node in violation["nodes"]
    ]


def opened(page: Page, site: Path, path: str) -> None:
    page.goto(f"{site.as_uri()}/{path}")
    if "?q=" in path:
        page.wait_for_selector("#results li")
    if "?kind=" in path:
        page.wait_for_selector("#claim-list section, #claim-problems:not([hidden])")


# no colour depends on the width of the screen, so dark is looked at on one
@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(PHONE, "light"), (DESKTOP, "light"), (DESKTOP, "dark")],
    ids=["phone-light", "desk-light", "desk-dark"],
)
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_axe_finds_nothing(
    browser: Browser,
    site: Path,
    by_template: dict[str, list[str]],
    template: str,
    viewport: Any,
    scheme: Any,
) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    for path in (*by_template[template], *ASKED.get(template, ())):
        opened(page, site, path)
        unfold(page)
        assert violations(page) == [], path
    context.close()


def unfold(page: Page) -> None:
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    # these are filled when they are opened
    for fold in page.locator(".claim-fold").all():
        fold.locator("li").first.wait_for()


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_nothing_is_wider_than_the_smallest_screen(
    browser: Browser,
    site: Path,
    by_template: dict[str, list[str]],
    template: str,
    large: bool,
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in (*by_template[template], *ASKED.get(template, ())):
        opened(page, site, path)
        if large:
            page.get_by_role("button", name="大字").click()
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()
