"""Tells which counts and percentages are goals: 培训300万人次以上, 就业率不低于25%,
90%的行政村达到标准.

Who may apply, ages and areas are none, nor is what somebody must still meet to be paid.
"""

from __future__ import annotations

import re

from extractor.lexicon import words
from extractor.models import Quantity
from extractor.reading import Sentence

#: 规上工业企业突破2万家: a goal to surpass, not a case over a number
_SURPASS = re.compile(r"突破|力争|确保|总[量数额]|累计|新增|到\d{4}年")
_GOAL = re.compile(
    r"共建|争创|培训|开展|完成|新增|建设|建成|新建|改建|培育|培养|组织|引进|打造|创建|取得|"
    r"配备|遴选|"
    r"扶持|认定|力争|确保|计划|任务|总人数|发展|改造|推广|选派|提高[到至]|提升[到至]|建立|"
    r"招聘|招收|吸纳|带动|帮扶|实现|覆盖|创办|孵化|评选|举办|达到?|不少于|不低于|不得少于|"
    r"不得低于|至少|募集|储备|落实|开发|设立|布局|项目|招引|入驻|服务|安置|动员|解决|选树|"
    r"岗位$|推出|淘汰|关停|拆除|整治|治理|惠及|评定|扩大[到至]|增加[到至]|增至|扩至|突破|超过|下降|增长|降低|压减|控制在|稳定在|保持在"
)
#: 由每年6万名|增加到12万名: what was
_FORMER = re.compile(r"(?:由|从)(?:原来?的?|每[\u4e00-\u9fff]{1,3}){0,8}\s*$")
_TO_NEW = re.compile(r"\s*(?:增加|提高|扩大|调整|提升|增|扩|减少|压减|降)[到至为]")
_UNITS_OF_GOALS = frozenset(words("goal_units"))
_NEVER = {"岁", "周岁", "分", "m2", "㎡", "届", "公务员", "学分", "版", "倍"}
_CONDITION_AFTER = re.compile(
    r"^\s*+(?:[（(][^（）()]*[）)])?\s*+(?:(?:及|或)?以[上下内]|"
    # 灌溉面积4000亩的建设任务 (莆政办〔2019〕31号 handed down)
    r"左右)?(?:[（(]含[^）)]*[）)])?(?:的(?![\u4e00-\u9fff]{0,6}(?:任务|目标|指标|计划))(?!目标|任务|比例|要求|标准|规模|培训|新|覆盖|农|"
    r"高|就|企|项|示范|专|教|服)|可(?!就业)|户籍|老年人|家庭可|以上学历)"
)
_CONDITION_BEFORE = re.compile(
    r"(?:^|[，,；;。：:])\s*(?:对(?!接)|凡|如|若|符合|具有|年龄|年满|持有|购买|已满|因|"
    r"经(?!过)|同一|每人每年|原则上每人|累计(?:违|发生)|发生|未满|申请人|人员应|缴纳|参保|连续|"
    r"入住|上一?年度|拥有|经营|注册|首次|工商|净资产|申请时)[^，,；;。：:]{0,40}$"
)
_RATE = re.compile(
    r"率[^，。；\d]{0,12}$|占[^，。；]{0,40}$|(?:比例|比重|占比|覆盖面|覆盖|增速|涨幅|强度|增长|"
    r"提高|下降|降低|完成[^，。；]{0,12}|任务|达标|提升|增加|减少|总量|实现|产值|产出|规模|"
    r"税收|营收|集聚度|贡献度?|份额|比)[^，。；\d]{0,14}$"
)
_RATE_AFTER = re.compile(
    r"^\s*(?:以上|以下|左右)?的?(?:[\u4e00-\u9fff]{0,8}(?:率|比例|比重|任务|指标)|应用|覆盖|"
    r"建设|纳入|实现|完成|达标)"
)
_PEOPLE = re.compile(
    r"^[\u4e00-\u9fff]{0,10}?(?:人|员|生|农民|工|者|学徒|人才|劳动力|职工|青年|妇女|骨干|干部|"
    r"教师|能手|带头人)"
)


