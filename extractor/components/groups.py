"""Finds whom a clause serves, pays or trains: 面向…, 对…给予, 支持…, 组织…培训, …可申领.

A group is known by its head noun (人员, 职工, 企业, 家庭 …) in a place that serves it; a list is
split unless its items share one head, and a 的-attribute back to 对, 面向 or 为 stays with the
name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from extractor.group_attributes import parted
from extractor.group_heads import AMONG, ENDS, HEADED
from extractor.group_names import groups_at, is_group
from extractor.group_places import PLACES
from extractor.models import Amount, Group
from extractor.reading import Reading, Sentence
from extractor.titles import squeeze


def groups(reading: Reading) -> None:
    """Tag every group of the notice, one tag a name and clause."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    amounts = reading.facts(Amount)
    for sentence in reading.sentences:
        heads = [head.span() for head in HEADED.finditer(sentence.plain)]
        if heads:
            for start, end in _in_sentence(sentence, heads):
                _tag(reading, seen, sentence, start, end)
            for start, end in _listed(reading, sentence):
                _tag(reading, seen, sentence, start, end)
        for _, amount in amounts.get(sentence.start, ()):
            _paid(reading, seen, sentence, amount)


def _tag(
    reading: Reading, seen: defaultdict[str, set[str]], sentence: Sentence, start: int, end: int
) -> None:
    name = squeeze(sentence.text[start:end])
    key = name.removeprefix("各").removeprefix("类")
    if key not in seen[sentence.path] and is_group(name):
        seen[sentence.path].add(key)
        reading.tag(sentence, start, end, Group(name))


def _paid(
    reading: Reading, seen: defaultdict[str, set[str]], sentence: Sentence, fact: Amount
) -> None:
    """Who an amount names as payee is a group of its clause."""
    known = seen[sentence.path]
    for name in sorted({n for n in (fact.payee, fact.group, fact.category) if n}):
        at = sentence.text.find(name)
        for start, end in groups_at(name, 0) if at >= 0 else ():
            piece = squeeze(name[start:end])
            if not any(name in longer or piece in longer for longer in known):
                _tag(reading, seen, sentence, at + start, at + end)


#: a sentence on wrongdoing serves nobody
_WRONG = re.compile(r"弄虚作假|骗取|套取|追究|处分|处罚|追回|违法|违规|违纪|失信")


