"""What money is for: finds the noun of an amount (培训补贴, 首付款比例, 预算总金额) in its sentence or headings.

The nearest noun in the amount's own phrase wins; a bare 补贴 takes the fuller name that the sentence or the heading has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = (
    r"(?:补贴|补助|奖励|奖补|资助|津贴|补偿|救助|贴息|扣除|扣减|返还|退还|减免|贷款|额度|限额|费率|利率|首付款?比例|首付款?|保费|经费|资金|预算|投资|总金额|总额|合计|保障标准|收费|停车费|费用|奖金|保证金|押金|消费券|兑换券|代金券|抵用券|低保标准|补差|工资|租金|税额|价格|救助金|抚恤金|抚养费|生活费|扣除额)"
    r"(?:金|款|额|费)?(?:标准|总额|总金额|合计|限额|额度|比例)?"
)
_NOUN = re.compile(_HEAD)
_CUT = re.compile(
    r"给予|享受|按照|按|从|在|将|对|为|的|与|领取|申请|申领|发放|拨付|兑付|每[人年月天亩户套家名次个生证位日]|一次性|落实|有关|各项|相应|该|其(?!他)|上述|最高|可以|可|予以|支持|根据|至|由|以|用于|安排|提高|降低|减半|收取|缴纳|执行|再|额外|另|并|后|前|元|%|获得|属于|符合|不低于|不超过|共计|累计|实际|实行|不再|给|向|使用|所需|同时|部分|合理确定|确定|制定|调整|完善|有|参照|全额|当年|单独|免费|是|不足|支出|拨|关于|明确|和(?=取证|评价|鉴定)|、|，|；|。|：|:|,|;|[（()）“”\s\x00]"
)
_GENERIC = re.compile(r"^(?:补贴|补助|奖励|奖补|资助|标准|资金|经费|额度|限额|扣除|补贴标准|补助标准|奖励标准|补贴资金|奖励资金|补贴金额|返还|投资|费用|扣除标准|预算)$")
_STANDARD = re.compile(r"(?<=贴|助|励|补|偿|贷|除|还|费|金)(?:标准|金额)$")
#: verbs that close an item's name off to the left
_LEADING = re.compile(r"^(?:落实|发放|给予|开展|加大|申请|支付|领取|加强|严格|做好|扩大|优先|统一|放宽|推进|推动|鼓励|支持|实施|享受|提供|组织|参加|建立)+")


@dataclass(frozen=True, slots=True)
class Item:
    """An item's name and where in the text it stands."""

    name: str
    start: int
    end: int


def items(text: str) -> list[Item]:
    """Every item noun of ``text`` with its modifiers."""
    found = []
    for match in _NOUN.finditer(text):
        left = text[max(0, match.start() - 14) : match.start()]
        cut = list(_CUT.finditer(left))
        modifier = left[cut[-1].end() :] if cut else left
        modifier = _LEADING.sub("", modifier)
        start = match.start() - len(modifier)
        found.append(Item(modifier + match[0], start, match.end()))
    return found


def item_for(text: str, chunk: tuple[int, int], core: tuple[int, int], headings: list[str]) -> str | None:
    """The item of the number at ``core``: its phrase, what follows, the sentence, the headings -- nearest first."""
    name = _nearest(items(text), chunk, core)
    if name is None or _GENERIC.match(name):
        fuller = _fuller(name, text, core, headings)
        name = fuller or name
    return _STANDARD.sub("", name) if name else None


def _nearest(found: list[Item], chunk: tuple[int, int], core: tuple[int, int]) -> str | None:
    inside = [i for i in found if chunk[0] <= i.start and i.end <= core[0]]
    if inside:
        return inside[-1].name
    behind = [i for i in found if core[1] <= i.start <= core[1] + 14 and i.end <= chunk[1] + 14]
    if behind:
        return behind[0].name
    earlier = [i for i in found if i.end <= core[0]]
    if earlier:
        return earlier[-1].name
    return found[0].name if found else None


def _fuller(name: str | None, text: str, core: tuple[int, int], headings: list[str]) -> str | None:
    """A name that ends as the bare one does but says more: 补贴 → 培训补贴."""
    head = _STANDARD.sub("", name) if name else ""
    head = head[:2] if head else ""
    for place in (text[: core[0]][::1], text, *headings):
        named = [_STANDARD.sub("", i.name) for i in items(place)]
        fits = [n for n in named if not _GENERIC.match(n) and (not head or head in n)]
        if fits:
            return fits[-1] if place is not text else fits[0]
    return None
