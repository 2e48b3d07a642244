"""A time that stands alone, and what names it: 一、禁火时间 / 2021年9月20日至10月31日。, 休渔期：….

The name is the label before it, else the heading of its clause.
"""

from __future__ import annotations

import re

from extractor.day_words import HOUR
from extractor.models import Quantity
from extractor.reading import Reading, Sentence

_LABEL_ENDS = re.compile(r"[：:\s]*(?:为|是|从|自)?$")
#: 2021年3月13日00:00至15日24:00（农历二月初一至初三）: what belongs to the last day
_REST = re.compile(rf"{HOUR}\s*止?\s*(?:[（(][^（）()]*[）)])?[。；;，,\s]*$")
_NUMBER = re.compile(r"^(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|\s)+")


def lone_time(reading: Reading, sentence: Sentence) -> tuple[str, Quantity] | None:
    """The name of the one time that a sentence consists of, and that time."""
    if len(sentence.quantities) != 1 or sentence.quantities[0].kind not in ("date", "period"):
        return None
    quantity = sentence.quantities[0]
    start, end = sentence.local(quantity.span)
    if not _REST.match(sentence.plain, end):
        return None
    label = _LABEL_ENDS.sub("", sentence.plain[:start].strip())
    heading = "" if sentence.heading else reading.heading(sentence.clause)
    name = _NUMBER.sub("", label or heading).rstrip("：: ")
    return (name, quantity) if name else None
