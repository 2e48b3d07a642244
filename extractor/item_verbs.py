"""What money is for where a verb says so: the tax that is levied or deducted from, the limit that
is raised, what a condition measures.

Each reads the words that touch the number, so that none takes a noun from elsewhere.
"""

from __future__ import annotations

import re

from extractor.brackets import reaches, without

_TAXES = (
    r"(?P<tax>(?:(?:[\u4e00-\u9fff]|[（(][^（）()]*[）)])+?(?:税(?!所得|收入)|附加|费(?!附加)|所得额|收入额)"
    r"(?:[（(][^（）()]*[）)])?(?:[、和及]|以及)?)+)"
)
#: 减半征收资源税（…）、城市维护建设税…, 减按25%计算应纳税所得额, 减按1%的税率征收契税
_LEVIED = re.compile(
    r"(?:的)?(?:优惠)?(?:税率|征收率|预征率|比例|税额幅度)?(?:减征|征收|缴纳|计入|计算|"
    rf"预缴|计征|预征|减征收)(?:缴纳)?{_TAXES}"
)
#: 每户每年12000元为限额依次扣减其当年实际应缴纳的增值税、…
_DEDUCTED = re.compile(
    r"(?:的)?(?:为)?(?:限额|标准|定额)?内?(?:依次|定额)?(?:扣减|抵减|抵扣)(?:其)?(?:当年|当期)?"
    rf"(?:实际)?(?:应)?(?:缴纳?)?的?{_TAXES}"
)
#: 限额标准最高可上浮20%
_RAISED = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2,12}?(?:标准|额度|限额|费率|利率))(?:最[高多])?可?(?:再)?"
    r"(?:适当)?(?:向?[上下]浮动?|上调|下调)(?:不超过)?$"
)
#: 担保额可提高至1000万元
_RAISED_TO = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2,14}?(?:额度?|限额))(?:上限)?(?:最高)?可?(?:再)?(?:适当)?"
    r"(?:提高|上浮|上调|增加|调整|放宽|提升|扩大)(?:到|至|为)$"
)
#: 征收城市基础设施配套费（一档区域每平方米60元
_CHARGED = re.compile(
    r"^.*(?:征收|计收|收取|缴纳|缴交|减按|征)(?P<what>[\u4e00-\u9fff]{2,14}?(?:费|税|金))(?:标准)?"
    r"(?:[（(]|为|按|[:：])[^；;。]*$"
)
#: 每人每月发放长寿保健金不少于300元
_PAID_AS = re.compile(
    r"(?:发放|给予|发给|享受|领取)(?P<what>(?![\u4e00-\u9fff]*(?:[资奖基现租押罚税佣]金|保证金|公积金))"
    r"[\u4e00-\u9fff]{2,8}(?:金|费|津贴))(?:标准)?(?:(?:不少于|不低于|不超过|最高)?为?)$"
)
_BOUND = re.compile(
    r"(?:(?:不[超低高多少]于?过?|超过|达到?|突破|低于|高于|超出|不足|不到|少于|多于|满|在|为|"
    r"累计|合计|总计|首次|年|原则上|约|[:：])+)$"
)
#: 进出口额|比上年度每增加2000万元
_STEP = re.compile(
    r"(?:(?:比|较)(?:上一?年度?|去年)(?:同期)?)?每(?:增加|增长|增|新增|超过?|达到?|满|完成|实现)$"
)
_MEASURE = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{0,10}?(?:的总金额|收入|需求|销售额|营业额|营收|产值|资产|资本金?|"
    r"房价|单价|总价|纳税额?|税收|缴税|支出|货值|投入|交易额|成交额|投资额?|融资额?|贷款余额|"
    r"(?:进出口|出口|销售|营业|纳税)总额|合同额|出口额|进出口额|研发费用|到账金额|存款|价值|金额|标的额|损失|余额|负担|消费))$"
)
_MEASURE_CUT = re.compile(
    r"(?:.*(?:[、，；。：:\s\d]|对(?!外)|且|其(?!他)|后|上[一年]?年度?|年度?|的(?!总金额)|将|若|"
    r"如果?|当(?!地)|由|与|和|或|及|并))(?=.{2})"
)


def named_by_verb(
    text: str, chunk: tuple[int, int], core: tuple[int, int], role: str
) -> str | None:
    """The item that the words around the number at ``core`` name, None if they name none."""
    left = text[: core[0]]
    if role == "share":
        return _levied(text, core)
    if role == "threshold":
        return _measured(left[chunk[0] :])
    if role in ("cap", "standard") and (deducted := _DEDUCTED.match(text, core[1])):
        return deducted["tax"].rstrip("、和及")
    if role in ("cap", "standard") and (paid := _PAID_AS.search(left[chunk[0] :])):
        return paid["what"]
    if raised := _RAISED_TO.search(re.split(r"[，。；、：:,;]", left)[-1]):
        return _MEASURE_CUT.sub("", raised["what"])
    return _charged(text, core)


def _levied(text: str, core: tuple[int, int]) -> str | None:
    """The tax, or what it is reckoned from, that the verb behind a share names; the standard that
    a share raises.
    """
    match = _LEVIED.match(text, core[1])
    if match:
        return match["tax"].rstrip("、和及")
    raised = _RAISED.search(re.split(r"[，。；、,;]", text[: core[0]])[-1])
    return raised["what"] if raised else None


def _measured(left: str) -> str | None:
    """固定资产投资额 of 固定资产投资额超过5亿元."""
    match = _MEASURE.search(_BOUND.sub("", _STEP.sub("", without(left))))
    return _MEASURE_CUT.sub("", match["what"]) if match else None


def _charged(text: str, core: tuple[int, int]) -> str | None:
    """The charge whose rates these are."""
    charged = _CHARGED.search(text[: core[0]])
    granted = charged and re.search(r"给予|补[贴助]|奖励|资助", text[charged.end("what") : core[1]])
    if charged is None or granted or not reaches(text, core[0], charged.start("what")):
        return None
    return charged["what"]
