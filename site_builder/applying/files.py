"""The conditions of every amount as scripts: a manifest, a file a region, the words a document.

Who asks from 文水县 loads the files of 文水县, 吕梁市, 山西省 and the nation, and the words of the
notices whose amounts are shown. Written as scripts, for a page opened from a disk cannot fetch.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from extractor import regions
from kb.claims.inputs import BASES, NUMBERS, Number
from kb.claims.standing import Restrictions, bearing
from kb.claims.vocabulary import words
from kb.force.models import End
from kb.force.region_chain import NATION, UNKNOWN, region_of
from kb.schema import Record
from site_builder import urls
from site_builder.applying.rows import Claim, Relations, claims, condition, row, text
from site_builder.applying.sentences import Places, Sentences, contacts, name_of
from site_builder.holdings import Holdings

FOLDER = "apply"


def claim_files(holdings: Holdings) -> dict[str, bytes]:
    """The scripts by their paths in the site."""
    found = claims(holdings)
    shards = dict(_regions(holdings, found))
    scripts: dict[str, object] = {"manifest": _manifest(shards)}
    scripts |= {f"region-{code}": told for code, told in shards.items()}
    scripts |= {f"words-{n}": told for n, told in _words(holdings, found)}
    scripts |= {f"places-{province}": told for province, told in _places().items()}
    return {f"{FOLDER}/{name}.js": _script(name, told) for name, told in scripts.items()}


def _script(name: str, value: object) -> bytes:
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f'PolicyClaims.accept("{name}",{data});\n'.encode()


def _by_region(
    holdings: Holdings, found: Mapping[str, list[Claim]]
) -> dict[str, list[tuple[int, Record]]]:
    """The notices that grant something, with their numbers in the rule base, by region."""
    grouped: dict[str, list[tuple[int, Record]]] = defaultdict(list)
    for number, record in enumerate(holdings.base.records):
        if record.document.id in found:
            grouped[region_of(record)].append((number, record))
    return dict(sorted(grouped.items()))


def _manifest(shards: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Which regions have a file and how many amounts, and the words of numbers and trainings."""
    return {
        "regions": {code: [_place(code), len(held["amounts"])] for code, held in shards.items()},
        "wider": {kind: list(narrow) for kind, narrow in words().wider.items()},
        "traits": list(words().traits),
        "numbers": {number.name: _number(number) for number in NUMBERS.values()},
        "bases": {basis: number.name for basis, number in BASES.items()},
    }


def _number(number: Number) -> list[object]:
    return [number.called, number.unit, number.whole, text(number.most)]


def _place(code: str) -> str:
    if code == UNKNOWN:
        return "地区不明"
    place = regions.load().by_code(code)
    return place.name if place else code


def _regions(
    holdings: Holdings, found: Mapping[str, list[Claim]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The amounts of each region, and what its notices restrict in those of others."""
    by_region = _by_region(holdings, found)
    relations, later = Relations.of(holdings), _restrictions(holdings, found)
    items = {entry["item"] for entries in later.values() for entry in entries}
    asked = Restrictions(holdings.graph)
    for code in sorted({*by_region, *later}):
        records = by_region.get(code, [])
        yield (
            code,
            {
                "documents": [_document(holdings, number, record) for number, record in records],
                "amounts": [
                    row(claim, place, relations, _among(asked.item(claim.rule), items))
                    for place, (_, record) in enumerate(records)
                    for claim in found[record.document.id]
                ],
                "later": later.get(code, []),
            },
        )


def _among(item: str | None, items: set[str]) -> str | None:
    return item if item in items else None


def _document(holdings: Holdings, number: int, record: Record) -> list[object]:
    """Number of its words, id, name, page, day or year of issue, and the last day it may be of."""
    document = record.document
    known = holdings.graph.terms[document.id].issued
    issued = document.issued or str(document.issued_year or "")
    page = urls.href(urls.document_page(document.id))
    last = known.last.isoformat() if known else ""
    return [number, document.id, name_of(record), page, issued, last]


def _restrictions(
    holdings: Holdings, found: Mapping[str, list[Claim]]
) -> dict[str, list[dict[str, Any]]]:
    """What notices restrict in earlier ones, by the region of the restricting notice."""
    places, known = Places(holdings.base.by_id), Restrictions(holdings.graph)
    order = {record.document.id: n for n, record in enumerate(holdings.base.records)}
    items = dict.fromkeys(known.item(claim.rule) for held in found.values() for claim in held)
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        for other, asked in known.on_item(item):
            name = other.document.id
            issued = holdings.graph.terms[name].issued
            if issued is not None:
                entry = {
                    "item": item,
                    "order": order[name],
                    "issued": issued.first.isoformat(),
                    "days": [[d.isoformat(), b] for d, b in bearing(holdings.periods(End(name)))],
                    "condition": {**condition(asked), "says": asked.says},
                    "sentence": places.place(asked.evidence),
                }
                told[region_of(other)].append(entry)
    return told


def _words(
    holdings: Holdings, found: Mapping[str, list[Claim]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    places = Places(holdings.base.by_id)
    for number, record in enumerate(holdings.base.records):
        if held := found.get(record.document.id):
            said = Sentences(holdings, places)
            amounts = {claim.rule.id: said.of(claim) for claim in held}
            told = {"amounts": amounts, "contacts": contacts(record), "sentences": said.sentences}
            yield number, told


def _places() -> dict[str, list[list[str]]]:
    """Cities and counties by the two digits of their province, with what they are called."""
    grouped: dict[str, list[list[str]]] = defaultdict(list)
    for place in regions.load().places:
        if not place.code.endswith("0000") and place.code != NATION:
            grouped[place.code[:2]].append([place.code, place.name])
    return dict(grouped)


def provinces() -> tuple[tuple[str, str], ...]:
    """Code and name of every province."""
    found = regions.load().places
    return tuple((place.code, place.name) for place in found if place.code.endswith("0000"))
