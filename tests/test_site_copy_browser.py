"""What is copied is a whole sentence, and browser and pages cut it in the same place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import site_samples as samples
from playwright.sync_api import Browser, Page

from site_builder.building.write import build_site
from site_builder.wording.citing import quotation
from site_builder.wording.sentences import sentence
from tests.test_site_document_browser import TRAINING
from tests.test_site_sentences import ROWS

QUOTES = [(text, quote) for text, quote, _ in ROWS] + [
    (samples.TEXT, rule.quote) for rule in samples.training().rules
]


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    out: Path = tmp_path_factory.mktemp("copy") / "site"
    build_site(samples.graph(), out, title="知识库", built=samples.DAY)
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    made = context.new_page()
    made.goto((out / TRAINING).as_uri())
    yield made
    context.close()


@pytest.mark.parametrize(("text", "quote"), QUOTES)
def test_the_browser_cuts_the_same_sentence(page: Page, text: str, quote: str) -> None:
    start = text.index(quote)
    place = [text, start, start + len(quote)]
    assert page.evaluate("place => PolicyCopy.sentence(...place)", place) == sentence(*place)


@pytest.mark.parametrize("words", ["甲“乙”丙", "甲", ""])
def test_both_quote_in_the_same_marks(page: Page, words: str) -> None:
    told = page.evaluate("words => PolicyCopy.quotation('《办法》', words)", words)
    assert told == quotation("《办法》", words)


def copied(page: Page, anchor: str) -> str:
    page.locator(f"#{anchor} .cite").get_by_role("button", name="复制引用").click()
    said: str = page.evaluate("navigator.clipboard.readText()")
    return said.partition("：“")[2].removesuffix("”")


def test_a_clause_is_quoted_in_all_its_own_words(page: Page) -> None:
    assert copied(page, "s3-1").endswith("由省人社厅统一拨付至省文化和旅游厅。")
    assert copied(page, "s1").startswith("培训任务总人数 5000 名")


def test_a_rule_that_is_lit_is_quoted_in_its_sentence(page: Page) -> None:
    lit = page.locator("#s3-2 mark.amount[id]").first
    page.evaluate("id => { location.hash = id; }", lit.get_attribute("id"))
    page.locator("mark.lit").first.wait_for()
    assert copied(page, "s3-2") == (
        "普惠式培训计划培训5000人，培训补贴每人每天150元，每人最高不超过1000元，预算总金额为500万元。"
    )


def test_a_very_long_clause_is_quoted_as_far_as_its_sentences_go(page: Page) -> None:
    words = "（一）" + "各单位应当落实补贴。" * 100
    said = page.evaluate("words => PolicyCopy.whole(words)", words)
    assert said == "各单位应当落实补贴。" * 60 + "……"
