"""Tells the role of money from the words around it: standard, cap, budget or threshold.

What somebody must have before he gets anything is a threshold (年产值突破1亿元的); what is set
aside, handed down or aimed at as a whole is a budget.
"""

from __future__ import annotations

import re

from extractor.bases import bases_before
from extractor.models import Quantity
from extractor.reading import Sentence

_OLD_VALUE = re.compile(
    r"(?:由|从)(?:原来?的?|现行的?)?[\d.,]+[万亿千百]*元?(?:[/／][\u4e00-\u9fff]+)*"
)
_CONDITION_NOUN = re.compile(
    r"(?:收入|需求|销售额|营业额|营收|产值|资产|注册资本|资本金?|消费|消费满|负担|房价|"
    r"单价|总价|纳税额?|税收|缴税|支出|货值|投入|交易额|成交额|投资额?|总投资|融资额?|"
    r"贷款余额|合同额|出口额|进出口额|研发费用|到账金额|存款|财产|价值|金额|实缴|标的额|"
    r"损失|余额|实绩|增资|到[账帐]额?)[^，。；、]{0,10}$"
)
#: 已受理申请的补贴总金额达到5000万元后，暂停受理: what happens then, and nobody's grant
_SUM_REACHED = re.compile(
    r"(?:总金?额|合计|累计|总量)[^，。；\d]{0,4}(?:达到?|突破|超过|超出|满)\s*$"
)
#: 每增加2000万元，给予奖励1万元; 每出口1美元奖励0.2元: for how much it is, and none of it
_STEP_LEFT = re.compile(
    r"每(?:增加|增长|增|新增|出口|进口|进出口|完成|实现|投入|销售|消费|满|超过?|达到?)\s*$"
)
#: 最高奖励额度为10万元, 补助金额最高为每标准展位1.5万元
_MOST = re.compile(
    r"最[高多](?:奖励|补[贴助]|资助|支持|奖补)?(?:总?额度?|金额|限额|标准)为?\s*$|"
    r"最[高多]为?(?:每[\u4e00-\u9fff]{1,5})\s*$"
)
#: 奖励金额不超过, 每家企业金额不超过: a bound of what is granted
_GRANTED_SUM = re.compile(
    r"(?:奖励|补[贴助]|资助|奖补|支持|扶持|每[家户个人项][\u4e00-\u9fff]{0,3})(?:资金|总|累计)*(?:金额|总额|额度?)"
    r"(?:原则上|一般|最[高多低少]|累计|合计|均)*不(?:得|应|能)?[超低高少多]于?过?\s*$"
)
#: 当年度进出口额1亿元-10亿元（含1亿元）、增幅在10%以上的企业
_RANGE_RIGHT = re.compile(
    r"(?:[（(][^（）()]*[）)])?(?:之?间)?(?:、[^，。；]{2,20})?的(?!标准|补贴|补助|奖励|资金|贷款)"
)
#: 年度增资100万-500万美元、501万-1000万美元和1000万美元以上的企业
_LIES_IN = re.compile(
    r"(?:收入|销售额|营业额|营收|产值|资产|注册资本|投资额?|进出口额?|出口额?|增资|实绩|到[账帐]额?|融资额?)"
    r"[^，。；、奖补资贴]{0,6}$"
)
_BUDGET_LEFT = re.compile(
    r"(?:预算|总投资|筹集|筹措|统筹|安排|列支|资金总额|总规模|规模|专项(?:促销)?资金|专项经费|"
    r"设立|投入|合计|共计|总计|工作经费|切块下达|下达|基金)[^，。；]{0,18}$|"
    # 下达你地…补助资金（以下简称衔接资金）2000万元
    r"(?:下达|安排|拨付)[^，。；]{0,60}?(?:资金|经费)(?:[（(][^（）()]{0,40}[）)])?\s*$"
)
#: 力争到2027年，…进出口额达到50亿元: a goal, and nobody's condition
_AIM = re.compile(r"力争|目标|到\d{4}年")
_BUDGET_RIGHT = re.compile(
    r"\s*(?:左右|以上)?的?[\u4e00-\u9fff]{0,8}?(?:预算|专项资金|专项经费|资金|经费|基金|"
    r"额度用于)"
)
#: 设立总规模不低于1亿元的引导资金: a bound, and no condition
_FUND_LEFT = re.compile(r"(?:设立|安排|筹集|筹措|列支|总规模)[^，。；\d]{0,14}$")
#: 补贴资金原则上全区57万元
_FUND_TOTAL = re.compile(r"资金(?:原则上|总额|总量|规模|共计?|合计|全[省市县区]|暂定为?)+\s*$")
_GOAL = re.compile(
    r"(?:发放|投放|实现|完成|达到?|突破|力争|新增|带动|引进|争取|总量|累计)[^，。；]{0,14}$"
)
#: 全年发放创业担保贷款700亿元: the noun before the sum
_GOAL_SUM = re.compile(
    r"(?:发放|投放|实现|完成|新增|引进|争取)[^，。；\d]{0,10}"
    r"(?:贷款|产值|营收|营业收入|投资|销售额|增加值|税收|资金)\s*$"
)
_GOAL_NOUN = re.compile(
    r"\s*(?:以上|左右)?的?[\u4e00-\u9fff]{0,6}?(?:贷款|产值|营收|营业收入|投资|销售额|增加值|"
    r"税收|规模)"
)
_LIMIT_RIGHT = re.compile(r"\s*(?:的)?(?:限额内|额度内|以内|为限|的限额|限额)")
_CEILING_NOUN = re.compile(
    r"(?:最高额度|最高限额|限额|额度|上限|担保额|授信|最高)[^，。；\d]{0,10}$"
)


