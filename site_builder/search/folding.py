"""The one form in which the browser compares words: half width, lower case, one kind of bracket,
simplified characters.

Unlike the command line's form it drops blanks, because 5000 名 and 5000名 are the same words; the
page's scripts get the same table.
"""

from __future__ import annotations

import re
from collections import defaultdict

from kb.search.analyzer import ALIKE
from kb.search.traditional import SIMPLIFIED

_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def _is_plain(character: str) -> bool:
    """Whether GB 2312 has a character."""
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


#: characters that are one and the same to a reader who searches, as every page gets them
FOLD = {wide: plain.lower() for wide, plain in _WIDE.items()}
FOLD |= {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
FOLD |= {variant: one for one, variants in ALIKE.items() for variant in variants}
FOLD |= {"[": "(", "]": ")", "\uff3b": "(", "\uff3d": ")"}
# 後 and 於 are in GB 2312 as names; the script of ``traditional_script`` has all others, and is
# loaded where one of them stands: 12 kB that hardly any query has to wait for
FOLD |= {one: plain for one, plain in SIMPLIFIED.items() if _is_plain(one)}
#: dropped
SPACES = " \r\v\f\u00a0\u00ad\u2002\u2003\u2009\u200b\u3000\ufeff"
#: no words run across these
BREAKS = "\n\t"


class _Table(dict[int, str]):
    """For ``str.translate``, which takes three times as long where it has to catch a KeyError."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, chr(code))


_ALL = {**SIMPLIFIED, **FOLD, **dict.fromkeys(SPACES, ""), **dict.fromkeys(BREAKS, "\n")}
_TABLE = _Table(str.maketrans(_ALL))


_NEEDS_SCRIPT = re.compile(f"[{''.join(SIMPLIFIED.keys() - FOLD.keys())}]")


def needs_script(text: str) -> bool:
    """Whether a browser can fold ``text`` only with the script of traditional characters."""
    return bool(_NEEDS_SCRIPT.search(text))


def traditional_script() -> bytes:
    """All of ``SIMPLIFIED`` as a script: each simplified character, and what it stands for."""
    groups: dict[str, str] = defaultdict(str)
    for one, simplified in SIMPLIFIED.items():
        groups[simplified] += one
    told = " ".join(f"{simplified}{all_}" for simplified, all_ in groups.items())
    return f'PolicySpelling.learnTraditional("{told}");\n'.encode()


def fold(text: str) -> str:
    """``text`` as it is compared."""
    return text.translate(_TABLE)
