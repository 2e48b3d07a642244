"""Notices made up for measuring the site: clauses of the bundled notices, dealt out anew.

Each has the number, region and day of its own, so that measures run through a region's years as
real ones do. The same seed gives the same notices on every run.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import made
from kb.models import KnowledgeBase
from kb.schema import ClauseRecord, Record, Rule
from kb.store import load

RULE_BASE = Path(__file__).parent.parent / "kb"
_NUMERALS = "一二三四五六七八九十"
_YEARS = range(2019, 2025)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A clause of the highest level with all that stands under it."""

    record: Record
    clause: ClauseRecord
    body: str


def notices(count: int, seed: int = 2019) -> KnowledgeBase:
    """``count`` notices of about 3,000 characters and 50 rules."""
    chance = random.Random(seed)
    chapters = [c for record in load(RULE_BASE).records for c in _chapters(record)]
    return KnowledgeBase.of(_notice(n, chapters, chance) for n in range(1, count + 1))


def _chapters(record: Record) -> Iterator[Chapter]:
    for clause in record.clauses:
        if clause.level == 1 and clause.path in _NUMERALS:
            yield Chapter(record, clause, record.text[slice(*clause.span)].rstrip("\n"))


def _notice(serial: int, chapters: list[Chapter], chance: random.Random) -> Record:
    region, year = f"14{serial // 6 % 12:02}{serial // 72 % 90:02}", _YEARS[serial % 6]
    name, number = f"{region}-cefa-{year}-{serial}", f"测发〔{year}〕{serial}号"
    title = f"关于做好第{serial}批职业技能培训工作的通知"
    text, clauses, rules = f"{number}\n{title}\n各有关单位：", [], []
    for position, chapter in enumerate(chance.sample(chapters, 4)):
        start = len(text) + 1
        text = f"{text}\n{_NUMERALS[position]}{chapter.body[1:]}"
        clauses += _clauses(chapter, position, start)
        rules += _rules(chapter, position, start, name)
    issued = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    issuers = (f"第{region}号人力资源和社会保障局",)
    document = made.document(
        name, number, text, region=region, issuers=issuers, issued=issued, title=title
    )
    return Record(document=document, text=text, clauses=tuple(clauses), rules=tuple(rules))


def _clauses(chapter: Chapter, position: int, start: int) -> Iterator[ClauseRecord]:
    for clause in chapter.record.clauses:
        if clause.path.split("/")[0] == chapter.clause.path:
            yield clause.model_copy(
                update={
                    "path": _path(clause.path, position),
                    "anchor": _anchor(clause.anchor, position),
                    "span": _moved(clause.span, chapter, start),
                }
            )


def _rules(chapter: Chapter, position: int, start: int, document: str) -> Iterator[Rule]:
    for rule in chapter.record.rules:
        if rule.clause.split("/")[0] == chapter.clause.path:
            anchor, _, rest = rule.id.partition("#")[2].partition(".")
            yield rule.model_copy(
                update={
                    "id": f"{document}#{_anchor(anchor, position)}.{rest}",
                    "clause": _path(rule.clause, position),
                    "span": _moved(rule.span, chapter, start),
                }
            )


def _path(path: str, position: int) -> str:
    return "/".join((_NUMERALS[position], *path.split("/")[1:]))


def _anchor(anchor: str, position: int) -> str:
    return "-".join((f"s{position + 1}", *anchor.split("-")[1:]))


def _moved(span: tuple[int, int], chapter: Chapter, start: int) -> tuple[int, int]:
    by = start - chapter.clause.span[0]
    return span[0] + by, min(span[1] + by, start + len(chapter.body))
