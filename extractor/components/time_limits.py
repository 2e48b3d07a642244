"""Durations and recurrences that bind: 收到…后2个月内, 公示不少于5个工作日, 每月12日、26日报送.

Time that only qualifies (参保1年以上, 近三年) and limits of use (每年一次) bind nobody.
"""

from __future__ import annotations

import re

from extractor.components.duties import DUTY, Place, action, actor
from extractor.durations import Length, is_name
from extractor.group_names import groups_at, is_group
from extractor.models import Deadline, Quantity
from extractor.reading import Sentence

_LOOK_BACK = re.compile(
    r"(?:近|前|(?<!则)上|过去|最近|连续|满|累计|逾期?|超过|上一|申请(?:日|之日)?前|此前|签订|参保|"
    r"缴费|缴纳|失业|参加[^，。；]{0,8}保险|居住|从事|工作|注册满?|经营|存续|年限|工龄|"
    r"教龄|入住|持有|就业满|登记|服务满?|"
    # 使用年限在20年以上 is the age of a house
    r"合同期?)(?:之日)?(?:起)?(?:满|已|不少于|连续|在|达到?|为)?\s*$"
)


_CONDITION_AFTER = re.compile(
    r"^\s*(?:及?以上|以下|内|以内|之内)?(?:的(?!就业|培训|见习|试点|期限|公示)|(?:及|"
    r"含)?以上(?:劳动|的|工作|社保|学历|经历|缴|有效)|发生|累计|未|以上学历|制(?!定)|期(?!间|"
    r"内)|学制|以上劳动)"
)


_KEEPING = re.compile(
    r"(?:留存|保存|保管|存档|公示(?:期|时间)?|为期|期限|时限|每期|每次|期为|培训(?:时间|期)?|"
    r"试点期?|见习期?|见习|公示|工作期限|周期|有效期?|扣除期限|年限|时间|参加|延长|缓缴|过渡期|"
    r"宽限期|服务期|监测期|帮扶期|展期)(?:[^，。；\d]{0,10})$"
)


_LENGTH_ACT = re.compile(
    r"^\s*(?:以上|以内|内)?的?(?:就业见习|见习|培训|试点|公示|试用|过渡期|宽限期|缓冲期|实习|"
    r"跟岗|轮训|研修|实践|锻炼|实训)"
)


_EVENT = re.compile(
    r"(?:自|在|于|从|应在|应当?自|须在|需在|要在|应于|一般在|"
    r"将在)?(?P<event>[^，。；：,;:]{2,40}?(?:之日|当日|次日|之时)?)(?:起(?:的)?|后(?:的|"
    r"起)?|之后(?:的)?|以后(?:的)?|(?<=材料|申请|通知)的|(?<=材料|申请|通知|文件|考核|验收|合格|结业|结束|批准|备案))\s*(?:最迟|不超过|最长)?\s*$"
)


_EVENT_LEAD = re.compile(
    r"^.*(?:应当?自|应在|应当?在|须在|需在|要在|将在|可在|自(?!愿|主|身|治|行|动|查|筹)|(?<!所|"
    r"现|存|正|内)在(?!地|线|校|职|岗|册)|应于|应当?于|(?<!关|用|由|属|对|位|处)于|从(?!事))"
)


_LIMIT_OF_USE = re.compile(
    r"(?:只|仅|限|可|最多|能)?(?:可|能)?(?:以)?(?:享受|申领|申请|领取|参加|补贴|给予|报销)"
    r"[^，。；]{0,8}[一二三1-3]次"
)


_RECEIVE = re.compile(r"享受|申领|领取|可参加|发给|标准")


_ACT_OF_RULE = re.compile(
    r"报送|公布|开展|组织|提出|下达|召开|更新|安排|遴选|征集|统筹|检查|评估|调度|通报|拨付|提交|发布|"
    r"公示|上报|举办|汇报|审核|发放|支付|调整|考核|督导|编制|制定|统计|核查|对|报|向|自查|"
    r"抽查|巡查|预拨|结算|清算|盘点|培训|评选|推出|推荐|认定|复核|走访|入户|核定|缴|总结|"
    r"评|受理|办理|复审|年审|年检|申报(?!单位|人|企业|对象)|集中|新建|建设|选|派|推送|通知|录入|公开|修订|修改|更换|轮换|轮训|调研|实训|实践|周期"
)


#: 受理时间为每年3月1日至4月30日, 申报截止日期：: what names a time to act in, or by
TIME_TO_ACT = re.compile(
    r"(?:申[报请领]|报[名送]|上报|受理|征集|提交|填报|登记|推荐|整改|缴[费存纳]|兑[付现])"
    r"[\u4e00-\u9fff]{0,4}(?:时间|时限|期限?|日期)(?:为|是)?[：:]?\s*$"
)
_REPORT = re.compile(r"报$|^按|^逐")
#: 5年内不得转让: what must not be done lasts as long
_FORBIDS = re.compile(r"(?:之?内|以内|期间)?[，,]?(?:不得|不再|不允许|不能|不可|禁止|严禁)")
_TAKES_AWAY = re.compile(r"(?:取消|暂停|停止|禁止|限制)[^，。；\d]{2,12}$")


