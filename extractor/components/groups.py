"""Finds whom a clause serves, pays or trains: 面向…, 对…给予, 支持…, 组织…培训, …可申领.

A group is known by its head noun (人员, 职工, 企业, 家庭 …) in a place that serves it; a list is
split unless its items share one head, and a 的-attribute back to 对, 面向 or 为 stays with the
name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.group_names import AMONG, ENDS, groups_at, is_group
from extractor.group_places import CASE, PLACES
from extractor.models import Amount, Group
from extractor.reading import Reading, Sentence


def groups(reading: Reading) -> None:
    """Tag every group of the notice, one tag a name and clause."""
    seen: set[tuple[str, str]] = set()
    for sentence in reading.sentences:
        for start, end in _in_sentence(sentence):
            _tag(reading, seen, sentence, start, end)
        for start, end in _listed(reading, sentence):
            _tag(reading, seen, sentence, start, end)
        _paid(reading, seen, sentence)


def _tag(
    reading: Reading, seen: set[tuple[str, str]], sentence: Sentence, start: int, end: int
) -> None:
    name = re.sub(r"\s", "", sentence.text[start:end])
    key = (sentence.path, name.removeprefix("各").removeprefix("类"))
    if key not in seen and is_group(name):
        seen.add(key)
        reading.tag(sentence, start, end, Group(name))


def _paid(reading: Reading, seen: set[tuple[str, str]], sentence: Sentence) -> None:
    """Who an amount names as payee is a group of its clause."""
    inside = [
        t
        for t in reading.tags
        if isinstance(t.fact, Amount) and sentence.start <= t.span.start < sentence.end
    ]
    for fact in [t.fact for t in inside if isinstance(t.fact, Amount)]:
        for name in sorted({n for n in (fact.payee, fact.group, fact.category) if n}):
            at = sentence.text.find(name)
            for start, end in groups_at(name, 0) if at >= 0 else ():
                if any(path == sentence.path and name in known for path, known in seen):
                    continue
                _tag(reading, seen, sentence, at + start, at + end)


_GRANTS = re.compile(r"给予|补贴|补助|奖励|享受|扣除|减征|免征|资助|返还")


#: a sentence on wrongdoing serves nobody
_WRONG = re.compile(r"弄虚作假|骗取|套取|追究|处分|处罚|追回|违法|违规|违纪|失信")


def _in_sentence(sentence: Sentence) -> list[tuple[int, int]]:
    text = sentence.plain
    if _WRONG.search(text):
        return []
    found: set[tuple[int, int]] = set()
    for place in (*PLACES, CASE) if _GRANTS.search(text) else PLACES:
        for match in place.before.finditer(text):
            items = groups_at(text, match.end(), place.far)
            if not items:
                continue
            rest = AMONG.match(text, items[-1][1])
            follow = rest.end() if rest else items[-1][1]
            if place.after and not place.after.match(text, follow):
                continue
            for start, end in items:
                if is_group(text[start:end]):
                    found.add((start, end))
                    found |= set(_inner(text, start, end))
    return _longest(found)


#: what a list of groups hangs from: 符合下列条件之一的人员可以申请：
_OPENS_LIST = re.compile(
    r"(?:下列|以下|如下)|之一|(?:对象|人群|范围|群体)(?:为|是|包括|如下)?[：:。]?$"
)
_LABEL = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|"
    r"第[一二三四五六七八九十]+[条项款])?\s*(?:[A-Z一二三四五六]类[：:])?"
)


def _listed(reading: Reading, sentence: Sentence) -> list[tuple[int, int]]:
    """The groups that a listed clause names and says nothing else of."""
    above = reading.headings(sentence.clause)[1:]
    if not any(_OPENS_LIST.search(heading) for heading in above):
        return []
    text = sentence.plain
    found: list[tuple[int, int]] = []
    at = match.end() if (match := _LABEL.match(text)) else 0
    while items := groups_at(text, at, far=True):
        end = items[-1][1]
        if not re.match(r"[，,；;。.\s]|$", text[end:]):
            break
        found += [(start, stop) for start, stop in items if is_group(text[start:stop])]
        at = end + 1
    return found


def _longest(found: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of names that end together the longest that a place gave; a bracketed group stays."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda s: (s[1], s[0])):
        if not kept or kept[-1][1] != end:
            kept.append((start, end))
    return sorted(kept)


def _inner(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """（含残疾人） names a group of its own."""
    match = re.search(r"[（(]含(?P<in>[\u4e00-\u9fff]{2,20})[）)]$", text[start:end])
    if match and ENDS.search(match["in"]) and "下同" not in match["in"]:
        yield start + match.start("in"), start + match.end("in")
