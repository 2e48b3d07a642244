"""A training institution looks in a browser for what it may claim, on a disk and on a server."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from site_builder import urls
from site_builder.building.write import build_site
from tests.force_samples import bundled

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
SENIOR = urls.measure_page("14/取证补贴/高级工")
JUNIOR = urls.measure_page("14/取证补贴/初级工")
DIRECTED = urls.measure_page("14/培训补贴/定向培训")
EXPIRED = urls.measure_page("14/以工代训")
MENTIONED = urls.measure_page("14/生活费补贴")
CHAIN = (SENIOR, JUNIOR, DIRECTED, EXPIRED, MENTIONED)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measures") / "site"
    report = build_site(bundled(), folder, title="技能培训政策知识库", built=date(2026, 11, 30))
    assert report.dead_links == ()
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(params=["disk", "server"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """Where the site is: on a disk, or on a server."""
    if request.param == "disk":
        yield site.as_uri()
        return
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=request.param)
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
    yield opened
    context.close()
    assert trouble == []


def ask(page: Page, day: str) -> None:
    page.locator("#day-control input").fill(day)
    page.locator("#day-control input").dispatch_event("change")


def shown(page: Page) -> list[tuple[str, str]]:
    """The values that stand on the day asked for, with their claims, in order."""
    found: list[list[str]] = page.locator("#standing [data-first]:not([hidden])").evaluate_all(
        """blocks => blocks.flatMap(block => [...block.querySelectorAll('.standing-value')].map(
            value => [value.querySelector('a').textContent,
                      value.querySelector('.state').textContent]))"""
    )
    return [(value, claim) for value, claim in found]


# the page comes last, so that it is closed before its server is: it may still ask for its icon
def test_an_institution_finds_value_conditions_and_clause(address: str, page: Page) -> None:
    page.goto(f"{address}/index.html")
    page.get_by_role("navigation", name="栏目").get_by_role("link", name="事项").click()
    page.get_by_role("link", name="取证补贴 · 初级工").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("取证补贴 · 初级工（山西省）")
    ask(page, "2020-06-01")
    assert shown(page) == [("每人300元", "有效")]
    ask(page, "2022-01-01")
    assert shown(page)[0] == ("每证400元", "推定适用")
    assert page.locator("#standing s:visible").all_inner_texts() == ["300元/人"]
    expect(page.locator("#standing dd:visible")).to_contain_text("评价机构")
    expect(page.locator(".now-name")).to_have_text("2022年1月1日")
    # the day goes along to the rule, and on to the clause
    page.locator("#standing").get_by_role("link", name="每证400元").click()
    assert page.url.endswith("?on=2022-01-01")
    expect(page.locator(".headline")).to_contain_text("每证400元")
    expect(page.locator(".headline .state")).to_have_text("推定适用")
    expect(page.locator("mark.quoted")).to_contain_text("初级工证书")
    page.get_by_role("link", name="九/(二)").first.click()
    page.wait_for_url("**/documents/**#s9-2")


def test_a_rule_says_for_the_day_asked_for_whether_it_stands(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{JUNIOR}")
    page.get_by_role("link", name="300元/人", exact=True).first.click()
    for day, label in (
        ("2019-01-01", "尚未施行"),
        ("2020-06-01", "有效"),
        ("2022-01-01", "推定已被替代"),
    ):
        ask(page, day)
        expect(page.locator(".headline .state")).to_have_text(label)
        expect(page.locator("#state [data-first]:visible .state").first).to_have_text(label)


def test_any_two_places_can_be_compared(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{SENIOR}")
    form = page.locator("#compare-form")
    form.locator("select[name=before]").select_option(index=0)
    form.locator("select[name=after]").select_option(index=1)
    rows = page.locator("#compared tbody tr")
    told = {r.locator("th").inner_text(): r.locator("td").all_inner_texts() for r in rows.all()}
    assert told["规定"] == ["每人600元", "每证800元", "≠ 不同"]
    assert told["领取方"] == ["企业或培训机构", "评价机构", "≠ 不同"]
    assert told["地区"] == ["山西省", "山西省", "相同"]
    form.get_by_role("button", name="互换").click()
    expect(rows.first.locator("td").first).to_have_text("每证800元")
    assert page.locator(".pair:visible").count() == 0


def test_without_scripts_each_place_stands_beside_the_one_before(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{SENIOR}")
    assert page.locator(".pair:visible").count() == 2
    assert not page.locator("#compare-form").is_visible()
    assert shown(page) == [("每证800元", "推定适用")]
    context.close()


def test_a_citation_and_a_link_are_copied(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{SENIOR}")
    page.locator("#chain h3 a").nth(1).click()
    for button, said in (("复制引用", "晋人社厅函〔2021〕600号"), ("复制链接", "s9-2.amount")):
        page.get_by_role("button", name=button).click()
        expect(page.locator(".toast")).to_contain_text("已复制：")
        assert said in page.evaluate("navigator.clipboard.readText()")
    context.close()


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.locator(selector).evaluate_all(
        """all => all.map(one => { const b = one.getBoundingClientRect();
            return { left: b.left, right: b.right, top: b.top, bottom: b.bottom }; })"""
    )
    return found


@pytest.mark.parametrize("path", CHAIN)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_words_of_a_picture_are_drawn_inside_it_and_apart(
    browser: Browser, site: Path, path: str, width: int
) -> None:
    """What geometry has promised of estimated letters holds for those of a browser."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{path}")
    (frame,) = boxes(page, ".timeline")
    words = boxes(page, ".timeline text.place, .timeline text.value")
    for box in words:
        assert frame["left"] - 1 <= box["left"]
        assert box["right"] <= frame["right"] + 1
    for n, one in enumerate(words):
        for other in words[n + 1 :]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            below = one["bottom"] <= other["top"] + 4 or other["bottom"] <= one["top"] + 4
            assert apart or below
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def some_rules(site: Path) -> list[str]:
    found = sorted((site / "rules").rglob("*.html"))
    return [path.relative_to(site).as_posix() for path in found[::4]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing(browser: Browser, site: Path, viewport: Any, scheme: Any) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    for path in ("measures.html", *CHAIN, *some_rules(site)):
        page.goto(f"{site.as_uri()}/{path}")
        for fold in page.locator("details").all():
            fold.evaluate("one => one.open = true")
        found = [
            (violation["id"], violation["impact"], node["html"][:160])
            for violation in Axe().run(page).response["violations"]
            for node in violation["nodes"]
        ]
        assert found == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
    context.close()