def duration(sentence: Sentence, quantity: Quantity, place: Place) -> Deadline | None:
    """The deadline that a duration sets; None if it only qualifies."""
    text = sentence.plain
    core = sentence.local(quantity.core)
    length = Length(core[0], core[1], quantity.duration or "")
    left = text[place.chunk[0] : core[0]]
    after_words = text[core[1] : core[1] + 30]
    event = _event(place.left) or _event_before(text, place)
    if (
        is_name(text, length)
        or (
            re.search(r"(?:第|前|每|近|用|约|同比|同期|整|半|经|时隔)\s*$", left)
            and not (_BEFORE_END.search(left) or _LEAD_TIME.search(left))
        )
        or "之日起" in after_words[:4]
    ):
        return None
    if _is_condition(quantity, left, place, after_words, event):
        return None
    before = text[: place.start][-30:]
    # a duty is looked for near by, and only where a lead time asks for it
    near = place.right[:40].lstrip()
    leads = _LEAD_TIME.search(left) or _BEFORE_END.search(left)
    tells = leads and (DUTY.search(near) or near.startswith(("向", "通知")))
    if _LEAD_TIME.search(left) and (_SOONER.match(place.right) or not tells):
        return None
    if tells:
        bound: str | None = "at_least" if _LEAD_TIME.search(left) else "within"
    else:
        bound = _length_bound(quantity, left, place, event, before)
    if bound is None:
        return None
    if _FORBIDS.match(after_words) or _TAKES_AWAY.search(left):
        bound = "during"
    return Deadline(
        type="duration",
        bound=bound,
        duration=quantity.duration,
        duration_max=quantity.duration_max,
        workdays=quantity.workdays,
        after=event,
        exclusive=quantity.exclusive,
        action=action(sentence, place),
        actor=actor(sentence, place),
    )


def _is_condition(
    quantity: Quantity, left: str, place: Place, after: str, event: str | None
) -> bool:
    if event or _BEFORE_END.search(left) or _LEAD_TIME.search(left):
        return False
    if re.search(r"(?:具有|具备|成立|从事|累计)(?:满|已满)?\s*$", place.left):
        return True
    if _LOOK_BACK.search(place.left) and not re.search(
        r"(?:期限|时限|时间|公示|见习|培训|留存|保存)[^，。；]{0,8}$", place.left
    ):
        return True
    if quantity.exclusive and quantity.bound != "within":
        return True
    if quantity.bound == "within" and re.search(r"(?:给予|享受|发放)[^，。；]{0,6}$", place.left):
        return False  # 给予最长不超过1年的社会保险补贴
    return bool(_CONDITION_AFTER.match(after)) and not re.match(
        r"(?:以?内|之内)?(?:的)?(?:完成|就业见习)", after
    )


#: 审批时间压缩至90个工作日以内: how long it may take from now on
_CUT_TO = re.compile(
    r"(?:时间|时限|期限|周期|办[理结])[^，。；]{0,12}(?:压缩|缩短|压减|精简|减少|缩减|控制)[到至为在]?\s*$"
)
#: 提前15个工作日告知学员: at least so long before
_LEAD_TIME = re.compile(r"(?<!可)(?<!以)提前(?:至少)?\s*$")
#: 提前3年退休, 提前1个月解除合同
_SOONER = re.compile(r"退休|离岗|解除|毕业|还款|偿还|完成|竣工|达标|实现")
#: 有效期届满前30日内提出延续申请, 开班前5个工作日报送
_BEFORE_END = re.compile(r"(?:满|到期|开工|开班|施工|举办|实施|施行|使用|投产|召开|变更)之?前\s*$")
_NOT_LATER = re.compile(r"[不勿][应得可能]?[晚迟]于")


def _length_bound(
    quantity: Quantity, left: str, place: Place, event: str | None, before: str
) -> str | None:
    # 支付时间不应晚于竣工验收后30日
    if event and (
        quantity.bound == "within" or _NOT_LATER.search(place.left) or DUTY.search(place.right)
    ):
        return "within"
    if quantity.bound in ("within", "during") and _CUT_TO.search(place.left):
        return "within"
    if quantity.bound == "within":
        if (
            place.left.endswith("在")
            or re.search(r"期限|时限|时间|期|延长|年龄|不得?超过|办结", left)
            or DUTY.search(place.right + before)
        ):
            return "within"
        return None
    if quantity.bound == "at_least":
        return "at_least"
    if quantity.approximate:
        return None
    if re.search(r"延长\s*$", left):
        return "within"
    kept = _KEEPING.search(left) or _TAKES_AWAY.search(left)
    return "during" if kept or _LENGTH_ACT.match(place.right) else None


