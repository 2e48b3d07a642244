"""Judges one condition for one profile: it holds, it does not, or it cannot be told.

What a profile does not say is never taken for a no; the key that would tell is named.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractor import regions
from kb.claims.models import Asks, Condition, Judgement
from kb.claims.profile import ABROAD, Profile
from kb.claims.vocabulary import PERSON, Words
from kb.force.days import read
from kb.force.region_chain import chain
from kb.quantity_words import number


@dataclass(frozen=True, slots=True)
class Case:
    """A profile on a day, beside the other conditions of the amount."""

    profile: Profile
    on: date
    words: Words
    others: tuple[Condition, ...] = ()


def judge(condition: Condition, case: Case) -> Judgement:
    """What ``condition`` comes to; a person's word counts before everything else."""
    if condition.id in case.profile.denied:
        return Judgement(condition, False, "人工判断：不满足")
    if condition.id in case.profile.confirmed:
        return Judgement(condition, True, "人工判断：满足")
    return _JUDGES[condition.asks](condition, case)


def _person(condition: Condition, case: Case) -> Judgement:
    said = condition.says
    told = "须由人判断" if said in condition.evidence.quote else f"须由人判断：{said}"
    return Judgement(condition, None, told)


def _region(condition: Condition, case: Case) -> Judgement:
    place, wanted = case.profile.place, condition.values[0]
    if place is None:
        return Judgement(condition, None, "没有说明所在地区", "region")
    if place == ABROAD:
        return Judgement(condition, False, "在境外")
    if wanted in chain(place):
        return Judgement(condition, True, f"{_named(place)}在{_named(wanted)}内")
    if place in chain(wanted):
        return Judgement(condition, None, f"所在地区只说到{_named(place)}", "region")
    return Judgement(condition, False, f"{_named(place)}不在{_named(wanted)}内")


def _named(code: str) -> str:
    place = regions.load().by_code(code)
    return place.name if place else code


def _sector(condition: Condition, case: Case) -> Judgement:
    given, wanted = case.profile.sector, condition.values[0]
    if given is None:
        return Judgement(condition, None, f"是否属于{wanted}系统没有说明", "sector")
    if given in wanted or wanted in given:
        return Judgement(condition, True, f"属于{wanted}系统")
    return Judgement(condition, None, f"说明的是{given}，文件由{wanted}部门发出", "sector")


def _applicant(condition: Condition, case: Case) -> Judgement:
    kind = case.profile.kind
    if kind in condition.values:
        return Judgement(condition, True, f"是{kind}")
    if kind in condition.also:
        return Judgement(condition, None, f"原文另许{kind}在一定条件下申领")
    if PERSON in condition.values and _its_people(case):
        return Judgement(condition, None, f"补贴写给个人，是否由{kind}申领须由人判断")
    return Judgement(condition, False, f"是{kind}，不是{'、'.join(condition.values)}")


def _its_people(case: Case) -> bool:
    """Whether the money is for people whom the applicant says it trains."""
    profile, others = case.profile, case.others
    for_groups = {g for c in others if c.asks == "group" for g in c.values}
    trainings = [t for c in others if c.asks == "training" for t in c.values]
    return bool(for_groups & set(profile.groups)) or (
        case.words.takes_in(trainings, profile.training)
    )


def _named_one(condition: Condition, given: tuple[str, ...], key: str, *, fits: bool) -> Judgement:
    if not given:
        return Judgement(condition, None, f"没有说明{condition.says.split('：')[0]}", key)
    said = "、".join(given)
    if fits:
        return Judgement(condition, True, f"是{said}")
    if condition.open:
        return Judgement(condition, None, f"是{said}，原文所列未尽，须由人判断")
    return Judgement(condition, False, f"是{said}，不是{'、'.join(condition.values)}")


def _group(condition: Condition, case: Case) -> Judgement:
    given = case.profile.groups
    fits = bool(set(given) & set(condition.values))
    traits = [name for name in condition.values if name in case.words.traits]
    if given and not fits and traits:
        return Judgement(condition, None, f"没有说明是否{'、'.join(traits)}", "groups")
    return _named_one(condition, given, "groups", fits=fits)


def _training(condition: Condition, case: Case) -> Judgement:
    given = case.profile.training
    fits = not condition.values or case.words.takes_in(condition.values, given)
    return _named_one(condition, given, "training", fits=fits)


def _certificate(condition: Condition, case: Case) -> Judgement:
    given = case.profile.certificate
    fits = bool(set(given) & set(condition.values)) or not condition.values
    if not given:
        return Judgement(condition, None, "没有说明证书等级", "certificate")
    if fits:
        return Judgement(condition, True, f"有{'、'.join(given)}证书")
    return Judgement(condition, False, f"证书是{'、'.join(given)}")


