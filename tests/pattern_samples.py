"""Every regular expression of the house, and strings made to have each of them try in vain.

A string is built from the expression itself: what stands before a repetition, then what it repeats,
thousands of times, then a character that nothing expects; and runs of its own characters.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from re import _constants as op
from re import _parser as parser
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
ROOMS = ("corpus", "extractor", "kb", "site_builder", "commands")
#: functions of ``re`` whose first argument is an expression
_CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
_OF_CATEGORY = {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "字"}
_NOT_EXPECTED = "\x07"
_LONG = 8


def modules() -> Iterator[ModuleType]:
    """Every module of the packages, imported."""
    for room in ROOMS:
        package = importlib.import_module(room)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            yield importlib.import_module(found.name)


def patterns() -> dict[Use, str]:
    """Every pattern with a method by which it is used, and the module where that was first met."""
    found: dict[Use, str] = {}
    for module in modules():
        used = _methods(Path(module.__file__ or "").read_text("utf-8"))
        for name, value in vars(module).items():
            for pattern in _patterns_in(value, set(), 0):
                if isinstance(pattern.pattern, str):
                    # what lies in a list or under another name may be used in any way
                    plain = isinstance(value, re.Pattern)
                    for method in (used.get(name) if plain else None) or ("match", "search"):
                        found.setdefault(
                            Use(pattern.pattern, pattern.flags, method), module.__name__
                        )
    for path, source in _sources():
        for method, expression in _literals(source):
            use = Use(expression, re.compile(expression).flags, method)
            found.setdefault(use, path)
    return found


class Use(NamedTuple):
    """An expression with its flags, and how it is tried: match, fullmatch or search."""

    expression: str
    flags: int
    method: str


def _methods(source: str) -> dict[str, set[str]]:
    """How the module calls each name: ``_LINE.match(…)``; all that looks anywhere is a search."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(source)):
        named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if named and node.attr in _CALLS:
            found.setdefault(node.value.id, set()).add(_way(node.attr))
    return found


def _way(call: str) -> str:
    return call if call in ("match", "fullmatch") else "search"


def _patterns_in(value: Any, seen: set[int], depth: int) -> Iterator[re.Pattern[Any]]:
    if id(value) in seen or depth > 4:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for one in list(value.values()):
            yield from _patterns_in(one, seen, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in islice(value, 500):
            yield from _patterns_in(one, seen, depth + 1)
    elif type(value).__module__.split(".")[0] in ROOMS or isinstance(value, type):
        names = (*getattr(value, "__slots__", ()), *getattr(value, "__dict__", {}))
        ours = (isinstance(value, type) and value.__module__.split(".")[0] in ROOMS) or not (
            isinstance(value, type)
        )
        for name in names if ours else ():
            yield from _patterns_in(getattr(value, name, None), seen, depth + 1)


def _sources() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def _literals(source: str) -> Iterator[tuple[str, str]]:
    """Expressions that stand in calls of ``re`` as they are, with how they are tried."""
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _CALLS - {"compile"}
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[0].value, str)
        ):
            yield _way(node.func.attr), node.args[0].value


def adversaries(expression: str, flags: int) -> Iterator[tuple[str, str]]:
    """(prefix, piece): what repeats is ``piece``, as often as wanted; the caller adds an end."""
    tree = parser.parse(expression, flags)
    made = dict.fromkeys(_pumps(list(tree), ""))
    letters = list(dict.fromkeys(_alphabet(list(tree))))
    made.update(dict.fromkeys(("", letter) for letter in letters[:12]))
    pairs = pairwise(letters)
    made.update(dict.fromkeys(("", one + two) for one, two in islice(pairs, 8)))
    yield from (pair for pair in islice(made, 40) if pair[1])


def attack(prefix: str, piece: str, length: int) -> str:
    """A string of about ``length`` characters that nearly matches."""
    return prefix + piece * (length // len(piece)) + _NOT_EXPECTED


def _pumps(items: list[Any], prefix: str) -> Iterator[tuple[str, str]]:
    """What stands before each repetition without a near end, and what it repeats."""
    for kind, value in items:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, inner = value
            for sample in _samples(list(inner)):
                if most >= _LONG:
                    yield prefix, sample
                    yield "", prefix + sample
            yield from _pumps(list(inner), prefix)
        elif kind is op.SUBPATTERN:
            yield from _pumps(list(value[3]), prefix)
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from _pumps(list(branch), prefix)
        elif kind is op.ATOMIC_GROUP:
            yield from _pumps(list(value), prefix)
        prefix += _sample([(kind, value)])


def _samples(items: list[Any]) -> Iterator[str]:
    """Some texts that ``items`` match; the alternatives of the first choice each."""
    yield _sample(items)
    for place, (kind, value) in enumerate(items):
        if kind is op.IN:
            rest = _sample(items[place + 1 :])
            yield from (_sample(items[:place]) + c + rest for c in islice(_members(value), 6))
            return
        if kind is op.SUBPATTERN:
            yield from islice(_samples(list(value[3])), 6)
            return
        if kind is op.BRANCH:
            yield from (_sample(list(branch)) for branch in islice(value[1], 6))
            return


def _sample(items: list[Any]) -> str:
    return "".join(_one(kind, value) for kind, value in items)


def _one(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.NOT_LITERAL or kind is op.ANY:
        return "字" if value != ord("字") else "a"
    if kind is op.IN:
        return next(_members(value), "")
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _sample(list(value[2])) * max(value[0], 1)
    if kind is op.SUBPATTERN:
        return _sample(list(value[3]))
    if kind is op.BRANCH:
        return _sample(list(value[1][0]))
    if kind is op.ATOMIC_GROUP:
        return _sample(list(value))
    return ""


def _members(value: list[Any]) -> Iterator[str]:
    if value and value[0][0] is op.NEGATE:
        refused = {chr(v) for kind, v in value if kind is op.LITERAL}
        yield from (c for c in "字a1 （《、" if c not in refused)
        return
    for kind, member in value:
        if kind is op.LITERAL:
            yield chr(member)
        elif kind is op.RANGE:
            yield chr(member[0])
        elif kind is op.CATEGORY:
            yield _OF_CATEGORY.get(member, "字")


def _alphabet(items: list[Any]) -> Iterator[str]:
    for kind, value in items:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield from _alphabet(list(value[2]))
        elif kind is op.SUBPATTERN:
            yield from _alphabet(list(value[3]))
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from islice(_alphabet(list(branch)), 4)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _alphabet(list(value[1]))
        elif kind is op.ATOMIC_GROUP:
            yield from _alphabet(list(value))
        elif kind is op.IN:
            yield from islice(_members(value), 6)
        elif kind is op.LITERAL:
            yield chr(value)
