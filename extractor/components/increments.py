"""What a sum or a share does to others: comes on top, is taken off, is borne between budgets.

额外再给予2万元 is no 2万元 of its own, and 市级财政负担60% is granted to nobody.
"""

from __future__ import annotations

import re

_BASIS = (
    r"(?:\s*+(?:每(?![每一最再给])[\u4e00-\u9fff](?:(?![每一最再给不])[\u4e00-\u9fff]){0,2}+|人均|户均|"
    r"亩均|一次性|不超过|最[高多低]|再|给予))*+\s*+$"
)
#: 额外再给予, 每人每月提高20元; 提高到 names the new value, and 再次 another time
_ON_TOP = re.compile(
    r"(?:(?:额外|另外?|再|叠加|追加|加发|增发)(?:再|另|一次性)?(?:给予|补[贴助]|奖[励补]|资助|发放|"
    rf"增加|奖)[\u4e00-\u9fff]{{0,2}}|(?:加发|增发|新增|追加|另加|提高|增加|上调|上浮|加奖)){_BASIS}"
)
_TAKEN_OFF = re.compile(rf"(?:降低|下调|下浮|减少|核减|调减){_BASIS}")
_BORNE_BY = re.compile(
    r"(?:^|由|[，,、；;：:（(\s])(?:其中)?"
    r"(?P<who>(?:[省市县区州]级?[、和])*[\u4e00-\u9fff]{0,10}(?:财政|政府|[省市县区]级|[省市县区]))(?:资金|预算|分别|各|按)*"
    r"(?:负担|承担|分担)(?:比例)?(?:为|的)?$"
)


#: 在企业职工培训补贴标准基础上每人再增加200元: what the sum comes on top of, and not what it is for
BASED_ON = re.compile(r"在(?P<of>[^在，,。；;：:]{1,24}?)的?(?:基础|之)上")


def without_base(text: str, start: int, end: int) -> str:
    """``text`` of the same length, what a sum that ends at ``end`` is reckoned from blanked out."""
    blank = BASED_ON.sub(lambda base: "\0" * len(base[0]), text[start:end])
    return text[:start] + blank + text[end:]


def direction(left: str) -> str | None:
    """Which way the sum goes that ``left`` leads up to."""
    if _ON_TOP.search(left):
        return "raise_by"
    return "reduce_by" if _TAKEN_OFF.search(left) else None


def borne_by(left: str) -> str | None:
    """The budget that bears the share that ``left`` leads up to."""
    match = _BORNE_BY.search(left)
    return match["who"].rpartition("由")[2] if match else None
