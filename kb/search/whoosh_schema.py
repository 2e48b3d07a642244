"""What the Whoosh index holds: a field for each question asked of it, and an entry for each item.

One entry more for every document, which is no item, keeps what the document is and the stamp of its
record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Any

from whoosh import fields
from whoosh.columns import NumericColumn, RefBytesColumn, VarBytesColumn
from whoosh.formats import Existence

from kb.schema import Record
from kb.search.analyzer import WordCutter, fold, grams
from kb.search.document_numbers import spelled
from kb.search.engine import KINDS
from kb.search.items import Item

#: changes whenever an index written before could no longer be read, or would answer otherwise
VERSION = "whoosh-3"
#: parts an item's own words from its values; folding leaves it in no text and no query
END_OF_OWN = b"\0"
#: the term that marks a document's own entry
DOCUMENT = "document"


class _Terms(fields.FieldType):  # type: ignore[misc]  # whoosh has no types
    """A field of terms that were cut beforehand.

    It is scorable even where nobody scores: without lengths Whoosh asks the disk once for every
    posting it writes.
    """

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None, scorable=True)

    def index(self, value: list[str], **_: Any) -> Iterator[tuple[bytes, int, int, bytes]]:
        """Each term of ``value`` once, as Whoosh's writer takes it: bytes, times, weight, rest."""
        return ((as_bytes(term), 1, 1, b"") for term in set(value))


#: with its offsets beside it, or opening it would count through all items below 32,768
_VARIOUS = VarBytesColumn(write_offsets_cutoff=0)


def schema() -> Any:
    """The fields. Amounts are fen in 64 bits: a float makes no column, and 700亿元 no 32 bits."""
    return fields.Schema(
        grams=_Terms(),
        state=fields.ID(),
        document=fields.ID(),
        owner=fields.COLUMN(RefBytesColumn()),
        id=fields.COLUMN(_VARIOUS),
        kind=fields.COLUMN(NumericColumn("B")),
        text=fields.COLUMN(_VARIOUS),
        words=fields.COLUMN(_VARIOUS),
        departments=fields.COLUMN(_VARIOUS),
        fen_from=fields.COLUMN(NumericColumn("q", default=-1)),
        fen_to=fields.COLUMN(NumericColumn("q", default=-1)),
        shown=fields.STORED(),
    )


@dataclass(frozen=True, slots=True)
class Source:
    """What the index knows of a document; ``names`` are its folded number and titles, 文号 in
    one spelling."""

    id: str
    stamp: str
    title: str
    names: tuple[str, ...]
    region: str | None
    year: int | None


def as_bytes(text: str) -> bytes:
    """``text`` as terms and columns hold it, half a character from a command line too."""
    return text.encode("utf-8", "surrogatepass")


def as_term(word: str) -> bytes:
    """``word`` as it stands among the words of an item, one after the other."""
    return b"<" + as_bytes(word) + b">"


def _text(item: Item) -> bytes:
    own, more = item.text[: item.quoted], item.text[item.quoted :]
    return END_OF_OWN.join(as_bytes(fold(part)) for part in (own, more) if part)


def _as_terms(words: list[str]) -> bytes:
    return b"".join(map(as_term, words))


def stamp(record: Record) -> str:
    """A hash of all that ``record`` says."""
    return hashlib.sha256(as_bytes(record.model_dump_json())).hexdigest()


def source_of(record: Record) -> Source:
    """What an index keeps of the document of ``record``."""
    document = record.document
    titles = (document.title, document.enclosed and document.enclosed.title)
    return Source(
        id=document.id,
        stamp=stamp(record),
        title=document.title or document.number or document.id,
        names=tuple(spelled(fold(name)) for name in (document.number, *titles) if name),
        region=document.region.code if document.region else None,
        year=document.issued_year,
    )


def document_entry(record: Record) -> dict[str, object]:
    """The entry of the document itself."""
    return {"state": DOCUMENT, "shown": astuple(source_of(record)), **_columns(record)}


def item_entry(record: Record, item: Item, cut: WordCutter) -> dict[str, object]:
    """The entry of one item."""
    folded = fold(item.text)
    return {
        **_columns(record, item),
        "grams": grams(folded),
        "words": b"\n".join(_as_terms(cut(text)) for text in (folded, fold(item.heading))),
        "shown": (item.clause, item.anchor, item.heading, item.text[: item.quoted]),
    }


def _columns(record: Record, item: Item | None = None) -> dict[str, object]:
    # every entry fills every column: Whoosh reads several segments wrongly when one lacks a column
    fen_from, fen_to = item.fen if item and item.fen else (-1, -1)
    names = "\n".join(fold(name) for name in item.departments) if item else ""
    return {
        "document": record.document.id,
        "owner": as_bytes(record.document.id),
        "id": as_bytes(item.id if item else ""),
        "kind": KINDS.index(item.kind) if item else 0,
        "text": _text(item) if item else b"",
        "words": b"",
        "departments": as_bytes(f"\n{names}\n"),
        "fen_from": fen_from,
        "fen_to": fen_to,
    }
