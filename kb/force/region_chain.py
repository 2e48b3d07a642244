"""Says where a rule holds: its issuer's region, and all that this lies in, up to the nation.

Two rules can meet only where one of their regions lies in the other: 山西省 and 文水县, never
文水县 and 交城县.
"""

from __future__ import annotations

from functools import cache

from kb.schema import Record

NATION = "00"
#: of an issuer whose place is not known
UNKNOWN = "xx"
LEVELS = {1: "国家级", 2: "省级", 3: "市级", 4: "县级"}


def region_of(record: Record) -> str:
    """The code of the issuer's region; xx where it is not known."""
    return record.document.region.code if record.document.region else UNKNOWN


def level_of(code: str) -> str | None:
    """国家级, 省级, 市级 or 县级; None where the region is not known."""
    return None if code == UNKNOWN else LEVELS[len(chain(code))]


@cache
def chain(code: str) -> tuple[str, ...]:
    """A region and all above it, the highest first: 00, 140000, 141100, 141121."""
    if code.startswith(UNKNOWN) or not code[:2].isdigit():
        return (code,)
    if code.startswith(NATION):
        return (NATION,)
    steps = (NATION, f"{code[:2]}0000", f"{code[:4]}00", code)
    return tuple(dict.fromkeys(steps))[: 1 + _depth(code)]


def _depth(code: str) -> int:
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def meet(one: str, other: str) -> bool:
    """Whether one of two regions lies in the other, or they are the same."""
    return one in chain(other) or other in chain(one)


def short(code: str) -> str:
    """The digits that tell: 14 for 山西省, 1411 for 吕梁市."""
    return code if code in (NATION, UNKNOWN) else code.removesuffix("00").removesuffix("00")