def is_goal(
    sentence: Sentence, quantity: Quantity, left: str, right: str, core: tuple[int, int]
) -> bool:
    """Whether ``quantity`` states a goal; ``left`` and ``right`` are the words of its chunk."""
    after = sentence.plain[core[1] :]
    if re.search(r"是指|所称|指的是", sentence.plain) or re.search(
        r"每(?:成功|新增|吸纳|招用|推荐|引进|介绍|培训|孵化)[^，。；]{0,10}$", left
    ):
        return False
    if _FORMER.search(left) and _TO_NEW.match(after):
        return False
    if _LOOSENED.search(left) or SO_FAR.search(sentence.plain[: core[0]]):
        return False
    condition = _CONDITION_AFTER.match(after) and not (
        quantity.kind == "percent" and ALL.match(right)
    )
    if condition or _CONDITION_BEFORE.search(sentence.plain[: core[0]]):
        return False
    if quantity.kind == "percent":
        return _is_percent_goal(sentence, left, right, core)
    if _LIFE.search(left) and quantity.unit == "岁":
        return True
    if quantity.unit in _NEVER or (quantity.unit or "人") not in _UNITS_OF_GOALS:
        return False
    if quantity.max is not None and quantity.min is None:
        return False
    number = sentence.text[core[0] : core[1]]
    bounded = quantity.bound in ("lower", "reach")
    if re.fullmatch(r"[一两二2]?[人名]?", number) and not re.search(r"配备|培训|建设", left):
        return False
    if (
        number[:1] in "一两二三四五六七八九十"
        and not bounded
        and not re.search(r"[万千百亿]", number)
    ):
        return False
    if (quantity.exclusive and not _SURPASS.search(left)) or re.search(
        r"第\s*$|[“\"]\s*$|(?:上述|以上|前|这|围绕|聚焦|以下|下列|其他|其余|分为|包含|由|为期|"
        r"一式)\s*$",
        left,
    ):
        return False
    if quantity.unit is None and not (_PEOPLE.match(right) or _HEADS.search(left)):
        return False
    if _SETTLED.search(left):
        return False
    return (
        bool(_GOAL.search(left) or DONE_AFTER.match(right))
        or (bounded and quantity.unit in ("人", "名", "家", "户", "个", "人次", "所", "次", "项"))
        or _in_plan(sentence, quantity, left, core)
    )


#: 裁员率放宽到不超过企业职工总数20%: what somebody must still meet to be paid
_LOOSENED = re.compile(r"放宽[到至为]")
#: 截至2023年底，全市建成5G基站3000个: where things stand
SO_FAR = re.compile(
    r"截[至止]到?(?:目前|\d{4}年[^，。；前]{0,8})[，,](?!.*(?:力争|确保|计划|要|须|完成|达到))[^。]*$"
)
#: 人均预期寿命达82.4岁: the one age that is a goal
_LIFE = re.compile(r"预期寿命[^，。；\d]{0,8}$")
#: 免费健康体检人数达1000万以上: the noun says what is counted
_HEADS = re.compile(
    r"(?:人数|人口)(?:要|须|力争|总数)?(?:达到?|增[至到]|不少于|不低于|超过|为)?\s*$"
)
#: 首批100个示范社区全面建成: what is to be there stands behind the number
DONE_AFTER = re.compile(
    r"(?P<what>[\u4e00-\u9fffA-Za-z“”]{2,24}?)(?:要|须|力争)?(?:全面|全部|基本|如期)"
    r"(?:建成|完工|开工|竣工|完成|达标|投用|投入使用|实现|启动)"
)
#: 票决确定的10件民生实事: things that are known already
_SETTLED = re.compile(r"(?:确定|明确|列入|票决|部署|提出|现有|已有|上述|安排)的\s*$")


def _in_plan(sentence: Sentence, quantity: Quantity, left: str, core: tuple[int, int]) -> bool:
    """包括：企业职工培训1300人；创业培训210人: a list that a goal opens."""
    earlier = sentence.plain[: core[0] - len(left)]
    return (
        quantity.unit in ("人", "人次", "名", "家", "个", "户")
        and bool(
            re.search(r"(?:任务|计划|目标|名额|指标|培训|新增)[^。]{0,60}[：:；;，,]\s*$", earlier)
        )
        and len(left.strip()) >= 3
    )


def _is_percent_goal(sentence: Sentence, left: str, right: str, core: tuple[int, int]) -> bool:
    if re.search(r"[“\"]\s*$|利率|税率|费率|股权|股份", left) or _CONTENT.search(left):
        return False
    return bool(
        _RATE.search(left)
        or _RATE_AFTER.match(right)
        or _REACHES.search(left)
        # 全省已有60%的县实现互认: where things stand
        or (ALL.match(right) and not re.search(r"(?:已|现|目前)[有经]?$", left))
    )


#: 酒精浓度75% is what something is made of, PM10浓度比2012年下降10% a goal
_CONTENT = re.compile(r"(?:浓度|含量)(?![^，。；]*(?:下降|降低|减少|削减))")
#: 居民健康素养水平达39%以上
_REACHES = re.compile(
    r"(?:水平|指数|比|度|面|性)(?:要|须|力争|争取|稳定)?(?:达到?|升[至到]|降[至到])$"
)
#: 90%的行政村达到国家二级以上标准: a share of things that is to become something
ALL = re.compile(
    r"\s*(?:以上|左右)?的?(?!人|费|税)[\u4e00-\u9fff、]{2,20}?(?:要|须|应)?(?:达到|实现|建成|通过|完成|建有|配备)"
    r"(?![^，。；]*的(?:[，。；]|$))"
)
