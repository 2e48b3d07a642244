"""What amounts come to: exact, number by number, and refused where it cannot be."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import MissingInput, UsageError
from kb.api import base_of
from kb.claims.calculation import Calculation, calculate
from kb.claims.plain import calculation as plain
from kb.models import KnowledgeBase
from kb.schema import AmountRule
from tests.claims_samples import DIRECTED, STEPS, TOURISM, amount, base


@pytest.mark.parametrize(
    ("rule", "given", "total"),
    [
        (STEPS, {"days": 6, "people": 1, "employment_rate": 1}, 900),
        (STEPS, {"days": 12, "people": 1, "employment_rate": 1}, 1700),
        (STEPS, {"days": 60, "people": 1, "employment_rate": 1}, 5000),
        (STEPS, {"days": 45, "people": 1, "employment_rate": 1}, 5000),
        (STEPS, {"days": 44, "people": 1, "employment_rate": 1}, 4900),
        (STEPS, {"days": 0, "people": 30, "employment_rate": 1}, 0),
        (STEPS, {"days": 12, "people": 40, "employment_rate": "0.8"}, 68000),
        (STEPS, {"days": 12, "people": 40, "employment_rate": "0.75"}, 51000),
        (STEPS, {"days": 12, "people": 40, "employed": 32}, 68000),
        (STEPS, {"days": 12, "people": 40, "employed": 31}, 52700),
        # 22.5 people are 22
        (STEPS, {"days": 12, "people": 30, "employment_rate": 0.75}, 37400),
        (STEPS, {"days": 12, "people": 30, "employment_rate": 0}, 0),
        (TOURISM, {"days": 6, "people": 40}, 36000),
        (TOURISM, {"days": 7, "people": 40}, 40000),
    ],
)
def test_the_bundled_amounts_come_to(rule, given, total):
    assert base().calculate(rule, **given).total == total


def said(clause: str, **given: object) -> Calculation:
    """What the only amount of a notice with this clause comes to."""
    return calculate(*amount(clause), given)


@pytest.mark.parametrize(
    ("clause", "given", "bound", "low", "high"),
    [
        ("对企业职工培训给予每人300元培训补贴。", {"people": 3}, "exact", 900, 900),
        ("对企业新录用人员培训给予每人不超过800元补贴。", {"people": 2}, "ceiling", None, 1600),
        ("对困难家庭给予每户不低于500元补助。", {"households": 2}, "floor", 1000, None),
        ("对示范基地给予10万元至30万元奖励。", {}, "range", 100000, 300000),
        ("对首次认定的企业给予一次性奖励5万元。", {}, "exact", 50000, 50000),
        ("对种粮农户给予每亩120.5元补贴。", {"mu": "3.2"}, "exact", "385.6", "385.6"),
        ("按照实际缴纳契税总额的50%给予补贴。", {"base": "12345.67"}, "exact", "6172.835", None),
        (
            "对购房者按契税总额的80%给予补贴，最高不超过3万元。",
            {"base": 50000},
            "exact",
            30000,
            None,
        ),
        ("残疾人个人所得税减征50%。", {"base": 1000}, "exact", 500, None),
        ("贷款额度可按可贷额度合计数上浮20%。", {"base": 500000}, "exact", 600000, None),
    ],
)
def test_every_kind_of_amount_is_told_as_what_it_is(clause, given, bound, low, high):
    found = said(clause, **given)
    assert found.bound == bound
    assert found.low == (None if low is None else Decimal(low))
    if high is not None or bound == "floor":
        assert found.high == (None if high is None else Decimal(high))
    assert (found.total is not None) == (bound == "exact")


def test_a_ceiling_is_said_as_such_and_is_no_sum():
    found = base().calculate(DIRECTED, people=50)
    assert (found.total, found.bound, found.high) == (None, "ceiling", 400000)
    assert any("上限" in note for note in found.notes)


def test_a_budget_is_compared_and_never_paid():
    budget = "140000-jinwenlvbanfa-2021-123#s3-2.amount.e731"
    found = base().calculate(budget, base=6_000_000)
    assert (found.total, found.bound, found.high) == (None, "budget", 5_000_000)
    assert any(note == "所给金额超过这一预算" for note in found.notes)
    beside = base().calculate(TOURISM, days=7, people=5001)
    assert any(note.startswith("超过同一句所列预算5000000元") for note in beside.notes)


@pytest.mark.parametrize(
    ("below", "rate", "total"),
    [
        ("就业率低于60%的，按补贴标准的70%拨付", "0.5", 2100),
        ("就业率低于60%的，按补贴标准的70%拨付", "0.6", 3000),
        ("就业率未达到60%的，不予拨付", "0.59", 0),
        ("未达到的，按实际就业人数拨付", "0.5", 1500),
    ],
)
def test_an_employment_rate_counts_as_the_text_has_it(below, rate, total):
    text = (
        f"项目制培训补贴标准为每人300元。培训后就业率达到60%以上的，按照培训人数全额拨付；{below}。"
    )
    if below.startswith("未"):
        text = text.replace("；未", "；就业率未")
    assert said(text, people=10, employment_rate=rate).total == total


def test_a_rate_of_employment_without_its_other_half_counts_nobody_out():
    found = said("培训后的就业率须达到培训人数的80%。培训补贴标准为每人300元。", people=10)
    assert found.total == 3000


@pytest.mark.parametrize(
    ("given", "names", "words"),
    [
        ({}, ("people", "days", "employment_rate"), "days (天数, 天)"),
        ({"people": 30, "days": 12}, ("employment_rate",), "0 to 1). Give --employment-rate N."),
        ({"employed": 3, "people": 4}, ("days",), "--days"),
    ],
)
def test_what_is_missing_is_asked_for_by_name_unit_and_option(given, names, words):
    with pytest.raises(MissingInput) as caught:
        base().calculate(STEPS, **given)
    assert caught.value.names == names
    assert words in str(caught.value)


def test_a_number_without_an_option_of_its_own_is_asked_for_by_count():
    with pytest.raises(MissingInput, match=r"mu \(亩数, 亩\)\. Give --count mu=N\."):
        said("对种粮农户给予每亩120元补贴。")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"days": -1}, "days is -1, which is below 0"),
        ({"people": "2.5"}, "people is 2.5, which must be whole"),
        ({"people": "many"}, "people is many, which is no number"),
        ({"people": True}, "people is True, which is no number"),
        ({"people": "NaN"}, "people is NaN, which is no number"),
        ({"people": "1e30"}, "is over"),
        ({"days": 40000}, "days is 40000, which is over 36600"),
        ({"employment_rate": 75}, "Write 75% as 0.75"),
        ({"people": 3, "employed": 4}, "employed is 4, more than the 3 people"),
        ({"people": 4, "employed": 3, "employment_rate": "0.5"}, "not both"),
        ({"poeple": 3}, 'did you mean "people"?'),
    ],
)
def test_what_cannot_be_is_refused_with_field_and_remedy(given, words):
    with pytest.raises(UsageError) as caught:
        base().calculate(STEPS, **given)
    assert words in str(caught.value)
    assert caught.value.remedy or "did you mean" in str(caught.value)


def test_percentage_points_are_no_money():
    record, rule = amount("对企业职工培训给予每人300元培训补贴。")
    share = rule.model_copy(update={"role": "share", "unit": "pp", "percent_max": Decimal(3)})
    with pytest.raises(UsageError, match="percentage points"):
        calculate(record, share, {"base": 100})


def rests(found: Calculation) -> bool:
    """Whether every number rests on words that stand there, an input, or numbers before it."""
    text = {r.document.id: r.text for r in base().records}
    return all(
        (entry.quote or entry.given or entry.of)
        and (
            not entry.quote
            or not entry.quote.span
            or text[entry.quote.document][slice(*entry.quote.span)] == entry.quote.quote
        )
        and all(of < at for of in entry.of)
        for at, entry in enumerate(found.trace)
    )


@settings(max_examples=150, deadline=None)
@given(
    days=st.integers(0, 400),
    people=st.integers(0, 10_000),
    rate=st.decimals(0, 1, places=4),
)
def test_any_steps_are_reckoned_exactly_and_every_number_rests_on_something(days, people, rate):
    found = base().calculate(STEPS, days=days, people=people, employment_rate=rate)
    each = min(Decimal(min(days, 10) * 150 + max(days - 10, 0) * 100), Decimal(5000))
    heads = people if rate * 100 >= 80 else int(people * rate)
    assert found.total == each * heads
    assert rests(found)


def test_every_amount_of_the_bundled_notices_is_calculated_or_says_what_it_needs():
    numbers = dict.fromkeys(("people", "days", "months", "certificates", "base"), 7)
    for found in base().rules("amount"):
        assert isinstance(found.rule, AmountRule)
        told = base().calculate(found.id, **numbers, employed=7)
        assert told.trace
        assert rests(told)


def test_the_command_prints_total_currency_and_trace(run):
    outcome = run(
        "calculate", STEPS, "--days", "12", "--people", "40", "--employed", "30", "--format", "json"
    )
    told = json.loads(outcome.out)
    assert (outcome.status, told["total"], told["currency"]) == (0, 51000, "CNY")
    assert told == plain(base().calculate(STEPS, days=12, people=40, employed=30))
    for entry in told["trace"]:
        assert {"source", "input", "of"} & entry.keys()
    options = {e["input"]["option"] for e in told["trace"] if "input" in e}
    assert options == {"--days", "--people", "--employed"}
    quotes = {e["source"]["quote"] for e in told["trace"] if "source" in e}
    assert "补贴标准为培训前10天每人每天150元、之后每人每天100元，最高每人不超过5000元" in quotes
    assert "就业率达不到上述规定的，按照实际就业人数申领补贴" in quotes


def test_the_command_shows_every_number_with_what_it_rests_on(run):
    out = run("calculate", TOURISM, "--days", "7", "--people", "40").out
    assert out.startswith("应得金额  40000 元\n")
    assert "1050超过上限1000，按上限 = 1000元" in out
    assert "输入 --days" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((STEPS,), "--employment-rate"),
        ((STEPS, "--days", "-3"), "days is -3, which is below 0. Give 天数 as --days in 天."),
        ((STEPS.replace("a7aa", "a7ab"),), f'did you mean "{STEPS}"?'),
        (("141121-wenrenshezi-2024-20#s7-2",), f"Its amounts are {STEPS}."),
        (("141121-wenrenshezi-2024-20#s7-2.department.5f50",), "is a department"),
        ((STEPS, "--count", "mu"), "Write it as --count mu=3."),
        ((STEPS, "--count", "muu=3"), 'did you mean "mu"?'),
    ],
)
def test_the_command_refuses_in_one_line(run, arguments, words):
    outcome = run("calculate", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err
    assert outcome.err.count("\n") == 1


def test_what_nothing_can_count_is_told_and_stops_no_other_answer():
    made, rule = amount("给予企业每人每天100元补贴。")
    odd = rule.model_copy(update={"per": ("person", "week")})
    with pytest.raises(UsageError, match="is counted per week, which nothing here can count"):
        calculate(made, odd, {"people": 3})
    known = base_of(KnowledgeBase.of([made.model_copy(update={"rules": (odd,)})]))
    [offer] = known.apply({"kind": "企业", "region": "130534", "people": 3}, "2024-06-01").offers
    assert (offer.answer, offer.sum, offer.missing) == ("符合", None, ())
