"""The files that hold data: every document, all rules, measures and relations, and their schemas.

JSON in UTF-8, an entry a line, keys in the order of the schema; the same rule base gives the same
bytes. A file comes in pieces, so that none has to fit into memory.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from pydantic import BaseModel

from kb.force import plain
from kb.force.models import End
from kb.force.timeline import Timeline
from kb.plain import json_schema, rule_to_plain, to_plain
from kb.schema import SCHEMA_VERSION, Record
from site_builder import urls
from site_builder.downloads import shapes
from site_builder.holdings import Holdings, end_of_rule, whole
from site_builder.shares import WHOLE, Share

Chunks = Iterator[bytes]
#: the bytes of a file that has been made before, by its path
Made = Callable[[str], Chunks]
#: a gzip stream whose head names no time, so that the same records give the same bytes
_GZIP = 31


@dataclass(frozen=True)
class DataFile:
    """A file for programs: where it stands, and what makes its bytes, of others if need be."""

    path: str
    make: Callable[[Made], Chunks]


def data_files(holdings: Holdings) -> Iterator[DataFile]:
    """Every file that holds data; those that are made of others come after them."""
    yield from record_files(holdings)
    yield from listings(holdings)
    yield from bulk_files(holdings)


def record_files(holdings: Holdings, share: Share = WHOLE) -> Iterator[DataFile]:
    """A file a document."""
    for record in share.of(holdings.base.records):
        path = urls.record_file(record.document.id)
        yield DataFile(path, partial(_document, holdings, record))


def bulk_files(holdings: Holdings) -> Iterator[DataFile]:
    """All documents in one file, plain and packed; made of their files."""
    records = tuple(urls.record_file(record.document.id) for record in holdings.base.records)
    yield DataFile(urls.RECORDS_FILE, lambda made: chain.from_iterable(map(made, records)))
    yield DataFile(urls.PACKED_RECORDS_FILE, lambda made: _packed(made(urls.RECORDS_FILE)))


def listings(holdings: Holdings) -> Iterator[DataFile]:
    """What runs through all documents, and the schemas."""
    yield DataFile(urls.DOCUMENTS_FILE, partial(_listing, "documents", _summaries, holdings))
    yield DataFile(urls.RULES_FILE, partial(_listing, "rules", _rules, holdings))
    yield DataFile(urls.MEASURES_FILE, partial(_listing, "measures", _measures, holdings))
    yield DataFile(urls.RELATIONS_FILE, partial(_relations, holdings))
    yield DataFile(urls.SCHEMA_FILE, lambda made: _schema(json_schema()))
    for path, shape in SHAPES.items():
        yield DataFile(urls.schema_file(path), partial(_schema_of, shape))


def in_memory(holdings: Holdings) -> dict[str, bytes]:
    """Every file that holds data with its bytes, where there is room for all."""
    files: dict[str, bytes] = {}
    for file in data_files(holdings):
        files[file.path] = b"".join(file.make(lambda path: iter((files[path],))))
    return files


#: the shape of each file; that of a document stands for all documents
SHAPES: dict[str, type[BaseModel]] = {
    urls.record_file("document"): shapes.DocumentFile,
    urls.DOCUMENTS_FILE: shapes.DocumentsFile,
    urls.RULES_FILE: shapes.RulesFile,
    urls.MEASURES_FILE: shapes.MeasuresFile,
    urls.RELATIONS_FILE: shapes.RelationsFile,
}


def _document(holdings: Holdings, record: Record, made: Made) -> Chunks:
    """A document in one line, with its relations and its force through time."""
    graph, name = holdings.graph, record.document.id
    touching = {r.id: r for r in (*graph.out_of.get(name, ()), *graph.into.get(name, ()))}
    told = {
        **to_plain(record),
        "relations": [plain.relation(touching[key], graph) for key in sorted(touching)],
        "status": plain.periods(holdings.periods(whole(record))),
    }
    yield _json(told) + b"\n"


def _summaries(holdings: Holdings) -> Iterator[dict[str, Any]]:
    for record in holdings.base.records:
        document = record.document
        yield {
            "id": document.id,
            "number": document.number,
            "title": document.title,
            "issuers": list(document.issuers),
            "issued": document.issued,
            "rules": len(record.rules),
            "record": urls.record_file(document.id),
            "page": urls.document_page(document.id),
        }


def _rules(holdings: Holdings) -> Iterator[dict[str, Any]]:
    for record in holdings.base.records:
        for rule in record.rules:
            yield {
                "document": record.document.id,
                **rule_to_plain(rule),
                "status": _stretches(holdings, end_of_rule(record, rule)),
            }


def _measures(holdings: Holdings) -> Iterator[dict[str, Any]]:
    for timeline in holdings.timelines:
        told = plain.timeline(timeline, holdings.graph)
        told["entries"] = list(_steps(holdings, timeline, told["entries"]))
        yield told


def _steps(
    holdings: Holdings, timeline: Timeline, told: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for step, entry in zip(timeline.steps, told, strict=True):
        place = End(step.document, step.clause or None, step.rule)
        yield {**entry, "status": _stretches(holdings, place)}


def _relations(holdings: Holdings, made: Made) -> Chunks:
    graph = holdings.graph
    yield _head("relations")
    yield from _entries(plain.relation(found, graph) for found in graph.relations)
    yield b'\n],"stubs":[\n'
    yield from _entries(plain.stub(graph.stubs[name]) for name in sorted(graph.stubs))
    yield b"\n]}\n"


def _stretches(holdings: Holdings, subject: End) -> list[dict[str, Any]]:
    return plain.periods(holdings.periods(subject), told=False)


# ── how it is written ──


def _listing(
    name: str, entries: Callable[[Holdings], Iterator[Any]], holdings: Holdings, made: Made
) -> Chunks:
    yield _head(name)
    yield from _entries(entries(holdings))
    yield b"\n]}\n"


def _head(name: str) -> bytes:
    return f'{{"schema_version":{SCHEMA_VERSION},"{name}":[\n'.encode()


def _entries(entries: Iterable[Any]) -> Chunks:
    for number, entry in enumerate(entries):
        yield (b",\n" if number else b"") + _json(entry)


def _packed(chunks: Chunks) -> Chunks:
    packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    for chunk in chunks:
        yield packer.compress(chunk)
    yield packer.flush()


def _schema_of(shape: type[BaseModel], made: Made) -> Chunks:
    yield from _schema(shapes.schema_of(shape))


def _schema(value: object) -> Chunks:
    yield (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
