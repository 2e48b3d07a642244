"""What money is for: finds the noun of an amount (培训补贴, 首付款比例, 预算总金额) in its
sentence or headings.

The nearest noun in the amount's own phrase wins, a benefit before the base it is reckoned from; a
bare 补贴 takes the fuller name that the sentence or the heading has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor.brackets import reaches, without
from extractor.group_names import groups_at
from extractor.item_verbs import named_by_verb
from extractor.lexicon import alternation

_BENEFIT, _BASE = alternation("benefits"), alternation("bases")
_HEAD = re.compile(
    # 租金补贴 is one thing, and no 租金
    rf"(?P<benefit>(?!(?:租金|保费|贷款|利率|收费|停车费)(?:补[贴助]|贴息|减免|奖补))(?:{_BENEFIT}))"
    r"(?:金额|金|款|额|费)?(?:标准|总额|总金额|合计|限额|额度|比例)?|"
    rf"(?P<base>{_BASE})(?:标准|总额|总金额|合计)?"
)
_CUT = re.compile(
    r"给予|享受|提供|按照|按|从|在|将|对(?!应)|对应|为(?!民)|的|与|领取|申请人?|申领|发放|拨付|兑付|"
    r"每个?(?:平方米|项目|企业|家庭|[\u4e00-\u9fff])|单[户家个]企业|单个?项目|单[户套个台家次]|骗取|套取|冒领|(?:低于|高于|超过)|落实|"
    r"有关|各项|相应|该|其中|其(?!他)|上述|"
    r"前述|最高|可以|可(?!贷)|予以|支持|根据|至|由|以(?!工)|用于|安排|提高|降低|减半|收取|"
    r"缴纳|执行|再|额外|另|并|后|(?<!税)前|元|%|获得|属于|符合|不低于|不超过|共计|累计|依次|分别|已|实际|实行|"
    r"不再|给|向|使用|所需|同时|部分|合理确定|确定|制定|调整|完善|有|参照|全额|当年|单独|"
    r"免费|是|不足|支出|拨|关于|明确|和(?=取证|评价|鉴定)|、|，|；|。|：|:|,|;|"
    r"[（()）“”\s\x00]|标准|定额|具体|限额内|据实|下(?!岗)|比照|企业或|主体|一方|双方|力度|"
    r"\d+\s*年度?|"
    r"(?<=就业)资金|内|[0-9]"
)
_GENERIC = re.compile(
    r"^(?:定额|适当|相应|额外|优惠|应)?(?:补贴|补助|奖励|奖补|资助|标准|资金|经费|额度|"
    r"限额|扣除|返还|投资|费用|预算|扣除额|总金额|奖金|补贴额|救助|贴息)(?:标准|资金|金额|限额|"
    r"额度)?$"
)
_STANDARD = re.compile(r"(?<=贴|助|励|补|偿|贷|除|还|费|金)(?:标准|金额)$")
_LEADING = re.compile(
    r"^(?:现行|现有|原有|落实|发放|给予|开展|加大|申请|支付|领取|加强|严格|做好|扩大|优先|统一|放宽|推进|推动|"
    r"鼓励|支持|实施|享受|提供|组织|参加|建立|规范)+"
)
#: what a benefit is commonly for; a longer modifier is cut back to it (企业职工技能提升培训补贴 →
#: 培训补贴)
_PURPOSE = re.compile(
    r"(?:以工代训|留工培训|培训|取证|评价|鉴定|见习|生活费|交通费|伙食|住宿|岗位|社会保险|"
    r"社保|购房|租房|住房|安家|装修|创业|就业|求职|养老|护理|高龄|购置|种粮|耕地地力保护|"
    r"生产者|研发|技术改造|技改|上市|租金|担保费|稳岗|扩岗|用工|实训|基地|建设|运营|场地|"
    r"孵化|体检|丧葬|抚恤|临时|教育|医疗|大病|托育|生育|育儿|契税|消费|取暖|物价|绩效|贷款|"
    r"保险)$"
)
_NO_TITLE = re.compile(
    r"总则|附则|目标|任务|措施|保障|要求|原则|范围|流程|程序|条件|对象|组织|领导|监督|管理|"
    r"其他|责任|办法|标准$|说明|依据|事项|内容"
)
#: 鼓励企业科技创新 names a purpose and no benefit
_VERB_TITLE = re.compile(
    r"鼓励|建立|健全|保障|严格|规范|统筹|支持|加大|培育|扶持|推动|推进|强化|加强|加快|引导|"
    r"促进|提升|提高|发展|实施|做大|"
    r"做强|扩大|鼓足|"
    r"打造|建设|完善|优化|落实|深化|开展"
)

#: 申请、适配和补贴: what stands before 和 is another thing
_JOINED = re.compile(r"^.*(?:和|及|与|或)$")


@dataclass(frozen=True, slots=True)
class Item:
    """An item's name, where in the text it stands, and whether it is a benefit or what one is
    reckoned from.
    """

    name: str
    start: int
    end: int
    benefit: bool


#: 机构集中供养孤儿基本生活标准从…: a standard that is the subject of its value
_SUBJECT = re.compile(
    r"(?:^|[，,；;：:。\n”]|将|其中|同时|调整后|现行|确定)\s*"
    r"(?P<name>[\u4e00-\u9fff](?:[\u4e00-\u9fff、]|[（(][^（）()，。；]*[）)]){3,40}?标准)"
    r"(?=\s*(?:[，,](?:由|从)(?=每|原|现)|由|从|统一|确定|调整|提高|上调|降|为|依次|分别|每|[：:\d]|参照|仍|达到|"
    r"按|均|不再|在(?:现行|原|现有)))"
)
_TALK = re.compile(
    r".*(?:给予|按照?|参照|对(?!象)|的|享受|符合|超过|低于|高于|根据|依据|执行|制定|是指|适用|"
    r"\d年度?)"
)
_KIND = re.compile(
    r"^(?:现行|目前|调整后|我[省市县区旗州]|全[省市县区旗州国]|本[省市县区]|将|各类|其(?:中|(?!他))|的|和|对)*"
    r"(?P<kind>第?[一二三四五六七八九十]+[类档级](?!残)(?:地区|区域?|城市)?)?的?"
)


_PAID_OUT = re.compile(
    r"(?![\u4e00-\u9fff]{0,4}(?:财政|医保|保险))[\u4e00-\u9fff]{2,6}?(?:补贴|补助|津贴|抚恤金?)标准$"
)


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard named as the subject of its values, the class that leads its name (一类地区) and
    where the name ends.
    """

    name: str
    kind: str | None
    end: int


