"""What each template is given: one frozen dataclass a template, ready words and addresses inside.

Addresses are relative to the site's root and quoted; a template only puts ``shell.root`` before.
"""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.layout import Part
from site_builder.marks import Run


@dataclass(frozen=True, slots=True)
class Shell:
    """What every page needs: its title, the site's, the way to the root, the day of building."""

    title: str
    site: str
    root: str
    section: str
    built: str
    index: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that leads somewhere, with a count or a remark."""

    name: str
    href: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A name with its values; no values means that the text prints none."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A notice in a list."""

    title: str
    href: str
    number: str
    issuers: str
    issued: str
    tally: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rule or mark: its code, its name, and its name in running text."""

    code: str
    name: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    """home.html"""

    shell: Shell
    figures: tuple[Entry, ...]
    kinds: tuple[Entry, ...]
    years: tuple[Entry, ...]
    documents: tuple[DocumentLine, ...]
    departments: tuple[Entry, ...]
    more_departments: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """search.html"""

    shell: Shell


@dataclass(frozen=True, slots=True)
class Note:
    """A rule beside its clause. ``mark`` is the id of its words in the text."""

    mark: str
    subject: str
    value: str
    details: tuple[Field, ...]
    review: str
    href: str


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """The rules of one kind in one clause; those in its tables are counted, not repeated."""

    kind: Kind
    notes: tuple[Note, ...]
    in_tables: int

    @property
    def size(self) -> int:
        """How many rules."""
        return len(self.notes) + self.in_tables


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the text. ``anchor`` is empty where a clause goes on after its children."""

    anchor: str
    path: str
    page: int | None
    depth: int
    level: int
    heading: tuple[Run, ...]
    run_in: bool
    parts: tuple[Part, ...]
    notes: tuple[NoteGroup, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline; ``depth`` 1 is the top."""

    anchor: str
    numeral: str
    heading: str
    depth: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What the notice says of its own force, with its words."""

    words: str
    quote: str
    anchor: str
    clause: str


@dataclass(frozen=True, slots=True)
class CitationLine:
    """Another document that the notice names; ``href`` is empty where the rule base lacks it."""

    document: str
    name: str
    relation: str
    quote: str
    place: str
    clause: str
    href: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Something a person should look at."""

    severity: str
    label: str
    message: str
    quote: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """document.html"""

    shell: Shell
    number: str
    title: str
    identity: tuple[Field, ...]
    statements: tuple[Statement, ...]
    citations: tuple[CitationLine, ...]
    findings: tuple[FindingLine, ...]
    contacts: tuple[Field, ...]
    portal: tuple[Field, ...]
    source: tuple[Field, ...]
    download: str
    outline: tuple[OutlineEntry, ...]
    legend: tuple[Kind, ...]
    sections: tuple[Section, ...]
    reviewed: str


@dataclass(frozen=True, slots=True)
class YearSection:
    """The notices of one year."""

    anchor: str
    name: str
    documents: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """documents.html"""

    shell: Shell
    years: tuple[YearSection, ...]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in a list, with the notice and clause it stands in."""

    subject: str
    value: str
    details: tuple[Field, ...]
    quote: str
    href: str
    document: str
    clause: str
    review: str


@dataclass(frozen=True, slots=True)
class RuleSection:
    """The rules of one kind."""

    kind: Kind
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """rules.html"""

    shell: Shell
    sections: tuple[RuleSection, ...]


@dataclass(frozen=True, slots=True)
class RoleSection:
    """The duties of a department in one role."""

    role: str
    name: str
    meaning: str
    duties: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """department.html"""

    shell: Shell
    name: str
    remark: str
    roles: tuple[RoleSection, ...]
    deadlines: tuple[RuleLine, ...]
    issued: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department in a list, with its duties by role as counts."""

    name: str
    href: str
    counts: tuple[int, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class DepartmentsPage:
    """departments.html"""

    shell: Shell
    roles: tuple[str, ...]
    departments: tuple[DepartmentLine, ...]


@dataclass(frozen=True, slots=True)
class QualityLine:
    """The counts of one notice, in the order of the page's columns."""

    title: str
    href: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of one notice."""

    title: str
    href: str
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class QualityPage:
    """quality.html"""

    shell: Shell
    columns: tuple[str, ...]
    lines: tuple[QualityLine, ...]
    totals: tuple[int, ...]
    findings: tuple[Findings, ...]
    unresolved: tuple[CitationLine, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file for programs."""

    href: str
    name: str
    remark: str
    size: str


@dataclass(frozen=True, slots=True)
class DataPage:
    """data.html"""

    shell: Shell
    files: tuple[Download, ...]
    records: tuple[Download, ...]
    example: str


Context = (
    HomePage
    | SearchPage
    | DocumentPage
    | DocumentsPage
    | RulesPage
    | DepartmentPage
    | DepartmentsPage
    | QualityPage
    | DataPage
)

#: the context of each template
TEMPLATES: dict[str, type[Context]] = {
    "home.html": HomePage,
    "search.html": SearchPage,
    "document.html": DocumentPage,
    "documents.html": DocumentsPage,
    "rules.html": RulesPage,
    "department.html": DepartmentPage,
    "departments.html": DepartmentsPage,
    "quality.html": QualityPage,
    "data.html": DataPage,
}
