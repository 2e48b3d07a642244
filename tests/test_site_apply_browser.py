"""The form of 我能申领什么 at work: keys, the address, mistakes, hostile words, what is loaded."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import site_samples as samples
from playwright.sync_api import Browser, Page, Route, expect
from test_site_security import SCHEMES, luring

from bench.bench_claims import put
from bench.notices import notices
from site_builder.building.write import build_site
from tests.force_samples import bundled

pytestmark = pytest.mark.browser

DAY = date(2026, 11, 30)
ASKED = "?kind=培训机构&region=141121&on=2024-10-01&training=订单式培训&days=12&people=30"
FOLDS = ".claim-fold > summary"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("apply") / "site"
    build_site(bundled(), out, title="知识库", built=DAY)
    return out


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of which no script may fail."""
    context = browser.new_context()
    opened, trouble = context.new_page(), list[str]()
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    yield opened
    context.close()
    assert trouble == []


def address(site: Path, query: str = "") -> str:
    return f"{(site / 'apply.html').as_uri()}{query}"


def test_no_city_of_another_province_may_be_chosen(page: Page, site: Path) -> None:
    held: list[Route] = []
    page.route("**/places-13.js*", lambda route: held.append(route))
    page.goto(address(site))
    cities = page.get_by_label("市、县").locator("option")
    page.get_by_label("省份").select_option("140000")
    expect(cities).not_to_have_count(1)
    page.get_by_label("省份").select_option("130000")
    expect(cities).to_have_count(1)
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(cities.filter(has_text="石家庄市")).to_have_count(1)


def test_keys_alone_lead_to_an_answer(page: Page, site: Path) -> None:
    page.goto(address(site))
    page.get_by_label("申领主体").focus()
    for down in (2, 4):
        for _ in range(down):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    expect(page.get_by_label("市、县").locator("option")).not_to_have_count(1)
    page.get_by_label("市、县").focus()
    page.keyboard.press("ArrowDown")
    chosen = [page.get_by_label(name).input_value() for name in ("申领主体", "省份", "市、县")]
    assert chosen == ["培训机构", "140000", "140100"]
    page.get_by_label("人数", exact=True).focus()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    expect(page.locator("#claim-heading")).to_be_focused()
    expect(page.locator("#claim-status")).to_contain_text("需人工判断")


def test_all_that_is_asked_stands_in_the_address(page: Page, site: Path) -> None:
    page.goto(address(site))
    page.get_by_label("申领主体").select_option("培训机构")
    page.get_by_label("省份").select_option("山西省")
    page.get_by_label("市、县").select_option("文水县")
    page.get_by_label("日期", exact=True).fill("2024-10-01")
    page.get_by_label("培训类型").select_option("订单式培训")
    page.get_by_label("就业率").fill("75.5")
    page.locator("#ask-groups summary").click()
    page.get_by_label("农民工").check()
    page.get_by_role("button", name="查看").click()
    expect(page.locator("#claim-list")).to_contain_text("文水县 · 2024年10月1日")
    query = unquote(urlsplit(page.url).query)
    for part in ("kind=培训机构", "region=141121", "employment_rate=0.755", "groups=农民工"):
        assert part in query
    shown = page.locator("#claim-list").inner_text()
    page.reload()
    expect(page.locator("#claim-status")).not_to_be_empty()
    assert page.locator("#claim-list").inner_text() == shown
    assert page.get_by_label("就业率").input_value() == "75.5"
    page.get_by_role("button", name="清空").click()
    expect(page.locator("#claim-answers")).to_be_hidden()
    page.go_back()
    expect(page.get_by_label("市、县")).to_have_value("141121")
    expect(page.locator("#claim-answers")).to_be_visible()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("&people=-3", "人数不能小于0。"),
        ("&people=2.5", "人数要是整数。"),
        ("&people=两个", "人数要用阿拉伯数字，如 12。"),
        ("&days=36601", "天数不能大于36600。"),
        ("&employment_rate=80", "就业率不能大于100。"),
        ("&people=3&employed=4", "就业人数不能多于人数。"),
        ("&people=30&employed=4&employment_rate=0.9", "就业人数与人数、就业率不符"),
        ("&age=131", "年龄不能大于130。"),
        ("&obtained=1812-02-03", "取得证书日期日期写作 2024-03-01，年份从1949到2199。"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(
    page: Page, site: Path, query: str, words: str
) -> None:
    page.goto(address(site, f"?kind=企业&region=140000{query}"))
    problems = page.locator("#claim-problems")
    expect(problems).to_contain_text(words)
    expect(page.locator("#claim-answers")).to_be_hidden()
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    problems.get_by_role("button").click()
    expect(page.locator("[aria-invalid=true]")).to_be_focused()


def test_a_form_without_who_applies_says_so(page: Page, site: Path) -> None:
    page.goto(address(site))
    page.get_by_role("button", name="查看能申领什么").click()
    expect(page.locator("#claim-problems")).to_contain_text("申领主体（必填）还没有选择。")
    expect(page.get_by_label("申领主体")).to_be_focused()
    page.get_by_label("申领主体").select_option("企业")
    page.get_by_role("button", name="查看能申领什么").click()
    expect(page.locator("#claim-problems")).to_be_hidden()


def test_what_is_not_known_is_left_out(page: Page, site: Path) -> None:
    page.goto(address(site, "?kind=工厂&region=999999&certificate=特级&on=2024-13-01"))
    expect(page.get_by_label("申领主体")).to_have_value("")
    expect(page.get_by_label("省份")).to_have_value("")
    expect(page.locator("#claim-answers")).to_be_hidden()


def test_without_scripts_the_page_tells_how_to_ask(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site))
    expect(page.get_by_text("policykb apply --profile profile.yaml")).to_be_visible()
    expect(page.locator("#claim-form")).to_be_hidden()
    context.close()


