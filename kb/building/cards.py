"""What others need to know of a record without reading it: who it is, what it cites and how.

Linking cards gives what linking the records gives.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.force.said import Said, said_in
from kb.schema import CitationRecord, DocumentRecord, Record

#: what of a document decides where citations lead, here and elsewhere
_TELLING = {
    *("id", "number", "title", "enclosed", "issuers", "issued_year", "region", "portal"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What a build asks of every document.

    ``linking`` is a digest of all that may change where a citation, here or elsewhere, leads;
    ``counts`` are rules by kind, ``findings`` severity and message of what is no mere remark.
    ``citing`` is JSON that few builds open: see ``Citing``.
    """

    document: str
    path: str
    number: str | None
    issuers: tuple[str, ...]
    linking: str
    counts: Mapping[str, int]
    findings: tuple[tuple[str, str], ...]
    citing: str

    @classmethod
    def of(cls, record: Record) -> Card:
        """The card of ``record``."""
        document = record.document
        citing = Citing.of(record)
        return cls(
            document=document.id,
            path=document.source.path,
            number=document.number,
            issuers=document.issuers,
            linking=citing.digest(),
            counts=dict(Counter(rule.kind for rule in record.rules)),
            findings=tuple(
                (f.severity, f.message) for f in record.findings if f.severity != "info"
            ),
            citing=citing.to_json(),
        )

    def to_json(self) -> str:
        """The card as JSON."""
        return json.dumps([getattr(self, name) for name in self.__slots__], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Card:
        """The card that ``to_json`` has written."""
        return cls.from_plain(json.loads(text))

    @classmethod
    def from_plain(cls, values: list[Any]) -> Card:
        """The card whose values ``to_json`` has written, in their order."""
        document, path, number, issuers, linking, counts, findings, citing = values
        told = tuple((severity, message) for severity, message in findings)
        return cls(document, path, number, tuple(issuers), linking, counts, told, citing)


@dataclass(frozen=True, slots=True)
class Citing:
    """A document, its citations, and what its text says of them: ``opening`` is what it is on,
    ``aliases`` lead from what it calls documents to the index of the citation that is meant.
    """

    document: DocumentRecord
    citations: tuple[CitationRecord, ...]
    opening: str
    aliases: dict[str, int]

    @classmethod
    def of(cls, record: Record) -> Citing:
        """What ``record`` says."""
        said = said_in(record)
        places = {id(citation): at for at, citation in enumerate(record.citations)}
        aliases = {name: places[id(meant)] for name, meant in said.aliases.items()}
        return cls(record.document, record.citations, said.opening, aliases)

    @property
    def said(self) -> Said:
        """What the text says of documents."""
        return Said(self.opening, {name: self.citations[at] for name, at in self.aliases.items()})

    @property
    def light(self) -> Record:
        """A record of nothing but the document and its citations."""
        return Record.model_construct(document=self.document, citations=self.citations)

    def digest(self) -> str:
        """A digest of all that may change where a citation leads; places in the text do not."""
        document = self.document.model_dump(mode="json", include=_TELLING)
        cited = [
            c.model_dump(mode="json", exclude={"quote", "span", "target", "candidates"})
            for c in self.citations
        ]
        told = json.dumps([document, cited, self.opening, self.aliases], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()

    def to_json(self) -> str:
        """All of it as JSON."""
        cited = [c.model_dump(mode="json", exclude_none=True) for c in self.citations]
        document = self.document.model_dump(mode="json")
        return json.dumps([document, cited, self.opening, self.aliases], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Citing:
        """What ``to_json`` has written."""
        document, cited, opening, aliases = json.loads(text)
        citations = tuple(CitationRecord.model_validate(c) for c in cited)
        return cls(DocumentRecord.model_validate(document), citations, opening, aliases)
