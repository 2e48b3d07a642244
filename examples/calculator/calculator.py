"""A small subsidy calculator, fed only by `policykb export json`; copy it and make it yours.

It needs Python and nothing else. Every number it prints comes with the words that say it.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

Rule = dict[str, Any]
Numbers = dict[str, Decimal]
TIMES = ("day", "hour", "month", "quarter", "year")
HEADS = ("person", "certificate")
#: how each kind of sum is called
BOUNDS = {"exact": "应得", "ceiling": "最高", "floor": "最低", "range": "在此之间"}


def load(path: str | Path) -> dict[str, Rule]:
    """The amounts of an export by their ids, numbers exact."""
    told = json.loads(Path(path).read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)
    if told["export_version"] > 1:
        raise SystemExit(f"{path} is of a newer version of policykb: get a newer calculator.")
    return {rule["id"]: rule for rule in told["rules"] if rule["kind"] == "amount"}


def holds_on(rule: Rule, day: date) -> bool:
    """Whether the rule has begun and not certainly ended on the day."""
    text = day.isoformat()
    return any((held["first"] or "") <= text <= (held["last"] or "9999") for held in rule["life"])


def calculate(rule: Rule, numbers: Numbers) -> tuple[str, Decimal | None, Decimal | None]:
    """What kind of sum it is, the least and the most; raises ``ValueError`` for what is missing."""
    if rule["role"] in ("budget", "threshold"):
        raise ValueError("这是预算或门槛，不据以支付")
    if rule.get("unit") == "pp":
        raise ValueError("这是百分点，不是金额")
    missing = [n for n in rule["needs"] if n["name"] not in numbers]
    missing = [n for n in missing if n["name"] != "employment_rate" or "employed" not in numbers]
    if missing:
        raise ValueError("还需要：" + "、".join(f"{n['called']}（{n['name']}）" for n in missing))
    share = rule["role"] == "share" or "percent_min" in rule or "percent_max" in rule
    low, high = (rule.get(f"percent_{end}" if share else end) for end in ("min", "max"))
    worth = share_of if share else sum_of
    kind = bound(rule, low, high)
    least = worth(rule, low, numbers) if kind in ("floor", "range") else None
    most = worth(rule, high, numbers) if kind != "floor" else None
    return kind, most if kind == "exact" else least, most


def bound(rule: Rule, low: Decimal | None, high: Decimal | None) -> str:
    """Whether the text gives the sum itself, or only how much it is at most or at least."""
    if "tiers" in rule:
        return "exact"
    if rule["role"] == "cap" or (low is None and high is not None):
        return "ceiling"
    if high is None:
        return "floor"
    return "exact" if low == high else "range"


def sum_of(rule: Rule, rate: Decimal | None, numbers: Numbers) -> Decimal:
    """A rate or steps, times what they are counted by, the ceiling per what it is one per."""
    left, cap = list(rule.get("per", ())), rule.get("cap")
    amount = rate or Decimal(0)
    if "tiers" in rule:
        units = [tier["unit"] for tier in rule["tiers"] if "unit" in tier]
        unit = units[0] if units else next(basis for basis in left if basis in TIMES)
        amount = steps(rule["tiers"], numbers[name_of(rule, unit)])
        left = [basis for basis in left if basis != unit]
    outer = list(cap.get("per", ())) if cap else []
    amount = times(rule, amount, [basis for basis in left if basis not in outer], numbers)
    if cap:
        amount = times(rule, min(amount, cap["max"]), outer, numbers)
    by = employment(rule)
    if by and by.get("below") is not None and not reached(by, numbers):
        amount = amount * by["below"] / 100
    return amount


def share_of(rule: Rule, percent: Decimal | None, numbers: Numbers) -> Decimal:
    """A share of the base; a raise is added to it."""
    amount = numbers["base"] * (percent or Decimal(0)) / 100
    if rule.get("effect") == "raise_by":
        amount += numbers["base"]
    if "cap" in rule:
        amount = min(amount, rule["cap"]["max"])
    bases = [need["per"] for need in rule["needs"] if need["per"] not in (None, "time")]
    return times(rule, amount, bases, numbers)


def steps(tiers: list[dict[str, Any]], count: Decimal) -> Decimal:
    """前10天每天150元，之后每天100元: the steps added up."""
    total = done = Decimal(0)
    for tier in tiers:
        upto = tier.get("upto", count)
        total += tier["rate"] * max(Decimal(0), min(upto, count) - done)
        done = max(done, upto)
    return total


def times(rule: Rule, amount: Decimal, bases: list[str], numbers: Numbers) -> Decimal:
    """The amount per person, day … times how many there are."""
    by = employment(rule)
    for basis in bases:
        count = numbers[name_of(rule, basis)]
        if by and by.get("below") is None and basis in HEADS and not reached(by, numbers):
            rate = numbers.get("employment_rate", Decimal(0))
            # part of a person is none
            count = numbers.get("employed", (count * rate).to_integral_value(ROUND_FLOOR))
        amount *= count
    return amount


def employment(rule: Rule) -> dict[str, Any] | None:
    """On which employment rate all who were trained are paid for, if on any."""
    counted = any(need["per"] in HEADS for need in rule["needs"])
    found = (c["employment"] for c in rule["requirements"] if "employment" in c)
    return next(found, None) if counted else None


def reached(by: dict[str, Any], numbers: Numbers) -> bool:
    """Whether enough of them are employed."""
    if "employment_rate" in numbers:
        return bool(numbers["employment_rate"] * 100 >= by["floor"])
    people = numbers.get("people") or numbers.get("certificates") or Decimal(0)
    return bool(people and numbers["employed"] * 100 >= by["floor"] * people)


def name_of(rule: Rule, basis: str) -> str:
    """What the number of a basis is called: people for person."""
    return next(str(need["name"]) for need in rule["needs"] if need["per"] == basis)


def main(path: str, wanted: str | None = None, *given: str) -> int:
    """Lists the amounts of an export, or calculates one for a day: RULE 2024-10-01 days=12 …."""
    rules = load(path)
    if wanted is None:
        for rule in rules.values():
            needs = " ".join(need["name"] for need in rule["needs"])
            print(f"{rule['id']}  {rule.get('item', '金额')}  {needs}")
        return 0
    rule, (day, *pairs) = rules[wanted], given or (date.today().isoformat(),)
    print(f"{rule['number'] or rule['document']} {rule['clause']}：“{rule['quote']}”")
    if not holds_on(rule, date.fromisoformat(day)):
        print(f"{day} 不适用：尚未施行或者已经终止")
        return 1
    try:
        numbers = {name: Decimal(value) for name, _, value in (p.partition("=") for p in pairs)}
        kind, low, high = calculate(rule, numbers)
    except ValueError as error:
        print(error)
        return 1
    sums = "至".join(f"{value:f}" for value in dict.fromkeys((low, high)) if value is not None)
    print(f"{BOUNDS[kind]} {sums} {rule.get('currency', 'CNY')}")
    for condition in rule["requirements"]:
        place = f"{condition['source']['document']} {condition['source']['clause']}".strip()
        print(f"  须满足 {condition['says']}（{place}）")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
