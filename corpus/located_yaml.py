"""Reads YAML so that every mistake can be told with its line.

Dates stay text, and aliases and repeated keys are refused: what a person sees is what is read.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from corpus.errors import RuleBaseError

#: keys and indexes that lead from the top of a file to a value
Place = Sequence[str | int]
# the deepest record has nine levels
_DEEPEST = 40


class _Refused(Exception):
    """YAML allows it, this reader does not."""

    def __init__(self, what: str, mark: Any) -> None:
        super().__init__(what)
        self.line = mark.line + 1


class _Loader(yaml.CSafeLoader):
    """CSafeLoader without repeated keys and dates."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML wants it on the class)
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set[str]()
        for key, _ in node.value:
            if isinstance(key, ScalarNode) and key.value in seen:
                raise _Refused(f'the key "{key.value}" stands here twice', key.start_mark)
            seen.add(key.value if isinstance(key, ScalarNode) else "")
        return super().construct_mapping(node, deep=deep)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The value of a YAML file, and the lines on which its parts stand."""

    shown: str
    source: str
    value: Any

    @classmethod
    def decode(cls, data: bytes, *, shown: str) -> YamlFile:
        """The YAML in the bytes of the file named ``shown``."""
        try:
            return cls.parse(data.decode("utf-8-sig"), shown=shown)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            where, remedy = f"{shown}:{line}", "Save it as UTF-8."
            raise RuleBaseError("this is not UTF-8", where=where, remedy=remedy) from None

    @classmethod
    def parse(cls, source: str, *, shown: str) -> YamlFile:
        """The YAML in ``source``; raises ``RuleBaseError`` if it is none that is read here."""
        try:
            _refuse_traps(source)
            return cls(shown, source, yaml.load(source, Loader=_Loader))
        except _Refused as error:
            remedy = "Write each value once, in its place."
            raise RuleBaseError(str(error), where=f"{shown}:{error.line}", remedy=remedy) from None
        except yaml.MarkedYAMLError as error:
            raise _syntax(error, shown) from None
        except (yaml.YAMLError, ValueError) as error:
            first = str(error).partition("\n")[0]
            raise RuleBaseError(f"this is not YAML: {first}", where=shown) from None

    def line(self, place: Place) -> int:
        """The line, from 1, of the value at ``place``, or of the nearest thing around it."""
        node = yaml.compose(self.source, Loader=_Loader)
        line = node.start_mark.line + 1 if node else 1
        for step in place:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line

    def error(self, place: Place, what: str, *, remedy: str | None = None) -> RuleBaseError:
        """An error that points to ``place``."""
        return RuleBaseError(what, where=f"{self.shown}:{self.line(place)}", remedy=remedy)


def _refuse_traps(source: str) -> None:
    # ten lines of aliases can stand for a billion values, and libyaml's composer runs off the
    # stack at some ten thousand levels; the events cost a tenth of the reading
    depth = 0
    for event in yaml.parse(source, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            raise _Refused("aliases (*name) are not read here", event.start_mark)
        if depth > _DEEPEST:
            raise _Refused("this is nested too deeply", event.start_mark)


def _child(node: Node | None, step: str | int) -> tuple[int, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.line + 1, item
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    return None


def _syntax(error: yaml.MarkedYAMLError, shown: str) -> RuleBaseError:
    mark = error.problem_mark or error.context_mark
    where = f"{shown}:{mark.line + 1}" if mark else shown
    what = error.problem or error.context or "mistake"
    remedy = "Texts with : # [ ] or , in them stand in quotes, and lines are indented with spaces."
    return RuleBaseError(f"this is not YAML: {what}", where=where, remedy=remedy)
