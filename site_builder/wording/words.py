"""How facts read in Chinese: a rule, a citation, a statement of validity, each in one phrase.

Says only what the record says; a fact left out of the record is left out of the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kb.force.events import due
from kb.force.values import direction
from kb.models import KIND_NAMES
from kb.quantity_words import (
    bounds,
    count,
    counted,
    duration,
    each,
    lengths,
    multiple,
    percent,
    points,
    times,
    yuan,
)
from kb.schema import (
    AmountRule,
    CapRecord,
    CitationRecord,
    DeadlineRule,
    DepartmentRule,
    FormerRecord,
    GroupRule,
    LimitRecord,
    Rule,
    TargetRule,
    TierRecord,
    ValidityStatement,
)
from site_builder.facts import full_name
from site_builder.wording.filters import day, when_words

#: names of everything the text can be marked as
MARK_NAMES = {**KIND_NAMES, "citation": "引用文件"}
#: the same, as short as a mark in running text has to be
MARK_LABELS = {
    "amount": "金额",
    "deadline": "期限",
    "department": "部门",
    "target": "目标",
    "group": "对象",
    "citation": "引用",
}
AMOUNT_ROLES = {
    "standard": "标准",
    "cap": "上限",
    "budget": "预算",
    "share": "比例",
    "threshold": "资格线",
}
DEPARTMENT_ROLES = {"lead": "牵头", "responsible": "负责", "support": "配合"}
REVIEWS = {
    "extracted": "程序提取，未经人工核对",
    "confirmed": "已经人工核对",
    "corrected": "已经人工更正",
    "rejected": "经人工核对不成立",
}
SEVERITIES = {"error": "错误", "warning": "注意", "info": "提示"}
RELATIONS = {
    "based_on": "依据",
    "implements": "贯彻落实",
    "issues": "印发",
    "forwards": "转发",
    "replies_to": "批复",
    "amends": "修改",
    "repeals": "废止",
    "repeals_part": "废止部分条款",
    "stops": "停止执行",
    "suspends": "暂停执行",
    "resumes": "恢复执行",
    "replaces": "代替",
    "overrides": "不一致时以本文件为准",
    "extends": "延长期限",
    "renews": "继续有效",
    "refers": "提及",
}
#: findings that the extractor reports, for readers of the site
FINDINGS = {
    "foreign-passage": "文中夹有另一份文件，不列入本文件的条款，也不从中提取规则。",
    "sum-proven": "核算相符：{sum}。",
    "sum-mismatch": "核算不符：{sum}，与文中所印不一致，请向发文机关核实。",
    "needs-ocr": "{where}有图片，其中如有文字，没有读取。",
    "ocr-layer": "{where}的文字是扫描识别的，请与原件核对。",
    "ocr-text": "文字由图片识别而来，引用前请与原件核对。",
    "pdf-unknown-characters": "文件中有的字符没有对应的文字，请与原件核对。",
    "pdf-text-disagrees": "两种读取方法所得文字不一致，请与原件核对。",
    "pdf-repaired": "文件有损坏，经修复后读取。",
    "broken-characters": "网页中有的字符已经损坏，请与原件核对。",
    "broken-part": "文件中有一部分已经损坏，没有读取。",
    "hidden-text": "网页中有不显示的文字，没有读取。",
    "repeated-text": "网页把正文印了两遍，只读取一遍。",
    "linked-file": "正文下方列有可下载的文件，没有读取。",
    "text-in-pictures": "网页的正文或其中一部分是图片，没有读取。",
    "not-read": "文件中有图形、公式等内容，没有读取。",
    "bundle": "由一个压缩包中的多份文件合成。",
    "bundle-member": "压缩包中有的文件没有读取。",
}
LEVELS = {"national": "国家", "province": "省级", "city": "市级", "county": "县级"}


def finding_words(code: str, message: str) -> str:
    """What a finding says, in the reader's language; a code without a line keeps its message."""
    if code not in FINDINGS:
        return message
    # the sum of an English message is the same in any language: 5000 × 1000 = 5000000
    total = message.split(" as printed")[0].replace(" is not ", " ≠ ").split(" (“")[0]
    pages = re.match(r"pages? ([\d–, -]+)", message)
    where = f"第 {pages[1].strip(' ,')} 页" if pages else "文件"
    return FINDINGS[code].format(sum=total, where=where)