#: 县级财政部门|收到上级文件: who receives is no part of the event
_RECEIVED = re.compile(r"^[^，。；]{2,16}?(?=[收接]到)")


def _event(left: str) -> str | None:
    """收到补贴资金申请(后), 现场踏勘通过之日(起): the event a duration runs from."""
    # no event and what leads to it are longer: a text without stops is not read to its end again
    match = _EVENT.search(left, max(0, len(left) - 80))
    if not match:
        return None
    lead = _EVENT_LEAD.match(match["event"])
    event = match["event"][lead.end() :] if lead else match["event"]
    event = event.strip() if len(event.strip()) >= 2 else match["event"]
    event = _RECEIVED.sub("", event)
    return _without_subject(left, event)


def _without_subject(left: str, event: str) -> str:
    """学生集体户口人员结束学业后2年内 runs from 结束学业: who does it opens the phrase."""
    named = groups_at(event, 0) if left.strip().startswith(event) else []
    rest = event[named[-1][1] :] if named else ""
    return rest if len(rest) >= 2 and is_group(event[: named[0][1]]) else event


def _event_before(text: str, place: Place) -> str | None:
    """自签订劳动合同当月起，在3年内: the event stands before the comma."""
    if not re.fullmatch(r"\s*(?:应|可|须|需)?(?:在)?\s*", place.left):
        return None
    before = re.split(r"[，,；;。]", text[: max(0, place.chunk[0] - 1)])[-1]
    return _event(before) if re.search(r"起$", before) else None


#: 建立工作情况月报、季报、年报制度: what is reported stands before the list
_REPORTED = re.compile(
    r"(?:建立|实行|落实|执行|健全|完善|严格)?(?P<what>[\u4e00-\u9fff]{2,12}?)(?:(?:半年|"
    r"[日周旬月季年])报、)*$"
)


def _rule_action(sentence: Sentence, place: Place, words: str) -> str | None:
    reported = _REPORTED.search(place.left) if re.fullmatch(r"(?:半年|.)报", words) else None
    return reported["what"] + words if reported else action(sentence, place)


#: 每年的预算, 每月均有: it tells of a time and sets none
_QUALIFIES = re.compile(r"\s*(?:的(?![^，。；]{0,6}(?:轮训|培训|轮换))|有|都|均(?!要)|仍)")


def _limits_use(place: Place, rest: str) -> bool:
    """每年可享受一次, 每人每年…: how often somebody may, not when he must."""
    if _LIMIT_OF_USE.search(rest) and _RECEIVE.search(rest):
        return True
    return re.search(r"(?:每人|每户|每家|每企业|同一)[^，。；]{0,10}$", place.left) is not None


def _is_basis(
    sentence: Sentence, quantity: Quantity, following: Quantity | None, place: Place
) -> bool:
    """每月600元: the basis of an amount."""
    if following is None or following.kind != "money" or "BY" in (quantity.rrule or ""):
        return False
    return sentence.local(following.core)[0] - place.end <= 12


def recurrence(
    sentence: Sentence, quantity: Quantity, following: Quantity | None, place: Place
) -> Deadline | None:
    """The deadline that a recurrence sets; None if it limits a use or is the basis of an amount."""
    text = sentence.plain
    words = text[place.start : place.end]
    # 每月初5个工作日之内，市局…: the days belong to the recurrence, the duty follows them
    adjoins = _adjoining(sentence, following, place)
    after = sentence.local(adjoins.span)[1] if adjoins else place.end
    rest = text[after : after + 40].lstrip("，, ")
    chunk_rest = re.split(r"[，。；;]", rest)[0]
    if _limits_use(place, chunk_rest) or _is_basis(sentence, quantity, following, place):
        return None
    if _QUALIFIES.match(rest) or re.search(r"(?:年均|年平均)$", words):
        return None
    acts = (
        _ACT_OF_RULE.search(chunk_rest)
        or _ACT_OF_RULE.search(place.left[-8:])
        or TIME_TO_ACT.search(place.before)
    )
    if not (acts or _REPORT.search(words)):
        return None
    span = adjoins
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
        action=_rule_action(sentence, place, words),
        actor=actor(sentence, place),
    )


def _adjoining(sentence: Sentence, following: Quantity | None, place: Place) -> Quantity | None:
    if following is None or following.kind != "duration":
        return None
    return following if sentence.local(following.core)[0] - place.end <= 4 else None


def _since(sentence: Sentence, place: Place) -> Quantity | None:
    """自4月开始，每月…: when the recurrence begins."""
    for quantity in sentence.quantities:
        end = sentence.local(quantity.span)[1]
        if quantity.kind == "date" and quantity.bound == "from" and 0 <= place.start - end <= 2:
            return quantity
    return None
