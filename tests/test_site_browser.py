"""A real browser reads the site from the disk: search, keys, links, phone, accessibility."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import site_samples as samples
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kb.models import KnowledgeBase
from kb.schema import Record
from site_builder.building.write import build_site
from site_builder.search.folding import fold
from tests.force_samples import record

pytestmark = pytest.mark.browser

DAY = date(2025, 3, 1)
BUNDLED = Path(__file__).parent.parent / "kb"
TRAINING = "documents/140000-jinwenlvbanfa-2021-123.html"
CARRIER = "documents/140000-jinzhengbanfa-2019-68.html"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def build(base: KnowledgeBase, folder: Path) -> Path:
    report = build_site(samples.graph(base), folder / "site", title="技能培训政策知识库", built=DAY)
    assert report.dead_links == ()
    return folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(samples.base(), tmp_path_factory.mktemp("samples"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desktop page; whatever the browser complains about fails the test."""
    context = browser.new_context(viewport=DESKTOP)
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
    # a page that is left while it loads aborts what it was loading
    opened.on(
        "requestfailed", lambda r: trouble.append(r.url) if "ABORTED" not in r.failure else None
    )
    yield opened
    context.close()
    assert trouble == []


def search(page: Page, site: Path, query: str) -> list[dict[str, str]]:
    """Types ``query`` on the search page; the results as kind, title, link."""
    page.goto((site / "search.html").as_uri())
    return ask(page, query)


def ask(page: Page, query: str) -> list[dict[str, str]]:
    page.get_by_role("searchbox").fill(query)
    # Asked from outside: the page's own content policy refuses scripts made of text.
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("q") == [query.strip()])
    expect(page.locator("#search-status")).not_to_be_empty()
    found: list[dict[str, str]] = page.eval_on_selector_all(
        ".result",
        """all => all.map(result => ({
            kind: result.querySelector('.kind').textContent,
            title: result.querySelector('.result-title').textContent,
            href: result.querySelector('[data-stop]').getAttribute('href'),
        }))""",
    )
    return found


def here(page: Page, site: Path) -> str:
    """The address of the page within the site, with its anchor."""
    return page.url.removeprefix(site.as_uri() + "/")


def open_first(page: Page) -> None:
    """From the box to the first result, and into it."""
    page.keyboard.press("Enter")
    expect(page.locator("#results [data-stop]").first).to_be_focused()
    page.keyboard.press("Enter")


def landing(page: Page) -> dict[str, Any]:
    """Where an address led: the section around its anchor, and whether the reader sees it."""
    found: dict[str, Any] = page.evaluate(
        """() => {
            const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
            const section = at.closest('section');
            const box = (at.closest('mark') || at).getBoundingClientRect();
            return { section: section.id, text: section.innerText,
                     visible: box.bottom > 0 && box.top < innerHeight };
        }"""
    )
    return found


def test_a_search_lands_on_the_clause(page: Page, site: Path) -> None:
    first = search(page, site, "不超过1000元")[0]
    assert (first["kind"], first["title"]) == ("金额", "培训补贴：每人每天150元，最高每人1000元")
    open_first(page)
    page.wait_for_url("**/documents/**")
    led = landing(page)
    assert (led["section"], led["visible"]) == ("s3-2", True)
    assert "不超过1000元" in led["text"]


def test_the_words_are_lit_up_where_a_rule_is_linked(page: Page, site: Path) -> None:
    search(page, site, "取证补贴 高级工")
    open_first(page)
    page.wait_for_selector(".lit")
    lit = page.eval_on_selector_all("mark.lit", "all => all.map(m => m.textContent).join('')")
    assert "高级工" in lit


