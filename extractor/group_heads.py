"""The nouns that groups are named by, and where a name ends: 企业 of 企业职工 only opens one.

What a name is and what only looks like one is told by ``group_names``.
"""

from __future__ import annotations

import re

from extractor.lexicon import alternation

_HEAD = alternation("group_heads")
# 参保人员 is not 参保人, 领军人才 no 军人, 全职工作 no 职工
HEADED = re.compile(
    rf"(?:{_HEAD})(?!(?<=人)[员才]|(?<=工)[作程业])(?:[（(][^（）()]{{1,24}}[）)])?"
)
ENDS = re.compile(rf"(?:{_HEAD})”?(?:[（(][^（）()]{{1,40}}[）)])?$")
BETWEEN = re.compile(
    # 见义勇为人员及其家属, 适配对象或其监护人: two groups
    r"(?:及|和|与|或者?)其(?=[\u4e00-\u9fff]{0,6}(?:家属|亲属|配偶|子女|父母|家庭|监护人|遗属))|"
    r"、|以及|特别是|尤其是|或者?|和|与(?!否)|及(?!其(?!他)|以|时)|兼"
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
    r"围绕|创办|领办|到|从事|对|为|凭|持(?!证)|一次性|每|补贴|补助|奖励|收取|不|引进|应(?!用|届|"
    r"急)|要|"
    r"须|需|均|"
    r"返还|缓|征|退|办理|单独|发展|参与|深入|主动|扩大|做大|实现|继续|融资|认定|予|上门|"
    r"走访|专门|推荐|招|吸纳|安置|介绍|帮扶|并|以|职业技能|专业技能|安全|岗位|岗前|在岗|"
    r"境外|订单|定向|取证|激励|待遇|队伍|根据|一次|随|同等|各|等|特别|尤其|与|和|及|或|、|自|将|由|"
    r"聘|"
    r"入|都|也|全部|原则上|能|获|兑换|列|负责(?!人)|缴|出|签|完成|毕业(?!生|年)|情况|人数|培育|"
    r"购|租|评|学习|接[收纳]|照护|赡养|换购|报[考名]|死亡|住院|关心|树立|转变|增强|选择|接受|入驻|"
    r"返乡(?!创业)|回乡|种植(?!户)|养殖(?!户|场)|“|"
    r"经(?!济)|向|较|安|就近|继|社会保险|三项|各项"
)
#: 企业技能岗位员工, 高校在读港澳青年: nouns between one head and the one that it qualifies
_QUALIFIES = re.compile(
    r"(?:技能|岗位|技术|安全|专业|一线|生产|管理|经营|科研|研发|财务|操作|特种|执业|培训|实训|"
    r"在[职岗校读编]|新型|优秀|骨干|退休|离休|下岗|失业|困难|贫困|残疾|青年|未成年|适龄|随迁|留守|"
    r"[高中初]级|港澳台?|台湾|农村|城镇)+"
    rf"(?:{_HEAD})(?!(?<=人)[员才]|(?<=工)[作程业])"
)
#: 社会力量举办的非营利性民办学校, 企业新引进的人才: the head before the verb only acts
_RELATIVE = re.compile(
    r"(?:新|首次|当年|自主)?(?:[举兴创领开]办|招[用录聘收]|引进|聘[用请]|吸纳|录用|选[派送]|"
    r"派[出驻]|推荐|培[养育]|安置|"
    rf"设立|组建|雇用|招引)的[^，,。；;：:、\s的]{{0,16}}?(?:{_HEAD})"
)
#: 一级至六级残疾军人以外的优抚对象
_EXCEPT = re.compile(r"(?:以|之)外的")
_COMPOUND = re.compile(
    r"(?:领导|架构|纪律|进出|流动|往来|经济|密集|服务业|输入|集中|流失|不足|较多|教育|专业|负责人|"
    r"法人|文化|年金|所得税|名称|队伍|"
    r"市场|公寓|会|化|性|级|内部|总数|"
    r"数量|规模|资源|资质|类型|目录|协会|联合会|平台|信息|数据|名册|档案|身份|"
    r"人均|比例|培训中心|服务中心|管理|责任|状况|基本医疗|基本养老|医疗保险|养老保险|医保|大病)"
)
_JOINS = re.compile(r"[、的和与及]")


def _goes_on(text: str, at: int, limit: int) -> bool:
    """Whether the noun before ``at`` is only the first part of a longer one: 企业职工, 人才队伍."""
    if _COMPOUND.match(text, at):
        return True
    following = HEADED.search(text, at, min(limit, at + 10))
    return following is not None and not _JOINS.search(text, at, following.start())


def closes_later(text: str, end: int, limit: int) -> bool:
    """Whether 的 and another head follow: the words so far are an attribute of it."""
    closing = text.find("的", end, limit)
    return closing >= 0 and HEADED.search(text, closing + 1, min(limit, closing + 20)) is not None


def is_first_part(text: str, end: int, limit: int) -> bool:
    """Whether the noun that ends at ``end`` only opens a longer name, or acts in its attribute."""
    if any(further.match(text, end, limit) for further in (_QUALIFIES, _RELATIVE, _EXCEPT)):
        return True
    longer = _goes_on(text, end, limit) or closes_later(text, end, limit)
    return longer and not _FOLLOWS.match(text, end)