def rule_words(rule: Rule) -> str:
    """A rule in one phrase: ``取证补贴（高级工）：每证800元``."""
    subject, value = rule_subject(rule), rule_value(rule)
    return f"{subject}：{value}" if subject and value else subject or value


def rule_subject(rule: Rule) -> str:
    """What a rule is about: ``取证补贴（高级工）``, the action of a deadline, a metric."""
    match rule:
        case AmountRule():
            item = rule.item or AMOUNT_ROLES[rule.role]
            return f"{item}（{rule.category}）" if rule.category else item
        case DeadlineRule():
            return rule.action or ""
        case DepartmentRule():
            return full_name(rule)
        case TargetRule():
            metric = rule.metric or MARK_NAMES["target"]
            return f"{metric}（{rule.subject}）" if rule.subject else metric
        case GroupRule():
            return rule.name


def rule_value(rule: Rule) -> str:
    """What a rule sets: the money, the time, the number, the role; empty where it sets nothing."""
    match rule:
        case AmountRule():
            return amount_value(rule)
        case DeadlineRule():
            return deadline_value(rule)
        case DepartmentRule():
            return DEPARTMENT_ROLES[rule.role]
        case TargetRule():
            return target_value(rule)
        case GroupRule():
            return ""


def amount_value(rule: AmountRule) -> str:
    """``每人每天150元，最高每人1000元``."""
    parts = (
        _plain_amount(rule),
        _tiers(rule.tiers, rule.per),
        _share(rule),
        _cap(rule.cap),
        _former(rule.former),
    )
    return "，".join(part for part in parts if part)


def deadline_value(rule: DeadlineRule) -> str:
    """``2021年12月31日前``, ``收到申请后2个月内``, ``不少于5个工作日``, ``每季度``."""
    if rule.type == "recurrence":
        return rule.freq or rule.rrule or ""
    if rule.type == "duration":
        return _stretch(rule)
    if rule.type == "period":
        return f"{day(rule.from_ or '')}至{day(rule.to or '')}"
    return _on_day(rule)


def target_value(rule: TargetRule) -> str:
    """``每个机构不少于500人（2021年）``."""
    unit = rule.unit or ""
    value = bounds(rule.min, rule.max, lambda n: count(n) + unit, rule.exclusive)
    when = rule.period or rule.by
    return each(rule.per) + value + (f"（{_when(when)}）" if when else "")


def rule_details(rule: Rule) -> tuple[tuple[str, str], ...]:
    """What else a rule says, as pairs of a name and words, in a fixed order.

    Whom it serves is told once: not where the category or the payee says the same.
    """
    told = rule.__dict__
    said = {told.get("category"), told.get("payee")}
    return tuple(
        (name, words)
        for key, name, tell in _DETAILS
        if (value := told.get(key)) and (words := tell(value))
        if key != "group" or words not in said
    )


def validity_words(statement: ValidityStatement) -> str:
    """``自2024年10月9日起施行``, ``印发之日起30天后施行，有效期5年``."""
    parts = (
        f"自{day(statement.effective_from)}起施行" if statement.effective_from else "",
        _event(statement),
        f"有效期{duration(statement.term)}" if statement.term else "",
        f"有效期至{day(statement.effective_to)}" if statement.effective_to else "",
    )
    return "，".join(part for part in parts if part) or "见原文"


def policy_words(statement: ValidityStatement) -> str:
    """The same of what governs one policy and not the notice: ``执行至2026年12月31日``."""
    first, last = statement.effective_from, statement.effective_to
    if first and last:
        return f"{day(first)}至{day(last)}执行"
    if last:
        return f"执行至{day(last)}"
    return validity_words(statement).replace("施行", "执行")


