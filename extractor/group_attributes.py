"""The attribute of a group's name: all of 遭遇意外伤害，受疫情影响的家庭, over commas and up to 的.

Knows what opens an attribute, how it goes on behind a comma, and when it still waits for its head.
"""

from __future__ import annotations

import re

from extractor.group_heads import BETWEEN, HEADED, closes_later

STOP = re.compile(r"[。；;：:\n，,\x00]")
#: an attribute may run over commas, 对遭遇意外伤害，受疫情影响的家庭给予: never past 的，
FAR_STOP = re.compile(
    r"[。；;：:\n]|的[，,]|"
    r"[，,](?!或|且|并|以及|及|在|来|受|有|无|未|没有|具有|具备|符合|取得|获得|持有|其他|"
    r"经|被|从事|参加|年龄|年满|户籍|毕业|连续|累计|已|依法|同时|缴纳|注册|签订|\d|[男女]性?年|"
    r"导致|造成|因|由于|文化|家庭|收入|生活|身体|名下|本人|曾|现(?!就|将)|仍|自愿|愿意|长期|确|"
    r"积极(?!开|推|组|做|落|引|争|鼓|支|帮)|独立|签有|属于|居住|就读|生育|"
    r"能(?=[^，。；]{1,12}的)|新(?=[^，。；]{1,12}的))"
)
#: 通过…认定的企业, 在园区租用办公用房的企业: words that open an attribute, which 的 closes
ATTRIBUTE = re.compile(
    r"符合|具[有备]|取得|获(?!奖)|持有?|参加|参与|从事|在(?![校职岗册读编乡])|通过|被(?!征地)|"
    r"经(?![营办济纪])|享受|入驻|申[请报领]|遭遇|购买|处于|属于|有(?![关限])|未|已|拟|首次|连续|"
    r"年满|户籍在|每\d年|凡|列入|纳入|承担|完成|招[用录收]|缴纳|依法|因|以|\d|"
    r"吸[纳收]|聘用|录用|新?引进(?!人才)|生育|收养|承租|租[赁住]|居住|就读|报废|毕业|获评|评[为定]|"
    r"种植|销售|投资|[创开举]办|带动|安置|接收|"
    r"[到来](?=[^，。；]{2,20}(?:就业|工作|创业|任职|服务|投资))"
)
#: and an attribute that 的 closes may be as long as a line or two
FAR = 130


def parted(text: str, at: int, head: int) -> bool:
    """Whether a mark stands between ``at`` and ``head``: no name that runs over none has both."""
    return STOP.search(text, at, head) is not None


#: 35岁以下青壮年和文化程度较高的城乡劳动者: an age waits for no 的
_AGED = re.compile(r"\d{1,3}(?:周?岁)?(?:[-－—～~至到]\d{1,3})?周?岁")
#: 为承租的中小企业减免租金的示范基地: for whom somebody does something is not who it is
_FOR_OTHERS = re.compile(r"(?<=.)[为向给](?!主|了)")
#: 为安置退役士兵就业而新办的商贸企业
_SO_THAT = re.compile(r"[^，。；：的]{0,6}而新?[^，。；：的]{1,8}的")
#: 享受国务院特殊津贴人员、…: nobody enjoys or holds people, so the name is whole
_BEARER = re.compile(r"享受|获|取得|持|具[有备]")
_ENDS_LIST_ITEM = re.compile(r"[、；;。]|$")


def is_open(text: str, start: int, end: int, limit: int) -> bool:
    """Whether the attribute that opens the name still waits for its 的 and head."""
    if _AGED.match(text, start) and BETWEEN.match(text, end):
        return False
    person = text[end - 2 : end] in ("人员", "选者", "得者")
    if person and _BEARER.match(text, start) and _ENDS_LIST_ITEM.match(text, end):
        return False
    inner = (
        "的" not in text[start:end]
        or _FOR_OTHERS.search(text, start, end)
        or _SO_THAT.match(text, end, limit)
    )
    return bool(inner) and closes_later(text, end, limit)


#: 就业年龄偏大，文化程度较低的城乡劳动者: what an attribute goes on with behind a comma
_RUN_ON = re.compile(
    rf"[^，,。；;：:\n]{{2,40}}(?!{FAR_STOP.pattern})[，,][^。；;：:\n]{{2,60}}?的"
)


def runs_on(text: str, start: int) -> bool:
    """Whether no group ends before the first comma, and the words go on as an attribute does."""
    match = _RUN_ON.match(text, start)
    return match is not None and HEADED.search(text, start, match.end()) is None


#: 首次在永春企业、引进的科研院所就业…的毕业生: where they work is not who they are
_WHERE = re.compile(r"(?:首次|新)?[在到来]")
_THERE = re.compile(r"就[业读]|工作|[实见]习|创业|务工|参保|居住|任[教职]|执业|从事|服务")


def is_place(text: str, start: int, end: int) -> bool:
    """Whether the name is where somebody works, not who that is."""
    return bool(_WHERE.match(text, start) and _THERE.match(text, end))
