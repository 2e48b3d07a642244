"""Finds what somebody must do by, within, from or every: dates, periods, durations and recurrences with a duty.

Eligibility (ages, months insured, look-back), limits (每年一次) and the document's own force are none; 及时 and 定期 are
too vague to be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.models import TextSpan
from extractor.durations import Length, is_name
from extractor.models import Deadline, Quantity, Target, Validity
from extractor.names import list_at
from extractor.reading import Reading, Sentence

_DUTY = re.compile(
    r"完成|报送|上报|提交|报|建立|建成|出台|制定|印发|公布|公示|公开|纳入|录入|落实|开展|组织|召开|举办|更新|安排|遴选|征集|统筹|检查|评估|调度|通报|拨付|拨|发放|兑付|支付|发布|编制|统计|核查|审核|审批|受理|办理|办结|反馈|答复|告知|整改|申报|申请|申领|缴纳|缴清|启动|实施|推进|实现|达到|停止|不再|取消|执行|提供|出具|开具|作出|做出|处理|递交|购买|签订|响应|出车|汇总|调整|考核|督导|汇报|备案|登记|移交|归还|偿还|退回|补充|补齐|补正|验收|评审|送达|装修|竣工|开工|投产|交付|网签|取得|算起|配合|领取|使用|有效|参加|培训|见习|试点|举行|评选|推荐|认定|复核|公告|推送|抽查|巡查|总结|自查|清理|全覆盖|截止|结束|关闭|淘汰|建设|开放|运营|改造"
)
_PAST = re.compile(r"^\s*(?:[（(][^）)]*[）)])?\s*(?:已经?|出生|生育|成立|注册|登记注册|参加工作|入职|毕业|公布的|发布的|印发的|召开的|通过的|签订的|施行的|修订|修正|公布|召开|会议|第[一二三四五六七八九十]+次)")
_TRANSITION = re.compile(r"按(?:照)?(?:本|原|新|旧|现行|此前|原有)[^，。；]{0,14}(?:执行|办理|规定)")
_LOOK_BACK = re.compile(r"(?:近|前|上|过去|最近|连续|满|累计|逾期?|超过|上一|申请(?:日|之日)?前|此前|签订|参保|缴费|缴纳|居住|从事|工作|注册满?|经营|存续|年限|工龄|教龄|入住|持有|就业满|登记|服务满?|合同期?)(?:之日)?(?:起)?(?:满|已|不少于|连续)?\s*$")
_CONDITION_AFTER = re.compile(r"^\s*(?:及?以上|以下|内|以内|之内)?(?:的(?!就业|培训|见习|试点|期限|公示)|(?:及|含)?以上(?:劳动|的|工作|社保|学历|经历|缴|有效)|发生|累计|未|以上学历|制(?!定)|期(?!间|内)|学制|以上劳动)")
_KEEPING = re.compile(r"(?:留存|保存|保管|存档|公示(?:期|时间)?|为期|期限|时限|每期|每次|期为|培训(?:时间|期)?|试点期?|见习期?|见习|公示|工作期限|周期|有效期?|扣除期限|年限|时间|参加|延长|缓缴|过渡期|宽限期|服务期|监测期|帮扶期|展期)(?:[^，。；\d]{0,10})$")
_LENGTH_ACT = re.compile(r"^\s*(?:以上|以内|内)?的?(?:就业见习|见习|培训|试点|公示|试用|过渡期|宽限期|缓冲期|实习|跟岗|轮训|研修)")
_EVENT = re.compile(
    r"(?:自|在|于|从|应在|应当?自|须在|需在|要在|应于|一般在|将在)?(?P<event>[^，。；：,;:]{2,40}?(?:之日|当日|次日|之时)?)(?:起(?:的)?|后(?:的|起)?|之后(?:的)?|以后(?:的)?)\s*(?:最迟|不超过|最长)?\s*$"
)
_EVENT_LEAD = re.compile(r"^.*(?:应当?自|应在|应当?在|须在|需在|要在|将在|可在|自(?!愿|主|身|治|行|动|查|筹)|(?<!所|现|存|正|内)在(?!地|线|校|职|岗|册)|应于|应当?于|(?<!关|用|由|属|对|位|处)于|从(?!事))")
_LIMIT_OF_USE = re.compile(r"(?:只|仅|限|可|最多|能)?(?:可|能)?(?:以)?(?:享受|申领|申请|领取|参加|补贴|给予|报销)[^，。；]{0,8}[一二三1-3]次|[一1]次")
_RECEIVE = re.compile(r"享受|申领|领取|可参加|发给|标准")
_ACT_OF_RULE = re.compile(
    r"报送|公布|开展|组织|召开|更新|安排|遴选|征集|统筹|检查|评估|调度|通报|拨付|提交|发布|公示|上报|举办|汇报|审核|发放|支付|调整|考核|督导|编制|制定|统计|核查|对|报|向|自查|抽查|巡查|预拨|结算|清算|盘点|培训|评选|推出|推荐|认定|复核|走访|入户|核定|缴|总结|评|新建|建设|选|派|推送|通知|录入|公开"
)
_REPORT = re.compile(r"报$|^按|^逐")


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    chunk: tuple[int, int]
    left: str
    right: str


def deadlines(reading: Reading) -> None:
    """Tag every deadline of the notice."""
    forces = [t for t in reading.tags if isinstance(t.fact, Validity)]
    goals = [t for t in reading.tags if isinstance(t.fact, Target)]
    for sentence in reading.sentences:
        own = [(t.span, t.fact) for t in forces if t.span.start < sentence.end and sentence.start < t.span.end]
        dated = [(t.span, t.fact.by) for t in goals if sentence.start <= t.span.start < sentence.end and isinstance(t.fact, Target)]
        _in_sentence(reading, sentence, own, dated)


def _in_sentence(reading: Reading, sentence: Sentence, forces: list[tuple[TextSpan, object]], goals: list[tuple[TextSpan, str | None]]) -> None:
    skip: set[int] = set()
    for index, quantity in enumerate(sentence.quantities):
        if index in skip or quantity.kind in ("money", "percent", "count"):
            continue
        place = _place(sentence, quantity)
        if any(s.holds(quantity.core) for s, _ in forces) and not _window(place):
            continue
        if quantity.kind == "recurrence":
            following = sentence.quantities[index + 1] if index + 1 < len(sentence.quantities) else None
            fact = _recurrence(sentence, quantity, following, place)
            if fact and following and fact.duration:
                skip.add(index + 1)
        elif quantity.kind == "duration":
            fact = _duration(sentence, quantity, place)
        else:
            fact = _date(sentence, quantity, place, goals)
        if fact is not None:
            start, end = _quote(sentence, place)
            reading.tag(sentence, start, end, fact)


def _place(sentence: Sentence, quantity: Quantity) -> _Place:
    start, end = sentence.local(quantity.span)
    core = sentence.local(quantity.core)
    chunk = sentence.chunk(core[0])
    return _Place(start, end, chunk, sentence.plain[chunk[0] : start], sentence.plain[end : max(end, chunk[1])])


def _window(place: _Place) -> bool:
    """A stretch in which an applicant must act, though it also dates the policy."""
    return bool(re.search(r"购买|申报|申请|受理|报名|申领|启动|递交", place.right[:40] + place.left))


def _date(sentence: Sentence, quantity: Quantity, place: _Place, goals: list[tuple[TextSpan, str | None]]) -> Deadline | None:
    following = sentence.plain[place.end : place.end + 90]
    if quantity.kind == "date" and quantity.precision in ("year", "quarter") and quantity.bound not in ("by",) and not _edge(quantity):
        return None
    if quantity.kind == "period" and (quantity.precision == "year" or not _DUTY.search(place.left + following)):
        return None
    if _PAST.match(following) and not _TRANSITION.search(sentence.plain):
        return None
    if quantity.bound == "from" and quantity.precision in ("year", "month"):
        return None
    if quantity.bound == "on" and not _is_appointed(place, quantity):
        return None
    if not _DUTY.search(place.left + following) and not _TRANSITION.search(sentence.plain):
        return None
    if re.match(r"\s*(?:的|及以后的|以后的|前的|后的)", place.right) and not _TRANSITION.search(sentence.plain):
        return None
    if _only_goal(sentence, quantity, goals, following):
        return None
    return _dated(sentence, quantity, place)


def _edge(quantity: Quantity) -> bool:
    return quantity.date is not None and len(quantity.date) == 7 and quantity.precision == "year"


def _is_appointed(place: _Place, quantity: Quantity) -> bool:
    if _edge(quantity):
        return True
    return bool(re.match(r"(?:于|在)", place.left[-1:] or "")) or bool(re.match(r"\s*(?:截止|举行|开始|启动|前后|及以后|报名|申报|定)", place.right)) or bool(re.search(r"(?:时间|日期)(?:为|是|：|:)?\s*$", place.left)) or place.left.endswith(("于", "在"))


def _only_goal(sentence: Sentence, quantity: Quantity, goals: list[tuple[TextSpan, str | None]], following: str) -> bool:
    """The time limit of a goal is the goal's; 完成 and 报送 make it a deadline too."""
    if not any(by and by == (quantity.date or quantity.to) for _, by in goals):
        return False
    return not re.match(r"[^，。；]{0,24}?(?:完成|报送|提交|上报)", following)