def test_rules_that_begin_at_one_word_light_up_by_the_name_of_either(
    page: Page, tmp_path: Path
) -> None:
    told = record(
        "测办发〔2021〕1号\n关于审核工作的通知\n各有关单位：\n"
        "一、审核。申请人提交材料后，经办机构应当在5个工作日内完成审核。\n"
    )
    base = build(KnowledgeBase.of([told]), tmp_path) / "documents" / f"{told.document.id}.html"
    lit = "经办机构应当在5个工作日内完成审核"
    for kind, words in (("department", "经办机构"), ("deadline", lit)):
        (rule,) = (rule for rule in told.rules if rule.kind == kind)
        page.goto("about:blank")
        page.goto(f"{base.as_uri()}#{rule.id.partition('#')[2]}")
        page.wait_for_selector("mark.lit")
        assert "".join(page.locator("mark.lit").all_inner_texts()) == words
        assert page.locator(f"mark#{css(rule.id)}, mark > #{css(rule.id)}").count() == 1


def css(rule: str) -> str:
    return rule.partition("#")[2].replace(".", r"\.")


def test_rules_come_before_clauses_and_clauses_with_the_words_in_their_heading_first(
    page: Page, site: Path
) -> None:
    search(page, site, "取证补贴")
    page.get_by_role("button", name="再显示").click()
    expect(page.get_by_role("button", name="再显示")).to_have_count(0)
    kinds = page.locator(".result .kind").all_inner_texts()
    assert kinds == ["事项"] * 4 + ["金额"] * 5 + ["条款"] * 3
    titles = [found["title"] for found in search(page, site, "取证补贴标准")]
    assert titles[0] == "培训、取证补贴标准"


def tricky() -> Record:
    """A title whose words stand nowhere together in the text, and a heading named in a rule."""
    text = "一、技能补。能补贴对象\n符合条件的人员。\n二、标准\n按照补贴对象人数，每人800元。"
    second = text.index("二、")
    return Record.model_validate(
        {
            "document": samples.document("tricky", text, title="技能补贴办法"),
            "text": text,
            "clauses": [
                samples.clause("一", "s1", 1, "技能补。能补贴对象", 0, second - 1),
                samples.clause("二", "s2", 1, "标准", second, len(text)),
            ],
            "rules": [
                samples.rule(
                    text,
                    "tricky",
                    "s2",
                    "amount",
                    "二",
                    "按照补贴对象人数，每人800元",
                    min=800,
                    max=800,
                )
            ],
        }
    )


def test_pairs_of_characters_are_not_yet_the_word(page: Page, tmp_path: Path) -> None:
    found = search(page, build(samples.base(tricky()), tmp_path), "技能补贴")
    assert [one["kind"] for one in found] == ["文件"]


def test_a_rule_comes_before_a_heading(page: Page, tmp_path: Path) -> None:
    found = search(page, build(samples.base(tricky()), tmp_path), "补贴对象")
    assert [one["href"].partition("#")[2] for one in found][1:] == ["s1", "s2"]
    assert found[0]["kind"] == "金额"


def test_a_rule_whose_clause_holds_the_words_comes_first(page: Page, tmp_path: Path) -> None:
    plain = tricky().model_dump()
    facts = {"item": "人数", "min": 1}
    plain["rules"] = [
        samples.rule(plain["text"], "tricky", "s1", "amount", "一", "人员", **facts),
        samples.rule(plain["text"], "tricky", "s2", "amount", "二", "每人800元", **facts),
    ]
    base = samples.base(Record.model_validate(plain))
    results = search(page, build(base, tmp_path), "人数")
    found = [one["href"] for one in results if one["kind"] == "金额"]
    assert ["#s2.amount" in href for href in found] == [True, False]


def test_a_number_that_stands_alone_comes_before_a_longer_one(page: Page, tmp_path: Path) -> None:
    text = "一、甲\n每人1800元。\n二、乙\n每人800元。"
    second = text.index("二、")
    record = Record.model_validate(
        {
            "document": samples.document("numbers", text, title="关于补贴标准的通知"),
            "text": text,
            "clauses": [
                samples.clause("一", "s1", 1, "甲", 0, second - 1),
                samples.clause("二", "s2", 1, "乙", second, len(text)),
            ],
        }
    )
    found = search(page, build(samples.base(record), tmp_path), "800元")
    assert [one["href"].partition("#")[2] for one in found] == ["s2", "s1"]


