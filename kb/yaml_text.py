"""Writes plain values as libyaml does, byte for byte, eight times as fast.

Words that surely stand as they are, are written here; libyaml is asked for every other one, and
for the whole where a key is out of the ordinary. ``tests/test_yaml_text.py`` holds both to one
another.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

#: what libyaml prints as it is: no break, no mark of byte order, nothing beyond the first plane
_WIDE = (
    "\u00a1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee"
)
_FIRST = rf"[{_WIDE}A-Za-z0-9]"
# a colon before a space and a number sign after one mean something, and so do spaces at the end
_INSIDE = rf"[{_WIDE}A-Za-z0-9._/()%+;=<>~$^@&*!|'\"\\-]|(?<! )\#|\ (?![ \#])"
_PLAIN = {
    False: re.compile(rf"{_FIRST}(?:{_INSIDE}|[,?\[\]{{}}]|:(?=[^ ]))*+(?<![ :])"),
    True: re.compile(rf"{_FIRST}(?:{_INSIDE})*+(?<! )"),
}
_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.CSafeDumper.yaml_implicit_resolvers
#: a key with nothing to it; libyaml sets one of 128 bytes apart
_KEY = re.compile(rf"[{_WIDE}A-Za-z_][{_WIDE}A-Za-z0-9_]{{0,31}}")
# YAML 1.2 and some 1.1 readers take these for numbers and booleans, PyYAML does not
_AMBIGUOUS = re.compile(r"[-+]?(\.\d+|\d[\d_]*(\.\d*)?)([eE][-+]?\d+)?|0o[0-7]+|[yYnN]")
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
#: words so short come again; so many of them are remembered
_SHORT, _KNOWN = 32, 50_000
_BREAK = re.compile("[\r\x85\u2028\u2029]")
_PRINTED = re.compile(rf"[{_WIDE} -~\n\t]*")


class Flow:
    """A list or a mapping that stands on one line."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


class _Dumper(yaml.CSafeDumper):
    """CSafeDumper without aliases, with the styles of the rule base."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text_node(dumper: _Dumper, value: str) -> yaml.Node:
    style = "'" if _AMBIGUOUS.fullmatch(value) else None
    # a single-quoted newline is written as an empty line, which nobody reads as a newline
    style = '"' if "\n" in value or "\t" in value else style
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _flow_node(dumper: _Dumper, value: Flow) -> yaml.Node:
    if isinstance(value.value, dict):
        return dumper.represent_mapping("tag:yaml.org,2002:map", value.value, flow_style=True)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value.value, flow_style=True)


_Dumper.add_representer(str, _text_node)
_Dumper.add_representer(Flow, _flow_node)


def by_libyaml(value: Any, *, flow: bool = False) -> str:
    """The YAML of ``value``; on one line if ``flow``."""
    written: str = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=flow,
        width=-1,
    )
    return written


def written(value: dict[str, Any] | list[Any] | Flow) -> str:
    """The YAML of ``value``: keys as they come, no wrapped lines."""
    try:
        return _WRITER.text(value)
    except _Unusual:
        return by_libyaml(value)


class _Unusual(Exception):
    """What libyaml writes otherwise in another place: a key set apart, a line that is broken."""


class _Writer:
    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._known: dict[bool, dict[str, str]] = {False: {}, True: {}}

    def text(self, value: dict[str, Any] | list[Any] | Flow) -> str:
        if isinstance(value, Flow) or not value:
            return f"{self._one(value)}\n"
        lines: list[str] = []
        self._block(lines, value, "", "")
        return "".join(lines)

    def _block(self, lines: list[str], value: Any, first: str, indent: str) -> None:
        """The lines of ``value``; the first opens with ``first``, all others with ``indent``."""
        if isinstance(value, dict):
            for name, inner in value.items():
                self._entry(lines, f"{first}{self._key(name)}:", inner, indent)
                first = indent
        else:
            for inner in value:
                self._item(lines, f"{first}-", inner, indent)
                first = indent

    def _entry(self, lines: list[str], head: str, value: Any, indent: str) -> None:
        if type(value) is str:
            lines.append(f"{head} {self._word(value, False)}\n")
        elif type(value) is dict and value:
            lines.append(f"{head}\n")
            self._block(lines, value, f"{indent}  ", f"{indent}  ")
        elif type(value) is list and value:
            lines.append(f"{head}\n")
            # items stand under their key, not farther in
            self._block(lines, value, indent, indent)
        else:
            lines.append(f"{head} {self._one(value)}\n")

    def _item(self, lines: list[str], head: str, value: Any, indent: str) -> None:
        if type(value) is str:
            lines.append(f"{head} {self._word(value, False)}\n")
        elif type(value) in (dict, list) and value:
            self._block(lines, value, f"{head} ", f"{indent}  ")
        else:
            lines.append(f"{head} {self._one(value)}\n")

    def _one(self, value: Any) -> str:
        """``value``, which is no text of its own, on one line."""
        if isinstance(value, Flow):
            value = value.value
        if isinstance(value, dict):
            return (
                "{"
                + ", ".join([f"{self._key(k)}: {self._in_line(v)}" for k, v in value.items()])
                + "}"
            )
        if isinstance(value, list):
            return "[" + ", ".join([self._in_line(v) for v in value]) + "]"
        return _number(value)

    def _in_line(self, value: Any) -> str:
        return self._word(value, True) if type(value) is str else self._one(value)

    def _key(self, name: str) -> str:
        written = self._keys.get(name)
        if written is None:
            if not _KEY.fullmatch(name):
                raise _Unusual
            written = self._word(name, False)
            if len(self._keys) < _KNOWN:
                self._keys[name] = written
        return written

    def _word(self, value: str, flow: bool) -> str:
        known = self._known[flow]
        written = known.get(value)
        if written is None:
            written = self._written(value, flow)
            if len(value) <= _SHORT and len(known) < _KNOWN:
                known[value] = written
        return written

    def _written(self, value: str, flow: bool) -> str:
        if _PLAIN[flow].fullmatch(value) and not _means_more(value):
            return value
        if ("\n" in value or "\t" in value) and _PRINTED.fullmatch(value):
            return f'"{value.translate(_ESCAPED)}"'
        if _BREAK.search(value):
            raise _Unusual
        return by_libyaml([value], flow=True)[1:-2] if flow else by_libyaml({"k": value})[3:-1]


_WRITER = _Writer()


def _means_more(value: str) -> bool:
    """Whether some reader takes the word for a number, a day, yes or nothing."""
    if any(pattern.match(value) for _, pattern in _RESOLVERS.get(value[0], ())):
        return True
    return bool(_AMBIGUOUS.fullmatch(value))


def _number(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    digits = repr(value).lower()
    return digits.replace("e", ".0e", 1) if "." not in digits and "e" in digits else digits
