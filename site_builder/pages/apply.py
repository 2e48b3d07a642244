"""我能申领什么: a short form, answered in the browser from the conditions of every amount.

The page holds the questions; ``static/apply.js`` shows the answers, which ``applying/`` feeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.claims.inputs import BASES, NUMBERS, Number
from kb.claims.profile import ABROAD, known_values
from kb.quantity_words import each, number
from site_builder import urls
from site_builder.applying.files import provinces
from site_builder.contexts import Shell
from site_builder.holdings import Holdings
from site_builder.page import Edition, Page, Templates

#: numbers that nearly every amount asks for; the others stand under 更多情况
_FIRST = ("people", "days", "certificates")
_ALWAYS = ("months", "employed")
_YES_OR_NO = (
    ("free", "培训是否免费"),
    ("filed", "开班前是否已报备"),
    ("qualified", "是否列入目录或者由主管部门确定"),
)


@dataclass(frozen=True, slots=True)
class NumberField:
    """A number that the form asks for: its key in a profile, label, unit, and its highest value."""

    name: str
    label: str
    unit: str
    whole: bool
    most: str


@dataclass(frozen=True, slots=True)
class ApplyPage:
    """apply.html"""

    shell: Shell
    version: str
    amounts: int
    kinds: tuple[str, ...]
    provinces: tuple[tuple[str, str], ...]
    abroad: str
    certificates: tuple[str, ...]
    trainings: tuple[str, ...]
    groups: tuple[str, ...]
    first: tuple[NumberField, ...]
    more: tuple[NumberField, ...]
    received: tuple[tuple[str, str], ...]
    sectors: tuple[str, ...]
    yes_or_no: tuple[tuple[str, str], ...]


def _apply(holdings: Holdings, edition: Edition) -> ApplyPage:
    known = known_values()
    asked = {c for _, _, held in holdings.amounts.of for c in held.of}
    units = sorted({c.unit or "" for c in asked if c.asks == "times"})
    return ApplyPage(
        shell=edition.shell(urls.APPLY, "我能申领什么", "apply"),
        version=edition.claims,
        amounts=len(holdings.amounts.of),
        kinds=known["kind"],
        provinces=provinces(),
        abroad=ABROAD,
        certificates=known["certificate"],
        trainings=known["training"],
        groups=known["groups"],
        first=tuple(_field(NUMBERS[name]) for name in _FIRST),
        more=tuple(map(_field, _numbers(holdings))),
        received=tuple((unit, each((unit,)) if unit else "") for unit in units),
        sectors=tuple(sorted({c.values[0] for c in asked if c.asks == "sector"})),
        yes_or_no=_YES_OR_NO,
    )


def _numbers(holdings: Holdings) -> Iterator[Number]:
    """The numbers that an amount of the rule base may need, in one order."""
    bases: set[str] = set()
    shares = False
    for _, rule, _ in holdings.amounts.of:
        stepped = (tier.unit for tier in rule.tiers or () if tier.unit)
        bases |= {*(rule.per or ()), *stepped, *(rule.cap.per or () if rule.cap else ())}
        shares = shares or rule.role == "share"
    needed = {BASES[basis].name for basis in bases if basis in BASES} | {*_ALWAYS}
    needed |= {"base"} if shares else set()
    return (n for n in NUMBERS.values() if n.name in needed - {*_FIRST})


def _field(asked: Number) -> NumberField:
    return NumberField(asked.name, asked.called, asked.unit, asked.whole, number(asked.most))


TEMPLATES: Templates = {"apply.html": ApplyPage}


def pages(holdings: Holdings, edition: Edition) -> Iterator[Page]:
    """The page with the form."""
    yield Page(urls.APPLY, "apply.html", _apply(holdings, edition))
