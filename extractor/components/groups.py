"""Finds whom a clause serves, pays or trains: 面向…, 对…给予, 支持…, 组织…培训, …可申领.

A group is known by its head noun (人员, 职工, 企业, 家庭 …) in a place that serves it; a list is
split unless its items share one head, and a 的-attribute back to 对, 面向 or 为 stays with the
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from extractor.group_names import AMONG, ENDS, HEADED, groups_at, is_group
from extractor.lexicon import alternation
from extractor.models import Amount, Group
from extractor.reading import Reading, Sentence

_LIST_VERBS = alternation("support_verbs")
_TRAINED = re.compile(
    r"(?:的)?(?:职业|专业|安全|岗位|劳动|实用|应急)?(?:技能|技术|作业|劳动)?(?:等级)?(?:提升|"
    r"鉴定|转移|脱贫|扶贫)?(?:职业技能|安全作业|岗前|在岗|境外|订单(?:式)?|定向|创业|就业创业|"
    r"技能)?(?:培训|培养|取证|就业|待遇|激励表彰|普遍开展|考取|扶贫|技能提升|培育|参加|参训|"
    r"开展评价|上岗)"
)
_BENEFITS = re.compile(
    r"[，,]?[^，。；]{0,8}?(?:均|都|仍然?|也|全部|原则上|即)?(?:可以?|能够?)"
    r"(?:按(?!照实际)[^，。；]{0,60}[，,]?|直接|在[^，。；]{0,12}|凭[^，。；]{0,8}|一次性|同时|"
    r"优先|享|随[^，。；]{0,6})?"
    r"(?:享受|申请|申领|申报|领取|兑换|免|参加|直接取得|取得|获得|认定|纳入|报名|办理|按规定)"
    r"|[^，。；]{0,4}(?:按规定)?纳入|按[^，。；]{0,40}(?:申领|申请)"
    r"|(?:申领|申请|享受|领取)[^，。；]{0,14}(?:补贴|政策|待遇|服务|补助|资金|奖励)"
    r"|[^，。；]{0,4}(?:到|向|凭|持)[^，。；]{0,30}(?:领取|提交|申请|申报|办理|兑换|登记)"
    r"|考取|必须经|毕业时|参加[^，。；]{0,8}补贴|承担政府补贴"
)


@dataclass(frozen=True, slots=True)
class _Trigger:
    """Words before a group, and what must follow it where the words alone say too little.

    A word stands before what may not precede it (对(?<!针对)), so that it is searched first;
    ``opens`` lets the group open the sentence too.
    """

    before: re.Pattern[str]
    after: re.Pattern[str] | None = None
    opens: bool = False

    def ends(self, text: str) -> Iterator[int]:
        """Where a group may begin in ``text``."""
        if self.opens:
            yield 0
        for match in self.before.finditer(text):
            yield match.end()


_TRIGGERS = (
    _Trigger(re.compile(r"面向")),
    _Trigger(
        re.compile(r"对(?<![针应面绝相核比校]对)(?:于)?(?![照接标应外口策象比])"),
        re.compile(
            r"(?![^，。；]{0,8}(?:提出|存在|监管|监督|处罚|查处|追究|考核|评估|抽查|检查|管理|违))"
        ),
    ),
    _Trigger(re.compile(r"针对|适用于|扩大到|扩展至|扩大至|惠及")),
    _Trigger(re.compile(rf"(?:{_LIST_VERBS})(?!力度|政策|措施|资金|性|保障)")),
    _Trigger(
        re.compile(r"为(?<![作行认因成称视列以]为)"),
        re.compile(
            r"[^，。；]{0,8}?(?:提供|办理|发放|配备|缴纳|解决|购买|开展|组织|锁定|拓宽|"
            r"接受|取得|适配)"
        ),
    ),
    _Trigger(
        re.compile(
            r"(?:组织|开展|加强|加大|扩大|突出|做好|推动|实施|强化|提高|负责(?:协调组织)?|"
            r"持续推进|推进|培育|新增|促进|包括|用于|丰富|向|好|力度|培训|聘请|助力|满足|直补|"
            r"给予|完成)(?:对)?"
        ),
        _TRAINED,
    ),
    _Trigger(
        re.compile(r"(?:给予|发放给|拨付给|支付给|补贴给|直补|返还给|返还其|倾斜到)(?:对应|相应)?"),
        re.compile(r"[\u4e00-\u9fff]{0,4}(?:补贴|补助|奖励|资助)|一次性|每|，|。|；|,|;|$"),
    ),
    _Trigger(re.compile(r"向(?=[\u4e00-\u9fff])"), re.compile(r"倾斜|收取|发放|提供|购买|开放")),
    _Trigger(re.compile(r"培训\d[\d.]*万?(?:余)?(?:名|个)?")),
    _Trigger(re.compile(r"、(?<=[训升养]、)"), _TRAINED),
    _Trigger(re.compile(r"招收|招录|招用|选派|覆盖到|补贴到|惠及")),
    _Trigger(
        re.compile(r"(?:促进|使|让|畅通|满足|解决)(?:绝大多数|更多|广大)?"),
        re.compile(r"(?:的)?(?:就业|创业|增收|接受|职业发展|持续|需求|困难|实际困难|多样化|成长)"),
    ),
    _Trigger(re.compile(r"(?:培养|聚焦|吸引)(?:一批|[\d.]+万?(?:余)?(?:名|个))?")),
    _Trigger(re.compile(r"(?:发放|拨付|兑付|打入|划入|汇入|支付)[^，。；]{0,8}?(?:至|到)")),
    _Trigger(re.compile(r"[，,；;。：:\n](?:其中|凡是?|原则上)?"), _BENEFITS, opens=True),
    _Trigger(
        re.compile(r"[，,；;。：:、\n]"),
        re.compile(r"(?:技能|劳动力|订单)?培训(?=\d|[（(]|任务)"),
        opens=True,
    ),
    _Trigger(
        re.compile(
            r"(?:重点人群|享受对象|服务对象|培训对象|补贴对象|发放对象|申报对象|适用对象|"
            r"资助对象|救助对象|"
            r"保障对象)(?:为|是|：|:|包括)"
        )
    ),
)


def groups(reading: Reading) -> None:
    """Tag every group of the notice, one tag a name and clause."""
    seen: set[tuple[str, str]] = set()
    amounts = reading.facts(Amount)
    for sentence in reading.sentences:
        for start, end in _in_sentence(sentence):
            _tag(reading, seen, sentence, start, end)
        for _, amount in amounts.get(sentence.start, ()):
            _paid(reading, seen, sentence, amount)


def _tag(
    reading: Reading, seen: set[tuple[str, str]], sentence: Sentence, start: int, end: int
) -> None:
    name = re.sub(r"\s", "", sentence.text[start:end])
    key = (sentence.path, name.removeprefix("各").removeprefix("类"))
    if key not in seen and is_group(name):
        seen.add(key)
        reading.tag(sentence, start, end, Group(name))


def _paid(
    reading: Reading, seen: set[tuple[str, str]], sentence: Sentence, fact: Amount
) -> None:
    """Who an amount names as payee is a group of its clause."""
    for name in sorted({n for n in (fact.payee, fact.group, fact.category) if n}):
        at = sentence.text.find(name)
        for start, end in groups_at(name, 0) if at >= 0 else ():
            _tag(reading, seen, sentence, at + start, at + end)


#: 咸宁市以外户籍人口购房的，…给予: the case that a grant is made for
_CASE = _Trigger(
    re.compile(r"[，,；;。：:\n](?:其中)?"),
    re.compile(r"[^，。；：]{0,24}的[，,]"),
    opens=True,
)
_GRANTS = re.compile(r"给予|补贴|补助|奖励|享受|扣除|减征|免征|资助|返还")


def _in_sentence(sentence: Sentence) -> list[tuple[int, int]]:
    text = sentence.plain
    found: set[tuple[int, int]] = set()
    if not HEADED.search(text):
        return []
    named = cache(partial(groups_at, text))
    for trigger in (*_TRIGGERS, _CASE) if _GRANTS.search(text) else _TRIGGERS:
        for at in trigger.ends(text):
            items = named(at)
            if not items:
                continue
            rest = AMONG.match(text, items[-1][1])
            follow = rest.end() if rest else items[-1][1]
            if trigger.after and not trigger.after.match(text, follow):
                continue
            for start, end in items:
                if is_group(text[start:end]):
                    found.add((start, end))
                    found |= set(_inner(text, start, end))
    return _longest(found)


def _longest(found: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of names that end together the longest that a trigger gave; a bracketed group stays."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda s: (s[1], s[0])):
        if not kept or kept[-1][1] != end:
            kept.append((start, end))
    return sorted(kept)


def _inner(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """（含残疾人） names a group of its own."""
    match = re.search(r"[（(]含(?P<in>[\u4e00-\u9fff]{2,20})[）)]$", text[start:end])
    if match and ENDS.search(match["in"]) and "下同" not in match["in"]:
        yield start + match.start("in"), start + match.end("in")
