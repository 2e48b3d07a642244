"""What tells the values of one day apart: the fields that differ, else the words before each.

Every value gets words of its own only if there are several; they stand in the notice as they are
shown, cut where they are long.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.schema import Record, Rule
from site_builder.wording.sentences import sentence_span
from site_builder.wording.shortened import on_one_line
from site_builder.wording.words import rule_details

_LONGEST = 48
#: fewer letters than that say nothing: 按, 即为
_SHORTEST = 4
#: a quote that long tells by itself: 按扣除标准的50%
_TELLING = 9
_PUNCTUATION = " \u3000，、,：:；;。\n\t"

Found = tuple[Record, Rule] | None


def told_apart(found: Sequence[Found]) -> tuple[str, ...]:
    """For each rule with its record what it is told apart by; empty for one that stands alone."""
    if len(found) < 2:
        return tuple("" for _ in found)
    fields = [_fields(rule[1]) if rule else () for rule in found]
    shared = set[str].intersection(*map(set, fields))
    by_fields = ["；".join(one for one in told if one not in shared) for told in fields]
    if all(by_fields) and len(set(by_fields)) == len(found):
        return tuple(on_one_line(words, _LONGEST) for words in by_fields)
    return tuple(on_one_line(_before(one, found), _LONGEST) if one else "" for one in found)


def _fields(rule: Rule) -> tuple[str, ...]:
    category = rule.__dict__.get("category") or ""
    words = [category, *(words for _, words in rule_details(rule))]
    # a category is often the beginning of a condition
    own = (w for n, w in enumerate(words) if not any(w in other for other in words[n + 1 :]))
    return tuple(filter(None, own))


def _before(one: tuple[Record, Rule], found: Sequence[Found]) -> str:
    """The words of the sentence before the value: 直辖市、省会（首府）城市 of 每月1500元."""
    record, rule = one
    start, end = rule.span
    first = sentence_span(record.text, start, end).start
    text = record.text
    # behind another value the sentence only goes on: 扣除，也可以由双方分别按扣除标准的50%
    ends = [o[1].span[1] for o in found if o and o[0] is record]
    before = max((at for at in ends if first < at <= start), default=None)
    if before is None and len(words := text[first:start].strip(_PUNCTUATION)) >= _SHORTEST:
        return words
    if len(rule.quote) >= _TELLING or before is None:
        return rule.quote
    return text[before:end].strip(_PUNCTUATION)
