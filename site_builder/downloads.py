"""The files for programs: every record, all rules in one list, the list of notices, the schema.

JSON in UTF-8 with keys in the order of the schema; the same rule base gives the same bytes.
"""

from __future__ import annotations

import json
from typing import Any

from kb.models import KnowledgeBase
from kb.plain import json_schema, to_plain
from kb.schema import SCHEMA_VERSION, Record
from site_builder import urls


def data_files(base: KnowledgeBase) -> dict[str, bytes]:
    """The JSON files by their paths in the site."""
    plain = {record.document.id: to_plain(record) for record in base.records}
    files = {urls.record_file(document): _json(record) for document, record in plain.items()}
    files[urls.DOCUMENTS_FILE] = _json(_listed("documents", map(_summary, base.records)))
    files[urls.RULES_FILE] = _json(_listed("rules", _rules(plain)))
    files[urls.SCHEMA_FILE] = _json(json_schema())
    return files


def _listed(name: str, values: Any) -> dict[str, Any]:
    return {"schema_version": SCHEMA_VERSION, name: list(values)}


def _rules(records: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"document": document, **rule}
        for document, record in records.items()
        for rule in record["rules"]
    ]


def _summary(record: Record) -> dict[str, Any]:
    document = record.document
    return {
        "id": document.id,
        "number": document.number,
        "title": document.title,
        "issuers": list(document.issuers),
        "issued": document.issued,
        "rules": len(record.rules),
        "record": urls.record_file(document.id),
        "page": urls.document_page(document.id),
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
