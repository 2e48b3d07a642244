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
    r"每(?:个?标准展位|人次|个?(?:平方米|项目|企业|家庭|[\u4e00-\u9fff]))|同一[家个户]?|进行|发生|最多|按实|金额(?=补|奖)|单[户家个]企业|单个?项目|单[户套个台家次]|骗取|套取|冒领|(?:低于|高于|超过)|落实|"
    r"第[一二三四五六]名|[特一二三]等奖?(?=奖)|下达|完成|退回|追回|追缴|须|按[时期]|有关|各项|相应|该|其中|其(?!他)|上述|"
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

#: 挂牌上市奖励 as a heading
_NAMES_GRANT = re.compile(r"(?:(?![和及与或])[\u4e00-\u9fff]){2,8}(?:补[贴助]|奖[励补]|资助|津贴)")
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


def standard_bare(name: str) -> str:
    """培训补贴标准 is 培训补贴; 最低工资标准 keeps its name."""
    return _STANDARD.sub("", name)


#: 每趟专列奖励3万元: what is counted is no part of the name
_COUNTED = re.compile(r"每[趟辆艘架][\u4e00-\u9fff]{1,6}$")
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
        modifier = "" if _COUNTED.search(left) else modifier
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
    found = [without_payee(i, payee) for i in items(text) if reaches(text, core[0], i.start)]
    name = _nearest(text, found, chunk, core, role)
    if name and re.match(r"(?:额度|限额|贷款额度)", name) and role != "budget":
        name = _whole_phrase(text, chunk, core) or name
    if name is None or _GENERIC.match(name):
        name = (
            _fuller(name, text, core, headings, payee)
            or name
            or _nearest(text, _near_or_paid(found, chunk), chunk, core, "budget")
        )
    if role == "threshold" and name and "额" not in name:
        # what must be reached first is none of what is granted for it
        return None
    return _without_group(standard_bare(name)) if name else None


def is_generic(name: str) -> bool:
    """Whether ``name`` says no more than that money is paid: 补贴, 相应奖励资金."""
    return bool(_GENERIC.match(name))


def benefit_of(name: str) -> str | None:
    """The benefit that ends ``name``: 补贴 of 培训补贴标准."""
    match = _HEAD.search(name)
    return match["benefit"] if match else None


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


_PAID = re.compile(
    r"(?P<who>企业|对应企业|单位|机构|个人|培训机构|学校)(?:一次性)?(?:补贴|补助|奖励|奖补)"
)


def without_payee(item: Item, payee: str | None = None) -> Item:
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
SAME_LIST = re.compile(r"^(?:[（(][^（）()]*[）)]|[、和及]\s*[\d.]+[%％])+")


#: 10万元|认定奖励: a noun that touches a value is of that value
_OF_VALUE = re.compile(r"(?:元|[%％])(?:[（(][^（）()]*[）)])?(?:的|一次性)*$")


def _touching(
    text: str, inside: list[Item], behind: list[Item], core: tuple[int, int]
) -> list[Item]:
    """国家级10万元认定奖励、省级5万元建设补助: where values touch their nouns, each its own."""
    own = behind and re.fullmatch(r"(?:的|一次性)*", text[core[1] : behind[0].start])
    others = inside and _OF_VALUE.search(text[: inside[-1].start])
    return behind[:1] if own and others else []


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
        behind = [i for i in behind if "、" not in SAME_LIST.sub("", text[core[1] : i.start])]
    if own := _touching(text, inside, behind, core):
        return own[0].name
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
        named = [standard_bare(without_payee(i, payee).name) for i in read]
        named += [n for i in read for n in _coordinated(place, i)]
        fits = [n for n in named if not _GENERIC.match(n) and head in n]
        if fits:
            # 培训、取证补贴标准 above a sentence on 培训: the name whose word the sentence repeats
            latest = fits[::-1] if len(place) == core[0] else fits
            return max(latest, key=lambda name: min(1, text.count(name[:2])))
    for heading in headings if head else ():
        plain = heading.strip("。：: ")
        # 挂牌上市奖励 above 给予20万元补助 is its name already
        if head and _NAMES_GRANT.fullmatch(plain) and not _VERB_TITLE.match(plain):
            return plain
        if (
            2 <= len(plain) <= 10
            and re.fullmatch(r"[\u4e00-\u9fff]+", plain)
            and not _NO_TITLE.search(plain)
            and not _VERB_TITLE.match(plain)
        ):
            return plain + head
    return None