def _duration(condition: Condition, case: Case) -> Judgement:
    profile, unit = case.profile, condition.unit
    given = {"month": profile.months, "day": profile.days, "year": None}.get(unit or "")
    key = "months" if unit == "month" else "days"
    if given is None and unit == "month" and profile.days is not None:
        return _months_of_days(condition, profile.days)
    if given is None:
        return Judgement(condition, None, "没有说明培训期限", key)
    return _within(condition, given, f"培训{number(given)}{'个月' if unit == 'month' else '天'}")


def _months_of_days(condition: Condition, days: Decimal) -> Judgement:
    """Months have 28 to 31 days: certain only where both give the same."""
    low, high = condition.low or Decimal(0), condition.high
    said = f"培训{number(days)}天"
    if days >= low * 31 and (high is None or days <= high * 28):
        return Judgement(condition, True, said)
    if days < low * 28 or (high is not None and days > high * 31):
        return Judgement(condition, False, said)
    return Judgement(condition, None, f"{said}，是否满足月数须由人判断", "months")


def _within(condition: Condition, value: Decimal, said: str) -> Judgement:
    low, high = condition.low, condition.high
    fits = (low is None or value >= low) and (high is None or value <= high)
    return Judgement(condition, fits, said)


def _age(condition: Condition, case: Case) -> Judgement:
    age = case.profile.age
    if case.profile.kind != PERSON:
        return Judgement(condition, None, "年龄是个人的，须由人判断")
    if age is None:
        return Judgement(condition, None, "没有说明年龄", "age")
    return _within(condition, Decimal(age), f"{age}周岁")


def _times(condition: Condition, case: Case) -> Judgement:
    """A limit that is not known to be used up bars nobody; it is told with the answer."""
    had = case.profile.received.get(condition.unit or "")
    if had is None:
        return Judgement(condition, True, "没有说明已享受的次数，按未享受计", "received")
    left = condition.high is None or had < condition.high
    return Judgement(condition, left, f"已享受{had}次")


def _date(condition: Condition, case: Case) -> Judgement:
    dated = "证" in condition.evidence.quote and case.profile.obtained
    day = case.profile.obtained if dated and case.profile.obtained else case.on
    first, last = (read(text) for text in condition.values)
    fits = (first is None or day >= first.first) and (last is None or day <= last.last)
    return Judgement(condition, fits, f"{'取得证书' if dated else '这一天'}是{day.isoformat()}")


def _told(key: str, yes: str, no: str) -> Callable[[Condition, Case], Judgement]:
    """A judge of a yes or no of the profile."""

    def judged(condition: Condition, case: Case) -> Judgement:
        given: bool | None = getattr(case.profile, key)
        if given is None:
            return Judgement(condition, None, f"没有说明是否{yes}", key)
        return Judgement(condition, given, yes if given else no)

    return judged


def _employment(condition: Condition, case: Case) -> Judgement:
    """It decides how many are paid for; at nobody employed there is nothing to be had."""
    by, profile = condition.employment, case.profile
    if by is None:
        return Judgement(condition, None, "须由人判断")
    rate = profile.employment_rate
    if rate is None and profile.employed is not None and profile.people:
        rate = profile.employed / profile.people
    if rate is None:
        return Judgement(condition, None, "没有说明就业率", "employment_rate")
    if rate * 100 >= by.floor:
        return Judgement(condition, True, f"就业率达到{number(by.floor)}%")
    if by.below is None and profile.employed == 0:
        return Judgement(condition, False, f"就业率没有达到{number(by.floor)}%，未就业的不计")
    if by.below == 0 or rate == 0:
        return Judgement(condition, False, f"就业率没有达到{number(by.floor)}%")
    part = "只计就业人数" if by.below is None else f"按{number(by.below)}%"
    return Judgement(condition, True, f"就业率没有达到{number(by.floor)}%，{part}")


_JUDGES: dict[Asks, Callable[[Condition, Case], Judgement]] = {
    "person": _person,
    "force": _person,
    "region": _region,
    "sector": _sector,
    "applicant": _applicant,
    "group": _group,
    "training": _training,
    "certificate": _certificate,
    "duration": _duration,
    "age": _age,
    "times": _times,
    "date": _date,
    "free": _told("free", "免费", "不是免费"),
    "filing": _told("filed", "已报备", "没有报备"),
    "qualification": _told("qualified", "已列入目录或被确定", "没有列入目录或被确定"),
    "employment": _employment,
}