def _dated(sentence: Sentence, quantity: Quantity, place: _Place) -> Deadline:
    period = quantity.kind == "period" or (quantity.kind == "date" and quantity.precision == "ten-days" and quantity.bound != "by")
    bound = "during" if period else quantity.bound
    exclusive = bool(_TRANSITION.search(sentence.plain)) and sentence.plain[place.start : place.end].rstrip().endswith("前")
    return Deadline(
        type="period" if period else "date",
        bound=bound,
        date=None if period else quantity.date,
        from_=quantity.from_ if period else None,
        to=quantity.to if period else None,
        exclusive=exclusive,
        action=_action(sentence, place),
        actor=_actor(sentence, place),
        inferred_year=quantity.inferred_year,
        precision=quantity.precision,
    )


def _duration(sentence: Sentence, quantity: Quantity, place: _Place) -> Deadline | None:
    text = sentence.plain
    core = sentence.local(quantity.core)
    length = Length(core[0], core[1], quantity.duration or "")
    left = text[place.chunk[0] : core[0]]
    after_words = text[core[1] : core[1] + 30]
    event = _event(place.left)
    if is_name(text, length) or re.search(r"(?:第|前|每|近|用|约|同比|同期|整|半|经|时隔)\s*$", left) or "之日起" in after_words[:4]:
        return None
    if _is_condition(quantity, left, place, after_words, event):
        return None
    bound = _length_bound(quantity, left, place, event)
    if bound is None:
        return None
    return Deadline(
        type="duration",
        bound=bound,
        duration=quantity.duration,
        duration_max=quantity.duration_max,
        workdays=quantity.workdays,
        after=event,
        exclusive=quantity.exclusive,
        action=_action(sentence, place),
        actor=_actor(sentence, place),
    )