def standards(text: str) -> list[Standard]:
    """Every standard of ``text`` that its values follow: 农村五保分散供养标准：小店区7000元."""
    found = []
    for match in _SUBJECT.finditer(text):
        words = _TALK.sub("", match["name"])
        lead = _KIND.match(words)
        name = words[lead.end() :] if lead else words
        if len(name) >= 6 and not _GENERIC.match(name):
            kind = lead["kind"] if lead else None
            who, name = _whose(name)
            found.append(Standard(standard_bare(name), kind or who, match.end()))
    return found


def _whose(name: str) -> tuple[str | None, str]:
    """一级残疾人 and 护理补贴标准 of 一级残疾人护理补贴标准: who it is for, and what."""
    groups = groups_at(name, 0)
    end = groups[-1][1] if groups and groups[0][0] == 0 else 0
    return (name[:end], name[end:]) if _PAID_OUT.match(name, end) else (None, name)


def standing(text: str, at: int) -> Standard | None:
    """The standard whose values those at ``at`` are: the last one named before, if nothing else is
    given in between. A class named once (一类地区) holds for the standards that follow.
    """
    before = [s for s in standards(text) if s.end <= at] if "标准" in text[:at] else []
    if not before:
        return None
    last = before[-1]
    between = text[last.end : at]
    # 购房补贴标准：城区户籍人口购房的，…每套给予2万元: what is granted stands in its own words
    if re.search(r"给予|发放|奖励|资助|可申请", between):
        return None
    if any(i.benefit and not _REFERS.search(between[: i.start]) for i in items(between)):
        return None
    kinds = [s.kind for s in before if s.kind]
    return Standard(last.name, kinds[-1] if kinds else None, last.end)


