"""The duty around a time: who acts, what is to be done, which words state it.

Offsets are those of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.day_words import HOUR
from extractor.group_names import groups_at, is_group
from extractor.models import Quantity
from extractor.names import list_at
from extractor.reading import Sentence

DUTY = re.compile(
    r"完成|报送|上报|提交|报|建立|建成|出台|制定|印发|公布|公示|公开|纳入|录入|落实|开展|"
    r"组织|召开|举办|更新|安排|遴选|征集|统筹|检查|评估|调度|通报|拨付|拨|发放|兑付|支付|"
    r"发布|编制|统计|核查|审核|审批|受理|办理|办结|反馈|答复|告知|整改|申报|申请|申领|缴纳|"
    r"缴清|启动|实施|推进|实现|达到|停止|不再|取消|执行|提供|出具|开具|作出|做出|处理|递交|"
    r"购买|签订|响应|出车|汇总|调整|考核|督导|汇报|备案|登记|移交|归还|偿还|退回|补充|补齐|"
    r"补正|验收|评审|送达|装修|竣工|开工|投产|交付|网签|取得|算起|配合|领取|使用|有效|参加|"
    r"培训|见习|试点|举行|评选|推荐|认定|复核|公告|推送|抽查|巡查|总结|自查|清理|全覆盖|"
    r"完工|封顶|通水|通车|投用|达产|截止|结束|关闭|淘汰|推行|推广|普及|建设|开放|运营|改造|提出|下达|分解|划拨|兑现"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a time stands: its stretch, its chunk, and the words of the chunk beside it."""

    start: int
    end: int
    chunk: tuple[int, int]
    left: str
    right: str
    #: the words before it, past the marks of its chunk
    before: str = ""


def place_of(sentence: Sentence, quantity: Quantity) -> Place:
    """The place of a time in its sentence."""
    start, end = sentence.local(quantity.span)
    core = sentence.local(quantity.core)
    chunk = sentence.chunk(core[0])
    return Place(
        start,
        end,
        chunk,
        sentence.plain[chunk[0] : start],
        sentence.plain[end : max(end, chunk[1])],
        sentence.plain[max(0, start - 40) : start],
    )


_MODAL = re.compile(
    r"(?:要|应当?|须|需要?|将|一般|请(?!示)|力争|确保|于|在|自(?!治|然|主|愿|身)|从|到|原则上|"
    r"最迟|必须|可|以后|起|内|前|止|底|的|之前|之日|年度|左右)+"
)
_ASIDE = re.compile(r"^(?:且|并且)?(?:最迟|最长|最短)|^过期|^逾期")
#: where the event begins that a time runs from: 审核工作一般在|申请人提交审核后的
_EVENT_LEAD = re.compile(
    r"(?:应当?|须|需|要|一般|将|可|原则上)*(?<![所现存正内])(?:自(?!然|主|愿|身|治)|在|于|从)"
)
_WHO = re.compile(
    r"\s*(?:其中|请|对|由)?(?P<who>(?![持凭向按经把将依其本以])[\u4e00-\u9fff、（）()“”]{2,30}?)"
    r"(?=要|应(?![届用急])|须|需(?!求)|可(?!以?行)|必须|(?<![所现存正内])在(?![校职岗册读编])|"
    r"(?<![关用由属对位处])于|自(?!治|然|主|愿|身)|将|每|按|一般|收到|会同|完成|报)"
)
_WHO_ENDS = re.compile(
    r"(?:人|者|单位|机构|企业|学校|院校|家庭|公司|乡镇|街道|村|社区|市|县|区|地|局|厅|部门|委|中心|政府|户|"
    r"员|校|级|民|院|所|会|组织|主体|办|园区|基地|方|才|众|工|生|童|子女|对象|商|师|业主|系统)$"
)


#: 贷款期限最长不超过30年, 公示时间不少于5个工作日: the length of something, which no verb follows
_LENGTH_OF = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<what>[\u4e00-\u9fff]{0,24}(?:期限|时限|时间|期))(?:一般|原则上)?(?:为|是|最长|"
    r"最短|最多|最少)*$"
)
#: 审核工作在30日内完成: the verb alone says little
_BARE_END = re.compile(r"(?:全面|全部|基本|逐步|如期)?(?:完成|办结|到位|实现|启动|结束)$")
#: 于6月3日前，港澳台项目申报单位于6月26日前，将…提交: another's time, not what is to be done
_TIME_AGAIN = re.compile(r"\d[日时分\d]*(?:之|以)?前$")
_BY_WAY = re.compile(r"(?:根据|按照?|依据|通过|结合|持|凭)[^，,]{2,}$")
_TIMES = re.compile(r"[\d一二两三四]+次(?!性)")


def action(sentence: Sentence, place: Place) -> str | None:
    """What is to be done: the words behind the time, else around it."""
    text = sentence.plain
    before = re.split(r"[，,]", text[: place.start])[-1]
    length = _LENGTH_OF.search(before)
    if length and not _begins_duty(text[place.end :]):
        return length["what"]
    rest = re.split(r"[。；;\n]", text[place.end :])[0]
    same, *others = [_told(part) for part in re.split(r"[，,]", rest)]
    left = _unled_left(before)
    asked = len(match[0]) if (match := _ASKS.match(before)) else 0
    listed = list_at(before, asked)
    if listed and not _MODAL.sub("", before[listed[1] :]).strip():
        left = ""  # 请各县（市、区）于6月底前完成: who, not what
    if _BARE_END.match(same) and len(left) >= 2:
        return f"{left}{same}"[-60:]
    told = [o for o in others if len(o) >= 3 and not (_ASIDE.match(o) or _TIME_AGAIN.search(o))]
    if len(same) >= 4 and not _ASIDE.match(same) and not (_BY_WAY.match(same) and told):
        return same[:60]
    if 2 <= len(same) < 4:
        return f"{left}{same}"[-60:]
    following = next((o for o in told if not _BY_WAY.match(o)), told[0] if told else "")
    return (following or (left if not _NO_DUTY.fullmatch(left) else ""))[:60] or None


