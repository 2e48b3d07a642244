"""A notice in a real browser: from home to a copied citation, its outline, its day, its print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import site_samples as samples
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_browser import WAYS, reached

from kb.schema import Record
from site_builder.building.write import build_site

pytestmark = pytest.mark.browser

TRAINING = "documents/140000-jinwenlvbanfa-2021-123.html"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
VIEWPORTS = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
CITED = (
    "《山西省文化和旅游厅办公室关于开展“文化和旅游从业人员技能提升”培训的通知》"
    "（晋文旅办发〔2021〕123号）第三部分（二）"
)
SENTENCE = (
    "普惠式培训计划培训5000人，培训补贴每人每天150元，每人最高不超过1000元，预算总金额为500万元。"
)


def dated() -> Record:
    """The training notice with an end, so that it stands on some days only."""
    record = samples.training()
    started = record.validity.statements[0]
    ended = started.model_copy(update={"effective_to": "2023-06-30"})
    validity = record.validity.model_copy(update={"statements": (ended,)})
    return record.model_copy(update={"validity": validity})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("document") / "site"
    base = samples.base(dated(), samples.carrier())
    report = build_site(samples.graph(base), out, title="技能培训政策知识库", built=samples.DAY)
    assert report.dead_links == ()
    return out


@pytest.fixture(scope="module", params=WAYS)
def root(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """The address of the site."""
    with reached(site, request.param) as address:
        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages in contexts of their own; an error in one of their scripts fails the test."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def open_(address: str, viewport: Any = DESKTOP, **wishes: Any) -> Page:
        context = browser.new_context(viewport=viewport, **wishes)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []


def allow_copying(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def refuse_copying(page: Page) -> None:
    # what is not granted here is refused, whatever the browser allows by itself
    page.context.grant_permissions(["geolocation"])


def clause(page: Page, anchor: str) -> Any:
    return page.locator(f"#{anchor} .cite")


@VIEWPORTS
def test_from_home_over_search_to_the_exact_citation(
    opened: Callable[..., Page], root: str, viewport: Any
) -> None:
    page = opened(f"{root}/index.html", viewport)
    allow_copying(page)
    page.get_by_role("searchbox").first.fill("不超过1000元")
    page.get_by_role("searchbox").first.press("Enter")
    expect(page.locator("#results [data-stop]").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    lit = page.locator("mark.lit")
    expect(lit).to_have_text("培训补贴每人每天150元，每人最高不超过1000元")
    expect(lit).to_be_in_viewport()
    clause(page, "s3-2").get_by_role("button", name="复制引用").click()
    said = f"{CITED}：“{SENTENCE}”"
    expect(page.get_by_role("status").last).to_have_text(
        f"已复制：{said[:120]}…" if len(said) > 120 else f"已复制：{said}"
    )
    assert page.evaluate("navigator.clipboard.readText()") == said
    clause(page, "s3-2").get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("status").last).to_contain_text("#s3-2")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{root}/{TRAINING}#s3-2"


def test_where_the_clipboard_is_refused_the_words_stand_selected(
    opened: Callable[..., Page], site: Path
) -> None:
    page = opened((site / TRAINING).as_uri())
    refuse_copying(page)
    clause(page, "s3-2").get_by_role("button", name="复制引用").click()
    field = clause(page, "s3-2").get_by_role("textbox")
    expect(field).to_be_focused()
    selected = field.evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)")
    assert selected.startswith(f"{CITED}：“{SENTENCE}")
    expect(page.get_by_role("status").last).to_contain_text("请按 Ctrl+C")


def test_without_scripts_the_citation_can_be_selected_and_the_day_of_building_is_told(
    opened: Callable[..., Page], site: Path
) -> None:
    page = opened((site / TRAINING).as_uri(), PHONE, java_script_enabled=False)
    assert not page.get_by_role("button", name="大字").is_visible()
    clause(page, "s3-2").locator("summary").click()
    expect(clause(page, "s3-2").locator("details p")).to_have_text(CITED)
    expect(page.locator(".card .standing .state")).to_have_text("已到期")
    expect(page.locator("[data-day-name]")).to_have_text("2025年3月1日")
    assert not page.locator("#day-control").is_visible()
    assert page.locator(".outline ol").is_visible()


def test_a_long_notice_is_cited_in_the_same_words(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    record = many_clauses(150)
    out = tmp_path / "site"
    build_site(samples.graph(samples.base(record)), out, title="库", built=samples.DAY)
    page = opened((out / "documents/long.html").as_uri())
    allow_copying(page)
    assert clause(page, "s7").locator("details").count() == 0
    clause(page, "s7").get_by_role("button", name="复制引用").click()
    expect(page.get_by_role("status").last).to_have_text(
        "已复制：《长办法》（文〔2021〕1号）第7点：“第7项工作由各单位落实。”"
    )


def many_clauses(count: int) -> Record:
    """A notice of ``count`` numbered clauses."""
    lines = [f"{n}、第{n}项工作由各单位落实。" for n in range(1, count + 1)]
    text = "\n".join(lines)
    ends = [sum(len(line) + 1 for line in lines[: n + 1]) - 1 for n in range(count)]
    clauses = [
        samples.clause(str(n), f"s{n}", 1, "", end - len(line), end)
        for n, (line, end) in enumerate(zip(lines, ends, strict=True), start=1)
    ]
    document = samples.document("long", text, title="长办法", number="文〔2021〕1号")
    return Record.model_validate({"document": document, "text": text, "clauses": clauses})


def current(page: Page) -> str:
    return page.locator(".outline [aria-current=location]").inner_text()


def test_the_outline_marks_the_section_in_view(opened: Callable[..., Page], site: Path) -> None:
    page = opened((site / TRAINING).as_uri())
    assert current(page) == "版头与导语"
    page.get_by_role("navigation", name="目录").get_by_text("培训、取证补贴标准").click()
    expect(page.locator(".outline [aria-current=location]")).to_contain_text("取证补贴标准")
    page.mouse.wheel(0, -10000)
    expect(page.locator(".outline [aria-current=location]")).to_have_text("版头与导语")


def test_the_outline_is_a_button_on_a_phone(opened: Callable[..., Page], site: Path) -> None:
    page = opened((site / TRAINING).as_uri(), PHONE)
    outline = page.get_by_role("navigation", name="目录")
    assert not outline.locator("ol").is_visible()
    page.locator("#s3").scroll_into_view_if_needed()
    outline.locator("summary").click()
    outline.get_by_text("组织实施").click()
    expect(outline.locator("ol")).to_be_hidden()
    expect(page.locator("#s4-1")).to_be_in_viewport()
    top = page.locator("#s4-1").bounding_box()
    bar = outline.bounding_box()
    assert top and bar
    assert top["y"] >= bar["y"] + bar["height"] - 1


def test_the_day_asked_for_changes_marks_and_reasons_and_goes_along(
    opened: Callable[..., Page], root: str
) -> None:
    page = opened(f"{root}/{TRAINING}")
    state, day = page.locator(".card .standing .state"), page.locator("#day-control input")
    expect(state).to_have_text("已到期")
    day.fill("2022-01-01")
    expect(state).to_have_text("有效")
    assert page.url.endswith("?on=2022-01-01")
    expect(page.locator("[data-day-name]")).to_have_text("2022年1月1日")
    shown = page.locator("[data-days] > :not([hidden])")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("都没有写明废止、停止执行或替代它")
    day.fill("2020-01-01")
    expect(state).to_have_text("尚未施行")
    page.get_by_role("link", name="文件").first.click()
    assert page.url.endswith("documents.html?on=2020-01-01")
    page.get_by_role("link", name="从业人员技能提升").click()
    expect(state).to_have_text("尚未施行")
    page.get_by_role("button", name="回到今天").click()
    expect(state).to_have_text("已到期")
    assert "on=" not in page.url
    assert not page.get_by_role("button", name="回到今天").is_visible()


def test_large_text_and_dark_colours_are_kept(opened: Callable[..., Page], root: str) -> None:
    page = opened(f"{root}/{TRAINING}", PHONE)
    size, paper = "getComputedStyle(document.body).fontSize", "getComputedStyle(document.body)"
    before = page.evaluate(size), page.evaluate(f"{paper}.backgroundColor")
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="暗").click()
    page.goto(f"{root}/index.html")
    assert page.evaluate(size) == "21.25px"
    assert page.evaluate(f"{paper}.backgroundColor") != before[1]
    expect(page.get_by_role("button", name="暗")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="自动").click()
    page.reload()
    assert (page.evaluate(size), page.evaluate(f"{paper}.backgroundColor")) == before


def test_display_settings_work_where_nothing_can_be_kept(
    opened: Callable[..., Page], site: Path
) -> None:
    page = opened("about:blank")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })"
    )
    page.goto((site / TRAINING).as_uri())
    page.get_by_role("button", name="暗").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def covered(page: Page) -> bool:
    """Whether what has the focus lies under something else at its middle."""
    return page.evaluate(
        """() => {
            const at = document.activeElement, box = at.getClientRects()[0];
            if (!box || at === document.body) return false;
            const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return over !== null && !at.contains(over) && !over.contains(at);
        }"""
    )


@VIEWPORTS
def test_the_focus_is_never_hidden(opened: Callable[..., Page], site: Path, viewport: Any) -> None:
    page = opened((site / TRAINING).as_uri(), viewport)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(70):
            page.keyboard.press(key)
            assert not covered(page), page.evaluate("document.activeElement.outerHTML")


def test_the_text_begins_within_two_screens(opened: Callable[..., Page], site: Path) -> None:
    page = opened((site / TRAINING).as_uri())
    front = page.locator("#front").bounding_box()
    assert front
    assert front["y"] < 2 * DESKTOP["height"]


def printed(page: Page) -> list[str]:
    """The words of each page of the print."""
    pdf = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert [round(side) for side in pdf[0].get_size()] == [595, 842]
    return [leaf.get_textpage().get_text_range() for leaf in pdf]


def test_paper_has_everything_and_says_on_every_page_what_it_is(
    opened: Callable[..., Page], site: Path
) -> None:
    pages = printed(opened((site / TRAINING).as_uri()))
    assert len(pages) > 1
    for number, words in enumerate(pages, start=1):
        assert "晋文旅办发〔2021〕123号 2021年7月5日 " + TRAINING in words
        assert f"{number} / {len(pages)}" in words
    whole = "\n".join(pages)
    assert whole.index("三、培训经费及补贴标准") < whole.index("SHA-256")
    assert "复制引用" not in whole
    assert "检索" not in whole


def test_paper_without_scripts_has_everything_too(opened: Callable[..., Page], site: Path) -> None:
    page = opened((site / TRAINING).as_uri(), java_script_enabled=False)
    assert samples.training().document.source.sha256 in "".join(printed(page)).replace("\r\n", "")
