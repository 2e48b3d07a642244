"""Knowledge bases and amounts for the tests of claims: the bundled notices, and made-up ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kb.api import Base, base_of
from kb.models import KnowledgeBase
from kb.schema import AmountRule, Record
from tests.force_samples import bundled, record

CLAIMS = Path(__file__).parent / "claims"
#: 文水 七/(二): the steps, the ceiling, and whom an employment rate counts
STEPS = "141121-wenrenshezi-2024-20#s7-2.amount.a7aa"
DIRECTED = "140000-jinrenshetinghan-2021-600#s9-1.amount.9557"
TOURISM = "140000-jinwenlvbanfa-2021-123#s3-2.amount.1131"
_NOTICE = """清河县人民政府办公室文件
清政办发〔2024〕15号
清河县人民政府办公室关于印发清河县技能培训补贴办法的通知
各有关单位：
{body}
清河县人民政府办公室
2024年3月1日
"""


@cache
def base() -> Base:
    """The bundled notices, read by the program as it is."""
    return base_of(bundled().base)


def notice(*clauses: str) -> Record:
    """A notice of 清河县 of 2024 with these clauses."""
    numerals = "一二三四五六七八九"
    body = "\n".join(f"{numerals[n]}、{clause}" for n, clause in enumerate(clauses))
    return record(_NOTICE.format(body=body))


def amount(*clauses: str, at: int = 0) -> tuple[Record, AmountRule]:
    """The amount number ``at`` of a notice with these clauses."""
    made = notice(*clauses)
    return made, [rule for rule in made.rules if isinstance(rule, AmountRule)][at]


def base_with(*clauses: str) -> Base:
    """A base of one notice with these clauses."""
    return base_of(KnowledgeBase.of([notice(*clauses)]))


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a file of tests/claims."""
    found: list[dict[str, Any]] = yaml.load(
        (CLAIMS / name).read_text("utf-8"), Loader=yaml.BaseLoader
    )
    return found
