"""The values that the extractor speaks in: a notice, its clauses and tables, quantities, and tags
with their facts.

All are frozen; money and numbers are ``Decimal``, days are ISO 8601 strings of the precision the
text has ("2024-04" where it names no day), lists are tuples. Spans point into ``Notice.text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from corpus.models import Finding, TextSpan
from corpus.numbering import DocumentNumber


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered heading and what stands under it.

    ``path`` joins printed numerals (二/(三)), ``anchor`` is its ASCII form (s2-3), ``label`` is
    the numeral as printed, ``span`` runs to the next clause of its rank, ``own`` only to its
    first child.
    """

    path: str
    anchor: str
    level: int
    label: str
    heading: str
    span: TextSpan
    own: TextSpan
    heading_span: TextSpan
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed: ``header`` is one name a column (two printed rows made one), ``rows`` and
    ``row_spans`` are what stands below it, ``unit`` is what a line above says that all figures
    count (元/月).
    """

    clause: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    span: TextSpan
    row_spans: tuple[TextSpan, ...]
    caption: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A place of GB/T 2260: six digits, full name, level national, province, city or county."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One line of the list of annexes: 附件1 and its title."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask, as printed."""

    department: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The text that a 印发 or 转发 notice carries."""

    title: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of GB/T 9704-2012 that the text prints; None or empty where it prints none."""

    number: DocumentNumber | None = None
    title: str | None = None
    kind: str | None = None
    enclosed: Enclosed | None = None
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    copied_to: tuple[str, ...] = ()
    issued: str | None = None
    printed: str | None = None
    publicity: str | None = None
    region: Region | None = None
    attachments: tuple[Attachment, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def issued_year(self) -> int | None:
        """The year of issue: from the date, else from the number."""
        if self.issued:
            return int(self.issued[:4])
        return self.number.year if self.number else None


@dataclass(frozen=True, slots=True)
class Notice:
    """A parsed document.

    ``pieces`` cover the text line by line, each with the index of the clause that owns it (None:
    the document). ``foreign`` are passages of another document that no tagger reads; ``head`` is
    what stands before the text proper.
    """

    text: str
    elements: Elements
    clauses: tuple[Clause, ...]
    pieces: tuple[tuple[TextSpan, int | None], ...] = ()
    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = ()
    foreign: tuple[TextSpan, ...] = ()
    head: TextSpan = field(default_factory=lambda: TextSpan(0, 0))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, or a stretch of time, as read from the text.

    ``kind`` is money, percent, count, date, period, duration or recurrence. ``span`` covers the
    bound words too, ``core`` only number and unit. ``min``/``max`` are yuan, percent or units;
    equal when exact; None where the side is open. Dates and durations are ISO 8601, ``rrule`` is
    RFC 5545.
    """

    kind: str
    span: TextSpan
    core: TextSpan
    min: Decimal | None = None
    max: Decimal | None = None
    unit: str | None = None
    exclusive: bool = False
    approximate: bool = False
    date: str | None = None
    from_: str | None = None
    to: str | None = None
    bound: str | None = None
    duration: str | None = None
    duration_max: str | None = None
    workdays: bool = False
    rrule: str | None = None
    freq: str | None = None
    precision: str | None = None
    inferred_year: bool = False


@dataclass(frozen=True, slots=True)
class Cap:
    """A ceiling that goes with a rate: ``max`` yuan ``per`` bases."""

    max: Decimal
    per: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of a stepped rate; ``upto`` None is the rest."""

    rate: Decimal
    upto: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """How often: ``times`` per ``per`` (year, certificate, person ...)."""

    times: int
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """The value that a change starts from."""

    min: Decimal | None = None
    max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """Money, or a share of money, that somebody gets, may spend, must spend or is budgeted."""

    item: str | None = None
    role: str = "standard"
    effect: str | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    percent_min: Decimal | None = None
    percent_max: Decimal | None = None
    of: str | None = None
    unit: str | None = None
    exclusive: bool = False
    currency: str | None = None
    per: tuple[str, ...] = ()
    cap: Cap | None = None
    tiers: tuple[Tier, ...] = ()
    category: str | None = None
    payee: str | None = None
    group: str | None = None
    payer: str | None = None
    limit: Limit | None = None
    stacking: str | None = None
    former: Former | None = None
    conditions: tuple[str, ...] = ()
    from_: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date, period, recurrence or duration that somebody must meet."""

    type: str
    bound: str | None = None
    date: str | None = None
    from_: str | None = None
    to: str | None = None
    rrule: str | None = None
    duration: str | None = None
    duration_max: str | None = None
    workdays: bool = False
    after: str | None = None
    freq: str | None = None
    exclusive: bool = False
    action: str | None = None
    actor: str | None = None
    inferred_year: bool = False
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """An organ given responsibility; ``role`` is lead, support or responsible."""

    name: str
    role: str = "responsible"
    canonical: str | None = None
    duty: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A quantitative goal that is not money."""

    metric: str | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    unit: str | None = None
    per: tuple[str, ...] = ()
    period: str | None = None
    by: str | None = None
    subject: str | None = None
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Whom the clause serves, pays or trains."""

    name: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document named in the text, with the relation that the wording gives."""

    relation: str
    number: str | None = None
    title: str | None = None
    target_clause: str | None = None
    effective: str | None = None
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Validity:
    """What the document says of its own force."""

    effective_from: str | None = None
    effective_to: str | None = None
    event: str | None = None
    delay: str | None = None
    term: str | None = None


Fact = Amount | Deadline | Department | Target | Group | Citation | Validity


@dataclass(frozen=True, slots=True)
class Tag:
    """A fact with the clause it stands in and the words that state it."""

    clause: str
    span: TextSpan
    fact: Fact


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one notice."""

    notice: Notice
    tags: tuple[Tag, ...]
    quantities: tuple[Quantity, ...] = ()
    findings: tuple[Finding, ...] = ()
