"""How the steps of a timeline and what ties them read in Chinese.

A value is said in full the first time and short from then on; who claims a relation is always
said with it.
"""

from __future__ import annotations

from kb.force.days import Interval, spoken
from kb.force.models import INFERRED, NAMES, TEXT, Relation
from kb.force.timeline import Step
from kb.schema import AmountRule, Rule
from site_builder.wording.words import rule_value

#: what a step does to an earlier one; conflicts are told as such
EFFECTS = {
    "supersedes": "替代",
    "restates": "沿用",
    "specialises": "细化",
    "conflicts_with": "冲突",
    "extends": "延长期限",
    "refers": "提及",
    "new": "新增",
}
#: what each of them means, in a sentence
MEANINGS = {
    "supersedes": "较晚的规定取代较早的规定。",
    "restates": "内容与较早的规定相同。",
    "specialises": "下级地区或某一系统在较早规定的范围内另作细化。",
    "conflicts_with": "两处规定不一致，先后或效力高低不明，需要人工核定。",
}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
NO_VALUE = "未写数值"


def circled(number: int) -> str:
    """``①`` of the first step, ``(21)`` where there are no more circles."""
    return _CIRCLED[number] if number < len(_CIRCLED) else f"({number + 1})"


def short_value(step: Step) -> str:
    """``150元/人/天，不超过1000元/人``; of a clause that only prolongs, until when."""
    if step.rule is None and step.value and step.end:
        return f"执行至{spoken(step.end)}"
    return step.value or NO_VALUE


def full_value(step: Step, rule: Rule | None) -> str:
    """``每人每天150元，最高每人1000元``; of what is no money the timeline's own words."""
    said = rule_value(rule) if isinstance(rule, AmountRule) else ""
    return said or short_value(step)


def effect(step: Step) -> str:
    """``推定替代``, ``沿用``; empty for a place that does nothing to another."""
    verb = EFFECTS.get(step.relation or "", "")
    presumed = step.relation == "supersedes" and step.asserted_by == INFERRED
    return f"推定{verb}" if presumed else verb


def author(relation: Relation) -> str:
    """Who claims it: ``原文写明``, ``系统推定，待人工确认``, ``张三确认：见来函``."""
    if relation.asserted_by == TEXT:
        return "原文写明"
    if relation.asserted_by == INFERRED:
        return "系统推定，待人工确认"
    verdict = relation.verdict
    done = "更正" if verdict.status == "corrected" else "确认"
    return f"{relation.asserted_by}{done}" + (f"：{verdict.note}" if verdict.note else "")


def verb(relation: Relation, *, outward: bool = True) -> str:
    """What it does, seen from its source or from its target."""
    return NAMES[relation.type][0 if outward else 1]


def stretch(step: Step) -> str:
    """From when until when, as the timeline knows it: ``2019年7月1日起``."""
    start = begun(step.start) if step.start else "起始日期不明"
    return f"{start}，{_until(step)}" if _until(step) else start


def begun(when: Interval) -> str:
    """From when on: ``2019年7月1日起``, ``起于2021年1月1日至7月8日之间``."""
    told = spoken(when)
    return f"起于{told}" if told.endswith("之间") else f"{told}起"


def _until(step: Step) -> str:
    if step.end:
        return f"至{spoken(step.end)}"
    if step.end_presumed is None:
        return ""
    told = spoken(step.end_presumed)
    return f"推定于{told}失效" if told.endswith("之间") else f"推定自{told}起失效"