@pytest.mark.parametrize(
    "query",
    [
        "晋政办发〔2019〕68号",
        "晋政办发[2019]68号",
        "晋政办发（２０１９）６８号",
        "晋政办发 【2019】 68 号",
        "晋政办发(2019)第68号",
        '"晋政办发〔2019〕68号"',
        "〔2019〕68号",
    ],
)
def test_a_number_in_any_form_leads_to_its_document(page: Page, site: Path, query: str) -> None:
    found = search(page, site, query)
    assert (found[0]["kind"], found[0]["href"]) == ("文件", f"{CARRIER}#front")
    assert len(found) == 2


def test_a_department_is_found_by_its_name(page: Page, site: Path) -> None:
    assert search(page, site, "山西省财政厅")[0]["kind"] == "部门"


def test_words_may_name_the_document_around(page: Page, site: Path) -> None:
    found = search(page, site, "晋文旅办发 高级工")
    assert found
    assert {one["href"].partition("#")[0] for one in found} == {TRAINING}


def test_a_query_loads_few_shards(page: Page, site: Path) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    search(page, site, "取证补贴")
    shards = [url for url in loaded if "shard-" in url]
    assert 1 <= len(shards) <= 3
    assert all(url.startswith(site.as_uri()) for url in loaded)


def test_the_query_stays_in_the_address_and_can_be_sent_to_a_colleague(
    page: Page, site: Path
) -> None:
    before = search(page, site, "级工")
    assert page.url.endswith("search.html?q=%E7%BA%A7%E5%B7%A5")
    page.goto("about:blank")
    page.goto((site / "search.html").as_uri() + "?q=级工")
    page.wait_for_selector(".result")
    assert page.get_by_role("searchbox").input_value() == "级工"
    assert page.locator(".result").count() == len(before)
    assert page.locator(".result .hit").first.text_content() == "级工"


def test_nothing_found_says_so_and_gives_a_hint(page: Page, site: Path) -> None:
    assert search(page, site, "火星移民") == []
    assert page.locator("#search-status").inner_text() == "没有找到“火星移民”。"
    assert "更短的词" in page.locator("#results").inner_text()
    assert ask(page, "取证补贴 火星") == []
    expect(page.locator("#results")).to_contain_text("“火星” 0 条")


