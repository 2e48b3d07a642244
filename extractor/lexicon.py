"""The vocabulary of the taggers, kept as data in ``lexicons/words.yaml``.

A list is read once and never changes; an unknown name is an error of the program, not of a
document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    text = resources.files("extractor.lexicons").joinpath("words.yaml").read_text("utf-8")
    return {name: tuple(map(str, words)) for name, words in yaml.safe_load(text).items()}


def words(name: str) -> tuple[str, ...]:
    """The list called ``name``; raises ``KeyError`` if there is none."""
    return _lists()[name]


def alternation(name: str) -> str:
    """The list as one regular expression, longer words first, so that 委员会 is not read as 委."""
    longest_first = sorted(words(name), key=len, reverse=True)
    if not all(map(_OPENS_PLAIN.match, longest_first)):
        return "|".join(longest_first)
    return "|".join(_of_one_opening(longest_first))


#: a word whose first character no other sign makes optional
_OPENS_PLAIN = re.compile(r"[\u4e00-\u9fff](?![?*+{|])")


def _of_one_opening(words: list[str]) -> Iterator[str]:
    """人员|人才 as 人(?:员|才): where another character stands all of them are passed at once."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    for opening, rest in rests.items():
        yield f"{opening}(?:{'|'.join(rest)})"


@cache
def plain(name: str) -> dict[str, Any]:
    """The mapping in ``lexicons/NAME.yaml``; whoever reads it knows its keys."""
    text = resources.files("extractor.lexicons").joinpath(f"{name}.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
