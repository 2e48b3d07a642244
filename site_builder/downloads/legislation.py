"""A document as linked data: schema.org Legislation, which grew from the European ELI.

Only what is known is said: a presumption is no legal force, and what is unknown is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kb.force.models import End, Relation
from kb.force.periods import on_day
from kb.schema import Record
from site_builder import urls
from site_builder.facts import title_of
from site_builder.holdings import Holdings, whole

_VOCABULARY = "https://schema.org"
#: a state in the words of schema.org
_FORCE = {
    "in_force": "InForce",
    "partly_superseded": "PartiallyInForce",
    "not_yet": "NotInForce",
    "expired": "NotInForce",
    "repealed": "NotInForce",
    "superseded": "NotInForce",
    "suspended": "NotInForce",
}
#: which properties name the documents that relations lead to
_PROPERTIES = {
    "legislationChanges": ("amends", "repeals_part", "extends", "renews", "suspends", "resumes"),
    "legislationRepeals": ("repeals", "stops", "replaces"),
}


def legislation(holdings: Holdings, record: Record, url: str) -> dict[str, Any]:
    """The document in JSON-LD; with ids where the site has a public address."""
    document, graph = record.document, holdings.graph
    start = graph.terms[document.id].start
    region = document.region
    told = {
        "@context": _VOCABULARY,
        **_named(holdings, document.id, url),
        "legislationType": document.kind,
        "inLanguage": "zh-CN",
        "legislationDate": document.issued,
        "legislationDateOfApplicability": str(start) if start and start.is_day else None,
        "legislationPassedBy": [
            {"@type": "GovernmentOrganization", "name": issuer} for issuer in document.issuers
        ],
        "legislationJurisdiction": region
        and {"@type": "AdministrativeArea", "name": region.name, "identifier": region.code},
        "legislationLegalForce": _force(holdings, record),
        **_relations(holdings, graph.out_of.get(document.id, ()), url),
    }
    return {key: value for key, value in told.items() if value}


def _named(holdings: Holdings, document: str, url: str) -> dict[str, Any]:
    """A document by number and title; one that is not here by what it is called."""
    record = holdings.base.by_id.get(document)
    if record is None:
        stub = holdings.graph.stubs.get(document)
        number, title = (stub.number, stub.title) if stub else (None, None)
        return _filled(legislationIdentifier=number, name=title or (None if number else document))
    address = urls.public(url, urls.document_page(document)) if url else None
    named = _filled(legislationIdentifier=record.document.number, name=title_of(record))
    return {**named, "@id": address, "url": address} if address else named


def _filled(**values: str | None) -> dict[str, Any]:
    return {"@type": "Legislation"} | {key: value for key, value in values.items() if value}


def _force(holdings: Holdings, record: Record) -> str | None:
    now = on_day(holdings.periods(whole(record)), holdings.built)
    force = _FORCE.get(now.state)
    return f"{_VOCABULARY}/{force}" if force else None


def _relations(
    holdings: Holdings, relations: Iterable[Relation], url: str
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, dict[End, None]] = {name: {} for name in _PROPERTIES}
    for relation in relations:
        for name, types in _PROPERTIES.items():
            if relation.type in types and not relation.is_presumed:
                found[name][End(relation.target.document)] = None
    return {
        name: [_named(holdings, end.document, url) for end in ends] for name, ends in found.items()
    }
