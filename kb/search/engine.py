"""What a search asks and what it answers, whatever engine carries it out.

The rules of the game stand in ``SearchEngine``; an engine that passes tests/test_search_engine.py
keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Protocol

from corpus.errors import UsageError
from kb.models import KnowledgeBase
from kb.schema import RULE_KINDS

#: what can be found: the kinds of rules, and clauses as they stand in the text
KINDS = (*RULE_KINDS, "clause")


@dataclass(frozen=True, slots=True)
class Query:
    """Words to look for and what to narrow them by; without words, all that the filters let pass.

    ``kinds`` are of ``KINDS``, none means all. ``department`` is a name as printed or in full.
    ``region`` is a GB/T 2260 code, and holds every place under it: 140000 and 14 are the province
    with its cities. ``amount_min`` and ``amount_max`` are yuan and let through the amounts that may
    fall between them. ``year`` is the year of issue. Raises ``UsageError`` for a filter that
    means nothing.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    department: str | None = None
    document: str | None = None
    region: str | None = None
    amount_min: Decimal | int | None = None
    amount_max: Decimal | int | None = None
    year: int | None = None
    limit: int = 20
    offset: int = 0

    def __post_init__(self) -> None:
        self._check_kinds()
        self._check_region()
        self._check_amounts()
        if self.limit < 1 or self.offset < 0:
            raise UsageError("limit must be at least 1 and offset at least 0")

    def _check_kinds(self) -> None:
        for kind in self.kinds:
            if kind not in KINDS:
                raise UsageError(f"unknown kind {kind!r}", remedy=f"Kinds are {', '.join(KINDS)}.")

    def _check_region(self) -> None:
        if self.region is not None and not re.fullmatch(r"(?:[0-9]{2}){1,3}", self.region):
            raise UsageError(
                f"{self.region!r} is no region code",
                remedy="Give two, four or six digits of GB/T 2260, such as 140000 for 山西省.",
            )

    def _check_amounts(self) -> None:
        low, high = _yuan(self.amount_min), _yuan(self.amount_max)
        if low is not None and high is not None and low > high:
            raise UsageError(f"the amounts run backwards: {low} is more than {high}")


def _yuan(amount: Decimal | int | None) -> Decimal | None:
    try:
        number = None if amount is None else Decimal(str(amount))
    except InvalidOperation as error:
        raise UsageError(f"{amount!r} is no amount", remedy="Give yuan, such as 1000.") from error
    if number is not None and not number.is_finite():
        raise UsageError(f"{amount} is no amount", remedy="Give yuan, such as 1000.")
    return number


@dataclass(frozen=True, slots=True)
class Hit:
    """One clause or rule that was found.

    ``kind`` is of ``KINDS``; ``id`` is the rule's id, for a clause DOCUMENT#ANCHOR; ``clause`` is
    its path, "" for the front matter, whose anchor is ``front``. ``title`` is the document's,
    ``heading`` the clause's. ``excerpt`` holds the document's own words on one line, with … where
    it is cut; ``marks`` are the (start, end) offsets in it of what was looked for, none where that
    stands in the rule's values alone. Scores compare within one answer only.
    """

    kind: str
    id: str
    document: str
    clause: str
    anchor: str
    title: str
    heading: str
    excerpt: str
    marks: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """The answer: how many there are in ``total``, and the page that was asked for, best first.

    ``counts`` says how many of each kind there would be if ``kinds`` were left open; ``documents``
    are the ids of the documents whose whole number or title the query names.
    """

    total: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """How many documents an update took in anew, again, out, or found as they were.

    ``rebuilt_because`` says why an earlier index had to be thrown away; None on first use and when
    there was no need.
    """

    added: int
    updated: int
    removed: int
    unchanged: int
    rebuilt_because: str | None = None

    @property
    def changed(self) -> bool:
        """Whether anything had to be written."""
        return bool(self.added or self.updated or self.removed or self.rebuilt_because)

    @classmethod
    def between(
        cls, known: Mapping[str, str], wanted: Mapping[str, str], why: str | None = None
    ) -> UpdateReport:
        """From the stamps of the documents ``known`` to those ``wanted``, both by id."""
        both = known.keys() & wanted.keys()
        updated = sum(known[document] != wanted[document] for document in both)
        return cls(
            added=len(wanted) - len(both),
            updated=updated,
            removed=len(known) - len(both),
            unchanged=len(both) - updated,
            rebuilt_because=why,
        )


class SearchEngine(Protocol):
    """What every engine promises.

    - Found are clauses in their own words, front matter with its number and title, and rules in
      their quote and value words (``kb.search.items``). Rules that a person has rejected are not.
    - A word finds exactly the items whose folded text holds it (``kb.search.analyzer.fold``),
      wherever it begins or ends. Several words, parted by spaces, must all be held; in "quotes"
      spaces belong to the word.
    - A 文号 is one word in every spelling (``kb.search.document_numbers``): 晋政办发 2019 68 finds
      what prints 晋政办发〔2019〕68号 or 晋政办发〔2019〕第68 号.
    - Beside other words, one that is a whole document number or title is also met by every item of
      that document.
    - The order: the front matter of a document named so, before all else; what holds the words as
      one phrase, before what holds them apart; rules found by their values alone, last; what cuts
      a number or a latin word in two, behind what does not (5天 before 15天). Then by weight of the
      words, rules before clauses, and by id.
    """

    def update(self, base: KnowledgeBase) -> UpdateReport:
        """Brings the index to the state of ``base``, touching only documents that have changed.

        Raises ``BusyError`` while another process does the same, ``PolicyError`` where the index
        cannot be written.
        """
        ...

    def search(self, query: Query) -> Results:
        """Answers ``query`` from the index as last updated; ``PolicyError`` where there is none."""
        ...

    def close(self) -> None:
        """Lets go of the index; the next question opens it again."""
        ...
