"""Finds whom a clause serves, pays or trains: 面向…, 对…给予, 支持…, 组织…培训, …可申领.

A group is known by its head noun (人员, 职工, 企业, 家庭 …) in a place that serves it; a list is
split unless its items share one head, and a 的-attribute back to 对, 面向 or 为 stays with the
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.lexicon import alternation
from extractor.models import Amount, Group
from extractor.reading import Reading, Sentence

_HEAD = alternation("group_heads")
_HEADED = re.compile(rf"(?:{_HEAD})(?:[（(][^（）()]{{1,24}}[）)])?")
_ENDS = re.compile(rf"(?:{_HEAD})(?:[（(][^（）()]{{1,24}}[）)])?$")
_BETWEEN = re.compile(r"、|以及|特别是|尤其是|或者?|和|与(?!否)|及(?!其|以|时)|兼")
_AMONG = re.compile(
    r"等(?:各类|重点|其他|有关|相关)?(?:重点群体|群体|各类人员|人员|人群|青年|对象)?"
)
#: what may follow a group: a verb, a mark, 的 of what is done for it
_FOLLOWS = re.compile(
    r"$|[，。；：,;:（(）)\s\x00]|的(?:职业|技能|培训|培养|就业|奖励|资金|支持|服务|管理)|"
    r"积极|广泛|持续|大力|全面|分类|免费|优先|普遍|统一|按|依法|加强|加大|适时|进行|开展|"
    r"给予|提供|实施|实行|发放|组织|落实|予以|享受|参加|参训|申请|申领|领取|可|在|设立|"
    r"建设|建立|承担|共建|通过|熟悉|了解|免|减|发挥|培训|培养|技能|就业(?!困难)|创业(?!者|"
    r"企业|人)|举办|转岗|采取|纳入|提升|取得|考取|购买|新(?!型|生)|使用|依托|申报|自主|"
    r"围绕|创办|领办|到|从事|对|为|一次性|每|补贴|补助|奖励|收取|不|引进|应|要|须|需|均|"
    r"返还|缓|征|退|办理|单独|发展|参与|深入|主动|扩大|做大|实现|继续|融资|认定|予|上门|"
    r"走访|专门|推荐|招|吸纳|安置|介绍|帮扶|并|以|职业技能|专业技能|安全|岗位|岗前|在岗|"
    r"境外|订单|定向|取证|激励|待遇|队伍|根据|各|等|特别|尤其|与|和|及|或|、|自|将|由|聘|"
    r"入|都|也|全部|原则上|能|获|兑换|列|负责|缴|出|签|完成|毕业(?!生|年)|情况|人数|培育|"
    r"购|租|评|学习|"
    r"经|向|较|安|就近|继"
)
_NOT = re.compile(
    r"^(?:各有关|有关|相关|其他有关|其他|主管|政府|行政|责任|用人单位和|我|本|该|此|所有|"
    r"各级|当地|其|他|上述|每个?|这些|一批|一个|第三方社会|更多|全体|各类|各)?(?:单位|部门|"
    r"机构|对象|组织|主体|平台|团队|基地|负责人|成员|本人|业主|人员|群体|园区|人才|用工|"
    r"骨干|户|公民)$|政府|部门|管委会|领导小组|办公室|工作人员|经办人|监管|审批|补贴对象|"
    r"目标|标准|目录|制度$|证书$|资金|方案|项目|法人$|将学生|根据|行动|计划|双师型|"
    r"高校毕业生就业|设立|开展|工会|妇联|共青团"
)
_LIST_VERBS = alternation("support_verbs")
_TRAINED = re.compile(
    r"(?:的)?(?:职业|专业|安全|岗位|劳动|实用|应急)?(?:技能|技术|作业|劳动)?(?:等级)?(?:提升|"
    r"鉴定|转移|脱贫|扶贫)?(?:职业技能|安全作业|岗前|在岗|境外|订单(?:式)?|定向|创业|就业创业|"
    r"技能)?(?:培训|培养|取证|就业|待遇|激励表彰|普遍开展|考取|扶贫|技能提升|培育|参加|参训|"
    r"开展评价|上岗)"
)
_BENEFITS = re.compile(
    r"[^，。；]{0,8}?(?:均|都|仍然?|也|全部|原则上|即)?(?:可以?|能够?)"
    r"(?:按(?!照实际)[^，。；]{0,8}|直接|在[^，。；]{0,12}|凭[^，。；]{0,8}|一次性|同时|"
    r"优先|享|随[^，。；]{0,6})?"
    r"(?:享受|申请|申领|申报|领取|兑换|免|参加|获得|认定|纳入|报名|办理|按规定)"
    r"|[^，。；]{0,4}(?:按规定)?纳入|按[^，。；]{0,16}(?:申领|申请)"
    r"|(?:申领|申请|享受|领取)[^，。；]{0,14}(?:补贴|政策|待遇|服务|补助|资金|奖励)"
    r"|[^，。；]{0,4}(?:到|向|凭|持)[^，。；]{0,30}(?:领取|提交|申请|申报|办理|兑换|登记)"
    r"|必须经|毕业时|参加[^，。；]{0,8}补贴|承担政府补贴"
)


@dataclass(frozen=True, slots=True)
class _Trigger:
    """Words before a group, and what must follow it where the words alone say too little."""

    before: re.Pattern[str]
    after: re.Pattern[str] | None = None


_TRIGGERS = (
    _Trigger(re.compile(r"面向")),
    _Trigger(re.compile(r"(?<![针应面绝相核比校])对(?:于)?(?![照接标应外口策象比])")),
    _Trigger(re.compile(r"针对|适用于|扩大到|扩展至|扩大至|惠及")),
    _Trigger(re.compile(rf"(?:{_LIST_VERBS})(?!力度|政策|措施|资金|性|保障)")),
    _Trigger(
        re.compile(r"(?<![作行认因成称视列以])为"),
        re.compile(r"提供|办理|发放|配备|缴纳|解决|购买|开展|组织|锁定"),
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
    _Trigger(re.compile(r"(?<=[训升养])、"), _TRAINED),
    _Trigger(re.compile(r"(?:培养|聚焦|吸引)(?:一批|[\d.]+万?(?:余)?(?:名|个))?")),
    _Trigger(re.compile(r"(?:发放|拨付|兑付|打入|划入|汇入|支付)[^，。；]{0,8}?(?:至|到)")),
    _Trigger(re.compile(r"^|(?<=[，,；;。：:\n])(?:其中|凡是?|原则上)?"), _BENEFITS),
    _Trigger(
        re.compile(r"^|(?<=[，,；;。：:、\n])"),
        re.compile(r"(?:技能|劳动力|订单)?培训(?=\d|[（(]|任务)"),
    ),
    _Trigger(
        re.compile(
            r"(?:重点人群|服务对象|培训对象|补贴对象|发放对象|申报对象|适用对象|资助对象|救助对象|"
            r"保障对象)(?:为|是|：|:|包括)"
        )
    ),
)
_LEAD = re.compile(
    r"^(?:积极|大力|广泛|全面|持续|重点|优先|主动|充分|鼓励|引导|支持|帮助|组织|对|面向|为|"
    r"将|把|等|其中|包括|实施|开展|加强|推动|完成|免费|普遍|做好|提高|落实|加大|扩大|突出|"
    r"不断|切实|以|和|由|向|各地|应|要|须|培养|负责|集中|精准|有效|优惠|专项|深入|推进|"
    r"贫困地区特别是|更多|凡|给予|符合条件的(?=各类企业$)|全省(?=[^\u4e00-\u9fff]))+"
)
#: a name that begins so is a phrase cut in the wrong place
_VERBISH = re.compile(
    r"提升|促进|助力|确保|发挥|改进|指导|督促|严格|利用|建设|方式|提高|按照|围绕|根据|逐步|"
    r"进一步|及时|所有|已经|[\d、“]|允许|意愿|问题|岗前培训和|培训、评价|无|若|如|凡|当|由|"
    r"被|经"
)
_MAX = 46


def groups(reading: Reading) -> None:
    """Tag every group of the notice, one tag a name and clause."""
    seen: set[tuple[str, str]] = set()
    for sentence in reading.sentences:
        for start, end in _in_sentence(sentence):
            _tag(reading, seen, sentence, start, end)
        _paid(reading, seen, sentence)


def _tag(
    reading: Reading, seen: set[tuple[str, str]], sentence: Sentence, start: int, end: int
) -> None:
    name = re.sub(r"\s", "", sentence.text[start:end])
    key = (sentence.path, name.removeprefix("各").removeprefix("类"))
    if key not in seen and _is_group(name):
        seen.add(key)
        reading.tag(sentence, start, end, Group(name))


def _paid(reading: Reading, seen: set[tuple[str, str]], sentence: Sentence) -> None:
    """Who an amount names as payee is a group of its clause."""
    inside = [
        t
        for t in reading.tags
        if isinstance(t.fact, Amount) and sentence.start <= t.span.start < sentence.end
    ]
    for fact in [t.fact for t in inside if isinstance(t.fact, Amount)]:
        for name in sorted({n for n in (fact.payee, fact.group, fact.category) if n}):
            at = sentence.text.find(name)
            for start, end in _items(name, 0) if at >= 0 else ():
                _tag(reading, seen, sentence, at + start, at + end)


#: 咸宁市以外户籍人口购房的，…给予: the case that a grant is made for
_CASE = _Trigger(
    re.compile(r"^|(?<=[，,；;。：:\n])(?:其中)?"), re.compile(r"[^，。；：]{0,24}的[，,]")
)
_GRANTS = re.compile(r"给予|补贴|补助|奖励|享受|扣除|减征|免征|资助|返还")


def _in_sentence(sentence: Sentence) -> list[tuple[int, int]]:
    text = sentence.plain
    found: set[tuple[int, int]] = set()
    for trigger in (*_TRIGGERS, _CASE) if _GRANTS.search(text) else _TRIGGERS:
        for match in trigger.before.finditer(text):
            items = _items(text, match.end())
            if not items:
                continue
            rest = _AMONG.match(text, items[-1][1])
            follow = rest.end() if rest else items[-1][1]
            if trigger.after and not trigger.after.match(text, follow):
                continue
            for start, end in items:
                if _is_group(text[start:end]):
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
    if match and _ENDS.search(match["in"]) and "下同" not in match["in"]:
        yield start + match.start("in"), start + match.end("in")


def _items(text: str, at: int) -> list[tuple[int, int]]:
    """The groups listed at ``at``; an item without a head goes with the next
    (医护、养老、母婴护理人员).
    """
    items: list[tuple[int, int]] = []
    start = at
    while True:
        end = _head_end(text, start)
        if end is None:
            return items
        lead = _LEAD.match(text[start:end])
        items.append((start + (lead.end() if lead else 0), end))
        among = _AMONG.match(text, end)
        join = _BETWEEN.match(text, among.end() if among and among[0] == "等" else end)
        if join is None:
            return items
        start = join.end()


def _head_end(text: str, start: int) -> int | None:
    """Where the group that starts at ``start`` ends: at the first head noun that something else
    follows.
    """
    stop = re.compile(r"[。；;：:\n，,\x00]").search(text, start)
    limit = min(stop.start() if stop else len(text), start + 90)
    for match in _HEADED.finditer(text, start, limit):
        if match.end() - start > _MAX + 20:
            return None
        if not _FOLLOWS.match(text, match.end()) and _goes_on(text, match.end(), limit):
            continue
        if not _is_name(text[start : match.end()]):
            return None
        return match.end()
    return None


_COMPOUND = re.compile(
    r"(?:教育|专业|负责人|法人|文化|年金|所得税|名称|队伍|市场|公寓|会|化|性|级|内部|总数|"
    r"数量|规模|资源|资质|类型|目录|协会|联合会|平台|信息|数据|名册|档案|身份|收入|工资|"
    r"人均|比例|培训中心|服务中心|管理)"
)


def _goes_on(text: str, at: int, limit: int) -> bool:
    """Whether the noun before ``at`` is only the first part of a longer one: 企业职工, 人才队伍."""
    if _COMPOUND.match(text, at):
        return True
    following = _HEADED.search(text, at, min(limit, at + 10))
    return following is not None and not re.search(r"[、的和与及]", text[at : following.start()])


def _is_name(words: str) -> bool:
    """Whether no verb phrase lies between the trigger and the head: 企业开展职工 is two things."""
    bare = re.sub(r"[（(][^（）()]*[）)]", "", words)
    attribute = bare.rsplit("的", 1)[-1]
    return not re.search(
        r"开展|设立|组织|加强|给予|建立|承担|引进|共建|签订|按规定|提供|实施|推进|通过",
        attribute[:-1],
    )


def _is_group(words: str) -> bool:
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", words)
    if _VERBISH.match(bare):
        return False
    if not 2 <= len(bare) <= _MAX or not _ENDS.search(words):
        return False
    if _NOT.search(bare.rsplit("的", 1)[-1]):
        return False
    return words.count("（") + words.count("(") == words.count("）") + words.count(")")
