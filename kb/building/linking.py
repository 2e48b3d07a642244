"""Finds where the citations of all documents lead, and only if something has changed that matters.

Equal cards give equal links, so those of the last build are taken where nothing else is possible.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from kb.building.cards import Card, Citing
from kb.building.ledger import Ledger
from kb.force.curated import Curated
from kb.force.graph import identities
from kb.force.resolution import Found, Resolution, key_of
from kb.models import KnowledgeBase
from kb.record_cache import Links


@dataclass(frozen=True, slots=True)
class LinkTable:
    """Where each citation leads, by document; ``digest`` is of all that they were found by."""

    digest: str
    links: Mapping[str, Links]

    @classmethod
    def of(cls, cards: Mapping[str, Card], curated: Curated, ledger: Ledger) -> LinkTable:
        """The links of ``cards``, with the names that people have given documents."""
        digest = _digest(cards, curated)
        if digest == ledger.linking and cards.keys() <= ledger.rows.keys():
            return cls(digest, {name: ledger.rows[name].links for name in cards})
        return cls(digest, _found(cards, curated))


def _digest(cards: Mapping[str, Card], curated: Curated) -> str:
    told = [repr(sorted(identities(curated).items()))]
    told += (f"{name} {cards[name].linking}" for name in sorted(cards))
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()


def _found(cards: Mapping[str, Card], curated: Curated) -> dict[str, Links]:
    citing = {name: Citing.from_json(card.citing) for name, card in cards.items()}
    light = {name: one.light for name, one in citing.items()}
    resolution = Resolution(
        KnowledgeBase.of(light.values()),
        identities(curated),
        said={name: one.said for name, one in citing.items()},
    )
    nowhere = Found()
    return {
        name: tuple(
            (found.target, found.candidates)
            for citation in one.citations
            for found in (resolution.found.get(key_of(light[name], citation), nowhere),)
        )
        for name, one in citing.items()
    }