_REFERS = re.compile(r"(?:参照|按照?|比照|依照|执行)[^，。；]{0,8}$")


def standard_bare(name: str) -> str:
    """培训补贴标准 is 培训补贴; 最低工资标准 keeps its name."""
    return _STANDARD.sub("", name)


#: 补助资金（以下简称衔接资金）2000万元: another name for what was just named
_SHORT_NAME = ("简称", "下称", "称")


# the amounts of a sentence, and of the clauses below a heading, ask for the same items
@lru_cache(maxsize=32)
def items(text: str) -> tuple[Item, ...]:
    """Every item noun of ``text`` with its modifiers."""
    found = []
    for match in _HEAD.finditer(text):
        left = text[max(0, match.start() - 16) : match.start()]
        cut = list(_CUT.finditer(left))
        modifier = _LEADING.sub("", left[cut[-1].end() :] if cut else left)
        if modifier.startswith(_SHORT_NAME):
            continue
        purpose = _PURPOSE.search(modifier) if len(modifier) > 6 else None
        modifier = purpose[0] if purpose else _JOINED.sub("", modifier)
        found.append(
            Item(
                modifier + match[0],
                match.start() - len(modifier),
                match.end(),
                bool(match["benefit"]),
            )
        )
    return tuple(found)


def item_for(
    text: str,
    chunk: tuple[int, int],
    core: tuple[int, int],
    headings: list[str],
    role: str,
    payee: str | None = None,
) -> str | None:
    """The item of the number at ``core``: its phrase, what follows, the sentence, the headings --
    nearest first.
    """
    named = named_by_verb(text, chunk, core, role)
    if named and not _GENERIC.match(named):
        return named
    found = [_without_payee(i, payee) for i in items(text) if reaches(text, core[0], i.start)]
    name = _nearest(text, found, chunk, core, role)
    if name and re.match(r"(?:额度|限额|贷款额度)", name) and role != "budget":
        name = _whole_phrase(text, chunk, core) or name
    if name is None or _GENERIC.match(name):
        name = (
            _fuller(name, text, core, headings, payee)
            or name
            or _nearest(text, _near_or_paid(found, chunk), chunk, core, "budget")
        )
    return _without_group(standard_bare(name)) if name else None


def is_generic(name: str) -> bool:
    """Whether ``name`` says no more than that money is paid: 补贴, 相应奖励资金."""
    return bool(_GENERIC.match(name))


def _near_or_paid(found: list[Item], chunk: tuple[int, int]) -> list[Item]:
    """A budget elsewhere in the sentence is not what a rate is for."""
    return [
        i for i in found if chunk[0] <= i.start < chunk[1] or not re.search("预算|总金?额", i.name)
    ]


_GROUP_OF = re.compile(
    rf".+?(?:家庭|人才|企业|职工|人员)(?=(?:{_BENEFIT}))|.+?人员(?=[\u4e00-\u9fff]{{2,}}(?:{_BENEFIT}))"
)


def _without_group(name: str) -> str:
    """多子女家庭贷款额度 is a 贷款额度: who it is for is told elsewhere."""
    match = _GROUP_OF.match(name)
    return name[match.end() :] if match and len(name) - match.end() >= 4 else name


_LISTED = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,4})、$")


def _coordinated(text: str, item: Item) -> list[str]:
    """培训、取证补贴 names 培训补贴 too."""
    match = _HEAD.search(item.name)
    before = _LISTED.search(text[max(0, item.start - 6) : item.start])
    if match is None or before is None or len(item.name) > 6 or not _PURPOSE.search(before["word"]):
        return []
    word = _PURPOSE.search(before["word"])
    return [(word[0] if word else "") + item.name[match.start() :]]


