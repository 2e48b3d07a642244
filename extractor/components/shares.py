"""Tells shares of money from goals in percent, and reads them: 按契税总额50%给予补贴,
首付比例不低于20%, 减半收取.

Percent of money or fees is an amount; percent of people or things (就业率, 占比) is a goal and
left to targets.
"""

from __future__ import annotations

import re

from extractor.bases import bases_before
from extractor.brackets import begin, quoted_from, without
from extractor.components import categories
from extractor.components.increments import borne_by
from extractor.components.share_bases import base_of
from extractor.items import SAME_LIST, item_for
from extractor.models import Amount, Quantity
from extractor.reading import Reading, Sentence
from extractor.standards import standing

_MONEY = re.compile(
    r"补贴|契税|评估价|底价|地价|市场价|最低价|税(?!务)|(?<!消)费(?!用结构)|资金|经费|贷款|首付|"
    r"利率|工资|薪金|薪酬|返还|减征|"
    r"减免|减按|收取|补助|奖励|奖补|价款|租金|房租|成本|投资额|金额|额度|总额|限额|利息|"
    r"贴息|扣除|拨付|预拨|负担|出资|风险责任|罚款|优惠|收费|基数|保险金|公积金|保障标准|"
    r"报销|低保标准|工资标准|票价|补偿|资助|投入不|救助|股权|分成|提成|收益"
)
#: rates of people and things; those of money are let through below
_GOAL_NOUN = re.compile(
    r"(?<![费利税息扣])率(?!先)[^，。；\d]{0,10}$|占[^，。；]{0,30}(?:比例|比重|"
    r"比)?[^，。；\d]{0,8}$|(?:比例|比重|占比|覆盖面|增速|强度|总量|产值|面积|人数|数量|"
    r"任务|增长|增幅|增加值|营业收入|产量)[^，。；\d]{0,12}$"
)
_MONEY_RATE = re.compile(
    r"(?:首付款?|出资|调剂|支付|报销|给付|结算|补偿|补贴|补助|分担|承担|负担|奖励|资助|救助|扣除|返还|提取|计提|缴存|缴费|分成|"
    r"贴息|利率|费率|税率|担保费率|贷款)[^，。；]{0,4}(?:比例|率)[^，。；\d]{0,10}$"
)
_HEADS = re.compile(
    r"(?:人数|人员|职工总[额数]|数量|企业|户数|面积|人员数量)(?:的|达到?|超过|"
    r"占)?[^，。；\d费税资补贷金额]{0,4}$"
)
_GOAL_AFTER = re.compile(r"\s*(?:以上|以下|左右)?的?(?:覆盖|就业率|目标任务|任务|比例完成|进度)")
_PAY_NEXT = re.compile(
    r"^\s*(?:以上|以内)?的?(?:标准|比例|额度|限额|部分)?[^，。；]{0,10}(?:给予|补贴|补助|奖励|"
    r"资助|返还|扣除|征收|收取|缴|拨付|计算|确定|执行|承担|负担|贴息|支付|列支|补足|用于|预拨|"
    r"给企业|发放|标准)"
)
_PAY_BEFORE = re.compile(
    r"(?:按照?|返还|减征|减免|减收|减按|上浮|下浮|降低|提高|预拨|负担|承担|扣除|计提|提取|补助|补贴|"
    r"资助|奖励|收取|优惠|享受|拿出|安排|支付|给予|预付|计算|执行|再降|不超过|不低于|其中)"
    r"[^，。；]{0,30}$"
)
_CONDITION = re.compile(
    r"^\s*+(?:[（(][^（）()]*[）)])?\s*+(?:及?以上|以下)?(?:的[，,)）]|且|并与|[（(])"
)
#: 支付比例分别为85%、80%、70%: each is what the first is
_LISTED = re.compile(r"(?:\d+(?:\.\d+)?[%％](?:[（(][^（）()]*[）)])?[、和及])+$")
#: 将首发募集资金80%以上调回我县的，…: what somebody does with it
_DONE_WITH = re.compile(r"\s*(?:及?以上|以下)[^，。；]{2,12}的")
#: 按照并购交易额的1%给予并购方…一次性奖励: what is granted is money, whatever it is of
_GRANT_NEXT = re.compile(
    r"\s*(?:的(?:标准|比例))?给予[^，。；\d%]{0,16}(?:最高|不超过|一次性|奖[励补]|补[贴助]|资助|贴息)"
)
_EFFECTS = (
    (
        "reduce_by",
        re.compile(
            r"减征|减免|减收|降低|下浮|下调|再降|核减|扣减|扣除(?!限额|标准|比例)|优惠(?!担保|"
            r"利率|费率)|减少|抵扣"
        ),
    ),
    ("raise_by", re.compile(r"上浮|上调|提高(?!至|到)|增加|加计|增发|追加")),
    ("multiply", re.compile(r"减半|减按|折|倍")),
    ("rate", re.compile(r"费率|利率|首付|税率|征收率|缴存比例|缴费比例")),
    ("pay", re.compile(r"报销|补贴|补助|返还|奖励|资助|贴息|给予|补偿|负担|承担|预拨|支付|奖补")),
)
#: 不低于当地低保标准的1.3倍: the bound stands before the base, unless it is of the years
_BELOW_BASE = re.compile(
    r"不(?:得|能)?(?:(?P<upper>超过|高于|多于|超出)|(?:低于|少于))"
    r"(?!\d+(?:\.\d+)?(?!个月|年度|\d|\.))(?:(?!且|并|按照?|给予)[^，。；%％]){2,60}的?$"
)
_CAP_NOUN = re.compile(r"(?:限额|上限|最高)[^，。；\d]{0,24}$")
_USE = re.compile(r"^\s*(?:以上|以内)?(?:的[^，。；]{0,6})?用于(?P<use>[\u4e00-\u9fff]{2,16})")


