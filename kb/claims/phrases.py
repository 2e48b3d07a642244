"""Reads one stretch of a sentence as a condition: an age, a training period, a number of times.

A stretch that binds and is none of these is one for a person; one that does not bind is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from extractor.models import Quantity
from extractor.quantities import quantities
from kb.claims.models import Condition, Employment
from kb.claims.sentences import Sentence
from kb.claims.vocabulary import words

_AGE = re.compile(r"周?岁")
_PERIOD = re.compile(r"每期|培训(?:时间|周期|期限|时长|课时)|训期")
_ISO = re.compile(r"P(\d+)([YMD])")
_UNITS = {"Y": ("year", "年"), "M": ("month", "个月"), "D": ("day", "天")}
#: per what a number of times is counted, by the words before it
_TIMES_PER = (
    ("year", re.compile(r"每年|年度|一年内")),
    ("certificate", re.compile(r"证书|每证|每个?证|同一(?:职业|工种|等级)")),
    ("person", re.compile(r"每人|同一人|每名|每位")),
    ("enterprise", re.compile(r"企业|单位|机构")),
    ("household", re.compile(r"每户|家庭")),
)
#: how often somebody may have something, not that something is done once
_LIMITS = re.compile(
    r"只能|仅[能限可]|限|最多|不超过|不得超过|可(?:以)?(?:享受|申[请领]|领取|参加)"
)
_FILING = re.compile(r"报备|备案|报批|核准")
_OPENING = re.compile(r"开班|开课|开展培训前|培训前|实施前")
_FREE = re.compile(r"免费(?:为|组织|提供|培训|开展|参加|职业)")
_CERTIFIED = re.compile(
    r"(?:要|须|应|必须|需)?(?:按规定)?(?:取得|获得|考取|持有|颁发)[^，。；]{0,40}(?:证书|资格证|操作证|人员证)"
)
#: what binds in the sentence of an amount
_BINDS = re.compile(
    r"的$|须|必须|需(?!求)|方可|不得|只能|仅限|仅|符合|满足|具备|经[^，。；]{2,14}"
    r"(?:审[核批]|认定|批准|同意|确认|备案)|未(?=[享领获])|除外|以[上下内]|凡|已|持有|年满|首次|"
    r"不低于|不少于|不超过|达到"
)
#: what binds elsewhere in the clause
_BINDS_ELSEWHERE = re.compile(
    r"的$|须|必须|方可|不得|只能|仅限|只针对|不再|不予|不享受|不能|除外|凭|条件|不可(?!重复|叠加)"
)
_BESIDES = re.compile(
    r"户籍|户口|具有|具备|符合|参保|社保|社会保险|缴[纳费存]|登记|注册|低保|首次|未(?!来)|"
    r"经[^，。；]{2,10}(?:认定|批准|审核)"
)
_OF_MONEY = re.compile(r"补贴|补助|奖励|奖补|资金|申[领请报]|享受|拨付|领取|贷款|津贴|扣除")
#: stands before an amount and states no condition: what an office is to do (完善资金预拨机制, 关于
#: 支持广西新能源汽车推广应用的若干措施), or that something is paid (按以下标准额外给予奖励支持,
#: 穗天科工信规字〔2023〕1号)
_NO_CONDITION = re.compile(
    r"(?:完善|建立|健全|优化|强化|加强|创新|改进|规范)[^，]*(?<![的后])|"
    r"减半|全额|据实|先行|(?:按照?)?(?:以下|下列|如下)标准[^，]*|"
    r"可?(?:额外)?给予[^，对的]{0,16}的?(?:奖励|补贴|补助|支持|资助)|[^，的]{0,6}可以?(?:领取|享受|申请)|"
    # who is responsible, and what an office is to do or may do: （人力资源社会保障部等部门负责）,
    # 各地可因地制宜适当放宽创业担保贷款申请条件 (国发〔2018〕39号)
    r"[（(][^（）()]*(?:负责|责任单位|牵头单位)[^（）()]*[）)]|"
    r"(?!经|由|向|凡)(?:各地|各级|[^，。；：]{0,24}(?:部门|政府|办事处|民委员会))[^，。；：]{0,8}"
    r"(?:应|要|须|(?<![方均])可|依法|会同)(?s:.*)"
)
#: it shuts somebody out, wherever the document says it
RESTRICTS = re.compile(r"只针对|只能|仅限|仅针对|不再享受|不予|不得享受|不享受|方可|不能享受|除外")
#: it says whether two amounts may be had together
STACKING = re.compile(
    r"(?:不可|不得|不能|可以?|能|允许)(?:相互|同时|重复)?(?:叠加|累加|重复|同时享受|兼得|兼享)|"
    r"(?:从高|就高)|不重复享受|不重复补贴|只能享受(?:一项|其中)"
)


# every amount of a notice reads the same sentences
@lru_cache(4096)
def read(part: Sentence) -> Condition | None:
    """The typed condition that ``part`` states."""
    found = list(quantities(part.text))
    for reader in _READERS:
        if condition := reader(part, found):
            return condition
    return None


def says_more(part: Sentence) -> bool:
    """Whether a stretch with a typed condition asks something besides: 本县户籍、年满60周岁."""
    return bool(_BESIDES.search(part.text))


def for_a_person(part: Sentence) -> Condition:
    """What ``part`` says, to be judged by a person."""
    return Condition("person", part.text, part.evidence)


def binds(part: Sentence, *, own: bool) -> bool:
    """Whether a stretch makes a condition; one of another sentence must speak of money."""
    if STACKING.search(part.text):
        return False
    return bool((_BINDS if own else _BINDS_ELSEWHERE).search(part.text))


def states_nothing(part: Sentence) -> bool:
    """Whether a stretch before an amount only says that something is done or paid."""
    return bool(_NO_CONDITION.fullmatch(part.text))


def speaks_of_money(sentence: Sentence) -> bool:
    """Whether a sentence is about what somebody gets or applies for."""
    return bool(_OF_MONEY.search(sentence.text))


def _age(part: Sentence, found: Iterable[Quantity]) -> Condition | None:
    years = [q for q in found if q.unit and _AGE.fullmatch(q.unit)]
    if not years or re.search(r"\d岁[^，]*\d岁[^，]*\d岁", part.text):
        return None
    low = next((q.min for q in years if q.min is not None), None)
    high = next((q.max for q in reversed(years) if q.max is not None), None)
    if len(years) == 1 and low == high:
        # 60周岁 alone says on which side of it
        low = high = None
    if (low is None and high is None) or any(q.exclusive for q in years):
        return None
    return Condition("age", part.text, part.evidence, low=low, high=high, unit="周岁")


def _duration(part: Sentence, found: Iterable[Quantity]) -> Condition | None:
    if not _PERIOD.search(part.text):
        return None
    for quantity in found:
        low, high = (_ISO.fullmatch(d or "") for d in (quantity.duration, quantity.duration_max))
        if low and (high is None or high[2] == low[2]) and not quantity.workdays:
            unit = _UNITS[low[2]][0]
            least, most = Decimal(low[1]), Decimal(high[1]) if high else None
            if high is None and quantity.bound in ("within", "during"):
                least, most = (Decimal(0), least) if quantity.bound == "within" else (least, least)
            return Condition("duration", part.text, part.evidence, low=least, high=most, unit=unit)
    return None


def _times(part: Sentence, found: Iterable[Quantity]) -> Condition | None:
    times = [q for q in found if q.unit == "次" and q.max is not None]
    if not times or not _LIMITS.search(part.text):
        return None
    per = next((name for name, pattern in _TIMES_PER if pattern.search(part.text)), None)
    if per is None:
        return None
    return Condition("times", part.text, part.evidence, high=times[0].max, unit=per)


def _filing(part: Sentence, found: Iterable[Quantity]) -> Condition | None:
    asked = _FILING.search(part.text) and _OPENING.search(part.text)
    return Condition("filing", part.text, part.evidence) if asked else None


def _free(part: Sentence, found: Iterable[Quantity]) -> Condition | None:
    return Condition("free", part.text, part.evidence) if _FREE.search(part.text) else None


def _certificate(part: Sentence, found: Iterable[Quantity]) -> Condition | None:
    if not _CERTIFIED.search(part.text):
        return None
    level = words().level(part.text)
    values = _and_above(level, part.text) if level else ()
    return Condition("certificate", part.text, part.evidence, values=values)


def _and_above(level: str, text: str) -> tuple[str, ...]:
    """高级工以上 takes in the levels above it, in the order of the lexicon."""
    levels = tuple(words().levels)
    return levels[levels.index(level) :] if f"{level}以上" in text else (level,)


_READERS: tuple[Callable[[Sentence, list[Quantity]], Condition | None], ...] = (
    _duration,
    _times,
    _age,
    _filing,
    _free,
    _certificate,
)

_RATE = re.compile(r"就业率")
_BELOW = re.compile(r"(?:达不到|未达到?|低于|不足|不满|没有达到|不到)")
_EMPLOYED_ONLY = re.compile(r"(?:实际)?就业(?:的)?人[数员]")
_ALL = re.compile(r"(?:培训|参训|结业|取证)(?:合格)?(?:的)?人数|全额")
_NOTHING = re.compile(r"不予|不再|不得|不(?:给予|拨付|补贴|享受)")
_SHARE = re.compile(r"标准的?\s*(\d+(?:\.\d+)?)\s*[%％]|按\s*(\d+(?:\.\d+)?)\s*[%％]")


def employment(sentences: Iterable[Sentence]) -> Condition | None:
    """What an employment rate decides: 就业率达到80%的全额拨付，达不到的按实际就业人数.

    Both halves must be said; a rate alone that must be reached is no matter of whom to count.
    """
    floor: tuple[Decimal, Sentence] | None = None
    below: tuple[Decimal | None, Sentence] | None = None
    for sentence in sentences:
        for case in _cases(sentence):
            if told := _below(case):
                below = told
            elif _ALL.search(case.text) and (low := _floor(case)) is not None:
                floor = low, case
    if floor is None or below is None:
        return None
    told_by = Employment(floor[0], below[0], below[1].evidence)
    says = f"{floor[1].text}；{below[1].text}"
    return Condition("employment", says, floor[1].evidence, low=floor[0], employment=told_by)


def _cases(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence from each mention of the rate to the next."""
    starts = [m.start() for m in _RATE.finditer(sentence.text)]
    for start, stop in pairwise((*starts, len(sentence.text))):
        text = sentence.text[start:stop].rstrip("，, ")
        yield Sentence(sentence.document, sentence.clause, text, sentence.start + start)


def _floor(case: Sentence) -> Decimal | None:
    rates = [q for q in quantities(case.text) if q.kind == "percent" and q.min is not None]
    return rates[0].min if rates and not rates[0].exclusive else None


def _below(case: Sentence) -> tuple[Decimal | None, Sentence] | None:
    found = _BELOW.search(case.text)
    if not found:
        return None
    rest = case.text[found.end() :]
    if _EMPLOYED_ONLY.search(rest):
        return None, case
    if share := _SHARE.search(rest):
        return Decimal(share[1] or share[2]), case
    return (Decimal(0), case) if _NOTHING.search(rest) else None