_PAID = re.compile(r"(?P<who>企业|对应企业|单位|机构|个人|培训机构|学校)(?:补贴|补助|奖励|奖补)")


def _without_payee(item: Item, payee: str | None) -> Item:
    """给予企业补贴: the payee is no part of the item's name."""
    for size in range(len(payee or ""), 1, -1):
        if payee and item.name.startswith(payee[-size:]) and len(item.name) > size + 1:
            return Item(item.name[size:], item.start + size, item.end, item.benefit)
    paid = _PAID.fullmatch(item.name)
    if paid:
        end = paid.end("who")
        return Item(item.name[end:], item.start + end, item.end, item.benefit)
    return item


#: 按租金的100%、80%、60%给予补贴: the shares of a list are of one item
_SAME_LIST = re.compile(r"^(?:[（(][^（）()]*[）)]|[、和及]\s*[\d.]+[%％])+")


def _nearest(
    text: str, found: list[Item], chunk: tuple[int, int], core: tuple[int, int], role: str
) -> str | None:
    inside = [i for i in found if chunk[0] <= i.start and i.end <= core[0]]
    behind = [
        i
        for i in found
        if core[1] <= i.start < chunk[1] + 2 and len(without(text[core[1] : i.start])) <= 16
    ]
    if inside:
        # 先导产业奖励10%、主导产业奖励8%: the next of a list has its own
        behind = [i for i in behind if "、" not in _SAME_LIST.sub("", text[core[1] : i.start])]
    after = [i for i in found if core[1] <= i.start]
    earlier = [i for i in found if i.end <= core[0]]
    if role == "budget":
        ranked = inside[::-1] + behind + earlier[::-1]
    else:
        near = inside[::-1] + behind
        if role == "share":
            near = behind + inside
        benefits = [i for i in near if i.benefit] or [
            i for i in near if "额" in i.name and not re.search("总金?额|预算|税", i.name)
        ]
        ranked = (
            benefits
            + [i for i in earlier[::-1] if i.benefit]
            + [i for i in after if i.benefit]
            + (near if role == "share" else [])
        )
    return ranked[0].name if ranked else None


def _whole_phrase(text: str, chunk: tuple[int, int], core: tuple[int, int]) -> str | None:
    """住房公积金贷款最高额度, 职工个人可贷额度: a bare 额度 takes the whole phrase before it."""
    match = re.match(
        r"\s*(?:其中)?(?P<np>[\u4e00-\u9fff]{2,22}?(?:额度|限额))", text[chunk[0] : core[0]]
    )
    return match["np"] if match else None


def _fuller(
    name: str | None, text: str, core: tuple[int, int], headings: list[str], payee: str | None
) -> str | None:
    """A name that ends as the bare one does but says more: 补贴 → 培训补贴."""
    match = _HEAD.search(name or "")
    head = (match["benefit"] or match["base"])[:2] if match else ""
    for place in (text[: core[0]], text, *headings):
        read = [i for i in items(place) if i.benefit or head]
        named = [standard_bare(_without_payee(i, payee).name) for i in read]
        named += [n for i in read for n in _coordinated(place, i)]
        fits = [n for n in named if not _GENERIC.match(n) and head in n]
        if fits:
            # 培训、取证补贴标准 above a sentence on 培训: the name whose word the sentence repeats
            latest = fits[::-1] if len(place) == core[0] else fits
            return max(latest, key=lambda name: min(1, text.count(name[:2])))
    for heading in headings if head else ():
        plain = heading.strip("。：: ")
        if (
            2 <= len(plain) <= 10
            and re.fullmatch(r"[\u4e00-\u9fff]+", plain)
            and not _NO_TITLE.search(plain)
            and not _VERB_TITLE.match(plain)
        ):
            return plain + head
    return None
