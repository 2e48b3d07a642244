"""A real browser searches the site: everything found, nothing else, ranked, narrowed, quoted."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import site_samples as samples
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from search_samples import SPELLINGS

from kb import store
from kb.models import KnowledgeBase
from kb.schema import Record
from site_builder.building.write import build_site
from site_builder.holdings import Holdings
from site_builder.search.folding import fold
from site_builder.search.numbering import items
from site_builder.search.terms import Term, terms
from tests.force_samples import record

pytestmark = pytest.mark.browser

DAY = date(2025, 3, 1)
BUNDLED = Path(__file__).parent.parent / "kb"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
FACETS = ("kind", "department", "region", "year", "state", "amount", "group")


def build(base: KnowledgeBase, folder: Path) -> str:
    """The address of the search page of a site of ``base``."""
    build_site(samples.graph(base), folder / "site", title="知识库", built=DAY)
    return (folder / "site" / "search.html").as_uri()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build(samples.base(), tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def bundled_base() -> KnowledgeBase:
    """The rule base that comes with the project."""
    if not any((BUNDLED / "rules").glob("*.yaml")):
        pytest.skip("kb/rules is empty; `policykb build` fills it")
    return store.load(BUNDLED)


@pytest.fixture(scope="module")
def bundled(bundled_base: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> str:
    return build(bundled_base, tmp_path_factory.mktemp("bundled"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desktop page; whatever the browser complains about fails the test."""
    context = browser.new_context(viewport=DESKTOP)
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
    yield opened
    context.close()
    assert trouble == []


def ask(page: Page, address: str, query: str = "") -> None:
    """Opens the page at its ``query`` and waits for an answer."""
    page.goto(address + query)
    expect(page.locator("#search-status")).not_to_be_empty()


def numbers(page: Page, query: str) -> list[int]:
    """The items found, without words that stand for those asked for."""
    found: list[int] = page.evaluate(
        "async q => (await PolicySearch.find(q, { exact: true })).results.map(r => r.n)", query
    )
    return sorted(found)


# ── exactness ──


def holders(words: list[str], query: str) -> list[int]:
    """The folded ``words`` that hold the folded ``query``, its numbers in any spelling."""
    pieces = _pieces(query)
    found = {n for n, text in enumerate(words) if query in text}
    if any(isinstance(piece, Term) for piece in pieces):
        found |= {n for n, text in enumerate(words) if _follow(text, pieces)}
    return sorted(found)


def _follow(text: str, pieces: list[str | Term]) -> bool:
    """Whether the pieces stand in ``text`` one behind the other."""
    printed = {(t.start, t.text): t.length for t in terms(text)}
    if not all(
        any(piece.text == key[1] for key in printed) if isinstance(piece, Term) else piece in text
        for piece in pieces
    ):
        return False
    return any(_from(text, printed, pieces, start) for start in range(len(text)))


def _from(
    text: str, printed: dict[tuple[int, str], int], pieces: list[str | Term], at: int
) -> bool:
    for piece in pieces:
        if isinstance(piece, str):
            if not text.startswith(piece, at):
                return False
            at += len(piece)
        elif (at, piece.text) in printed:
            at += printed[at, piece.text]
        else:
            return False
    return True


def _pieces(query: str) -> list[str | Term]:
    pieces: list[str | Term] = []
    at = 0
    for term in terms(query):
        if term.start >= at:
            pieces += [query[at : term.start], term]
            at = term.start + term.length
    return [piece for piece in (*pieces, query[at:]) if piece]


def stretches(lines: list[str], count: int) -> list[str]:
    """Seeded stretches of 2 to 12 characters of the folded ``lines``."""
    chance, found = random.Random(20250301), set[str]()
    while len(found) < count:
        line = chance.choice(lines)
        start = chance.randrange(len(line))
        query = line[start : start + chance.randint(2, 12)]
        if len(query) > 1 and '"' not in query:
            found.add(query)
    return sorted(found)