def _is_condition(quantity: Quantity, left: str, place: _Place, after: str, event: str | None) -> bool:
    if event:
        return False
    if _LOOK_BACK.search(place.left) and not re.search(r"(?:期限|时限|时间|公示|见习|培训|留存|保存)[^，。；]{0,8}$", place.left):
        return True
    if quantity.exclusive and quantity.bound != "within":
        return True
    return bool(_CONDITION_AFTER.match(after)) and not re.match(r"(?:以?内|之内)?(?:的)?(?:完成|就业见习)", after)


def _length_bound(quantity: Quantity, left: str, place: _Place, event: str | None) -> str | None:
    if event and (quantity.bound == "within" or _DUTY.search(place.right)):
        return "within"
    if quantity.bound == "within":
        if re.search(r"期限|时限|时间|期|延长|年龄|不得?超过|办结", left) or _DUTY.search(place.right + left):
            return "within"
        return None
    if quantity.bound == "at_least":
        return "at_least"
    if quantity.approximate:
        return None
    if re.search(r"延长\s*$", left):
        return "within"
    return "during" if _KEEPING.search(left) or _LENGTH_ACT.match(place.right) else None


def _event(left: str) -> str | None:
    """收到补贴资金申请(后), 现场踏勘通过之日(起): the event a duration runs from."""
    match = _EVENT.search(left)
    if not match:
        return None
    lead = _EVENT_LEAD.match(match["event"])
    event = match["event"][lead.end() :] if lead else match["event"]
    return event.strip() if len(event.strip()) >= 2 else match["event"]


