"""Knows how notices word measures: one name for what they call differently, as data has it.

The longest wording wins; what no list knows is compared as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kb.force.wordings import Wordings
from kb.schema import AmountRule, Record, TargetRule

#: 文化和旅游部, 山西省文化和旅游厅办公室 and 国家税务总局山西省税务局 speak for 文化和旅游 and 税务
_ORGAN_ENDS = re.compile(r"(?:总局|厅|局|委员会|委|办公室|部|署)+$")


@dataclass(frozen=True)
class Vocabulary:
    """The wordings of measures, as ``lexicons/measures.yaml`` has them."""

    items: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, str]
    vague: frozenset[str]
    levels: Mapping[str, tuple[str, ...]]
    level_item: str
    categories: Mapping[str, Mapping[str, tuple[str, ...]]]
    general: frozenset[str]
    general_organs: tuple[str, ...]
    mentioned: tuple[str, ...]
    metrics: Wordings
    duties: Wordings
    actions: Wordings
    whole_region: frozenset[str]
    units: Mapping[str, str]
    rates: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Vocabulary:
        """The vocabulary in a mapping of plain values; raises ``KeyError`` where one is missing."""
        return cls(
            items={name: tuple(words) for name, words in plain["items"].items()},
            endings=dict(plain["endings"]),
            vague=frozenset(plain["vague"]),
            levels={name: tuple(words) for name, words in plain["levels"].items()},
            level_item=plain["level_item"],
            categories={
                item: {name: tuple(words) for name, words in named.items()}
                for item, named in plain["categories"].items()
            },
            general=frozenset(plain["general"]),
            general_organs=tuple(plain["general_organs"]),
            mentioned=tuple(plain["mentioned"]),
            metrics=Wordings.of(plain["metrics"], plain),
            duties=Wordings.of(plain["duties"], plain),
            actions=Wordings.of(plain["actions"], plain),
            whole_region=frozenset(plain["whole_region"]),
            rates={where: tuple(words) for where, words in plain["rates"].items()},
            units={word: name for name, words in plain["units"].items() for word in words},
        )

    def level(self, words: str) -> str | None:
        """The certificate level that ``words`` names; the longest wording wins."""
        return longest(words, self.levels)

    def item(self, rule: AmountRule) -> str | None:
        """What the amount is for; None where that is too vague to compare."""
        said = rule.item or ""
        known = longest(said, self.items)
        if known:
            return known
        if said in self.vague and self._certifies(rule):
            return self.level_item
        return None if not said or said in self.vague else self.common(said)

    def _certifies(self, rule: AmountRule) -> bool:
        return "证书" in rule.quote and self.level(rule.category or "") is not None

    def common(self, words: str) -> str:
        """``words`` without blanks, with the one ending for all of its kind."""
        words = re.sub(r"\s+", "", words)
        for ending in sorted(self.endings, key=len, reverse=True):
            if words.endswith(ending) and not words.endswith(self.endings[ending]):
                return words.removesuffix(ending) + self.endings[ending]
        return words

    def category(self, item: str, rule: AmountRule) -> str:
        """What kind of the item the amount is for; empty for the item in general."""
        said = re.sub(r"\s+", "", rule.category or "")
        level = self.level(said) if item == self.level_item else None
        known = level or longest(said, self.categories.get(item, {}))
        if known:
            return known
        plain = item in self.items and item != self.level_item and item not in self.categories
        return "" if plain or said in self.general or item in said else self.common(said)

    def whose(self, subject: str | None, record: Record) -> str:
        """Who has a target or must act, as printed; empty for all of the issuer's region."""
        said = re.sub(r"\s+", "", subject or "")
        place = record.document.region.name if record.document.region else None
        return "" if said in self.whole_region or said == place else said

    def unit(self, printed: str | None) -> str | None:
        """The unit a target is counted in: 名 and 人 count one thing."""
        return self.units.get(printed, printed) if printed else None

    def is_rate(self, rule: TargetRule) -> bool:
        """Whether the target is no sum, of which a lower region could have a share."""
        said = rule.metric or ""
        named = said.endswith(self.rates["closing"]) or any(w in said for w in self.rates["within"])
        return named or rule.unit == "%"

    def sector(self, record: Record) -> str | None:
        """The sector an organ speaks for: 文化和旅游; None where the rule holds for all."""
        issuers = record.document.issuers
        if not issuers or any(o in i for i in issuers for o in self.general_organs):
            return None
        place = record.document.region.name if record.document.region else ""
        own = issuers[0].rpartition(place)[2] if place else issuers[0]
        return _ORGAN_ENDS.sub("", own.removeprefix("国家")) or None


def longest(words: str, table: Mapping[str, Iterable[str]]) -> str | None:
    """The name whose longest wording stands in ``words``."""
    fits = [(len(w), name) for name, wordings in table.items() for w in wordings if w in words]
    return max(fits)[1] if fits else None
