"""A real browser on the lists, the calendar and the map: phone, keyboard, print, accessibility."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import site_samples as samples
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kb.models import KnowledgeBase
from kb.store import load
from site_builder.building.write import build_site

pytestmark = pytest.mark.browser

BUNDLED = Path(__file__).parent.parent / "kb"
WIDTHS = (320, 390, 1280)
#: a page of every kind, by where it stands in the site
KINDS = {
    "home": "index.html",
    "documents": "documents.html",
    "departments": "departments.html",
    "department": "departments/*.html",
    "groups": "groups.html",
    "group": "groups/*.html",
    "calendar": "calendar.html",
    "month": "calendar/????-[01][0-9].html",
    "year": "calendar/[0-9][0-9][0-9][0-9].html",
    "recurring": "calendar/recurring.html",
    "relations": "relations.html",
    "quality": "quality.html",
    "awaiting": "quality/awaiting.html",
    "counted": "quality/documents.html",
    "absent": "quality/absent.html",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = KnowledgeBase.of((*load(BUNDLED).records, samples.served()))
    folder = tmp_path_factory.mktemp("organs") / "site"
    report = build_site(samples.graph(base), folder, title="知识库", built=samples.DAY)
    assert report.dead_links == ()
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
    yield opened
    context.close()
    assert trouble == []


def address(site: Path, kind: str) -> str:
    """The largest page of a kind: what breaks a layout is most likely there."""
    pages = [
        path for path in sorted(site.glob(KINDS[kind])) if kind != "year" or len(path.stem) == 4
    ]
    return max(pages, key=lambda path: path.stat().st_size).as_uri()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_at_any_width(page: Page, site: Path, kind: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(address(site, kind))
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert beyond <= 0, (kind, width, beyond)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, site: Path, kind: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]  # a literal
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(address(site, kind))
    found = Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()


def test_home_has_the_focus_on_a_desktop_and_not_on_a_phone(browser: Browser, site: Path) -> None:
    focused = "document.activeElement.id"
    for phone in (False, True):
        context = browser.new_context(has_touch=phone, is_mobile=phone)
        page = context.new_page()
        page.goto(address(site, "home"))
        assert page.evaluate(focused) == ("" if phone else "q")
        context.close()


def test_a_day_of_the_grid_leads_to_its_list(page: Page, site: Path) -> None:
    page.goto((site / "calendar" / "2021-11.html").as_uri())
    page.get_by_role("link", name="30 2 项").click()
    page.wait_for_url("**#d30")
    heading = page.get_by_role("heading", name="11月30日 星期二")
    box = heading.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


def test_the_calendar_works_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "calendar.html").as_uri())
    page.get_by_role("link", name="2021年9月").click()
    page.get_by_role("link", name="2021年10月 →").click()
    assert page.get_by_role("heading", level=1).inner_text() == "2021年10月"
    page.get_by_role("link", name="2021年", exact=True).click()
    assert "没有写明月份或日子的" in page.locator("main").inner_text()
    context.close()


def test_the_map_is_walked_with_the_keyboard_and_scrolls_within_itself(
    page: Page, site: Path
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address(site, "relations"))
    scroller = page.get_by_role("region", name="关系图，可左右滚动")
    scroller.focus()
    assert scroller.evaluate("box => box.scrollLeft > 0 && box.scrollWidth > box.clientWidth")
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*.html")
    assert page.get_by_role("heading", level=1).inner_text() in name


def test_a_day_that_was_asked_for_changes_the_states_of_a_list(page: Page, site: Path) -> None:
    page.goto((site / "documents.html").as_uri() + "?on=2020-01-01")
    item = page.locator(".documents li", has_text="晋政办发〔2019〕68号")
    expect(item.locator(".state")).to_have_text("无法判断")
    page.get_by_label("查看某一天的效力").fill("2019-01-01")
    expect(item.locator(".state")).to_have_text("尚未施行")
    assert "on=2019-01-01" in item.get_by_role("link").get_attribute("href")


def test_tasks_print_as_a_table(page: Page, site: Path) -> None:
    page.goto(address(site, "department"))
    page.set_viewport_size({"width": 700, "height": 900})
    page.emulate_media(media="print")
    shown = page.locator(".tasks thead").first.evaluate("head => getComputedStyle(head).position")
    cell = page.locator(".tasks td").first.evaluate("cell => getComputedStyle(cell).display")
    assert (shown, cell) == ("static", "table-cell")
    assert not page.locator(".masthead").is_visible()
