"""Values that stand in one list: each has its own label, all are for one thing.

国家级、省级…分别给予每家80万元、30万元 gives each its case; 专科生2万元、博士10万元的购房补贴 is
one 购房补贴, however near another noun stands to one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.bases import bases_after
from extractor.components import categories
from extractor.components.rates import Draft
from extractor.items import items, standard_bare
from extractor.reading import Sentence

_EACH = re.compile(r"分别[^，。；\d]{0,14}$")
#: what stands behind an item that titles the list: 人才购房补贴标准：
_TITLE = re.compile(r"(?<=标准)[：:]")
#: what stands between two values of a list: 、本科生, 和每套
_NEXT = re.compile(
    r"\s*(?:[（(][^（）()]*[）)])?\s*[、和及与或](?![^，,。；;：:]*给予)[^，,。；;：:]{0,16}"
)


def labelled(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """国家级、省级、市级…分别给予每家80万元、30万元、20万元: each value takes its own label."""
    for index, draft in enumerate(drafts):
        core = sentence.local(draft.quantity.core)
        if not _EACH.search(sentence.plain[: core[0]]):
            continue
        run = [draft]
        for after in drafts[index + 1 :]:
            if not re.fullmatch(r"[、和及,，\s]{1,2}", _between(sentence, run[-1], after)):
                break
            run.append(after)
        labels = categories.distributed(sentence.text[: core[0]], len(run))
        if labels and len(run) >= 2:
            for offset, label in enumerate(labels):
                fact = replace(run[offset].fact, category=label)
                drafts[index + offset] = replace(run[offset], fact=fact)
    return drafts


def of_one_item(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """The values of a list with one item: that of the last, or the fuller name of it that another
    has or that the words before the list set (人才购房补贴标准：).
    """
    result: list[Draft] = []
    for run in _runs(sentence, drafts):
        last = run[-1].fact.item
        if len(run) > 1 and last:
            lead = sentence.plain[: sentence.local(run[0].quantity.core)[0]]
            titles = [i.name for i in items(lead) if _TITLE.match(lead, i.end)]
            named = [*(draft.fact.item for draft in run), *map(standard_bare, titles)]
            one = max((n for n in named if n and n.endswith(last)), key=len)
            run = [replace(draft, fact=replace(draft.fact, item=one)) for draft in run]
        result += run
    return result


def _runs(sentence: Sentence, drafts: list[Draft]) -> Iterator[list[Draft]]:
    run: list[Draft] = []
    for draft in drafts:
        if run and not _goes_on(sentence, run[-1], draft):
            yield run
            run = []
        run.append(draft)
    if run:
        yield run


def _goes_on(sentence: Sentence, first: Draft, second: Draft) -> bool:
    """Whether ``second`` is the next value of a list, and the words between name no other thing:
    先导产业奖励10%、主导产业奖励8% are two.
    """
    words = _between(sentence, first, second)
    alike = first.fact.role == second.fact.role and first.quantity.kind == second.quantity.kind
    other = any(item.benefit for item in items(words))
    return alike and not other and bool(_NEXT.fullmatch(words))


def _between(sentence: Sentence, first: Draft, second: Draft) -> str:
    _, end = bases_after(sentence.plain, sentence.local(first.quantity.core)[1])
    return sentence.plain[end : sentence.local(second.quantity.core)[0]]
