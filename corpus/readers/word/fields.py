"""The fields of a DOCX file: codes that Word computes something from, and what it has computed.

Only results are text; where a field has none, the few codes that print something by themselves
are worked out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.readers.word.names import attribute, child, local, on
from corpus.readers.word.number_formats import circled
from corpus.readers.word.package import Element
from corpus.readers.word.symbols import sign

_RINGS = "○〇◯Oo0"
#: eq \o\ac(○,3): a sign in a ring, as Word's 带圈字符 makes them
_OVERSTRIKE = re.compile(r"\\o\s*(?:\\a[clr]\s*)?\((?P<first>[^,，()]*)[,，](?P<second>[^()]*)\)")
_FRACTION = re.compile(r"\\f\s*\((?P<over>[^,，()]*)[,，](?P<under>[^()]*)\)")
_SYMBOL = re.compile(r"symbol\s+(?P<place>\d{1,5})(?:.*?\\f\s*\"?(?P<font>[^\"\\]+))?", re.I)


@dataclass(slots=True)
class _Field:
    code: str = ""
    ticked: bool | None = None
    in_result: bool = False
    printed: bool = False


class Fields:
    """The fields that are open where the reader stands; one may stand in another."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def takes(self, text: str) -> bool:
        """Whether ``text`` belongs to the code of a field and is not to be printed."""
        for field in self._open:
            if not field.in_result:
                self._open[-1].code += text
                return True
            field.printed = True
        return False

    def code(self, text: str) -> None:
        """Takes a piece of code."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].code += text

    def mark(self, element: Element) -> str:
        """Takes a ``w:fldChar``; gives what the field prints by itself where it ends."""
        kind = attribute(element, "w:fldCharType")
        if kind == "begin":
            self._open.append(_Field(ticked=_ticked(element)))
        elif self._open and kind == "separate":
            self._open[-1].in_result = True
        elif self._open and kind == "end":
            return self._end(self._open.pop())
        return ""

    def end_of_paragraph(self) -> None:
        """Gives up codes that have not come to a result: their end may be missing."""
        self._open = [field for field in self._open if field.in_result]

    @staticmethod
    def _end(field: _Field) -> str:
        return "" if field.printed else worked_out(field.code, ticked=field.ticked)


def worked_out(code: str, *, ticked: bool | None = None) -> str:
    """What a field without a result prints."""
    name = code.split(maxsplit=1)[0].lower() if code.strip() else ""
    if name == "formcheckbox":
        return "☑" if ticked else "□"
    if name == "symbol" and (found := _SYMBOL.search(code)):
        return sign(int(found["place"]), (found["font"] or "Symbol").strip())
    return _equation(code) if name == "eq" else ""


def _equation(code: str) -> str:
    if found := _FRACTION.search(code):
        return f"{found['over'].strip()}/{found['under'].strip()}"
    found = _OVERSTRIKE.search(code)
    if not found:
        return ""
    first, second = found["first"].strip(), found["second"].strip()
    ring, inside = (first, second) if first in _RINGS else (second, first)
    if ring in _RINGS and inside.isascii() and inside.isdigit() and len(inside) <= 2:
        return circled(int(inside))
    return f"（{inside}）" if ring in _RINGS else first + second


def _ticked(element: Element) -> bool | None:
    box = child(element, "w:ffData", "w:checkBox")
    if box is None:
        return None
    return next((on(each) for each in box if local(each) == "checked"), on(box, "w:default"))
