"""How a quotation names the place of a clause: 第九部分（二）, 第五条第（三）项, 附件2第4项.

A path is cut as ``extractor/anchors.py`` made it; what has no form here is cited as printed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_HAN = re.compile("[〇零一二三四五六七八九十百]+")
_BRACKETED = re.compile(r"[(（](.+)[)）]")


@lru_cache(4096)
def place_of(path: str) -> str:
    """The words for ``path``; empty for the front matter."""
    steps = path.split("/") if path else []
    # articles are counted through the chapters
    if any(step.startswith("第") and step.endswith("条") for step in steps):
        steps = [step for step in steps if not re.fullmatch("第.+[章节编]", step)]
    # 1.2/1.2.2 repeats the upper number
    below = [*steps[1:], ""]
    kept = [step for n, step in enumerate(steps) if not below[n].startswith(f"{step}.")]
    return "".join(_step(step, n) for n, step in enumerate(kept))


def _step(step: str, depth: int) -> str:
    if _HAN.fullmatch(step):
        return f"第{step}部分"
    if bracketed := _BRACKETED.fullmatch(step):
        return f"（{bracketed[1]}）"
    if step.isdigit():
        return f"第{step}项" if depth else f"第{step}部分"
    return step
