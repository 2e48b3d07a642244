"""Whole notices made up for measuring the build: plain text files of about 5,000 characters.

Their chapters are those of the bundled notices, dealt out anew, with some numbers exchanged so
that no two read alike; each has an issuer, number and day of its own and cites an earlier one. The
same serial and seed give the same bytes on every run.
"""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

from bench.notices import RULE_BASE
from extractor import regions
from kb.store import load

CHARACTERS = 5_000
_NUMERALS = "一二三四五六七八九十"
_YEARS = range(2019, 2025)


def write(folder: Path, count: int, seed: int = 2019) -> int:
    """Puts ``count`` notices into ``folder``, a hundred a subfolder; how many characters."""
    total = 0
    for serial in range(1, count + 1):
        path = folder / f"{serial // 100:03}" / f"{serial:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = notice(serial, seed)
        path.write_text(text, "utf-8")
        total += len(text)
    return total


def notice(serial: int, seed: int = 2019) -> str:
    """The notice with that serial, from 1."""
    chance = random.Random(f"{seed}/{serial}")
    issuer = f"{_place(serial)}人力资源和社会保障局"
    head = f"{issuer}文件\n\n{_number(serial)}\n\n{issuer}\n{_title(serial)}\n\n各有关单位：\n"
    day = f"{_year(serial)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"
    return f"{head}{_opening(serial, chance)}{_body(chance)}\n{issuer}\n{day}\n\n（此件公开发布）\n"


def _opening(serial: int, chance: random.Random) -> str:
    if serial == 1:
        return "　　为做好职业技能培训工作，现将有关事项通知如下。\n"
    earlier = chance.randint(max(1, serial - 500), serial - 1)
    named = f"《{_place(earlier)}人力资源和社会保障局{_title(earlier)}》（{_number(earlier)}）"
    return f"　　根据{named}要求，现将有关事项通知如下。\n"


def _body(chance: random.Random) -> str:
    dealt = iter(chance.sample(_chapters(), len(_chapters())))
    body = ""
    for numeral in _NUMERALS:
        body += f"{numeral}{next(dealt)[1:]}\n"
        if len(body) > CHARACTERS - 900:
            break
    return _exchanged(body, chance)


def _exchanged(body: str, chance: random.Random) -> str:
    """``body`` with every third number of one to three digits replaced by one as long."""

    def other(match: re.Match[str]) -> str:
        low = 10 ** (len(match[0]) - 1)
        return match[0] if chance.randrange(3) else str(chance.randrange(low, 10 * low))

    return re.sub(r"(?<![\d.])[1-9]\d{0,2}(?=[元人名天%万])", other, body)


@cache
def _chapters() -> list[str]:
    """The bundled notices' clauses of the highest level, with all that stands under them."""
    return [
        record.text[slice(*clause.span)].strip("\n")
        for record in load(RULE_BASE).records
        for clause in record.clauses
        if clause.level == 1 and clause.path in _NUMERALS
        if clause.span[1] - clause.span[0] < CHARACTERS
    ]


@cache
def _counties() -> list[str]:
    return [place.name for place in regions.load().places if place.level == "county"]


def _place(serial: int) -> str:
    return _counties()[serial * 7 % len(_counties())]


def _year(serial: int) -> int:
    return _YEARS[serial % len(_YEARS)]


def _number(serial: int) -> str:
    return f"{_place(serial)[0]}人社发〔{_year(serial)}〕{serial}号"


def _title(serial: int) -> str:
    return f"关于做好第{serial}批职业技能培训工作的通知"
