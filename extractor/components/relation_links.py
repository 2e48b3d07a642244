"""Tells whether a verb that ends something has a document as its subject: what may stand between
《…》 and 废止, and which part of the document is meant.

Nothing but other documents, days, adverbs and the reason for it may stand there.
"""

from __future__ import annotations

import re

from corpus import numbering
from extractor.reading import Sentence

#: what may stand between a document and the verb that ends it; nothing is tried twice
_LINK = re.compile(
    r"(?>[\s、，,/\x00“”\"…－-]|[的中](?=\x00)|第?[项目]|将(?=于)|至(?=\x00)|以及|及其|[和及与或等]|"
    r"(?:规范性|政策|相关)?文件?|通知|公告|通告|办法|规定|意见|细则|方案|政策|决定|措施|标准|"
    r"附件|规章|配套|补充|实施细则|上述|以上|[一二三四五六七八九十两\d]++(?![并律同])[个件份项部]?|"
    # 自本办法施行之日起; 《甲办法》自…起施行，《乙办法》同时废止 ends only the second
    r"自?(?:本|该|新)[^，。；\x00]{0,8}?(?:施行|实施|执行|印发|发布|公布|生效)(?:之日|之时|时|后)?起?|"
    r"同日|即日|后(?=自)|同时|一并|相应|随之|随即|一律|均|都|全部|也|亦|应即|应予|即行|即(?![将使为])|收回|自行|自动|予以|现予|现|特此|"
    r"已经?|正式|宣布|不再?(?:作为|适应)[^，。；]{1,24}[，,]|与[^，。；]{2,20}(?:抵触|不符|不一致)[，,]|经[^，。；]{1,20}[，,]|[因由]于?[^，。；]{1,30}[，,]|"
    # 因有效期届满已自动失效
    r"因[^，。；\x00]{1,12}(?:届满|期满|到期|已满|完成)|"
    r"(?:有效期)?已?(?:到期|届?满)后?|[自从于起])*+"
)
#: 《…》试行期已满，该通知继续执行: the sentence comes back to the document it has named
AGAIN = re.compile(
    r"^(?!外)[^。；《\x00]{0,50}[，,](?:该|上述)"
    r"(?=(?:通知|办法|意见|细则|规定|方案|政策|措施|文件|决定|公告|标准))"
)
#: 《…》主要任务已完成，自即日起予以废止: the reason for it, which is no condition and no wish
_REASON = re.compile(
    r"(?:^|(?<=[，,]))(?![^，,]*(?:建议|[拟应可如若需请]))[^，,。；\x00]{0,16}(?:已|不|无)"
    r"(?![得能予宜准会])[^，,。；\x00]{1,20}(?<!的)[，,]"
)
#: a reason is given for what opens its phrase: 违反《…》规定，拒不改正，停止使用 ends nothing
_OPENS = re.compile(
    r"(?:^|[，,。；;：:\n])\s*(?:[一二三四五六七八九十\d]+[、.．]|[（(][^（）()]{1,3}[）)])?"
    r"(?:[^，,。；;：:]{0,30}(?:印发|发布|公布|制定|出台|下发|颁布|转发)的|原|现行)?\s*$"
)
#: 《甲》已由《乙》废止, 被《乙》代替: another document does it, and here it is only told
_BY_ANOTHER = re.compile(r"(?:被|(?<![理自])由)\x00")
_EXCEPT = re.compile(r"除[^。；，]{1,30}外[，,]?(?:其余|其他)?(?:条款|部分|内容)?")
BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
#: 《…》中有关收费的规定同时废止 ends a part of it
_PART = re.compile(
    r"(?:文件|中|里|所?规定的|确定的|明确的|的|关于|有关|其中)*(?P<part>[^，。；]{1,30}?"
    r"(?:规定|条款|内容|部分|标准|政策|条文|事项|附件|附表))$"
)
_DIFFERING = re.compile(
    r"[与同和]本[^，。；]{1,10}(?:不一致|不符|不同|相?抵触|有冲突)(?:的(?:规定|内容|条款|部分)?)?"
)
_ADVERBS = re.compile(r"(?:同时|一律|一并|均|都|予以|现予|自行|自动|即行|已经?|\x00|[自于起，,])+$")
_AGENT = re.compile(r"(?:被|(?<![理自])由)\s*$")
_PASSIVE = re.compile(
    r"(?:文件?)?(?:所|予以|明确|宣布|决定|正式)*(?:废止|代替|替代|取代|修[改订正]|停止|替换)"
)
TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")


def linked(sentence: Sentence, at: tuple[int, int], stop: int) -> tuple[bool, str | None]:
    """Whether nothing but other documents stands before the verb; else the part that ends."""
    before, start = sentence.plain[: at[0]], at[1]
    gap = sentence.plain[start:stop]
    for quantity in sentence.quantities:
        left, right = (at - start for at in sentence.local(quantity.core))
        if quantity.kind == "date" and 0 <= left < right <= len(gap):
            gap = gap[:left] + "\x00" * (right - left) + gap[right:]
    bare = AGAIN.sub("", BRACKETS.sub("", TITLE.sub("\x00", gap)).lstrip("）)"))
    if _BY_ANOTHER.search(bare):
        return False, None
    alone = not (TITLE.search(sentence.text, start, stop) or _numbered(sentence.text[start:stop]))
    if alone and _OPENS.search(before):
        bare = _REASON.sub("", bare)
    kept = _EXCEPT.search(bare)
    if _LINK.fullmatch(_EXCEPT.sub("", bare)):
        said = _EXCEPT.search(sentence.text, start, stop) if kept else None
        return kept is None, said[0].strip("，, ") if said else None
    last = _ADVERBS.sub("", bare).rsplit("\x00", 1)[-1].lstrip().removeprefix("文件")
    # 《甲办法》与本通知不一致的停止执行: no more of it than that
    if differing := _DIFFERING.match(last):
        return False, differing[0]
    # 《甲办法》和有关规定同时废止: what is joined to it is no part of it
    if last.startswith(("和", "及", "以及", "、", "与")) and "，" not in last:
        return True, None
    part = _PART.match(last)
    return False, part["part"] if part else None


def _numbered(words: str) -> bool:
    """Whether ``words`` name a document by its number, outside brackets."""
    return any(True for _ in numbering.find(BRACKETS.sub("", words)))


def is_agent(before: str, after: str) -> bool:
    """Whether the document between the two is who ends another one: 已由《乙》废止."""
    return bool(_AGENT.search(before) and _PASSIVE.match(BRACKETS.sub("", after).lstrip("）)")))


def excepted(left: str) -> str | None:
    """除第五条外，《…》同时废止 ends what is left of it."""
    match = re.search(r"除第[^。；，,]{1,30}外(?=[，,]?原?$)", left)
    return match[0] if match else None


def named_part(sentence: Sentence, end: int) -> str | None:
    """停止执行《…》中有关收费的规定: the part that stands behind the document."""
    words = re.split(r"[，。；,]", BRACKETS.sub("", sentence.plain[end:]))[0].strip("\x00 ")
    part = _PART.match(words) if words.startswith(("中", "的", "关", "有")) else None
    return part["part"].replace("\x00", "") if part else None
