"""The terms an amount comes with: group, payer, how often, stacking, conditions, from when to when;
who is paid is told by ``payees``.

All are read from the amount's own sentence (stacking and limits from its clause too), as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import methodcaller

from extractor.brackets import balanced
from extractor.components.payees import names_somebody, payee_of
from extractor.components.stacking import Stacking
from extractor.group_heads import ENDS
from extractor.models import Limit
from extractor.numerals import to_int
from extractor.reading import Sentence

_GROUP = re.compile(
    r"(?:^|[，,；;。：:\s]|另外|并)对(?:于)?(?P<who>[^，,。；;：:]{2,130}?)(?=[，,]|分别|"
    r"给予|按照?|"
    r"发放|实行|实施|可|予以|免|减|在\S{0,10}(?:基础|期间)|一次性|每|进行)"
)
_PAYER = re.compile(
    r"(?:由|从|在|通过)(?P<who>[\u4e00-\u9fff]{0,14}(?:资金|基金|财政|经费|专账|专户|专项)"
    r"[\u4e00-\u9fff]{0,6}?)(?:中|内|统筹)?(?=列支|支出|给予|安排|承担|负担|支付|补助|补贴|"
    r"解决|全额|予以|拨付|按|先行)"
)
_TIMES = re.compile(
    r"(?:每(?:人|户|个?[\u4e00-\u9fff]{1,6}?)?)?(?P<per>每年度?|年度内?|每个?证书?|每证|每人|"
    r"每户|一年|每个?企业|每项|每个?项目)[^，。；\d]{0,12}?(?:只|仅|最多|限|可|能)"
    r"[^，。；\d]{0,10}?(?P<n>[一二三两]|\d{1,2})次"
)
_PER = {
    "每年": "year",
    "每年度": "year",
    "年度": "year",
    "年度内": "year",
    "一年": "year",
    "每证": "certificate",
    "每人": "person",
    "每户": "household",
}
_CONDITION = re.compile(
    r"(?:^|(?<=[，,；;。：:]))"
    r"(?P<words>(?:[^，,；;。：:（(]|[（(][^（）()]{0,60}[）)]){4,80}的)(?=[，,])"
)
#: 在承诺及时缴纳契税后，每套给予2万元; 此后 and 2021年5月后 tell a time alone
_ONCE = r"(?:[^，,；;。：:（(]|[（(][^（）()]{0,60}[）)]){2,60}(?<![以之此其今日月年天])后"
#: 如能提供证明资料证明是商品性质，…享受4万元; 如下 and 如东县 set no condition
_IF = (
    r"(?:如果|若(?!干)|只要|(?<![例比诸假])如(?![下上何实期意东皋]))"
    r"(?:[^，,；;。：:（(]|[（(][^（）()]{0,60}[）)]){3,60}(?<!的)"
)
#: 城区户籍仍可认定为购买首套房，享受4万元: who is taken for what
_TAKEN_FOR = (
    r"[^，,；;。：:]{2,24}?(?:仍|也|均|亦)?可以?(?:被)?(?:认定为|视为|视同)[^，,；;。：:]{2,24}"
    r"(?=[，,](?:均?可以?)?享受)"
)
_FURTHER = re.compile(rf"(?:^|(?<=[，,；;。：:]))(?P<words>{_ONCE}|{_IF}|{_TAKEN_FOR})(?=[，,])")
#: 进出口额比上年度每增加2000万元，给予奖励1万元; 每出口1美元奖励0.2元
_STEP = re.compile(
    r"(?:^|(?<=[，,；;。：:]))(?P<words>[^，,；;。：:]{0,30}?"
    r"每(?:增加|增长|增|新增|出口|进口|进出口|完成|实现|投入|销售|消费|满|超过?|达到?)"
    r"[\d.]+[万亿]*美?元(?:[（(]含[）)])?)"
)
#: 1000元（消费满5000元可使用）
_USABLE = re.compile(
    r"\s*[（(](?P<words>[^（()）]{2,40}(?:可以?|方可|才能|方能)(?:使用|用|享受|领取|申领|兑付|抵用|抵扣))[）)]"
)
_CONDITION_NO = re.compile(r"^(?:对(?:于)?|其中|该|上述)?(?:本|此)")


@dataclass(frozen=True, slots=True)
class Terms:
    """What goes with an amount."""

    payee: str | None = None
    group: str | None = None
    payer: str | None = None
    limit: Limit | None = None
    stacking: str | None = None
    conditions: tuple[str, ...] = ()
    from_: str | None = None
    to: str | None = None


def terms(stacking: Stacking, sentence: Sentence, start: int, end: int) -> Terms:
    """The terms of the amount at ``start..end`` of ``sentence``."""
    text = sentence.plain
    from_, to = _time(sentence)
    part = max(text.rfind("；", 0, start), text.rfind(";", 0, start)) + 1
    group = _clean(_last(_GROUP, text[part:end]) or _last(_GROUP, text[:end]))
    return Terms(
        payee=payee_of(stacking.reading, sentence, start, end, group),
        group=group,
        payer=_first(_PAYER, text),
        limit=_limit(text),
        stacking=stacking.of(sentence),
        conditions=_conditions(sentence, end),
        from_=from_,
        to=to,
    )


def _clean(group: str | None) -> str | None:
    if group is None:
        return None
    case, group = group.endswith("的"), group.rstrip("的")
    if len(group) > 16:
        short = _DOES.sub("", group)
        group = short if ENDS.search(short) else group
    # 对于所购新建商品住房属于家庭首套住房的 is a case, and told by the conditions
    if case and not names_somebody(group):
        return None
    whole = balanced(group) and not re.match(r"其(?![他余])", group)
    return group if whole and 2 <= len(group) <= 130 else None


#: what a group does is no part of its name: 多孩家庭在市城区购房
_DOES = re.compile(r"(?:在[^的，]{1,12})?(?:参加|购买|开展|购房|新建|从事|因|用于)[^的]*$")


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match["who"] if match else None


def _last(pattern: re.Pattern[str], text: str) -> str | None:
    matches = list(pattern.finditer(text))
    return matches[-1]["who"] if matches else None


def _limit(text: str) -> Limit | None:
    match = _TIMES.search(text)
    times = to_int(match["n"].replace("两", "二")) if match else None
    if not match or not times:
        return None
    per = _PER.get(match["per"]) or (
        "certificate" if "证" in match["per"] else "enterprise" if "企业" in match["per"] else None
    )
    return Limit(times, per)


def _conditions(sentence: Sentence, end: int) -> tuple[str, ...]:
    left = sentence.text[:end]
    part = left[max(left.rfind("；"), left.rfind(";")) + 1 :]
    usable = _USABLE.match(sentence.text, end)
    matches = (*_CONDITION.finditer(part), *_FURTHER.finditer(part), *_STEP.finditer(part))
    said = [
        m["words"].strip()
        for m in sorted(matches, key=methodcaller("start"))
        if balanced(m["words"]) and not _CONDITION_NO.match(m["words"])
    ]
    return (*said, usable["words"]) if usable else tuple(said)


#: 在2016年1月1日后生育两孩的家庭: when something had to happen, not when the grant begins
_HAPPENED_AFTER = re.compile(r"\s*(?:及?以|之)?后")


def _time(sentence: Sentence) -> tuple[str | None, str | None]:
    """From when and to when the sentence grants: 2019年1月1日至12月31日, 自…起."""
    for quantity in sentence.quantities:
        if quantity.precision is not None:
            continue
        if quantity.kind == "period":
            return quantity.from_, quantity.to
        start, end = sentence.local(quantity.core)
        if quantity.kind == "date" and _begins(sentence.plain, start, end, quantity.bound):
            return quantity.date, None
    return None, None


def _begins(text: str, start: int, end: int, bound: str | None) -> bool:
    if text[:start].endswith("从"):
        return True
    return bound == "from" and not _HAPPENED_AFTER.match(text, end)
