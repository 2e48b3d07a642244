"""Knows how notices call applicants, groups of people and kinds of training: ``claims.yaml``.

What a name says beyond the words it knows is given back, so that nothing is taken as understood
that is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractor.lexicon import plain
from kb.force.vocabulary import Vocabulary

PERSON = "个人"
_LIST = re.compile(r"、|或者?|和|及|与|以及")
#: what brackets add shuts nobody out, all else in brackets may
_ADDING = re.compile(r"[（(](?:含|包括|下同|以下)[^（）()]*[）)]")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
#: what only says to what end, by what rule, or who pays
_ORIENTS = re.compile(
    r"(?:为了?(?=进一步|鼓励|支持|促进|加快|推动)|根据|按照|依照|依据|结合|聚焦|围绕|鼓励|引导|"
    r"[省市县]级?(?:财政)?(?:根据|按照?)|财政|由[^，。；]{2,12}财政|从[^，。；]{2,12}资金)"
)
_FIGURES = re.compile(
    r"[\d.,％%~～—-]+(?:万|千|百|亿)?(?:余)?(?:人次|人|名|个月|个|元|家|天|期|年)?"
)
_NO_WORD = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Named:
    """What a name says: the kinds it stands for, and words of it that no row knows."""

    kinds: tuple[str, ...]
    rest: str = ""
    #: the list ends with 等, so that others may be meant too
    open: bool = False


@dataclass(frozen=True)
class Words:
    """The rows of ``claims.yaml``, with the certificate levels of ``measures.yaml``."""

    applicants: Mapping[str, tuple[str, ...]]
    persons: tuple[str, ...]
    roles: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    everybody: tuple[str, ...]
    trainings: Mapping[str, tuple[str, ...]]
    wider: Mapping[str, tuple[str, ...]]
    personal_items: tuple[str, ...]
    personal_matters: tuple[str, ...]
    traits: tuple[str, ...]
    saying_nothing: tuple[str, ...]
    leading_up: tuple[str, ...]
    occasions: tuple[re.Pattern[str], ...]
    measures: Vocabulary

    @classmethod
    def of(cls, rows: Mapping[str, Any], measures: Vocabulary) -> Words:
        """The words in the plain rows of the lexicon."""

        def table(key: str) -> dict[str, tuple[str, ...]]:
            return {name: tuple(words) for name, words in rows[key].items()}

        return cls(
            applicants=table("applicants"),
            persons=tuple(rows["persons"]),
            roles=tuple(rows["roles"]),
            groups=table("groups"),
            everybody=tuple(rows["everybody"]),
            trainings=table("trainings"),
            wider=table("wider"),
            personal_items=tuple(rows["personal_items"]),
            personal_matters=tuple(rows["personal_matters"]),
            traits=tuple(rows["traits"]),
            saying_nothing=tuple(sorted(rows["saying_nothing"], key=len, reverse=True)),
            leading_up=tuple(sorted(rows["leading_up"], key=len, reverse=True)),
            occasions=tuple(map(re.compile, rows["occasions"])),
            measures=measures,
        )

    @property
    def levels(self) -> Mapping[str, tuple[str, ...]]:
        """Certificate levels and their wordings, from the lowest."""
        return self.measures.levels

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of applicant there is."""
        return (*self.applicants, PERSON)

    def applicant(self, name: str) -> Named:
        """Which kinds of applicant ``name`` stands for: 企业或培训机构, 多子女家庭."""
        kinds: dict[str, None] = {}
        name = _ADDING.sub("", name)
        rest = "".join(_NO_WORD.sub("", words) for words in _BRACKETS.findall(name))
        for item in self._items(name):
            found, ending = self._kind(item)
            kinds |= dict.fromkeys(found)
            rest += self._attribute(item.removesuffix("等"), ending)
        return Named(tuple(kinds), rest)

    def _attribute(self, name: str, ending: str) -> str:
        """What stands before the ending of a name, or beside the group that it names, without
        what shuts nobody out.
        """
        words = name.removesuffix(ending)
        wordings = sorted((w for ws in self.groups.values() for w in ws), key=len, reverse=True)
        for wording in wordings if ending in self.persons else ():
            if wording in name:
                words = name = name.replace(wording, "")
        for word in (*self.everybody, *self.saying_nothing):
            words = words.replace(word, "·")
        return _NO_WORD.sub("", words)

    def _items(self, name: str) -> list[str]:
        """培训、评价机构 as 培训机构, 评价机构: an item without a head has the head of the last."""
        items = [item for item in _LIST.split(_BRACKETS.sub("", name)) if item]
        shares = len(items) > 1 and items[-1].endswith("机构")
        return [f"{i}机构" if shares and not self._kind(i)[0] else i for i in items]

    def _kind(self, name: str) -> tuple[tuple[str, ...], str]:
        """The kinds whose ending is the longest that ``name`` has, and that ending."""
        name = name.removesuffix("等")
        ends = [
            (len(end), kind, end)
            for kind, endings in self.applicants.items()
            for end in endings
            if name.endswith(end)
        ]
        longest = max((length for length, _, _ in ends), default=0)
        if longest:
            found = [(kind, end) for length, kind, end in ends if length == longest]
            return tuple(kind for kind, _ in found), found[0][1]
        if name.endswith(self.roles):
            return (), ""
        end = max((p for p in self.persons if name.endswith(p)), key=len, default="")
        return ((PERSON,), end) if end else ((), "")

    def groups_in(self, text: str) -> tuple[str, ...]:
        """The groups of people that ``text`` names."""
        return _named_in(text, self.groups)

    def is_everybody(self, text: str) -> bool:
        """Whether ``text`` names people and shuts no one out."""
        return any(word in text for word in self.everybody)

    def trainings_in(self, text: str) -> tuple[str, ...]:
        """The kinds of training that ``text`` names."""
        return _named_in(text, self.trainings)

    def level(self, text: str) -> str | None:
        """The certificate level that ``text`` names; the longest wording wins."""
        fits = [(len(w), name) for name, ws in self.levels.items() for w in ws if w in text]
        return max(fits)[1] if fits else None

    def takes_in(self, wanted: Iterable[str], given: Iterable[str]) -> bool:
        """Whether one of the ``given`` kinds of training is, or belongs to, a wanted one."""
        wanted = set(wanted)
        wanted |= {narrow for kind in set(wanted) for narrow in self.wider.get(kind, ())}
        return bool(wanted & set(given))

    def not_understood(self, text: str) -> str:
        """The words of a stretch that leads up to an amount that no row knows, figures left out."""
        if _ORIENTS.match(text):
            return ""
        rest = self.unknown(_FIGURES.sub("·", text))
        for word in self.leading_up:
            rest = rest.replace(word, "")
        return rest

    def unknown(self, text: str, *, groups: bool = False) -> str:
        """The words of ``text`` that no row knows; with ``groups`` names of groups are kept."""
        for pattern in self.occasions:
            text = pattern.sub("", text)
        tables = (self.trainings, self.levels, self.applicants) + ((self.groups,) * (not groups))
        known = [w for table in tables for words in table.values() for w in words]
        known += () if groups else self.everybody
        for word in sorted(known, key=len, reverse=True):
            text = text.replace(word, "·")
        for word in self.saying_nothing:
            text = text.replace(word, "·")
        return _NO_WORD.sub("", text)


def _named_in(text: str, table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The names whose wordings stand in ``text``, longer wordings first and each place once."""
    wordings = [(word, name) for name, words in table.items() for word in words]
    found: dict[str, None] = {}
    for word, name in sorted(wordings, key=lambda pair: -len(pair[0])):
        if word in text:
            found[name] = None
            text = text.replace(word, "·")
    return tuple(found)


@cache
def words() -> Words:
    """The words of the lexicon, read once."""
    return Words.of(plain("claims"), Vocabulary.of(plain("measures")))
