"""The record of one notice, as it stands in YAML and JSON. Whatever loads here dumps back to the
same bytes.

The models are the contract of docs/rule-format.md: unknown keys are refused, absent facts are
left out, numbers are exact. ``json_schema()`` is what ``policykb schema`` prints.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

SCHEMA_VERSION = 1
#: before the point; the budget of a country in fen has 16
_MOST_DIGITS = 30


def _exact(value: object) -> object:
    # a YAML float prints the shortest digits that round-trip, which are the digits the text had
    return Decimal(repr(value)) if isinstance(value, float) else value


def _sane(value: Decimal) -> Decimal:
    # to write 1e999999999 out takes minutes; and Decimal compares NaN with nothing
    if not value.is_finite() or value.adjusted() > _MOST_DIGITS:
        raise ValueError(f"must be a number of at most {_MOST_DIGITS} digits")
    return value


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal,
    BeforeValidator(_exact),
    AfterValidator(_sane),
    PlainSerializer(_plain, return_type=int | float),
]
Span = tuple[int, int]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class EnclosedRecord(_Model):
    """The text that a 印发 or 转发 notice carries."""

    title: str
    kind: str | None = None


class RegionRecord(_Model):
    """GB/T 2260 code and name; level is national, province, city or county."""

    code: str
    name: str
    level: str


class AttachmentRecord(_Model):
    """An annex as the notice lists it."""

    label: str
    title: str


class ContactRecord(_Model):
    """Whom to ask."""

    department: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None


class SourceRecord(_Model):
    """The file the record was made from. ``page_furniture`` counts the lines taken out as page
    numbers and the like.
    """

    path: str
    sha256: str
    media_type: str
    reader: str
    characters: int
    text_sha256: str
    page_furniture: int = 0
    pages: int | None = None


class DocumentRecord(_Model):
    """Identity of the notice, after GB/T 9704-2012."""

    id: str
    number: str | None
    title: str | None
    kind: str | None
    enclosed: EnclosedRecord | None
    issuers: tuple[str, ...]
    addressees: tuple[str, ...]
    copied_to: tuple[str, ...]
    issued: str | None
    issued_year: int | None
    printed: str | None
    publicity: str | None
    region: RegionRecord | None
    attachments: tuple[AttachmentRecord, ...]
    contacts: tuple[ContactRecord, ...]
    portal: dict[str, str]
    source: SourceRecord


class _Quoted(_Model):
    clause: str
    quote: str
    span: Span


class ValidityStatement(_Quoted):
    """One sentence of the document about its own force. Durations are ISO 8601; no date is
    computed.
    """

    effective_from: str | None = None
    effective_to: str | None = None
    event: str | None = None
    delay: str | None = None
    term: str | None = None


class ValidityRecord(_Model):
    """All that the document says about its force; empty where it says nothing."""

    statements: tuple[ValidityStatement, ...] = ()


class ClauseRecord(_Model):
    """A numbered heading: ``path`` as printed, ``anchor`` for addresses, ``span`` with everything
    under it.
    """

    path: str
    anchor: str
    level: int
    heading: str
    span: Span
    page: int | None = None


class TableRecord(_Model):
    """A table; ``header`` is empty where none is printed."""

    clause: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    span: Span
    caption: str | None = None


class Review(_Model):
    """What a person has said about a rule."""

    status: Literal["extracted", "confirmed", "corrected", "rejected"] = "extracted"
    by: str | None = None
    at: str | None = None
    note: str | None = None


class _Rule(_Quoted):
    id: str
    review: Review = Review()
    page: int | None = None


class CapRecord(_Model):
    """A ceiling in yuan, per its bases."""

    max: Number
    per: tuple[str, ...] = ()


class TierRecord(_Model):
    """One step of a stepped rate; without ``upto`` it is the rest."""

    upto: Number | None = None
    unit: str | None = None
    rate: Number


class LimitRecord(_Model):
    """How often it may be had."""

    times: int
    per: str | None = None


class FormerRecord(_Model):
    """The value before the change."""

    min: Number | None = None
    max: Number | None = None


class AmountRule(_Rule):
    """Money, or a share of money. ``min``/``max`` are yuan, equal when exact; shares are in
    percent.
    """

    kind: Literal["amount"] = "amount"
    item: str | None = None
    role: Literal["standard", "cap", "budget", "share", "threshold"] = "standard"
    effect: Literal["pay", "reduce_by", "raise_by", "multiply", "rate"] | None = None
    min: Number | None = None
    max: Number | None = None
    percent_min: Number | None = None
    percent_max: Number | None = None
    of: str | None = None
    unit: str | None = None
    exclusive: bool | None = None
    currency: str | None = None
    per: tuple[str, ...] | None = None
    cap: CapRecord | None = None
    tiers: tuple[TierRecord, ...] | None = None
    category: str | None = None
    payee: str | None = None
    group: str | None = None
    payer: str | None = None
    limit: LimitRecord | None = None
    stacking: str | None = None
    former: FormerRecord | None = None
    conditions: tuple[str, ...] | None = None
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None


class DeadlineRule(_Rule):
    """A date, period, recurrence (RFC 5545) or duration (ISO 8601) that somebody must meet."""

    kind: Literal["deadline"] = "deadline"
    type: Literal["date", "period", "recurrence", "duration"]
    bound: Literal["by", "from", "on", "within", "at_least", "every", "during"] | None = None
    date: str | None = None
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    rrule: str | None = None
    duration: str | None = None
    duration_max: str | None = None
    workdays: bool | None = None
    after: str | None = None
    freq: str | None = None
    exclusive: bool | None = None
    action: str | None = None
    actor: str | None = None
    inferred_year: bool | None = None
    precision: str | None = None


class DepartmentRule(_Rule):
    """An organ given responsibility; ``canonical`` is its full name in its region."""

    kind: Literal["department"] = "department"
    name: str
    canonical: str | None = None
    role: Literal["lead", "support", "responsible"] = "responsible"
    duty: str | None = None


class TargetRule(_Rule):
    """A quantitative goal that is not money; ``subject`` is who or what reaches it (a table row's
    institution).
    """

    kind: Literal["target"] = "target"
    metric: str | None = None
    min: Number | None = None
    max: Number | None = None
    unit: str | None = None
    per: tuple[str, ...] | None = None
    period: str | None = None
    by: str | None = None
    subject: str | None = None
    exclusive: bool | None = None


class GroupRule(_Rule):
    """Whom the clause serves, pays or trains."""

    kind: Literal["group"] = "group"
    name: str


Rule = Annotated[
    AmountRule | DeadlineRule | DepartmentRule | TargetRule | GroupRule, Field(discriminator="kind")
]
RULE_KINDS = ("amount", "deadline", "department", "target", "group")


class CitationRecord(_Quoted):
    """Another document that the clause names; ``target`` is the id it resolves to."""

    relation: str
    number: str | None = None
    title: str | None = None
    target_clause: str | None = None
    effective: str | None = None
    unnamed: bool | None = None
    target: str | None = None
    candidates: tuple[str, ...] | None = None


class FindingRecord(_Model):
    """Something a person should look at."""

    severity: Literal["info", "warning", "error"]
    code: str
    message: str
    quote: str | None = None
    span: Span | None = None


class Record(_Model):
    """Everything known of one notice. ``text`` is left out of the YAML and kept beside it."""

    schema_version: int = SCHEMA_VERSION
    document: DocumentRecord
    text: str = ""
    validity: ValidityRecord = ValidityRecord()
    clauses: tuple[ClauseRecord, ...] = ()
    tables: tuple[TableRecord, ...] = ()
    rules: tuple[Rule, ...] = ()
    citations: tuple[CitationRecord, ...] = ()
    findings: tuple[FindingRecord, ...] = ()
