"""The grammar of whom a notice serves: 返乡创业青年, 符合条件的民营企业, 医护、养老、母婴护理人员.

A group's name ends with a head noun (人员, 企业, 家庭 …) and keeps its 的-attribute; a list is
split unless its items share one head.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.lexicon import alternation

_HEAD = alternation("group_heads")


# 参保人员 is not 参保人, 领军人才 no 军人, 全职工作 no 职工
HEADED = re.compile(rf"(?:{_HEAD})(?!(?<=人)[员才]|(?<=工)[作程业])(?:[（(][^（）()]{{1,24}}[）)])?")


ENDS = re.compile(rf"(?:{_HEAD})”?(?:[（(][^（）()]{{1,40}}[）)])?$")


_BETWEEN = re.compile(
    # 见义勇为人员及其家属, 适配对象或其监护人: two groups
    r"(?:及|和|与|或者?)其(?=[\u4e00-\u9fff]{0,6}(?:家属|亲属|配偶|子女|父母|家庭|监护人|遗属))|"
    r"、|以及|特别是|尤其是|或者?|和|与(?!否)|及(?!其|以|时)|兼"
)


AMONG = re.compile(
    r"等(?:各类|各|重点|其他|有关|相关)?"
    r"(?:[\u4e00-\u9fff]{0,4}?(?:群体|人员|人群|青年|对象|主体|机构|组织))?"
)


#: what may follow a group: a verb, a mark, 的 of what is done for it
_FOLLOWS = re.compile(
    r"$|[，。；：,;:（(）)\s\x00]|的(?:职业|技能|培训|培养|就业|奖励|资金|支持|服务|管理|"
    r"补贴|补助|扶持|资助|帮扶|保障|救助|"
    r"政策|税收|信贷|贷款|投入|表彰|激励|关爱)|"
    r"积极|广泛|持续|大力|全面|分类|免费|优先|普遍|统一|按|依法|加强|加大|适时|进行|开展|"
    r"给予|提供|实施|实行|发放|组织|落实|予以|享受|参加|参训|申请|申领|领取|可|在|设立|"
    r"建设|建立|承担|共建|通过|熟悉|了解|免|减|发挥|培训|培养|技能|就业(?!困难)|创业(?!者|"
    r"企业|人)|举办|转岗|采取|纳入|提升|取得|考取|购买|新(?!型|生|录用)|使用|依托|申报|自主|"
    r"围绕|创办|领办|到|从事|对|为|凭|持(?!证)|一次性|每|补贴|补助|奖励|收取|不|引进|应(?!用|届|急)|要|"
    r"须|需|均|"
    r"返还|缓|征|退|办理|单独|发展|参与|深入|主动|扩大|做大|实现|继续|融资|认定|予|上门|"
    r"走访|专门|推荐|招|吸纳|安置|介绍|帮扶|并|以|职业技能|专业技能|安全|岗位|岗前|在岗|"
    r"境外|订单|定向|取证|激励|待遇|队伍|根据|一次|随|同等|各|等|特别|尤其|与|和|及|或|、|自|将|由|聘|"
    r"入|都|也|全部|原则上|能|获|兑换|列|负责(?!人)|缴|出|签|完成|毕业(?!生|年)|情况|人数|培育|"
    r"购|租|评|学习|接[收纳]|照护|赡养|换购|报[考名]|死亡|住院|关心|树立|转变|增强|选择|接受|入驻|返乡(?!创业)|回乡|种植(?!户)|养殖(?!户|场)|“|"
    r"经(?!济)|向|较|安|就近|继|社会保险|三项|各项"
)


#: 企业技能岗位员工, 高校在读港澳青年: nouns between one head and the one that it qualifies
_QUALIFIES = re.compile(
    r"(?:技能|岗位|技术|安全|专业|一线|生产|管理|经营|科研|研发|财务|操作|特种|执业|培训|实训|"
    r"在[职岗校读编]|新型|优秀|骨干|退休|离休|下岗|失业|困难|贫困|残疾|青年|未成年|适龄|"
    r"[高中初]级|港澳台?|台湾|农村|城镇)+"
    rf"(?:{_HEAD})(?!(?<=人)[员才]|(?<=工)[作程业])"
)


#: 社会力量举办的非营利性民办学校, 企业新引进的人才: the head before the verb only acts
_RELATIVE = re.compile(
    r"(?:新|首次|当年|自主)?(?:[举兴创领开]办|招[用录聘收]|引进|聘[用请]|吸纳|录用|选[派送]|派[出驻]|推荐|培[养育]|安置|"
    rf"设立|组建|雇用|招引)的[^，,。；;：:、\s的]{{0,16}}?(?:{_HEAD})"
)


#: nouns that name nobody unless an attribute tells who: 有关单位, but not 参加培训的单位
_BARE = re.compile(
    r"^(?:各有关|有关|相关|其他有关|其他|主管|政府|行政|责任|用人单位和|我|本|该|此|所有|"
    r"各级|当地|其|他|上述|下列|以下|此[二三四五六七八九十]类|每个?|这些|一批|一个|"
    r"第三方社会|更多|全体|各类|各)?(?:单位|部门|"
    r"机构|对象|组织|主体|平台|团队|基地|负责人|成员|本人|业主|人员|群体|园区|人才|用工|"
    r"骨干|户|公民)$"
)


_NOT = re.compile(
    r"政府|部门|管委会|领导小组|办公室|工作人员|经办人|监管|审批|(?:补贴|发放|适用|享受|申[请报])对象|统一组织$|"
    r"目标|标准|目录|制度$|证书$|资金|方案|项目(?!单位)|法人$|将学生|根据|行动|双师型|"
    r"”平台|高校毕业生就业|设立|开展|工会|妇联|共青团"
)


_LEAD = re.compile(
    r"(?:积极|大力|广泛|全面|持续|优先|主动|充分|鼓励|引导|支持|帮助|组织|对|面向|为|"
    r"将|把|等|其中|包括|重点(?=对|面向|支持|扶持|培[养育]|引进|鼓励|加强|开展|推动|做好)|实施|开展|加强|推动|完成|免费|普遍|做好|提高|落实|加大|扩大|突出|"
    r"不断|切实|以|和|由|向|各地|应|要|须|培养|负责|集中|精准|有效|优惠|专项|深入|推进|"
    r"贫困地区特别是|更多|免除|免收|减免|凡|给予|其(?=(?:未成年)?(?:遗属|家属|亲属|配偶|子女|父母|家庭|监护人|抚养人))|符合条件的(?=各类企业$)|全省(?=[^\u4e00-\u9fff]))+"
)


#: a name that begins so is a phrase cut in the wrong place
_VERBISH = re.compile(
    r"的|完善|健全|重点[、和]|请(?![求示])|成为|与|壮大|升级|打造|搭建|构建|工作纳入|网点及|杜绝|岗位技能|提升|促进|助力|确保|发挥|改进|指导|"
    r"督促|严格|利用|建设|方式|提高|按照|围绕|根据|逐步|"
    r"进一步|及时|所有|已经|、|“(?![^“”]{1,16}”.)|允许|意愿|问题|岗前培训和|培训、评价|无|若|如|凡|当|由|"
    r"其(?!他)|且|并|以|于|也|现就|(?:有条件|具备条件|符合条件)的(?:地方|地区|[省市县])|.*等(?:聘请|开展|组织|建设|参与)|"
    r"满足|按|不(?:包[含括]|含)|每[套户]|[省市县区]的|(?:有关|相关|各)?部门|\d{1,2}[.、．]|”|核心|各银行|既|或|"
    r"(?:被(?!征地)|经(?![营济销])|制定|办理|达到|可|享受|压实|要|甄别|同时|承诺|收取|委托|须|应(?![届用急持])|"
    r"从(?!业|事)|在(?![校职岗册读编乡])(?=.{0,5}$)|本(?:办法|通知|细则|意见)所称|存在|"
    r"完善|确保|\d+%|申领|领取|发给|用于|(?:[^的（(“]*(?:应(?![届用急持])|须|负责|"
    r"[^针]对(?!象)|共同|以.+为|与)))(?!.*的)"
)


#: adverbs that no name holds: 有关部门合理确定享受政策的困难企业
_CLAUSE = re.compile(r"(?<=.)(?:加快|合理|分别(?!为)|原则上|至少|结合本|内容包括)")


_STOP = re.compile(r"[。；;：:\n，,\x00]")
#: an attribute may run over commas, 对遭遇意外伤害，受疫情影响的家庭给予: never past 的，
_FAR_STOP = re.compile(
    r"[。；;：:\n]|的[，,]|"
    r"[，,](?!或|且|并|以及|及|在|来|受|有|无|未|没有|具有|具备|符合|取得|获得|持有|其他|"
    r"经|被|从事|参加|年龄|年满|户籍|毕业|连续|累计|已|依法|同时|缴纳|注册|签订|\d|[男女]性?年|"
    r"导致|造成|因|由于|文化|家庭|收入|生活|身体|名下|本人|曾|现(?!就|将)|仍|自愿|愿意|长期|确|"
    r"积极(?!开|推|组|做|落|引|争|鼓|支|帮)|独立|签有|属于|居住|就读|生育|"
    r"能(?=[^，。；]{1,12}的)|新(?=[^，。；]{1,12}的))"
)
#: 通过…认定的企业, 在园区租用办公用房的企业: words that open an attribute, which 的 closes
_ATTRIBUTE = re.compile(
    r"符合|具[有备]|取得|获(?!奖)|持有?|参加|参与|从事|在(?![校职岗册读编乡])|通过|被(?!征地)|"
    r"经(?![营办济纪])|享受|入驻|申[请报领]|遭遇|购买|处于|属于|有(?![关限])|未|已|拟|首次|连续|"
    r"年满|户籍在|每\d年|凡|列入|纳入|承担|完成|招[用录收]|缴纳|依法|因|以|\d|"
    r"吸[纳收]|聘用|录用|新?引进(?!人才)|生育|收养|承租|租[赁住]|居住|就读|报废|毕业|获评|评[为定]|"
    r"种植|销售|投资|[创开举]办|带动|安置|接收"
)
#: a list longer than this is an annex, not a sentence
_MOST = 40
_MAX = 46
#: and an attribute that 的 closes may be as long as a line or two
_FAR = 130


def groups_at(text: str, at: int, far: bool = False) -> list[tuple[int, int]]:
    """The groups listed at ``at``; an item without a head goes with the next
    (医护、养老、母婴护理人员). With ``far`` an attribute may run over commas.
    """
    return _sharing_head(text, _listed_at(text, at, far))


def parted(text: str, at: int, head: int) -> bool:
    """Whether a mark stands between ``at`` and ``head``: no name that runs over none has both."""
    return _STOP.search(text, at, head) is not None


def _sharing_head(text: str, items: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """医护 of 医护、养老、母婴护理人员 shares the head that 养老 shares."""
    result: list[tuple[int, int]] = []
    for start, end in reversed(items):
        if result and end - start <= 3 and "、" in text[slice(*result[-1])] and text[end] == "、":
            result[-1] = (start, result[-1][1])
        else:
            result.append((start, end))
    return result[::-1]


#: “老年居民”、“非从业居民”: a name in marks of its own
_QUOTED = re.compile(r"“(?P<name>[^“”，。；、]{2,16})”")


def _listed_at(text: str, at: int, far: bool) -> list[tuple[int, int]]:
    items: list[tuple[int, int]] = []
    start = at
    while True:
        quoted = _QUOTED.match(text, start) if len(items) < _MOST else None
        end = _head_end(text, start, far and not items) if len(items) < _MOST else None
        if quoted and ENDS.search(quoted["name"]):
            items.append(quoted.span("name"))
            end = quoted.end()
        elif end is not None:
            lead = _LEAD.match(text[start:end])
            end += _closes_quote(text, start, end)
            opens = start + (lead.end() if lead else 0)
            thing = _THING_FIRST.match(text, opens, end)
            items.append((thing.end() if thing else opens, end))
        else:
            return items
        among = AMONG.match(text, end)
        join = _BETWEEN.match(text, among.end() if among and among[0] == "等" else end)
        if join is None:
            return items
        start = join.end()


#: 教学任务和职业技能人才, 民族地区和残疾人: what is listed before the group is none, nor shares its head
_THING_FIRST = re.compile(
    r"[^的，。；：（(]{2,24}?(?:地区|环节|任务|培训|推广|振兴|工作|活动|项目|资金)"
    r"(?:以及|[和与及])(?=[\u4e00-\u9fff]{2,}$)"
)


def _closes_quote(text: str, start: int, end: int) -> bool:
    """Whether a mark behind the name closes one within it: 农村“零转移就业家庭”."""
    return text.startswith("”", end) and text.count("“", start, end) > text.count("”", start, end)


# the places of one sentence ask for the same heads; a text is not read twice
@lru_cache(maxsize=256)
def _head_end(text: str, start: int, far: bool) -> int | None:
    """Where the group that starts at ``start`` ends: at the first head noun that something else
    follows.
    """
    lead = _LEAD.match(text, start)
    opens = lead.end() if lead else start
    attribute = any(_ATTRIBUTE.match(text, at) for at in (start, opens)) or (
        far and _runs_on(text, opens)
    )
    reach = start + (_FAR + 30 if attribute else 90)
    stop = (_FAR_STOP if far and attribute else _STOP).search(text, start, reach)
    limit = min(stop.start() if stop else len(text), reach)
    for match in HEADED.finditer(text, start, limit):
        if match.end() - start > (_FAR if attribute else _MAX + 20):
            return None
        if _QUALIFIES.match(text, match.end()) or not _FOLLOWS.match(text, match.end()) and (
            _goes_on(text, match.end(), limit) or _closes_later(text, match.end(), limit)
        ):
            continue
        if _RELATIVE.match(text, match.end(), limit):
            continue
        if attribute and (
            _is_open(text, start, match.end(), limit) or _is_place(text, opens, match.end())
        ):
            continue
        if not _is_name(text[start : match.end()]):
            return None
        return match.end()
    return None


#: 35岁以下青壮年和文化程度较高的城乡劳动者: an age waits for no 的
_AGED = re.compile(r"\d{1,3}(?:周?岁)?(?:[-－—～~至到]\d{1,3})?周?岁")


#: 享受国务院特殊津贴人员、…: nobody enjoys or holds people, so the name is whole
_BEARER = re.compile(r"享受|获|取得|持|具[有备]")
_ENDS_LIST_ITEM = re.compile(r"[、；;。]|$")


def _is_open(text: str, start: int, end: int, limit: int) -> bool:
    """Whether the attribute that opens the name still waits for its 的 and head."""
    if _AGED.match(text, start) and _BETWEEN.match(text, end):
        return False
    person = text[end - 2 : end] in ("人员", "选者", "得者")
    if person and _BEARER.match(text, start) and _ENDS_LIST_ITEM.match(text, end):
        return False
    return "的" not in text[start:end] and _closes_later(text, end, limit)


#: 就业年龄偏大，文化程度较低的城乡劳动者: what an attribute goes on with behind a comma
_RUN_ON = re.compile(rf"[^，,。；;：:\n]{{2,40}}(?!{_FAR_STOP.pattern})[，,][^。；;：:\n]{{2,60}}的")


def _runs_on(text: str, start: int) -> bool:
    """Whether no group ends before the first comma, and the words go on as an attribute does."""
    match = _RUN_ON.match(text, start)
    return match is not None and HEADED.search(text, start, match.end()) is None


#: 首次在永春企业、引进的科研院所就业…的毕业生: where they work is not who they are
_WHERE = re.compile(r"(?:首次|新)?[在到来]")
_THERE = re.compile(r"就[业读]|工作|[实见]习|创业|务工|参保|居住|任[教职]|执业|从事|服务")


def _is_place(text: str, start: int, end: int) -> bool:
    return bool(_WHERE.match(text, start) and _THERE.match(text, end))


def _closes_later(text: str, end: int, limit: int) -> bool:
    """Whether 的 and another head follow: the words so far are an attribute of it."""
    closing = text.find("的", end, limit)
    return closing >= 0 and HEADED.search(text, closing + 1, min(limit, closing + 20)) is not None


_COMPOUND = re.compile(
    r"(?:领导|架构|纪律|进出|流动|往来|经济|密集|输入|集中|流失|不足|较多|教育|专业|负责人|法人|文化|年金|所得税|名称|队伍|"
    r"市场|公寓|会|化|性|级|内部|总数|"
    r"数量|规模|资源|资质|类型|目录|协会|联合会|平台|信息|数据|名册|档案|身份|"
    r"人均|比例|培训中心|服务中心|管理|责任)"
)


_JOINS = re.compile(r"[、的和与及]")


def _goes_on(text: str, at: int, limit: int) -> bool:
    """Whether the noun before ``at`` is only the first part of a longer one: 企业职工, 人才队伍."""
    if _COMPOUND.match(text, at):
        return True
    following = HEADED.search(text, at, min(limit, at + 10))
    return following is not None and not _JOINS.search(text, at, following.start())


_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_LAST_BRACKETED = re.compile(rf"{_BRACKETED.pattern}$")
_VERB = re.compile(
    r"开展|设立|组织|加强|给予|建立|承担|引进(?!人)|共建|签订|按|提供|实施|推进|通过|提交|关心|"
    r"调整|不超过|基于|.向|属于|接受|扣除|举办(?!者|方|人)|提高|扩大|落实|缴纳|发现|达到|不得|年起|由(?!于)|至少|流动|"
    r"建设(?![单企公主者人方运相])"
)


#: 毕业5年内新到我区企业全职工作的: where somebody works, and no 的 that closes it
_AT = re.compile(
    r"[在到来](?![校职岗册读编乡])[^的]{0,10}(?<!上市)(?<!注册)(?<!登记)(?<!挂牌)"
    r"(?:企业|单位|机构|学校|院校|高校|园区|基地|公司)$"
)


def _is_name(words: str) -> bool:
    """Whether no verb phrase lies between the trigger and the head: 企业开展职工 is two things."""
    attribute = _BRACKETED.sub("", words).rsplit("的", 1)[-1]
    verbs = (match for match in _VERB.finditer(attribute) if match.end() < len(attribute))
    return not any(verbs) and not _AT.search(attribute)


def is_group(words: str) -> bool:
    """Whether ``words`` are the name of a group."""
    bare = _LAST_BRACKETED.sub("", words)
    if _VERBISH.match(bare) or _CLAUSE.search(bare) or words.count("“") != words.count("”"):
        return False
    longest = _FAR if "的" in bare and _ATTRIBUTE.match(bare) else _MAX
    if not 2 <= len(bare) <= longest or not ENDS.search(words):
        return False
    attribute, _, head = bare.rpartition("的")
    if _NOT.search(head) or (len(attribute) < 3 and _BARE.search(head)):
        return False
    return words.count("（") + words.count("(") == words.count("）") + words.count(")")