def test_a_search_finds_exactly_what_holds_the_words(
    page: Page, bundled: str, bundled_base: KnowledgeBase
) -> None:
    """Three hundred stretches of the bundled notices, each compared with a plain search."""
    words = [fold(i.words) for i in items(Holdings(samples.graph(bundled_base), DAY))]
    lines = [line for text in words for line in text.split("\n") if len(line) > 1]
    page.goto(bundled)
    for query in stretches(lines, 300):
        assert numbers(page, f'"{query}"') == holders(words, query), query


def test_one_character_is_found_wherever_it_stands(page: Page, site: str) -> None:
    words = [fold(i.words) for i in items(Holdings(samples.graph(), DAY))]
    page.goto(site)
    for character in sorted(set("".join(words)) - set('\n"')):
        expected = [n for n, text in enumerate(words) if character in text]
        assert numbers(page, character) == expected, character


@pytest.mark.parametrize(
    "spellings",
    [
        SPELLINGS,
        ("1万元", "10000元", "一万元", "10,000元", "１００００ 元"),
        ("不超过1万元", "不超过10000元", "不超过一万元", "不超过10，000元"),
        ("二〇二一年", "2021年", "二○二一年"),
    ],
)
def test_spellings_lead_to_the_same_rules(
    page: Page, bundled: str, spellings: tuple[str, ...]
) -> None:
    page.goto(bundled)
    found = [numbers(page, query) for query in spellings]
    assert found[0]
    assert found == [found[0]] * len(spellings)


