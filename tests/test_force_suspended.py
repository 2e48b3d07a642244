"""What rests for a time, what comes back, and how much longer a document lasts."""

from datetime import date

import pytest

from kb.claims.standing import standing
from kb.force.events import events
from kb.force.periods import periods
from kb.schema import AmountRule
from tests.force_samples import OLD, OLD_ID, end_of, graph, on
from tests.test_force_status import CITED, LATER

RESUMED = LATER.replace("〔2024〕7号", "〔2024〕9号").replace("2024年6月1日", "2024年9月1日")


@pytest.mark.parametrize(
    ("words", "name", "states"),
    [
        ("{}暂停执行。", OLD_ID, ("in_force", "suspended", "suspended")),
        ("{}自2024年7月1日起暂停执行。", OLD_ID, ("in_force", "in_force", "suspended")),
        (
            "{}自2024年6月1日起暂停执行至2024年7月31日。",
            OLD_ID,
            ("in_force", "suspended", "in_force"),
        ),
        (
            "{}自2024年6月1日起暂缓实施，至2024年7月31日止。",
            OLD_ID,
            ("in_force", "suspended", "in_force"),
        ),
        ("{}第二条暂停执行。", f"{OLD_ID}#第二条", ("in_force", "suspended", "suspended")),
        ("{}第二条暂停执行。", f"{OLD_ID}#第一条", ("in_force", "in_force", "in_force")),
        ("{}第二条暂停执行。", OLD_ID, ("in_force", "in_force", "in_force")),
        ("任何单位不得暂停执行{}。", OLD_ID, ("in_force", "in_force", "in_force")),
    ],
)
def test_a_document_rests_until_its_last_day(words, name, states) -> None:
    known = graph(OLD, LATER.format(words=words.format(CITED)))
    days = ("2024-05-31", "2024-06-01", "2024-08-01")
    assert tuple(on(known, name, day).state for day in days) == states


def test_what_is_resumed_holds_again_and_still_ends() -> None:
    known = graph(
        OLD,
        LATER.format(words=f"{CITED}暂停执行。"),
        RESUMED.format(words=f"{CITED}恢复执行。"),
    )
    subject = end_of(OLD_ID, known.base)
    told = [(str(p.first), p.state) for p in periods(known, subject)][-4:]
    assert told == [
        ("2020-04-01", "in_force"),
        ("2024-06-01", "suspended"),
        ("2024-09-01", "in_force"),
        ("2025-04-01", "expired"),
    ]
    assert {e.name for e in events(known)} >= {"暂停执行", "恢复执行"}


def test_a_suspension_is_told_with_its_words() -> None:
    told = on(graph(OLD, LATER.format(words=f"{CITED}暂停执行。")), OLD_ID, "2024-06-01")
    (reason,) = told.reasons
    assert "暂停执行" in reason.text
    assert reason.evidence and reason.evidence.quote.endswith("暂停执行")
    assert told.label == "暂停执行"


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("{}的有效期延长一年，至2026年3月31日止。", "2026-03-31"),
        ("{}的有效期延长2年。", "2027-03-31"),
        ("{}有效期延长六个月。", "2025-09-30"),
        ("{}继续有效，有效期重新计算，至2026年12月31日止。", "2026-12-31"),
    ],
)
def test_the_words_tell_how_much_longer_it_lasts(words, last) -> None:
    known = graph(OLD, LATER.format(words=words.format(CITED)))
    (over,) = [p for p in periods(known, end_of(OLD_ID, known.base)) if p.state == "expired"]
    assert str(over.first) > last
    assert on(known, OLD_ID, last).state == "in_force"
    assert (over.first.toordinal() - 1) == over.first.fromisoformat(last).toordinal()


def test_two_prolongings_add_up() -> None:
    known = graph(
        OLD,
        LATER.format(words=f"{CITED}有效期延长一年。"),
        RESUMED.format(words=f"{CITED}有效期再延长一年。"),
    )
    assert on(known, OLD_ID, "2027-03-31").state == "in_force"
    assert on(known, OLD_ID, "2027-04-01").state == "expired"


def test_what_rests_is_not_offered() -> None:
    known = graph(OLD, LATER.format(words=f"{CITED}暂停执行。"))
    held = known.base.by_id[OLD_ID]
    rule = next(r for r in held.rules if isinstance(r, AmountRule))
    offered = [
        standing(known, held, rule, date.fromisoformat(day))[1].holds
        for day in ("2024-05-31", "2024-06-01")
    ]
    assert offered == [True, False]
