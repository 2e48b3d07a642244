"""The terms an amount comes with: category, payee, group, payer, how often, stacking, conditions,
from when to when.

All are read from the amount's own sentence (stacking and limits from its clause too), as printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from extractor.brackets import balanced, without
from extractor.group_names import ENDS, groups_at, is_group
from extractor.models import Limit
from extractor.numerals import to_int
from extractor.reading import Reading, Sentence

_PAYEE = re.compile(
    r"(?:给予|补贴给|发放给|拨付给|拨付至|支付给|奖励给|给(?!予))\s*(?P<who>(?!每|一次性|"
    r"补贴|补助|奖补|贴息|"
    r"奖励|资助|适当|全额|相应|一定|不超过|最高|其|以|重点|优先|必要|大力|定额|\d|分别|额外)"
    r"[\u4e00-\u9fff或和、（）()]{2,18}?)(?=取证补贴|培训补贴|一次性|每|补贴|补助|奖励|资助|"
    r"不超过|最高|\d|[，,。；;])"
)
_PAYEE_AFTER = re.compile(
    r"^[^。；]{0,120}?给予(?P<who>(?!每|一次性|补贴|补助|奖励)[\u4e00-\u9fff或和、]{2,16}?)"
    r"(?:(?:取证|培训|评价|一次性|岗位|社保|社会保险|购房|租房|见习|创业|就业|生活费|稳岗|扩岗)?"
    r"(?:补贴|补助|奖励|资助))"
)
#: 单品种奖励企业200万元
_PAID = re.compile(
    r"(?:奖励|补贴|补助|资助)(?P<who>[\u4e00-\u9fff]{2,10}?)(?=\d|每|最高|不超过|一次性)"
)
_GROUP = re.compile(
    r"(?:^|[，,；;。：:\s]|另外|并)对(?:于)?(?P<who>[^，,。；;：:]{2,130}?)(?=[，,]|分别|"
    r"给予|按照?|"
    r"发放|实行|实施|可|予以|免|减|在\S{0,10}(?:基础|期间)|一次性|每|进行)"
)
_PAYER = re.compile(
    r"(?:由|从|在|通过)(?P<who>[\u4e00-\u9fff]{0,14}(?:资金|基金|财政|经费|专账|专户|专项)"
    r"[\u4e00-\u9fff]{0,6}?)(?:中|内|统筹)?(?=列支|支出|给予|安排|承担|负担|支付|补助|补贴|"
    r"解决|全额|予以|拨付|按|先行)"
)
_TIMES = re.compile(
    r"(?:每(?:人|户|个?[\u4e00-\u9fff]{1,6}?)?)?(?P<per>每年度?|年度内?|每个?证书?|每证|每人|"
    r"每户|一年|每个?企业|每项|每个?项目)[^，。；\d]{0,12}?(?:只|仅|最多|限|可|能)"
    r"[^，。；\d]{0,10}?(?P<n>[一二三两]|\d{1,2})次"
)
_PER = {
    "每年": "year",
    "每年度": "year",
    "年度": "year",
    "年度内": "year",
    "一年": "year",
    "每证": "certificate",
    "每人": "person",
    "每户": "household",
}
_STACKING = re.compile(
    r"(?:不(?:得|可|能|再|予)?(?:同时|重复|叠加|累计|兼得)[^，。；]{0,14}(?:享受|叠加|申领|"
    r"申报|补贴|使用|申请|领取|奖励)?|(?:就|从|择)(?:高|优|低)(?:不重复)?[^，。；]{0,8}|"
    r"按(?:最高|就高|从高)[^，。；]{0,8}|(?:可以?|能够?)[^，。；]{0,14}(?:叠加|同时享受|"
    r"累计享受)[^，。；]{0,4}|只?(?:能|可)(?:选择|享受)其中一[项种][^，。；]{0,6})"
)
_CONDITION = re.compile(
    r"(?:^|(?<=[，,；;。：:]))"
    r"(?P<words>(?:[^，,；;。：:（(]|[（(][^（）()]{0,60}[）)]){4,80}的)(?=[，,])"
)
#: 1000元（消费满5000元可使用）
_USABLE = re.compile(
    r"\s*[（(](?P<words>[^（()）]{2,40}(?:可以?|方可|才能|方能)(?:使用|用|享受|领取|申领|兑付|抵用|抵扣))[）)]"
)
_CONDITION_NO = re.compile(r"^(?:对(?:于)?|其中|该|上述)?(?:本|此)")


@dataclass(frozen=True, slots=True)
class Terms:
    """What goes with an amount."""

    payee: str | None = None
    group: str | None = None
    payer: str | None = None
    limit: Limit | None = None
    stacking: str | None = None
    conditions: tuple[str, ...] = ()
    from_: str | None = None
    to: str | None = None


def terms(reading: Reading, sentence: Sentence, start: int, end: int) -> Terms:
    """The terms of the amount at ``start..end`` of ``sentence``."""
    text = sentence.plain
    from_, to = _time(sentence)
    part = max(text.rfind("；", 0, start), text.rfind(";", 0, start)) + 1
    group = _clean(_last(_GROUP, text[part:end]) or _last(_GROUP, text[:end]))
    return Terms(
        payee=payee(text, start, end)
        or _granted_to(text, part, end, group)
        or _applicant(reading, sentence),
        group=group,
        payer=_first(_PAYER, text),
        limit=_limit(text),
        stacking=_stacking(reading, sentence),
        conditions=_conditions(sentence, end),
        from_=from_,
        to=to,
    )


def payee(text: str, start: int, end: int) -> str | None:
    """Who is paid: 给予评价机构取证补贴."""
    inside = _given_to(text, start, end)
    # 给予企业10万元补贴，另给予博士本人…: what is given already has its verb
    given = "给予" in re.split(r"[，,；;]", text[:start])[-1] + text[start:end]
    after = None if given else _PAYEE_AFTER.match(text[end:])
    who = after["who"] if after and _names(after["who"]) else inside
    who = re.sub(r"^对应|^相应|^符合条件的?", "", who) if who else _paid(text[: end + 4])
    who = _whole_name(who) if who else None
    return who if who and _is_somebody(who) else None


#: 2万元、本科生4万元: the next value has a name of its own
_LABELLED = re.compile(r"\d[\d.,]*[万亿千百]*元?[、和及]\s*[\u4e00-\u9fff]{2,}?\d")


def _given_to(text: str, start: int, end: int) -> str | None:
    """Whom the last 给予 names. 给予专科生2万元、本科生4万元 says so of the first value alone, and
    after 分别 such names are cases of whom the sentence is about.
    """
    part = max(text.rfind(mark, 0, start) for mark in "；;，,") + 1
    matches = list(_PAYEE.finditer(text[: end + 16]))
    before = [m for m in matches if m.start() < end]
    if not matches:
        return None
    last = before[-1] if before and before[-1].start() >= part else matches[-1]
    of_value = _LABELLED.match(text, last.end("who"))
    each = text[: last.start()].endswith("分别")
    return None if of_value and (each or last.end("who") < start) else last["who"]


_THING = re.compile(
    r"(?:费用?|[金额价款税]|保险|补[贴助]|奖[励补]|资助|标准|比例|投资|投入|部分|时|后|除外|承诺|就业|创业|培训|见习|"
    r"[购租住]房|装修|交通|岗位|社保|稳岗|扩岗|取暖|护理)$|"
    r"贷款|支持|政策|扶持|帮助|倾斜|保障|便利"
)


def _is_somebody(who: str) -> bool:
    """Whether ``who`` may be paid: no thing, no exception, no half of a parenthesis."""
    return balanced(who) and not _THING.search(who) and not re.match("[每\\d]|新[建购]", who)


def _paid(text: str) -> str | None:
    who = _last(_PAID, text)
    return who if who and is_group(who) else None


def _whole_name(who: str) -> str:
    """企业 of 给予企业引进成本不低于10%的资金: the name ends before what is paid."""
    if is_group(who) or _BODY.search(who):
        return who
    named = groups_at(who, 0)
    return who[named[0][0] : named[0][1]] if named else who


_GRANTED = re.compile(r"给予|返还|奖励|补贴|补助|领取|申领|享受|资助")


_BODY = re.compile(r"(?:馆|院|校|所|站|店|社|户|者|人|员|会|队|车间|工坊|园|中心|礼堂|书屋|银行)$")


def _granted_to(text: str, part: int, end: int, group: str | None) -> str | None:
    """Whom 对…给予 names, without its attribute; else whom the amount's part of the sentence, from
    ``part`` on, begins with, or the sentence itself.
    """
    if not _GRANTED.search(text[: end + 20]):
        return None
    if who := _who_of(group or ""):
        return who
    starts = [0, *(m.end() for m in re.finditer(r"[，,；;]", text[:end]))]
    for start in sorted(starts, key=lambda at: at < part):
        named = groups_at(text, start, far=True)
        if group and text.startswith(("对" + group, "对于" + group), start):
            continue
        words = _bare(_to_end(text, named[0][0], named[-1][1])) if named else ""
        if named and is_group(text[named[0][0] : named[0][1]]) and len(words) <= 30:
            return words if _is_somebody(words) else None
    return None


def _names(words: str) -> bool:
    """Whether ``words`` end as the names of people and bodies do."""
    return bool(ENDS.search(words) or _BODY.search(without(words)))


def _to_end(text: str, start: int, end: int) -> str:
    """民办幼儿园 is no 民办幼儿."""
    return text[start : end + 1] if text[end : end + 1] in ("园", "院") else text[start:end]


def _bare(words: str) -> str:
    """``words`` without their 的-attribute; no 的 in a parenthesis ends one."""
    bare = words.rpartition("的")[2]
    return bare if balanced(bare) else without(words).rpartition("的")[2]


#: 企业吸纳就业困难人员, 农户购置农机: who does it stands before the verb
_DOING = re.compile(
    r"(?:新|首次|每)?(?:吸纳|招用|招聘|聘用|录用|雇用|购买|购置|引进|租用|租赁|入驻|投资|从事|举办|承办)"
)


_ACTIVITY = re.compile(r"(?:职业|岗位)?(?:技能)?(?:提升)?(?:培训|见习|评价|取证|鉴定|实训|研修)")


def _who_of(group: str) -> str | None:
    """The somebody that 对… is about: not 所购住房, and 企业 of 企业新购置设备."""
    named = groups_at(group, 0)
    if named and _DOING.match(group, named[-1][1]):
        return group[named[0][0] : named[-1][1]]
    head = without(group).rpartition("的")[2]
    if len(head) >= 3 and is_group(head):
        return head
    for who in (head, group):
        if len(who) >= 2 and _is_somebody(who) and _names(who) and not _DOING.match(who):
            return who
    words = group[named[0][0] : named[0][1]] if named else ""
    # 企业职工培训 is what is paid for; who is paid for it is not told
    activity = named and _ACTIVITY.match(group, named[0][1])
    return words if is_group(words) and not activity and not _DOING.match(words) else None


_APPLIES = re.compile(r"(?:^|[，,；;])\s*(?P<who>各?[\u4e00-\u9fff]{1,14}?)(?=要|应当?|须|可)")


def _applicant(reading: Reading, sentence: Sentence) -> str | None:
    """Who applies where the sentence names nobody: the subject of the sentences before it."""
    if not re.search(r"申请|申领|申报", sentence.plain):
        return None
    siblings = reading.of_clause[sentence.clause]
    earlier = siblings[: bisect_left(siblings, sentence.start, key=attrgetter("start"))]
    for before in reversed(earlier[-3:]):
        for match in _APPLIES.finditer(before.plain):
            if is_group(match["who"]):
                return match["who"]
    return None


def _clean(group: str | None) -> str | None:
    if group is None:
        return None
    group = group.rstrip("的")
    if len(group) > 16:
        short = _DOES.sub("", group)
        group = short if ENDS.search(short) else group
    whole = balanced(group) and not re.match(r"其(?![他余])", group)
    return group if whole and 2 <= len(group) <= 130 else None


#: what a group does is no part of its name: 多孩家庭在市城区购房
_DOES = re.compile(r"(?:在[^的，]{1,12})?(?:参加|购买|开展|购房|新建|从事|因|用于)[^的]*$")


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match["who"] if match else None


def _last(pattern: re.Pattern[str], text: str) -> str | None:
    matches = list(pattern.finditer(text))
    return matches[-1]["who"] if matches else None


def _limit(text: str) -> Limit | None:
    match = _TIMES.search(text)
    times = to_int(match["n"].replace("两", "二")) if match else None
    if not match or not times:
        return None
    per = _PER.get(match["per"]) or (
        "certificate" if "证" in match["per"] else "enterprise" if "企业" in match["per"] else None
    )
    return Limit(times, per)


def _stacking(reading: Reading, sentence: Sentence) -> str | None:
    """The sentence's own words; else those of a sentence of the same clause that speaks of
    nothing else.
    """
    said = reading.said(_STACKING, sentence.clause)
    at = bisect_left(said, sentence.start, key=itemgetter(0))
    return said[at][1] if at < len(said) else None


def _conditions(sentence: Sentence, end: int) -> tuple[str, ...]:
    left = sentence.text[:end]
    part = left[max(left.rfind("；"), left.rfind(";")) + 1 :]
    usable = _USABLE.match(sentence.text, end)
    said = [
        m["words"].strip()
        for m in _CONDITION.finditer(part)
        if balanced(m["words"]) and not _CONDITION_NO.match(m["words"])
    ]
    return (*said, usable["words"]) if usable else tuple(said)


#: 在2016年1月1日后生育两孩的家庭: when something had to happen, not when the grant begins
_HAPPENED_AFTER = re.compile(r"\s*(?:及?以|之)?后")


def _time(sentence: Sentence) -> tuple[str | None, str | None]:
    """From when and to when the sentence grants: 2019年1月1日至12月31日, 自…起."""
    for quantity in sentence.quantities:
        if quantity.precision is not None:
            continue
        if quantity.kind == "period":
            return quantity.from_, quantity.to
        start, end = sentence.local(quantity.core)
        if quantity.kind == "date" and _begins(sentence.plain, start, end, quantity.bound):
            return quantity.date, None
    return None, None


def _begins(text: str, start: int, end: int, bound: str | None) -> bool:
    if text[:start].endswith("从"):
        return True
    return bound == "from" and not _HAPPENED_AFTER.match(text, end)
