"""The page 我能申领什么 says what ``policykb apply`` says: the same verdict, clause and sum."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import site_samples as samples
from playwright.sync_api import Browser, Page, expect

from kb.api import Base, base_of
from kb.claims.profile import Profile, known_values, profile_of
from kb.force.graph import Graph
from site_builder.building.write import build_site
from tests.claims_page import ASK, query, told
from tests.claims_samples import base, notice, rows
from tests.force_samples import NEW, OLD, bundled, record
from tests.test_claims_profiles import plain

pytestmark = pytest.mark.browser

DAY = date(2026, 11, 30)
ROWS = rows("profiles.yaml")


def opened(browser: Browser, graph: Graph, folder: Path) -> Iterator[Page]:
    """The page of a site of ``graph``; an error in a script fails the test."""
    report = build_site(graph, folder / "site", title="知识库", built=DAY)
    assert report.dead_links == ()
    context = browser.new_context()
    page, trouble = context.new_page(), list[str]()
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda m: trouble.append(m.text) if m.type == "error" else None)
    page.goto((folder / "site" / "apply.html").as_uri())
    yield page
    context.close()
    assert trouble == []


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    yield from opened(browser, bundled(), tmp_path_factory.mktemp("claims"))


def agree(page: Page, known: Base, asked: list[tuple[Profile, str]]) -> None:
    """The page and the program give the same answers in the same order."""
    said: list[dict[str, Any]] = page.evaluate(ASK, [[query(*one) for one in asked]])
    records = known.knowledge.by_id
    for (profile, on), shown in zip(asked, said, strict=True):
        wanted = told(known.apply(profile, on), records)
        assert shown == wanted, (profile, on)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_the_page_answers_every_profile_as_the_program_does(page: Page, row: Any) -> None:
    agree(page, base(), [(profile_of(plain(row["profile"])), row["on"])])


def made_up(chance: random.Random) -> tuple[Profile, str]:
    """Any profile, on any day from 2018 on."""
    known = known_values()

    def some(key: str) -> list[str]:
        return chance.sample(known[key], chance.choice((0, 0, 1, 1, 2)))

    def maybe(value: Any) -> Any:
        return value if chance.random() < 0.5 else None

    people = chance.randrange(60)
    given = {
        "kind": chance.choice(known["kind"]),
        "region": chance.choice(
            ("文水县", "141121", "太原市", "山西省", "全国", "境外", "广州市", None)
        ),
        "sector": maybe(chance.choice(("文化和旅游", "商务"))),
        **{key: some(key) for key in ("groups", "training", "certificate")},
        "age": maybe(chance.randrange(90)),
        **{key: maybe(chance.random() < 0.7) for key in ("free", "filed", "qualified")},
        "obtained": maybe(date(2018, 1, 1) + timedelta(chance.randrange(3000))),
        "received": chance.choice(({}, {"year": 1}, {"certificate": 0}, {"person": 2, "year": 0})),
        "people": maybe(people),
        "days": maybe(chance.randrange(130)),
        "months": maybe(chance.randrange(12)),
        "certificates": maybe(chance.randrange(40)),
        "base": maybe(Decimal(chance.randrange(10**6)) / 100),
    }
    rate = chance.choice((None, "rate", "heads"))
    if rate == "rate":
        given["employment_rate"] = Decimal(chance.randrange(101)) / 100
    elif rate == "heads":
        given["employed"] = chance.randrange(people + 1)
    day = date(2018, 6, 1) + timedelta(chance.randrange(3300))
    return profile_of({k: v for k, v in given.items() if v is not None}), day.isoformat()


def test_the_page_answers_any_profile_as_the_program_does(page: Page) -> None:
    chance = random.Random(20)
    agree(page, base(), [made_up(chance) for _ in range(150)])
    # and near what is known to fit something
    near = [(profile_of(plain(row["profile"])), row["on"]) for row in ROWS]
    changed = [(changed_a_little(profile, chance), on) for profile, on in near for _ in range(6)]
    agree(page, base(), changed)


def changed_a_little(profile: Profile, chance: random.Random) -> Profile:
    """The same with one key of another profile, or without it."""
    other, _ = made_up(chance)
    keys = [k for k in Profile.model_fields if k not in ("kind", "confirmed", "denied", "employed")]
    key = chance.choice(keys)
    return profile.model_copy(update={key: getattr(other, key)})


#: clauses of other matters: steps, shares, ceilings, floors, ranges, ages, times, 从高
OTHERS = (
    "培训补贴。对企业职工参加岗前培训的，前3个月每人每月500元，之后每人每月300元，每人最高不超过3000元，每人每年只能享受1次。",
    "就业补贴。对招用残疾人的企业，按照缴纳社会保险费的50%给予企业补贴，每人不超过2000元。",
    "生活补贴。对年满60周岁的老年人，每人每月不低于200元。",
    "对企业开展岗前培训给予企业每人500元补贴；对企业开展安全技能培训给予企业每人800元补贴。两项补贴从高不重复享受。",
    "培训补贴。创业培训每人1500元，就业率达到80%的全额拨付，就业率达不到80%的，按补贴标准的60%拨付。",
    "种粮补贴。对家庭农场按每亩80元给予家庭农场补贴，2024年1月1日至2024年12月31日期间有效，预算总金额为500万元。",
    "奖励。给予企业一次性奖励10万元至30万元。",
)  # fmt: skip
NUMBERS = {"mu": "12.5", "households": "3", "enterprises": "2", "quarters": "2"}
ENTERPRISE = {"kind": "企业", "region": "130534", "people": 2, "qualified": True, "counts": NUMBERS}
#: what is no sum of its own
RELATIVE = (
    "培训补贴。对企业给予每人每天150元培训补贴，培训合格的在原标准基础上每人再增加200元。",
    "检验收费标准每人下调10元。",
    "贷款额度。企业贷款额度可按申请贷款时计算的可贷额度上浮20%确定。",
    "补助标准按基准额的1.5倍执行。",
)
#: profiles of which something is 符合, and what the program says of it
FITTING = (
    ({**ENTERPRISE, "training": ["岗前培训", "安全技能培训"]}, ("instead", "1600 元", "1000 元")),
    ({**ENTERPRISE, "training": "岗前培训", "months": 5}, ("4200 元", "至", "1000 元")),
    ({"kind": "家庭农场", "region": "130534", "counts": NUMBERS}, ("1000 元", "未超过同一句")),
    ({"kind": "个人", "region": "130534", "age": 61, "people": 1, "months": 3}, ("不低于 600 元",)),
    ({"kind": "培训机构", "region": "130534", "training": "创业培训", "people": 3,
      "employment_rate": "0.5"}, ("2700 元", "就业率低于80%：× 60% = 2700元")),
)  # fmt: skip


def test_the_page_reckons_steps_shares_ranges_and_shuts_out_the_lesser(
    browser: Browser, tmp_path: Path
) -> None:
    graph = samples.graph(samples.base(notice(*OTHERS)))
    known = base_of(graph.base)
    asked = [(profile_of(profile), "2024-06-01") for profile, _ in FITTING]
    for (profile, on), (_, words) in zip(asked, FITTING, strict=True):
        said = str(told(known.apply(profile, on), known.knowledge.by_id))
        assert [word for word in words if word not in said] == [], said
    chance = random.Random(7)
    counts = {name: Decimal(number) for name, number in NUMBERS.items()}
    for _ in range(100):
        profile, on = made_up(chance)
        asked.append((profile.model_copy(update={"region": "130534", "counts": counts}), on))
    for page in opened(browser, graph, tmp_path):
        agree(page, known, asked)


def test_what_comes_on_top_of_another_amount_says_so_on_the_page_too(
    browser: Browser, tmp_path: Path
) -> None:
    graph = samples.graph(samples.base(notice(*RELATIVE)))
    known = base_of(graph.base)
    numbers = {"people": 2, "days": 3, "months": 1, "base": "100", "counts": NUMBERS}
    profile = profile_of({**ENTERPRISE, **numbers})
    offers = known.apply(profile, "2024-06-01").offers
    means = {offer.sum.means for offer in offers if offer.sum and offer.relative}
    assert means == {"另加的金额", "减少的金额", "提高后的额度", "折算后的金额"}
    for page in opened(browser, graph, tmp_path):
        agree(page, known, [(profile, "2024-06-01")])
        page.goto(f"{page.url}?{query(profile, '2024-06-01')}")
        told = page.locator(".claim", has=page.locator(".reckoned", has_text="400 元"))
        told = told.filter(has_text="另加的金额").locator(".claim-relative")
        expect(told).to_contain_text("在“培训补贴 150元/人/天”之上另加，不是单独的标准。")
        told.get_by_role("link", name="看那一项").click()
        expect(page.locator("main")).to_contain_text("每人每天150元")


def test_what_has_been_repealed_is_left_out_with_its_successor(
    browser: Browser, tmp_path: Path
) -> None:
    graph = samples.graph(samples.base(record(OLD, "a.txt"), record(NEW, "b.txt")))
    profile = profile_of({"kind": "企业", "region": "太原市", "groups": "企业职工", "people": 10})
    days = ("2020-03-31", "2020-04-01", "2022-06-30", "2022-07-01", "2026-01-01")
    for page in opened(browser, graph, tmp_path):
        agree(page, base_of(graph.base), [(profile, day) for day in days])


def test_a_person_settles_a_condition_on_the_page_too(page: Page) -> None:
    asked = plain(ROWS[0]["profile"])
    offer = next(o for o in base().apply(asked, ROWS[0]["on"]).offers if o.answer != "符合")
    ids = [j.condition.id for j in offer.judgements if j.holds is None]
    for settled in ({"confirmed": ids}, {"confirmed": ids[:1], "denied": ids[1:]}):
        agree(page, base(), [(profile_of({**asked, **settled}), ROWS[0]["on"])])
