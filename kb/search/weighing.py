"""How much a word counts: BM25 over the words that a query is made of, the same in every engine.

A word of the heading counts with a share of its weight, whatever the heading's length.
"""

from __future__ import annotations

import math

from kb.search.analyzer import possible_words

#: what a word of the heading weighs, the usual constants of BM25, and the words of a usual clause
HEADING_SHARE, B, K1, USUAL_LENGTH = 0.4, 0.75, 1.2, 90
#: a pasted page is ranked by its beginning
_RANKED_CHARACTERS = 100


def words_of(words: tuple[str, ...]) -> list[str]:
    """The words that may stand within ``words``, each once, in order, for sums depend on it."""
    return sorted({w for word in words for w in possible_words(word[:_RANKED_CHARACTERS])})


def rarity(holders: int, everything: int) -> float:
    """The inverse document frequency of what ``holders`` of ``everything`` have."""
    return math.log(max(everything, 1) / (holders + 1)) + 1
