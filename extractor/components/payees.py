"""Who is paid: somebody, by his whole name; no thing, no exception, no label of another value.

By the verb (给予评价机构取证补贴), by whom 对…给予 names, by who applies in the sentences before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter

from extractor.brackets import balanced, without
from extractor.group_heads import ENDS
from extractor.group_names import groups_at, is_group
from extractor.reading import Reading, Sentence

_PAYEE = re.compile(
    r"(?:给予|补贴给|发放给|拨付给|拨付至|支付给|奖励给|给(?!予))\s*(?P<who>(?!每|一次性|"
    r"补贴|补助|奖补|贴息|"
    r"奖励|资助|人民币|表彰|通报|适当|全额|相应|一定|不超过|最高|其|以|重点|优先|必要|大力|定额|\d|分别|额外)"
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


def payee_of(
    reading: Reading, sentence: Sentence, start: int, end: int, group: str | None
) -> str | None:
    """Whom the amount at ``start..end`` of ``sentence`` is paid to; ``group`` is whom 对… names."""
    text = sentence.plain
    part = max(text.rfind("；", 0, start), text.rfind(";", 0, start)) + 1
    return (
        payee(text, start, end)
        or _granted_to(text, part, end, group)
        or _applicant(reading, sentence)
    )


def payee(text: str, start: int, end: int) -> str | None:
    """Who is paid: 给予评价机构取证补贴."""
    inside = _given_to(text, start, end)
    # 给予企业10万元补贴，另给予博士本人…: what is given already has its verb
    given = "给予" in re.split(r"[，,；;]", text[:start])[-1] + text[start:end]
    after = None if given else _PAYEE_AFTER.match(text[end:])
    who = after["who"] if after and names_somebody(after["who"]) else inside
    who = re.sub(r"^对应|^相应|^该|^符合条件的?", "", who) if who else _paid(text[: end + 4])
    who = _whole_name(who.removeprefix("该")) if who else None
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
    whole = balanced(who) and who.count("“") == who.count("”")
    return whole and not _THING.search(who) and not re.match("[每\\d]|新[建购]", who)


def _paid(text: str) -> str | None:
    *_, who = (None, *(match["who"] for match in _PAID.finditer(text)))
    return who if who and is_group(who) else None


def _whole_name(who: str) -> str:
    """企业 of 给予企业引进成本不低于10%的资金: the name ends before what is paid."""
    if is_group(who) or _BODY.search(who):
        return who
    named = groups_at(who, 0)
    return who[named[0][0] : named[0][1]] if named else who


_GRANTED = re.compile(r"给予|返还|奖励|补贴|补助|领取|申领|享受|资助")


_BODY = re.compile(
    r"(?:(?:旅游|服务|教学|销售|经营|示范)点|景[区点]|(?:示范|特色|美丽)[乡村镇县区街]|馆|院|校|所|站|店|社|户|者|人|员|会|队|车间|工坊|园|中心|礼堂|书屋|银行)$"
)


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


def names_somebody(words: str) -> bool:
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
        if len(who) >= 2 and _is_somebody(who) and names_somebody(who) and not _DOING.match(who):
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
