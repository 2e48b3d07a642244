"""What a share is reckoned from: 契税总额 of 按契税总额的50%给予补贴.

The words before the number, back to what opens them; where nothing does, or where they end in a
verb, nothing is said: half a name is worse than none.
"""

from __future__ import annotations

import re

from extractor.brackets import balanced

#: what a base begins behind
_OPENS = re.compile(
    r"按照?(?![揭时期月年])|参照|依照|根据|"
    r"(?:提高|降低|调整|上调|下调|增加|降|升|提|减)[至到为]|"
    r"给予|给|享受|提供|收取|征收|减征|减免(?![额税])|免征|返还(?![额金])|退还|预拨|预付|拿出|安排|计提|"
    r"提取|选择|超过|低于|高于|少于|达到|"
    r"(?:扣除|抵扣)(?!标准|额|限额|项目|比例)|"
    r"(?:补贴|补助|资助|奖励|奖补)(?!资金|标准|金|总额|额|款|费|限额|基数|的|项目|部分|、|和|$)|"
    r"(?<![及尤极])其(?![他中余])|将|把|占|(?<!相)对(?![应外口象])|(?<![所现存内外])在(?![地职岗校建册线编])|"
    r"(?<![可所予难加])以(?![上下内外后前及])|(?<![作成])为(?!基[数准]|主|限)|由|可(?=[\u4e00-\u9fff])(?![贷抵用])"
)
_OPENED = re.compile(rf"^\s+$|(?:{_OPENS.pattern})$")
_LEAD = re.compile(
    r"^(?:并(?!购)|且|或者?|也|可以?|其中|同时|另外?|再|该|每年|分别|最高|的|、|和|及|与)+"
)
#: which way the share goes, and how far, between the base and the number
_TRAIL = re.compile(
    r"(?:上浮|下浮|上调|下调|提高|降低|增加|减少|减征|减免|不[超低高少]于?过?|最[高低多少]|总体|再|"
    r"适当|可|(?:在)?(?:现行|原有?|此|该)?(?:标准)?基础上|按照?|为|至|到|约|\s)+$"
)
#: 80%(二孩)、100%(三孩): the base of the first is that of the others
_LISTED = re.compile(
    r"\d+(?:\.\d+)?[%％‰](?:[（(][^（）()]*[）)])?[、和及或，,]\s*(?:[\u4e00-\u9fff]{0,4}?)?$"
)
_RUN = re.compile(r"(?:(?<!\d)\d{1,2}个月的?)?[\u4e00-\u9fffA-Za-z（）()“”、/]+$")
_NOUN = re.compile(
    r"额|费|税|金|标准|价|款|补贴|成本|投资|利息|收入|总量|投入|资|贷|利|部分|贡献|合计"
)
_VERB_END = re.compile(
    r"(?:执行|负担|承担|收取|补[贴助]|奖[励补]|给予|缴纳|支付|返还|拨付|安排|扣除|减免|贴息|资助|列支|"
    r"计提|提取|征收|实行|发放|享受|提供|用于|优惠|或|和|及|与|时|后|前|内|外|上|下|中|约)$"
)
_BRACKET_END = re.compile(r"[（(][^（）()]*[）)]$")
#: a longer phrase is cut to what stands behind its last 的
_WHOLE = 28


def base_of(left: str, item: str | None, effect: str | None) -> str | None:
    """The base of the share that ``left`` leads up to, as printed; None where it cannot be told."""
    while listed := _LISTED.search(left):
        left = left[: listed.start()]
    noun = left.rstrip()
    named = noun.endswith("的")
    noun = _BRACKET_END.sub("", noun.removesuffix("的"))
    noun = _TRAIL.sub("", noun) if not named else noun
    words = _opened(noun)
    if words is None or not balanced(words) or not _NOUN.search(words):
        return None
    # 基金支付比例分别为85%: how much it is, and not of what
    if re.search(r"(?:支付|报销|给付|补偿)比例(?:分别)?$", words):
        return None
    if _VERB_END.search(words) and not named:
        return None
    if len(words) > _WHOLE and len(last := words.rpartition("的")[2]) >= 4 and _NOUN.search(last):
        words = last
    return words if 2 <= len(words) <= 40 and not _is_item(words, item, effect) else None


def _opened(noun: str) -> str | None:
    """The last words of ``noun``, from where they are opened or the phrase begins."""
    run = _RUN.search(noun)
    if run is None:
        return None
    opens = list(_OPENS.finditer(run[0]))
    if not opens and run.start() and not _OPENED.search(noun[: run.start()]):
        return None
    words = run[0][opens[-1].end() :] if opens else run[0]
    return _LEAD.sub("", words).removesuffix("的")


def _is_item(words: str, item: str | None, effect: str | None) -> bool:
    """首付款比例不低于20% has no base; 限额标准上浮20% is raised by a part of itself."""
    if effect in ("raise_by", "reduce_by", "multiply"):
        return False
    return bool(item) and (words == item or words.endswith(str(item)) or str(item).endswith(words))
