"""Writes into records where their citations lead, which nobody knows before all are read.

A record of which nothing changes stays the very same.
"""

from __future__ import annotations

from kb.force.resolution import Found, Resolution, key_of
from kb.models import KnowledgeBase
from kb.schema import CitationRecord, Record


def linked(base: KnowledgeBase, resolution: Resolution) -> tuple[Record, ...]:
    """The records with ``target`` and ``candidates`` of their citations filled in."""
    return tuple(_linked(record, resolution) for record in base.records)


def _linked(record: Record, resolution: Resolution) -> Record:
    citations = tuple(_pointing(record, c, resolution) for c in record.citations)
    if citations == record.citations:
        return record
    return record.model_copy(update={"citations": citations})


def _pointing(record: Record, citation: CitationRecord, resolution: Resolution) -> CitationRecord:
    found = resolution.found.get(key_of(record, citation), Found())
    update = {"target": found.target, "candidates": found.candidates or None}
    return citation.model_copy(update=update)
