"""The grammar of whom a notice serves: 返乡创业青年, 符合条件的民营企业, 医护、养老、母婴护理人员.

A group's name ends with a head noun (人员, 企业, 家庭 …) and keeps its 的-attribute; a list is
split unless its items share one head.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.group_attributes import ATTRIBUTE, FAR, FAR_STOP, STOP, is_open, is_place, runs_on
from extractor.group_heads import AMONG, BETWEEN, ENDS, HEADED, is_first_part

#: nouns that name nobody unless an attribute tells who: 有关单位, but not 参加培训的单位
_BARE = re.compile(
    r"^(?:各有关|有关|相关|其他有关|其他|主管|政府|行政|责任|用人单位和|我|本|该|此|所有|"
    r"各级|当地|其|他|上述|下列|以下|此[二三四五六七八九十]类|每个?|这些|一批|一个|"
    r"第三方社会|更多|全体|各类|各)?(?:单位|部门|"
    r"机构|对象|组织|主体|平台|团队|基地|负责人|成员|本人|业主|人员|群体|园区|人才|用工|"
    r"骨干|户|公民)$"
)
_NOT = re.compile(
    r"政府|部门|管委会|领导小组|办公室|工作人员|经办人|监管|审批|(?:补贴|发放|适用|享受|"
    r"申[请报])对象|统一组织$|服务群众$|费用中?个人$|"
    r"目标|标准|目录|制度$|证书$|资金|方案|项目(?!单位)|法人$|将学生|根据|行动|双师型|"
    r"”平台|高校毕业生就业|设立|开展|工会|妇联|共青团"
)
_LEAD = re.compile(
    r"(?:积极|大力|广泛|全面|持续|优先|主动|充分|鼓励|引导|支持|帮助|组织|对|面向|为|"
    r"将|把|等|其中|包括|重点(?=对|面向|支持|扶持|培[养育]|引进|鼓励|加强|开展|推动|做好)|实施|"
    r"开展|加强|推动|完成|免费|普遍|做好|提高|落实|加大|扩大|突出|"
    r"不断|切实|以|和|由|向|各地|应|要|须|培养|负责|集中|精准|有效|优惠|专项|深入|推进|"
    r"贫困地区特别是|更多|免除|免收|减免|凡|给予|其(?=(?:未成年)?(?:遗属|家属|亲属|配偶|子女|父母|"
    r"家庭|监护人|抚养人))|符合条件的(?=各类企业$)|全省(?=[^\u4e00-\u9fff]))+"
)
#: a name that begins so is a phrase cut in the wrong place
_VERBISH = re.compile(
    r"的|是指|超[出过]|因(?![公病战灾残学老])(?!.*的)|本(?:通知|办法|细则|意见|规定|方案|政策)|"
    r"完善|健全|重点[、和]|请(?![求示])|成为|与|壮大|升级|打造|搭建|构建|工作纳入|网点及|杜绝|"
    r"岗位技能|提升|促进|助力|确保|发挥|改进|指导|"
    r"督促|严格|利用|建设|方式|提高|按照|围绕|根据|逐步|"
    r"进一步|及时|所有|已经|、|“(?![^“”]{1,16}”.)|允许|意愿|问题|岗前培训和|培训、评价|无(?!房|业|"
    r"[^，。；]{1,16}的)|若|如|凡|"
    r"当|由|"
    r"其(?!他)|且|并|以|于|也|现就|(?:有条件|具备条件|符合条件)的(?:地方|地区|[省市县])|"
    r".*等(?:聘请|开展|组织|建设|参与)|"
    r"满足|按|选择|不(?:包[含括]|含)|每[套户]|[省市县区]的|[省市县区]各级|各级(?!各类)|(?:有关|"
    r"相关|"
    r"各)?部门|\d{1,2}[.、．]|”|核心|各银行|既|或|"
    r"(?:被(?!征地)|经(?![营济销])|制定|办理|达到|可|享受|压实|要|甄别|同时|承诺|收取|委托|须|"
    r"应(?![届用急持])|"
    r"从(?!业|事)|在(?![校职岗册读编乡])(?=.{0,5}$)|本(?:办法|通知|细则|意见)所称|存在|"
    r"完善|确保|\d+%|申领|领取|发给|用于|(?:[^的（(“]*(?:应(?![届用急持])|须|负责|"
    r"[^针]对(?!象)|共同|以.+为|与)))(?!.*的)"
)
#: 从事社区居民服务业的, 报考高等院校和中等专业学校的: what somebody does something with
_OBJECT = re.compile(
    r"(?:从事|申请(?=\d)|报考|入驻|就读|购买|承租|招用|吸纳|接收|聘用|雇用|"
    r"[创举]办)(?!.*的)(?!.*(?:人员|者|户)$)"
)
#: adverbs that no name holds: 有关部门合理确定享受政策的困难企业
_CLAUSE = re.compile(r"(?<=.)(?:加快|合理|参照|分别(?!为)|原则上|至少|结合本|内容包括)")
#: a list longer than this is an annex, not a sentence
_MOST = 40
_MAX = 46


def groups_at(text: str, at: int, far: bool = False) -> list[tuple[int, int]]:
    """The groups listed at ``at``; an item without a head goes with the next
    (医护、养老、母婴护理人员). With ``far`` an attribute may run over commas.
    """
    items = _listed_at(text, at, far)
    if items and _OBJECT.match(text[slice(*items[0])]):
        return []
    return _sharing_head(text, items)


#: 普通高等学校、技工院校毕业生: schools that share their pupils
_SCHOOL = re.compile(r"(?:学校|院校|高校)(?:[（(][^（）()]*[）)])?$")
_SCHOOLED = re.compile(
    r"(?:学校|院校|高校)(?:[（(][^（）()]*[）)])?[^，。；、]{0,12}(?:毕业生|学生|在校生|学员|教师)$"
)


def _sharing_head(text: str, items: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """医护 of 医护、养老、母婴护理人员 shares the head that 养老 shares."""
    if len(items) > 1 and _SCHOOLED.search(text[slice(*items[-1])]):
        schools = [bool(_SCHOOL.search(text[start:end])) for start, end in items[:-1]]
        first = len(schools) - next(
            (n for n, one in enumerate(schools[::-1]) if not one), len(schools)
        )
        items = [*items[:first], (items[first][0], items[-1][1])]
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
        join = BETWEEN.match(text, among.end() if among and among[0] == "等" else end)
        if join is None:
            return items
        start = join.end()


#: 教学任务和职业技能人才: what is listed before the group is none, nor shares its head
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
    attribute = any(ATTRIBUTE.match(text, at) for at in (start, opens)) or (
        far and runs_on(text, opens)
    )
    reach = start + (FAR + 30 if attribute else 90)
    stop = (FAR_STOP if far and attribute else STOP).search(text, start, reach)
    limit = min(stop.start() if stop else len(text), reach)
    for match in HEADED.finditer(text, start, limit):
        if match.end() - start > (FAR if attribute else _MAX + 20):
            return None
        if is_first_part(text, match.end(), limit):
            continue
        if attribute and (
            is_open(text, start, match.end(), limit) or is_place(text, opens, match.end())
        ):
            continue
        if not _is_name(text[start : match.end()]):
            return None
        return match.end()
    return None


_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_LAST_BRACKETED = re.compile(rf"{_BRACKETED.pattern}$")
_VERB = re.compile(
    r"开展|设立|组织|加强|给予|建立|承担|引进(?!人)|共建|签订|按|提供|实施|推进|通过|提交|关心|"
    r"调整|不超过|基于|.向|属于|接受|扣除|举办(?!者|方|人)|提高|扩大|落实|缴纳|发现|达到|不得|年起|"
    r"不论|无论|是否|由(?!于)|至少|流动|"
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
    attributive = "的" in bare and (ATTRIBUTE.match(bare) or "，" in bare)
    longest = FAR if attributive else _MAX
    if not 2 <= len(bare) <= longest or not ENDS.search(words):
        return False
    attribute, _, head = bare.rpartition("的")
    if _NOT.search(head) or (len(attribute) < 3 and _BARE.search(head)):
        return False
    return words.count("（") + words.count("(") == words.count("）") + words.count(")")
