"""Finds goals that are counted in people, things or percent, in sentences and in task tables.

A number is a goal where the text plans or orders it (培训300万人次以上, 就业率不低于25%); who may
apply, ages and areas are none, nor is a share of money.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.components.goal_dates import whens
from extractor.components.goal_lists import (
    lists_on,
    own_values,
    own_words,
    same_bound,
    spread,
)
from extractor.components.table_targets import table_targets
from extractor.lexicon import words
from extractor.models import Amount, Quantity, Target
from extractor.reading import Reading, Sentence

#: 规上工业企业突破2万家: a goal to surpass, not a case over a number
_SURPASS = re.compile(r"突破|力争|确保|总[量数额]|累计|新增|到\d{4}年")
_GOAL = re.compile(
    r"共建|争创|培训|开展|完成|新增|建设|建成|新建|改建|培育|培养|组织|引进|打造|创建|取得|"
    r"配备|遴选|"
    r"扶持|认定|力争|确保|计划|任务|总人数|发展|改造|推广|选派|提高[到至]|提升[到至]|建立|"
    r"招聘|招收|吸纳|带动|帮扶|实现|覆盖|创办|孵化|评选|举办|达到?|不少于|不低于|不得少于|"
    r"不得低于|至少|募集|储备|落实|开发|设立|布局|项目|招引|入驻|服务|安置|动员|解决|选树|"
    r"岗位$|推出|评定|扩大[到至]|增加[到至]|增至|扩至|突破|超过|下降|增长|降低|压减|控制在|稳定在|保持在"
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
    r"率[^，。；\d]{0,12}$|占[^，。；]{0,40}$|(?:比例|比重|占比|覆盖面|覆盖|增速|强度|增长|"
    r"提高|下降|降低|完成[^，。；]{0,12}|任务|达标|提升|增加|减少|总量|实现|产值|产出|规模|"
    r"税收|营收|集聚度|贡献度?|份额|比)[^，。；\d]{0,14}$"
)
_RATE_AFTER = re.compile(
    r"^\s*(?:以上|以下|左右)?的?(?:[\u4e00-\u9fff]{0,8}(?:率|比例|比重|任务|指标)|应用|覆盖|"
    r"建设|纳入|实现|完成|达标)"
)
_STRIP = re.compile(
    r"^(?:[、，,；;：:\s]|其中|同时|并|到|力争|争取|确保|努力|实现|全年|今年|年内|每年|"
    r"全面|计划|拟|预计|共(?!同|享)|累计|总计|至少|组织|开展(?=[^，]{2,})|"
    r"完成(?![^，]{0,6}任务)(?=[^任，]{2,})|原则上|各(?=培训)|要|应|须|对|将|为|用|通过|"
    r"包括|（|\(|底|末|前|"
    r"以上|左右|元|人(?!均)|名|个|从|开始|起|后|\d+年|持续)+"
)
_TRAIL = re.compile(
    r"(?:须|要|应当?|分别|均|各|总|力争|不少于|不低于|达到?|实现|为|超过|提高[到至]?|"
    r"增加[到至]?|约|近|总数|保持在?|控制在|的|至少|不得|稳定在|共|人数(?=$)|：|:|、|\s|以上|"
    r"全部|基本|每年)+$"
)
#: 围绕…需求开展订单式培训, 完成培训任务40%（: what is counted begins behind the setting
_SETTING = re.compile(
    r"^围绕.{2,50}?(?=面向|针对)|^.*?(?:需求|要求|实际|特点)(?:大力|积极)?(?:开展|组织)(?=.{3})"
    r"|[\d.]+%?[（(]?$"
)
_SUBJECT = re.compile(
    r"^(?P<who>全[省市县区国州旗]|我[省市县区]|全区|全自治区|各[市县区州地][、市县区州]*|"
    r"每个?[\u4e00-\u9fff（）()、]{1,14}?(?=为|配备|建立|至少|培育|建设|应|要|培训|不少于)|"
    r"[\u4e00-\u9fff]{2,12}(?:学院|学校|大学|中心|机构|系统|单位|院校)(?=开展|完成|培训|应|要|"
    r"须))"
)
_PEOPLE = re.compile(
    r"^[\u4e00-\u9fff]{0,10}?(?:人|员|生|农民|工|者|学徒|人才|劳动力|职工|青年|妇女|骨干|干部|"
    r"教师|能手|带头人)"
)


def targets(reading: Reading) -> None:
    """Tag every goal of the notice."""
    money = [
        (t.span.start, t.span.end)
        for t in reading.tags
        if isinstance(t.fact, Amount) and t.fact.role == "share"
    ]
    carried: tuple[int | None, str | None] = (None, None)
    for sentence in reading.told:
        # 2021年全省教育系统开展…。6月底完成40%: a subject stands until another or the clause's end
        subject = carried[1] if carried[0] == sentence.clause else None
        before: Quantity | None = None
        told = 0
        for index, quantity in enumerate(sentence.quantities):
            if index < told:
                continue
            if quantity.kind in ("count", "percent") and not _in_share(quantity, money):
                tagged = len(reading.tags)
                lists = before is not None and lists_on(sentence, before, quantity)
                rest = [] if lists else _listed_after(sentence, index)
                subject, taken = _in_sentence(reading, sentence, quantity, subject, lists, rest)
                before = quantity if len(reading.tags) > tagged else None
                told = index + 1 + taken
        carried = (sentence.clause, subject)
    reading.tags += table_targets(reading)


def _listed_after(sentence: Sentence, index: int) -> list[Quantity]:
    """The values that go on the list of the quantity at ``index``."""
    found: list[Quantity] = []
    for quantity in sentence.quantities[index + 1 :]:
        if not lists_on(sentence, (found or [sentence.quantities[index]])[-1], quantity):
            break
        found.append(quantity)
    return found


def _in_share(quantity: Quantity, money: list[tuple[int, int]]) -> bool:
    return quantity.kind == "percent" and any(
        a <= quantity.core.start and quantity.core.end <= b for a, b in money
    )


def _in_sentence(
    reading: Reading,
    sentence: Sentence,
    quantity: Quantity,
    carried: str | None,
    listed: bool,
    rest: list[Quantity],
) -> tuple[str | None, int]:
    """Tag the goal that ``quantity`` states, if it is one; gives the subject for those after it and
    how many of the ``rest`` of its list have been told with it.
    """
    core = sentence.local(quantity.core)
    chunk = sentence.chunk(core[0])
    left, right = sentence.plain[chunk[0] : core[0]], sentence.plain[core[1] : chunk[1]]
    if not (listed or _is_goal(sentence, quantity, left, right, core)):
        return carried, 0
    base, start = _target(sentence, quantity, left, right, chunk, core)
    subject = _subject(sentence, core[0]) or base.subject or carried
    base = replace(base, subject=subject)
    if listed and isinstance(last := reading.tags[-1].fact, Target):
        base = same_bound(replace(base, metric=last.metric), last)
    own = own_values(base, left, rest)
    end = _end(sentence, quantity, base, right, core)
    end = max(end, sentence.local(rest[-1].core)[1]) if own else end
    for fact in own or spread(base, left):
        for when in whens(reading, sentence, quantity, core[0]):
            reading.tag(sentence, start, end, replace(fact, period=when.period, by=when.by))
    return subject, len(rest) if own else 0


#: 全省本科院校、职业院校（…）要…, 学生毕业时至少…: who is to reach the goals of a sentence
_SENTENCE_SUBJECT = re.compile(
    r"(?:^|[，,；;])\s*(?:原则上|其中|同时)?(?P<who>[\u4e00-\u9fff、]{2,30}?)"
    r"(?:[（(][^（）()]*[）)])?(?=要(?!求)|应当?|须|毕业时|必须)"
    r"|(?P<all>全[省市县区国州旗][\u4e00-\u9fff、]{0,12}?(?:系统|院校|学校|企业|机构))"
    r"(?=开展|完成|培训|新增)"
)
_SUBJECT_ENDS = re.compile(
    r"(?:系统|院校|学校|企业|机构|部门|单位|学生|人员|政府|[省市县区州镇乡]|局|厅|委|中心|"
    r"公司|组织|者|地)$"
)


def _subject(sentence: Sentence, at: int) -> str | None:
    """Who the sentence says is to reach the goal at ``at``."""
    found = [m["who"] or m["all"] for m in _SENTENCE_SUBJECT.finditer(sentence.plain, 0, at)]
    named = [re.sub(r"^\d+年|^到|^[，,]", "", who) for who in found if _SUBJECT_ENDS.search(who)]
    if named:
        return named[-1]
    place = _PLACE.search(sentence.plain, 0, at)
    return place["who"] if place else None


#: 永春县2021年高校毕业生来永就业创业任务数, 我市2019年须建成
_PLACE = re.compile(
    r"(?:^|[，,；;]|完成|实现|确保)\s*(?P<who>(?:(?!完成|实现|确保)[\u4e00-\u9fff]){1,7}[省市县区州])"
    r"(?=\d{4}年)"
)


def _end(
    sentence: Sentence, quantity: Quantity, fact: Target, right: str, core: tuple[int, int]
) -> int:
    end = max(core[1], sentence.local(quantity.span)[1])
    noun = fact.metric or ""
    behind = right.find(noun[-4:]) if len(noun) >= 4 else -1
    return max(end, core[1] + behind + 4) if behind >= 0 else end


def _is_goal(
    sentence: Sentence, quantity: Quantity, left: str, right: str, core: tuple[int, int]
) -> bool:
    after = sentence.plain[core[1] :]
    if re.search(r"是指|所称|指的是", sentence.plain) or re.search(
        r"每(?:成功|新增|吸纳|招用|推荐|引进|介绍|培训|孵化)[^，。；]{0,10}$", left
    ):
        return False
    if _FORMER.search(left) and _TO_NEW.match(after):
        return False
    if _CONDITION_AFTER.match(after) or _CONDITION_BEFORE.search(sentence.plain[: core[0]]):
        return False
    if quantity.kind == "percent":
        return _is_percent_goal(sentence, left, right, core)
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
    if quantity.unit is None and not _PEOPLE.match(right):
        return False
    if _SETTLED.search(left):
        return False
    return (
        bool(_GOAL.search(left))
        or (bounded and quantity.unit in ("人", "名", "家", "户", "个", "人次", "所", "次", "项"))
        or _in_plan(sentence, quantity, left, core)
    )


#: 票决确定的10件民生实事: things that are known already
_SETTLED = re.compile(r"(?:确定|明确|列入|票决|部署|提出|现有|已有|上述|安排)的\s*$")


def _in_plan(sentence: Sentence, quantity: Quantity, left: str, core: tuple[int, int]) -> bool:
    """包括：企业职工培训1300人；创业培训210人: a list that a goal opens."""
    earlier = sentence.plain[: core[0] - len(left)]
    return (
        quantity.unit in ("人", "人次", "名", "家", "个", "户")
        and bool(re.search(r"(?:任务|计划|目标|培训|新增)[^。]{0,60}[：:；;，,]\s*$", earlier))
        and len(left.strip()) >= 3
    )


def _is_percent_goal(sentence: Sentence, left: str, right: str, core: tuple[int, int]) -> bool:
    if re.search(r"[“\"]\s*$|浓度|含量|利率|税率|费率|股权|股份", left):
        return False
    return bool(_RATE.search(left) or _RATE_AFTER.match(right))


_BARE_CHANGE = re.compile(
    r"(?:分别|累计|年均|总体|再|同比|均)*(?:下降|降低|提高|增长|提升|减少|增加|压减)(?:[到至]|了)?"
)
_COMPARED = re.compile(r"(?:较|比)[^，。；]{1,12}?(?:末|底|年|初|同期|上年|去年)(?:度)?")
_BARE_VERB = re.compile(
    r"(?=.)(?:培养|配备|建立|建设|建成|新建|共建|扩建|改建|培育|打造|引进|遴选|扶持|认定|新增|培训|选派|"
    r"创建|完成|组织|推出|发展|支持|开展|改造|取得|储备|举办|初步|推动|推进|基本|时间|再)*"
    r"(?:每个[\u4e00-\u9fff]*)?"
)
_NOUN_BEHIND = re.compile(
    r"\s*(?:以上|左右)?的?(?P<n>(?!以[上下]|左右)(?:[\u4e00-\u9fffA-Za-z“”]|"
    r"[（(][^（）()]{1,12}[）)]){2,24})"
)


def _metric(
    sentence: Sentence, words: str, right: str, chunk: tuple[int, int], core: tuple[int, int]
) -> str:
    """What is counted: the words before the number, else the noun behind it."""
    metric = _SETTING.sub("", _TRAIL.sub("", _STRIP.sub("", words)))
    # 专业村1000个、品牌农家乐: a goal of a list is told by its own words, else by the first's
    own = own_words(words)
    if own is not None:
        return _TRAIL.sub("", _STRIP.sub("", own)) or re.split(r"\d", metric)[0]
    noun = _NOUN_BEHIND.match(right)
    if noun and re.search(r"\d[^，。；]*(?:和|、|及|与|以及)$", metric):
        return noun["n"]  # 建成50个智能工厂和500个数字化车间
    if noun and (len(metric) < 2 or _BARE_VERB.fullmatch(metric)):
        return metric + noun["n"]
    if _BARE_CHANGE.fullmatch(metric):
        # 单位能耗较“十三五”末下降16%: what changes stands before what it is compared with
        whole = _COMPARED.sub("", sentence.plain[chunk[0] : core[0]])
        return _STRIP.sub("", whole).replace("分别", "") or metric
    return metric


def _target(
    sentence: Sentence,
    quantity: Quantity,
    left: str,
    right: str,
    chunk: tuple[int, int],
    core: tuple[int, int],
) -> tuple[Target, int]:
    words = _without_dates(sentence, chunk[0], core[0])
    lead = _STRIP.match(words)
    stripped = words[lead.end() :] if lead else words
    who = _SUBJECT.match(stripped)
    subject = who["who"] if who else None
    metric = _metric(sentence, stripped[who.end() :] if who else stripped, right, chunk, core)
    unit = quantity.unit if quantity.kind == "count" else ("pp" if quantity.unit == "pp" else "%")
    if unit is None:
        unit = "人"
    low, high = quantity.min, quantity.max
    if low == high and re.search(r"达到[^，。；\d]{1,16}的\s*$", left):
        high = None  # 就业率须达到培训人数的80%: a floor like 达到80%
    fact = Target(
        metric=metric or None,
        min=low,
        max=high,
        unit=unit,
        per=_per(left),
        subject=subject,
        exclusive=quantity.exclusive,
    )
    offset = len(words) - len(words.lstrip("、，,；;：: "))
    return fact, chunk[0] + (
        len(left) - len(words) if words and left.endswith(words) else 0
    ) + offset


def _per(words: str) -> tuple[str, ...]:
    if "每人每年" in words:
        return ("person", "year")
    return ("year",) if re.search(r"每年|年平均|年均|年培训", words) else ()


def _without_dates(sentence: Sentence, start: int, end: int) -> str:
    """The words left of the number, from the last date on."""
    for quantity in reversed(sentence.quantities):
        if quantity.kind in ("date", "period", "duration", "recurrence"):
            stop = sentence.local(quantity.span)[1]
            if start <= stop <= end and end - stop >= 2:
                return sentence.plain[stop:end]
    return sentence.plain[start:end]
