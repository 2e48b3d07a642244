"""Reads what a change starts from: 由15万元提高到20万元, and lists that change item by item
(由一类1620元、二类1520元…依次调整为1700元、1600元…).

A former value is no amount of its own; it stays with the one that takes its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractor.models import Former, Quantity
from extractor.reading import Sentence

_FROM_OLD = re.compile(
    r"(?:由|从)(?:原来?的?|现行的?|现在的?|目前的?|每[\u4e00-\u9fff]{1,4}){0,8}\s*$"
)
_VERB = r"(?:提高|调整|上调|提升|增加|下调|降低|降至|降|扩大|增至|提至|调|升)(?:至|到|为)?"
_TO_NEW = re.compile(rf"\s*(?:[/／][\u4e00-\u9fff/／.·•]+)?\s*(?:统一)?{_VERB}")
_TO_NEW_LIST = re.compile(
    rf"\s*(?:[/／][\u4e00-\u9fff/／·]+)?[，,]?\s*(?:(?:依次|分别|相应|统一|对应|各)(?:地|"
    rf"予以)?)+{_VERB}"
)
_OPENS_LIST = re.compile(r"(?:由|从)(?P<label>[^，。；、\d]{0,14})$")
_NEXT = re.compile(r"(?:[/／][\u4e00-\u9fff/／·]+)?\s*[、，,和及]\s*(?P<label>[^，。；、\d]{0,14})")
_FIRST_NEW = re.compile(r"(?P<label>[^，。；、\d]{0,14})")
_NO_LABEL = re.compile(
    r"原来?的?|现行的?|现在的?|目前的?|每[\u4e00-\u9fff]{1,2}|标准|为|的|元|[：:]|\s"
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a quantity takes the place of, and the label that a list gives it (一类)."""

    former: Former
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Which quantities of a sentence are former values, and what the new ones replace."""

    old: frozenset[Quantity]
    new: dict[Quantity, Change]


def changes(sentence: Sentence) -> Changes:
    """The changes of values that ``sentence`` states."""
    values = [q for q in sentence.quantities if q.kind in ("money", "percent")]
    old: set[Quantity] = set()
    new: dict[Quantity, Change] = {}
    for index, quantity in enumerate(values):
        if _is_former(sentence, quantity):
            old.add(quantity)
            new |= {q: Change(_former(quantity)) for q in values[index + 1 : index + 2]}
        size = _list_ends(sentence, values, index)
        if size:
            before = values[index - size + 1 : index + 1]
            old |= set(before)
            new |= _paired(sentence, before, values[index + 1 : index + 1 + size])
    return Changes(frozenset(old), new)


def _former(quantity: Quantity) -> Former:
    return Former(quantity.min, quantity.max)


def _is_former(sentence: Sentence, quantity: Quantity) -> bool:
    start, end = sentence.local(quantity.core)
    return bool(_FROM_OLD.search(sentence.plain[:start]) and _TO_NEW.match(sentence.plain, end))


def _list_ends(sentence: Sentence, values: list[Quantity], last: int) -> int:
    """How many former values the list has that ends with the one at ``last``, 0 if none does."""
    turn = _TO_NEW_LIST.match(sentence.plain, sentence.local(values[last].core)[1])
    if turn is None:
        return 0
    first = last
    while not _OPENS_LIST.search(sentence.plain[: sentence.local(values[first].core)[0]]):
        if not first or not _follows(sentence, values[first - 1], values[first]):
            return 0
        first -= 1
    size = last - first + 1
    after = values[last + 1 : last + 1 + size]
    if size < 2 or len(after) < size:
        return 0
    gap = sentence.plain[turn.end() : sentence.local(after[0].core)[0]]
    together = all(_follows(sentence, a, b) for a, b in pairwise(after))
    return size if together and _FIRST_NEW.fullmatch(gap) else 0


def _follows(sentence: Sentence, one: Quantity, other: Quantity) -> bool:
    return _NEXT.fullmatch(_gap(sentence, one, other)) is not None


def _gap(sentence: Sentence, one: Quantity, other: Quantity) -> str:
    return sentence.plain[sentence.local(one.core)[1] : sentence.local(other.core)[0]]


def _paired(
    sentence: Sentence, before: list[Quantity], after: list[Quantity]
) -> dict[Quantity, Change]:
    labels = [_label(sentence, q) for q in before]
    others = [_label(sentence, q) for q in after[1:]]
    named = labels if all(labels) else [None, *others] if all(others) else [None] * len(after)
    pairs = zip(before, after, named, strict=True)
    return {new: Change(_former(old), label) for old, new, label in pairs}


def _label(sentence: Sentence, quantity: Quantity) -> str | None:
    """一类 of 、一类1620元."""
    left = sentence.plain[: sentence.local(quantity.core)[0]]
    words = re.split(r"[，。；、,由从]", left)[-1]
    return _NO_LABEL.sub("", words) or None
