"""What a bare 补贴 is called in full, where its own sentence and headings do not say.

按契税总额50%给予补贴 is the 购房补贴 that the next sentence of its clause caps, or that the notice
speaks of throughout; where more than one name would fit, it keeps its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from extractor.components.rates import Draft
from extractor.items import benefit_of, is_generic, items, standard_bare, without_payee
from extractor.reading import Reading, Sentence

_GRANTED = ("standard", "cap", "share")
#: 已享受见习补贴的不重复享受 speaks of another one
_OF_ANOTHER = re.compile(
    r"已(?:经)?(?:享受|领取|申领|获得)|不(?:再|得|予|可)|除[^，。；]+外|叠加|重复|其他"
)
#: in so many sentences a notice speaks of a thing throughout
_OFTEN = 3
#: 购房补贴金额, 购房补贴资金, 购房补贴政策: of the one 购房补贴
_TAIL = re.compile(r"(?:金额|资金|款|额|费)$")


@dataclass(frozen=True)
class FullNames:
    """The full names that a notice has for what it calls 补贴 in short."""

    reading: Reading
    _known: dict[int | None, Counter[str]] = field(default_factory=dict)

    def given(self, sentence: Sentence, draft: Draft) -> Draft:
        """``draft`` with the one full name that its clause has, else its notice."""
        item = draft.fact.item
        if draft.fact.role not in _GRANTED:
            return draft
        if item is None:
            return self._titled(draft)
        head = benefit_of(item) if is_generic(item) else None
        if head is None:
            return draft
        for names, often in ((self._of_clause(sentence.clause), 1), (self._of_notice, _OFTEN)):
            fits = [name for name in names if name.endswith(head)]
            if len(fits) == 1 and names[fits[0]] >= often:
                return replace(draft, fact=replace(draft.fact, item=fits[0]))
            if fits:
                break
        return draft

    def _of_clause(self, clause: int | None) -> Counter[str]:
        if clause not in self._known:
            self._known[clause] = _names(self.reading.of_clause[clause])
        return self._known[clause]

    def _titled(self, draft: Draft) -> Draft:
        """关于调整高龄津贴的通知: 80至89周岁从每人每月200元上调至300元."""
        title = self.reading.notice.elements.title or ""
        named = {standard_bare(i.name) for i in items(title) if i.benefit}
        if len(named) != 1 or is_generic(one := named.pop()):
            return draft
        return replace(draft, fact=replace(draft.fact, item=one))

    @cached_property
    def _of_notice(self) -> Counter[str]:
        return _names(self.reading.sentences)


def _names(sentences: Iterable[Sentence]) -> Counter[str]:
    """Full names of benefits, and how many sentences have each."""
    named: Counter[str] = Counter()
    for sentence in sentences:
        if not _OF_ANOTHER.search(sentence.plain):
            found = (without_payee(i).name for i in items(sentence.plain) if i.benefit)
            named.update({_TAIL.sub("", standard_bare(name)) for name in found})
    return Counter({name: n for name, n in named.items() if not is_generic(name)})