def role_of(
    sentence: Sentence, quantity: Quantity, chunk: tuple[int, int], core: tuple[int, int]
) -> str:
    """The role of the value at ``core`` in its phrase ``chunk``."""
    text = sentence.plain
    left, right = _OLD_VALUE.sub("", text[chunk[0] : core[0]]), text[core[1] : chunk[1]]
    if _FUND_LEFT.search(left) and _BUDGET_RIGHT.match(text, core[1]):
        return "budget"
    if _FUND_TOTAL.search(left):
        return "budget"
    aim = _AIM.search(text, 0, core[0]) and not re.match(r"(?:以上)?的|[^，。；]*给予", right)
    if aim and quantity.bound in ("reach", "lower") and not bases_before(left):
        return "budget"
    if _is_condition(left, right, quantity) or _STEP_LEFT.search(left):
        return "threshold"
    grant = re.search(r"给予|补贴|补助|奖励|资助", left[-10:])
    if _BUDGET_LEFT.search(left) and not re.search(
        r"补贴(?:标准)?$|奖励$|补助$|标准为?$|限额", left
    ):
        return "budget"
    if _GOAL_SUM.search(left) and "亿" in text[core[0] : core[1]]:
        return "budget"
    if not grant and (
        _BUDGET_RIGHT.match(text, core[1])
        or (_GOAL.search(left) and _GOAL_NOUN.match(text, core[1]))
    ):
        return "budget"
    if _LIMIT_RIGHT.match(text, core[1]):
        return "cap"
    if quantity.bound == "upper" and quantity.min is None:
        return "cap"
    if _MOST.search(left):
        return "cap"
    if _CEILING_NOUN.search(left) and re.search(
        r"(?:提高|调整|上调|增加|提升)(?:到|至|为)\s*$", left
    ):
        return "cap"
    if re.search(r"(?:最高额度|最高限额|限额)[^，。；\d每]{0,10}$", left) and not bases_before(
        left
    ):
        return "cap"
    return "standard"


def _is_condition(left: str, right: str, quantity: Quantity) -> bool:
    """收入不超过…元的, 消费满5000元可使用, 融资需求300万元以下的…: who may, not what he gets."""
    bounded = quantity.bound in ("lower", "reach", "upper") or quantity.exclusive
    if _GRANTED_SUM.search(left):
        return False
    ranged = quantity.min is not None and quantity.max is not None and quantity.min < quantity.max
    if ranged and (
        _LIES_IN.search(left) or (_CONDITION_NOUN.search(left) and _RANGE_RIGHT.match(right))
    ):
        return True
    # 501万-1000万美元、且比上年增幅超过15%的: the noun stands in the part before
    if ranged and re.match(r"(?:[（(][^（）()]*[）)])?、且[^，。；]{2,24}的$", right):
        return True
    if bounded and _SUM_REACHED.search(left) and re.match(r"(?:以上)?(?:后|时|的)", right):
        return True
    if re.search(
        r"(?:给予|补贴|补助|奖励|资助|扣除|按|最高|每[人户亩套]|额度|限额|标准为?)"
        r"[^，。；]{0,6}$",
        left,
    ) and not re.search(r"满$|累计超过", left):
        return False
    # 设立总规模不低于1亿元的…引导资金 is money set aside, however much at least
    set_aside = re.match(r"(?:以上)?的[\u4e00-\u9fff]{0,14}?(?:资金|基金|经费)", right)
    if set_aside and re.search(r"设立|安排|筹|列支|统筹", left):
        return False
    if bounded and _CONDITION_NOUN.search(left):
        return True
    if left.endswith("满") and re.match(r"可使?用|可抵|方可", right):
        return True
    follows = re.match(
        r"(?:[（(][^（）()]*[）)])?(?:以上|以下|及以上|以内)?(?:的(?!标准|补贴|补助|奖励|资金|"
        r"贷款|创业|购房|装修|信用|担保|一次性|限额|额度)|可使?用|后[，,]|部分)",
        right,
    )
    return bounded and bool(follows) and quantity.bound != "upper"