def _recurrence(sentence: Sentence, quantity: Quantity, following: Quantity | None, place: _Place) -> Deadline | None:
    text = sentence.plain
    words = text[place.start : place.end]
    rest = text[place.end : place.end + 40]
    chunk_rest = re.split(r"[，。；;]", rest)[0]
    if _LIMIT_OF_USE.search(chunk_rest) and _RECEIVE.search(chunk_rest):
        return None
    if re.search(r"(?:每人|每户|每家|每企业|同一)[^，。；]{0,10}$", place.left):
        return None
    near = following is not None and following.kind == "money" and sentence.local(following.core)[0] - place.end <= 12
    if near and not _ACT_OF_RULE.search(text[place.end : sentence.local(following.core)[0]] if following else ""):
        return None
    if re.match(r"\s*(?:的|有|都|均(?!要)|仍)", rest) or re.search(r"(?:年均|年平均)$", words):
        return None
    if not (_ACT_OF_RULE.search(chunk_rest) or _REPORT.search(words) or _ACT_OF_RULE.search(place.left[-8:])):
        return None
    span = following if following is not None and following.kind == "duration" and sentence.local(following.core)[0] - place.end <= 4 else None
    start = _since(sentence, place)
    return Deadline(
        type="recurrence",
        bound="within" if span else (quantity.bound or "every"),
        rrule=quantity.rrule,
        freq=text[place.start : sentence.local(span.span)[1]] if span else quantity.freq,
        duration=span.duration if span else None,
        workdays=span.workdays if span else False,
        from_=start.date if start else None,
        precision=start.precision if start else None,
        inferred_year=start.inferred_year if start else False,
        action=_action(sentence, place),
        actor=_actor(sentence, place),
    )


def _since(sentence: Sentence, place: _Place) -> Quantity | None:
    """自4月开始，每月…: when the recurrence begins."""
    for quantity in sentence.quantities:
        end = sentence.local(quantity.span)[1]
        if quantity.kind == "date" and quantity.bound == "from" and 0 <= place.start - end <= 2:
            return quantity
    return None


def _action(sentence: Sentence, place: _Place) -> str | None:
    """What is to be done: the words behind the time, else around it."""
    text = sentence.plain
    right = re.split(r"[。；;\n]", text[place.end :])[0].strip("，,、：: ")
    right = re.sub(r"^(?:起|内|前|止|底|的|之前|将|应当?|须|要|需)+[，,]?", "", right)
    first = re.split(r"[，,]", right)[0]
    left = re.sub(r"[\x00]+", "", re.split(r"[，,]", text[: place.start])[-1])
    left = re.sub(r"(?:要|应当?|须|需|将|一般|请|力争|于|在|自|从|确保|到|原则上|最迟|必须)+$", "", left).strip("、：: (（")
    if len(first) >= 4:
        return first[:60].replace("\x00", "")
    joined = f"{left}{first}".strip()
    return joined[-60:].replace("\x00", "") or None


def _actor(sentence: Sentence, place: _Place) -> str | None:
    """The subject of the duty: an organ, or whoever the sentence opens with."""
    text = sentence.plain
    before = text[: place.start]
    stop = max(before.rfind("；"), before.rfind(";"), before.rfind("。")) + 1
    listed = list_at(text, stop)
    if listed:
        return text[stop : listed[1]]
    match = re.match(r"\s*(?:请)?(?P<who>各?[\u4e00-\u9fff、（）()]{2,24}?)(?=要|应当?|须|需(?!求)|可(?!以?行)|必须|在|于|自|将)", text[stop : stop + 40])
    if match and re.search(r"(?:人|者|单位|机构|企业|学校|院校|家庭|公司|市|县|区|地|局|厅|部门|委|中心|政府|户|员|校)$", match["who"]):
        return match["who"]
    return None


def _quote(sentence: Sentence, place: _Place) -> tuple[int, int]:
    """The phrase from the chunk's beginning to the end of the action."""
    text = sentence.plain
    stop = re.search(r"[，,。；;\n]", text[place.end :])
    end = place.end + (stop.start() if stop else len(text) - place.end)
    if stop and stop.start() <= 1:
        more = re.search(r"[，,。；;\n]", text[end + 1 :])
        end = end + 1 + (more.start() if more else len(text) - end - 1)
    return min(place.chunk[0], place.start), max(end, place.end)
