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
from extractor.components.goals import ALL, DONE_AFTER, is_goal
from extractor.components.table_targets import table_targets
from extractor.models import Amount, Quantity, Target
from extractor.reading import Reading, Sentence

_STRIP = re.compile(
    r"^(?:[、，,；;：:\s]|其中|同时|并|到|力争|争取|确保|努力|实现|全年|今年|年内|每年|"
    r"全面|计划|拟|预计|共(?!同|享)|累计|总计|至少|组织|开展(?=[^，]{2,})|"
    r"完成(?![^，]{0,6}任务)(?=[^任，]{2,})|原则上|各(?=培训)|要|应|须|对|将|为|用|通过|"
    r"包括|（|\(|底|末|前|"
    r"以上|左右|元|人(?!均)|名|个|从|开始|起|后|\d+年|持续)+"
)
_TRAIL = re.compile(
    r"(?:须|要|应当?|分别|均|各|总|力争|不少于|不低于|达到?|实现|为|超过|提高[到至]?|"
    r"增加[到至]?|(?:提升|升|降|增长|下降|降低|压减|减少)[到至]|增至|突破|约|近|总数|保持在?|控制在|的|至少|不得|稳定在|共|人数(?=$)|：|:|、|\s|以上|"
    r"全部|基本|每年|[由从](?:\d[\d.]*[%％]?)?)+$"
)
#: 围绕…需求开展订单式培训, 完成培训任务40%（: what is counted begins behind the setting
_SETTING = re.compile(
    r"^围绕.{2,50}?(?=面向|针对)|^.*?(?:需求|要求|实际|特点)(?:大力|积极)?(?:开展|组织)(?=.{3})"
    r"|[\d.]+%?[（(]?$"
)
_SUBJECT = re.compile(
    r"^(?P<who>全[省市县区国州旗]|我[省市县区]|全区|全自治区|各[市县区州地][、市县区州]*|"
    r"各(?:乡镇|镇街|街道|乡|镇)(?:[（(][^（）()]{1,6}[）)])?(?=至少|要|应|须|每年|新|建|完成|培育|打造)|"
    r"每个?[\u4e00-\u9fff（）()、]{1,14}?(?=为|配备|建立|至少|培育|建设|打造|创建|新建|应|要|培训|不少于)|"
    r"[\u4e00-\u9fff]{2,12}(?:学院|学校|大学|中心|机构|系统|单位|院校)(?=开展|完成|培训|应|要|"
    r"须))"
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
    if not (listed or is_goal(sentence, quantity, left, right, core)):
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


_BARE_CHANGE = re.compile(
    r"(?:分别|累计|年均|总体|再|同比|均)*(?:下降|降低|提高|增长|提升|减少|增加|压减)(?:[到至]|了)?"
)
_COMPARED = re.compile(r"(?:较|比)[^，。；]{1,12}?(?:末|底|年|初|同期|上年|去年)(?:度)?")
_BARE_VERB = re.compile(
    r"(?=.)(?:培养|配备|建立|建设|建成|新建|共建|扩建|改建|培育|打造|引进|遴选|扶持|认定|新增|培训|选派|"
    r"创建|完成|组织|推出|发展|支持|开展|改造|取得|储备|举办|初步|推动|推进|基本|时间|再)*"
    r"(?:每个[\u4e00-\u9fff]*)?"
)
_SHORT = 3
_NOUN_BEHIND = re.compile(
    r"\s*(?:以上|左右)?的?(?P<n>(?!以[上下内]|左右)(?:[\u4e00-\u9fffA-Za-z“”]|"
    r"[（(][^（）()]{1,12}[）)]){2,24})"
)


def _metric(
    sentence: Sentence, words: str, right: str, chunk: tuple[int, int], core: tuple[int, int]
) -> str:
    """What is counted: the words before the number, else the noun behind it."""
    if done := DONE_AFTER.match(right):
        return done["what"]
    metric = _SETTING.sub("", _TRAIL.sub("", _STRIP.sub("", words)))
    # 专业村1000个、品牌农家乐: a goal of a list is told by its own words, else by the first's
    own = own_words(words)
    if own is not None:
        return _TRAIL.sub("", _STRIP.sub("", own)) or re.split(r"\d", metric)[0]
    noun = _NOUN_BEHIND.match(right)
    if noun and len(metric) <= _SHORT and ALL.match(right):
        return noun["n"]  # 全县80%的村达标: a place counts nothing
    if noun and re.search(r"\d[^，。；]*(?:和|、|及|与|以及)$", metric):
        return noun["n"]  # 建成50个智能工厂和500个数字化车间
    if noun and (len(metric) < 2 or _BARE_VERB.fullmatch(metric)):
        return metric + noun["n"]
    if _BARE_CHANGE.fullmatch(metric):
        # 单位能耗较“十三五”末下降16%: what changes stands before what it is compared with
        whole = _COMPARED.sub("", sentence.plain[chunk[0] : core[0]])
        return _STRIP.sub("", whole).replace("分别", "") or metric
    return metric


#: 推荐名额：长沙市5名，株洲市3名: what is shared out stands before the colon, to whom in the list
_ALLOTTED = re.compile(
    r"(?:^|[，。；,;\n])\s*(?P<what>[^，。；：:,;]{0,16}(?:名额|任务数?|指标|计划数?))(?:分配)?[：:][^。：:]*$"
)
_TAKER = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:[省市县区州盟旗镇乡]|街道|学院|学校|大学|中学|医院|[厅局委]|集团|公司)"
)


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
    share = _ALLOTTED.search(sentence.plain, 0, chunk[0])
    if share and _TAKER.fullmatch(metric):
        subject, metric = metric, share["what"]
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


#: 总体癌症五年|生存率达, 失业率每年|控制在: a time within the name of what is counted, or behind it
_WITHIN = re.compile(r"[\u4e00-\u9fff]{1,3}率[^，。；]{0,6}")


def _names_it(sentence: Sentence, stop: int, end: int) -> bool:
    rest = sentence.plain[stop:end]
    return bool(_WITHIN.fullmatch(rest)) or not _TRAIL.sub("", rest)


def _without_dates(sentence: Sentence, start: int, end: int) -> str:
    """The words left of the number, from the last date on."""
    for quantity in reversed(sentence.quantities):
        if quantity.kind in ("date", "period", "duration", "recurrence"):
            stop = sentence.local(quantity.span)[1]
            if start <= stop <= end and end - stop >= 2 and not _names_it(sentence, stop, end):
                return sentence.plain[stop:end]
    return sentence.plain[start:end]
