"""The grammar of organs' names in running text: 各级人力资源社会保障、财政、教育部门; 市住建局;
各县（市、区）.

A name is known by how it ends and by what it may not begin with, not by a list; enterprises,
schools and training bodies are no organs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractor import organ_lexicon
from extractor.lexicon import alternation

#: places that stand for their authorities
_AREA = re.compile(
    r"各地各有关部门|各地各部门|各[省市县区州盟]、?(?:自治[区州]、直辖市|"
    r"[州县区]、?[县区]?)?(?:人民政府)(?:[（(][^（）()]{1,12}[）)])?"
    r"|各省[（(]区、市[）)]|"
    r"各区县(?:[（(][^（）()]{1,8}[）)])?(?![\u4e00-\u9fff]{0,8}(?:局|委|部门|企业))|"
    r"各?乡?镇[（(]街道[）)]|"
    r"各(?:[市县区州旗盟]{1,3}|地州?市)(?:[（(][^（）()]{1,10}[）)])?(?:、[县市区州旗]{1,3}(?:[（(][^（）()]{1,10}[）)])?){0,2}(?![（(])"
    # 各县（市、区）要将学前教育工作纳入…: past 要 no name goes on
    r"(?!(?:(?![要应须将])[\u4e00-\u9fff]){0,12}(?:企业|"
    r"学校|院校|局|厅|委|部门|政府|办|中心|民政|财政|教育))"
    r"|各(?:省(?![级区（(、])|地区?|乡镇街道|镇街道?|街镇|乡镇?|镇|街道|盟市|州市|市州|"
    r"设区市|地级以上市)"
    r"(?!(?:(?![及和与要应须将])[\u4e00-\u9fff]){0,10}"
    r"(?:企业|学校|院校|局|厅|委|部门|政府|办事处|类|分行))"
    # 封山区域所属乡镇（街道）要强化封控措施
    r"|[\u4e00-\u9fff]{0,6}所[在属]地?(?:乡镇街道|乡?镇|镇街|街道)(?:[（(](?:街道|社区)[）)])?"
    r"(?![\u4e00-\u9fff]{0,8}(?:企业|学校|局|委|部门|政府|办事处|居民))"
    r"|各?村[（(](?:社区|居)[）)](?!民)|各师(?:市|、各?团场)?|各团场|市县(?![级])|[你贵]单位|[我你](?:省|市|县|区|州)(?![\u4e00-\u9fff]{0,6}(?:企业|户籍|居民|局|级))"
)
#: 厅, 局 and the like end a name only behind two characters, or right behind 省, 市, 县, 我
_SHORT = (
    r"厅|局|委(?!派|托|任|组织部|统战部)|办(?!理|法|公|学|事|好|结|案|班|证|园)|(?<!部)署|部(?!门|分|署|委)|"
    # 各责任（配合）单位, 市科技局相关业务科室
    r"(?:责任|牵头|主办)[（(](?:配合|协同|协办|参与|牵头)[）)](?:单位|部门)|科室(?!主任)|"
    r"处室|处(?!理|置|于|罚|分)|科(?!技|学|研|目|室)|站"
)
_OFFICE = (
    r"政府[\u4e00-\u9fff]{1,5}?(?:办(?!理|法|公)|局|厅|委(?!派|托))(?=将|"
    r"要|应|负责|、|等|，)"
)
#: every choice begins with a character of its own, by which a text is searched
_ENDING = re.compile(
    rf"(?:{_OFFICE}|省{_OFFICE}|市{_OFFICE}|县{_OFFICE}|区{_OFFICE}|"
    rf"{alternation('organ_endings')}|{_SHORT})(?:[（(][^（）()，。；]{{2,24}}[）)])?"
)
#: 通信等部门和有关军事机关: a list goes on behind its 等部门
_AND_MORE = re.compile(r"等[\u4e00-\u9fff]{0,4}(?:部门|单位|处室|机关)(?:以及|和|与|及)")
_ENDED = re.compile(rf"(?:{_ENDING.pattern})$")
#: what a list of organs holds one of: how names end, and how _AREA begins
_SIGN = re.compile(
    rf"各|所[在属]|[我你贵]|村[（(]|市县|镇[（(]街道|等|政府|{alternation('organ_endings')}|[厅局委办署部处科站]"
)
#: no list names so much before its first sign: a text without stops is not read to its end again
_REACH = 400
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLOSE = re.compile(r"[，。；](?!各)")
_RUN = re.compile(
    r"[\u4e00-\u9fff](?:[\u4e00-\u9fff·]|[（(][^（）()，。；]{1,24}(?:[，,]下同)?[）)]){0,44}"
)
_AND = re.compile(r"、|以及|和|或者?|与|及(?!以[上下])|，(?=各[市县省区])")
#: what tells that a name has ended
_GOES_ON = re.compile(
    r"$|[，。；：、,;:（(\s]|要|应|须|务[必须]|都[要应须]|主管(?![部领单机负])|作为|履行|必须|需(?!求)|将|可|负责|牵头|承担|会同|等|和|与|及|以及|"
    r"按|根据|依|在|对|从|自|向|把|为|由|以|通过|结合|不|每|是|已|分别|共同|做好|加强|制定|"
    r"组织|审|受理|拨付|发放|汇总|分配|统筹|指导|监督|建立|完善|落实|开展|推进|督促|协调|"
    r"配合|协助|协同|核|认定|公|编(?!办)|安排|实施|设立|提供|报|发布|转发|申请|委托|确定|通报|检查|"
    r"抽查|考核|评估|调度|召开|研究|采取|支持|建设|出台|明确|划定|监管|进行|联合|有|工作|"
    r"收|于|直接|原则|具体|主要|的|定期|及时|积极|严格|认真|切实|适时|工作人员|视|管理(?!机构|委|局|处|中心|部门|站|所)|批|"
    r"备案|登记|查|执|出|同意|领取|申|办理|并|也|均|统|另|现|更|商|联|拟|受|承|发现|接到|"
    r"设置|紧扣|紧盯|对照|聚焦|把握|强化|压实|高度重视|认为|设在|起|发|接|修订|修改|注销|责令|成立|利用|围绕|立足|充分|追|给予|予以|或|代|"
    r"复|签|盖|送|"
    r"退|补|预|牵头|参与|引导|推|召集|选|解决|履行|筹|列|计|授|颁|评|纳入|入户|对接|完成|提"
)
_VERB_FIRST = re.compile(
    r"(?:狠抓|抓好|抓实|抓牢|突出|支持|鼓励|引导|巩固|探索|全面|认真|深入|坚决|切实|发展(?!和?改革)|简化|优化|规范|创新|"
    r"改进|拓宽|拓展|扩大|减轻|"
    r"降低|增加|压实|压减|"
    r"聚焦|畅通|打造|构建|搭建|营造|加强|推动|推进|发挥|报送|报|向|对|将|把|为|与|经|在|按|"
    r"根据|依据|完善|建立|协调|组织|配合|要求|督促|指导|通过|会同|会|可|及时|主动|充分|"
    r"加快|加大|强化|落实|做好|开展|实施|执行|提高|提升|促进|深化|健全|明确|确保|保障|健全|"
    r"形成|积极|坚持|围绕|由|从|到|给|被|是|有(?!关)|无|未|不|应|要|须|需|请|并|且|或|凡|"
    r"如|若|因|以(?!上)|至|于|而|使|让|令|进|出|入|上报|下|后|前|中|内|时|的|等|其中|同时|"
    r"以及|本着|结合|按照|依照|符合|属于|享受|申请|取得|具备|当地政府补|各类|各种|一|二|三|"
    r"四|五|六|七|八|九|十|第|年|月|日|个|名|人员|每|该|所|此|这|两|多|自|凭|持|据|则|即|"
    r"仍|还|也|都|均|再|又|才|就|已|曾|正|更|最|很|太|非|新|原|现|经过|参加|参与|承担|负责|"
    r"牵头|设立|成立|依托|利用|联合|委托|授权|联系|接受|收到|提供|提交|提出|提请|转|交|送|"
    r"发|拨|付|缴|退|追|查|核|审|批|准|备|登|注|填|写|签|盖|印|制|编|拟|定)"
)
_ALLOWED_FIRST = re.compile(
    r"(?:发展和?改革|发改|发展改革|公安|审计|审批|交通|自然资源|自治区|自治州|自治县|"
    r"退役军人|核工业|中心城区|新闻|新区|新疆|新乡|新余|上海|上饶|上级|下级|内蒙古|现代|"
    r"应急|保险|信息|登记|注册|批准|转移|送变电|经济|经办|经信|经贸|经开区|财政|一线|"
    r"第三方|前海|后勤|制造|编办|编制|定点|科技|有关|有色|所在地|所属|该局|该委|十堰|三明|"
    r"三亚|三门峡|四川|六安|六盘水|九江|五家渠|五华|七台河|九龙|一级|两江|两级|每个县|"
    r"未成年人|无锡|无线|不动产|非遗|出入境|进出口|入户|开发|执法|执行局|提请机关|组织人事|"
    r"组织部|组织部门|要素|为民|对外|向阳|将乐|报社|由县|会计|会理|可克达拉|对口|主办|主管|"
    r"指导中心|(?:牵头|配合)(?:责任|协同)?(?:单位|部门)|信访|信用|被征|给水|到县|从化|在京|与会|经济和?信息化|核准|查处|交警|交管|"
    r"印刷|发行|发改委|发展|批发|备案|中医药|中国|中共|中央|中小企业|中科|中级|中院|年检|"
    r"人社|人力|人民|人大|人口|人事|人才|人防|日照|月|原环保|委托|参事|接待|收储|多伦|新兴|"
    r"正定|自贡|同级|入户|就业|即墨|仍|都江堰|再生|联合会|联席|联通|签证|写|填|督查|督导|政务|以上)"
)
_NOT_ORGAN = re.compile(
    r"(?:领导|负责人|同志|企业|公司|业主委员会|[电油气车]站|售楼部|职教中心|职业教育中心|学校|院校|高校|"
    r"大学|学院|培训机构|评价机构|用人单位|申请单位|申报单位|承办单位|建设单位|施工单位|"
    r"项目单位|参保单位|缴存单位|培训中心|实训中心|申请人|个人|家庭|银行机构|金融机构|"
    r"医疗机构|服务企业|基金|合作社|协会|专项办法|实施办法|若干办法|培训部|教学部|国内外|"
    r"全局|结局|格局|布局|大局|场所|住所|办事处所|研究所|事务所|交易所|厕所|处所|原则上|"
    r"暂行办法|管理办法|办法|好处|之处|益处|到处|各处|内部|全部|外部|局部|东部|西部|中部|"
    r"南部|北部|干部|本科|专科|学科|内科|外科|百科|在所|工作站|服务站点|体部|俱乐部|总部|"
    r"分部|门市部|公办|民办|主办|承办|协办|督办|经办|举办|开办|申办|创办|领办|补办|代办|"
    r"催办|承办|联办|交办|转办)$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """One organ's name at an offset of the text it was found in."""

    start: int
    end: int
    name: str