#: 且最迟不得超过2027年6月30日, 《措施》印发之日至年底: a conjunction, and the day a time runs from;
#: titles are blanked here
_NO_DUTY = re.compile(
    r"[且并或和及]|\0+(?:[（(].*[）)])?(?:印发|发布|公布|施行|实施)(?:之日)?|.*之日"
)


_ASKS = re.compile(r"\s*请(?![求示])")


def _begins_duty(words: str) -> bool:
    return DUTY.match(_unled(words)) is not None


def _told(words: str) -> str:
    """``words`` without what only leads up to them, how often, and what a bracket adds."""
    bare = re.sub(rf"^\s*{HOUR}\s*止?(?:[（(][^（）()]*[）)])?", "", words)
    return _TIMES.sub("", re.sub(r"[（(][^（）()]*[）)]?$", "", _unled(bare)))


def _unled(words: str) -> str:
    """``words`` without the modal words before them and the brackets that were opened elsewhere."""
    lead = _MODAL.match(words.strip("、：: （("))
    bare = words.strip("、：: （(")[lead.end() if lead else 0 :]
    close = re.search(r"^[^（(]*(?P<close>[）)])", bare)
    return (bare[: close.start("close")] if close else bare).strip()


def _unled_left(words: str) -> str:
    """The words before a time, without the event it runs from and the modal words."""
    lead = _EVENT_LEAD.search(words)
    runs = re.search(r"(?:起|后|材料|申请)的?$", words)
    bare = (words[: lead.start()] if lead else "") if runs else words
    bare = re.sub(rf"{_MODAL.pattern}$", "", re.sub(rf"^{_ASKS.pattern}", "", bare))
    return bare.strip("、：: (（)）")


def actor(sentence: Sentence, place: Place) -> str | None:
    """Who must act: the subject of the time's own phrase, of the next, or of one before."""
    text = sentence.plain
    stop = max(text.rfind(mark, 0, place.start) for mark in "；;。") + 1
    starts = [m.end() for m in re.finditer(r"[，,]", text[: place.start]) if m.end() > stop]
    after = re.match(r"[^，,。；;]{0,12}[，,]", text[place.end :])
    candidates = [*reversed(starts[-2:]), stop, *([place.end + after.end()] if after else [])]
    for begin in candidates:
        # 请各区于…前报送: who is asked, without the asking
        at = begin + len(match[0]) if (match := _ASKS.match(text, begin)) else begin
        listed = list_at(text, at)
        if listed and listed[1] <= max(place.start, at + 40):
            return text[at : listed[1]]
        match = _WHO.match(text, at)
        if match and _WHO_ENDS.search(match["who"]):
            return match["who"]
    return _applicant(text, stop, place.start)


_ONE_WHO = re.compile(r"的(?P<who>[\u4e00-\u9fff]{2,10})[，,](?:可|应|须|要|需|在|于)?$")
#: 申报的组织|推荐工作 is nobody
_ORGANISING = re.compile(r"(?<=组织)[\u4e00-\u9fff]")


def opening_actor(text: str) -> str | None:
    """The organs or the group that ``text`` opens with as those who must act."""
    at = len(text) - len(text.lstrip())
    listed = list_at(text, at)
    if listed and _MODAL.match(text, listed[1]):
        return text[at : listed[1]]
    match = _WHO.match(text, at)
    return match["who"] if match and _WHO_ENDS.search(match["who"]) else None


def _applicant(text: str, start: int, end: int) -> str | None:
    """企业招用…的，自签订劳动合同当月起: the one the sentence begins with."""
    # 10月16日前已开始填报的项目负责人，可于10月18日前提交
    told = _ONE_WHO.search(text, start, end)
    if told and _WHO_ENDS.search(told["who"]):
        return told["who"]
    named = groups_at(text, start)
    if named and _ORGANISING.match(text, named[-1][1]):
        return None
    if not named or named[0][1] > end or not is_group(text[named[0][0] : named[0][1]]):
        return None
    return text[named[0][0] : named[-1][1]]


def quote_of(sentence: Sentence, place: Place) -> tuple[int, int]:
    """The phrase from the chunk's beginning to the end of the action."""
    text = sentence.plain
    stop = re.search(r"[，,。；;\n]", text[place.end :])
    end = place.end + (stop.start() if stop else len(text) - place.end)
    # 公示期为7天，… says all before the comma; 收到申请后2个月内，… does not
    told = len(place.left.strip()) >= 3 and not re.search(r"(?:起|后|自|在|于)$", place.left)
    if stop and stop.start() <= 1 and not told:
        more = re.search(r"[，,。；;\n]", text[end + 1 :])
        end = end + 1 + (more.start() if more else len(text) - end - 1)
    return min(place.chunk[0], place.start), max(end, place.end)