def test_only_the_place_and_what_is_above_it_are_loaded(page: Page, site: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address(site, "?kind=企业&region=140100&on=2024-10-01"))
    page.wait_for_selector("#claim-list section")
    loaded = {url.split("?")[0].rpartition("/apply/")[2] for url in asked if "/apply/" in url}
    assert "region-140000.js" in loaded
    assert "region-141121.js" not in loaded
    assert {name for name in loaded if name.startswith("places-")} == {"places-14.js"}
    assert all(url.startswith("file:") for url in asked)
    page.locator("[data-group=其他地区] > summary").click()
    page.locator("[data-group=其他地区] li").first.wait_for()
    expect(page.locator("[data-group=其他地区]")).to_contain_text("太原市不在文水县内")


def test_every_sentence_is_read_where_its_link_leads(page: Page, site: Path) -> None:
    page.goto(address(site, ASKED))
    page.wait_for_selector("#claim-list section")
    for fold in page.locator(FOLDS).all():
        fold.click()
    for fold in page.locator(".claim-fold").all():
        fold.locator("li").first.wait_for()
    links = page.eval_on_selector_all(
        "#claim-list a", "all => all.map(a => [a.getAttribute('href'), a.href])"
    )
    assert len(links) > 40
    for told, _ in links:
        path, _, anchor = told.partition("#")
        file = site / unquote(path.partition("?")[0])
        assert file.is_file(), told
        name = unquote(anchor.partition(":~:")[0])
        assert not name or f'id="{name}"' in file.read_text("utf-8"), told
    # the browser goes to the sentence itself
    page.locator("#claim-list a[href*='2024-20.html'][href*='s7-2:']").first.click()
    expect(page.locator("#s7-2")).to_be_in_viewport()
    assert "documents/141121-wenrenshezi-2024-20.html" in page.url


def test_data_that_are_gone_are_told(page: Page, site: Path, tmp_path: Path) -> None:
    broken = tmp_path / "site"
    shutil.copytree(site, broken)
    (broken / "apply" / "region-141121.js").unlink()
    page.goto(address(broken, ASKED))
    expect(page.locator("#claim-list .notice")).to_contain_text("apply/region-141121.js")


def test_hostile_words_stay_words_in_an_answer(page: Page, tmp_path: Path) -> None:
    known = samples.base(samples.training(), samples.hostile(), *map(luring, SCHEMES))
    build_site(samples.graph(known), tmp_path / "site", title="知识库", built=DAY)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(address(tmp_path / "site", "?kind=企业&region=140000&on=2021-10-01&people=3"))
    page.wait_for_selector("#claim-list section")
    for fold in page.locator(FOLDS).all():
        fold.click()
    page.wait_for_timeout(300)
    expect(page.locator("#claim-list")).to_contain_text(re.compile("script", re.IGNORECASE))
    assert page.evaluate("window.hit") is None
    assert dialogs == []
    targets = page.eval_on_selector_all("#claim-list a", "all => all.map(a => a.href)")
    assert [href for href in targets if not href.startswith("file:")] == []
    assert page.locator("#claim-list :is(script, img, iframe)").count() == 0


def test_a_province_of_many_notices_is_judged_place_by_place(page: Page, tmp_path: Path) -> None:
    put(notices(140), tmp_path / "site")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address(tmp_path / "site", "?kind=企业&region=140000&on=2024-10-01"))
    page.wait_for_selector("#claim-list section")
    below = page.locator("[data-group=选定市县后再判断]")
    expect(below.locator("summary")).to_contain_text(re.compile(r"[3-9]\d\d 项"))
    files = [url.split("?")[0].rpartition("/apply/")[2] for url in asked if "/apply/" in url]
    packed = [
        len(gzip.compress((tmp_path / "site" / "apply" / name).read_bytes())) for name in files
    ]
    assert sum(packed) < 150_000
    below.locator("summary").click()
    expect(below.locator("ul.refusals > li")).to_have_count(10)
    below.get_by_role("button", name="再看 10 项").click()
    expect(below.locator("ul.refusals > li")).to_have_count(20)