def list_at(text: str, at: int) -> tuple[list[Named], int] | None:
    """The organs named at ``at``, and where their list ends; None if no organ's name stands
    there.
    """
    if not _HAN.match(text, at) or _opens_with_verb(text, at):
        return None
    close = _CLOSE.search(text, at, at + _REACH)
    if _SIGN.search(text, at, close.start() if close else at + _REACH) is None:
        return None
    items: list[Named] = []
    end = at
    while one := _one(text, end):
        if not items and not _may_open(one.name):
            return None
        items.append(one)
        join = _AND.match(text, one.end) or _AND_MORE.match(text, one.end)
        if join is None:
            break
        end = join.end()
    if not items:
        return None
    names = _organs_among(text, _whole(text, items))
    return (names, items[-1].end) if names else None


def _organs_among(text: str, items: list[Named]) -> list[Named]:
    """The organs of a list that may hold others too (各县、各企业、各部门); 财政 is one where
    教育部门 follows.
    """
    if any(_INSIDE.search(item.name) for item in items):
        return []
    kept: list[Named] = []
    shares = False
    for item in reversed(items):
        ends = _ends_as_organ(item.name)
        shares = shares or _stands_among(text, item)
        if (ends and is_organ(item.name)) or (shares and not ends and _is_function(item.name)):
            kept.append(item)
            shares = shares or not _AREA.fullmatch(item.name)
        else:
            shares = False
    return kept[::-1]