def share(
    reading: Reading, sentence: Sentence, quantity: Quantity
) -> tuple[int, int, Amount] | None:
    """The share of money that a percentage states, with its stretch in the sentence; None if it
    is none.
    """
    core = sentence.local(quantity.core)
    chunk = sentence.chunk(core[0])
    text = sentence.plain
    left, right = text[chunk[0] : core[0]], text[core[1] : chunk[1]]
    start = chunk[0] + len(left) - len(left.lstrip())
    if not _is_share(text, left, right, chunk, core):
        return None
    low, high = quantity.min, quantity.max
    below = _BELOW_BASE.search(without(left)) if low == high else None
    if below:
        low, high = (None, high) if below["upper"] else (low, None)
    capped = _CAP_NOUN.search(left) and not re.search(r"上浮|下浮|增加|上调|加计", left)
    if quantity.bound == "upper" or (capped and low == high):
        low = None
    use = _USE.match(right)
    headings = reading.headings(sentence.clause)
    item = use["use"] if use else _item(text, chunk, core, headings)
    inner = begin(text, start, core[0])
    payer = borne_by(left)
    effect = None if payer else _effect(text, left, right, core, item)
    of = base_of(left, item, effect)
    category = categories.category(text, inner, core, (inner, chunk[1]))
    fact = Amount(
        item=item,
        role="share",
        effect=effect,
        percent_min=low,
        percent_max=high,
        of=of,
        unit="pp" if quantity.unit == "pp" else None,
        exclusive=quantity.exclusive,
        per=bases_before(left),
        payer=payer,
        category=None if category == of else category,
    )
    end = sentence.local(quantity.span)[1]
    return quoted_from(text, start, core[0]), end, fact


def _item(
    text: str, chunk: tuple[int, int], core: tuple[int, int], headings: list[str]
) -> str | None:
    """What the share is for: not what it is of, where the text names something else."""
    item = item_for(text, chunk, core, headings, "share")
    left = text[chunk[0] : core[0]]
    of = base_of(left, None, None) if left.rstrip().endswith("的") else None
    if item is None or of is None or item not in of:
        return item
    if standard := standing(text, core[0]):
        return standard.name
    at = text.rfind(of, 0, core[0])
    masked = text[:at] + "\x00" * len(of) + text[at + len(of) :]
    return item_for(masked, chunk, core, headings, "share") or item


def _is_share(
    text: str, left: str, right: str, chunk: tuple[int, int], core: tuple[int, int]
) -> bool:
    left = _LISTED.sub("", left)
    if _DONE_WITH.fullmatch(right) and not _PAY_NEXT.match(right):
        return False
    if _GRANT_NEXT.match(text, core[1]) and re.search(r"按照?[^，。；]{2,40}$", left):
        return True
    if _CONDITION.match(right) and not _PAY_BEFORE.search(left) and not _MONEY_RATE.search(left):
        return False
    if _GOAL_AFTER.match(right) or re.match(r"\s*(?:是|为|属于)(?!基)", right):
        return False
    if _HEADS.search(left[-16:]) and not re.search(
        r"(?:减按|按|返还|补贴|负担|给予?(?:企业|单位|个人|机构)?)$", left
    ):
        return False
    if _MONEY_RATE.search(left):
        return True
    if _GOAL_NOUN.search(left) and not re.search(
        # 社会消费品零售总额增长9%左右 is a figure of statistics
        r"(?:费用|资金|经费|补贴|贷款|税|保费|(?<!零售)(?<!进出口)(?<!贸易)总额|金额|限额|标准|款|价)[^，。；]{0,6}$",
        left,
    ):
        return False
    if _MONEY.search(left) or re.search(r"减半|折$", text[core[0] : core[1]]):
        return bool(_MONEY.search(left + right) or _MONEY.search(text[core[1] : core[1] + 12]))
    following = text[core[1] : core[1] + 24]
    if _MONEY.search(right[:14]) and (_PAY_BEFORE.search(left) or _PAY_NEXT.match(following)):
        return True
    earlier = text[max(0, chunk[0] - 40) : chunk[0]]
    if re.search(r"(?:上浮|下浮|上调|下调)$", left) and re.search(r"元|标准|限额|额度", earlier):
        return True
    return bool(_MONEY.search(earlier)) and bool(
        _PAY_NEXT.match(following) or re.search(r"(?:按|其中|负担|承担)[^，。；]{0,8}$", left)
    )


def _effect(
    text: str, left: str, right: str, core: tuple[int, int], item: str | None
) -> str | None:
    # 80%（二孩）、100%（三孩）给予补贴: the verb stands behind the list
    left, right = without(left), SAME_LIST.sub("", right)
    near = left[-16:] + text[core[0] : core[1]]
    for scope in (near, left + text[core[0] : core[1]] + right[:14]):
        for effect, pattern in _EFFECTS:
            found = pattern.search(scope)
            # 按扣除标准的50%扣除 grants a part of what is granted: it takes nothing off
            if found and not (found[0] == "扣除" and (item or "").endswith("扣除")):
                return effect
    return None
