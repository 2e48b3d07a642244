"""The ways of three readers through the whole site, by clicks: desk and phone, disk and server.

Policy staff quote a clause, an institution asks what it may claim, a developer takes the data.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from site_browser import WAYS, reached

from site_builder.building.write import build_site
from site_builder.timelines.values_by_day import MEANINGS
from tests.force_samples import bundled

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
DAY = date(2026, 11, 30)
#: how 九/(二) of 晋人社厅函〔2021〕600号 names itself in a citation
CITED = (
    "《山西省人力资源和社会保障厅山西省财政厅山西省教育厅关于充分发挥职业技能提升行动专账资金 "
    "效能扎实推进新发展阶段“人人持证、技能社会”建设提质增效的通知》"
    "（晋人社厅函〔2021〕600号）第九部分（二）"
)
SENTENCE = (
    "职业技能等级评价机构要严格依照评价标准认真组织适龄劳动力参加职业技能等级认定评价，颁发相应证书，省级按照"
    "专项职业能力证书200元、职业资格或职业技能等级初级工证书（特种作业操作证、特种设备作业人员证初次取证）400元、"
    "中级工证书600元、高级工证书800元的标准，给予评价机构取证补贴。"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("paths") / "site"
    report = build_site(bundled(), out, title="技能培训政策知识库", built=DAY)
    assert report.dead_links == ()
    return out


@pytest.fixture(scope="module", params=WAYS)
def root(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """The address of the site."""
    with reached(site, request.param) as address:
        yield address


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, root: str) -> Iterator[Page]:
    """The home page; an error in a script fails the test. Closed before its server is."""
    context = browser.new_context(
        viewport=request.param, permissions=["clipboard-read", "clipboard-write"]
    )
    opened, trouble = context.new_page(), list[str]()
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.goto(f"{root}/index.html")
    yield opened
    context.close()
    assert trouble == []


def menu(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="栏目").get_by_role("link", name=name, exact=True).click()


def test_staff_quote_the_clause_of_a_subsidy_in_two_clicks(page: Page) -> None:
    page.get_by_role("searchbox").fill("取证补贴 高级工")
    card = page.locator(".measure-card")
    expect(card).to_have_count(1)
    first = card.locator(".value").first
    expect(first.locator("strong.sum")).to_have_text("800元/证")
    expect(card.locator("s.sum")).to_have_text("600元/人")
    first.locator(".value-place a").click()
    lit = page.locator("mark.lit")
    expect(lit).to_have_text("高级工证书800元")
    expect(lit).to_be_in_viewport()
    page.locator("#s9-2 .cite").get_by_role("button", name="复制引用").click()
    expect(page.get_by_role("status").last).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == f"{CITED}：“{SENTENCE}”"


def test_the_card_copies_the_words_with_their_clause(page: Page) -> None:
    page.get_by_role("searchbox").fill("取证补贴 高级工")
    first = page.locator(".measure-card .value").first
    first.get_by_role("button", name="复制引用").click()
    expect(page.locator(".toast")).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == f"{CITED}：“{SENTENCE}”"


def test_a_rule_is_called_the_same_on_every_page(page: Page) -> None:
    page.get_by_role("searchbox").fill("取证补贴 高级工")
    value = page.locator(".measure-card .value").first
    expect(value.locator(".state")).to_have_text("推定适用")
    value.get_by_role("link", name="规则详情").click()
    expect(page.locator(".headline .state")).to_have_text("推定适用")
    stands = page.locator("#state [data-first]:visible")
    expect(stands.locator(".state").first).to_have_text("推定适用")
    expect(stands.locator("p").first).to_contain_text(MEANINGS["applies"])
    page.locator(".crumbs").get_by_role("link", name="取证补贴 · 高级工").click()
    main = page.locator("#standing [data-first]:visible .standing-main")
    expect(main.locator(".state")).to_have_text("推定适用")
    expect(main).to_contain_text(MEANINGS["applies"])
    menu(page, "事项")
    line = page.get_by_role("listitem").filter(has_text="取证补贴 · 高级工")
    expect(line.locator("[data-first]:visible .state").first).to_have_text("推定适用")


def test_an_institution_learns_what_it_may_claim(page: Page) -> None:
    menu(page, "事项")
    page.get_by_role("link", name="取证补贴 · 初级工").click()
    main = page.locator("#standing [data-first]:visible .standing-main")
    expect(main).to_contain_text("每证400元")
    expect(main).to_contain_text("评价机构")
    main.get_by_role("link", name="每证400元").click()
    expect(page.locator("mark.quoted")).to_contain_text("初级工证书")
    expect(page.locator("#details")).to_contain_text("补给")


def claim(page: Page, clause: str) -> Locator:
    """The answer on the amount of a clause."""
    place = page.locator("p.remark").filter(has_text=clause)
    return page.locator("article.claim").filter(has=place).first


def test_an_institution_asks_what_fits_it_and_what_a_person_must_decide(page: Page) -> None:
    menu(page, "我能申领什么")
    page.get_by_label("申领主体").select_option("评价机构")
    page.get_by_label("省份").select_option("山西省")
    page.get_by_label("市、县").select_option("文水县")
    page.get_by_label("日期", exact=True).fill("2024-10-01")
    page.get_by_label("证书等级").select_option("初级工")
    page.get_by_label("证书数").fill("50")
    page.get_by_role("button", name="查看能申领什么").click()
    expect(page.locator("#claim-status")).to_have_text("符合 0 项，需人工判断 4 项，不符合 9 项。")
    expect(page.locator("#claim-heading")).to_be_focused()

    # a subsidy that a later notice of the county restricts: what is open, and what it comes to
    certificates = claim(page, "晋人社厅函〔2021〕600号 九/(二)")
    expect(certificates.locator(".claim-sum strong").first).to_have_text("20000 元")
    expect(certificates.locator(".state").first).to_have_text("推定替代在先规定")
    expect(certificates.locator(".claim-open").first).to_contain_text("取证补贴只针对新增技能人才")
    expect(certificates.locator(".earlier")).to_contain_text("300元/人")
    expect(certificates.locator(".earlier")).to_contain_text("是评价机构，不是企业、培训机构")
    # until when, from whom and whom to ask stand where a notice says them
    training = claim(page, "文人社字〔2024〕20号 七/(二)")
    expect(training).to_contain_text("各经办机构应在收到补贴资金申请后2个月内完成资金拨付")
    tourism = claim(page, "晋文旅办发〔2021〕123号 三/(二)")
    for name, words in (("谁支付", "省人社厅"), ("问谁", "7322060")):
        expect(tourism.locator(".fields > div").filter(has_text=name)).to_contain_text(words)

    # what does not fit, and why
    page.get_by_text("不符合 9 项", exact=True).click()
    refused = page.locator("[data-group=不符合] > ul > li").filter(has_text="600元/证")
    expect(refused).to_contain_text("证书是初级工")
    # what has not been said is one click from its field
    certificates.get_by_role("button", name="去填写").click()
    expect(page.get_by_label("是否列入目录")).to_be_focused()
    page.get_by_label("是否列入目录").select_option("是")
    expect(certificates.get_by_role("button", name="去填写")).to_have_count(0)
    # a person says of all that is open that it is met
    open_ = certificates.get_by_role("button", name=re.compile("^(满足|有效)$"))
    for name in open_.all_inner_texts():
        certificates.get_by_role("button", name=name, exact=True, pressed=False).first.click()
        expect(page.locator("button:focus")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#claim-status")).to_contain_text("符合 1 项")
    expect(page.locator("[data-group=符合] .claim-sum strong").first).to_have_text("20000 元")
    # the sentence that decided is one click away, and the way back brings the answer
    asked = page.url
    certificates.locator(".claim-why a").first.click()
    expect(page.locator("#s9-2")).to_be_in_viewport()
    page.go_back()
    assert page.url == asked
    expect(page.locator("#claim-status")).to_contain_text("符合 1 项")


def test_a_developer_runs_the_example_over_the_data(page: Page, root: str) -> None:
    menu(page, "数据接口")
    expect(page.get_by_role("link", name="data/rules.json")).to_be_visible()
    expect(page.get_by_role("link", name="格式定义").first).to_be_visible()
    example = page.locator("pre code").first.inner_text()
    assert len(example.splitlines()) <= 10
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(re.sub(r'"http[^"]*"', f'"{root}/"', example, count=1), {})
    assert "高级工证书800元" in said.getvalue()
