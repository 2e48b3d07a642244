"""What the pages of measures and rules say, of the bundled notices and of made-up ones."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import site_samples as samples

from kb.force.timeline import Timeline
from kb.schema import TargetRule
from site_builder import urls
from site_builder.holdings import Holdings, end_of_rule
from site_builder.page import Edition, Page
from site_builder.pages import measure, measures, rule
from site_builder.pages.measure import MeasurePage
from site_builder.pages.measures import MeasureLine, MeasuresPage
from site_builder.pages.rule import RulePage, around
from site_builder.render import render
from site_builder.timelines.chain import Link
from site_builder.timelines.comparison import compared, facts
from site_builder.timelines.day_blocks import DayBlock
from tests.force_samples import NEW, OLD, bundled, graph
from tests.test_site_values_by_day import confirmed

BUILT = date(2026, 11, 30)
EDITION = Edition("知识库", BUILT, "abcd1234")


@cache
def holdings() -> Holdings:
    return Holdings(bundled(), BUILT)


def page_of(held: Holdings, name: str) -> MeasurePage:
    found = [p.context for p in measure.pages(held, EDITION) if p.context.name == name]
    assert len(found) == 1
    return found[0]


def rule_pages(held: Holdings) -> dict[str, RulePage]:
    return {page.context.identifier: page.context for page in rule.pages(held, EDITION)}


@cache
def bundled_rules() -> dict[str, RulePage]:
    return rule_pages(holdings())


def rule_page(quote: str) -> RulePage:
    return next(p for p in bundled_rules().values() if quote in p.context.quote)


def lines(page: MeasuresPage) -> dict[str, MeasureLine]:
    return {m.name: m for r in page.regions for g in r.items for m in g.measures}


def now(line: MeasureLine) -> tuple[list[str], list[str]]:
    """The values that are shown today, and those struck through."""
    block = next(b for b in line.days if b.shown)
    return [value.short for value in block.main], [value.short for value in block.past]


def test_the_list_says_what_stands_today_and_what_it_took_the_place_of() -> None:
    (made,) = measures.pages(holdings(), EDITION)
    page = made.context
    assert isinstance(page, MeasuresPage)
    assert [region.region for region in page.regions] == ["山西省", "文水县"]
    assert (page.total, page.conflicts) == (len(holdings().timelines), 1)
    assert page.pager is None
    found = lines(page)
    assert now(found["取证补贴 · 初级工"]) == (["400元/证"], ["300元/人"])
    assert now(found["以工代训"]) == ([], ["执行至2021年12月31日"])
    disputed = next(b for b in found["培训补贴 · 定向培训"].days if b.shown)
    assert disputed.disputed


#: 国发〔2018〕41号 第十七条, shortened
RENTS = """国务院关于印发个人所得税专项附加扣除暂行办法的通知
国发〔2018〕41号
第一条 纳税人在主要工作城市没有自有住房而发生的住房租金支出，可以按照以下标准定额扣除：
（一）直辖市、省会（首府）城市、计划单列市以及国务院确定的其他城市，扣除标准为每月1500元；
（二）除第一项所列城市以外，市辖区户籍人口超过100万的城市，扣除标准为每月1100元；
市辖区户籍人口不超过100万的城市，扣除标准为每月800元。
"""


def shown_values(text: str) -> tuple[DayBlock, str]:
    """The block of today of the only measure of a notice, and the page of it."""
    (made,) = measures.pages(Holdings(graph(text), BUILT), EDITION)
    (line,) = lines(made.context).values()
    return next(b for b in line.days if b.shown), render(made).decode()


def test_values_of_one_day_are_all_shown_with_what_tells_them_apart() -> None:
    block, _ = shown_values(RENTS)
    assert [(value.short, value.apart) for value in block.main] == [
        ("1500元/月", "直辖市、省会（首府）城市、计划单列市以及国务院确定的其他城市"),
        ("1100元/月", "除第一项所列城市以外，市辖区户籍人口超过100万的城市"),
        ("800元/月", "市辖区户籍人口不超过100万的城市"),
    ]
    assert block.more == 0


def test_more_values_than_a_line_shows_are_counted() -> None:
    more = "\n".join(f"甲类城市{n}，扣除标准为每月{n}元。" for n in (500, 600, 700))
    block, page = shown_values(RENTS + more)
    assert (len(block.main), block.more) == (4, 2)
    assert "另有 2 处" in page


def test_a_list_of_hundreds_has_pages_of_a_hundred() -> None:
    held = Holdings(bundled(), BUILT)
    first = held.timelines[0]
    many = [
        replace(first, measure=replace(first.measure, key=replace(first.measure.key, item=f"{n}")))
        for n in range(205)
    ]
    held.__dict__["timelines"] = tuple(many)
    made = list(measures.pages(held, EDITION))
    assert [page.path for page in made] == ["measures.html", "measures-2.html", "measures-3.html"]
    sizes = [sum(region.size for region in page.context.regions) for page in made]
    assert sizes == [100, 100, 5]
    entries = made[1].context.pager.entries
    assert [entry.href for entry in entries] == [page.path for page in made]
    assert 'rel="next"' in render(made[1]).decode()


def test_a_measure_tells_each_step_with_its_place_and_what_it_does() -> None:
    page = page_of(holdings(), "取证补贴 · 高级工（山西省）")
    steps = [(step.number, step.value, step.effect, step.mark.label) for step in page.steps]
    assert steps == [
        ("①", "600元/人", "", "推定已被替代"),
        ("②", "800元/证", "推定替代", "推定适用"),
        ("③", "800元/人", "沿用", "推定已到期"),
    ]
    assert page.steps[0].period == "2019年7月1日起，推定于2021年1月1日至2021年7月8日之间失效"
    assert [len(step.links) for step in page.steps] == [0, 1, 1]
    assert page.steps[1].clause_href.endswith("2021-600.html#s9-2")
    assert page.drawn.picture.lanes[1].label.text == "② 推定替代①　晋人社厅函〔2021〕600号"


def only_link(page: MeasurePage) -> Link:
    (found,) = [link for step in page.steps for link in step.links]
    return found


def test_a_relation_says_who_claims_it_why_and_in_which_words() -> None:
    told = only_link(page_of(holdings(), "取证补贴 · 初级工（山西省）"))
    assert (told.verb, told.presumed, told.author) == ("替代", True, "系统推定，待人工确认")
    assert [(c.field, c.before, c.after) for c in told.changes] == [
        ("金额", "300元", "400元"),
        ("计算单位", "人", "证"),
        ("领取方", "企业或培训机构", "评价机构"),
    ]
    assert any("在先文件由政府发出" in reason for reason in told.reasons)
    assert [saying.clause for saying in told.sayings] == ["九/(二)", "二/(六)"]
    assert "初级工每人300元" in told.sayings[1].quote


def test_a_conflict_says_what_would_decide_it() -> None:
    told = only_link(page_of(holdings(), "培训补贴 · 定向培训（山西省）"))
    assert told.verb == "冲突"
    assert told.decides.startswith("由发文机关或共同上级明确")
    assert not any("如何裁断" in reason for reason in told.reasons)
    assert {saying.document for saying in told.sayings} == {
        "晋教职成〔2021〕8号",
        "晋人社厅函〔2021〕600号",
    }


def test_a_person_who_has_confirmed_a_relation_is_named_with_the_note() -> None:
    page = page_of(confirmed(), "取证补贴 · 高级工（山西省）")
    told = next(link for link in page.steps[1].links if link.verb == "替代")
    assert (told.presumed, told.author) == (False, "张三确认：见来函")
    assert page.drawn.picture.ties[0].look == "stated"


def test_what_a_text_ends_is_told_with_the_text() -> None:
    page = page_of(Holdings(graph(OLD, NEW), BUILT), "培训补贴 · 企业职工培训（山西省）")
    ended = next(link for step in page.steps for link in step.links if link.verb == "废止")
    assert ended.author == "原文写明"
    assert "同时废止" in ended.sayings[0].quote


def test_two_places_are_compared_field_by_field() -> None:
    page = page_of(holdings(), "培训补贴 · 定向培训（山西省）")
    (pair,) = page.pairs
    rows = {row.name: row for row in pair.rows}
    assert rows["规定"].before == ("每人不超过8000元",)
    assert rows["规定"].after == ("每人不超过1万元",)
    verdicts = {row.name: row.verdict for row in pair.rows}
    assert verdicts["领取方"] == "不同"
    assert verdicts["地区"] == "相同"
    # of two documents the places always differ
    assert verdicts["条款"] == verdicts["原文"] == ""
    assert "次数" not in verdicts


def test_deadlines_and_departments_are_those_of_the_same_clauses() -> None:
    page = page_of(holdings(), "培训补贴 · 定向培训（山西省）")
    places = {step.clause for step in page.steps}
    assert page.deadlines
    assert {line.clause for line in (*page.deadlines, *page.departments)} <= places


def of_targets() -> tuple[Holdings, Timeline]:
    """A measure that is no money: targets of a province and of a county below it."""
    held = Holdings(bundled(), BUILT)
    base, first = held.base, held.timelines[0]
    found = [
        (record, target)
        for record in base.records
        for target in record.rules
        if isinstance(target, TargetRule)
    ]
    chosen = [found[0], next(p for p in reversed(found) if p[0] is not found[0][0])]
    steps = tuple(
        replace(
            first.steps[0],
            rule=target.id,
            document=record.document.id,
            clause=target.clause,
            value="不低于25%",
            quote=target.quote,
            relation=relation,
            target=chosen[0][1].id if relation else None,
            changes=(),
        )
        for (record, target), relation in zip(chosen, (None, "specialises"), strict=True)
    )
    entries = tuple(
        replace(first.measure.entries[0], document=s.document, clause=s.clause) for s in steps
    )
    made = Timeline(replace(first.measure, entries=entries), steps)
    held.__dict__["timelines"] = (made,)
    return held, made


def test_a_measure_of_targets_is_told_like_one_of_money() -> None:
    held, made = of_targets()
    (page,) = measure.pages(held, EDITION)
    told = page.context
    assert [step.value for step in told.steps] == ["不低于25%", "不低于25%"]
    assert [step.region for step in told.steps] == ["山西省", "文水县"]
    assert told.steps[1].effect == "细化"
    # a target has no page of its own, so its clause is where it is read
    assert [step.rule_href for step in told.steps] == ["", ""]
    html = render(page).decode()
    assert "文水县" in html
    assert made.measure.name in html


def test_comparing_what_has_no_value_says_that_it_is_not_written() -> None:
    held = next(t for t in holdings().timelines if t.measure.name == "生活费补贴（山西省）")
    before, after = (facts(holdings(), step) for step in held.steps)
    rows = {row.name: row for row in compared(before, after)}
    assert rows["规定"].after == ("未写数值",)
    assert rows["资金来源"].after == ()
    assert rows["资金来源"].verdict == "不同"


def test_a_measure_of_many_steps_has_several_pages_and_the_latest_come_first() -> None:
    held = Holdings(bundled(), BUILT)
    first = next(t for t in held.timelines if len(t.steps) == 3)
    many = Timeline(replace(first.measure, entries=first.measure.entries * 34), first.steps * 34)
    held.__dict__["timelines"] = (many,)
    made = list(measure.pages(held, EDITION))
    address = urls.measure_page(str(many.measure.key))
    assert [page.path for page in made] == [urls.numbered(address, n) for n in range(1, 8)]
    assert [len(page.context.steps) for page in made] == [16] * 6 + [6]
    assert [bool(page.context.days) for page in made] == [True] + [False] * 6
    assert made[0].context.steps[-1].number == "(102)"
    assert all(len(render(page)) < 200_000 for page in made)


def test_a_rule_page_shows_the_quote_among_the_words_of_its_clause() -> None:
    page = rule_page("高级工证书800元")
    assert (page.subject, page.value) == ("取证补贴（高级工证书）", "每证800元")
    assert page.context.quote == "高级工证书800元"
    assert page.context.before.endswith("中级工证书600元、")
    assert page.context.after.startswith("的标准，给予评价机构取证补贴")
    assert page.mark.label == "推定适用"
    assert page.measure and page.measure.name == "取证补贴 · 高级工（山西省）"


@pytest.mark.parametrize("record", bundled().base.records, ids=lambda record: record.document.id)
def test_what_is_shown_around_a_quote_stands_in_its_document(record) -> None:
    for one in record.rules:
        found = around(record, one)
        shown = found.before.removeprefix("…") + found.quote + found.after.removesuffix("…")
        assert found.quote == one.quote
        assert shown in record.text
        assert len(found.before) + len(found.after) < 600


def test_a_rule_page_says_for_every_day_whether_the_rule_stands_and_why() -> None:
    page = rule_page("初级工每人300元")
    states = {block.first: block for block in page.states}
    assert [(b.first, b.label) for b in page.states] == [
        ("0001-01-01", "尚未施行"),
        ("2019-07-01", "有效"),
        ("2021-07-08", "推定已被替代"),
        ("2022-01-01", "推定已被替代"),
    ]
    assert [block.shown for block in page.states] == [False, False, False, True]
    reason = states["2019-07-01"].reasons[0]
    assert "2019年7月1日" in reason.text
    assert reason.quotes[0].href.endswith("#s2-6")
    # the reasons of the inference are told once, with the relation
    assert states["2021-07-08"].related
    assert page.links


def test_a_rule_of_no_measure_has_its_page_too() -> None:
    budget = next(
        p for p in bundled_rules().values() if ("预算",) in [field.values for field in p.fields]
    )
    assert (budget.measure, budget.drawn) == (None, None)
    assert budget.states


def test_every_rule_that_is_told_to_have_a_page_has_one() -> None:
    held = holdings()
    assert rule_pages(held).keys() == held.with_page
    for identifier in held.with_page:
        found = held.base.rule(identifier)
        assert found
        assert held.periods(end_of_rule(*found))


def test_a_review_names_the_person() -> None:
    record = samples.training()
    chosen = next(r for r in record.rules if r.kind == "amount")
    review = type(chosen.review)(status="confirmed", by="李四", at="2024-05-06", note="与原件一致")
    seen = tuple(
        r.model_copy(update={"review": review}) if r.id == chosen.id else r for r in record.rules
    )
    known = samples.base(record.model_copy(update={"rules": seen}))
    made = rule_pages(Holdings(samples.graph(known), samples.DAY))
    told = made[chosen.id].review
    assert (told.name, told.values) == ("已经人工核对", ("李四，2024年5月6日", "与原件一致"))


def test_developers_get_the_rule_as_it_is_kept() -> None:
    page = rule_page("高级工证书800元")
    plain = json.loads(page.plain)
    assert (plain["id"], plain["min"], plain["kind"]) == (page.identifier, 800, "amount")
    assert page.record_href == "data/documents/140000-jinrenshetinghan-2021-600.json"


def made_pages() -> list[Page]:
    held = holdings()
    return [
        *measures.pages(held, EDITION),
        *measure.pages(held, EDITION),
        *rule.pages(held, EDITION),
    ]


def test_pages_stay_small() -> None:
    for page in made_pages():
        size = len(render(page))
        assert size < (16_000 if page.template == "rule.html" else 40_000), (page.path, size)


def test_no_letter_of_a_picture_is_smaller_than_twelve_pixels() -> None:
    css = (Path(__file__).parents[1] / "site_builder/static/css/measures.css").read_text()
    sizes = re.findall(r"\.timeline[^{]*\{[^}]*font:\s*([\d.]+)px", css)
    assert sizes == ["13"]
    assert not re.search(r"\.timeline[^{]*\{[^}]*font-size", css)
