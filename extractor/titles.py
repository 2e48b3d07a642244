"""Reads what a title says: its 文种, and the text that a 印发 or 转发 notice carries.

A title that is not printed has no kind, unless the text calls itself by one (本办法).
"""

from __future__ import annotations

import re

from extractor.lexicon import alternation
from extractor.models import Enclosed

_TRIAL = r"(?:[（(](?:试行|暂行|修订|征求意见稿|草案|修订版|20\d\d年?版?|[^（）()]{1,8}修订)[）)])?"


KIND_END = re.compile(rf"({alternation('document_kinds')}){_TRIAL}$")


_SELF = re.compile(
    r"本(?:实施|若干|暂行|工作|行动)?(通知|意见|办法|决定|规定|公告|通告|细则|方案|措施|"
    r"条例|函|批复|计划|规划)"
)


_SAID = re.compile(r"(通知|公告|通告|批复|函复|通报)如下")


_CARRIES = re.compile(
    r"(?:现将|现予|现批转|"
    r"同意)?\s*《(?P<title>[^《》]{4,100}(?:〈[^〉]*〉[^《》〈]*)*)》[^。]{0,60}?(?<!号)(?:印发|转发|"
    r"批转|公布|发布|下发)(?:给|实施|执行|你|施行|，|。|如下)"
)


_TITLE_CARRIES = re.compile(
    r"(?:印发|转发|批转|发布|公布|下发)(?:《(?P<quoted>.+)》|"
    r"(?P<bare>[^《》]+?(?:《[^》]*》[^《》]*?)*))的?(?:通知|函|公告|决定|通告)$"
)


#: 残疾人证, 装修补贴登记表, 商品房买卖合同（示范文本）: papers that nobody issues as a notice
_PAPER = re.compile(
    r"(?:申请表|登记表|任务表|汇总表|情况表|审批表|表|证明|证书|[^保]证|执照|通知单|告知书|承诺书|意见书|申请书|委托书|决定书|"
    r"合同书?|协议书?|报告|单|发票|凭证|户口[簿本])(?:[（(][^（）()]*[）)])?$"
)


def names_paper(title: str | None) -> bool:
    """Whether ``title`` is that of a form, a certificate or a contract, and of no document."""
    return bool(title and _PAPER.search(squeeze(title)))


def squeeze(text: str) -> str:
    """``text`` without white space, for comparing wording that a layout has broken."""
    return "".join(text.split())


def enclosed_of(title: str | None, front_text: str) -> Enclosed | None:
    """The text that the notice carries, from its title, else from 现将《…》印发给你们."""
    quoted = re.sub(r"\s+", " ", title or "")
    match = _TITLE_CARRIES.search(quoted)
    name = (match["quoted"] or _of_others(match["bare"])) if match else None
    said = _CARRIES.search(front_text)
    if said and (name is None or (not (match and match["quoted"]) and _same(said["title"], name))):
        name = said["title"]
    if name is None:
        return None
    name = re.sub(r"\s+(?=[\u4e00-\u9fff])(?<![”\u4e00-\u9fff]\s)", "", name)
    name = (
        re.sub(r"^关于(?=.+的(?:报告|请示|意见))|^《|》$", "", name)
        if name.startswith("《")
        else name
    )
    return Enclosed(name, kind_of(name))


#: 市发改委等部门《支持农村邮政物流发展实施办法》: whose it is stands before it
_OTHERS = re.compile(r"[^《》关于]{2,30}(?:部门|单位|[厅局委办部院会])《(?P<title>[^《》]+)》")


def _of_others(name: str) -> str:
    whose = _OTHERS.fullmatch(name)
    return whose["title"] if whose else name


def _same(printed: str, told: str) -> bool:
    """Whether the title printed in 《》 is the one that the notice's own title tells in passing:
    厦门市聚焦企业关切…的若干措施 and 聚焦企业关切…若干措施."""
    first, second = (squeeze(title).replace("的", "") for title in (printed, told))
    # …办法 is another text than …办法实施细则, but one of two in …方案和…方案
    rest = second.removeprefix(first)
    return second in first or (rest != second and rest[0] in "和与及、")


def kind_of(title: str | None) -> str | None:
    """The 文种 that a title ends with; a note such as （试行） is no part of it."""
    if not title:
        return None
    match = KIND_END.search(squeeze(title))
    return match[1] if match else None


def self_named_kind(text: str) -> str | None:
    """The kind that the text gives itself (本通知, 本办法) where it prints no title."""
    said = _SAID.search(text)
    if said:
        return said[1].removesuffix("复") if said[1] == "函复" else said[1]
    names = _SELF.findall(text)
    return max(names, key=names.count) if names else None