def test_traditional_characters_meet_simplified_ones(page: Page, bundled: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(bundled)
    plain = numbers(page, "取证补贴标准")
    assert plain
    assert "traditional.js" not in asked
    for query in ("取證補貼標準", "取證补贴标準"):
        assert numbers(page, query) == plain, query
    assert numbers(page, "晉政辦發〔2019〕68號") == numbers(page, "晋政办发〔2019〕68号")
    assert asked.count("traditional.js") == 1
    ask(page, bundled, "?q=補貼")
    assert page.locator(".result .hit").first.inner_text() == "补贴"


def test_a_notice_in_traditional_characters_is_found_and_lit_up(page: Page, tmp_path: Path) -> None:
    printed = record("關於發放補貼的通知\n各有關單位：\n一、補貼標準。每人補貼500元。\n")
    address = build(KnowledgeBase.of([printed]), tmp_path)
    for query in ("补贴标准", "補貼標準"):
        ask(page, address, f"?q={query}")
        assert page.locator(".result .hit").first.inner_text() == "補貼標準"


def test_words_beside_a_number_stay_apart(page: Page, bundled: str) -> None:
    ask(page, bundled, "?q=取证补贴")
    for query in ("晋政办发2019 68 取证补贴", "取证补贴 [2019]68号"):
        asked = page.evaluate("q => PolicySpelling.wordsOf(q)", query)
        assert sorted(word.removeprefix("晋政办发") for word in asked) == ["(2019)68号", "取证补贴"]


def test_a_sum_is_lit_up_as_it_is_printed(page: Page, bundled: str) -> None:
    ask(page, bundled, "?q=一万元")
    assert page.locator(".result .hit").first.inner_text() == "1万元"


def test_the_page_reads_numbers_as_the_index_does(
    page: Page, bundled: str, bundled_base: KnowledgeBase
) -> None:
    chance = random.Random(68)
    made = [
        "".join(
            chance.choices("0123456789,.一二三四五六七八九十百千万亿零〇两第几余多年元人%", k=9)
        )
        + chance.choice("元人年%")
        for _ in range(3000)
    ]
    lines = sorted({line for record in bundled_base.records for line in record.text.split("\n")})
    page.goto(bundled)
    page.evaluate("async () => { await PolicyIndex.manifest(); }")
    told = page.evaluate(
        """lines => lines.map(line => PolicySpelling.terms(PolicySpelling.fold(line).words)
            .map(term => [term.text, term.start, term.length]))""",
        [*lines, *made],
    )
    for line, found in zip([*lines, *made], told, strict=True):
        expected = [[t.text, t.start, t.length] for t in terms(fold(line.replace("\n", "")))]
        assert found == expected, line


# ── a measure as one card ──


def test_the_standing_value_comes_first_and_the_earlier_one_is_struck_through(
    page: Page, bundled: str
) -> None:
    ask(page, bundled, "?q=取证补贴 高级工")
    card = page.locator(".result").first
    assert card.locator(".result-title").inner_text() == "取证补贴 · 高级工（山西省）"
    first = card.locator(".value").first
    assert first.locator("strong.sum").inner_text() == "800元/证"
    assert "推定替代晋政办发〔2019〕68号的600元/人" in first.inner_text()
    ended = card.locator(".value").last
    assert ended.locator("s.sum").inner_text() == "600元/人"
    assert "推定已被替代" in ended.inner_text()
    assert re.search("晋政办发〔2019〕68号 . 二/\\(六\\) 落实取证补贴", ended.inner_text())
    first.locator("[data-stop]").click()
    page.wait_for_selector(".lit")
    lit = page.eval_on_selector_all("mark.lit", "all => all.map(m => m.textContent).join('')")
    assert "高级工证书800元" in lit


def test_another_day_has_another_standing_value(page: Page, bundled: str) -> None:
    ask(page, bundled, "?q=取证补贴 高级工&on=2020-01-01")
    values = page.locator(".result").first.locator(".value")
    assert values.first.locator("strong.sum").inner_text() == "600元/人"
    assert values.first.locator(".state").inner_text() == "有效"
    assert "on=2020-01-01" in (values.first.locator("[data-stop]").get_attribute("href") or "")


QUOTATION = (
    "《山西省人力资源和社会保障厅山西省财政厅山西省教育厅关于充分发挥职业技能提升行动专账资金 "
    "效能扎实推进新发展阶段“人人持证、技能社会”建设提质增效的通知》"
    "（晋人社厅函〔2021〕600号）第九部分（二）：“职业技能等级评价机构要严格依照评价标准认真组织适龄劳动力参加职业技能等级认定评价，颁发相应证书，省级按照"
    "专项职业能力证书200元、职业资格或职业技能等级初级工证书（特种作业操作证、特种设备作业人员证初次取证）400元、"
    "中级工证书600元、高级工证书800元的标准，给予评价机构取证补贴。”"
)


def test_a_click_copies_the_quotation_and_says_so(browser: Browser, bundled: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    ask(page, bundled, "?q=取证补贴 高级工")
    page.locator(".copy").first.click()
    expect(page.locator(".toast")).to_contain_text(f"已复制：{QUOTATION[:60]}")
    assert page.evaluate("async () => navigator.clipboard.readText()") == QUOTATION
    context.close()


def test_where_the_clipboard_is_refused_the_quotation_can_be_selected(
    browser: Browser, bundled: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("delete Navigator.prototype.clipboard")
    ask(page, bundled, "?q=取证补贴 高级工")
    page.locator(".copy").first.click()
    expect(page.locator(".toast")).to_contain_text("Ctrl+C")
    assert page.evaluate("() => getSelection().toString()") == QUOTATION
    context.close()


# ── words that stand for others ──


def test_other_words_come_after_those_asked_for_and_are_named(page: Page, site: str) -> None:
    ask(page, site, "?q=评价补贴")
    expect(page.locator("#search-also")).to_contain_text("也包括：取证补贴")
    told = page.locator(".result").evaluate_all(
        "all => all.map(r => Boolean(r.querySelector('.result-also')))"
    )
    assert told == sorted(told)
    assert told[-1]
    page.get_by_role("button", name="只找原词").click()
    expect(page.locator("#search-also")).to_contain_text("只找原词")
    assert page.locator(".result-also").count() == 0
    assert "exact=1" in page.url
    page.get_by_role("button", name="也找近义的词").click()
    expect(page.locator(".result-also").first).to_be_visible()


# ── facets ──


@pytest.mark.parametrize("query", ["补贴", "培训 山西省", ""])
def test_a_count_is_the_number_of_results_that_choosing_it_gives(
    page: Page, bundled: str, query: str
) -> None:
    """With and without another facet chosen."""
    page.goto(bundled)
    wrong = page.evaluate(
        """async ([query, facets]) => {
            const wrong = [];
            const some = { year: ["2021"], kind: ["clause", "amount"] };
            for (const chosen of [{}, { kind: ["amount"] }, some]) {
                const { counts } = await PolicySearch.find(query, { chosen });
                for (const facet of facets) for (const [value, count] of counts[facet] ?? []) {
                    const narrowed = { ...chosen, [facet]: [value] };
                    const { results } = await PolicySearch.find(query, { chosen: narrowed });
                    if (results.length !== count) wrong.push([facet, value, count, results.length]);
                }
            }
            return wrong;
        }""",
        [query, FACETS],
    )
    assert wrong == []


def test_facets_are_kept_in_the_address_and_can_be_taken_back(page: Page, bundled: str) -> None:
    ask(page, bundled, "?q=补贴")
    whole = page.locator("#search-status").inner_text()
    page.get_by_role("checkbox", name="金额", exact=False).first.check()
    expect(page.locator("#search-status")).not_to_have_text(whole)
    narrowed = page.locator("#search-status").inner_text()
    assert "kind=amount" in page.url
    assert page.evaluate("() => document.activeElement.value") == "amount"
    assert set(page.locator(".result .kind").all_inner_texts()) == {"金额"}
    page.go_back()
    expect(page.locator("#search-status")).to_have_text(whole)
    page.go_forward()
    expect(page.locator("#search-status")).to_have_text(narrowed)
    page.reload()
    expect(page.locator("#search-status")).to_have_text(narrowed)
    page.get_by_role("button", name="去掉条件 种类：金额").click()
    expect(page.locator("#search-status")).to_have_text(whole)


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("?kind=amount", {"金额"}),
        ("?kind=document", {"文件"}),
        ("?kind=deadline&kind=target", {"期限", "目标任务"}),
    ],
)
def test_a_kind_is_listed_without_a_query(
    page: Page, site: str, asked: str, kinds: set[str]
) -> None:
    ask(page, site, asked)
    assert set(page.locator(".result .kind").all_inner_texts()) == kinds


@pytest.mark.parametrize(
    "asked",
    ["?department=山西省财政厅", "?year=2021", "?region=山西省", "?amount=2", "?group=全部"],
)
def test_a_list_by_a_facet_holds_what_sifting_all_gives(
    page: Page, bundled: str, asked: str
) -> None:
    facet, _, value = asked[1:].partition("=")
    page.goto(bundled)
    listed, sifted = page.evaluate(
        """async ([facet, value]) => {
            const listed = await PolicySearch.count("", { chosen: { [facet]: [value] } });
            const kind = (await PolicyIndex.manifest()).kinds.map(k => k[0]);
            const all = await PolicySearch.find("", { chosen: { kind } });
            return [listed, all.counts[facet].get(value) ?? 0];
        }""",
        [facet, value],
    )
    assert listed == sifted
    assert listed or facet == "group"


# ── nothing found ──


def test_what_is_near_is_offered(page: Page, bundled: str) -> None:
    ask(page, bundled, "?q=取证津贴")
    assert page.locator("#search-status").inner_text() == "没有找到“取证津贴”。"
    page.get_by_role("link", name="取证补贴", exact=True).click()
    expect(page.locator("#search-status")).to_contain_text("找到")
    ask(page, bundled, "?q=高级工&year=1999")
    page.get_by_role("link", name="去掉“年份：1999年”").click()
    expect(page.locator("#search-status")).to_contain_text("找到")
    ask(page, bundled, "?q=高级工 火星")
    page.get_by_role("link", name="只查“高级工”").click()
    expect(page.locator("#search-status")).to_contain_text("找到")


def test_what_is_suggested_stands_in_this_rule_base(page: Page, site: str) -> None:
    ask(page, site, "?q=火星")
    hint = page.locator(".nothing > p").last
    name = hint.inner_text().partition("例如“")[2].partition("”")[0]
    assert 1 < len(name) <= 4
    assert numbers(page, name)


@pytest.mark.parametrize(
    "query", ["补贴2018 41", "印发2021 800元", "转发2021年2022年", "国发2018年12月"]
)
def test_what_is_no_number_of_a_notice_stays_as_it_is_typed(
    page: Page, bundled: str, query: str
) -> None:
    page.goto(bundled)
    page.evaluate("async () => { await PolicyIndex.manifest(); }")
    words = page.evaluate("query => PolicySpelling.wordsOf(query)", query)
    assert "".join(words) == query.replace(" ", "")


# ── typing ──


def test_an_input_method_is_left_to_choose_its_characters(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("searchbox").focus()
    session = page.context.new_cdp_session(page)
    session.send(
        "Input.imeSetComposition", {"text": "bu tie", "selectionStart": 6, "selectionEnd": 6}
    )
    page.wait_for_timeout(300)
    assert "q=" not in page.url
    session.send("Input.insertText", {"text": "补贴"})
    expect(page.locator("#search-status")).to_contain_text("找到")


def test_escape_leads_back_to_the_box_and_empties_it(page: Page, site: str) -> None:
    ask(page, site, "?q=补贴")
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    expect(page.locator(".result")).to_have_count(0)
    assert page.get_by_role("searchbox").input_value() == ""


# ── whoever reads ──


def turned() -> Record:
    """Words that turn their direction, break out of a script, and ask for a template."""
    heading = "\u202e{{ 7 * 7 }} javascript:alert(1) ${x}"
    text = f"一、{heading}\n补贴<script>alert(1)</script>\u202e每人800元。"
    rule = samples.rule(text, "turned", "s1", "amount", "一", "每人800元", min=800, item="{{补贴}}")
    return Record.model_validate(
        {
            "document": samples.document(
                "turned", text, title="\u202e<b>标题</b>", number="{{1}}号"
            ),
            "text": text,
            "clauses": [samples.clause("一", "s1", 1, heading, 0, len(text))],
            "rules": [rule],
        }
    )


def test_hostile_words_stay_words(page: Page, tmp_path: Path) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    ask(page, build(samples.base(turned()), tmp_path), "?q=补贴")
    shown = page.locator("#results").inner_text()
    assert "<script>alert(1)</script>" in shown
    assert "<b>标题</b>" in shown
    assert page.locator("#results script, #results b").count() == 0
    # what turns its direction turns nothing beside it
    loose = page.evaluate(
        """() => [...document.querySelectorAll('#results *')]
            .filter(e => !e.closest('bdi') && [...e.childNodes].some(
                n => n.nodeType === 3 && n.data.includes('\\u202e')))
            .map(e => e.outerHTML)"""
    )
    assert loose == []
    hrefs = page.eval_on_selector_all("#results a", "all => all.map(a => a.href)")
    assert all(href.startswith("file:") for href in hrefs)


STATES_OF_THE_PAGE = (
    "?q=取证补贴 高级工",
    "?q=级工",
    "?q=补贴&kind=amount&year=2019",
    "?q=取证津贴",
    "?kind=amount",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_everybody_can_use_it(browser: Browser, bundled: str, viewport: Any, scheme: Any) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    for query in STATES_OF_THE_PAGE:
        ask(page, bundled, query)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == [], query
        facets = page.locator("#facets")
        if viewport is PHONE and facets.is_visible():
            assert facets.get_attribute("open") is None
            page.locator("#facets > summary").click()
            assert page.get_by_role("checkbox").first.is_visible()
    context.close()


def test_nothing_is_wider_than_a_small_screen(browser: Browser, bundled: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for query in STATES_OF_THE_PAGE:
        ask(page, bundled, query)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, query
    context.close()