_AND_OTHERS = re.compile(r"等[\u4e00-\u9fff]{0,4}(?:部门|单位|处室|机关)")


def _stands_among(text: str, item: Named) -> bool:
    """工信、住建等部门: the ending follows 等."""
    return bool(_AND_OTHERS.match(text, item.end))


def _is_function(name: str) -> bool:
    """Whether a bare word may share the ending of the name after it."""
    return name.endswith(_functions()) or (
        len(name) <= 8 and _may_open(name) and not _NOT_ORGAN.search(name)
    )


@cache
def _functions() -> tuple[str, ...]:
    return tuple(organ_lexicon.known_functions())


_AMONG = re.compile(r"等[\u4e00-\u9fff]{0,4}$")
_CONJUNCTION = re.compile(r"和(?!社会|改革|信息|城乡|旅游|物资|草原)|与|及")
_BEFORE_DUTY = re.compile(
    r"[^，。；：、]{2,14}?(?=可(?!靠)|要|应|须|必须|需|将|结合|按照|根据|负责)"
)


def _one(text: str, at: int) -> Named | None:
    """The name at ``at``: up to the first ending that a verb, a mark or a conjunction follows; or
    a bare 财政、.
    """
    area = _AREA.match(text, at)
    if area:
        return Named(at, area.end(), area[0])
    run = _RUN.match(text, at)
    if run is None:
        return None
    for ending in _ENDING.finditer(text, at, run.end()):
        name = text[at : ending.end()]
        among = _AMONG.search(text[at : ending.start()])
        if among:
            return Named(at, at + among.start(), text[at : at + among.start()])
        if not _balanced(name):
            continue
        if first := _first_of_two(name):
            return Named(at, at + len(first), first)
        if (
            len(name) >= 2
            and _GOES_ON.match(text, ending.end())
            and not _NOT_ORGAN.search(_bare(name))
        ):
            return Named(at, ending.end(), name)
    words = _CONJUNCTION.split(run[0], maxsplit=1)[0]
    if (_AND.match(text, at + len(words)) and 2 <= len(words) <= 14) or _LEVEL.fullmatch(words):
        return Named(at, at + len(words), words)
    other = _BEFORE_DUTY.match(run[0])
    return Named(at, at + other.end(), other[0]) if other else None