def citation_name(citation: CitationRecord) -> str:
    """``《title》（number）``, or whichever of the two is printed, or the words themselves."""
    title = f"《{citation.title}》" if citation.title else ""
    number_ = citation.number or ""
    return f"{title}（{number_}）" if title and number_ else title or number_ or citation.quote


def _plain_amount(rule: AmountRule) -> str:
    value = bounds(rule.min, rule.max, yuan, rule.exclusive)
    return each(rule.per) + direction(rule, share=False) + value if value else ""


def _share(rule: AmountRule) -> str:
    if rule.effect == "multiply":
        return bounds(rule.percent_min, rule.percent_max, multiple)
    show = points if rule.unit == "pp" else percent
    of = f"{rule.of}的" if rule.of else ""
    value = bounds(rule.percent_min, rule.percent_max, lambda p: of + show(p), rule.exclusive)
    return direction(rule, share=True) + value if value else ""


def _tiers(tiers: tuple[TierRecord, ...] | None, per: tuple[str, ...] | None) -> str:
    steps = [_step(tier) + each(per) + yuan(tier.rate) for tier in tiers or ()]
    return "，".join(steps)


def _step(tier: TierRecord) -> str:
    if tier.upto is None:
        return "之后"
    return f"前{counted(tier.upto, tier.unit)}"


def _cap(cap: CapRecord | None) -> str:
    return f"最高{each(cap.per)}{yuan(cap.max)}" if cap else ""


def _former(former: FormerRecord | None) -> str:
    value = bounds(former.min, former.max, yuan) if former else ""
    return f"原为{value}" if value else ""


def _on_day(rule: DeadlineRule) -> str:
    if rule.date is None and (rule.from_ or rule.to):
        return f"自{day(rule.from_)}起" if rule.from_ else f"至{day(rule.to or '')}"
    when = due(rule)
    if rule.precision and when:
        # 到2030年 names no day, and must not be told as 31 December
        vague = {"by": "到{}", "from": "自{}起", "during": "{}内"}.get(rule.bound or "", "{}")
        return vague.format(when_words(when))
    form = {"by": "{}前", "from": "自{}起", "during": "{}内"}.get(rule.bound or "", "{}")
    return form.format(day(rule.date or ""))


def _stretch(rule: DeadlineRule) -> str:
    length = lengths(rule.duration or "", rule.duration_max, workdays=rule.workdays)
    after = _since(rule.after) if rule.after else ""
    form = {"within": "{}内", "by": "{}内", "at_least": "不少于{}"}.get(rule.bound or "", "{}")
    return after + form.format(length)


def _since(event: str) -> str:
    """通过之日 as 通过之日起, 取得证书 as 取得证书后: a quote keeps the words of its text."""
    if event.endswith(("之日", "起")):
        return f"{event.removesuffix('起')}起"
    return f"{event.removesuffix('后')}后"


def _event(statement: ValidityStatement) -> str:
    # 自公布之日起施行 is a delay of nothing
    waits = statement.delay and not re.fullmatch(r"P0+[YMWD]", statement.delay)
    if not statement.event or (statement.effective_from and not waits):
        return ""
    delay = f"{duration(statement.delay)}后" if statement.delay and waits else ""
    return f"自{statement.event}起{delay}施行"


def _when(value: str) -> str:
    whole_years = re.fullmatch(r"(\d{4})-(\d{4})", value)
    return f"{whole_years[1]}—{whole_years[2]}年" if whole_years else day(value)


def _limit(limit: LimitRecord) -> str:
    return times(limit.times, limit.per)


def _as_is(value: Any) -> str:
    return str(value)


_DETAILS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("payee", "补给", _as_is),
    ("group", "适用对象", _as_is),
    ("payer", "资金来源", _as_is),
    ("limit", "次数", _limit),
    ("stacking", "叠加", _as_is),
    ("conditions", "条件", "；".join),
    ("actor", "由谁", _as_is),
    ("inferred_year", "年份", lambda _: "原文未写年份，按发文年份推定"),
    ("duty", "职责", _as_is),
)
