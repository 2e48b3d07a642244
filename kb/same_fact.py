"""When two facts are the same: what identifies a fact of each kind, and how attributes agree.

Facts are plain mappings with the keys of the record; differences of layout never count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

Fact = Mapping[str, Any]
Key = tuple[Any, ...]
Agrees = Callable[[Any, Any], bool]

_ROUND = str.maketrans("（）［］[]", "()〔〕〔〕")


def fold(value: Any) -> str:
    """``value`` as words without white space, brackets of one shape: layout does not count."""
    return re.sub(r"\s+", "", str(value or "")).translate(_ROUND)


def _clause(fact: Fact) -> str:
    return fold(fact.get("clause")).strip("/")


def _number(value: Any) -> float | None:
    return round(float(value), 6) if value is not None else None


def _given(fact: Fact, *names: str) -> Any:
    return next((fact[name] for name in names if fact.get(name) is not None), None)


# what identifies a fact of each kind


def _heading_key(fact: Fact) -> Key:
    return (fold(_given(fact, "label") or fact.get("path")).strip("/"),)


def _amount_key(fact: Fact) -> Key:
    named = [fact.get(name) for name in ("min", "max", "percent_min", "percent_max")]
    cap = (fact.get("cap") or {}).get("max")
    rates = [tier.get("rate") for tier in fact.get("tiers") or ()]
    numbers = {_number(value) for value in (*named, cap, *rates) if value is not None}
    return _clause(fact), tuple(sorted(number for number in numbers if number is not None))


def _deadline_key(fact: Fact) -> Key:
    keys: dict[str, Callable[[], Key]] = {
        "recurrence": lambda: ("R", _recurrence(fact)),
        "duration": lambda: ("D", str(fact.get("duration") or "").partition("/")[0]),
        "period": lambda: ("P", *(str(fact.get(end) or "")[:7] for end in ("from", "to"))),
    }
    day = str(_given(fact, "date", "from", "to") or "")[:10]
    return _clause(fact), *keys.get(str(fact.get("type")), lambda: ("T", day))()


def _recurrence(fact: Fact) -> Any:
    if not fact.get("rrule"):
        return fold(fact.get("freq"))
    rule = str(fact["rrule"]).upper().removeprefix("RRULE:")
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    # RFC 5545 has no quarters
    if parts.get("FREQ") == "QUARTERLY":
        parts |= {"FREQ": "MONTHLY", "INTERVAL": "3"}
    days = sorted(parts.get("BYMONTHDAY", "").split(","), key=lambda day: (len(day), day))
    whole = parts.get("FREQ", ""), parts.get("INTERVAL", "1"), parts.get("BYMONTH", "")
    return (*whole, ",".join(days))


def _department_key(fact: Fact) -> Key:
    return _clause(fact), fold(fact.get("name"))


def _target_key(fact: Fact) -> Key:
    unit = fold(fact.get("unit")).replace("名", "人")
    return _clause(fact), _number(fact.get("min")), _number(fact.get("max")), unit


def _citation_key(fact: Fact) -> Key:
    number, title = fold(fact.get("number")), fold(fact.get("title")).strip("《》")
    if fact.get("unnamed") or not (fact.get("number") or fact.get("title")):
        return _clause(fact), "unnamed", fact.get("relation")
    return _clause(fact), number or title


def _validity_key(fact: Fact) -> Key:
    """Empty where the statement fixes neither day, term nor event."""
    days = ("effective_from", "effective_to", "term")
    fixed = tuple((name, str(fact[name])[:10]) for name in days if fact.get(name))
    delay = fact.get("delay") or fact.get("after")
    return (*fixed, ("event", delay)) if delay or fact.get("event") else fixed


# when an attribute of two facts agrees


def _equal(gold: Any, found: Any) -> bool:
    return str(gold or "") == str(found or "")


def _same_members(gold: Any, found: Any) -> bool:
    return sorted(gold or ()) == sorted(found or ())


def _same_opening(gold: Any, found: Any) -> bool:
    wanted = fold(gold).strip("。")[:12]
    return fold(found).strip("。")[: len(wanted)] == wanted


def _same_words(gold: Any, found: Any) -> bool:
    if not isinstance(gold, list):
        return alike(gold, found)
    return (
        isinstance(found, list)
        and len(found) == len(gold)
        and all(any(alike(g, f) for f in found) for g in gold)
    )


def alike(gold: Any, found: Any) -> bool:
    """Nearly the same wording: one within the other, or most pairs of characters shared."""
    shorter, longer = sorted((fold(gold), fold(found)), key=len)
    if not shorter:
        return False
    if shorter in longer and len(shorter) / len(longer) >= 0.4:
        return True
    pairs, others = _pairs(shorter), _pairs(longer)
    return 2 * len(pairs & others) / (len(pairs) + len(others)) >= 0.6


def _pairs(word: str) -> set[str]:
    return {first + second for first, second in pairwise(word)} or {word}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: its name, what identifies one, and how its other attributes agree."""

    name: str
    key: Callable[[Fact], Key]
    attributes: Mapping[str, Agrees] = field(default_factory=dict)

    def value(self, name: str, fact: Fact) -> Any:
        """The attribute ``name`` of ``fact``; the bound of an amount is read off its numbers."""
        return _bound(fact) if (self.name, name) == ("amount", "bound") else fact.get(name)

    def agreeing(self, gold: Fact, found: Fact) -> int:
        """How many attributes agree."""
        return sum(
            agrees(self.value(name, gold), self.value(name, found))
            for name, agrees in self.attributes.items()
        )

    def comparable(self, gold: Fact, found: Fact) -> bool:
        """Whether ``found`` can meet ``gold`` at all; groups have nothing but their name."""
        return self.name != "group" or alike(gold.get("name"), found.get("name"))


def _bound(fact: Fact) -> str | None:
    low = _number(_given(fact, "min", "percent_min"))
    high = _number(_given(fact, "max", "percent_max"))
    if low is not None and high is not None:
        return "exact" if low == high else "range"
    return "lower" if low is not None else "upper" if high is not None else None


KINDS = (
    Kind("clause", _heading_key, {"heading": _same_opening}),
    Kind(
        "amount",
        _amount_key,
        {
            "bound": _equal,
            "per": _same_members,
            "role": _equal,
            "item": _same_words,
            "category": _same_words,
            "payee": _same_words,
        },
    ),
    Kind(
        "deadline",
        _deadline_key,
        {
            "bound": _equal,
            "action": _same_words,
            "actor": _same_words,
            "after": _same_words,
            "workdays": _equal,
        },
    ),
    Kind("department", _department_key, {"role": _equal}),
    Kind(
        "target",
        _target_key,
        {"subject": _same_words, "period": _equal, "metric": _same_words},
    ),
    Kind("group", lambda fact: (_clause(fact),), {"name": _same_words}),
    Kind("cite", _citation_key, {"relation": _equal, "target_clause": _same_words}),
    Kind("validity", _validity_key),
)
