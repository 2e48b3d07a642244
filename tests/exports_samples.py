"""What the tests of exports share: the bundled notices as of a day, and one with every kind."""

from __future__ import annotations

from datetime import date
from functools import cache

from kb.api import base_of
from kb.exports.content import Content
from kb.models import KnowledgeBase
from kb.schema import Record, Review
from tests.claims_samples import base, notice

ON = date(2021, 10, 1)


@cache
def bundled_content() -> Content:
    """The bundled notices on a day on which some stand and some do not."""
    return Content(base().graph, ON)


def content_of(*clauses: str, on: date = ON) -> Content:
    """A made-up notice with these clauses."""
    return of_records(notice(*clauses), on=on)


def of_records(*records: Record, on: date = ON) -> Content:
    """These records."""
    return Content(base_of(KnowledgeBase.of(records)).graph, on)


def with_first_rejected(record: Record) -> Record:
    """The record with its first rule rejected by 张三."""
    first = record.rules[0].model_copy(update={"review": Review(status="rejected", by="张三")})
    return record.model_copy(update={"rules": (first, *record.rules[1:])})
