"""The names of WordprocessingML: elements and attributes in full, and how their values are read.

What is missing or no value of its kind reads as None, never as an error: Word shows such files.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from docx.oxml.ns import nsmap, qn

from corpus.readers.word.package import Element

VALUE = qn("w:val")
ID = qn("r:id")
_OFF = ("0", "false", "off", "none")
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MORE = {"m": _MATH, "mc": _COMPATIBILITY}


@cache
def full(name: str) -> str:
    """``w:p`` with its namespace spelled out."""
    prefix, _, local = name.partition(":")
    return f"{{{_MORE[prefix]}}}{local}" if prefix in _MORE else qn(name)


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def name_of(element: Element) -> str:
    """``w:p``, ``mc:Choice``; "" for a comment and for namespaces that hold no text."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    namespace, _, own = tag[1:].partition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{own}" if prefix else ""


_PREFIXES = {nsmap["w"]: "w", **{namespace: prefix for prefix, namespace in _MORE.items()}}


def child(element: Element | None, *path: str) -> Element | None:
    """The first element at ``path`` below ``element``: child(p, "w:pPr", "w:pStyle")."""
    for step in path:
        element = element.find(full(step)) if element is not None else None
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The ``w:val`` of the element at ``path``."""
    found = child(element, *path)
    return None if found is None else found.get(VALUE)


def number(element: Element | None, *path: str, most: int = 32767) -> int | None:
    """The ``w:val`` at ``path`` as a whole number from zero to ``most``."""
    text = value(element, *path)
    return _number(text, most)


def attribute(element: Element, name: str) -> str | None:
    """An attribute of WordprocessingML: attribute(p, "w:type")."""
    found: str | None = element.get(full(name))
    return found


def on(element: Element | None, *path: str) -> bool | None:
    """Whether the switch at ``path`` is on; None where it is not there."""
    found = child(element, *path)
    return None if found is None else (found.get(VALUE) or "1").lower() not in _OFF


def every(element: Element, *names: str) -> Iterator[Element]:
    """The elements of these names anywhere below ``element``, in order."""
    yield from element.iter(*map(full, names))


def _number(text: str | None, most: int) -> int | None:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        return None
    return min(int(text), most)
