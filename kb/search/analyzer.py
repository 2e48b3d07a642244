"""How text is cut for searching: folded characters, grams that find exactly, words that rank.

``fold`` keeps every character in its place, so an offset in the folded text is an offset in the
text.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from kb.search.document_numbers import spelled
from kb.search.traditional import SIMPLIFIED

#: what is written in many ways and meant as one, on the site too: 〔2019〕, [2019], (2019)
ALIKE = {
    "(": "〔［[【﹝〈",
    ")": "〕］]】﹞〉",
    "-": "‐‑\u2012–—―−─－",
    "~": "〜\u223c",
    '"': "“”„‟「」『』",
    "'": "\u2018\u2019\u201a\u201b",
    "¥": "￥",
}
_FOLDED = {variant: one for one, variants in ALIKE.items() for variant in variants} | SIMPLIFIED
_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_WIDTH = ord("！") - ord("!")
#: no word of jieba's dictionary that matters here is longer, and each length costs a lookup
_LONGEST_WORD = 8
_RUN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+|(?P<cjk>[^\W0-9a-z_]+)")
_TYPED = re.compile(r'"([^"]*)"(?!\S)|(\S+)')


def _fold_character(character: str) -> str:
    if character in _FOLDED:
        return _FOLDED[character]
    if character.isspace() or character == "\0":
        return "\n" if character in _LINE_ENDS else " "
    if "！" <= character <= "～":
        character = chr(ord(character) - _WIDTH)
    lower = character.lower()
    return lower if len(lower) == 1 else character  # İ would become two


class _Folding(dict[int, str]):
    """The table of ``str.translate``, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _fold_character(chr(code)))


_FOLDING = _Folding()


def fold(text: str) -> str:
    """``text`` in the one form that both sides of a comparison use, each character in its place.

    Width, case, kinds of brackets, dashes, quotation marks, spaces, line ends and traditional
    characters are folded; nothing is added or taken away, so that ``len(fold(text)) == len(text)``.
    """
    return text.translate(_FOLDING)


def words_typed(text: str) -> tuple[str, ...]:
    """The folded words of a query, each once: parted by spaces, "in quotes" whole, 文号 in one
    spelling.

    A quotation mark inside a word, or one that is never closed, is a character like any other.
    """
    found = (quoted.strip() or bare for quoted, bare in _TYPED.findall(spelled(fold(text))))
    return tuple(dict.fromkeys(word for word in found if word))


def grams(folded: str) -> list[str]:
    """One gram a character, at consecutive positions; spaces have none.

    The gram is the character with its successor where both are letters or digits, else the
    character alone.
    """
    pairs = zip(folded, folded[1:] + " ", strict=False)  # the text may be empty
    return [
        one + two if one.isalnum() and two.isalnum() else one
        for one, two in pairs
        if not one.isspace()
    ]


def needed_grams(word: str) -> set[str]:
    """The grams that every text holding ``word`` must have.

    Empty for a single letter or digit: in a text its gram depends on what follows it.
    """
    return set(grams(word)[:-1] if word[-1:].isalnum() else grams(word))


def is_whole_gram(word: str) -> bool:
    """Whether having the gram ``word`` is the same as holding the word."""
    return grams(word)[:1] == [word] and (len(word) == 2 or not word.isalnum())


def possible_words(word: str) -> Iterator[str]:
    """Every stretch of ``word`` that ``WordCutter`` might cut from a text holding it."""
    for run in _RUN.finditer(word):
        if run["cjk"]:
            yield from _stretches(run[0])
        else:
            yield run[0]


def _stretches(run: str) -> Iterator[str]:
    for start in range(len(run) - 1):
        for end in range(start + 2, min(len(run), start + _LONGEST_WORD) + 1):
            yield run[start:end]


#: runs of Chinese characters whose words are remembered, some 300 bytes each
_REMEMBERED = 50_000


class WordCutter:
    """Cuts folded text into the words that rank it: jieba's, and whole runs of digits or letters.

    Single Chinese characters are left out: they say little and are a sixth of all words.
    ``cache`` is the folder in which jieba keeps its compiled dictionary; without it jieba would
    take the shared temporary folder.
    """

    #: the same for all, and a second of work: a process loads it once
    _jieba: ClassVar[Any] = None

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        # a rule's quote repeats its clause, and notices repeat each other
        self._cut = lru_cache(maxsize=_REMEMBERED)(self._cut_anew)

    def __call__(self, folded: str) -> list[str]:
        """The words of ``folded`` in order, nested ones too."""
        return [word for run in _RUN.finditer(folded) for word in self._words(run)]

    def _words(self, run: re.Match[str]) -> list[str]:
        return list(self._cut(run[0])) if run["cjk"] else [run[0]]

    def _cut_anew(self, run: str) -> tuple[str, ...]:
        if WordCutter._jieba is None:
            WordCutter._jieba = _tokenizer(self._cache)
        return tuple(word for word in WordCutter._jieba.cut_for_search(run) if len(word) > 1)


def _tokenizer(cache: Path) -> Any:
    with warnings.catch_warnings():
        # jieba 0.42.1 has invalid escapes and asks for pkg_resources
        warnings.simplefilter("ignore")
        import jieba
    # it tells stderr of its dictionary
    logging.getLogger("jieba").setLevel(logging.CRITICAL + 1)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache)
    return tokenizer
