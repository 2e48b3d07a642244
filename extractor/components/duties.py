"""The duty around a time: who acts, what is to be done, which words state it.

Offsets are those of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    r"截止|结束|关闭|淘汰|建设|开放|运营|改造"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a time stands: its stretch, its chunk, and the words of the chunk beside it."""

    start: int
    end: int
    chunk: tuple[int, int]
    left: str
    right: str


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
    )


def action(sentence: Sentence, place: Place) -> str | None:
    """What is to be done: the words behind the time, else around it."""
    text = sentence.plain
    right = re.split(r"[。；;\n]", text[place.end :])[0].strip("，,、：: ")
    right = re.sub(r"^(?:起|内|前|止|底|的|之前|将|应当?|须|要|需)+[，,]?", "", right)
    first = re.split(r"[，,]", right)[0]
    left = re.sub(r"[\x00]+", "", re.split(r"[，,]", text[: place.start])[-1])
    left = re.sub(
        r"(?:要|应当?|须|需|将|一般|请|力争|于|在|自|从|确保|到|原则上|最迟|必须)+$", "", left
    ).strip("、：: (（")
    first = _unbracketed(first)
    if len(first) >= 4:
        return first[:60].replace("\x00", "")
    joined = f"{left}{first}".strip()
    return joined[-60:].replace("\x00", "") or None


def _unbracketed(words: str) -> str:
    """``words`` up to a bracket that was opened before them."""
    close = re.search(r"^[^（(]*(?P<close>[）)])", words)
    return words[: close.start("close")] if close else words


def actor(sentence: Sentence, place: Place) -> str | None:
    """The subject of the duty: an organ, or whoever the sentence opens with."""
    text = sentence.plain
    before = text[: place.start]
    stop = max(before.rfind("；"), before.rfind(";"), before.rfind("。")) + 1
    listed = list_at(text, stop)
    if listed:
        return text[stop : listed[1]]
    match = re.match(
        r"\s*(?:请)?(?P<who>各?[\u4e00-\u9fff、（）()]{2,24}?)(?=要|应当?|须|需(?!求)|"
        r"可(?!以?行)|必须|在|于|自|将)",
        text[stop : stop + 40],
    )
    if match and re.search(
        r"(?:人|者|单位|机构|企业|学校|院校|家庭|公司|市|县|区|地|局|厅|部门|委|中心|政府|户|"
        r"员|校)$",
        match["who"],
    ):
        return match["who"]
    return None


def quote_of(sentence: Sentence, place: Place) -> tuple[int, int]:
    """The phrase from the chunk's beginning to the end of the action."""
    text = sentence.plain
    stop = re.search(r"[，,。；;\n]", text[place.end :])
    end = place.end + (stop.start() if stop else len(text) - place.end)
    if stop and stop.start() <= 1:
        more = re.search(r"[，,。；;\n]", text[end + 1 :])
        end = end + 1 + (more.start() if more else len(text) - end - 1)
    return min(place.chunk[0], place.start), max(end, place.end)
