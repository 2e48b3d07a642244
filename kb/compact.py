"""Makes records small that are held by the thousand: what is equal in them becomes one object.

Nothing that can be read from a record changes. A rule takes 1.2 kB and not 2.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from pydantic import BaseModel

from kb.schema import Record, Review

#: sets of names of fields that were given; there are a few dozen of them
_given: dict[frozenset[str], set[str]] = {}
_UNSEEN = Review()


def compact(record: Record) -> Record:
    """``record`` itself, its parts sharing what they have in common.

    Pydantic keeps a set of 1 kB with every model, of the fields that were given. It copies the set
    where it copies a model, and models here are frozen, so one set serves all that have it.
    """
    for rule in record.rules:
        if rule.review == _UNSEEN:
            rule.__dict__["review"] = _UNSEEN
    for part in _parts(record):
        given = part.model_fields_set
        one = _given.setdefault(frozenset(given), given)
        object.__setattr__(part, "__pydantic_fields_set__", one)
    return record


def _parts(record: Record) -> Iterator[BaseModel]:
    rules = record.rules
    reviews = (rule.review for rule in rules)
    return chain(rules, reviews, record.clauses, record.citations)
