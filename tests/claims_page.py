"""Profiles as addresses of the page 我能申领什么, and what the program answers in its words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from kb.claims.applicability import Answers, Offer
from kb.claims.inputs import BASES
from kb.claims.models import Judgement
from kb.claims.profile import Profile, region_code
from kb.force.models import Evidence
from kb.quantity_words import number
from kb.schema import Record
from site_builder.applying.sentences import name_of
from site_builder.terminal.claims import result

_WITHIN = tuple(f"的{asked.called}" for asked in BASES.values())
_LISTS = ("groups", "training", "certificate", "confirmed", "denied")


def query(profile: Profile, on: date | str) -> str:
    """The address that asks what ``profile`` asks on the day."""
    told: list[tuple[str, str]] = [("on", str(on)), ("kind", profile.kind)]
    if profile.region:
        told.append(("region", region_code(profile.region) or profile.region))
    for key in ("sector", "obtained", "age"):
        if (value := getattr(profile, key)) is not None:
            told.append((key, str(value)))
    for key in ("free", "filed", "qualified"):
        if (given := getattr(profile, key)) is not None:
            told.append((key, str(given).lower()))
    told += [(key, value) for key in _LISTS for value in getattr(profile, key)]
    told += [(key, f"{value:f}") for key, value in profile.numbers.items()]
    told += [(f"received-{per}", str(times)) for per, times in profile.received.items()]
    return urlencode(told)


def told(answers: Answers, records: Mapping[str, Record]) -> dict[str, Any]:
    """All that the page has to say as well."""
    return {
        "offers": [_offer(offer, records) for offer in answers.offers],
        "left": sorted(
            [left.rule.id, sorted(left.successors)] for left in answers.left_out
        ),
    }  # fmt: skip


def _offer(offer: Offer, records: Mapping[str, Record]) -> dict[str, Any]:
    guidance, said = offer.guidance, offer.decided_by
    return {
        "rule": offer.rule.id,
        "answer": offer.answer,
        "because": offer.deciding.because if offer.deciding else None,
        "by": _sentence(said, records),
        "judgements": [_judgement(judgement, records) for judgement in offer.judgements],
        "formula": offer.formula,
        "sum": result(offer.sum) if offer.sum else None,
        "means": offer.sum.means if offer.sum else None,
        "relative": _relative(offer, records),
        "notes": [note.replace("（--employed）", "") for note in offer.sum.notes]
        if offer.sum
        else [],
        "steps": [
            f"{entry.says} = {number(entry.value)}{entry.unit}"
            for entry in (offer.sum.trace if offer.sum else ())
            # what the page does not tell as a step: how many of what is counted fall into one
            if entry.of and not entry.says.endswith(_WITHIN)
        ],
        "missing": [n.name for n in offer.missing],
        "coverage": number((offer.coverage or Decimal(0)) * 100),
        "deadlines": [deadline.quote for deadline in guidance.deadlines],
        "payer": guidance.payer.name if guidance.payer else None,
        "apply": [evidence.quote for evidence in guidance.apply_to],
        "contacts": [
            [part for part in (c.department, c.name, c.phone, c.email) if part]
            for c in guidance.contacts
        ],
        "stacking": [evidence.quote for evidence in offer.stacking],
        "conflicts": sorted(offer.conflicts),
        "instead": offer.instead,
        "beneath": [_offer(earlier, records) for earlier in offer.beneath],
    }


def _relative(offer: Offer, records: Mapping[str, Record]) -> list[Any] | None:
    found = offer.relative
    return found and [found.says, found.rule, *_sentence(found.evidence, records)]


def _judgement(judgement: Judgement, records: Mapping[str, Record]) -> list[Any]:
    condition = judgement.condition
    return [
        condition.asks,
        None if condition.asks == "force" else condition.id,
        judgement.holds,
        judgement.because,
        judgement.missing,
        *_sentence(condition.evidence, records),
    ]


def _sentence(evidence: Evidence, records: Mapping[str, Record]) -> list[str]:
    return [name_of(records[evidence.document]), evidence.clause, evidence.quote]


#: asks the scripts of the page the same, for every region
ASK = """async ([queries]) => {
  const { regions } = await PolicyClaims.manifest();
  const sentence = ({ name, clause, quote }) => [name, clause, quote];
  const left = ({ rule, at, row: { words } }) =>
    [rule, at === undefined ? [] : words.force[at][3].map(([id]) => id).toSorted()];
  const told = (offer) => {
    const { row: { words }, sum } = offer;
    return {
      rule: offer.rule,
      answer: offer.answer,
      because: offer.deciding?.because ?? null,
      by: sentence(offer.decidedBy),
      judgements: offer.judgements.map(({ condition, holds, because, missing = null }) => [
        condition.asks, condition.asks === "force" ? null : condition.id,
        holds, because, missing, ...sentence(condition.sentence)]),
      formula: words.formula,
      sum: sum ? PolicyReckoning.said(sum) : null,
      means: sum?.means ?? null,
      relative: words.relative
        ? [words.relative.says, words.relative.rule, ...sentence(words.relative.sentence)] : null,
      notes: sum?.notes ?? [],
      steps: sum?.steps ?? [],
      missing: offer.missing,
      coverage: String(PolicyClaims.coverage(offer)),
      deadlines: words.deadlines.map(([quote]) => quote),
      payer: words.payer?.name ?? null,
      apply: words.apply.map(({ quote }) => quote),
      contacts: words.contacts,
      stacking: words.stacking.map(({ quote }) => quote),
      conflicts: offer.conflicts.toSorted(),
      instead: offer.instead,
      beneath: offer.beneath.map(told),
    };
  };
  const all = [];
  for (const query of queries) {
    const parameters = new URLSearchParams(query);
    const on = parameters.get("on");
    const found = await PolicyClaims.find(parameters, on, { regions: Object.keys(regions) });
    const offers = found.offers.flatMap((one) => [one, ...PolicyClaims.earlier(one)]);
    await PolicyClaims.tell([...offers, ...found.left], found.about);
    all.push({
      offers: found.offers.map(told),
      left: found.left.map(left).toSorted(),
    });
  }
  return all;
}"""