def test_typing_at_home_shows_results_at_once(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    assert page.get_by_role("heading", name="部门").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("取证")
    page.wait_for_selector(".result")
    assert not page.get_by_role("heading", name="部门").is_visible()
    page.get_by_role("searchbox").fill("")
    page.wait_for_selector(".result", state="detached")
    assert page.get_by_role("heading", name="部门").is_visible()


def test_the_keyboard_is_enough(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("高级工")
    page.wait_for_selector(".result")
    focused = "document.activeElement.getAttribute('href') || document.activeElement.id"
    links = page.eval_on_selector_all("[data-stop]", "all => all.map(a => a.getAttribute('href'))")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == links[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == links[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    assert here(page, site) == links[0]


def test_enter_leads_to_the_results_even_before_they_are_shown(page: Page, site: Path) -> None:
    """And opens none: on a phone it is the key that sends a question off."""
    page.goto((site / "search.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("不超过1000元")
    page.keyboard.press("Enter")
    expect(page.locator("#results [data-stop]").first).to_be_focused()
    assert "search.html" in page.url
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    assert landing(page)["section"] == "s3-2"


def test_the_box_on_every_page_leads_to_the_search(page: Page, site: Path) -> None:
    page.goto((site / TRAINING).as_uri())
    page.keyboard.press("/")
    page.keyboard.type("级工")
    page.keyboard.press("Enter")
    page.wait_for_selector(".result")
    assert page.url.startswith((site / "search.html").as_uri() + "?q=")


def test_hostile_words_do_nothing_in_the_browser(page: Page, tmp_path: Path) -> None:
    hostile = build(samples.base(samples.training(), samples.hostile()), tmp_path)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    found = search(page, hostile, "alert")
    assert len(found) >= 5
    assert page.locator("#results script, #results img").count() == 0
    open_first(page)
    page.wait_for_url("**/documents/**")
    assert "<script>alert('x')</script>" in page.locator("h1").inner_text()


def test_without_scripts_everything_can_be_read(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto((site / TRAINING).as_uri())
    assert page.get_by_text("培训补贴：每人每天150元，最高每人1000元").is_visible()
    assert page.locator("table").get_by_text("太原铁路机械学校").is_visible()
    page.goto((site / "search.html").as_uri())
    assert page.get_by_text("没有脚本也可以从").is_visible()
    context.close()


def test_lists_fold_on_a_phone_and_stand_open_on_a_desk(browser: Browser, site: Path) -> None:
    for viewport, shown in ((PHONE, False), (DESKTOP, True)):
        context = browser.new_context(viewport=viewport)
        page = context.new_page()
        page.goto((site / TRAINING).as_uri())
        assert page.locator(".outline ol").is_visible() is shown
        context.close()


def all_pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_no_page_is_wider_than_the_screen(browser: Browser, site: Path, viewport: Any) -> None:
    context = browser.new_context(viewport=viewport)
    page = context.new_page()
    for path in all_pages(site):
        page.goto((site / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
    context.close()


def serious(page: Page) -> list[tuple[str, str]]:
    """What axe calls serious or critical on this page: the rule and the element."""
    return [
        (violation["id"], node["html"][:200])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def test_any_web_server_will_do(page: Page, site: Path) -> None:
    handler = functools.partial(Quiet, directory=str(site.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/site/index.html")
        assert ask(page, "不超过1000元")[0]["href"].startswith(TRAINING)
        open_first(page)
        page.wait_for_url("**/documents/**")
        server.shutdown()
    assert landing(page)["section"] == "s3-2"


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the rule base that comes with the project."""
    if not any((BUNDLED / "rules").glob("*.yaml")):
        pytest.skip("kb/rules is empty; `policykb build` fills it")
    from kb import store  # its module stands on files that may not be there yet

    return build(store.load(BUNDLED), tmp_path_factory.mktemp("bundled"))


@pytest.mark.parametrize(
    ("query", "document", "sections"),
    [
        ("取证补贴", "140000-jinrenshetinghan-2021-600", {"s9-2", "s9", "s10-1"}),
        ("级工", "140000-jinrenshetinghan-2021-600", {"s9-1", "s9-2"}),
        ("不超过1000元", "140000-jinwenlvbanfa-2021-123", {"s3-2"}),
        ("晋政办发〔2019〕68号", "140000-jinzhengbanfa-2019-68", {"front"}),
    ],
)
def test_the_bundled_notices_are_found(
    page: Page, bundled: Path, query: str, document: str, sections: set[str]
) -> None:
    found = search(page, bundled, query)
    wanted = next(one for one in found if f"documents/{document}.html#" in one["href"])
    assert found.index(wanted) < 10
    page.locator(f'.result a[href="{wanted["href"]}"]').first.click()
    page.wait_for_url("**/documents/**")
    led = landing(page)
    assert led["section"] in sections
    assert led["visible"]
    assert fold(query) in fold(led["text"])


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_the_bundled_notices_fit_the_screen_and_trouble_nobody(
    browser: Browser, bundled: Path, viewport: Any
) -> None:
    context = browser.new_context(viewport=viewport)
    page = context.new_page()
    for path in all_pages(bundled):
        page.goto((bundled / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
        if path.startswith("documents/") or path in ("index.html", "departments.html"):
            assert serious(page) == [], path
    context.close()
