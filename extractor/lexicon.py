"""The vocabulary of the taggers, kept as data in ``lexicons/words.yaml``.

A list is read once and never changes; an unknown name is an error of the program, not of a
document.
"""

from __future__ import annotations

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
    return "|".join(sorted(words(name), key=len, reverse=True))


@cache
def plain(name: str) -> dict[str, Any]:
    """The mapping in ``lexicons/NAME.yaml``; whoever reads it knows its keys."""
    text = resources.files("extractor.lexicons").joinpath(f"{name}.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
