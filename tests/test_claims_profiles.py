"""Profiles and what the bundled notices give them, as people have worked it out by reading."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from kb.claims.applicability import Answers, Offer
from kb.claims.profile import Profile, profile_of
from tests.claims_samples import base, rows

ROOT = Path(__file__).parents[1]
ROWS = rows("profiles.yaml")


def plain(value: Any) -> Any:
    """What YAML says: BaseLoader leaves all of it text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return {"true": True, "false": False}.get(value, value)


def answers(row: dict[str, Any]) -> Answers:
    return base().apply(profile_of(plain(row["profile"])), row["on"])


def means(name: str, offer: Offer) -> bool:
    """Whether 文号, clause and word of ``name`` are those of the offer."""
    number, clause, *word = name.split(" ", 2)
    said = f"{offer.rule.category} {offer.rule.quote}"
    same = (offer.record.document.number, offer.rule.clause) == (number, clause)
    return same and all(w in said for w in word)


def one(name: str, offers: tuple[Offer, ...]) -> Offer:
    [found] = [offer for offer in offers if means(name, offer)]
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_the_answers_are_those_worked_out_by_hand(row):
    found = answers(row)
    for name, wanted in row["answers"].items():
        check(one(name, found.offers), wanted)
    others = [o for o in found.offers if not any(means(name, o) for name in row["answers"])]
    wrong = {o.rule.id: (o.answer, o.deciding and o.deciding.because) for o in others}
    assert {told[0] for told in wrong.values()} <= {"不符合"}, wrong
    for name, wanted in row.get("refused", {}).items():
        check(one(name, found.offers), {"answer": "不符合", **wanted})


def check(offer: Offer, wanted: dict[str, Any]) -> None:
    decided, total = offer.deciding, offer.sum and offer.sum.total
    assert offer.answer == wanted["answer"], decided
    if "by" in wanted:
        assert decided is not None
        assert decided.condition.asks == wanted["by"], decided
    if "at" in wanted:
        assert offer.decided_by.clause == wanted["at"]
    assert wanted.get("quote", "") in offer.decided_by.quote
    if "total" in wanted:
        assert str(total) == wanted["total"]
    if "ceiling" in wanted:
        assert offer.sum is not None
        assert (offer.sum.bound, total, str(offer.sum.high)) == ("ceiling", None, wanted["ceiling"])
    assert offer.is_presumed == ("beneath" in wanted) or offer.answer == "不符合", offer.beneath
    assert wanted.get("payer") in (None, offer.guidance.payer and offer.guidance.payer.name)
    assert bool(offer.conflicts) or "conflicts" not in wanted
    assert [n.name for n in offer.missing] == wanted.get("missing", [n.name for n in offer.missing])
    open_ = " ".join(j.condition.evidence.quote for j in offer.judgements if j.holds is None)
    assert all(words in open_ for words in wanted.get("open", ()))
    told = " ".join(deadline.quote for deadline in offer.guidance.deadlines)
    assert wanted.get("deadline", "") in told
    phones = " ".join(contact.phone or "" for contact in offer.guidance.contacts)
    assert wanted.get("contact", "") in phones
    for name, beneath in wanted.get("beneath", {}).items():
        check(one(name, offer.beneath), beneath)


def test_there_are_twelve_profiles_and_more():
    assert len(ROWS) >= 12
    assert len({row["name"] for row in ROWS}) == len(ROWS)
    every = [wanted for row in ROWS for wanted in row["answers"].values()]
    assert {wanted["answer"] for wanted in every} == {"符合", "需人工判断"}


def test_every_answer_rests_on_words_that_stand_there():
    texts = {record.document.id: record.text for record in base().records}
    for row in ROWS:
        for offer in answers(row).offers:
            said = offer.decided_by
            assert said.span is not None
            assert texts[said.document][slice(*said.span)] == said.quote
            for judgement in offer.judgements:
                words = judgement.condition.evidence
                assert words.span is not None
                assert texts[words.document][slice(*words.span)] == words.quote


def test_a_person_settles_what_only_a_person_can():
    row = ROWS[0]
    asked = plain(row["profile"])
    [offer] = [o for o in answers(row).offers if means(next(iter(row["answers"])), o)]
    ids = [j.condition.id for j in offer.judgements if j.holds is None]
    assert len(ids) == 3
    settled = base().apply({**asked, "confirmed": ids}, row["on"])
    told = next(o for o in settled.offers if o.rule.id == offer.rule.id)
    assert (told.answer, told.sum and told.sum.total) == ("符合", 20000)
    assert settled.unknown_decisions == ()
    strange = base().apply({**asked, "confirmed": ["cond-0000000000", *ids]}, row["on"])
    assert strange.unknown_decisions == ("cond-0000000000",)
    refused = base().apply({**asked, "confirmed": ids[:2], "denied": ids[2:]}, row["on"])
    told = next(o for o in refused.offers if o.rule.id == offer.rule.id)
    assert told.answer == "不符合"
    assert told.deciding is not None
    assert told.deciding.condition.id == ids[2]


PAGE = (ROOT / "docs" / "claims.md").read_text("utf-8")
CONSOLE = re.findall(r"```console\n\$ policykb (.*?)\n(.*?)```", PAGE, re.DOTALL)
[PROFILE] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), CONSOLE)
def test_the_page_shows_what_the_commands_print(command, shown, run, tmp_path):
    (tmp_path / "profile.yaml").write_text(PROFILE, "utf-8")
    arguments = [str(tmp_path / a) if a == "profile.yaml" else a for a in shlex.split(command)]
    outcome = run(*arguments)
    assert outcome.status == 0
    parts = [
        r"(?:.*\n)*?" if line == "…" else re.escape(line) + "\n" for line in shown.splitlines()
    ]
    assert re.fullmatch("".join(parts), outcome.out), outcome.out


def test_the_page_names_every_key_of_a_profile():
    [table] = re.findall(r"\| key \| judges \|\n.*?\n\n", PAGE, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", table)) - {"year"} == set(Profile.model_fields) - {"name"}