_TWO_NAMES = re.compile(
    r"(?P<first>[\u4e00-\u9fff]{2,12}?)(?:和|与|及)(?!社会|改革|信息|城乡|旅游|物资|草原|"
    r"体育|广播|计划|健康)"
)


_OTHERS = ("有关", "相关", "各")


def _first_of_two(name: str) -> str | None:
    """公安 of 公安和住建部门, but not 文化 of 文化和旅游局."""
    match = _TWO_NAMES.match(name)
    if match is None:
        return None
    # 各镇、街道和有关部门: a level, and others beside it
    beside = _LEVEL.fullmatch(match["first"]) and name.startswith(_OTHERS, match.end())
    return match["first"] if beside or match["first"] in organ_lexicon.known_functions() else None


def _balanced(name: str) -> bool:
    return name.count("(") + name.count("（") == name.count(")") + name.count("）")


_LAST_BRACKET = re.compile(r"[（(][^（）()]*[）)]$")


def _bare(name: str) -> str:
    return _LAST_BRACKET.sub("", name)


def _ends_as_organ(name: str) -> bool:
    return bool(_ENDED.search(name) or _AREA.fullmatch(name))


def is_organ(name: str) -> bool:
    """Whether ``name``, which ends as an organ does, is one."""
    if (
        len(name) < 3
        and not re.match(r"[各我你市县区省厅][\u4e00-\u9fff]", name)
        and name not in _TWO
    ):
        return False
    return not _NOT_ORGAN.search(_bare(name)) and not _INSIDE.search(name) and _may_open(name)


def is_body(name: str) -> bool:
    """Whether ``name`` by itself is an organ's, or that of the organs of a place."""
    return _ends_as_organ(name) and is_organ(name)


def _opens_with_verb(text: str, at: int) -> bool:
    """Whether no name at ``at`` may open a list: each has two characters, as such a verb has."""
    verb = _VERB_FIRST.match(text, at)
    return verb is not None and verb.end() - at <= 2 and not _ALLOWED_FIRST.match(text, at)


def _may_open(name: str) -> bool:
    return not _VERB_FIRST.match(name) or bool(_ALLOWED_FIRST.match(name))


#: words that end one phrase before an organ's name begins
_INSIDE = re.compile(
    r"[由向将把是]|(?<!所)在(?!职|编|线|校|地)|凭|到(?!位|岗|期)|经(?!济|办|信|开|贸|营|纪|"
    r"发|合|管)|拒|企业和|围绕|根据|按照|开班|资金|补贴|经费|"
    r"(?<![重主纪需必首])要(?!素|闻|塞)|工作要求|职业教育中心|职教中心|使用|纳入|主要服务"
)

_TWO = ("部门", "法院", "工会", "妇联", "残联", "团委", "海关", "政府")
_LEVEL = re.compile(
    r"(?:各|全)?[省市县区州盟旗乡镇](?:[（(][^（）()]{1,8}[）)])?|各省|自治[区州]|直辖市|各?街道|各?乡|县级以上|计划单列市|"
    r"市级|县级|区级"
)


def _whole(text: str, names: list[Named]) -> list[Named]:
    """市、区政务服务部门 and 各市、州、县人民政府 are one name; 各区、主管部门 are two."""
    result: list[Named] = []
    for name in reversed(names):
        if result and _LEVEL.fullmatch(name.name) and _LEVEL.match(result[-1].name):
            last = result.pop()
            name = Named(name.start, last.end, text[name.start : last.end])
        result.append(name)
    return result[::-1]