def _in_sentence(sentence: Sentence, heads: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The groups of a sentence whose head nouns stand at ``heads``."""
    text = sentence.plain
    if _WRONG.search(text):
        return []
    found: set[tuple[int, int]] = set()
    listed = _Listed(text, heads)
    for place in PLACES:
        if place.needs and not place.needs.search(text):
            continue
        for at in place.ends(text):
            items = listed.at(at, place.far)
            if items and (place.after is None or place.after.match(text, _past(text, items))):
                _take(found, text, _served(text, items))
    return _longest(found)


class _Listed:
    """The groups listed at each offset of a sentence, asked for once."""

    def __init__(self, text: str, heads: list[tuple[int, int]]) -> None:
        self._text, self._heads = text, heads
        self._ends = [end for _, end in heads]
        self._known: dict[tuple[int, bool], list[tuple[int, int]]] = {}

    def at(self, at: int, far: bool) -> list[tuple[int, int]]:
        key = (at, far)
        known = self._known.get(key)
        if known is None:
            near = self._in_reach(at, far)
            known = self._known[key] = groups_at(self._text, at, far) if near else []
        return known

    def _in_reach(self, at: int, far: bool) -> bool:
        """Whether a head noun ends behind ``at`` and no mark parts the two."""
        following = bisect_right(self._ends, at)
        if following == len(self._ends):
            return False
        return far or not parted(self._text, at, self._heads[following][0])


def _past(text: str, items: list[tuple[int, int]]) -> int:
    """Where a list ends, with its mark and the 等人员 that may close it."""
    end = items[-1][1] + text.startswith("”", items[-1][1])
    rest = AMONG.match(text, end)
    return rest.end() if rest else end


def _take(found: set[tuple[int, int]], text: str, items: list[tuple[int, int]]) -> None:
    for start, end in items:
        if (start, end) not in found and is_group(text[start:end]):
            found.add((start, end))
            found.update(_inner(text, start, end))


#: 鼓励保险机构积极开发地方优势特色农产品保险产品: who is asked to serve others
_LENDERS = re.compile(r"(?:银行|金融|保险|担保|信贷|证券)(?:业|类)?(?:机构|公司|企业|组织)$")
_LENDS = re.compile(
    r"[^。；，]{0,12}?(?:为|向|对|面向|开发|创新|推出|提供|降低|优化|加大|加强|简化|增加|扩大|运用|"
    r"发放|开展|放宽)"
)


def _served(text: str, items: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """``items`` without the lenders and insurers that are to lend and to insure."""
    if not _LENDS.match(text, _past(text, items)):
        return items
    return [(start, end) for start, end in items if not _LENDERS.search(text[start:end])]


#: what a list of groups hangs from: 符合下列条件之一的人员可以申请：
_OPENS_LIST = re.compile(
    r"(?:下列|以下|如下)|之一|(?:对象|人群|范围|群体)(?:[和及与](?:\S{2})?(?:标准|条件|"
    r"范围))?(?:为|是|"
    r"包括|如下)?[：:。]?$"
)
_LABEL = re.compile(
    r"^\s*+(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|"
    r"第[一二三四五六七八九十]+[条项款])?\s*(?:[A-Z一二三四五六]类[：:])?"
)


#: 发放对象, over the words that say who that is
_NAMES_SERVED = re.compile(r"(?:对象|人群|人员范围|对象范围|范围和对象|对象及范围)[：:。]?$")
_CLOSES = re.compile(r"\s*(?:[。；]|$)")
_ENDS_ITEM = re.compile(r"[，,；;。.\s]|$")
_NEXT_ITEM = re.compile(r"[，,；;]")


def _listed(reading: Reading, sentence: Sentence) -> list[tuple[int, int]]:
    """The groups that a listed clause names and says nothing else of."""
    own, *above = reading.headings(sentence.clause) or [""]
    text = sentence.plain
    at = match.end() if (match := _LABEL.match(text)) else 0
    if not any(_OPENS_LIST.search(heading) for heading in above) and not _led(reading, sentence):
        return _whole(text, at) if _under(reading, sentence) and _NAMES_SERVED.search(own) else []
    found: list[tuple[int, int]] = []
    while items := groups_at(text, at, far=True):
        end = _past(text, items)
        if _ENDS_ITEM.match(text, end):
            found += [(start, stop) for start, stop in items if is_group(text[start:stop])]
        following = _NEXT_ITEM.search(text, end)
        if following is None:
            break
        at = following.end()
    return found


_ITEM = re.compile(r"\s*(?:[（(][\d一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．])")
_LEADS = re.compile(
    r"(?:下列|以下|如下)[^，。；]{0,6}(?:人员|人群|对象|群体|家庭|企业|单位|居民|"
    r"学生)[^。；]{0,40}[：:]$"
)
_LEADS_ELSEWHERE = re.compile(
    r"不得|不予|不适用|不属于|不[包含]|停止|终止|取消|组成|下列材料|以下材料|追究|处罚"
)
#: a list of more lines than this is not looked over for what leads to it
_REACH = 4000


def _led(reading: Reading, sentence: Sentence) -> bool:
    """Whether a line without a numeral of its own leads to the list that the clause is an item of:
    属于下列人员之一的，免予核查：
    """
    if sentence.clause is None or not sentence.opens:
        return False
    start = reading.notice.clauses[sentence.clause].span.start
    before = reading.notice.text[max(0, start - _REACH) : start].splitlines()
    lead = next((line for line in reversed(before) if line and not _ITEM.match(line)), "").strip()
    return bool(_LEADS.search(lead)) and not _LEADS_ELSEWHERE.search(lead)


def _under(reading: Reading, sentence: Sentence) -> bool:
    """Whether the sentence stands under the heading of its clause, not in it."""
    if sentence.clause is None:
        return False
    return sentence.start >= reading.notice.clauses[sentence.clause].heading_span.end


def _whole(text: str, at: int) -> list[tuple[int, int]]:
    """The groups of a sentence that says nothing else: 凡年满80周岁的老人。"""
    found: list[tuple[int, int]] = []
    while items := groups_at(text, at, far=True):
        found += items
        end = _past(text, items)
        if _CLOSES.match(text, end):
            return found if all(is_group(text[start:stop]) for start, stop in found) else []
        if not text.startswith("，", end):
            break
        at = end + 1
    return []


def _longest(found: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of names that end together the longest that a place gave; a bracketed group stays."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda s: (s[1], s[0])):
        if not kept or kept[-1][1] != end:
            kept.append((start, end))
    return sorted(kept)


_INCLUDING = re.compile(r"[（(]含(?P<in>[\u4e00-\u9fff]{2,20})[）)]$")


def _inner(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """（含残疾人） names a group of its own."""
    match = _INCLUDING.search(text[start:end])
    if match and ENDS.search(match["in"]) and "下同" not in match["in"]:
        yield start + match.start("in"), start + match.end("in")
